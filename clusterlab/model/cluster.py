"""A cluster organisation and the figures it gives of itself."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Bound = Literal["exact", "about", "below", "at-least", "share", "unknown"]

_NUMBER = re.compile(r"(?:[1-9]\d{0,2}(?:[ .,'’\u00a0\u202f]\d{3}(?!\d))+|\d+)(?:[.,]\d+)?")
_BELOW = re.compile(r"\b(?:almost|nearly|below|under|up to)\b|[<≤]")
_ABOUT = re.compile(r"\b(?:about|around|approx|approximately|circa|ca|c|roughly|some)\b|[~≈]")
_AT_LEAST = re.compile(r"\b(?:over|more than|at least|above|minimum|min)\b|[>≥]")
_MORE = re.compile(r"\+|(?:[-–]|to\b)\s*\d")  # "300+", "200-300"
# Within a number.
_SPACES = re.compile(r"[ '’\u00a0\u202f]")
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?:\D|$))")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as its source gives it, and what it is counted as.

    Parameters
    ----------
    raw
        The text of the source: "almost 200", "300+", "90 %".
    value
        The number it is counted as (a count, or a share between 0 and 1), or ``None``.
    bound
        How the number is to be read.
    """

    raw: str = ""
    value: float | None = None
    bound: Bound = "unknown"

    @property
    def assumed(self) -> bool:
        """Whether counting it as a number takes an assumption that people should see."""
        return self.bound in {"about", "below", "at-least"}


def parse_quantity(raw: str) -> Quantity:
    """Read a vague figure.

    Parameters
    ----------
    raw
        Text such as "620", "almost 200", "300+", "90 %", "1.250" or "".

    Returns
    -------
    Quantity
        With ``value`` ``None`` and bound "unknown" where there is no number.
    """
    text = raw.strip()
    match = _NUMBER.search(text)
    if not match:
        return Quantity(text)
    value = _number(match.group())
    if not math.isfinite(value):
        return Quantity(text)
    before, after = text[: match.start()].casefold(), text[match.end() :].strip().casefold()
    if after.startswith(("%", "percent", "per cent")):
        return Quantity(text, value / 100, "share")
    bound: Bound = "exact"
    if _MORE.match(after) or _AT_LEAST.search(before):
        bound = "at-least"
    elif _BELOW.search(before):
        bound = "below"
    elif _ABOUT.search(before):
        bound = "about"
    return Quantity(text, value, bound)


def _number(digits: str) -> float:
    digits = _SPACES.sub("", digits)
    if not digits.startswith("0"):  # "0.125" is no 125
        digits = _THOUSANDS.sub("", digits)
    return float(digits.replace(",", "."))


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster organisation as the roster gives it.

    Parameters
    ----------
    id
        Short name in files and commands; any text is taken, folder names are made safe elsewhere.
    name, country, field, since, label, notes
        As the roster says, as text; ``since`` is a year.
    members, smes
        Figures as given; ``smes`` may be a share of the members.
    language
        BCP 47 tag of the language for labels in the cluster's documents, or "".
    logo
        Path of a picture inside the workshop folder, or "".
    extra
        Further columns of the roster, kept as they are.
    """

    id: str
    name: str
    country: str = ""
    field: str = ""
    since: str = ""
    members: Quantity = Quantity()
    smes: Quantity = Quantity()
    label: str = ""
    language: str = ""
    logo: str = ""
    notes: str = ""
    extra: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def sme_count(self) -> float | None:
        """Number of small and medium-sized firms among the members, if it can be told."""
        if self.smes.bound == "share" and self.members.value and self.smes.value is not None:
            return round(self.smes.value * self.members.value)
        return None if self.smes.bound == "share" else self.smes.value
