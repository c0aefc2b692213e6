"""Rows that lost their hidden ids: which note each of them is."""

import pytest
from form_edits import ACTIONS, HEADS, SWOT, Workbook, collect, form, put

from clusterlab.model import BoardId


@pytest.fixture
def notes(folder):
    """Notes S1 to S3 by their texts; a strategy rests on the first."""
    ids = {
        text: put(folder, SWOT, "strengths", {"text": text})
        for text in ("Skilled people in the valley", "Two test laboratories", "Old members")
    }
    board = BoardId("alpha", "tows", "current", "business")
    put(folder, board, "so", {"text": "Strategy"}, links=list(ids.values())[:1])
    return ids


@pytest.fixture
def book(folder, notes, tmp_path):
    return Workbook(form(folder, tmp_path / "f.xlsx", ["swot", "tows"]))


def pasted(sheet, text, /, *, number=False, **cells):
    """Cut the cells of a row and paste them into an empty one, without the hidden ones."""
    row, target = sheet.row(text), sheet.spare()
    first = sheet.column("spoken") + (not number)
    target[first:] = row[first:]
    row[first:] = [None] * len(row[first:])
    sheet.set(target, **cells)
    return target


def counts(report):
    return report.taken, report.changed, report.deleted, len(report.refusals)


def texts(folder, board=SWOT):
    return {n.id: n.text for n in folder.board(board)}


def test_a_row_with_the_same_text_is_its_note_moved(folder, book, notes, tmp_path):
    pasted(book["swot/current"], "Old members", block="Weaknesses")
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert counts(report) == (0, 1, 0, 0)
    note = folder.board(SWOT).everything[notes["Old members"]]
    assert (note.text, note.block, note.spoken) == ("Old members", "weaknesses", "S3")


def test_a_row_typed_again_keeps_history_and_links(folder, book, notes, tmp_path):
    sheet = book["swot/current"]
    sheet.remove(sheet.row("Skilled people in the valley"))
    sheet.append(
        text="Skilled people in the whole valley",
        topic="Business model and internal management",
        block="Strengths",
    )
    back = book.save(tmp_path / "back.xlsx")
    assert counts(collect(folder, back)) == (0, 1, 0, 0)
    note = folder.board(SWOT).everything[notes["Skilled people in the valley"]]
    assert note.text == "Skilled people in the whole valley"
    (strategy,) = folder.board(BoardId("alpha", "tows"))
    assert strategy.links == (note.id,)
    position = folder.journal.position()
    assert counts(collect(folder, back)) == (0, 0, 0, 0)
    assert folder.journal.position() == position


def test_a_row_that_is_like_none_is_new(folder, book, notes, tmp_path):
    pasted(book["swot/current"], "Old members", text="Trade fairs")
    assert counts(collect(folder, book.save(tmp_path / "back.xlsx"))) == (1, 0, 1, 0)
    assert notes["Old members"] not in texts(folder)


@pytest.mark.parametrize(("text", "found"), [("abcdefg", (0, 1, 0)), ("abcdefgh", (1, 0, 1))])
def test_six_of_ten_letters_are_enough(folder, tmp_path, text, found):
    put(folder, SWOT, "strengths", {"text": "abc"})
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["swot"]))
    pasted(book["swot/current"], "abc", text=text)
    assert counts(collect(folder, book.save(tmp_path / "back.xlsx")))[:3] == found


def test_a_row_with_its_number_is_its_note_whatever_it_says(folder, book, notes, tmp_path):
    sheet = book["swot/current"]
    sheet.remove(sheet.row("Two test laboratories"))
    pasted(sheet, "Old members", number=True, text="Two more test laboratories")
    assert counts(collect(folder, book.save(tmp_path / "back.xlsx"))) == (0, 1, 1, 0)
    assert texts(folder)[notes["Old members"]] == "Two more test laboratories"


