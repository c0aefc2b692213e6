"""What a form says of itself on its hidden sheet, as it is read when the form comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from clusterlab.errors import N_, TableError
from clusterlab.exchange.forms import CITES, LAYOUT, STAMP, form_id
from clusterlab.model import one_line
from clusterlab.sheets import Sheet

_DIGITS = 10  # no sheet has as many rows


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a form says of itself.

    Parameters
    ----------
    form, workshop, cluster, language
        UUIDs, id, and tag of its language.
    sheets
        How many notes each of its sheets showed, by name.
    shown
        The notes that it showed: name of the sheet and the heads, by id.
    prints
        What `fingerprint` gives for their rows, by id.
    cited
        Spoken ids of the notes that its notes may refer to, by sheet and id.
    cover
        What stands in the first row of its first sheet.
    """

    form: str
    workshop: str
    cluster: str
    language: str
    sheets: Mapping[str, int]
    shown: Mapping[str, tuple[str, tuple[str, ...]]]
    prints: Mapping[str, str] = field(default_factory=dict)
    cited: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    cover: str = ""


def read_stamp(sheets: Sequence[Sheet], file: str) -> Stamp:
    """Find the sheet that says which form a workbook is.

    Raises
    ------
    TableError
        Where it is no form, one of another layout, or one whose hidden cells were changed.
    """
    found = next((s for s in sheets if s.header and s.header[0] == STAMP), None)
    if found is None:
        raise TableError(
            N_(
                "“{file}” is no form of a workshop, or has lost the hidden sheet that says which. "
                "Copy what was written into a fresh form, or take it in as a table with: "
                "clusterlab import."
            ),
            file=file,
        )
    if found.header[1:2] != (LAYOUT,):
        raise TableError(
            N_(
                "“{file}” is a form of another version of this program. Send a new form, and copy "
                "what was written into it."
            ),
            file=file,
        )
    facts: dict[str, str] = {}
    sheets_of: dict[str, int] = {}
    shown: dict[str, tuple[str, tuple[str, ...]]] = {}
    prints: dict[str, str] = {}
    cited: dict[str, dict[str, str]] = {}
    seen: list[tuple[str, str, str]] = []
    for _, cells in found.rows:
        held = (c if isinstance(c, str) else "" for c in cells)
        key, value, more, mark = (*held, *[""] * 4)[:4]
        if key.startswith("sheet "):
            sheets_of[key.removeprefix("sheet ")] = _count(value)
        elif key.startswith(CITES):
            seen.append((key, value, more))
            cited.setdefault(key.removeprefix(CITES), {})[value] = more
        elif value in sheets_of:
            seen.append((value, key, more))
            shown[key] = value, tuple(more.split())
            prints[key] = mark
        else:
            facts[key] = value
    names = ("form", "workshop", "cluster", "language")
    form, workshop, cluster, language = (facts.get(name, "") for name in names)
    if form != form_id(workshop, cluster, language, seen):
        raise TableError(
            N_(
                "The hidden sheet of “{file}” that says which form it is was changed; nothing was "
                "taken. Copy what was written into a fresh form."
            ),
            file=file,
        )
    return Stamp(
        form,
        workshop,
        cluster,
        language,
        sheets_of,
        shown,
        prints,
        cited,
        one_line(facts.get("cover", "")),
    )


def _count(text: str) -> int:
    """Read how many there are; Python itself refuses to read thousands of digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < _DIGITS else 0
