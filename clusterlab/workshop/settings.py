"""``workshop.toml``: what a workshop is called, when it is, what it uses."""

from __future__ import annotations

import json
import tomllib
import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, NoReturn
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from clusterlab.errors import N_, Message, WorkshopError, nearest
from clusterlab.methods import METHODS, TieRule, VoteRules
from clusterlab.methods.rule_ids import RULE_IDS
from clusterlab.methods.settings import ALLOWED, MethodSettings, wrong_setting
from clusterlab.model import Named
from clusterlab.model.reader import ID
from clusterlab.workshop.credits import Credits, read_credits
from clusterlab.workshop.look import SHAPES, read_colours, read_shape

FILE = "workshop.toml"
SEVERITIES = ("error", "warning", "info", "off")
#: The most dots that a ballot can be given.
MOST_DOTS = 100

_Refuse = Callable[[str, str, object], NoReturn]

#: How the days of the week are written, from Monday on.
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a workshop takes in: what is beyond is refused and reported.

    Parameters
    ----------
    note_length
        Characters of one text.
    file_bytes, rows
        Size and rows of one imported table.
    """

    note_length: int = 5_000
    file_bytes: int = 50_000_000
    rows: int = 200_000


@dataclass(frozen=True, slots=True)
class Settings:
    """A workshop's facts.

    Parameters
    ----------
    id
        UUID.
    title, format, language
        Title; id of the format it was made from; BCP 47 tag of its labels.
    starts, ends
        First and last day, or "".
    time_zone
        IANA name of the zone in which times are shown.
    holidays
        Days (``YYYY-MM-DD``) on which nobody works, in schedules.
    workdays
        Days of the week on which people work, such as ``mon``; in schedules. A length in weeks
        remains one of five working days each, whatever the week.
    notebooks, documents
        Names of the notebooks and of the document formats that a build makes.
    slides
        Shape of slides, ``16:9`` or ``4:3``; a template brings its own.
    topics
        Topics that replace those of canvas kinds that have some; empty to keep the kinds' own.
    severities
        Severity by rule: error, warning, info or off.
    methods
        What was decided about the methods.
    vote
        What is announced of votes, such as the tie rule; ``None`` where nothing is.
    colours
        Of documents, by meaning (``development``, ``financing``), as six digits.
    credits
        Who stands behind the workshop.
    show_authors
        Whether live canvases show who wrote a note; documents never do.
    """

    id: str
    title: str
    format: str = ""
    language: str = "en"
    starts: str = ""
    ends: str = ""
    time_zone: str = "UTC"
    holidays: tuple[str, ...] = ()
    workdays: tuple[str, ...] = WEEKDAYS[:5]
    notebooks: tuple[str, ...] = ()
    documents: tuple[str, ...] = ("html", "pdf")
    slides: str = SHAPES[0]
    topics: tuple[Named, ...] = ()
    severities: Mapping[str, str] = field(default_factory=dict)
    methods: MethodSettings = field(default_factory=MethodSettings)
    limits: Limits = Limits()
    vote: VoteRules | None = None
    colours: Mapping[str, str] = field(default_factory=dict)
    credits: Credits = field(default_factory=Credits)
    show_authors: bool = False

    def to_json(self) -> dict[str, Any]:
        """Give the facts that a cluster's bundle holds."""
        facts = asdict(self)
        del facts["show_authors"]  # documents name nobody
        facts["severities"] = dict(sorted(self.severities.items()))
        return facts


def new_settings(title: str, **facts: Any) -> Settings:
    """Make the facts of a new workshop with an id of its own."""
    return Settings(str(uuid.uuid4()), title, **facts)


def read_settings(text: str, file: str = FILE) -> Settings:
    """Read and check ``workshop.toml``.

    Raises
    ------
    WorkshopError
        With the key, what was expected and what came.
    """
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError also for endless numbers
        raise WorkshopError(
            N_("{file} is not valid TOML: {reason}"), file=file, reason=str(error)
        ) from None
    return settings_from(raw, file)


