"""Saying no to a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from clusterlab.errors import N_, Message, Refusal, UnknownNameError, nearest
from clusterlab.model import one_line

_SHOWN = 60
_SAME = 20  # refusals of a kind that somebody reads one by one


class Refused(Exception):  # noqa: N818 - never leaves this package; it becomes a Refusal
    """A row or a value that cannot be taken.

    Parameters
    ----------
    column
        The column at fault, or "".
    message
        What was expected and what came.
    """

    def __init__(self, column: str, message: Message) -> None:
        super().__init__(column, message)
        self.column, self.message = column, message


def short(text: str) -> str:
    """Give as much of a text as a message can show."""
    line = one_line(text[: _SHOWN * 4])
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]} …"


def too_many_cells(came: int, expected: int) -> Message:
    """Say that a row has more cells than there are columns."""
    text = N_(
        "The row has {came} cells, but the header only {expected}. In a CSV file, a text with the "
        "sign that separates cells stands in quotation marks."
    )
    return Message(text, {"came": came, "expected": expected})


@lru_cache(maxsize=1024)
def _hint(came: str, names: tuple[str, ...]) -> Message:
    """Compare once only: thousands of rows may make the same mistake."""
    return nearest(came, names)


def unknown(column: str, what: str, came: str, names: Iterable[str]) -> Refused:
    """Refuse a name that does not exist; names the nearest one."""
    hint = _hint(short(came), tuple(dict.fromkeys(names)))
    fields = {"what": Message(what), "came": short(came), "hint": hint}
    return Refused(column, Message(UnknownNameError.template, fields))


def shortened(refusals: Sequence[Refusal]) -> tuple[Refusal, ...]:
    """Tell of what was refused for the same reason in many rows of a column only the first ones."""

    def kind(refusal: Refusal) -> tuple[str, ...]:
        return refusal.message.template, refusal.file, refusal.sheet, refusal.column

    counts, told = Counter(map(kind, refusals)), Counter[tuple[str, ...]]()
    found = []
    for refusal in refusals:
        known = kind(refusal)
        told[known] += 1
        if told[known] <= _SAME:
            found.append(refusal)
        if told[known] == _SAME and counts[known] > _SAME:
            text = N_("… and the same in more rows: {count}.")
            message = Message(text, {"count": counts[known] - _SAME})
            found.append(Refusal(message, refusal.file, refusal.sheet, column=refusal.column))
    return tuple(found)
