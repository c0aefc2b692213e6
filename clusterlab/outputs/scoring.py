"""Several people's scores: how they are spread, where they put things, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from clusterlab.errors import N_
from clusterlab.figures import QuadrantItem
from clusterlab.language import Language
from clusterlab.methods import (
    Certainty,
    ScoredItem,
    Scores,
    ScoreSpread,
    Sheet,
    is_secret,
    scores,
)
from clusterlab.methods.scores import scorers
from clusterlab.model import CanvasKind
from clusterlab.outputs.draws import Draws
from clusterlab.outputs.matrix import IN_MIDDLE, on_line
from clusterlab.outputs.pictures import in_words, named
from clusterlab.outputs.quarters import left_out, quadrants_picture
from clusterlab.outputs.review import note_row, number, review_table
from clusterlab.outputs.types import Column, Fact, Picture, Table

SPREAD = N_("How people scored")
ORDINAL = N_("Scores have an order, but nobody knows whether their steps are equal.")
CERTAIN = N_("How sure is this quadrant?")
AGREEMENT = N_(
    "100 % where all gave the same, 0 % where half gave each end of the scale (1 minus Leik’s "
    "measure of dissent, 1966)."
)
MEANING = N_(
    "A thing stands where the scores of those put it who scored both. It is sure where neither one "
    "step of the scale nor one person less moves it to another quarter."
)
VOTERS = N_("Numbers are those of the rows; nobody’s name is in this document’s results.")
CENTRES = {
    "median": N_("Things stand at the median of the scores."),
    "mean": N_("Things stand at the mean of the scores."),
}
NO_MATRIX = N_("There is no matrix: these scores are not of two axes.")
HIDDEN = N_(
    "People who have scored so far: {count}. Each scores alone; what they gave shows when "
    "everybody has scored."
)
NOTHING = N_("Nobody has scored anything yet.")
HANGS = N_("hangs on one person: without them it stands elsewhere")


def spread_table(draws: Draws, sheet: Sheet) -> Table | Picture:
    """List things with median, mean, range and agreement of their scores, scale by scale."""
    language = draws.language
    say, found = language.gettext, scores(sheet)
    if hidden := _hidden(draws, sheet, SPREAD):
        return hidden
    rows = [
        note_row(
            draws,
            _kind(sheet),
            item.note,
            *(cell for f in found.asked for cell in _cells(language, item.spreads[f.id])),
        )
        for item in found.items
        if any(item.spreads.values())
    ]
    columns = [
        Column("spoken", say(N_("No."))),
        Column("text", say(_kind(sheet).text_label), wide=True),
    ]
    for f in found.asked:
        label = say(f.label)
        columns += [
            Column(f"{f.id}-median", language.say(N_("{field}: median (mean)"), field=label)),
            Column(f"{f.id}-range", language.say(N_("{field}: from – to (n)"), field=label)),
            Column(f"{f.id}-agreement", language.say(N_("{field}: agreement"), field=label)),
        ]
    notes = [Fact(say(N_("Agreement:")), say(AGREEMENT)), *_without(draws, found)]
    return review_table(draws, sheet, SPREAD, columns, rows, *notes, summary=ORDINAL)


def certain_table(draws: Draws, sheet: Sheet) -> Table | Picture:
    """List things with their quarter, and what a step or one person less would make of it."""
    language = draws.language
    say, found = language.gettext, scores(sheet)
    if hidden := _hidden(draws, sheet, CERTAIN):
        return hidden
    if found.matrix is None:
        return in_words(draws, sheet, say(CERTAIN), say(NO_MATRIX))
    placed = list(_placed(found))
    rows = [
        note_row(
            draws,
            _kind(sheet),
            item.note,
            say(certain.quadrant.label) if certain.quadrant else "",
            language.number(certain.voters),
            ", ".join(say(q.label) for q in certain.shifted) or "–",
            ", ".join(certain.without) or "–",
        )
        for item, certain in placed
    ]
    columns = (
        Column("spoken", say(N_("No."))),
        Column("text", say(_kind(sheet).text_label), wide=True),
        Column("quadrant", say(N_("Quarter"))),
        Column("voters", say(N_("Scored by"))),
        Column("shifted", say(N_("By one step also")), wide=True),
        Column("without", say(N_("Elsewhere without"))),
    )
    notes = _read(draws, sheet, found)
    made = review_table(draws, sheet, CERTAIN, columns, rows, *notes, summary=MEANING)
    return replace(made, alt=f"{made.title} {_message(language, found)}")


def scored_picture(draws: Draws, sheet: Sheet) -> Picture:
    """Draw things in the matrix where their scores put them; those that hang on one are hatched."""
    language = draws.language
    say, found = language.gettext, scores(sheet)
    title = sheet.kind.matrix_title or N_("Matrix")
    if hidden := _hidden(draws, sheet, title):
        return hidden
    placed = list(_placed(found))
    if found.matrix is None or not placed:
        text = NO_MATRIX if found.matrix is None else NOTHING
        return in_words(draws, sheet, say(title), say(text))
    items = [
        QuadrantItem(
            item.note.text,
            certain.across.centre,
            certain.up.centre,
            spoken=item.note.spoken,
            mark=bool(certain.without),
        )
        for item, certain in placed
        if certain.across and certain.up
    ]
    drawn = replace(sheet, kind=replace(found.matrix, title=sheet.kind.title))
    notes = [n for n in _read(draws, sheet, found) if n.label != say(IN_MIDDLE)]
    shown = {item.key for item, _ in placed}
    notes += left_out(draws, (item.note for item in found.items if item.key not in shown))
    made = quadrants_picture(draws, drawn, say(title), items, ("", say(HANGS)), *notes)
    message = _message(language, found)
    return replace(made, alt=f"{made.alt} {message}", text=f"{message}\n{made.text}")


def _hidden(draws: Draws, sheet: Sheet, title: str) -> Picture | None:
    """Show that not all have scored, so that nobody follows what others gave."""
    count = scorers(sheet.kind, sheet.board)
    if not count or not is_secret(sheet.kind, sheet.board, sheet.vote, sheet.settings):
        return None
    language = draws.language
    return in_words(draws, sheet, language.gettext(title), language.say(HIDDEN, count=count))


def _kind(sheet: Sheet) -> CanvasKind:
    about = sheet.about()
    return about.kind if about else sheet.kind


def _placed(found: Scores) -> Iterator[tuple[ScoredItem, Certainty]]:
    for item in found.items:
        if item.certainty is not None and item.certainty.quadrant is not None:
            yield item, item.certainty


def _cells(language: Language, spread: ScoreSpread | None) -> tuple[str, str, str]:
    if spread is None:
        return "", "", ""
    low, high = (number(language, value) for value in (spread.lowest, spread.highest))
    agreed = (
        "" if spread.agreement is None else f"{language.number(round(100 * spread.agreement))} %"
    )
    centre = f"{number(language, spread.median)} ({number(language, spread.mean)})"
    return centre, f"{low} – {high} ({language.number(spread.n)})", agreed


def _message(language: Language, found: Scores) -> str:
    placed = list(_placed(found))
    if not placed:
        return language.say(NOTHING)
    hang = [item.note.spoken for item, certain in placed if certain.without]
    step = sum(bool(certain.shifted) for _, certain in placed)
    text = N_("{count} of {all} hang on one person: {names}. By one step, {step} would move.")
    fine = N_("None of {all} hangs on one person. By one step, {step} would move.")
    return language.say(
        text if hang else fine,
        count=len(hang),
        all=len(placed),
        names=named(language, hang),
        step=step,
    )


def _read(draws: Draws, sheet: Sheet, found: Scores) -> list[Fact]:
    """Say how the places are to be read."""
    say = draws.language.gettext
    notes = [
        Fact(say(N_("Places:")), say(CENTRES[sheet.settings.score_centre])),
        Fact(say(N_("People:")), say(VOTERS)),
        *_without(draws, found),
    ]
    if found.matrix is not None:
        notes.append(Fact(say(IN_MIDDLE), on_line(draws.language, found.matrix)))
    return notes


def _without(draws: Draws, found: Scores) -> list[Fact]:
    left = [item.note.spoken for item in found.items if not any(item.spreads.values())]
    return [Fact(draws.language.gettext(N_("Not scored:")), ", ".join(left))] if left else []
