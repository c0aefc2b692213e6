"""Notebooks and typed outputs for the tests of documents."""

from __future__ import annotations

from typing import Any

import nbformat

from clusterlab.outputs import (
    MIME,
    Box,
    Canvas,
    Column,
    Comparison,
    Context,
    Difference,
    Fact,
    FindingGroup,
    Findings,
    Item,
    Output,
    Prompted,
    Record,
    Records,
    Reference,
    Row,
    Section,
    Table,
    Title,
)
from clusterlab.outputs.words import LABELS

CONTEXT = Context(
    language="en",
    workshop="Competency maps of mobility clusters",
    workshop_id="00000000-0000-4000-8000-000000000001",
    cluster="moveo",
    cluster_name="Mov'eo",
    version="193-3f2c9d1a",
    date="20 November 2026",
    board="moveo/swot/current/business",
    sequence=193,
    labels=LABELS,
)


def item(spoken: str, text: str, **more: Any) -> Item:
    return Item(id=f"id-{spoken}-{abs(hash(text))}", spoken=spoken, text=text, **more)


def swot(texts: dict[str, list[str]] | None = None) -> Canvas:
    texts = texts or {
        "strengths": ["Strong cash flow lets us invest", "Work in projects keeps us agile"],
        "weaknesses": ["Membership fees are too large a share of private income"],
        "opportunities": [],
        "threats": ["Regions may fund less"],
    }
    boxes = tuple(
        Box(
            id=block,
            label=block.title(),
            prompt="What do we do well? What do we have that others lack?",
            accent="development" if block in {"strengths", "weaknesses"} else "financing",
            group="Inside the cluster" if block in {"strengths", "weaknesses"} else "Around it",
            items=tuple(item(f"{block[0].upper()}{i}", t) for i, t in enumerate(notes, 1)),
        )
        for block, notes in texts.items()
    )
    return Canvas(
        title="SWOT",
        subtitle="Business model and internal management",
        summary="What helps and what hinders the cluster, inside and around it.",
        alt="SWOT of Mov'eo: 2 strengths, 1 weakness, 0 opportunities, 1 threat.",
        context=CONTEXT,
        kind="swot",
        grid=(("strengths", "weaknesses"), ("opportunities", "threats")),
        boxes=boxes,
        legend=(Fact("Inside the cluster", "development"), Fact("Around it", "financing")),
    )


def everything() -> list[Output]:
    """One output of each type."""
    goal = item("G1", "Win 20 new members by the end of 2027")
    fields = (
        Prompted("specific", "Specific", "Firms of 10 to 250 people in the region", wide=True),
        Prompted("indicator", "Indicator", "", "What is counted", wide=True),
        Prompted("target", "Target", "60", "Where we want to be"),
    )
    return [
        Title(
            title="Competency map",
            subtitle="Mov'eo",
            text="Automotive and mobility cluster.",
            context=CONTEXT,
            facts=(Fact("Members", "almost 200", "counted as 200"), Fact("Since", "2006")),
        ),
        Section(title="Step 2: SWOT", text="What helps and what hinders.", context=CONTEXT),
        swot(),
        Canvas(
            title="TOWS strategies",
            subtitle="Business model",
            alt="TOWS of Mov'eo: 1 strategy.",
            context=CONTEXT,
            kind="tows",
            grid=(("so", "st"), ("wo", "wt")),
            boxes=(
                Box(
                    "so",
                    "Strengths × opportunities",
                    items=(
                        item(
                            "SO1",
                            "Invest cash in demonstrators",
                            links=(Reference("S1", "Strong cash flow"), Reference("O3", "Demo")),
                            mark="°",
                            tags=("money",),
                            details=(Fact("Group", "Financial"),),
                            alternatives=(Fact("Text, somebody else", "Invest in people"),),
                        ),
                    ),
                ),
                Box("st", "Strengths × threats", "Which strengths limit which threats?"),
                Box("wo", "Weaknesses × opportunities", "How do we keep up?"),
                Box("wt", "Weaknesses × threats", "How do we stay safe?"),
            ),
            unplaced=(item("X1", "A note whose block is gone"),),
            footnotes=(Fact("°", "Which notes it builds on is our reading"),),
        ),
        Records(
            title="SMART goals",
            alt="1 goal.",
            context=CONTEXT,
            kind="smart-goals",
            prompt="What will be different?",
            text_label="Goal",
            records=(Record(goal, fields, ("The indicator is missing.",)),),
            blank=tuple(Prompted(f.id, f.label, "", f.help or "Help", f.wide) for f in fields),
        ),
        Table(
            title="Action plan",
            alt="1 action.",
            context=CONTEXT,
            kind="action-plan",
            prompt="What is the next step?",
            columns=(
                Column("spoken", "No."),
                Column("text", "Action", wide=True),
                Column("responsible", "Responsible"),
                Column("deadline", "Deadline"),
            ),
            rows=(
                Row(
                    item("A1", "Call every member"),
                    ("A1", "Call every member", "Member manager", "2027-03-31"),
                ),
            ),
        ),
        Comparison(
            title="What changes",
            alt="1 kept, 1 added, 1 dropped.",
            context=CONTEXT,
            before="Today",
            after="In five years",
            words=(Fact("Kept", "="), Fact("Added", "+"), Fact("Dropped", "−")),
            blocks=(
                Difference(
                    "members",
                    "Cluster members",
                    "development",
                    kept=(item("CM1", "Small suppliers"),),
                    added=(item("CM2", "200 members"),),
                    dropped=(item("CM3", "40 members"),),
                ),
                Difference("costs", "Cost structure", "financing"),
            ),
        ),
        Findings(
            title="What is unanswered",
            alt="4 findings.",
            context=CONTEXT,
            text="4 things to look at.",
            groups=(
                FindingGroup(
                    "smart-missing",
                    "error",
                    "Error",
                    "SMART goals",
                    tuple(f"G{i} has no deadline." for i in (1, 2, 3)),
                    "Say by when.",
                    "Doran 1981",
                ),
                FindingGroup(
                    "tows-orphan",
                    "warning",
                    "Warning",
                    "T1, business model",
                    ("No strategy answers the threat T1.",),
                    "Link a strategy to it.",
                    "Weihrich 1982",
                ),
            ),
        ),
    ]


def notebook(outputs: list[Any], markdown: str = "") -> nbformat.NotebookNode:
    """Make an executed notebook that shows typed outputs, one cell each."""
    cells = [
        nbformat.v4.new_code_cell(
            "show()",
            outputs=[nbformat.v4.new_output("display_data", data=_bundle(output))],
        )
        for output in outputs
    ]
    if markdown:
        cells.append(nbformat.v4.new_markdown_cell(markdown))
    return nbformat.v4.new_notebook(cells=cells)


def _bundle(output: Output) -> dict[str, Any]:
    return {MIME: output.to_json(), "text/plain": output.to_text()}
