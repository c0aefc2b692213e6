"""Words, numbers and dates in a language.

A catalogue is a gettext file, ``templates/locale/<tag>.po``; a workshop's own ``locale/`` folder
may hold further ones or override single words. A language is added by adding a file.
"""

from __future__ import annotations

import contextlib
import functools
import gettext
import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import (
    format_compact_decimal,
    format_decimal,
    format_scientific,
    get_decimal_symbol,
    get_group_symbol,
)

from clusterlab.errors import N_, CatalogueError, ClusterlabError, Message, fill
from clusterlab.language.reading import read_text, stamp
from clusterlab.shared import shared

SOURCE = "en"
#: `Language.date` hides the name.
Day = date

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LONGEST_DAY = 60
_LINE = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s+)?"(?:[^"\\]|\\.)*"')
#: Numbers that a rule for plural forms is tried with: every rule repeats within them.
_TRIED = range(1001)

#: Smaller numbers are written again and again.
_SMALL = 1000
#: Larger numbers have no name that people use.
_COUNTABLE = 1e15


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
        self._form = _rule(forms)
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
        text = found[min(self._form(count), len(found) - 1)] if isinstance(found, tuple) else ""
        text = text or (one if count == 1 else many)
        return fill(text, {"count": self.number(count), **fields})

    def category(self, count: int) -> str:
        """Give CLDR's category of a number ("one", "few", "other"), as browsers name them too."""
        return str(self._locale.plural_form(count))

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
        """Write a number as this language does; one that nobody can count as 1E30."""
        if type(value) is int and 0 <= value < _SMALL:  # as nearly all are
            return _counted(value, self._locale)
        if _COUNTABLE < abs(value) < math.inf:
            return str(format_scientific(value, locale=self._locale))
        return str(format_decimal(value, locale=self._locale))

    @functools.cached_property
    def _symbols(self) -> tuple[str, str]:
        """The signs between thousands and before decimals."""
        return get_group_symbol(self._locale), get_decimal_symbol(self._locale)

    def read_number(self, text: str) -> float | None:
        """Read a number just as `number` writes it; ``None`` for any other text."""
        if not any(map(str.isdecimal, text)):
            return None
        group, point = self._symbols
        try:
            number = float(text.replace(group, "").replace("\u2212", "-").replace(point, "."))
            return number if math.isfinite(number) and self.number(number) == text else None
        except (ValueError, OverflowError):
            return None

    def short_number(self, value: float) -> str:
        """Write a large number shortly: “2.4M”, “2,4 Mio.”."""
        if _COUNTABLE < abs(value) < math.inf:
            return self.number(value)
        return str(format_compact_decimal(value, locale=self._locale, fraction_digits=2))

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

    def read_date(self, text: str) -> Day | None:
        """Read a day just as `date` writes it; ``None`` for any other text."""
        year = _YEAR.search(text) if len(text) <= _LONGEST_DAY else None
        return _days_of(self.tag, int(year[0])).get(text) if year else None

    def short_date(self, value: Day) -> str:
        """Write a day without its year, shortly: “21 Nov”."""
        return str(format_skeleton("MMMd", value, locale=self._locale))

    def weekday(self, number: int) -> str:
        """Name a day of the week, by its number from Monday as 0: “Saturday”."""
        return str(self._locale.days["format"]["wide"][number])

    def month(self, value: Day) -> str:
        """Write a month and its year, shortly: “Nov 2026”."""
        return str(format_skeleton("yMMM", value, locale=self._locale))


@functools.lru_cache(maxsize=2 * _SMALL)
def _counted(number: int, locale: Locale) -> str:
    return str(format_decimal(number, locale=locale))


@functools.lru_cache(maxsize=64)
def _rule(forms: str) -> Callable[[int], int]:
    return gettext.c2py(forms)


