"""Workbooks, friendly and hostile."""

import datetime
import zipfile

import openpyxl
import pytest
import xlsxwriter
from defusedxml.ElementTree import fromstring
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusterlab.errors import Message, TableError
from clusterlab.sheets import Book, Chart, Table, archive, read_tables, workbook, write_xlsx

HOSTILE = [
    "=1+1", '=HYPERLINK("x")', "+49", "-x", "@you", "'=x", "http://example.org", "007", "1e5",
    "two\nlines", "crlf\rx", " space ", "_x0041_ _x000D_", "\x01c", "مرحبا", "שלום", "😀",
    "<b>&amp;", "x" * 32_767,
]  # fmt: skip


def read(path, rows=1000, size=50_000_000):
    return read_tables(path, size, rows)


def book(path, fill):
    made = openpyxl.Workbook()
    fill(made)
    made.save(path)
    return path


def repacked(source, target, change):
    """Copy a workbook's parts, changed by name."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target


def test_what_is_written_is_read_again(tmp_path):
    day = datetime.date(2026, 2, 28)
    rows = [[text, number, 0.1 + 0.2, 2**60, day] for number, text in enumerate(HOSTILE)]
    write_xlsx(tmp_path / "a.xlsx", [Table("Notes", ["t", "n", "f", "i", "d"], rows)], title="T")
    (sheet,) = read(tmp_path / "a.xlsx")
    assert sheet.name == "Notes"
    assert sheet.header == ("t", "n", "f", "i", "d")
    expected = ["0.30000000000000004", str(2**60), "2026-02-28"]
    assert [list(c) for _, c in sheet.rows] == [[t, str(n), *expected] for t, n, *_ in rows]
    assert [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\0"), min_size=1)
    )
)
def test_any_text_survives(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("any") / "a.xlsx"
    write_xlsx(path, [Table("Notes", ["n", "text"], [["1", text] for text in texts])])
    assert [cells[1] for _, cells in read(path)[0].rows] == texts


LIKE_ESCAPES = [
    "_x0041_ code", "see x005F_ here", "_x005F_x0041_", "_xD800_ hi", "_x0041_x0042_", "_x0041\x01",
    "__x0041__x0041_", "_x005f_", "<r>hi</r>", "<r><t>x</t></r>", "_x003C_r></r>",
    "_xD83D__xDE00_", "_x005F_x005F_x0041_",
]  # fmt: skip


def shared(path, texts):
    """Write a sheet of which the texts stand in the workbook's own table."""
    made = Book("B")
    page = made.page("Notes")
    for column, text in enumerate(texts):
        page.put(0, column, text)
    path.write_bytes(made.done())
    return path


def both(folder, texts):
    """Write texts into a plain workbook and into one for people, and read both."""
    write_xlsx(folder / "a.xlsx", [Table("Notes", ["n", "text"], [["1", t] for t in texts])])
    made = Book("B")
    page = made.page("Notes")
    for row, line in enumerate([("n", "text"), *(("1", t) for t in texts)]):
        for column, text in enumerate(line):
            page.put(row, column, text)
    (folder / "b.xlsx").write_bytes(made.done())
    for name in ("a.xlsx", "b.xlsx"):
        yield [cells[1] for _, cells in read(folder / name)[0].rows]


def test_texts_that_look_like_escapes_survive(tmp_path):
    for found in both(tmp_path, LIKE_ESCAPES):
        assert found == LIKE_ESCAPES


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ["_x0041_", "x005F_", "_", "x", "0041", "_xD800_", "\x01", "<r>", "</r>"]
            ),
            min_size=1,
        ).map("".join),
        min_size=1,
    )
)
def test_any_text_of_parts_of_escapes_survives(tmp_path_factory, texts):
    for found in both(tmp_path_factory.mktemp("escapes"), texts):
        assert found == texts


def test_escapes_of_other_programs_are_decoded_once(tmp_path):
    path = shared(tmp_path / "a.xlsx", ["h", "SHARED"])
    inline = '<row r="2"><c r="A2" t="inlineStr"><is><t>%s</t></is></c></row></sheetData>'
    raw = "_x005f_x0041_ _x0041_ _x005F_ x005F_ _xD83D__xDE00_ _xD800_"

    def change(name, data):
        text = data.decode() if name.endswith(".xml") else ""
        text = text.replace("SHARED", raw).replace("</sheetData>", inline % raw)
        return text.encode() if text else data

    (sheet,) = read(repacked(path, tmp_path / "b.xlsx", change))
    plain = "_x0041_ A _ x005F_ 😀 \N{REPLACEMENT CHARACTER}"
    assert sheet.header[1] == sheet.rows[0][1][0] == plain


