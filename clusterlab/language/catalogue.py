"""Words, numbers and dates in a language.

A catalogue is a gettext file, ``templates/locale/<tag>.po``; a workshop's own ``locale/`` folder
may hold further ones or override single words. A language is added by adding a file.
"""

from __future__ import annotations

import contextlib
import functools
import gettext
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from clusterlab.errors import ClusterlabError, Message, fill
from clusterlab.shared import shared

SOURCE = "en"


class Language:
    """What people read in one language.

    Parameters
    ----------
    tag
        BCP 47 tag of the catalogue in use.
    words
        Translations by English text; what is missing stays English. A text with a plural has
        one translation per plural form.
    forms
        Which plural form a number takes, as gettext's C expression.
    """

    def __init__(
        self, tag: str, words: Mapping[str, str | tuple[str, ...]], forms: str = "(n != 1)"
    ) -> None:
        self.tag = tag
        self.words = words
        self.forms = forms
        self._form = gettext.c2py(forms)
        self._locale = _locale(tag)

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return self._locale.text_direction

    def gettext(self, text: str) -> str:
        """Translate a text; "" stays ""."""
        found = self.words.get(text) if text else ""
        return found if isinstance(found, str) and found else text

    def say(self, message: Message | ClusterlabError | str, /, **fields: Any) -> str:
        """Put a message, an error or a text with fields into words of this language."""
        if isinstance(message, ClusterlabError):
            message = message.message
        if isinstance(message, str):
            message = Message(message, fields)
        given = {k: self._field(v) for k, v in message.fields.items()}
        return fill(self.gettext(message.template), given)

    def plural(self, count: int, one: str, many: str, /, **fields: Any) -> str:
        """Say a text in the form that a number takes; the texts may use ``{count}``."""
        found = self.words.get(one)
        if isinstance(found, tuple):
            text = found[min(self._form(count), len(found) - 1)]
        else:
            text = one if count == 1 else many
        return fill(text, {"count": self.number(count), **fields})

    def _field(self, value: Any) -> Any:
        match value:
            case Message():
                return self.say(value)
            case bool():
                return str(value)
            case int() | float():
                return self.number(value)
            case datetime() | date():
                return self.date(value)
            case list() | tuple():
                return ", ".join(str(self._field(v)) for v in value)
            case _:
                return value

    def number(self, value: float) -> str:
        """Write a number as this language does."""
        return str(format_decimal(value, locale=self._locale))

    def date(self, value: date | str, zone: str = "UTC") -> str:
        """Write a day as this language does.

        Parameters
        ----------
        value
            A day, or a point in time in UTC as ISO 8601; text that is neither stays as it is.
        zone
            Time zone in which the day is told.
        """
        if isinstance(value, str):
            try:
                point = datetime.fromisoformat(value)
            except ValueError:
                return value
            has_time = "T" in value or " " in value
            value = point.astimezone(ZoneInfo(zone)).date() if has_time else point.date()
        return str(format_date(value, format="long", locale=self._locale))


def _locale(tag: str) -> Locale:
    """Find the formats of a language; those of English for one that has none."""
    for name in (tag.replace("-", "_"), tag.split("-", maxsplit=1)[0]):
        with contextlib.suppress(UnknownLocaleError, ValueError):
            return Locale.parse(name)
    return Locale.parse(SOURCE)


def available(folders: Sequence[Path] = ()) -> list[str]:
    """Give the tags of the languages that have a catalogue, English first."""
    places = (shared("templates", "locale"), *folders)
    found = {p.stem.replace("_", "-") for place in places for p in place.glob("*.po")}
    return [SOURCE, *sorted(found - {SOURCE})]


def choose(wanted: Sequence[str], folders: Sequence[Path] = ()) -> str:
    """Give the first wanted language that has a catalogue, else English.

    A region falls back to its language: ``de-AT`` to ``de``.
    """
    known = {tag.casefold(): tag for tag in available(folders)}
    for tag in filter(None, wanted):
        for name in (tag.casefold().replace("_", "-"), tag.casefold().split("-", maxsplit=1)[0]):
            if name in known:
                return known[name]
    return SOURCE


def load(tag: str, folders: Sequence[Path] = ()) -> Language:
    """Load a language's catalogue, the workshop's own words last.

    Parameters
    ----------
    tag
        As `choose` gives it.
    folders
        Further ``locale`` folders; later ones win.
    """
    words: dict[str, str | tuple[str, ...]] = {}
    forms = "(n != 1)"
    for folder in (shared("templates", "locale"), *folders):
        for path in (folder / f"{tag}.po", folder / f"{tag.replace('-', '_')}.po"):
            if path.is_file():
                found, forms = _words(path, path.stat().st_mtime_ns)
                words.update(found)
    return Language(tag, words, forms)


@functools.lru_cache(maxsize=64)
def _words(path: Path, _changed: int) -> tuple[Mapping[str, str | tuple[str, ...]], str]:
    catalogue = read_po(StringIO(path.read_text(encoding="utf-8")))
    words: dict[str, str | tuple[str, ...]] = {}
    for message in catalogue:
        if message.fuzzy or not message.id:
            continue
        if isinstance(message.id, str):
            words[message.id] = str(message.string)
        elif any(message.string or ()):
            words[message.id[0]] = tuple(map(str, message.string or ()))
    return words, catalogue.plural_expr
