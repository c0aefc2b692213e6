"""What a page must know to draw a live canvas: the kind and the words, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from clusterlab.errors import N_, Message
from clusterlab.language import Language
from clusterlab.methods import REQUIRED
from clusterlab.model import Block, Board, CanvasKind, Field, Named
from clusterlab.outputs.matrix import SUMMARY, matrix_subtitle, matrix_title
from clusterlab.outputs.present import Presenter
from clusterlab.widgets.board import View
from clusterlab.widgets.words import texts

#: What helps to write a goal well; shown above the forms of kinds whose fields make goals SMART.
TIPS = (
    N_("Use simple language: everybody should understand it at first reading."),
    N_("Use action words: begin with what will be done."),
    N_("Use numbers: say how much, from where, to where."),
)


def spec_of(
    view: View,
    presenter: Presenter,
    *,
    workshop: str,
    limit: int,
    actor: str,
    readonly: bool = False,
) -> dict[str, Any]:
    """Give the facts that a page draws a live canvas from, as JSON values.

    Parameters
    ----------
    workshop
        UUID, so that what a browser keeps for one workshop never meets another.
    limit
        Characters of one text.
    """
    kind, board, language = view.kind, view.board, presenter.language
    say = language.gettext
    heading, summary = say(kind.title), say(kind.summary)
    subtitle = presenter.subtitle(kind, Board(board))
    if view.shape == "comparison":
        versions = " → ".join(presenter.version(kind, version) for version in view.versions)
        heading, subtitle = say(N_("What changes")), f"{heading}: {versions}"
    if view.shape == "matrix":
        labels = dict(zip("xy", (Message(kind.field(a).label) for a in kind.axes), strict=True))
        heading, summary = say(matrix_title(kind)), language.say(SUMMARY, **labels)
        subtitle = matrix_subtitle(presenter, kind, Board(board))
    required = [f.id for f in kind.fields if f.id in REQUIRED] if view.shape == "records" else []
    return {
        **texts(language, kind.cites_label),
        "shape": view.shape,
        "heading": heading,
        "subtitle": subtitle,
        "tips": [say(tip) for tip in TIPS] if required else [],
        "kind": {
            "id": kind.id,
            "title": say(kind.title),
            "summary": summary,
            "text_label": say(kind.text_label),
            "cites": bool(kind.cites),
            "grid": [list(row) for row in kind.grid],
            "blocks": [_block(kind, block, language) for block in kind.blocks],
            "fields": [_field(field, language) for field in kind.fields],
            "topics": _named(kind.topics, language),
            "versions": _named(kind.versions, language),
            "groups": [
                {"id": g.id, "label": say(g.label), "accent": g.accent} for g in kind.groups
            ],
            "axes": list(kind.axes),
            "quadrants": [
                {"id": q.id, "label": say(q.label), "x": q.x, "y": q.y} for q in kind.quadrants
            ],
            "midpoint": kind.midpoint,
            "required": required,
        },
        "board": {
            "key": f"{workshop}/{board.cluster}/{kind.id}",
            "topic": board.topic,
            "versions": list(view.versions),
        },
        "limits": {"text": limit},
        "me": actor,
        "readonly": readonly,
    }


def _named(things: Iterable[Named], language: Language) -> list[dict[str, str]]:
    return [{"id": thing.id, "label": language.gettext(thing.label)} for thing in things]


def _block(kind: CanvasKind, block: Block, language: Language) -> dict[str, Any]:
    accent = next((g.accent for g in kind.groups if g.id == block.group), "neutral")
    return {
        "id": block.id,
        "label": language.gettext(block.label),
        "prompt": language.gettext(block.prompt),
        "group": block.group,
        "accent": accent,
        "limit": block.limit,
        "cites": list(block.cites),
    }


def _field(field: Field, language: Language) -> dict[str, Any]:
    return {
        "id": field.id,
        "label": language.gettext(field.label),
        "type": field.type,
        "help": language.gettext(field.help),
        "wide": field.wide,
        "dated": field.dated,
        "choices": _named(field.choices, language),
        "minimum": field.minimum,
        "maximum": field.maximum,
    }