@functools.lru_cache(maxsize=256)
def _days_of(tag: str, year: int) -> Mapping[str, Day]:
    """Give the days of a year by how a language writes them."""
    language = Language(tag, {})
    first = Day(year, 1, 1)
    days = (first + timedelta(days=n) for n in range(366))
    return {language.date(day): day for day in days if day.year == year}


def _locale(tag: str) -> Locale:
    """Find the formats of a language; those of English for one that has none."""
    for name in (tag.replace("-", "_"), tag.split("-", maxsplit=1)[0]):
        with contextlib.suppress(UnknownLocaleError, ValueError):
            return Locale.parse(name)
    return Locale.parse(SOURCE)


def available(folders: Sequence[Path] = ()) -> list[str]:
    """Give the tags of the languages that have a catalogue, English first."""
    places = (shared("templates", "locale"), *folders)
    paths = (p for place in places for p in place.glob("*.po") if not p.name.startswith("."))
    found = {p.stem.replace("_", "-") for p in paths}
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

    Raises
    ------
    CatalogueError
        Where a catalogue is broken or not in UTF-8; says which.
    """
    words: dict[str, str | tuple[str, ...]] = {}
    forms = "(n != 1)"
    for folder in (shared("templates", "locale"), *folders):
        names = dict.fromkeys((f"{tag}.po", f"{tag.replace('-', '_')}.po"))
        for path in (folder / name for name in names):
            if path.is_file():
                found, forms = _words(path, stamp(path))
                words.update(found)
    return Language(tag, words, forms)


@functools.lru_cache(maxsize=64)
def _words(
    path: Path, _changed: tuple[int, int]
) -> tuple[Mapping[str, str | tuple[str, ...]], str]:
    catalogue = _catalogue(read_text(path, CatalogueError), path.name)
    words: dict[str, str | tuple[str, ...]] = {}
    for message in catalogue:
        if message.fuzzy or not message.id:
            continue
        if isinstance(message.id, str):
            words[message.id] = str(message.string)
        elif any(message.string or ()):
            words[message.id[0]] = tuple(map(str, message.string or ()))
    return words, catalogue.plural_expr


def _catalogue(text: str, file: str) -> Catalog:
    _refuse_odd_lines(text, file)
    try:
        catalogue = read_po(StringIO(text), abort_invalid=True)
    except PoFileError as error:
        _refuse(
            file,
            N_("The entry at line {line} is not whole: {reason}"),
            line=str(error.lineno + 1),
            reason=str(error).rpartition(" on ")[0],  # babel counts lines from 0
        )
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
        # What the reader stumbles over where entries are out of order, or the header is broken.
        _refuse(file, N_("Its entries or its header are out of order: {reason}"), reason=str(error))
    try:
        form = gettext.c2py(catalogue.plural_expr)
        fine = all(0 <= form(count) < catalogue.num_plurals for count in _TRIED)
    except (ValueError, ArithmeticError):
        fine = False
    if not fine:
        forms = f"nplurals={catalogue.num_plurals}; plural={catalogue.plural_expr}"
        _refuse(file, N_("Its “Plural-Forms” are no rule for numbers: “{came}”."), came=forms)
    return catalogue


def _refuse_odd_lines(text: str, file: str) -> None:
    """Refuse what babel would read as something else: garbage, and a second text for one form."""
    entry: set[str] = set()
    for number, line in enumerate(map(str.strip, text.split("\n")), 1):
        if not line or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        keyword = (match[1] or "") if match else ""
        if keyword == "msgctxt" or (keyword == "msgid" and entry != {"msgctxt"}):
            entry = set()
        keyword = keyword.removesuffix("[0]")
        if match is None or keyword in entry:
            template = N_("Line {line} is not as it should be: “{came}”.")
            _refuse(file, template, line=str(number), came=line[:80])
        entry |= {keyword} if keyword else set()


def _refuse(file: str, template: str, **fields: str) -> NoReturn:
    raise CatalogueError(file=file, reason=Message(template, fields)) from None
