"""What Excel asks of a workbook before it opens it without offering to repair it.

Element order and limits as ECMA-376, part 1, section 18, and Excel's specifications tell them.
Each fault is a sentence; a workbook without any gives none.
"""

import posixpath
import re
import zipfile
from xml.etree import ElementTree as ET

ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr"),
    *("sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState"),
    *("dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting"),
    *("dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup"),
    *("headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches"),
    *("ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF"),
    *("picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"),
)
BOOK = (
    *("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets"),
    *("functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize"),
    *("customWorkbookViews", "pivotCaches", "extLst"),
)
LIMITS = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 255}
CELL, LINK, ROW = 32_767, 255, 409.5


def local(element):
    return element.tag.rpartition("}")[2]


def found(root, name):
    return [e for e in root.iter() if local(e) == name]


def size(text):
    return len(text.encode("utf-16-le")) // 2


def corner(cell):
    letters, number = re.fullmatch(r"\$?([A-Z]+)\$?(\d+)", cell).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(number), column


def area(reference):
    first, _, last = reference.partition(":")
    return (*corner(first), *corner(last or first))


def meet(one, other):
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


class Package:
    """A workbook's parts."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            self.names = archive.namelist()
            parts = {n: archive.read(n) for n in self.names}
        self.xml = {n: ET.fromstring(d) for n, d in parts.items()}
        self.book = self.xml["xl/workbook.xml"]
        self.sheets = {}
        targets = self.targets("xl/workbook.xml")
        for sheet in found(self.book, "sheet"):
            identity = next(v for k, v in sheet.attrib.items() if k.endswith("}id"))
            self.sheets[sheet.get("name")] = targets[identity]
        strings = self.xml.get("xl/sharedStrings.xml")
        self.strings = (
            []
            if strings is None
            else ["".join(t.text or "" for t in found(si, "t")) for si in found(strings, "si")]
        )

    def targets(self, part):
        folder, name = posixpath.split(part)
        root = self.xml.get(f"{folder}/_rels/{name}.rels")
        if root is None:
            return {}
        return {
            r.get("Id"): posixpath.normpath(posixpath.join(folder, r.get("Target"))).lstrip("/")
            for r in root
            if r.get("TargetMode") != "External"
        }


def faults(path):
    """Give all that Excel might stumble over."""
    package = Package(path)
    said = []
    if len(set(package.names)) != len(package.names):
        said.append("two parts have one name")
    types = package.xml["[Content_Types].xml"]
    named = {e.get("PartName", "").lstrip("/") for e in types}
    endings = {e.get("Extension") for e in types}
    said += [
        f"{name} has no content type"
        for name in package.names
        if name not in named and name.rpartition(".")[2] not in endings
    ]
    for name in package.names:
        if not name.endswith(".rels"):
            gone = set(package.targets(name).values()) - set(package.names)
            said += [f"{name} refers to {g}, which is missing" for g in gone]
    said += book_faults(package)
    styles = package.xml["xl/styles.xml"]
    looks = next(len(list(e)) for e in found(styles, "cellXfs"))
    said += style_faults(styles)
    for sheet, part in package.sheets.items():
        said += [f"{sheet}: {fault}" for fault in sheet_faults(package, part, looks)]
    said += table_faults(package)
    return said


def in_order(root, order):
    places = [order.index(local(e)) if local(e) in order else -1 for e in root]
    return places == sorted(places) and -1 not in places


def book_faults(package):
    book = package.book
    if not in_order(book, BOOK):
        yield "the parts of the workbook are out of order"
    names = list(package.sheets)
    if len({n.casefold() for n in names}) != len(found(book, "sheet")):
        yield "two sheets have one name"
    for name in names:
        if not 0 < size(name) <= 31 or re.search(r"[\[\]:*?/\\]|^'|'$", name):
            yield f"no sheet can be called {name}"
    visible = [s for s in found(book, "sheet") if s.get("state", "visible") == "visible"]
    if not visible:
        yield "no sheet is to be seen"
    for defined in found(book, "definedName"):
        for quoted, plain in re.findall(r"(?:'((?:[^']|'')+)'|([^',!]+))!", defined.text or ""):
            if (quoted.replace("''", "'") or plain) not in names:
                yield f"{defined.get('name')} refers to no sheet: {defined.text}"
        if int(defined.get("localSheetId", 0)) >= len(names):
            yield f"{defined.get('name')} is of no sheet"
    keys = [(d.get("name"), d.get("localSheetId")) for d in found(book, "definedName")]
    if len(set(keys)) != len(keys):
        yield "a name is defined twice"


def style_faults(styles):
    counts = {
        name: next((len(list(e)) for e in found(styles, group)), 0)
        for name, group in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"))
    }
    for look in (x for e in found(styles, "cellXfs") for x in e):
        for name, count in counts.items():
            if int(look.get(name, 0)) >= count:
                yield f"a style names a {name} that is not there"
    ids = [e.get("numFmtId") for e in found(styles, "numFmt")]
    if len(set(ids)) != len(ids) or any(int(i) < 164 for i in ids):
        yield "formats of numbers have wrong ids"


def sheet_faults(package, part, looks):
    root = package.xml[part]
    if not in_order(root, ORDER):
        yield "its elements are out of order"
    once = [local(e) for e in root if local(e) != "conditionalFormatting"]
    if len(set(once)) != len(once):
        yield "an element stands twice"
    yield from cell_faults(package, root, looks)
    yield from column_faults(root)
    yield from rule_faults(root)
    areas = [area(m.get("ref")) for m in found(root, "mergeCell")]
    tables = [package.targets(part)[i] for i in relations(found(root, "tablePart"))]
    kept = [area(package.xml[t].get("ref")) for t in tables]
    kept += [area(f.get("ref")) for f in root if local(f) == "autoFilter"]
    for number, one in enumerate(areas):
        if any(meet(one, other) for other in (*areas[:number], *kept)):
            yield "merged cells lie over others"
    for number, one in enumerate(kept):
        if any(meet(one, other) for other in kept[:number]):
            yield "tables or filters lie over each other"
    for link in found(root, "hyperlink"):
        place = link.get("location", "")
        sheet = place.rpartition("!")[0].strip("'").replace("''", "'")
        if place and (sheet not in package.sheets or size(place) > LINK):
            yield f"a link goes nowhere: {place}"
    for name in ("drawing", "legacyDrawing"):
        for identity in relations(e for e in root if local(e) == name):
            if identity not in package.targets(part):
                yield f"its {name} is missing"
    yield from note_faults(package, part)


def relations(elements):
    return [v for e in elements for k, v in e.attrib.items() if k.endswith("}id")]


def cell_faults(package, root, looks):
    before = 0
    for row in found(root, "row"):
        number = int(row.get("r"))
        if number <= before:
            yield f"row {number} is out of order"
        before = number
        if float(row.get("ht", 0)) > ROW:
            yield f"row {number} is too high"
        last = 0
        for cell in row:
            at, column = corner(cell.get("r"))
            if at != number or column <= last:
                yield f"cell {cell.get('r')} is out of order"
            last = column
            if int(cell.get("s", 0)) >= looks:
                yield f"cell {cell.get('r')} has no style"
            value = next((v.text for v in cell if local(v) == "v"), "")
            if cell.get("t") == "s" and int(value) >= len(package.strings):
                yield f"cell {cell.get('r')} has no text"
    if any(size(text) > CELL for text in package.strings):
        yield "a text is too long"


def column_faults(root):
    before = 0
    for column in found(root, "col"):
        first, last = int(column.get("min")), int(column.get("max"))
        if first <= before or last < first or last > 16_384:
            yield "columns lie over each other"
        before = last
        if not 0 <= float(column.get("width", 0)) <= 255:
            yield "a column is too wide"


def rule_faults(root):
    rules = found(root, "dataValidation")
    for group in found(root, "dataValidations"):
        if int(group.get("count", len(rules))) != len(rules):
            yield "rules are miscounted"
    for rule in rules:
        for name, most in LIMITS.items():
            if size(rule.get(name, "")) > most:
                yield f"the {name} of a rule is too long"
        for formula in found(rule, "formula1"):
            text = formula.text or ""
            if text.startswith('"') and size(text) > 257:
                yield "the list of a rule is too long"


def note_faults(package, part):
    targets = package.targets(part).values()
    for name in (t for t in targets if "comments" in t):
        places = [c.get("ref") for c in found(package.xml[name], "comment")]
        if len(set(places)) != len(places):
            yield "a cell has two notes"
        shapes = [found(package.xml[t], "Row") for t in targets if t.endswith(".vml")]
        if len(places) != sum(map(len, shapes)):
            yield "notes and their boxes are not as many"


def table_faults(package):
    ids, names = [], []
    for sheet, part in package.sheets.items():
        cells = {
            c.get("r"): package.strings[int(next(v.text for v in c if local(v) == "v"))]
            for c in found(package.xml[part], "c")
            if c.get("t") == "s"
        }
        for name in (t for t in package.targets(part).values() if "tables/" in t):
            table = package.xml[name]
            ids.append(table.get("id"))
            names.append(table.get("displayName").casefold())
            top, left, bottom, right = area(table.get("ref"))
            columns = [c.get("name") for c in found(table, "tableColumn")]
            heads = [text for at, text in cells.items()
                     if corner(at)[0] == top and left <= corner(at)[1] <= right]  # fmt: skip
            if columns != heads:
                yield f"{sheet}: a table's columns {columns} are not called as its cells: {heads}"
            if len({c.casefold() for c in columns}) != len(columns) or bottom <= top:
                yield f"{sheet}: a table has two columns of one name, or no rows"
            if not re.fullmatch(r"[A-Za-z_\\][\w.\\]{0,254}", table.get("displayName")):
                yield f"{sheet}: a table cannot be called {table.get('displayName')}"
    if len(set(ids)) != len(ids) or len(set(names)) != len(names):
        yield "two tables have one name"
