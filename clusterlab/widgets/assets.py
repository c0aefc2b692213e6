"""The front end's modules as one text, as the notebook's page imports it.

The page gets the module's text over the kernel's connection and imports it from there, so that
imports between files cannot be resolved. Each file becomes a function of its own that gives what
it exports: names of two files never meet. The sources stay plain ES modules, which tests and
pages of our own use as they are; they keep to one-line imports from ``./name.js`` and to
``export function``, ``export async function``, ``export class`` and ``export const``.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

STATIC = Path(__file__).resolve().parent / "static"

_IMPORT = re.compile(r'^import \{ (\w+(?:, \w+)*) \} from "\./([\w-]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
_DEFAULT = re.compile(r"^export default ", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?:/\*\*.*?\*/|//[^\n]*)\n", re.MULTILINE | re.DOTALL)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_LEFT = re.compile(r"^\s*(?:import\b(?!\()|export\b).*", re.MULTILINE)


@cache
def script(entry: str = "widget") -> str:
    """Join a module and all that it imports into one module.

    Parameters
    ----------
    entry
        Name of the file without its ending; its default export is the whole's.

    Raises
    ------
    ValueError
        Where a file imports or exports in a way that cannot be joined.
    """
    return "\n".join(_joined(entry, {}, entry))


@cache
def style() -> str:
    """Give the style of live canvases."""
    return "\n".join(p.read_text(encoding="utf-8") for p in sorted(STATIC.glob("*.css")))


def _joined(name: str, done: dict[str, bool], entry: str) -> list[str]:
    if name in done:
        if not done[name]:
            message = f"{name}.js: imports what imports it"
            raise ValueError(message)
        return []
    done[name] = False
    source = (STATIC / f"{name}.js").read_text(encoding="utf-8")
    parts: list[str] = []
    for _, needed in _IMPORT.findall(source):
        parts += _joined(needed, done, entry)
    source = _INDENT.sub("", _COMMENT.sub("", source))
    body = _IMPORT.sub(lambda m: f"const {{ {m[1]} }} = {_variable(m[2])};\n", source)
    names = _EXPORT.findall(body)
    body = _EXPORT.sub("", body)
    if name == entry:
        last = _DEFAULT.split(body)
        body = f"{last[0]}return {last[1]}" if len(last) == 2 else body  # noqa: PLR2004
        wrapped = f"export default (() => {{\n{body}\n}})();"
    else:
        wrapped = (
            f"const {_variable(name)} = (() => {{\n{body}\nreturn {{ {', '.join(names)} }};\n}})();"
        )
    if left := _LEFT.search(body):
        message = f"{name}.js: {left[0].strip()}"
        raise ValueError(message)
    done[name] = True
    return [*parts, wrapped]


def _variable(name: str) -> str:
    return "$" + name.replace("-", "_")
