"""What a form must not bring back, bring twice, or take away."""

from dataclasses import replace

import openpyxl
import pytest
from exchange_samples import make
from form_edits import SWOT, Workbook, collect, form, put, state

from clusterlab.errors import TableError
from clusterlab.journal import Journal
from clusterlab.model import BoardId, Operation, new_id


def by(folder, actor, kind, **payload):
    identity = new_id()
    folder.journal.append([Operation(SWOT, kind, payload, actor, identity)])
    return identity


def add(folder, actor, text):
    note = new_id()
    by(folder, actor, "add", note=note, block="strengths", letter="S", values={"text": text})
    return note


def texts(folder):
    return sorted(n.text for n in folder.board(SWOT))


# -- purged words ----------------------------------------------------------------------------------


def test_an_untouched_form_brings_no_purged_note_back(folder, tmp_path):
    add(folder, "p-1", "Secret")
    add(folder, "p-2", "Open")
    path = form(folder, tmp_path / "f.xlsx", ["swot"])
    folder.journal.purge("p-1")
    before = folder.journal.position()
    report = collect(folder, path)
    assert (report.taken, report.changed, report.deleted, report.unchanged) == (0, 0, 0, 1)
    assert report.refusals == ()
    assert "purged since" in str(report.notices[0])
    assert folder.journal.position() == before
    assert b"Secret" not in folder.journal.path.read_bytes()


def test_an_untouched_form_brings_no_purged_words_of_a_note_back(folder, tmp_path):
    note = add(folder, "p-2", "First")
    base = list(folder.board(SWOT).everything[note].heads)
    by(folder, "p-1", "edit", note=note, base=base, values={"text": "Secret"})
    path = form(folder, tmp_path / "f.xlsx", ["swot"])
    folder.journal.purge("p-1")
    before = folder.journal.position()
    report = collect(folder, path)
    assert (report.taken, report.changed, report.deleted) == (0, 0, 0)
    assert folder.journal.position() == before


def test_purged_words_stay_out_where_cells_were_moved_or_typed_over(folder, tmp_path):
    for actor, text in (("p-1", "Secret"), ("p-2", "Open"), ("p-1", "Hidden")):
        add(folder, actor, text)
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["swot"]))
    folder.journal.purge("p-1")
    sheet = book["swot/current"]
    secret, open_, hidden = (sheet.row(t) for t in ("Secret", "Open", "Hidden"))
    secret[2:], open_[2:] = open_[2:], secret[2:]
    sheet.set(hidden, text="Hidden, but more")
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert (report.taken, report.changed, report.deleted, report.unchanged) == (0, 0, 0, 1)
    assert texts(folder) == ["Open"]
    (refused,) = report.refusals
    assert refused.row == sheet.rows.index(hidden) + 1
    assert "Hidden" not in str(refused.message)


def test_words_written_after_a_purge_are_taken(folder, tmp_path):
    add(folder, "p-1", "Secret")
    folder.journal.purge("p-1")
    add(folder, "p-1", "Later")
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["swot"]))
    sheet = book["swot/current"]
    sheet.set(sheet.row("Later"), text="Later still")
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert (report.changed, report.notices) == (1, ())
    assert texts(folder) == ["Later still"]


# -- another copy of the workshop ------------------------------------------------------------------


@pytest.fixture
def copy(folder, tmp_path):
    """Another copy of the workshop, which has a note that the first does not know."""
    with make(tmp_path / "copy") as other:
        other.settings = folder.settings
        put(other, SWOT, "strengths", {"text": "Known there"})
        yield other


def test_notes_of_another_copy_are_left_out_and_not_taken_as_new(folder, copy, tmp_path):
    path = form(copy, tmp_path / "f.xlsx", ["swot"])
    report = collect(folder, path)
    assert (report.taken, report.changed, report.deleted) == (0, 0, 0)
    assert "does not know: 1" in str(report.refusals[0].message)
    assert state(folder) == {}
    folder.journal.append(list(copy.journal.read()))
    assert collect(folder, path).unchanged == 1
    assert texts(folder) == ["Known there"]


