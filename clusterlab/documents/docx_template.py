"""Reading a text document as a template: its styles, headers, theme and page, not its text."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from clusterlab.documents.office_theme import Theme, check_contrast, coloured, read_theme
from clusterlab.documents.opc import Package, office_folder, own_parts
from clusterlab.documents.template_file import check_template
from clusterlab.errors import N_, DocumentError

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT, STYLES, NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
# What a document made from a template still refers to.
_KEPT = frozenset(
    [
        "styles",
        "stylesWithEffects",
        "settings",
        "numbering",
        "theme",
        "fontTable",
        "header",
        "footer",
    ]
)
_SECTION = re.compile(r"<w:sectPr\b(?:[^>]*/>|.*?</w:sectPr>)", re.DOTALL)
_STYLE = re.compile(r'<w:style\b[^>]*w:styleId="([^"]+)".*?</w:style>', re.DOTALL)
_SIZE = re.compile(r"<w:pgSz\b[^>]*/>")
_MARGINS = re.compile(r"<w:pgMar\b[^>]*/>")
# Also notes at the foot, which are gone with the text.
_UNWANTED = re.compile(
    r"<w:(updateFields|attachedTemplate|linkStyles|mailMerge|trackRevisions|footnotePr|endnotePr)"
    r"\b(?:[^>]*/>|[^>]*>.*?</w:\1>)",
    re.DOTALL,
)
_LANG = re.compile(r"<w:lang\b[^>]*>")
_TWIPS = 20
_A4 = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1361" w:right="1134" '
    'w:bottom="1191" w:left="1134" w:header="624" w:footer="567" w:gutter="0"/></w:sectPr>'
)


@dataclass(frozen=True, slots=True)
class Section:
    """The page of a template: what its section says, and the room for text, in points."""

    xml: str
    width: float
    height: float
    headed: bool

    def turned(self) -> Section:
        """Give the same page on its side."""
        size = _SIZE.search(self.xml)
        if size is None:
            return self
        across, down = (re.search(rf'w:{side}="(\d+)"', size[0]) for side in "wh")
        if across is None or down is None or int(across[1]) > int(down[1]):
            return self
        lying = f'<w:pgSz w:w="{down[1]}" w:h="{across[1]}" w:orient="landscape"/>'
        turn = (int(down[1]) - int(across[1])) / _TWIPS
        xml = self.xml.replace(size[0], lying)
        return replace(self, xml=xml, width=self.width + turn, height=self.height - turn)

    def with_parts(self, references: str, more: str = "") -> str:
        """Write the section with references to headers and footers, and perhaps more."""
        start, rest = re.match(r"(<w:sectPr\b[^>]*?)/?>(.*)", self.xml, re.DOTALL).groups()  # type: ignore[union-attr]
        rest = rest if rest.endswith("</w:sectPr>") else "</w:sectPr>"
        return f"{start}>{references}{rest.removesuffix('</w:sectPr>')}{more}</w:sectPr>"


@dataclass(frozen=True, slots=True)
class Template:
    """A text document without text.

    Parameters
    ----------
    styles
        Ids of the styles by their names in small letters.
    own
        Whether it is the package's own.
    """

    package: Package
    theme: Theme
    styles: Mapping[str, str]
    section: Section
    own: bool


@lru_cache(maxsize=4)
def own_template(language: str, colours: tuple[tuple[str, str], ...] = ()) -> Template:
    """Give the package's own template."""
    package = Package()
    parts = own_parts("docx")
    for name in ("styles", "settings"):
        package.add(f"word/{name}.xml", parts[f"word/{name}.xml"], f"{_MAIN}{name}+xml")
        package.relate(DOCUMENT, name, f"word/{name}.xml")
    theme = coloured(office_folder("theme.xml").read_text(encoding="utf-8"), dict(colours))
    office = "application/vnd.openxmlformats-officedocument.theme+xml"
    package.relate(DOCUMENT, "theme", package.add("word/theme/theme1.xml", theme, office))
    package.relate("", "officeDocument", DOCUMENT)
    body = f'<w:document xmlns:w="{_W[1:-1]}"><w:body>{_A4}</w:body></w:document>'
    package.add(DOCUMENT, body, f"{_MAIN}document.main+xml")
    return replace(read_template(package.to_bytes(), "", language), own=True)


def read_template(data: bytes, name: str, language: str) -> Template:
    """Read a text document or a template for one.

    Parameters
    ----------
    data, name
        The file and its name, for people.
    language
        Of the documents that are made from it.

    Raises
    ------
    DocumentError
        Where it is none, or text in it could not be read.
    """
    check_template(data, name, "docx")
    try:
        package = Package.read(data)
        _tidy(package)
        section = _section(package.parts[DOCUMENT].decode())
        styles = _completed(package, language)
        theme = _theme(package)
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        ParseError,
        DefusedXmlException,
        NotImplementedError,
    ) as error:
        raise DocumentError(
            N_("The template “{name}” cannot be read as a text document: {reason}"),
            name=name,
            reason=str(error) or type(error).__name__,
        ) from error
    check_contrast(theme, name)
    return Template(package, theme, styles, section, own=False)


