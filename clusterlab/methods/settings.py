"""What a workshop may decide about its methods, where authors disagree or habits differ.

A setting is a field of `MethodSettings`; its metadata says what it may be, in the same words as the
field of a canvas. Whoever adds one adds a line here: reading and refusing follow from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from clusterlab.errors import Message
from clusterlab.methods.disclosure import THRESHOLD
from clusterlab.methods.importance import Cross
from clusterlab.model import Field, Named, expected, fits

_ALLOWED = "allowed"


def _allowed(facts: Field) -> dict[str, Field]:
    return {_ALLOWED: facts}


def _whole(low: int, high: int) -> dict[str, Field]:
    return _allowed(Field("", "", "integer", minimum=low, maximum=high))


def _number(low: float, high: float) -> dict[str, Field]:
    return _allowed(Field("", "", "number", minimum=low, maximum=high))


def _one_of(*names: str) -> dict[str, Field]:
    return _allowed(Field("", "", "choice", choices=tuple(Named(n, n) for n in names)))


@dataclass(frozen=True, slots=True)
class MethodSettings:
    """What a workshop decided about its methods; ``[methods]`` in ``workshop.toml``.

    Parameters
    ----------
    near_critical_days
        Tasks with so many working days of float more than the critical ones are marked as near
        critical; 0 marks none.
    reporting_days
        Working days of a reporting period: tasks that take longer are told; 0 for no period.
    tows_factors
        How many notes a strategy builds on at most. Four is common.
    tows_per_letter
        How many notes of one letter, such as strengths, a strategy builds on at most; 0 for as
        many as it likes. Some allow two.
    importance_lines
        Where the lines of importance and performance are: at the ``middle`` of the scale, so that
        clusters can be compared, or at the ``mean`` of what was asked.
    fewest_answers
        The fewest answers of which results show figures.
    fewest_alike
        The fewest people who gave the same answer of whom results show how many they are; 1 shows
        all. Means stay, as they are of all who answered.
    score_centre
        Whether the ``median`` or the ``mean`` of several people's scores places a thing in a
        matrix. Scores are ordinal, and a single far one does not move a median.
    scores
        Whether people's scores are ``hidden`` from others until everybody has scored, or ``shown``
        at once. Who sees what others gave follows them: Delphi and nominal groups score alone.
    scorers
        How many people score: hidden scores show by themselves as soon as so many have. 0 where
        nobody says; then they show when ``scores`` says so.
    """

    near_critical_days: float = field(default=0, metadata=_number(0, 1000))
    reporting_days: float = field(default=0, metadata=_number(0, 10_000))
    tows_factors: int = field(default=4, metadata=_whole(2, 100))
    tows_per_letter: int = field(default=0, metadata=_whole(0, 100))
    importance_lines: Cross = field(default="middle", metadata=_one_of("middle", "mean"))
    fewest_answers: int = field(default=THRESHOLD, metadata=_whole(2, 1000))
    fewest_alike: int = field(default=THRESHOLD, metadata=_whole(1, 1000))
    score_centre: Literal["median", "mean"] = field(
        default="median", metadata=_one_of("median", "mean")
    )
    scores: Literal["hidden", "shown"] = field(
        default="hidden", metadata=_one_of("hidden", "shown")
    )
    scorers: int = field(default=0, metadata=_whole(0, 10_000))


#: What each setting may be, by name.
ALLOWED: Mapping[str, Field] = {f.name: f.metadata[_ALLOWED] for f in fields(MethodSettings)}


def wrong_setting(name: str, value: Any) -> Message | None:
    """Say what a setting should be where a value is not that; nothing where it is.

    Raises
    ------
    KeyError
        Where there is no such setting.
    """
    facts = ALLOWED[name]
    # TOML tells 4 from 4.0, and so does what is counted.
    strict = facts.type != "integer" or isinstance(value, int)
    return None if strict and fits(facts, value) else expected(facts)