# -- links -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "now", "refused"),
    [
        ("S1/S2/S3", {"S1", "S2", "S3"}, 0),
        ("S1 / S3", {"S1", "S3"}, 0),
        ("S1+S2", {"S1", "S2"}, 1),
        ("S3, S9", {"S1", "S2", "S3"}, 1),
        (None, set(), 0),
    ],
)
def test_a_refused_reference_takes_no_other_away(folder, tmp_path, cell, now, refused):
    ids = [add(folder, "p", f"Strength {n}") for n in (1, 2, 3)]
    board = BoardId("alpha", "tows", "current", "business")
    put(folder, board, "so", {"text": "Strategy"}, links=ids[:2])
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["tows"]))
    sheet = book["tows/current"]
    sheet.set(sheet.row("Strategy"), links=cell)
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    (note,) = folder.board(board.sheet)
    spoken = {i: n.spoken for i, n in folder.board(SWOT).everything.items()}
    assert {spoken[i] for i in note.links} == now
    assert len(report.refusals) == refused


# -- another cluster -------------------------------------------------------------------------------


@pytest.fixture
def beta(folder, tmp_path):
    """The form of another cluster, which has a note."""
    add(folder, "p", "Of alpha")
    board = BoardId("beta", "swot", "current", "business")
    put(folder, board, "strengths", {"text": "Of beta"})
    return form(folder, tmp_path / "beta.xlsx", ["swot"], cluster="beta")


def test_the_sheet_of_another_cluster_is_refused(folder, beta, tmp_path):
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["swot"]))
    book["swot/current"].rows = Workbook(beta)["swot/current"].rows
    before = state(folder), state(folder, "beta")
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    told = [str(r.message) for r in report.refusals]
    assert "comes from another form" in told[0]
    assert "is missing" in told[1]
    assert (state(folder), state(folder, "beta")) == before


def test_rows_of_another_cluster_are_refused_and_take_none_away(folder, beta, tmp_path):
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["swot"]))
    sheet = book["swot/current"]
    sheet.rows = sheet.rows[:4] + Workbook(beta)["swot/current"].below
    before = state(folder), state(folder, "beta")
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert (report.taken, report.changed, report.deleted) == (0, 0, 0)
    assert [r.row for r in report.refusals] == [5, 0]
    assert (state(folder), state(folder, "beta")) == before


def test_a_form_renamed_to_another_cluster_is_refused(folder, beta, tmp_path):
    made = openpyxl.load_workbook(form(folder, tmp_path / "f.xlsx", ["swot"]))
    cell = next(r[1] for r in made["clusterlab form"].iter_rows() if r[0].value == "cluster")
    assert cell.value == "alpha"
    cell.value = "beta"
    made["SWOT"]["F6"] = "For beta"
    made.save(tmp_path / "back.xlsx")
    with pytest.raises(TableError, match="was changed"):
        collect(folder, tmp_path / "back.xlsx")
    assert "For beta" not in str(state(folder, "beta"))


# -- hidden cells that were lost or changed --------------------------------------------------------


@pytest.fixture
def three(folder, tmp_path):
    """A form that shows three notes."""
    for number in (1, 2, 3):
        add(folder, "p", f"Strength {number}")
    return Workbook(form(folder, tmp_path / "f.xlsx", ["swot"]))


@pytest.mark.parametrize("how", ["header", "column", "cells"])
def test_without_the_hidden_ids_nothing_is_taken_away(folder, three, tmp_path, how):
    sheet = three["swot/current"]
    sheet.set(sheet.row("Strength 1"), text="Changed", spoken=None)
    match how:
        case "header":
            sheet.rows[0][0] = None
        case "column":
            sheet.rows = [row[1:] for row in sheet.rows]
        case "cells":
            for row in sheet.rows[1:]:
                row[0] = None
    report = collect(folder, three.save(tmp_path / "back.xlsx"))
    assert (report.taken, report.deleted) == (1, 0)
    assert "take no notes away: 1" in str(report.refusals[-1].message)
    assert texts(folder) == ["Changed", "Strength 1", "Strength 2", "Strength 3"]


