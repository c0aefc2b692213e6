"""What people drop: whole folders, archives, and what is no form at all."""

import zipfile

import pytest
from form_edits import SWOT, Workbook, collect, form, put
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from clusterlab.exchange import collect_forms, dropped_files
from clusterlab.model import BoardId


@pytest.fixture
def path(folder, tmp_path):
    """A form that came back with a change."""
    put(folder, SWOT, "strengths", {"text": "As sent"})
    book = Workbook(form(folder, tmp_path / "form.xlsx", ["swot"]))
    sheet = book["swot/current"]
    sheet.set(sheet.row("As sent"), text="As sent, and changed")
    return book.save(tmp_path / "form.xlsx")


def packed(target, **files):
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target


def reports(folder, *drops):
    return list(collect_forms(folder, dropped_files(drops)))


def said(report):
    return [str(r.message) for r in report.refusals]


def test_what_programs_leave_beside_an_open_workbook_is_passed_over(tmp_path):
    names = ("~$form.xlsx", ".~lock.form.xlsx#")
    for name in names:
        (tmp_path / name).write_bytes(b"x")
    assert dropped_files([tmp_path, *(tmp_path / name for name in names)]) == []


def test_forms_in_an_archive_are_taken(folder, path, tmp_path):
    data = path.read_bytes()
    files = {"mail/á.XLSX": data, "__MACOSX/mail/._á.xlsx": b"x", "~$b.xlsx": b"x", "a.txt": b"x"}
    archive = packed(tmp_path / "back.zip", **files, **{"c.ods": b"x", "d.xlsx": b"broken"})
    one, *others = reports(folder, archive)
    assert (one.file, one.changed, one.refusals) == ("back.zip/á.XLSX", 1, ())
    assert [r.file for r in others] == ["back.zip/c.ods", "back.zip/d.xlsx"]
    assert "save it as .xlsx" in said(others[0])[0]
    assert others[1].refusals[0].file == "back.zip/d.xlsx"


def test_an_archive_in_a_folder_is_opened_too(folder, path, tmp_path):
    (tmp_path / "in").mkdir()
    packed(tmp_path / "in" / "back.zip", **{"a.xlsx": path.read_bytes()})
    assert [r.changed for r in reports(folder, tmp_path / "in")] == [1]


@pytest.mark.parametrize(
    "name", ["../../a.xlsx", "C:\\x\\..\\a.xlsx", "/etc/a.xlsx", "a\n<b>.xlsx"]
)
def test_names_in_an_archive_lead_nowhere_else(folder, path, tmp_path, name):
    before = sorted(p for p in tmp_path.rglob("*") if "workshop" not in p.parts)
    archive = packed(tmp_path / "back.zip", **{name: path.read_bytes()})
    (report,) = reports(folder, archive)
    assert report.changed == 1
    assert "/" not in report.file.removeprefix("back.zip/")
    assert sorted(p for p in tmp_path.rglob("*") if "workshop" not in p.parts) == [
        archive,
        *before,
    ]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("x.csv", b"a,b", "holds the text of one sheet"),
        ("x.TSV", b"a\tb", "holds the text of one sheet"),
        ("x.gsheet", b"{}", "only a link"),
        ("x.ods", b"PK", "save it as .xlsx"),
        ("x.numbers", b"PK", "save it as .xlsx"),
        ("x.xls", bytes.fromhex("d0cf11e0a1b11ae1"), "save it as .xlsx"),
        ("x.xlsx", b"", "damaged or not an Excel workbook"),
        ("x.zip", b"", "damaged or no archive"),
        ("x.zip", b"PK\x03\x04", "damaged or no archive"),
    ],
)
def test_what_is_no_form_is_told_in_words(folder, tmp_path, name, data, told):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(data)
    (report,) = reports(folder, tmp_path / "in")
    assert told in said(report)[0]
    assert folder.journal.position() == 0


def test_an_archive_without_forms_is_told(folder, path, tmp_path):
    inner = packed(tmp_path / "inner.zip", **{"a.xlsx": path.read_bytes()}).read_bytes()
    cases = {
        "none.zip": ({"a.txt": b"x"}, "no workbook"),
        "deep.zip": ({"inner.zip": inner}, "within an archive"),
        "many.zip": ({f"{n}.xlsx": b"x" for n in range(2001)}, "2001 files"),
    }
    for name, (files, told) in cases.items():
        (report,) = reports(folder, packed(tmp_path / name, **files))
        assert told in said(report)[0]
    (report,) = reports(folder, path.rename(tmp_path / "form.zip"))
    assert "name end in .xlsx" in said(report)[0]


