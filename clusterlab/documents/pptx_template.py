"""Reading a presentation as a template: its masters, layouts, colours and fonts, not its slides."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from clusterlab.documents.office_theme import Theme, check_contrast, coloured, read_theme
from clusterlab.documents.opc import Package, office_folder, own_parts
from clusterlab.documents.template_file import check_template
from clusterlab.errors import N_, DocumentError

_MAIN = "application/vnd.openxmlformats-officedocument.presentationml."
_PRESENTATION = "ppt/presentation.xml"
# What a presentation made from a template still refers to, but for its slides.
_KEPT = frozenset(
    ["slideMaster", "notesMaster", "handoutMaster", "theme", "presProps", "tableStyles", "font"]
)
_TITLES = frozenset({"title", "ctrTitle"})
_TEXTS = frozenset({"body", "obj", ""})
_POINT = 12_700
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


class Area(NamedTuple):
    """A rectangle on a slide, in points."""

    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Place:
    """A placeholder of a layout: how a slide names it, where it is, the size of its text."""

    type: str
    index: str
    area: Area
    size: float
    align: str = ""

    @property
    def name(self) -> str:
        """The attributes by which a slide refers to it."""
        kind = f' type="{self.type}"' if self.type else ""
        return f'{kind} idx="{self.index}"' if self.index != "0" else kind


@dataclass(frozen=True, slots=True)
class Layout:
    """A slide layout."""

    part: str
    places: tuple[Place, ...]

    def first(self, types: frozenset[str]) -> Place | None:
        """Find the first placeholder of one of some types."""
        return next((p for p in self.places if p.type in types), None)

    @property
    def title(self) -> Place | None:
        """The placeholder of its title."""
        return self.first(_TITLES)

    @property
    def text(self) -> Place | None:
        """The placeholder of its text: the largest one."""
        found = [p for p in self.places if p.type in _TEXTS or p.type == "subTitle"]
        return max(found, key=lambda p: p.area.width * p.area.height, default=None)


@dataclass(frozen=True, slots=True)
class Template:
    """A presentation without slides, and what slides must know of it.

    Parameters
    ----------
    package
        Its parts; a presentation that is made from it copies them.
    content
        Where a slide with a title has room for more.
    """

    package: Package
    width: float
    height: float
    theme: Theme
    cover: Layout
    section: Layout
    plain: Layout
    text: Layout
    content: Area
    notes_master: str


@lru_cache(maxsize=4)
def own_template(aspect: str, colours: tuple[tuple[str, str], ...] = ()) -> Template:
    """Give the package's own template.

    Parameters
    ----------
    aspect
        ``16:9`` or ``4:3``.
    colours
        Of the workshop, by meaning.
    """
    package = Package()
    share = 1.0 if aspect == "16:9" else 0.75
    for name, text in own_parts("pptx").items():
        body = _narrowed(text, share) if name.startswith("ppt/slide") else text
        if name == _PRESENTATION and aspect != "16:9":
            body = text.replace('cx="12192000"', 'cx="9144000"')
        kind = name.rpartition("/")[2].rstrip("0123456789.xml") or "presentation"
        package.add(name, body, f"{_MAIN}{_CONTENT.get(kind, kind)}+xml")
    theme = coloured(office_folder("theme.xml").read_text(encoding="utf-8"), dict(colours))
    office = "application/vnd.openxmlformats-officedocument.theme+xml"
    master, notes = "ppt/slideMasters/slideMaster1.xml", "ppt/notesMasters/notesMaster1.xml"
    for number, owner in enumerate((master, notes), 1):
        part = package.add(f"ppt/theme/theme{number}.xml", theme, office)
        if owner == notes:
            package.relate(notes, "theme", part)
    for number in range(1, 5):
        layout = f"ppt/slideLayouts/slideLayout{number}.xml"
        package.relate(master, "slideLayout", layout)
        package.relate(layout, "slideMaster", master)
    package.relate(master, "theme", "ppt/theme/theme1.xml")
    package.relate(_PRESENTATION, "slideMaster", master)
    package.relate(_PRESENTATION, "notesMaster", notes)
    package.relate("", "officeDocument", _PRESENTATION)
    return read_template(package.to_bytes(), "")


_CONTENT = {"presentation": "presentation.main"}


def _narrowed(text: str, share: float) -> str:
    """Put everything of a master or layout onto a narrower slide."""

    def smaller(match: re.Match[str]) -> str:
        return f'{match[1]}"{round(int(match[2]) * share)}"'

    return re.sub(r'(<a:(?:off x|ext cx)=)"(\d+)"', smaller, text)


def read_template(data: bytes, name: str) -> Template:
    """Read a presentation or a template for one.

    Parameters
    ----------
    data, name
        The file and its name, for people.

    Raises
    ------
    DocumentError
        Where it is none, has no place for titles, or text in it could not be read.
    """
    import pptx  # noqa: PLC0415 - slow, and only where slides are drawn

    check_template(data, name, "pptx")
    try:
        presentation = pptx.Presentation(io.BytesIO(_as_presentation(data)))
        _without_slides(presentation)
        layouts = [_layout(found) for found in presentation.slide_layouts]
        notes = presentation.notes_master.part.partname.lstrip("/")
        master = presentation.slide_master
        out = io.BytesIO()
        presentation.save(out)
        package = Package.read(out.getvalue())
        package.keep_only(_PRESENTATION, _KEPT)
        theme = _theme(package, master)
        _ = package.parts[_PRESENTATION]
    except Exception as error:
        raise DocumentError(
            N_("The template “{name}” cannot be read as a presentation: {reason}"),
            name=name,
            reason=str(error).splitlines()[0] if str(error) else type(error).__name__,
        ) from error
    width, height = (
        float(side or 0) / _POINT for side in (presentation.slide_width, presentation.slide_height)
    )
    chosen = _chosen(layouts)
    if chosen is None:
        raise DocumentError(
            N_(
                "The template “{name}” has no layout with a title; slides need one. "
                "Add a layout such as “Title Only”."
            ),
            name=name,
        )
    check_contrast(theme, name)
    cover, section, plain, text = chosen
    content = _content(plain, text, width, height)
    return Template(package, width, height, theme, cover, section, plain, text, content, notes)


def _as_presentation(data: bytes) -> bytes:
    """Let a template (.potx) and one with macros pass for a presentation; macros stay behind."""
    package = Package.read(data)
    main = package.overrides.get(_PRESENTATION, "")
    if main == f"{_MAIN}presentation.main+xml":
        return data
    package.overrides[_PRESENTATION] = f"{_MAIN}presentation.main+xml"
    package.drop_relations(_PRESENTATION, "/vbaProject")
    return package.to_bytes()


def _without_slides(presentation: Any) -> None:
    """Drop a presentation's slides and what speaks of them."""
    element = presentation.slides._sldIdLst  # noqa: SLF001 - python-pptx has no other way
    for entry in list(element):
        presentation.part.drop_rel(entry.rId)
        element.remove(entry)
    element.text = None  # so that it is written as an empty element
    root = presentation.element
    for tag in ("custShowLst", "extLst"):
        for found in root.findall(f"{_P}{tag}"):
            root.remove(found)
    for id_, relation in list(presentation.part.rels.items()):
        if relation.reltype.endswith(("/commentAuthors", "/authors", "/slide", "/vbaProject")):
            presentation.part.rels.pop(id_)


