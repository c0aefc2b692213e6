"""What Excel makes of a form: opened without repair, rows that can be deleted, room to write."""

import zipfile
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from exchange_samples import make
from form_edits import ACTIONS, HEADS, SWOT, form, put
from hostile import TEXTS
from picky import faults, found

COLUMNS = 16_384


def quoted(text):
    return '"' + "".join(f"\\U{ord(c):08x}" for c in text if not 0xD800 <= ord(c) < 0xE000) + '"'


def rich(folder):
    """Fill every canvas with something of everything that people type."""
    for kind in folder.kinds.values():
        for version in kind.versions:
            board = type(SWOT)(
                "alpha", kind.id, version.id, kind.topics[0].id if kind.topics else ""
            )
            for number, text in enumerate(TEXTS):
                block = kind.blocks[number % len(kind.blocks)].id
                fields = {f.id: text for f in kind.fields if f.type == "text"}
                put(folder, board, block, {"text": text, **fields})


@pytest.mark.parametrize("language", ["en", "ar"])
def test_excel_finds_nothing_to_repair(folder, tmp_path, language):
    (folder.path / "locale").mkdir()
    (folder.path / "locale" / "ar.po").write_text(
        'msgid "Strengths"\nmsgstr "نقاط القوة"\n', "utf-8"
    )
    rich(folder)
    path = form(folder, tmp_path / "f.xlsx", list(folder.kinds), language=language)
    assert faults(path) == []
    book = openpyxl.load_workbook(path)
    assert bool(book["SWOT"].sheet_view.rightToLeft) == (language == "ar")


def test_excel_finds_nothing_to_repair_whatever_a_kind_is_called(tmp_path):
    with make(tmp_path / "first") as first:
        place = first.path
    (place / "canvases").mkdir()
    odd = [t for t in TEXTS if t.isprintable()][:6]
    for number, text in enumerate(odd):
        kind = [f'id = "odd{number}"', 'layout = "table"', f"title = {quoted(text)}"]
        for block in range(2):
            kind += ["[[blocks]]", f'id = "b{block}"', f"label = {quoted(text)}"]
            kind += [f"prompt = {quoted(text * 9)}"]
        kind += ["[[fields]]", 'id = "f"', f"label = {quoted('😀' * 40)}", 'type = "text"']
        kind += [f"help = {quoted('😀' * 200)}"]
        (place / "canvases" / f"odd{number}.toml").write_text("\n".join(kind), "utf-8")
    with type(first)(place) as folder:
        path = form(folder, tmp_path / "f.xlsx", [f"odd{n}" for n in range(len(odd))])
    assert faults(path) == []


def test_a_row_holds_no_locked_cell_so_that_it_can_be_deleted_and_sorted(folder, tmp_path):
    put(folder, SWOT, "strengths", {"text": "Strength"})
    path = form(folder, tmp_path / "f.xlsx", ["swot"])
    sheet = openpyxl.load_workbook(path)["SWOT"]
    cells = [c for row in sheet.iter_rows(HEADS + 1) for c in row if c.has_style]
    assert not any(c.protection.locked for c in cells)
    with zipfile.ZipFile(path) as parts:
        book = ET.fromstring(parts.read("xl/styles.xml"))
        looks = [x for e in found(book, "cellXfs") for x in e]
        root = ET.fromstring(parts.read("xl/worksheets/sheet3.xml"))
    columns = found(root, "col")
    ends = [(int(c.get("min")), int(c.get("max"))) for c in columns]
    assert [n for low, high in ends for n in range(low, high + 1)] == list(range(1, COLUMNS + 1))
    for column in columns:
        (kept,) = found(looks[int(column.get("style"))], "protection")
        assert kept.get("locked") == "0"
    heads = [c.value for c in sheet[HEADS] if c.value]
    assert sheet.max_column == len(heads)  # where nothing stands, nothing is read
    for what in ("deleteRows", "insertRows", "sort", "autoFilter", "formatColumns", "formatRows"):
        assert not getattr(sheet.protection, what)


def test_rows_grow_with_what_people_write(folder, tmp_path):
    put(folder, SWOT, "strengths", {"text": "Donaudampfschifffahrtsgesellschaft " * 8})
    path = form(folder, tmp_path / "f.xlsx", ["swot"])
    with zipfile.ZipFile(path) as parts:
        root = ET.fromstring(parts.read("xl/worksheets/sheet3.xml"))
    row = next(r for r in found(root, "row") if r.get("r") == str(HEADS + 1))
    assert float(row.get("ht")) > 60
    assert row.get("customHeight") is None


def test_a_wide_sheet_keeps_number_and_text_in_sight_and_on_every_page(folder, tmp_path):
    put(folder, ACTIONS, "actions", {"text": "Act"})
    book = openpyxl.load_workbook(form(folder, tmp_path / "f.xlsx", ["smart-goals", "swot"]))
    assert book["SMART goals"].freeze_panes == "E5"
    assert book["SMART goals"].print_title_cols == "$C:$C"
    assert book["SWOT"].freeze_panes == "A5"


def test_what_people_type_into_a_column_of_texts_stays_as_it_is_typed(folder, tmp_path):
    sheet = openpyxl.load_workbook(form(folder, tmp_path / "f.xlsx", ["swot"]))["SWOT"]
    assert sheet.cell(HEADS + 1, 6).number_format == "@"
    with zipfile.ZipFile(tmp_path / "f.xlsx") as parts:
        assert b'formatCode="@"' not in parts.read(
            "xl/styles.xml"
        )  # Excel's own, not a further one
