"""Workbooks that nobody meant well with, or that something went wrong with on the way."""

import openpyxl
import pytest
from form_edits import ACTIONS, SWOT, Workbook, collect, form, put, state
from hostile_forms import part_of, repacked

from clusterlab.errors import TableError
from clusterlab.exchange import collect_forms


@pytest.fixture
def path(folder, tmp_path):
    """A form with one strength and one action."""
    put(folder, SWOT, "strengths", {"text": "As sent"})
    put(folder, ACTIONS, "actions", {"text": "Act", "effort": 2, "deadline": "2026-11-20"})
    return form(folder, tmp_path / "form.xlsx", ["swot", "action-plan"])


@pytest.fixture
def unchanged(folder):
    """Checks at the end that the journal is as it was."""
    yield
    assert {v[2]["text"] for v in state(folder).values()} == {"As sent", "Act"}
    assert folder.journal.position() == 2


def test_formulas_count_by_what_they_gave_or_are_refused(folder, path, tmp_path):
    book = Workbook(path)
    sheet = book["swot/current"]
    sheet.set(sheet.spare(block="Threats"), text="Typed")
    back = book.save(tmp_path / "b.xlsx")
    again = openpyxl.load_workbook(back)
    again["SWOT"]["F5"] = '=HYPERLINK("https://evil.example", "x")'
    again.save(back)
    report = collect(folder, back)
    assert (report.taken, report.changed) == (1, 0)
    assert "formula whose result was never calculated" in str(report.refusals[0].message)
    assert report.refusals[0].cell == "F5"
    assert {n.text for n in folder.board(SWOT)} == {"As sent", "Typed"}


def test_text_that_looks_like_a_formula_is_text(folder, path, tmp_path):
    book = Workbook(path)
    sheet = book["swot/current"]
    for text in ('=HYPERLINK("x")', "+1", "-x", "@you", "=1+1"):
        sheet.append(text=text, topic="business", block="threats")
    report = collect(folder, book.save(tmp_path / "b.xlsx"))
    assert report.taken == 5
    assert "=1+1" in {n.text for n in folder.board(SWOT)}
    again = form(folder, tmp_path / "again.xlsx", ["swot"])
    cells = [c for row in openpyxl.load_workbook(again)["SWOT"].iter_rows() for c in row]
    assert {c.data_type for c in cells if c.value in ("=1+1", "+1")} == {"s"}


def test_thousands_of_empty_rows_are_passed_over(folder, path, tmp_path, unchanged):
    part = part_of(path, "SWOT")
    rows = b"".join(b'<row r="%d" s="1"/>' % n for n in range(100, 20_000))

    def change(name, data):
        return data.replace(b"</sheetData>", rows + b"</sheetData>") if name == part else data

    report = collect(folder, repacked(path, tmp_path / "b.xlsx", change))
    assert (report.taken, report.changed, report.deleted, report.refusals) == (0, 0, 0, ())


def test_merged_cells_count_by_the_first_of_them(folder, path, tmp_path):
    made = openpyxl.load_workbook(path)
    sheet = made["SWOT"]
    sheet["F6"] = "Over three rows"
    sheet.merge_cells("F6:F8")
    made.save(tmp_path / "b.xlsx")
    report = collect(folder, tmp_path / "b.xlsx")
    assert (report.taken, report.changed, report.deleted, report.refusals) == (1, 0, 0, ())
    assert {n.text for n in folder.board(SWOT)} == {"As sent", "Over three rows"}


def test_wrong_types_are_refused_cell_by_cell(folder, path, tmp_path, unchanged):
    made = openpyxl.load_workbook(path)
    sheet = made["Action plan"]
    heads = {c.value: c.column for c in sheet[4]}
    odd = {"Effort": True, "Impact": "1,250", "Status": 7}
    for name, value in odd.items():
        sheet.cell(5, heads[name], value)
    made.save(tmp_path / "b.xlsx")
    report = collect(folder, tmp_path / "b.xlsx")
    assert (report.taken, report.changed) == (0, 0)
    assert sorted(r.column for r in report.refusals) == sorted(odd)
    assert all(r.row == 5 and r.sheet == "Action plan" for r in report.refusals)


def test_errors_in_cells_are_refused(folder, path, tmp_path, unchanged):
    made = openpyxl.load_workbook(path)
    made["SWOT"]["F5"] = "#REF!"
    made.save(tmp_path / "b.xlsx")
    report = collect(folder, tmp_path / "b.xlsx")
    assert "#REF!" in str(report.refusals[0].message)


def test_the_form_of_another_workshop_is_refused(new_folder, folder, path, tmp_path, unchanged):
    other = new_folder("other")
    put(other, SWOT, "strengths", {"text": "Theirs"})
    theirs = form(other, tmp_path / "theirs.xlsx", ["swot"])
    with pytest.raises(TableError, match="another workshop"):
        collect(folder, theirs)


