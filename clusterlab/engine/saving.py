"""Saving a notebook while it runs: whole files only, and not after every cell."""

from __future__ import annotations

import contextlib
import copy
import json
import os
import time
from datetime import datetime
from json.encoder import encode_basestring
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import nbjson
from nbformat.v4.nbjson import BytesEncoder
from papermill import engines
from papermill.engines import NotebookExecutionManager
from papermill.iorw import LocalHandler, papermill_io
from papermill.utils import chdir

#: Seconds between two saves while cells run.
EVERY = 0.5


class WholeFiles(LocalHandler):
    """Papermill's handler of local files, which nobody ever sees half written."""

    def write(self, buf: str, path: str) -> None:
        """Write a file beside its place and rename it.

        Raises
        ------
        FileNotFoundError
            Where the folder does not exist.
        """
        with chdir(self._cwd):
            place = Path(path)
            usual = place.is_file() or (not place.exists() and place.parent.is_dir())
            if usual:
                _replace(Path(os.path.realpath(place)), buf)
            else:  # a device, or papermill's own words on what is missing
                super().write(buf, path)


def _replace(place: Path, text: str) -> None:
    part = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8")
        with contextlib.suppress(FileNotFoundError):
            part.chmod(place.stat().st_mode)
        part.replace(place)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def write_whole_files() -> None:
    """Have papermill write local files whole, its last write of a notebook too."""
    for _, handler in papermill_io._handlers:  # noqa: SLF001 - it has no way to exchange one
        if type(handler) is LocalHandler:
            handler.__class__ = WholeFiles


class _UnusualError(Exception):
    """Something that the usual ways have ways of their own with."""


def write_fast() -> None:
    """Have nbformat write notebooks' JSON several times faster, to the letter as it does."""
    if BytesEncoder.encode is json.JSONEncoder.encode:
        BytesEncoder.encode = _encode  # type: ignore[assignment, method-assign]
    if getattr(nbjson, "copy", None) is copy:
        # Of the module it uses nothing else; its types know neither that it has it nor this.
        nbjson.copy = SimpleNamespace(deepcopy=copied)  # type: ignore[assignment, attr-defined]


# Papermill uses nothing else of it.
_engines: Any = engines
_dateutil: Any = getattr(engines, "dateutil", None)


def read_times_fast() -> None:
    """Have papermill read the times that it wrote itself as what they are: ISO 8601."""
    if _dateutil and _engines.dateutil is _dateutil:
        _engines.dateutil = SimpleNamespace(parser=SimpleNamespace(parse=_time))


def _time(text: str) -> Any:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return _dateutil.parser.parse(text)


def copied(notebook: Any) -> Any:
    """Copy a notebook as far as writing changes it.

    Long texts are divided into lines and marks are dropped; the data of outputs stays as it is.
    """
    try:
        new = _node(notebook, "metadata")
        new["cells"] = [_cell(cell) for cell in notebook["cells"]]
    except (_UnusualError, KeyError):
        return copy.deepcopy(notebook)
    return new


def _cell(cell: Any) -> NotebookNode:
    new = _node(cell, "metadata", "attachments")
    if "attachments" in new:
        new["attachments"] = _node(new["attachments"], *new["attachments"])
    if "outputs" in new:
        new["outputs"] = [_node(output, "data") for output in new["outputs"]]
    return new


def _node(node: Any, *names: str) -> NotebookNode:
    """Copy a node and those below it that are named."""
    if type(node) is not NotebookNode:
        raise _UnusualError
    new = NotebookNode(node)
    for name in names:
        if name in new:
            new[name] = _node(new[name])
    return new


def _encode(encoder: json.JSONEncoder, given: Any) -> str:
    """Write a notebook as JSON.

    Python's own writer in C knows no indents, so it has one in Python for them, which gives texts
    piece by piece.
    """
    asked = (encoder.indent, encoder.sort_keys, encoder.item_separator, encoder.key_separator)
    if asked == (1, True, ",", ": ") and not encoder.ensure_ascii:
        with contextlib.suppress(_UnusualError, TypeError, RecursionError):
            return _indented(given, "\n")
    return json.JSONEncoder.encode(encoder, given)


def _indented(value: Any, margin: str) -> str:
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    inner = f"{margin} "
    if kind is NotebookNode or kind is dict:
        items = [
            f"{encode_basestring(k)}: "
            f"{encode_basestring(v) if type(v := value[k]) is str else _indented(v, inner)}"
            for k in sorted(value)
        ]
        return f"{{{inner}{f',{inner}'.join(items)}{margin}}}" if items else "{}"
    if kind is list:
        items = [
            encode_basestring(item) if type(item) is str else _indented(item, inner)
            for item in value
        ]
        return f"[{inner}{f',{inner}'.join(items)}{margin}]" if items else "[]"
    return _plain(value)


def _plain(value: Any) -> str:
    for known, text in ((None, "null"), (True, "true"), (False, "false")):
        if value is known:
            return text
    if type(value) is int:
        return int.__repr__(value)
    if type(value) is float and abs(value) < float("inf"):
        return float.__repr__(value)
    raise _UnusualError


class ThrottledManager(NotebookExecutionManager):
    """Papermill's record of a run, saved by time, at errors and at the end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._saved = time.monotonic()
        self._must = self._begun = False

    def cell_start(self, *args: Any, **kwargs: Any) -> None:
        """Record that a cell starts; before the first one nothing came that could be lost."""
        if not self._begun:
            self._begun = True
            self._saved = time.monotonic()
            self.last_save_time = self.now()
        super().cell_start(*args, **kwargs)

    def save(self, **kwargs: Any) -> None:
        """Save where the last time was long ago, or where something must not be lost."""
        if self._must or time.monotonic() - self._saved >= EVERY:
            super().save(**kwargs)
            self._saved = time.monotonic()
            self._must = False

    def autosave_cell(self, **kwargs: Any) -> None:
        """Save amid a long cell, as often as papermill was asked to."""
        must, saved = self._must, self._saved
        self._must = True
        try:
            super().autosave_cell(**kwargs)
        finally:
            # The save at the cell's end comes all the same.
            self._must, self._saved = must, saved

    def cell_exception(self, *args: Any, **kwargs: Any) -> None:
        """Record a failed cell; the save that follows is not put off."""
        super().cell_exception(*args, **kwargs)
        self._must = True

    def notebook_complete(self, *, failed: bool = True, **kwargs: Any) -> None:
        """Record the end; save where papermill itself, which writes what went well, will not."""
        self._must = failed
        self._saved = time.monotonic()
        super().notebook_complete(**kwargs)
