"""Every kind of hostile workbook: a sentence about it, little memory, and a journal that stays."""

import re
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from exchange_samples import make
from form_edits import ACTIONS, SWOT, form, put
from hostile_forms import MEMORY, journal_rows, measured, part_of, repacked

from clusterlab.model import BoardId

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_LINK = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
_BOMB = 100_000_000


GOALS = BoardId("alpha", "smart-goals")


@dataclass(frozen=True)
class Case:
    """A hostile workbook.

    Parameters
    ----------
    make
        Makes it from a form, in a folder.
    said
        What is said of it; a refusal, unless ``taken``.
    counts
        New, changed and deleted notes.
    """

    make: Callable[[Path, Path], Path]
    said: str
    counts: tuple[int, int, int] = (0, 0, 0)
    taken: bool = False


def edited(change):
    """Make a case's workbook by editing the form at a spreadsheet program."""

    def made(path, place):
        book = openpyxl.load_workbook(path)
        change(book)
        book.save(place / "back.xlsx")
        return place / "back.xlsx"

    return made


def with_cell(formula, shown):
    """Put a formula, and what a spreadsheet program showed for it, over the first text."""

    def made(path, place):
        back = edited(lambda book: book["SWOT"].__setitem__("F5", "@@"))(path, place / "..")
        part = part_of(back, "SWOT")
        cell = re.compile(rb'<c r="F5"([^>]*?) t="[^"]*"[^>]*>.*?</c>', re.DOTALL)
        value = f'<c r="F5"\\1 t="str"><f>{formula}</f><v>{shown}</v></c>'.encode()

        def change(name, data):
            if name != part:
                return data
            data, count = cell.subn(value, data)
            assert count == 1
            return data

        return repacked(back, place / "formula.xlsx", change)

    return made


def with_macros(path, place):
    """Make what Excel saves as a workbook with macros: its content type, part and relation."""
    edit = edited(lambda book: book["SWOT"].__setitem__("F6", "Typed beside macros"))(path, place)

    def change(name, data):
        if name == "[Content_Types].xml":
            part = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
            data = data.replace(_PLAIN.encode(), _MACROS.encode())
            return data.replace(b"</Types>", part + b"</Types>")
        if name == "xl/_rels/workbook.xml.rels":
            kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
            relation = f'<Relationship Id="vba" Type="{kind}" Target="vbaProject.bin"/>'
            return data.replace(b"</Relationships>", relation.encode() + b"</Relationships>")
        return data

    macros = ("xl/vbaProject.bin", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096))
    return repacked(edit, place / "form.xlsm", change, [macros])


def with_link(path, place):
    """Make what Excel saves where a cell refers to a workbook elsewhere."""
    formula = with_cell("[1]Sheet1!$A$1", "From elsewhere")(path, place)

    def change(name, data):
        if name == "[Content_Types].xml":
            part = (
                f'<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="{_LINK}"/>'
            )
            return data.replace(b"</Types>", part.encode() + b"</Types>")
        if name == "xl/workbook.xml":
            refer = (
                f'<externalReferences><externalReference xmlns:r="{_RELATIONS}" r:id="ext1"/>'
                "</externalReferences>"
            )
            found, count = re.subn(rb"</sheets>", b"</sheets>" + refer.encode(), data)
            assert count == 1
            return found
        if name == "xl/_rels/workbook.xml.rels":
            relation = (
                f'<Relationship Id="ext1" Type="{_RELATIONS}/externalLink" '
                'Target="externalLinks/externalLink1.xml"/>'
            )
            return data.replace(b"</Relationships>", relation.encode() + b"</Relationships>")
        return data

    book = (
        f'<externalLink xmlns="{_MAIN}"><externalBook xmlns:r="{_RELATIONS}" r:id="rId1">'
        '<sheetNames><sheetName val="Sheet1"/></sheetNames></externalBook></externalLink>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/externalLinkPath" '
        'Target="https://evil.example/book.xlsx" TargetMode="External"/></Relationships>'
    )
    link = "xl/externalLinks/externalLink1.xml"
    more = [(link, book), ("xl/externalLinks/_rels/externalLink1.xml.rels", relations)]
    return repacked(formula, place / "linked.xlsx", change, more)


def merged(book):
    book["SWOT"]["F6"] = "Over three rows"
    book["SWOT"].merge_cells("F6:F8")


def wrong_types(book):
    sheet = book["Action plan"]
    heads = {cell.value: cell.column for cell in sheet[4]}
    for name, value in {"Effort": True, "Impact": "1,250", "Status": 7}.items():
        sheet.cell(5, heads[name], value)


def deadline(text):
    """Type a day as text over the one that was sent."""

    def change(book):
        sheet = book["SMART goals"]
        column = next(cell.column for cell in sheet[4] if cell.value == "Deadline")
        sheet.cell(5, column, text).number_format = "@"

    return edited(change)


def of_another_workshop(path, place):
    with make(place / "other") as other:
        put(other, SWOT, "strengths", {"text": "Theirs"})
        return form(other, place / "theirs.xlsx", ["swot"])