def test_runs_are_joined_and_what_tells_how_they_sound_is_not(tmp_path):
    path = shared(tmp_path / "a.xlsx", ["HEAD"])
    runs = b"<r><rPr><b/></rPr><t>one </t></r><r><t>two</t></r><rPh sb='0' eb='1'><t>no</t></rPh>"

    def change(name, data):
        return data.replace(b"<t>HEAD</t>", runs) if "sharedStrings" in name else data

    assert read(repacked(path, tmp_path / "b.xlsx", change))[0].header == ("one two",)


def test_every_text_is_stored_as_text_and_the_header_helps(tmp_path):
    path = tmp_path / "a.xlsx"
    write_xlsx(path, [Table("N", ["text"], [[t] for t in HOSTILE])], title="Our workshop")
    made = openpyxl.load_workbook(path)
    sheet = made["N"]
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert not sheet["A3"].hyperlink
    assert sheet["A1"].font.bold
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:A{len(HOSTILE) + 1}"
    assert made.properties.title == "Our workshop"
    assert 8 <= sheet.column_dimensions["A"].width <= 62


def test_the_same_input_gives_the_same_bytes(tmp_path):
    made = []
    for name in ("a.xlsx", "b.xlsx"):
        write_xlsx(
            tmp_path / name, [Table("N", ["x"], [["y"]])], created=datetime.datetime(2026, 1, 1)
        )
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]


def test_names_of_sheets_are_made_safe(tmp_path):
    names = ["a/b:c", "A b C", "x" * 40, "X" * 40, "", "History", "'q'"]
    write_xlsx(tmp_path / "a.xlsx", [Table(n, ["x"], [["y"]]) for n in names])
    found = [s.name for s in read(tmp_path / "a.xlsx")]
    assert found == ["a b c", "A b C 2", "x" * 31, "X" * 29 + " 2", "Sheet", "History 2", "q"]


def test_a_text_too_long_for_a_cell_is_refused_not_cut(tmp_path):
    with pytest.raises(TableError, match=r"begins with “😀.*32,?768 characters.*\.csv"):
        write_xlsx(tmp_path / "a.xlsx", [Table("N", ["text"], [["😀" * 16_384]])])
    assert list(tmp_path.iterdir()) == []


def test_cells_read_as_a_person_would_type_them(tmp_path):
    def fill(made):
        made.active.append(["h"] * 8)
        moment = datetime.datetime(2026, 11, 20, 14, 30)
        made.active.append([3, 3.0, 1.5, True, datetime.date(2026, 11, 20), moment, None, "x"])

    (sheet,) = read(book(tmp_path / "a.xlsx", fill))
    assert sheet.rows[0][1] == ("3", "3", "1.5", "true", "2026-11-20", "2026-11-20 14:30", "", "x")


def test_hidden_sheets_are_read_and_empty_ones_passed_over(tmp_path):
    def fill(made):
        made.active.append(["visible"])
        made.active.append([1])
        made.create_sheet("empty")
        for state in ("hidden", "veryHidden"):
            sheet = made.create_sheet(state)
            sheet.append([state])
            sheet.append([2])
            sheet.sheet_state = state

    assert [s.header for s in read(book(tmp_path / "a.xlsx", fill))] == [
        ("visible",), ("hidden",), ("veryHidden",),
    ]  # fmt: skip


def test_formulas_without_a_result_and_errors_are_refused_cells(tmp_path):
    def fill(made):
        made.active.append(["a", "b"])
        made.active.append(["=1+1", "fine"])

    path = book(tmp_path / "a.xlsx", fill)
    (sheet,) = read(path)
    assert isinstance(sheet.rows[0][1][0], Message)
    assert sheet.rows[0][1][1] == "fine"

    def with_result(name, data):
        return data.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>")

    done = repacked(path, tmp_path / "b.xlsx", with_result)
    assert read(done)[0].rows[0][1] == ("2", "fine")

    def with_error(name, data):
        return data.replace(b'<c r="A2">', b'<c r="A2" t="e">') if "sheet1" in name else data

    wrong = repacked(done, tmp_path / "c.xlsx", with_error)
    assert "error #2" in str(read(wrong)[0].rows[0][1][0]) or isinstance(
        read(wrong)[0].rows[0][1][0], Message
    )


def test_a_macro_workbook_is_data(tmp_path):
    path = book(tmp_path / "a.xlsx", lambda made: made.active.append(["a"]))
    assert read(path.rename(tmp_path / "a.xlsm"))[0].header == ("a",)


