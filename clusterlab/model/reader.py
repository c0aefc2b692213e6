"""Taking keys out of the tables of a canvas kind's file, with a word for each that is wrong."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from clusterlab.errors import N_, KindError, Message

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 200


class Reader:
    """Takes keys out of a table one by one and says what is wrong with them."""

    def __init__(self, raw: Mapping[str, Any], file: str, path: str) -> None:
        self._raw, self._left = raw, set(raw)
        self._file, self._path = file, path

    def refuse(self, key: str, expected: str, came: object) -> NoReturn:
        """Say which key is wrong.

        Raises
        ------
        KindError
            Always.
        """
        raise KindError(
            file=self._file,
            key=f"{self._path}{key}",
            expected=Message(expected),
            came=_shown(came),
        )

    def _take(self, key: str, default: Any) -> Any:
        self._left.discard(key)
        return self._raw.get(key, default)

    def text(self, key: str, default: str | None = None) -> str:
        """Take a text; without a default it must be there."""
        value = self._take(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            self.refuse(key, N_("a text"), value)
        return value

    def id(self) -> str:
        """Take the key ``id``."""
        value = self.text("id")
        if not ID.fullmatch(value):
            self.refuse("id", N_("made of small letters, digits and hyphens"), value)
        return value

    def number(self, key: str) -> float | None:
        """Take a number, if there is one."""
        value = self._take(key, None)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse(key, N_("a number"), value)
        if not math.isfinite(value):
            self.refuse(key, N_("a number"), value)
        return value

    def count(self, key: str, default: int) -> int:
        """Take a whole number from 0."""
        value = self._take(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.refuse(key, N_("a whole number from 0"), value)
        return value

    def flag(self, key: str) -> bool:
        """Take true or false."""
        value = self._take(key, False)
        if not isinstance(value, bool):
            self.refuse(key, N_("true or false"), value)
        return value

    def one_of(self, key: str, known: tuple[str, ...], default: str | None = None) -> str:
        """Take one of several texts."""
        value = self.text(key, default)
        if value not in known:
            self.refuse(key, " / ".join(known), value)
        return value

    def texts(self, key: str) -> list[str]:
        """Take a list of texts."""
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            self.refuse(key, N_("a list of texts"), value)
        return value

    def text_or_texts(self, key: str) -> list[str]:
        """Take a list of texts, or one text alone; an empty one is none."""
        value = self._raw.get(key)
        if not isinstance(value, str):
            return list(dict.fromkeys(self.texts(key)))
        return [text] if (text := self.text(key, "")) else []

    def tables(self, key: str, least: int = 0) -> list[Reader]:
        """Take a list of tables."""
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(v, Mapping) for v in value):
            self.refuse(key, N_("a list of tables"), value)
        if len(value) < least:
            self.refuse(key, N_("given at least once"), value)
        return [
            Reader(v, self._file, f"{self._path}{key}.{v.get('id', i)}.")
            for i, v in enumerate(value)
        ]

    def finish(self) -> None:
        """Refuse keys that nobody asked for: most are misspelt."""
        if self._left:
            key = min(self._left)
            self.refuse(key, N_("left out: this key is not known"), self._raw[key])


def _shown(value: object) -> str:
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # too many digits, too deep
        text = type(value).__name__
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