def truncated(path, place):
    cut = place / "cut.xlsx"
    data = path.read_bytes()
    cut.write_bytes(data[: len(data) * 9 // 10])
    return cut


def hundred_megabytes(path, place):
    large = place / "large.xlsx"
    with large.open("wb") as file:
        file.write(path.read_bytes())
        file.truncate(_BOMB)
    return large


def bomb(path, place):
    parts = [("xl/worksheets/sheet99.xml", b" " * _BOMB)]
    return repacked(path, place / "bomb.xlsx", more=parts)


def lying_bomb(path, place):
    """Make a bomb whose directory says that it unpacks to little."""
    lying = bomb(path, place).rename(place / "lying.xlsx")
    data = lying.read_bytes()
    assert data.count(struct.pack("<I", _BOMB)) > 1  # beside the part, and in the directory
    lying.write_bytes(data.replace(struct.pack("<I", _BOMB), struct.pack("<I", 4_000)))
    return lying


def packed_bomb(path, place):
    """Make an archive with a bomb in it, as mail programs pack what is sent."""
    inside = place / "bomb.xlsx"
    inside.write_bytes(bytes(_BOMB))
    with zipfile.ZipFile(place / "forms.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(inside, "bomb.xlsx")
    inside.unlink()
    return place / "forms.zip"


def with_rows(count):
    def made(path, place):
        part = part_of(path, "SWOT")
        rows = b"".join(b'<row r="%d" s="1"/>' % n for n in range(100, 100 + count))

        def change(name, data):
            return data.replace(b"</sheetData>", rows + b"</sheetData>") if name == part else data

        return repacked(path, place / "rows.xlsx", change)

    return made


def typed_formula(book):
    book["SWOT"]["F5"] = '=HYPERLINK("https://evil.example", "x")'


CASES = {
    "a formula without a result": Case(
        edited(typed_formula), "a formula whose result was never calculated"
    ),
    "a formula with its result": Case(
        with_cell("WEBSERVICE(&quot;https://evil.example&quot;)", "Shown"),
        "",
        (0, 1, 0),
        taken=True,
    ),
    "macros": Case(
        with_macros, "macros; they were neither run nor looked at", (1, 0, 0), taken=True
    ),
    "links to other workbooks": Case(
        with_link, "refers to other workbooks; none of them was opened", (0, 1, 0), taken=True
    ),
    "merged cells": Case(edited(merged), "", (1, 0, 0), taken=True),
    "wrong types": Case(edited(wrong_types), "should be"),
    "a day as text": Case(deadline("2026-12-24"), "", (0, 1, 0), taken=True),
    "a day in words": Case(deadline("24 December"), "“Deadline” should be"),
    "a day that could be two": Case(deadline("03/04/2026"), "“Deadline” should be"),
    "another workshop’s form": Case(of_another_workshop, "a form of another workshop"),
    "a truncated file": Case(truncated, "is damaged or not an Excel workbook"),
    "a hundred megabytes": Case(hundred_megabytes, "100000000 bytes"),
    "a bomb": Case(bomb, "would unpack to 100 million bytes"),
    "a bomb that lies": Case(lying_bomb, "is damaged or not an Excel workbook"),
    "a bomb in an archive": Case(packed_bomb, "100000000 bytes"),
    "a million empty rows": Case(with_rows(1_000_000), "empty ones among them"),
    "thousands of empty rows": Case(with_rows(20_000), "", taken=True),
}


@pytest.mark.parametrize("name", CASES)
def test_hostile_workbooks_cost_little_and_change_nothing_unsaid(folder, tmp_path, name):
    case = CASES[name]
    put(folder, SWOT, "strengths", {"text": "As sent"})
    put(folder, ACTIONS, "actions", {"text": "Act", "effort": 2, "deadline": "2026-11-20"})
    put(folder, GOALS, "goals", {"text": "Goal", "deadline": "2026-11-20"})
    sent = form(folder, tmp_path / "form.xlsx", ["swot", "action-plan", "smart-goals"])
    (tmp_path / "hostile").mkdir()
    came = case.make(sent, tmp_path / "hostile")
    before, position = journal_rows(folder), folder.journal.position()
    found = measured(folder, came)
    after = journal_rows(folder)
    assert tuple(found.counts) == case.counts
    assert bool(found.refused) != case.taken
    said = found.told if case.taken else found.refused
    assert any(case.said in text for text in said) or not case.said
    for text in found.refused + found.told:
        assert text.endswith("."), text
        assert not re.search(r"Error|Traceback|None|<|\bxml\b", text), text
    assert found.peak < MEMORY
    assert after["operations"][: len(before["operations"])] == before["operations"]
    assert len(after["operations"]) == len(before["operations"]) + sum(case.counts)
    assert folder.journal.position() == position + sum(case.counts)
    assert {t: r for t, r in after.items() if t != "operations"} == {
        t: r for t, r in before.items() if t != "operations"
    }