def _layout(layout: Any) -> tuple[str, Layout]:
    """Give a layout with its type."""
    places = tuple(_places(layout))
    return layout._element.get("type", ""), Layout(layout.part.partname.lstrip("/"), places)  # noqa: SLF001


def _places(layout: Any) -> Iterator[Place]:
    for shape in layout.placeholders:
        mark = shape._element.find(f".//{_P}ph")  # noqa: SLF001 - types that it does not name
        sides = (shape.left, shape.top, shape.width, shape.height)
        if mark is None or any(side is None for side in sides):
            continue
        area = Area(*(side / _POINT for side in sides))
        kind = mark.get("type", "")
        size, align = _style(shape, layout, kind)
        yield Place(kind, mark.get("idx", "0"), area, size, align)


def _style(shape: Any, layout: Any, kind: str) -> tuple[float, str]:
    """Give the size of a placeholder's text and its side: its own, else the master's."""
    master = layout.slide_master
    twins = [s for s in master.placeholders if _kind(s) == ("title" if kind in _TITLES else kind)]
    style = "titleStyle" if kind in _TITLES else "bodyStyle"
    roots = [shape._element, *(s._element for s in twins), master._element.find(f".//{_P}{style}")]  # noqa: SLF001
    levels = [level for r in roots if r is not None for level in r.iter(f"{_A}lvl1pPr")]
    sizes = [found.get("sz") for one in levels for found in one.iter(f"{_A}defRPr")]
    size = next((int(s) / 100 for s in sizes if s and s.isdigit()), 0.0)
    align = next((found for one in levels if (found := one.get("algn"))), "")
    return size or (28.0 if kind in _TITLES else 18.0), align


def _kind(shape: Any) -> str:
    mark = shape._element.find(f".//{_P}ph")  # noqa: SLF001
    return mark.get("type", "") if mark is not None else ""


def _theme(package: Package, master: Any) -> Theme:
    part = master.part.partname.lstrip("/")
    mapping = master._element.find(f"{_P}clrMap")  # noqa: SLF001
    return read_theme(package.parts[package.targets(part, "theme")[0]], dict(mapping.attrib))


def _chosen(
    layouts: list[tuple[str, Layout]],
) -> tuple[Layout, Layout, Layout, Layout] | None:
    """Choose the layouts for a cover, a section, drawings and text."""
    titled = [(kind, layout) for kind, layout in layouts if layout.title]
    if not titled:
        return None
    by_type: Mapping[str, Layout] = dict(reversed(titled))
    texts = [found for _, found in titled if found.first(_TEXTS)]
    fewest = min((found for _, found in titled), key=lambda found: len(found.places))
    plain = by_type.get("titleOnly", fewest)
    text = by_type.get("obj") or by_type.get("tx") or (texts[0] if texts else plain)
    cover = by_type.get("title", titled[0][1])
    return cover, by_type.get("secHead", text), plain, text


def _content(plain: Layout, text: Layout, width: float, height: float) -> Area:
    """Give where slides have room: where text goes, below the title, above the footer."""
    title = plain.title
    body = text.first(_TEXTS)
    top = title.area.bottom + 8 if title else 0.15 * height
    if top > height / 2:  # a title at the foot of the slide
        top = 0.06 * height
    left, right = (title.area.x, title.area.x + title.area.width) if title else (36, width - 36)
    bottom = height - 40
    if body:
        left, right = body.area.x, body.area.x + body.area.width
        top, bottom = max(min(top, body.area.y), 0) if title is None else top, body.area.bottom
    feet = [p.area.y for p in plain.places if p.type in {"ftr", "sldNum", "dt"} and p.area.y > top]
    bottom = min([bottom, *(y - 4 for y in feet if y > height / 2)])
    return Area(left, top, right - left, bottom - top)