@pytest.mark.parametrize("column", [0, 1])
def test_a_row_marked_like_the_headings_is_not_passed_over(folder, three, tmp_path, column):
    sheet = three["swot/current"]
    sheet.row("Strength 1")[column] = "#"
    report = collect(folder, three.save(tmp_path / "back.xlsx"))
    assert (report.taken, report.changed, report.deleted) == (0, 0, 0)
    assert texts(folder) == ["Strength 1", "Strength 2", "Strength 3"]


def test_rows_above_the_headings_are_read(folder, three, tmp_path):
    sheet = three["swot/current"]
    sheet.set(sheet.row("Strength 2"), text="Changed")
    sheet.append(text="New", topic="business", block="threats")
    sheet.rows = [*sheet.rows[:3], *sheet.below, sheet.rows[3]]
    report = collect(folder, three.save(tmp_path / "back.xlsx"))
    assert (report.taken, report.changed, report.deleted, report.refusals) == (1, 1, 0, ())


def test_without_the_row_of_headings_nothing_is_taken_away(folder, three, tmp_path):
    sheet = three["swot/current"]
    sheet.remove(sheet.row("Strength 2"))
    del sheet.rows[3]
    report = collect(folder, three.save(tmp_path / "back.xlsx"))
    assert (report.taken, report.changed, report.deleted) == (0, 0, 0)
    assert len(report.refusals) == 1


# -- sheets that are none of the form's ------------------------------------------------------------


@pytest.mark.parametrize(
    "rows", [[["1.", "An idea"], ["2.", "Another"]], [["An idea"]], [[None, 7]]]
)
def test_sheets_of_ones_own_are_refused_whatever_they_hold(folder, three, tmp_path, rows):
    own = three.book.create_sheet("Our ideas")
    for row in rows:
        own.append(row)
    report = collect(folder, three.save(tmp_path / "back.xlsx"))
    (refused,) = report.refusals
    assert (refused.sheet, refused.file) == ("Our ideas", "back.xlsx")


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_the_cover_is_none_whatever_it_is_called(folder, tmp_path, language):
    folder.settings = replace(folder.settings, title="  A workshop \u200f«2026» ")
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["swot"], language=language))
    book.book.worksheets[0].title = "Cover"
    book.book.create_sheet("Empty")
    assert collect(folder, book.save(tmp_path / "back.xlsx")).refusals == ()


def test_a_sheet_without_notes_that_lost_its_hidden_row_is_refused(folder, tmp_path):
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["swot"]))
    sheet = book["swot/current"]
    sheet.set(sheet.spare(), text="New")
    del sheet.rows[0]
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert report.taken == 0
    assert [r.sheet for r in report.refusals] == ["SWOT"]


# -- numbers that mean another note since ----------------------------------------------------------


def test_numbers_mean_what_they_meant_when_the_form_was_written(folder, tmp_path):
    folder.journal.backup(tmp_path / "copy")
    first = put(folder, SWOT, "strengths", {"text": "First"})
    second = put(folder, SWOT, "strengths", {"text": "Second"})
    board = BoardId("alpha", "tows", "current", "business")
    for text in ("Untouched", "Touched"):
        put(folder, board, "so", {"text": text}, links=[first])
    path = form(folder, tmp_path / "f.xlsx", ["tows"])
    payload = {"note": "n0", "block": "strengths", "letter": "S", "values": {"text": "Theirs"}}
    with Journal(tmp_path / "copy") as other:
        other.append([Operation(SWOT, "add", payload, "a", "o0")])  # as early, by an earlier name
    folder.journal.unite(tmp_path / "copy")
    spoken = {n.text: n.spoken for n in folder.board(SWOT)}
    assert spoken["First"] != "S1"
    assert collect(folder, path).unchanged == 2
    book = Workbook(path)
    sheet = book["tows/current"]
    sheet.set(sheet.row("Touched"), links="S1, S2")
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert (report.changed, report.unchanged, report.refusals) == (1, 1, ())
    found = {n.text: set(n.links) for n in folder.board(board.sheet)}
    assert found == {"Untouched": {first}, "Touched": {first, second}}