def bomb(path, size):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(size // 1_000_000):
                part.write(b" " * 1_000_000)
    return path


def test_zip_bombs_are_not_opened(tmp_path):
    path = bomb(tmp_path / "a.xlsx", 60_000_000)
    assert path.stat().st_size < 100_000
    with pytest.raises(TableError, match="would unpack to 60 million bytes"):
        read(path)
    with pytest.raises(TableError, match="would unpack"):
        read(bomb(tmp_path / "b.xlsx", 9_000_000), size=100_000)


def test_entities_do_not_grow(tmp_path):
    path = book(tmp_path / "a.xlsx", lambda made: made.active.append(["a"]))
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lines}]>'.encode()

    def change(name, data):
        if "sheet1" not in name:
            return data
        start = data.index(b"?>") + 2 if data.startswith(b"<?xml") else 0
        return data[:start] + doctype + data[start:].replace(b"<v>0</v>", b"<v>&l9;</v>")

    with pytest.raises(TableError, match="damaged"):
        read(repacked(path, tmp_path / "b.xlsx", change))


def test_a_sheet_that_lies_about_its_size(tmp_path):
    def fill(made):
        made.active.append(["a", "b"])
        made.active.append([1, 2])

    path = book(tmp_path / "a.xlsx", fill)

    def wide(name, data):
        return data.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')

    assert read(repacked(path, tmp_path / "b.xlsx", wide))[0].rows == [(2, ("1", "2"))]

    def deep(name, data):
        return data.replace(b'<row r="2"', b'<row r="99999999999"').replace(
            b'r="A2"', b'r="A99999999999"'
        )

    with pytest.raises(TableError):
        read(repacked(path, tmp_path / "c.xlsx", deep))

    def broad(name, data):
        rows = b"".join(b'<row r="%d"><c r="XFD%d" s="1"/></row>' % (n, n) for n in range(3, 9999))
        return data.replace(b"</sheetData>", rows + b"</sheetData>")

    with pytest.raises(TableError, match="far outside"):
        read(repacked(path, tmp_path / "d.xlsx", broad))