def test_a_broken_file_in_an_archive_stops_no_other(folder, path, tmp_path):
    target = tmp_path / "back.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xlsx", b"broken " * 1000)
        archive.write(path, "b.xlsx")
    data = bytearray(target.read_bytes())
    data[36:50] = bytes(14)  # where the first file begins
    target.write_bytes(data)
    broken, fine = reports(folder, target)
    assert "damaged" in said(broken)[0]
    assert fine.changed == 1


def test_a_bomb_in_an_archive_is_not_unpacked(folder, tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xlsx", bytes(folder.settings.limits.file_bytes + 1))
    (report,) = reports(folder, tmp_path / "bomb.zip")
    assert "more than the" in said(report)[0]


def test_a_file_called_by_odd_signs_is_taken(folder, path, tmp_path):
    (report,) = reports(folder, path.rename(tmp_path / "a\n\u202eb <x> %s {y}.xlsx"))
    assert report.changed == 1


# -- what other programs make of a form ------------------------------------------------------------


def repacked(source, target, change):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)))
    return target


def test_the_strict_variant_is_told(folder, path, tmp_path):
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    repacked(path, tmp_path / "s.xlsx", lambda data: data.replace(main, strict))
    (report,) = reports(folder, tmp_path / "s.xlsx")
    assert "Strict Open XML" in said(report)[0]


def test_comments_are_told(folder, path):
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/threadedComments/threadedComment1.xml", b"<x/>")
    report = collect(folder, path)
    assert report.changed == 1
    assert ["comments" in str(n) for n in report.notices] == [True]


@pytest.mark.parametrize("mac", [False, True])
def test_days_that_lost_their_format_are_days(folder, tmp_path, mac):
    goals = BoardId("alpha", "smart-goals")
    put(folder, goals, "goals", {"text": "Goal", "deadline": "2026-11-20"})
    put(folder, goals, "goals", {"text": "Other", "deadline": "2026-11-20"})
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["smart-goals"]))
    sheet = book["smart-goals/current"]
    serial = 46346 - 1462 * mac  # 20 November 2026
    if mac:
        book.book.epoch = CALENDAR_MAC_1904
    sheet.set(sheet.row("Goal"), deadline=serial)
    sheet.set(sheet.row("Other"), deadline=serial + 1)
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert (report.unchanged, report.changed, report.refusals) == (1, 1, ())
    days = {n.text: n.get("deadline") for n in folder.board(goals)}
    assert days == {"Goal": "2026-11-20", "Other": "2026-11-21"}


@pytest.mark.parametrize(("serial", "taken"), [(36526, True), (36525, False), (73051, False)])
def test_numbers_that_are_no_days_of_this_century_are_refused(folder, tmp_path, serial, taken):
    goals = BoardId("alpha", "smart-goals")
    put(folder, goals, "goals", {"text": "Goal"})
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["smart-goals"]))
    sheet = book["smart-goals/current"]
    sheet.set(sheet.row("Goal"), deadline=serial)
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert (not report.refusals, report.changed) == (taken, int(taken))


# -- cells where nothing is asked ------------------------------------------------------------------


def test_what_stands_in_the_column_of_numbers_is_told(folder, path, tmp_path):
    book = Workbook(path)
    sheet = book["swot/current"]
    sheet.set(sheet.spare(), spoken="An idea in the first cell")
    for text in ("S9", "12.", "x", "–", "s 1"):
        sheet.append(spoken=text)
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    (refused, also) = report.refusals
    assert refused.column == "No."
    assert "“An idea in the first cell”" in str(refused.message)
    assert "column “Note”" in str(refused.message)
    assert "“s 1”" in str(also.message)


def test_a_new_row_that_says_only_what_it_refers_to_is_told(folder, path, tmp_path):
    book = Workbook(form(folder, tmp_path / "g.xlsx", ["tows"]))
    sheet = book["tows/current"]
    sheet.set(sheet.spare(), links="S1")
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert "a note needs a text" in said(report)[0]
