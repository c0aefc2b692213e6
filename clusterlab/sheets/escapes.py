"""Signs that a workbook writes as ``_xHHHH_``: decoded once, and written so that they come back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
#: An underscore that a reader would take for the beginning of an escape: also where the sign after
#: it is written as one, or where the end of one is the beginning of the next.
_LIKE_ONE = re.compile(r"(_)(?=x[0-9A-Fa-f]{4}[_\x00-\x08\x0b-\x1f])")
#: What is written as an escape.
_CONTROL = re.compile(r"([\x00-\x08\x0b-\x1f]|\A<(?=r>))")


def decoded(text: str) -> str:
    """Decode what a workbook's text escapes, from left to right, each once.

    Halves of a character that belong together are joined; half a character becomes the
    replacement character.
    """
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@dataclass(frozen=True, slots=True)
class _Rarely:
    """A pattern that is asked only where it may be found; most texts hold none of it."""

    pattern: re.Pattern[str]
    possible: Callable[[str], bool]

    def sub(self, how: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Replace what is found."""
        return self.pattern.sub(how, text) if self.possible(text) else text


def writer() -> ModuleType:
    """Give XlsxWriter, which then writes every text so that it comes back.

    By itself it looks for whole escapes beside each other: of two that share an underscore, such
    as ``_x0041_x0042_``, it leaves the second as it is. And it takes a text from ``<r>`` to
    ``</r>`` for markup of its own.
    """
    import xlsxwriter  # noqa: PLC0415 - only workbooks need it
    from xlsxwriter import xmlwriter  # noqa: PLC0415

    xmlwriter.re_control_chars_1 = _Rarely(_LIKE_ONE, lambda text: "_x" in text)
    xmlwriter.re_control_chars_2 = _Rarely(
        _CONTROL, lambda text: text[:1] == "<" or not text.isprintable()
    )
    module: ModuleType = xlsxwriter
    return module