def settings_from(raw: Mapping[str, Any], file: str = FILE) -> Settings:
    """Check a workshop's facts given as a mapping, as TOML and bundles hold them.

    Raises
    ------
    WorkshopError
        With the key, what was expected and what came.
    """
    reader = _Reader(raw, file)
    if unknown := sorted(set(raw) - set(Settings.__dataclass_fields__)):
        reader.refuse(unknown[0], N_("left out: this key is not known"), raw[unknown[0]])
    return Settings(
        id=reader.checked("id", N_("a UUID"), uuid.UUID),
        title=reader.text("title") or reader.refuse("title", N_("a text"), raw.get("title")),
        format=reader.text("format"),
        language=reader.text("language", "en"),
        starts=reader.checked("starts", N_("a date such as 2026-11-20"), _day),
        ends=reader.checked("ends", N_("a date such as 2026-11-20"), _day),
        time_zone=reader.checked(
            "time_zone", N_("a time zone such as “Europe/Brussels”"), ZoneInfo, "UTC"
        ),
        holidays=reader.days("holidays"),
        workdays=reader.workdays(),
        notebooks=reader.texts("notebooks"),
        documents=reader.texts("documents", ("html", "pdf")),
        slides=read_shape(raw.get("slides", SHAPES[0]), reader.refuse),
        topics=_topics(raw.get("topics", ()), reader.refuse),
        severities=reader.severities(),
        methods=_methods(raw.get("methods", {}), reader),
        limits=_limits(raw.get("limits", {}), reader.refuse),
        vote=_vote(raw.get("vote"), reader),
        colours=read_colours(raw.get("colours", {}), reader.refuse, file),
        credits=read_credits(raw.get("credits", {}), reader.refuse),
        show_authors=reader.flag("show_authors"),
    )


def _day(text: str) -> object:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Takes values out of a workshop's facts and says what is wrong with them."""

    raw: Mapping[str, Any]
    file: str

    def refuse(self, key: str, expected: str | Message, came: object) -> NoReturn:
        raise WorkshopError(
            N_("{file}: “{key}” should be {expected}, but is {came}."),
            file=self.file,
            key=key,
            expected=Message(expected) if isinstance(expected, str) else expected,
            came=repr(came),
        )

    def text(self, key: str, default: str = "") -> str:
        value = self.raw.get(key, default)
        value = value.isoformat() if isinstance(value, date) else value
        return value if isinstance(value, str) else self.refuse(key, N_("a text"), value)

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        value = self.raw.get(key, default)
        fine = isinstance(value, list | tuple) and all(isinstance(v, str) for v in value)
        return tuple(value) if fine else self.refuse(key, N_("a list of texts"), value)

    def days(self, key: str) -> tuple[str, ...]:
        value = self.raw.get(key, ())
        try:
            return tuple(date.fromisoformat(str(v)).isoformat() for v in value)
        except (TypeError, ValueError):
            self.refuse(key, N_("a list of dates such as 2026-12-25"), value)

    def workdays(self) -> tuple[str, ...]:
        """Take days of the week, in its order."""
        value = self.texts("workdays", WEEKDAYS[:5])
        if not value or not set(value) <= set(WEEKDAYS):
            expected = N_("a list of days of the week, one at least, of: {days}")
            self.refuse("workdays", Message(expected, {"days": ", ".join(WEEKDAYS)}), list(value))
        return tuple(day for day in WEEKDAYS if day in value)

    def flag(self, key: str) -> bool:
        value = self.raw.get(key, False)
        return value if isinstance(value, bool) else self.refuse(key, N_("true or false"), value)

    def checked(
        self, key: str, expected: str, parse: Callable[[str], object], default: str = ""
    ) -> str:
        """Take a text that something else must be able to read."""
        value = self.text(key, default)
        try:
            parse(value)
        except (ValueError, OSError, ZoneInfoNotFoundError):
            self.refuse(key, expected, value)
        return value

    def severities(self) -> dict[str, str]:
        value = self.raw.get("severities", {})
        if not isinstance(value, Mapping):
            self.refuse("severities", N_("a table of rules"), value)
        for rule, severity in value.items():
            if rule not in RULE_IDS:
                raise WorkshopError(
                    N_("{file}: there is no rule “{key}”. {hint}"),
                    file=self.file,
                    key=f"severities.{rule}",
                    hint=nearest(rule, RULE_IDS),
                )
            if severity not in SEVERITIES:
                self.refuse(f"severities.{rule}", " / ".join(SEVERITIES), severity)
        return dict(value)


def _topics(raw: Any, refuse: _Refuse) -> tuple[Named, ...]:
    if not isinstance(raw, list | tuple):
        refuse("topics", N_("a list of tables, each with id and label"), raw)
    topics: dict[str, Named] = {}
    for topic in raw:
        match topic:
            case {"id": str(id_), "label": str(label)} if ID.fullmatch(id_) and label.strip():
                if id_ in topics:
                    refuse("topics.id", N_("different for each"), id_)
                topics[id_] = Named(id_, label)
            case _:
                refuse("topics", N_("given as id (small letters, hyphens) and label"), topic)
    return tuple(topics.values())


def _methods(raw: Any, reader: _Reader) -> MethodSettings:
    if not isinstance(raw, Mapping):
        reader.refuse("methods", N_("a table of settings"), raw)
    for name, value in raw.items():
        if name not in ALLOWED:
            raise WorkshopError(
                N_("{file}: there is no setting “{key}”. {hint}"),
                file=reader.file,
                key=f"methods.{name}",
                hint=nearest(name, ALLOWED),
            )
        if wrong := wrong_setting(name, value):
            reader.refuse(f"methods.{name}", wrong, value)
    return MethodSettings(**raw)


