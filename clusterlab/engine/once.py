"""What every cell pays for, done once: nothing of it depends on the cell.

IPython transforms each cell twice, and ipykernel asks for each what IPython's own methods take.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from ipykernel import ipkernel
from IPython.core.inputtransformer2 import TransformerManager


class Transforms(TransformerManager):
    """IPython's transformations of a cell's text, which remember the last one.

    Not once a notebook has transformations of its own, which may do anything.
    """

    def transform_cell(self, cell: str) -> str:
        """Transform a cell."""
        lists = (self.cleanup_transforms, self.line_transforms, self.token_transformers)
        if any(mine != usual for mine, usual in zip(lists, _usual(), strict=True)):
            return super().transform_cell(cell)
        given, made = vars(self).get("_last", (None, ""))
        if given != cell:
            made = super().transform_cell(cell)
            self._last = (cell, made)
        return str(made)


@cache
def _usual() -> tuple[list[Any], list[Any], list[Any]]:
    fresh = TransformerManager()
    return fresh.cleanup_transforms, fresh.line_transforms, fresh.token_transformers


# Notebooks see what they see in any kernel.
for _name in ("__name__", "__qualname__", "__module__"):
    setattr(Transforms, _name, getattr(TransformerManager, _name))


# What has no other way in; Python's types say that it is not there.
_kernel: Any = ipkernel
_asked: Callable[[Any, list[str]], dict[str, bool]] = _kernel._accepts_parameters  # noqa: SLF001 - see above


def lighten(app: Any) -> None:
    """Spare a kernel application what cells would pay for again and again."""
    if type(app.shell.input_transformer_manager) is TransformerManager:
        app.shell.input_transformer_manager.__class__ = Transforms
    _kernel._accepts_parameters = _accepts  # noqa: SLF001 - see above


def _accepts(method: Any, names: list[str]) -> dict[str, bool]:
    """Tell which parameters a method takes; a function's do not change."""
    return _accepted(getattr(method, "__func__", method), tuple(names))


@lru_cache(maxsize=32)
def _accepted(function: Callable[..., Any], names: tuple[str, ...]) -> dict[str, bool]:
    return _asked(function, list(names))
