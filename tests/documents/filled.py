"""Boards that hold as many notes as a test asks for, for every method that draws pictures."""

from dataclasses import replace

import samples
from sheets_of import KINDS, board, note, sheet

from clusterlab.figures.parts import is_nothing
from clusterlab.language import load
from clusterlab.methods import MethodSettings, TieRule, VoteRules
from clusterlab.outputs.present import Presenter
from clusterlab.outputs.results import RESULTS, result
from clusterlab.outputs.types import Picture

TEXTS = (
    "Attract and retain members in all three regions, with their suppliers",
    "Rechtsschutzversicherungsgesellschaften befragen und Ergebnisse auswerten",
    "Kick-off",
    "Écrire la stratégie avec les partenaires & les financeurs <b>",
    "Open a test field for hydrogen",
)
RTL = ("مرحبا بكم في التجمع الصناعي", "يثق الأعضاء في التجمع", "استراتيجية (G2) جديدة")
SEGMENTS = ("Energy", "Mobility", "Skills and work", "Technologisch-naturwissenschaftlich")


def filled(canvas, count, texts=TEXTS):
    """Give a sheet of a canvas with so many notes."""
    return _SHEETS[canvas](lambda n: f"{texts[n % len(texts)]} {n}", range(1, count + 1))


def _scored(block, letter, *fields):
    def make(canvas, text, numbers):
        return sheet(canvas, *(
            note(f"{letter}{n}", block, text(n), **{f: (n * (3 + k) + k) % 5 + 1
                                                    for k, f in enumerate(fields)})
            for n in numbers
        ))  # fmt: skip

    return make


def _of(canvas, make):
    return lambda text, numbers: make(canvas, text, numbers)


def _pestel(text, numbers):
    return sheet("pestel", *(
        note(f"PO{n}", "political", text(n), impact=n % 5 + 1, likelihood=n * 3 % 5 + 1,
             effect="threat" if n % 3 else "opportunity")
        for n in numbers
    ))  # fmt: skip


def _services(text, numbers):
    money = ("staff-cost", "other-cost", "public-revenue", "membership-revenue", "fee-revenue")
    return sheet("services", *(
        note(f"SV{n}", "services", text(n), mission=n % 5 + 1, profitability=n * 2 % 5 + 1,
             **({} if n % 5 == 4 else dict.fromkeys(money, 10.0 if n % 4 == 3 else 20000.0 * n)),
             **{"in-fee": "yes" if n % 2 else "no"})
        for n in numbers
    ))  # fmt: skip


def _scores(text, numbers):
    ideas = board("ideas", *(note(f"ID{n}", "ideas", text(n)) for n in numbers))

    def ballot(k):
        given = {f: ", ".join(f"ID{n} {(n * m + k * (n % 2)) % 5 + 1}" for n in numbers)
                 for f, m in (("effort", 2), ("impact", 3))}  # fmt: skip
        return note(f"VO{k}", "scores", f"secret{k}", **given)

    own = sheet("idea-scores", *map(ballot, (1, 2, 3)), others=[ideas])
    return replace(own, settings=MethodSettings(scores="shown"))


def _themed(block, letter):
    def make(canvas, text, numbers):
        return sheet(canvas, *(
            note(f"{letter}{n}", block, text(n), theme=f"{text(n // 2)}, theme",
                 **({"rank": n} if n < 4 else {}))
            for n in numbers
        ))  # fmt: skip

    return make


def _vote(text, numbers):
    ideas = board("ideas", *(note(f"ID{n}", "ideas", text(n)) for n in numbers))
    names = [f"ID{n}" for n in numbers]
    ballots = (
        note(f"VB{k}", "ballots", f"t{k}", ranking=" ".join(names[k:] + names[:k]))
        for k in (0, 0, 1, 2)
    )
    own = sheet("vote", *ballots, others=[ideas])
    return replace(own, vote=VoteRules(TieRule.FIRST_CHOICES, method="borda", closed=True))


def _findings(text, numbers):
    return sheet("findings", *(
        note(f"F{n}", "findings", text(n), answers=10 + n, importance=1 + n * 0.7 % 4,
             performance=1 + n * 1.3 % 4)
        for n in numbers
    ))  # fmt: skip


def _swot(text, numbers):
    notes = [note(f"S{n}", "strengths", text(n), topic="business", importance=n % 5 + 1)
             for n in numbers]  # fmt: skip
    strategies = (
        note(f"SO{n}", "so", text(n), topic="business", links=[f"S{n}"]) for n in numbers if n % 2
    )
    return sheet("swot", *notes, others=[board("tows", *strategies)])