def _limits(raw: Any, refuse: _Refuse) -> Limits:
    if not isinstance(raw, Mapping):
        refuse("limits", N_("a table of whole numbers"), raw)
    known = Limits.__dataclass_fields__
    for key, value in raw.items():
        if key not in known:
            refuse(f"limits.{key}", N_("left out: this key is not known"), value)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            refuse(f"limits.{key}", N_("a whole number above 0"), value)
    return Limits(**raw)


def _vote(raw: Any, reader: _Reader) -> VoteRules | None:
    """Take what is announced of votes; ``None``, as bundles hold it, where nothing is."""
    if raw is None:
        return None
    if not isinstance(raw, Mapping):
        reader.refuse("vote", N_("a table of rules"), raw)
    if unknown := sorted(set(raw) - set(VoteRules.__dataclass_fields__)):
        reader.refuse(f"vote.{unknown[0]}", N_("left out: this key is not known"), raw[unknown[0]])
    ties: dict[object, TieRule | None] = {str(tie): tie for tie in TieRule} | {None: None}
    methods = {str(method): method for method in METHODS}
    tie, method, dots = raw.get("tie"), raw.get("method", "dots"), raw.get("dots", 3)
    if not isinstance(tie, str | None) or tie not in ties:
        reader.refuse("vote.tie", " / ".join(TieRule), tie)
    if not isinstance(method, str) or method not in methods:
        reader.refuse("vote.method", " / ".join(METHODS), method)
    if not isinstance(dots, int) or isinstance(dots, bool) or not 1 <= dots <= MOST_DOTS:
        reader.refuse("vote.dots", N_("a whole number from 1 to 100"), dots)
    flags = _Reader({f"vote.{key}": value for key, value in raw.items()}, reader.file)
    own, closed = flags.flag("vote.own_excluded"), flags.flag("vote.closed")
    return VoteRules(ties[tie], methods[method], dots, own, closed)


def _worked(settings: Settings) -> list[str]:
    """Write on which days people work, where that is not Monday to Friday all year."""
    week = settings.workdays if settings.workdays != WEEKDAYS[:5] else ()
    held = {"holidays": settings.holidays, "workdays": week}
    return [f"{key} = [{', '.join(map(_toml, days))}]" for key, days in held.items() if days]


def write_settings(settings: Settings) -> str:
    """Write ``workshop.toml``; every text is escaped as TOML wants it."""
    lines = [
        f"id = {_toml(settings.id)}",
        f"title = {_toml(settings.title)}",
        f"format = {_toml(settings.format)}",
        f"language = {_toml(settings.language)}",
        f"starts = {_toml(settings.starts)}",
        f"ends = {_toml(settings.ends)}",
        f"time_zone = {_toml(settings.time_zone)}",
        f"notebooks = [{', '.join(map(_toml, settings.notebooks))}]",
        f"documents = [{', '.join(map(_toml, settings.documents))}]",
    ]
    if settings.slides != SHAPES[0]:
        lines.append(f"slides = {_toml(settings.slides)}")
    lines += _worked(settings)
    if settings.show_authors:
        lines.append("show_authors = true")
    for topic in settings.topics:
        lines += ["", "[[topics]]", f"id = {_toml(topic.id)}", f"label = {_toml(topic.label)}"]
    if settings.severities:
        lines += ["", "[severities]"]
        lines += [f"{_toml(k)} = {_toml(v)}" for k, v in sorted(settings.severities.items())]
    if settings.methods != MethodSettings():
        decided = asdict(settings.methods).items()
        lines += ["", "[methods]", *(f"{k} = {json.dumps(v)}" for k, v in decided)]
    if settings.vote is not None:
        facts = {k: v for k, v in asdict(settings.vote).items() if v is not None}
        lines += ["", "[vote]", *(f"{k} = {json.dumps(v)}" for k, v in facts.items())]
    if settings.colours:
        lines += ["", "[colours]"]
        lines += [f"{k} = {_toml(f'#{v}')}" for k, v in sorted(settings.colours.items())]
    if settings.credits != Credits():
        stated = asdict(settings.credits).items()
        lines += ["", "[credits]", *(f"{k} = {_value(v)}" for k, v in stated if v)]
    if settings.limits != Limits():
        lines += ["", "[limits]", *(f"{k} = {v}" for k, v in asdict(settings.limits).items())]
    return "\n".join(lines) + "\n"


def _value(value: str | tuple[str, ...]) -> str:
    return _toml(value) if isinstance(value, str) else f"[{', '.join(map(_toml, value))}]"


def _toml(text: str) -> str:
    """Write a basic string: JSON's escapes are TOML's, once DEL is escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
