"""The HTML twin of an output, drawn by ``templates/documents/html/output.html.j2``.

Everything that a person typed reaches the page through Jinja's autoescape; a style or an attribute
only ever holds what the filters here made of it.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from clusterlab.errors import fill
from clusterlab.outputs.style import style_of
from clusterlab.outputs.words import (
    LABELS,
    direction,
    language_tag,
    legend_lines,
    line_feeds,
    picture_alts,
)
from clusterlab.shared import shared

if TYPE_CHECKING:
    import jinja2
    from markupsafe import Markup

# Letters of a word that never breaks in a table.
_LONG_WORD = 18
_IMAGE = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/]+={0,2}")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Control characters, direction overrides, halves of characters, and what is no character.
_UNWANTED = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ufdd0-\ufdef\ufffe\uffff]")
_HALVES = re.compile("[\ud800-\udfff]")


def render(output: Mapping[str, Any], *, level: int = 0, styled: bool = True) -> str:
    """Write an output's typed data as semantic HTML.

    Parameters
    ----------
    output
        The typed data. Of a type that this version does not know, title and alternative text
        are drawn.
    level
        Level of its heading; 0 takes 1 for an opening, 2 for a section, 3 for the rest.
    styled
        Whether it brings its style along; inside a page, the page's is used.

    Raises
    ------
    jinja2.TemplateError
        Where the data is not what its type promises.
    """
    template = environment().get_template("output.html.j2")
    context = output.get("context", {})
    drawn = template.render(
        output=output,
        level=level or usual_level(output),
        draw=_draw(tuple((k, str(v)) for k, v in {**LABELS, **context.get("labels", {})}.items())),
        language=language_tag(context.get("language")),
        direction=direction(context.get("language")),
    )
    if not styled:
        return drawn
    opening, body = drawn.split("\n", 1)
    return f"{opening}\n<style>{style_of(drawn)}</style>\n{body}"


def usual_level(output: Mapping[str, Any]) -> int:
    """Give the level of an output's heading where nothing around it asks for another."""
    return {"title": 1, "section": 2}.get(str(output.get("type")), 3)


@cache
def environment() -> jinja2.Environment:
    """Give the Jinja environment that draws outputs with the package's own templates."""
    return make_environment()


@lru_cache(maxsize=32)
def _draw(labels: tuple[tuple[str, str], ...]) -> Any:
    """Give the macro that draws an output, with these words around it."""
    macros = environment().get_template("macros.html.j2")
    return macros.make_module({"labels": dict(labels)}).draw  # type: ignore[attr-defined]  # the template's


def safe_image(url: str) -> str:
    """Give a picture's address where the picture is inside it and is no SVG, else ""."""
    return str(url) if _IMAGE.fullmatch(str(url)) else ""


def make_environment(*folders: str) -> jinja2.Environment:
    """Make a Jinja environment that draws outputs and pages.

    Parameters
    ----------
    *folders
        Searched before the package's own templates, in this order.
    """
    import jinja2  # noqa: PLC0415 - `import clusterlab` does without it

    class Environment(jinja2.Environment):
        """Looks for a name in a mapping first where nothing else can be meant, as nearly always."""

        def getattr(self, obj: Any, attribute: str) -> Any:
            names = _NAMES[type(obj)]
            if names and attribute not in names and attribute in obj:
                return obj[attribute]
            return super().getattr(obj, attribute)

    env = Environment(
        loader=jinja2.FileSystemLoader([*folders, str(shared("templates", "documents", "html"))]),
        # The package's own are not edited while they are used.
        auto_reload=bool(folders),
        autoescape=True,
        finalize=_clean,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {
        "area": area,
        "areas": areas,
        "cell_class": cell_class,
        "css_string": css_string,
        "filled": fill_words,
        "language_tag": language_tag,
        "legend_lines": legend_lines,
        "picture_alts": picture_alts,
        "safe_image": safe_image,
        "svg_data": svg_data,
    }
    return env


class _Names(dict[type, frozenset[str]]):
    """The names that a kind of mapping has itself; none for all else."""

    def __missing__(self, kind: type) -> frozenset[str]:
        self[kind] = found = frozenset(dir(kind) if issubclass(kind, dict) else ())
        return found


_NAMES = _Names()


def cell_class(text: object, classes: str = "") -> Markup:
    """Write the attribute with a cell's classes; empty where it has none.

    Words that are longer than any column break wherever they must.
    """
    from markupsafe import Markup  # noqa: PLC0415 - comes with Jinja

    words = str(text)
    if len(words) > _LONG_WORD and any(len(word) > _LONG_WORD for word in words.split()):
        classes = f"{classes} clusterlab-wordy".lstrip()
    return Markup(f' class="{classes}"' if classes else "")  # noqa: S704 - classes are templates' own


def _clean(value: Any) -> Any:
    """Drop what no page can carry from a text on its way into the page."""
    if type(value) is str and value.isprintable():
        return value
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return _HALVES.sub("\N{REPLACEMENT CHARACTER}", _UNWANTED.sub("", line_feeds(value)))


def area(block: object) -> str:
    """Make a name for CSS from a block's id: never empty, never anything but a name."""
    text = str(block)
    return "b-" + (text if _ID.fullmatch(text) else "x" + text.encode(errors="replace").hex())


def areas(grid: Sequence[Sequence[str]], boxes: Sequence[Mapping[str, Any]]) -> str:
    """Write a grid as the value of ``grid-template-areas``.

    Returns
    -------
    str
        Empty where the grid does not give each box one rectangle; the boxes then follow each
        other.
    """
    names = {box["id"] for box in boxes}
    cells: dict[str, list[tuple[int, int]]] = {}
    for r, row in enumerate(grid):
        for c, name in enumerate(row):
            cells.setdefault(name, []).append((r, c))
    if set(cells) != names or len({len(row) for row in grid}) != 1:
        return ""
    for places in cells.values():
        rows, columns = ({p[i] for p in places} for i in (0, 1))
        span = (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)
        if span != len(places):
            return ""
    return " ".join("'" + " ".join(area(name) for name in row) + "'" for row in grid)


def css_string(text: object) -> Markup:
    """Write a text as a CSS string that nothing can leave: all but letters and digits escaped."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with Jinja

    plain = str(_clean(str(text)))
    safe = (c if (c.isascii() and c.isalnum()) or c == " " else f"\\{ord(c):06x}" for c in plain)
    return Markup('"' + "".join(safe) + '"')  # noqa: S704 - nothing else can be in it


def svg_data(svg: str) -> str:
    """Write a picture as a data URL: as an image it runs nothing and asks for nothing."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode(errors="replace")).decode()


def fill_words(template: str, **fields: object) -> str:
    """Put fields into a word of the document such as "Version {version}"."""
    return fill(str(template), fields)
