"""A vote as tables and bars: where options stand by each way of counting, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clusterlab.errors import N_, Message
from clusterlab.figures import Bar, BarChart, draw_bars
from clusterlab.methods import (
    METHOD_LABELS,
    METHODS,
    TIE_LABELS,
    Poll,
    Sheet,
    Tally,
    TieRule,
    poll,
    verdict,
)
from clusterlab.outputs.draws import Draws
from clusterlab.outputs.pictures import bar_data, in_words, picture
from clusterlab.outputs.review import note_row, number, plain_row, review_table
from clusterlab.outputs.types import Column, Fact, Picture, Table

VOTE = N_("Vote")
STANDINGS = N_("Standings")
BY_METHOD = N_("The vote by each way of counting")
OPEN = N_("The vote is open; its result shows when it is closed. Ballots so far: {count}.")
READ = N_(
    "Each token has one ballot. All ways of counting read the same ballots: a ballot that gives no "
    "dots gives one to each of the first that it ranks, as many as there are dots, or to each that "
    "it ticks, where there are enough for all; one that ticks nothing approves of those with a "
    "dot, or of the first three that it ranks; one that does not rank is read as ranking by its "
    "dots, then its ticks."
)
PLACES = N_("Points, and in parentheses the place by this way of counting.")
BORDA = N_(
    "With n options, n - 1 points go to the first on a ballot, 0 to the last; those that a ballot "
    "leaves out share the mean of the places left."
)
FIRST_CHOICES = N_("the number of first choices, then the order of the options")
NO_RULE = N_("nobody has set a rule; options with the same points share the place")


def standings(draws: Draws, sheet: Sheet) -> Table | Picture:
    """List options by place, with their points by every way of counting."""
    language, found = draws.language, poll(sheet)
    say = language.gettext
    if hidden := _hidden(draws, sheet, found, STANDINGS):
        return hidden
    counted = found.counted()
    methods = (found.method, *(m for m in METHODS if m != found.method))
    held = {m: {s.option: s for s in counted[m].standings} for m in methods}
    cited = sheet.cited()
    rows = [
        note_row(
            draws,
            cited.kind if cited else sheet.kind,
            found.notes[s.option],
            language.number(s.place),
            *(
                f"{number(language, held[m][s.option].points)} "
                f"({language.number(held[m][s.option].place)})"
                for m in methods
            ),
        )
        for s in counted[found.method].standings
    ]
    columns = (
        Column("spoken", say(N_("No."))),
        Column("text", say(cited.kind.text_label if cited else N_("Option")), wide=True),
        Column("place", say(N_("Place"))),
        *(Column(m, say(METHOD_LABELS[m])) for m in methods),
    )
    notes = [*_facts(draws, found, counted[found.method]), Fact(say(N_("Columns:")), say(PLACES))]
    shown = rows if found.ballots else ()
    made = review_table(draws, sheet, STANDINGS, columns, shown, *notes)
    return _telling(made, draws, found)


def by_method(draws: Draws, sheet: Sheet) -> Table | Picture:
    """Say by each way of counting who wins, by how much, and how many ballots it hangs on."""
    language, found = draws.language, poll(sheet)
    say = language.gettext
    if hidden := _hidden(draws, sheet, found, BY_METHOD):
        return hidden
    counted = found.counted()
    rows = [
        plain_row(
            language.number(index),
            say(METHOD_LABELS[method]),
            ", ".join(found.notes[i].spoken for i in tally.winners) or "–",
            number(language, tally.standings[0].points if tally.winners else None),
            number(language, tally.margin if tally.winners else None),
            _of(draws, tally),
            _decided(draws, tally),
        )
        for index, (method, tally) in enumerate(counted.items(), 1)
    ]
    columns = (
        Column("spoken", say(N_("No."))),
        Column("text", say(N_("Way of counting")), wide=True),
        Column("first", say(N_("First place"))),
        Column("points", say(N_("Points"))),
        Column("margin", say(N_("Ahead of the second"))),
        Column("to-change", say(N_("Ballots that would change it"))),
        Column("tie", say(N_("Tie decided by"))),
    )
    notes = [
        *_facts(draws, found, counted[found.method]),
        Fact(say(METHOD_LABELS["borda"]) + ":", say(BORDA)),
        Fact(say(N_("How ballots are read:")), say(READ)),
    ]
    shown = rows if found.ballots else ()
    made = review_table(draws, sheet, BY_METHOD, columns, shown, *notes)
    return _telling(made, draws, found)


def standings_picture(draws: Draws, sheet: Sheet) -> Picture:
    """Draw the points of each option by the way of counting that was announced."""
    language, found = draws.language, poll(sheet)
    say = language.gettext
    title = f"{say(VOTE)}: {say(METHOD_LABELS[found.method])}"
    if hidden := _hidden(draws, sheet, found, VOTE):
        return hidden
    tally = found.counted()[found.method]
    held = {s.option: found.notes[s.option] for s in tally.standings}
    bars = [
        Bar(held[s.option].text, s.points, held[s.option].spoken, s.option in tally.winners)
        for s in tally.standings
    ]
    lines = _verdict(draws, found)
    message = " ".join(lines)
    lines += [
        f"{language.number(s.place)}. {held[s.option].spoken} {held[s.option].text}: "
        f"{number(language, s.points)}"
        for s in tally.standings
    ]
    chart = BarChart(title, tuple(bars) if found.ballots else (), description=message)
    facts = (Fact(say(N_("Result:")), message), *_facts(draws, found, tally))
    data = bar_data(language, chart, N_("Option"), N_("Points"))
    return picture(draws, sheet, chart, draw_bars, *facts, lines=lines, data=data)


def _telling(made: Table, draws: Draws, found: Poll) -> Table:
    """Let a table say what the vote has given."""
    message = " ".join(_verdict(draws, found))
    return replace(made, alt=f"{made.title}. {message}", summary=message)


def _hidden(draws: Draws, sheet: Sheet, found: Poll, title: str) -> Picture | None:
    """Show that the vote is open, so that nobody votes by what others did."""
    if found.closed or not found.ballots:
        return None
    message = draws.language.say(OPEN, count=len(found.ballots))
    return in_words(draws, sheet, draws.language.gettext(title), message)


def _verdict(draws: Draws, found: Poll) -> list[str]:
    return [draws.language.say(m) for m in verdict(found.vote, found.counted(), found.method)]


def _facts(draws: Draws, found: Poll, tally: Tally) -> Sequence[Fact]:
    say = draws.language.gettext
    labels = {**TIE_LABELS, TieRule.FIRST_CHOICES: FIRST_CHOICES}
    tie = say(labels[found.vote.tie]) if found.vote.tie else say(NO_RULE)
    cast = N_("counted: {counted}, giving nothing: {abstained}, not counted: {faulty}")
    ballots = draws.language.say(
        cast,
        counted=tally.counted,
        abstained=tally.abstained,
        faulty=len(tally.faults),
    )
    return (
        Fact(say(N_("Counted by:")), say(METHOD_LABELS[found.method])),
        Fact(say(N_("What decides ties:")), tie),
        Fact(say(N_("Ballots:")), ballots),
    )


def _of(draws: Draws, tally: Tally) -> str:
    if tally.to_change is None:
        return ""
    fields = {"count": tally.to_change, "all": tally.counted}
    return draws.language.say(Message(N_("{count} of {all}"), fields))


def _decided(draws: Draws, tally: Tally) -> str:
    tie = next((t for t in tally.ties if set(tally.winners) & set(t.options)), None)
    return draws.language.gettext(TIE_LABELS[tie.first_by]) if tie else ""
