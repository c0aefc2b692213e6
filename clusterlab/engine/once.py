"""What every cell pays for, done once or not at all: nothing of it depends on the cell.

IPython transforms each cell twice and compiles it twice to see whether it awaits, ipykernel asks
for each what IPython's own methods take, and writes records that nobody reads; whether a cell ends
in a semicolon is found by reading it as Python does.
"""

from __future__ import annotations

import ast
import contextlib
import logging
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any

from ipykernel import ipkernel
from IPython.core import interactiveshell
from IPython.core.displayhook import DisplayHook
from IPython.core.inputtransformer2 import TransformerManager
from jupyter_client.session import Session

from clusterlab.engine.messages import Messages

# What Python, up to its version 3.14, may warn of as it reads or compiles code, each time that it
# does: escapes, numbers that run into words, comparisons by identity, assertions of tuples,
# inversions of truth values, leaving what is done finally, and what is called or indexed where it
# is a literal. Nothing is tried twice (`*+`): a cell may hold many comments.
_MAY_WARN = re.compile(
    r"""\\ | ~ | \b(?:is|assert|finally)\b | [0-9]\.?[A-Za-z_]
    | (?:[0-9.)\]}'"] | \b(?:None|True|False|__debug__)\b) (?:\s|\#[^\n]*+)*+ [\[({]""",
    re.VERBOSE,
)
# Ends of lines that are none for Python.
_ODD_ENDS = re.compile("[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_AWAITS = re.compile(r"\b(?:async|await)\b")
# Letters. What is longer may be nested deeper than Python compiles, which IPython does not expect.
_LONG = 2000


@lru_cache(maxsize=4)
def quiet(cell: str) -> bool:
    """Tell whether Python surely warns of nothing in a cell; most that it may warn of are none."""
    return len(cell) < _LONG and not _MAY_WARN.search(cell) and not _ODD_ENDS.search(cell)


def should_be_async(cell: str) -> bool:
    """Tell whether a cell awaits, as IPython does: by compiling it, where it might."""
    return (not quiet(cell) or bool(_AWAITS.search(cell))) and _compiled(cell)


_shell: Any = interactiveshell
_compiled: Callable[[str], bool] = _shell._should_be_async  # noqa: SLF001 - there is no other way in


class Transforms(TransformerManager):
    """IPython's transformations of a cell's text, which remember the last one.

    Not once a notebook has transformations of its own, which may do anything.
    """

    def transform_cell(self, cell: str) -> str:
        """Transform a cell."""
        if not self._as_usual():
            return super().transform_cell(cell)
        given, made = vars(self).get("_last", (None, ""))
        if given != cell:
            made = super().transform_cell(cell)
            self._last = (cell, made)
        return str(made)

    def do_token_transforms(self, lines: list[str]) -> list[str]:
        """Transform what Python could not read; to read it is quicker than to look for that."""
        text = "".join(lines)
        if self._as_usual() and quiet(text):
            with contextlib.suppress(SyntaxError, ValueError, MemoryError, RecursionError):
                ast.parse(text)
                return lines
        return list(super().do_token_transforms(lines))

    def _as_usual(self) -> bool:
        lists = (self.cleanup_transforms, self.line_transforms, self.token_transformers)
        return all(mine == usual for mine, usual in zip(lists, _usual(), strict=True))


@cache
def _usual() -> tuple[list[Any], list[Any], list[Any]]:
    fresh = TransformerManager()
    return fresh.cleanup_transforms, fresh.line_transforms, fresh.token_transformers


class Log(logging.Logger):
    """A kernel's log, which makes no record that nobody would get."""

    def _log(self, level: int, msg: object, args: Any, *rest: Any, **more: Any) -> None:
        if self.filters or logging.getLogRecordFactory() is not logging.LogRecord:
            heard = True
        else:
            levels = list(self._levels())
            # Where there is no handler at all, logging has one of its own.
            heard = not levels or min(levels) <= level
        if heard:
            # One step further up the stack is who logs.
            more["stacklevel"] = more.get("stacklevel", 1) + 1
            super()._log(level, msg, args, *rest, **more)

    def _levels(self) -> Iterator[int]:
        """Give the levels of all handlers that a record would get to."""
        logger: logging.Logger | None = self
        while logger:
            yield from (handler.level for handler in logger.handlers)
            logger = logger.parent if logger.propagate else None


# Notebooks see what they see in any kernel.
for _own, _stock in ((Transforms, TransformerManager), (Log, logging.Logger)):
    for _name in ("__name__", "__qualname__", "__module__"):
        setattr(_own, _name, getattr(_stock, _name))


# What has no other way in; Python's types say that it is not there.
_kernel: Any = ipkernel
_asked: Callable[[Any, list[str]], dict[str, bool]] = _kernel._accepts_parameters  # noqa: SLF001 - see above


_has_last: Callable[[str], bool] = DisplayHook.semicolon_at_end_of_expression


def ends_in_semicolon(cell: str) -> bool:
    """Tell whether a cell's value is not to be shown; most cells have no semicolon at all."""
    return (";" in cell or not quiet(cell)) and _has_last(cell)


def lighten(app: Any) -> None:
    """Spare a kernel application what cells would pay for again and again."""
    if type(app.shell.input_transformer_manager) is TransformerManager:
        app.shell.input_transformer_manager.__class__ = Transforms
    if type(app.log) is logging.Logger:
        app.log.__class__ = Log
    if type(app.session) is Session:
        app.session.__class__ = Messages
    _kernel._accepts_parameters = _accepts  # noqa: SLF001 - see above
    hook: Any = DisplayHook
    hook.semicolon_at_end_of_expression = staticmethod(ends_in_semicolon)
    _shell._should_be_async = should_be_async  # noqa: SLF001 - see above


def _accepts(method: Any, names: list[str]) -> dict[str, bool]:
    """Tell which parameters a method takes; a function's do not change."""
    return _accepted(getattr(method, "__func__", method), tuple(names))


@lru_cache(maxsize=32)
def _accepted(function: Callable[..., Any], names: tuple[str, ...]) -> dict[str, bool]:
    return _asked(function, list(names))