def test_a_cluster_that_left_is_named(folder, path, tmp_path, unchanged):
    (folder.path / "clusters.csv").write_text("id,name\nbeta,Beta\n", "utf-8")
    vars(folder).pop("_roster", None)
    with pytest.raises(TableError, match=r"clusters\.csv does not name"):
        collect(folder, path)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_truncated_files_are_refused(folder, path, tmp_path, unchanged, part):
    data = path.read_bytes()
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(data[: int(len(data) * part)])
    with pytest.raises(TableError, match="damaged"):
        collect(folder, cut)


def test_a_plain_workbook_is_no_form(folder, path, tmp_path, unchanged):
    made = openpyxl.Workbook()
    made.active.append(["cluster", "canvas", "text"])
    made.active.append(["alpha", "swot", "x"])
    made.save(tmp_path / "b.xlsx")
    with pytest.raises(TableError, match="clusterlab import"):
        collect(folder, tmp_path / "b.xlsx")


def test_a_form_without_its_hidden_row_is_told(folder, path, tmp_path, unchanged):
    made = openpyxl.load_workbook(path)
    made["SWOT"].delete_rows(1)
    made.save(tmp_path / "b.xlsx")
    report = collect(folder, tmp_path / "b.xlsx")
    assert any("missing" in str(r.message) for r in report.refusals)
    assert report.deleted == 0


def test_a_forged_stamp_reaches_no_note_of_another_canvas(folder, path, tmp_path, unchanged):
    made = openpyxl.load_workbook(path)
    stamp = made["clusterlab form"]
    rows = {row[0].value: row for row in stamp.iter_rows()}
    (action,) = folder.board(ACTIONS)
    rows[action.id][1].value = "swot/current"
    made.save(tmp_path / "b.xlsx")
    with pytest.raises(TableError, match="was changed"):
        collect(folder, tmp_path / "b.xlsx")


def test_texts_that_are_too_long_are_refused(folder, path, tmp_path, unchanged):
    book = Workbook(path)
    sheet = book["swot/current"]
    sheet.set(sheet.row("As sent"), text="x" * 6000)
    sheet.append(text="y" * 6000, topic="business", block="threats")
    report = collect(folder, book.save(tmp_path / "b.xlsx"))
    assert [r.column for r in report.refusals] == ["Note", "Note"]


@pytest.mark.parametrize("count", ["9" * 5000, "²", "٣", "-1", ""])
def test_an_odd_count_stops_nothing(folder, path, tmp_path, count):
    made = openpyxl.load_workbook(path)
    for row in made["clusterlab form"].iter_rows():
        if str(row[0].value).startswith("sheet "):
            row[1].value = count
    made["SWOT"]["F6"] = "New"
    made.save(tmp_path / "a.xlsx")
    odd, good = collect_forms(folder, [tmp_path / "a.xlsx", path])
    assert (odd.taken, odd.refusals) == (1, ())
    assert good.unchanged == 2


def test_whatever_goes_wrong_with_a_file_the_next_one_is_read(folder, path, tmp_path):
    broken = tmp_path / "broken.xlsx"
    broken.mkdir()  # no file at all
    one, two = collect_forms(folder, [broken, path])
    assert (one.taken, len(one.refusals)) == (0, 1)
    assert two.unchanged == 2


def test_what_is_refused_alike_in_many_rows_is_told_of_the_first_ones(folder, path, tmp_path):
    book = openpyxl.load_workbook(path)
    sheet = book["SWOT"]
    hidden = next(c.column for row in sheet.iter_rows() for c in row if c.value == "id")
    start = sheet.max_row + 1
    for row in range(start, start + 50):
        sheet.cell(row, hidden, "foreign")
    book.save(tmp_path / "b.xlsx")
    report = collect(folder, tmp_path / "b.xlsx")
    alike = [r for r in report.refusals if "another form or table" in str(r.message)]
    assert [r.row for r in alike] == list(range(start, start + 20))
    (more,) = [r for r in report.refusals if "the same in more rows" in str(r.message)]
    assert "30" in str(more.message)
    assert (more.sheet, more.row) == ("SWOT", 0)


def test_a_form_of_more_rows_than_anybody_writes_is_refused(folder, path, tmp_path):
    part = part_of(path, "SWOT")
    rows = b"".join(b'<row r="%d"><c t="n"><v>1</v></c></row>' % n for n in range(1000, 21_001))

    def change(name, data):
        return data.replace(b"</sheetData>", rows + b"</sheetData>") if name == part else data

    (report,) = collect_forms(folder, [repacked(path, tmp_path / "b.xlsx", change)])
    assert "20000 rows" in str(report.refusals[0].message).replace(",", "")
    assert folder.journal.position() == 2