def test_of_several_the_most_alike_is_it(folder, tmp_path):
    held = ["Few experts abroad", "Few experts here", "Few expert teams here"]
    ids = [put(folder, SWOT, "weaknesses", {"text": text}) for text in held]
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["swot"]))
    for text in held:
        pasted(book["swot/current"], text, text=f"Too {text.lower()}")
    assert counts(collect(folder, book.save(tmp_path / "back.xlsx"))) == (0, 3, 0, 0)
    assert texts(folder) == {i: f"Too {t.lower()}" for i, t in zip(ids, held, strict=True)}


def test_of_equal_texts_the_nearest_is_it(folder, tmp_path):
    ids = [put(folder, ACTIONS, "actions", {"text": t}) for t in ("Call", "Meet", "Call", "Call")]
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["action-plan"]))
    sheet = book["action-plan/current"]
    rows = [r for r in sheet.below if r[sheet.column("text")] == "Call"]
    for number, row in enumerate(rows):
        row[0] = row[sheet.column("spoken")] = None
        sheet.set(row, responsible=f"Person {number}")
    sheet.remove(rows[1])
    assert counts(collect(folder, book.save(tmp_path / "back.xlsx"))) == (0, 2, 1, 0)
    people = {n.id: n.get("responsible") for n in folder.board(ACTIONS)}
    assert people == {ids[0]: "Person 0", ids[1]: None, ids[3]: "Person 2"}


def test_a_copied_row_stays_a_further_note(folder, book, notes, tmp_path):
    sheet = book["swot/current"]
    sheet.remove(sheet.row("Old members"))
    copied = list(sheet.row("Two test laboratories"))
    sheet.rows.insert(HEADS, copied)
    sheet.set(copied, text="Old members, too")
    assert counts(collect(folder, book.save(tmp_path / "back.xlsx"))) == (1, 0, 1, 0)


def test_cells_sorted_without_their_ids_and_changed_are_their_notes(folder, book, notes, tmp_path):
    """Somebody marks the visible cells only and sorts them, then changes two."""
    sheet = book["swot/current"]
    rows = [sheet.row(text) for text in notes]
    cells = [row[2:] for row in rows]
    for row, moved in zip(rows, (cells[2], cells[0], cells[1]), strict=True):
        row[2:] = moved
    sheet.set(sheet.row("Skilled people in the valley"), text="Skilled people")
    sheet.set(sheet.row("Two test laboratories"), text="Three test laboratories")
    assert counts(collect(folder, book.save(tmp_path / "back.xlsx"))) == (0, 2, 0, 0)
    said = texts(folder)
    assert said[notes["Skilled people in the valley"]] == "Skilled people"
    assert said[notes["Two test laboratories"]] == "Three test laboratories"
    assert said[notes["Old members"]] == "Old members"


def test_without_the_column_of_ids_changed_rows_are_their_notes(folder, book, notes, tmp_path):
    sheet = book["swot/current"]
    sheet.set(sheet.row("Old members"), text="Old members leave", spoken=None)
    sheet.rows = [row[1:] for row in sheet.rows]
    assert counts(collect(folder, book.save(tmp_path / "back.xlsx"))) == (0, 1, 0, 0)
    assert texts(folder)[notes["Old members"]] == "Old members leave"


def test_a_row_on_another_sheet_is_none_of_this_one(folder, book, notes, tmp_path):
    sheet = book["swot/current"]
    sheet.remove(sheet.row("Old members"))
    book["tows/current"].append(
        text="Old members", topic="Business model and internal management", block="ST (maxi-mini)"
    )
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert (report.changed, report.deleted) == (0, 1)


def test_of_many_rows_typed_again_none_is_left_over(folder, tmp_path):
    for number in range(60):
        put(folder, SWOT, "threats", {"text": f"{number} of the same old threats as ever " * 4})
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["swot"]))
    sheet = book["swot/current"]
    sheet.rows = [row for row in sheet.rows if not row[0] or row[0] in {"id", "#"}]
    for number in range(600):
        sheet.append(
            text=f"{number} of the same old threat as ever " * 4,
            topic="Business model and internal management",
            block="Threats",
        )
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert (report.taken, report.changed, report.deleted) == (540, 60, 0)
