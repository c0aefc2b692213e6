"""The catalogues' template: every text that people read, collected from code, kinds and notebooks.

``python -m clusterlab.language.template`` writes ``templates/locale/clusterlab.pot`` anew.
"""

from __future__ import annotations

import ast
import io
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import write_po

from clusterlab.shared import shared

FILE = "clusterlab.pot"

_CODE = Path(__file__).resolve().parent.parent
_KEYWORDS: dict[str, Any] = {
    "N_": None,
    "_": None,
    "gettext": None,
    "say": None,
    "plural": (2, 3),
}
_NOTEBOOK_CALLS = frozenset({"title", "section"})
_KIND_TEXTS = frozenset(
    {"title", "summary", "label", "prompt", "help", "text_label", "matrix_title", "cites_label"}
    | {"minimum_label", "maximum_label"}
)


def message_template() -> str:
    """Collect every text that people read as a gettext template.

    Returns
    -------
    str
        A ``.pot`` file's text; the same code gives the same text.
    """
    catalogue = Catalog(project="clusterlab", charset="utf-8")
    for text, place in _messages():
        catalogue.add(text, locations=[(place, None)])  # type: ignore[list-item]
    out = io.BytesIO()
    write_po(out, catalogue, width=100, sort_output=True, omit_header=True, include_lineno=False)
    return out.getvalue().decode("utf-8")


def _messages() -> Iterator[tuple[str | tuple[str, ...], str]]:
    for path in sorted(p for p in _CODE.rglob("*.py") if "_shared" not in p.parts):
        place = path.relative_to(_CODE).as_posix()
        yield from _python(path.read_bytes(), _KEYWORDS, place)
    for path in sorted(shared("templates", "canvases").glob("*.toml")):
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        yield from ((text, path.name) for text in _labels(raw))
    for path in sorted(shared("templates", "workshops").glob("*.toml")):
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        yield from ((text, path.name) for text in _labels(raw))
    glossary = shared("templates", "documents", "glossary.toml")
    for entry in tomllib.loads(glossary.read_text(encoding="utf-8"))["terms"]:
        yield from ((entry[key], glossary.name) for key in ("term", "meaning"))
    for path in sorted(shared("notebooks").glob("*/*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            yield from ((text, path.name) for text in _headings("".join(cell["source"])))


def _python(
    source: bytes, keywords: dict[str, Any], place: str
) -> Iterator[tuple[str | tuple[str, ...], str]]:
    for _line, found, _comments, _context in extract("python", io.BytesIO(source), keywords):
        plural = isinstance(found, tuple) and len(found) == 2  # noqa: PLR2004 - one and many
        for text in [found] if plural else _each(found):
            if text:
                yield text, place


def _headings(source: str) -> Iterator[str]:
    """Give the texts that a notebook's cell passes to ``title()`` and ``section()``."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(attr=name), args=args) if name in _NOTEBOOK_CALLS:
                for value in args:
                    if isinstance(value, ast.Constant) and isinstance(value.value, str):
                        yield value.value


def _each(found: str | tuple[str, ...]) -> tuple[str, ...]:
    return (found,) if isinstance(found, str) else found


def _labels(raw: Any) -> Iterator[str]:
    match raw:
        case dict():
            for key, value in raw.items():
                if key in _KIND_TEXTS and isinstance(value, str) and value:
                    yield value
                else:
                    yield from _labels(value)
        case list():
            for value in raw:
                yield from _labels(value)


def main() -> None:
    """Write the template anew."""
    shared("templates", "locale", FILE).write_text(message_template(), encoding="utf-8")


if __name__ == "__main__":
    main()