def _needs(text, numbers):
    members = [
        note("M1", "members", "Car maker", weight=3, **{"key-member": "yes"}),
        note("M2", "members", "Suppliers", weight=1, **{"key-member": "no"}),
    ]
    needs = (note(f"N{n}", "needs", text(n), ratings=f"M1 {n % 5 + 1}, M2 {n * 2 % 5 + 1}")
             for n in numbers)  # fmt: skip
    return sheet("needs", *members, *needs)


def _radar(text, numbers):
    def rated(n):
        own = {"influence": n % 5 + 1, **({"competence": n * 3 % 5 + 1} if n % 6 else {})}
        other = {"benchmark-influence": n % 4 + 1.5, "benchmark-competence": n * 2 % 5 + 1}
        return {**own, **(other if n % 4 else {})}

    return sheet("trend-radar", *(
        note(f"TR{n}", "trends", text(n), segment=SEGMENTS[n % 4],
             ring=("act", "prepare", "watch")[n * 7 % 3], **rated(n))
        for n in numbers
    ))  # fmt: skip


def _competencies(text, numbers):
    blocks = [b.id for b in KINDS["competencies"].blocks]
    return sheet("competencies", *(
        note(f"C{n}", blocks[n * len(blocks) // (len(numbers) + 1)], text(n), today=n % 5 + 1,
             target=n * 3 % 5 + 1)
        for n in numbers
    ))  # fmt: skip


def _indicators(text, numbers):
    return sheet("indicators", *(
        note(f"I{n}", "indicators", text(n), baseline=n, target=n * 3.5 + 10,
             **({"midterm": n * 2} if n % 3 else {}), **({"final": n * 3} if n % 4 == 0 else {}),
             **({"unit": "M€"} if n % 2 else {}))
        for n in numbers
    ))  # fmt: skip


def _tasks(text, numbers):
    def task(n):
        more = {"after": f"T{n - 1}SS+1d" if n % 3 == 2 else f"T{n - 1}"} if n % 4 > 1 else {}
        if n % 7 == 5:
            more["milestone"] = "yes"
        if n % 5 == 3:
            more["deadline"] = "2026-11-24" if n % 2 else "2027-06-30"
        return note(f"T{n}", "tasks", text(n), duration=0 if n % 7 == 5 else n % 4 + 1.5, **more)

    notes = [task(n) for n in numbers]
    if len(notes) > 3:
        part = replace(notes[1], values={**notes[1].values, "part-of": "T0"})
        notes = [note("T0", "tasks", "Whole"), notes[0], part, *notes[2:]]
    return sheet("tasks", *notes, day="2026-11-19")


def _goals(text, numbers):
    third = max(len(numbers) // 3, 1)
    goals = [
        note(f"G{n}", "goals", text(n), links=[f"SO{n}"] if n % 3 else [],
             **({"part-of": f"G{(n + 1) // 3}"} if n > 1 else {}))
        for n in numbers[:third]
    ]  # fmt: skip
    swot = [note(f"S{n}", "strengths", text(n), topic="business") for n in numbers[:third]]
    swot += [note(f"T{n}", "threats", text(n), topic="business") for n in numbers[:2]]
    tows = [note(f"SO{n}", "so", text(n), topic="business", links=[f"S{n}"])
            for n in numbers[:third]]  # fmt: skip
    tasks = [note(f"TA{n}", "tasks", text(n), links=[f"G{n}"] if n % 2 else [])
             for n in numbers[:third]]  # fmt: skip
    kinds = zip(("swot", "tows", "tasks"), (swot, tows, tasks), strict=True)
    return sheet("smart-goals", *goals, others=[board(c, *notes) for c, notes in kinds])


_SHEETS = {
    "action-plan": _of("action-plan", _scored("actions", "A", "effort", "impact")),
    "stakeholders": _of("stakeholders", _scored("stakeholders", "ST", "power", "interest")),
    "challenges": _of("challenges", _themed("challenges", "CH")),
    "ideas": _of("ideas", _themed("ideas", "ID")),
    "pestel": _pestel,
    "services": _services,
    "idea-scores": _scores,
    "vote": _vote,
    "findings": _findings,
    "swot": _swot,
    "needs": _needs,
    "trend-radar": _radar,
    "competencies": _competencies,
    "indicators": _indicators,
    "tasks": _tasks,
    "smart-goals": _goals,
}
#: Every result that is drawn, by canvas and name.
DRAWN = [
    (canvas, name)
    for canvas, kind in KINDS.items()
    for name in RESULTS.get(kind.method, {})
    if name in {"gantt", "network"} or name.endswith("-picture")
]


def drawn(canvas, name, count=12, texts=TEXTS, language="en"):
    """Draw a result of a filled canvas."""
    context = replace(samples.CONTEXT, language=language)
    made = result(Presenter(load(language), context, {}), filled(canvas, count, texts), name)
    assert isinstance(made, Picture)
    assert not is_nothing(made.svg)
    return made