def _section(text: str) -> Section:
    """Read the last section of a document: the one that stands for the whole of a template."""
    found = _SECTION.findall(text)
    xml = found[-1] if found else _A4
    for pattern, usual in ((_SIZE, _SIZE.search(_A4)), (_MARGINS, _MARGINS.search(_A4))):
        if not pattern.search(xml) and usual:
            xml = xml.replace("</w:sectPr>", f"{usual[0]}</w:sectPr>")
    numbers = {}
    for pattern in (_SIZE, _MARGINS):
        for side, value in re.findall(r'w:(\w+)="(-?\d+)"', pattern.search(xml)[0]):  # type: ignore[index]
            numbers[side] = abs(int(value)) / _TWIPS
    width = numbers["w"] - numbers["left"] - numbers["right"]
    height = numbers["h"] - numbers["top"] - numbers["bottom"]
    return Section(xml, width, height, "Reference" in xml)


def _tidy(package: Package) -> None:
    """Drop what belongs to the template's text, and what would ask somebody or fetch something."""
    package.overrides[DOCUMENT] = f"{_MAIN}document.main+xml"
    package.keep_only(DOCUMENT, _KEPT)
    for name in package.targets(DOCUMENT, "settings"):
        text = package.parts[name].decode()
        package.parts[name] = _UNWANTED.sub("", text).encode()


def _completed(package: Package, language: str) -> dict[str, str]:
    """Give the template's styles by name, with those of ours that it lacks."""
    ours = own_parts("docx")["word/styles.xml"]
    place = next(iter(package.targets(DOCUMENT, "styles")), "")
    if not place:
        place = package.add(STYLES, ours, f"{_MAIN}styles+xml")
        package.relate(DOCUMENT, "styles", place)
    text = package.parts[place].decode()
    known = _names(text)
    ids = set(known.values())
    more = ""
    for name, id_ in _names(ours).items():
        if name in known:
            continue
        found = next(m[0] for m in _STYLE.finditer(ours) if m[1] == id_)
        fresh = id_ if id_ not in ids else f"{id_}Handout"
        normal = known.get("normal", "Normal")
        found = found.replace(f'w:styleId="{id_}"', f'w:styleId="{fresh}"')
        found = re.sub(r' w:default="1"', "", found)
        found = found.replace('<w:basedOn w:val="Normal"/>', f'<w:basedOn w:val="{normal}"/>')
        more += re.sub(r"<w:next [^>]*/>", "", found)
        known[name] = fresh
    text = text.replace("</w:styles>", f"{more}</w:styles>")
    package.parts[place] = _spoken(text, language).encode()
    return known


def _spoken(styles: str, language: str) -> str:
    """Say of a template's styles which language is written in them, also where it says none."""
    styles = re.sub(r'(<w:lang\b[^>]*?w:val=")[^"]*', rf"\g<1>{language}", styles)
    defaults = re.search(r"<w:docDefaults\b(?:[^>]*/>|.*?</w:docDefaults>)", styles, re.DOTALL)
    old = defaults[0] if defaults else ""
    lang = _LANG.search(old)
    if lang and "w:val=" in lang[0]:
        return styles
    more = f'<w:lang w:val="{language}"'
    if lang:
        new = old.replace(lang[0], f"{more}{lang[0].removeprefix('<w:lang')}", 1)
    elif inside := re.search(r"<w:rPrDefault>\s*<w:rPr>.*?(?=</w:rPr>)", old, re.DOTALL):
        # What may come behind a language by the standard.
        later = re.search(r"<w:(?:eastAsianLayout|specVanish|oMath)\b", inside[0])
        at = inside.start() + later.start() if later else inside.end()
        new = f"{old[:at]}{more}/>{old[at:]}"
    else:
        kept = re.search(r"<w:pPrDefault\b(?:[^>]*/>|.*?</w:pPrDefault>)", old, re.DOTALL)
        new = (
            f"<w:docDefaults><w:rPrDefault><w:rPr>{more}/></w:rPr></w:rPrDefault>"
            f"{kept[0] if kept else ''}</w:docDefaults>"
        )
    if old:
        return styles.replace(old, new, 1)
    return re.sub(r"<w:styles\b[^>]*>", lambda start: start[0] + new, styles, count=1)


def _names(styles: str) -> dict[str, str]:
    found = {}
    for element in ElementTree.fromstring(styles).iter(f"{_W}style"):
        name = element.find(f"{_W}name")
        if name is not None:
            found[name.get(f"{_W}val", "").lower()] = element.get(f"{_W}styleId", "")
    return found


def _theme(package: Package) -> Theme:
    for name in package.targets(DOCUMENT, "theme"):
        return read_theme(package.parts[name])
    return read_theme(office_folder("theme.xml").read_bytes())