def test_files_that_are_no_workbooks(tmp_path):
    whole = book(tmp_path / "whole.xlsx", lambda made: made.active.append(["a"])).read_bytes()
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
    files = {
        "text.xlsx": (b"just text", "damaged"),
        "empty.xlsx": (b"", "damaged"),
        "cut.xlsx": (whole[: len(whole) // 2], "damaged"),
        "spoilt.xlsx": (whole[:400] + bytes(400) + whole[800:], "damaged"),
        "locked.xlsx": (ole + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        "old.xlsx": (ole, r"old Excel file \(\.xls\)"),
    }
    for name, (data, reason) in files.items():
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(TableError, match=reason):
            read(path)


@pytest.mark.parametrize("name", ["/etc/x.xml", "../../x.xml", "..\\x.xml", "C:x.xml"])
def test_parts_that_climb_out_are_refused(tmp_path, name):
    path = book(tmp_path / "a.xlsx", lambda made: made.active.append(["a"]))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, "x")
    with pytest.raises(TableError, match="damaged"):
        read(path)


def test_rows_of_all_sheets_count(tmp_path):
    tables = [Table(n, ["x"], [["y"]] * 6) for n in "ab"]
    write_xlsx(tmp_path / "a.xlsx", tables)
    assert len(read(tmp_path / "a.xlsx", rows=12)) == 2
    with pytest.raises(TableError, match="more than 11 rows"):
        read(tmp_path / "a.xlsx", rows=11)


def renamed(source, target, change=None):
    """Move a workbook's sheets to parts whose names say nothing."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = change(name, old.read(name)) if change else old.read(name)
            if name.endswith((".rels", "[Content_Types].xml")):
                data = data.replace(b"worksheets/sheet", b"media/tab")
            new.writestr(name.replace("worksheets/sheet", "media/tab"), data)
    return target


def test_formulas_and_rows_are_noticed_whatever_a_part_is_called(tmp_path):
    def fill(made):
        made.active.append(["a"])
        made.active.append(["=1+1"])

    path = book(tmp_path / "a.xlsx", fill)
    (sheet,) = read(renamed(path, tmp_path / "b.xlsx"))
    assert isinstance(sheet.rows[0][1][0], Message)

    def long(name, data):
        return data.replace(b"</sheetData>", b"<row/>" * 100_001 + b"</sheetData>")

    with pytest.raises(TableError, match=r"holds 10000\d rows, empty ones among them"):
        read(renamed(path, tmp_path / "c.xlsx", long))

    def prefixed(name, data):
        rows = b"<a-b:row/>" * 100_001
        return data.replace(b"</sheetData>", rows + b"</sheetData>")

    with pytest.raises(TableError, match=r"holds 10000\d rows, empty ones among them"):
        read(renamed(path, tmp_path / "d.xlsx", prefixed))


def test_sheets_in_which_nothing_would_be_found_are_refused(tmp_path):
    path = book(tmp_path / "a.xlsx", lambda made: made.active.append(["a"]))

    def wide(name, data):
        return data.decode().encode("utf-16") if "sheet1" in name else data

    with pytest.raises(TableError, match="damaged"):
        read(repacked(path, tmp_path / "b.xlsx", wide))


def filled(path, part, before, element, count):
    """Make a small workbook of which a part holds an element many times."""
    plain = shared(path.with_name("plain.xlsx"), ["a"])

    def change(name, data):
        if not name.endswith(part):
            return data
        assert before in data
        return data.replace(before, element * count + before)

    return repacked(plain, path, change)


def test_many_elements_in_a_small_file_are_refused_before_they_are_understood(tmp_path):
    cells = b"<row>" + b"<c/>" * 16_000 + b"</row>"
    files = [
        ("styles.xml", b"</cellXfs>", b"<xf/>", 300_000, "styles.xml” is larger"),
        ("styles.xml", b"</fonts>", b"<font/>", 81_000, "styles.xml” is larger"),
        ("workbook.xml", b"</sheets>", b"<sheet/>", 81_000, "workbook.xml” is larger"),
        ("[Content_Types].xml", b"</Types>", b"<Default/>", 300_000, "Types.* is larger"),
        ("sharedStrings.xml", b"</sst>", b"<si/>", 1_000_100, "holds 10001.. cells"),
        ("sheet1.xml", b"</sheetData>", cells, 63, "holds 100800. cells"),
        ("sheet1.xml", b"<sheetData>", b"<col/>", 50_100, "50100 merged cells"),
    ]
    files.append(("styles.xml", b"</fonts>", b" " * 1_000_000, 9, "styles.xml” is larger"))
    for part, before, element, count, reason in files:
        path = filled(tmp_path / "a.xlsx", part, before, element, count)
        assert path.stat().st_size < 60_000
        with pytest.raises(TableError, match=reason):
            read(path)


def test_many_formats_are_taken(tmp_path):
    made = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = made.add_worksheet()
    for row in range(4_000):
        look = {"font_size": 1 + row / 10, "bg_color": f"#{row:06x}", "num_format": f'0"{row}"'}
        sheet.write(row, 0, row, made.add_format({**look, "border": 1 + row % 4, "locked": False}))
    made.close()
    assert len(read(tmp_path / "a.xlsx", rows=4_000)[0].rows) == 3_999


def test_cells_of_all_sheets_count(tmp_path, monkeypatch):
    def fill(made):
        for sheet in (made.active, made.create_sheet("b")):
            sheet.append(["a"] * 100)
            sheet.append(["b"] * 100)

    path = book(tmp_path / "a.xlsx", fill)
    monkeypatch.setattr(workbook, "_CELLS", 404)
    assert len(read(path)) == 2
    monkeypatch.setattr(workbook, "_CELLS", 403)
    with pytest.raises(TableError, match="“b”: cells far outside"):
        read(path)


def test_what_is_counted_is_counted_across_chunks(tmp_path, monkeypatch):
    path = book(tmp_path / "a.xlsx", lambda made: [made.active.append([n]) for n in range(50)])
    monkeypatch.setattr(archive, "_CELLS", 1)
    for chunk in (7, 64, 1_001):
        monkeypatch.setattr(archive, "_CHUNK", chunk)
        with pytest.raises(TableError, match="holds 50 cells and 0 merged"):
            read(path, rows=0)


@pytest.mark.parametrize("title", ["=Notes!$A$1", "Vote!A1", "=1+1", "Plain & <simple>", ""])
def test_a_title_of_a_chart_is_text(tmp_path, title):
    made = Book("B")
    page = made.page("Notes")
    for row, (name, value) in enumerate([("secret", "v"), ("one", 1), ("two", 2)]):
        page.put(row, 0, name)
        page.put(row, 1, value)
    page.chart(0, 3, Chart("bars", title, "Two bars.", 1, 2, 0, (1,)))
    (tmp_path / "a.xlsx").write_bytes(made.done())
    with zipfile.ZipFile(tmp_path / "a.xlsx") as parts:
        root = fromstring(parts.read("xl/charts/chart1.xml"))
    space = "{http://schemas.openxmlformats.org/drawingml/2006/"
    (head,) = root.findall(f"{space}chart}}chart/{space}chart}}title") or [None]
    if not title:
        assert head is None
        return
    assert [t.text for t in head.iter(f"{space}main}}t")] == [title]
    assert not list(head.iter(f"{space}chart}}f"))
