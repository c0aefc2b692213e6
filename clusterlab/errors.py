"""What can go wrong, in one tree, and the messages that people read.

::

    ClusterlabError
    ├── UsageError            the command or call itself is wrong
    │   └── UnknownNameError  a name that does not exist; knows the nearest one
    ├── KindError             a canvas kind's file is broken
    ├── CatalogueError        a language's catalogue is broken
    ├── WorkshopError         the workshop folder or bundle
    │   ├── NoWorkshopError   there is none here
    │   └── ParameterError    a notebook's parameters
    ├── JournalError          the journal
    │   ├── JournalVersionError
    │   └── JournalBusyError
    ├── TableError            a table or workbook as a whole cannot be read
    │   └── TooManyRowsError  it has more rows than are allowed
    └── DocumentError         a document that must not be written

An error carries a *template* and *fields*. The template is the English text and the key of its
translations; ``clusterlab.language`` puts both together where a person reads them.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

_PLACE = re.compile(r"\{(\w+)\}")


def N_(text: str) -> str:  # noqa: N802 - the name that translation tools look for
    """Mark a text for translation where it is defined and return it unchanged."""
    return text


def fill(template: str, fields: Mapping[str, Any]) -> str:
    """Put fields into a template; a brace in a field's text stays a brace.

    ``str.format`` is not used: its attribute access must never meet text that people typed.
    """
    return _PLACE.sub(lambda m: str(fields.get(m.group(1), m.group(0))), template)


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for a person: a template to translate and the fields that go into it.

    Parameters
    ----------
    template
        English text with ``{name}`` places; the key of its translations.
    fields
        Values for the places: text, numbers, dates, or further messages.
    """

    template: str
    fields: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """Give the English text."""
        return fill(self.template, self.fields)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row or value that could not be taken; everything around it was.

    Parameters
    ----------
    message
        What was expected and what came.
    file, sheet, row, column, cell
        Where: row counts from 1 with the header as row 1, the cell is named as a spreadsheet names
        it; empty or 0 where it does not apply.
    """

    message: Message
    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""
    cell: str = ""


class ClusterlabError(Exception):
    """The root of the tree.

    Parameters
    ----------
    template
        The message; without it the class's own.
    **fields
        What was expected, what came, where, the nearest match, what to do.
    """

    template: ClassVar[str] = N_("Something went wrong.")
    #: Puts a message into words; a notebook's session sets it to its language.
    speak: ClassVar[Callable[[Message], str]] = str

    def __init__(self, template: str = "", /, **fields: Any) -> None:
        self.message = Message(template or self.template, fields)
        super().__init__(template, fields)

    @property
    def code(self) -> str:
        """The error's name for programs, as in ``--json`` reports."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", type(self).__name__.removesuffix("Error")).lower()

    @property
    def fields(self) -> Mapping[str, Any]:
        """The fields of the message."""
        return self.message.fields

    def __str__(self) -> str:
        """Give the English text."""
        return str(self.message)

    def _render_traceback_(self) -> list[str]:
        """Let a notebook show the sentence instead of a traceback."""
        return [type(self).speak(self.message)]

    def __reduce__(self) -> tuple[Any, ...]:
        """Survive the way back from a worker process."""
        return _rebuild, (type(self), self.message.template, dict(self.message.fields))


def _rebuild(cls: type[ClusterlabError], template: str, fields: dict[str, Any]) -> ClusterlabError:
    return cls(template, **fields)


class UsageError(ClusterlabError):
    """The command or call itself is wrong: exit code 2."""


class UnknownNameError(UsageError):
    """A name that does not exist.

    Parameters
    ----------
    what
        What kind of thing was looked for, in English: "cluster", "canvas", "block".
    came
        The name that came.
    known
        The names that exist; the nearest one is offered.
    """

    template = N_("There is no {what} “{came}”. {hint}")

    def __init__(self, template: str = "", /, **fields: Any) -> None:
        if "known" in fields:
            known = sorted(fields.pop("known"))
            fields["hint"] = nearest(str(fields.get("came", "")), known)
        if isinstance(fields.get("what"), str):
            fields["what"] = Message(fields["what"])
        super().__init__(template, **fields)


class KindError(ClusterlabError):
    """A canvas kind's file is broken."""

    template = N_("{file}: “{key}” should be {expected}, but is {came}.")


class CatalogueError(ClusterlabError):
    """A language's catalogue is broken."""

    template = N_("“{file}” is not a valid catalogue. {reason}")


class WorkshopError(ClusterlabError):
    """The workshop folder or bundle cannot be used as it is."""


class NoWorkshopError(WorkshopError):
    """There is no workshop where one was looked for."""

    template = N_(
        "There is no workshop in “{folder}”: it has no workshop.toml. "
        "Make one with: clusterlab new {folder} --format competency-map"
    )


class ParameterError(WorkshopError):
    """A notebook's parameters do not fit."""


class JournalError(ClusterlabError):
    """The journal cannot be read or written."""


class JournalVersionError(JournalError):
    """The journal was written by a newer clusterlab, or is no journal at all."""


class JournalBusyError(JournalError):
    """Another program holds the journal for too long."""

    template = N_(
        "“{file}” has been locked by another program for {seconds} seconds. "
        "Nothing was written; close the other program or try again."
    )


class TableError(ClusterlabError):
    """A table or workbook as a whole cannot be read."""


class TooManyRowsError(TableError):
    """A table has more rows than are allowed."""


class DocumentError(ClusterlabError):
    """A document that must not be written, because something required is missing."""


def nearest(came: str, known: Iterable[str]) -> Message:
    """Say which known name is nearest to what came, else name some known ones."""
    names = list(known)
    if match := difflib.get_close_matches(came.casefold(), [n.casefold() for n in names], 1, 0.6):
        name = next(n for n in names if n.casefold() == match[0])
        return Message(N_("Did you mean “{name}”?"), {"name": name})
    if not names:
        return Message(N_("There are none yet."))
    shown = ", ".join(names[:8]) + (" …" if len(names) > 8 else "")  # noqa: PLR2004
    return Message(N_("There are: {names}."), {"names": shown})
