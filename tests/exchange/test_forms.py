"""Forms: what goes out, and what comes back of it."""

import itertools
import zipfile
from datetime import date

import openpyxl
import pytest
from exchange_samples import make
from form_edits import ACTIONS, HEADS, SWOT, Workbook, collect, edit, form, put, state

from clusterlab.errors import UsageError
from clusterlab.exchange import collect_forms, dropped_files, make_form, write_form
from clusterlab.exchange.formbook import STEPS, form_bytes
from clusterlab.model import BoardId, Operation, new_id

STRENGTHS = {"topic": "Business model and internal management", "block": "Strengths"}


@pytest.fixture
def swot(folder):
    """Five strengths, S1 to S5, and a strategy that rests on the first."""
    ids = [put(folder, SWOT, "strengths", {"text": f"Strength {n}"}) for n in range(1, 6)]
    board = BoardId("alpha", "tows", "current", "business")
    put(folder, board, "so", {"text": "Strategy"}, links=ids[:1])
    return ids


def said(report):
    return [str(r.message) for r in report.refusals]


def text_of(folder, note):
    return folder.board(SWOT).everything[note].text


# -- what goes out ---------------------------------------------------------------------------------


def test_a_form_has_a_cover_a_sheet_per_canvas_and_version_and_lists(folder, swot, tmp_path):
    path = form(folder, tmp_path / "f.xlsx", ["swot", "business-model-cluster", "action-plan"])
    book = openpyxl.load_workbook(path)
    visible = [s.title for s in book if s.sheet_state == "visible"]
    assert visible == [
        "Start here",
        "SWOT",
        "Business Model Canvas for Today",
        "Business Model Ca In five years",
        "Action plan",
    ]
    assert {s.sheet_state for s in book if s.title not in visible} == {"veryHidden"}
    cover = [c.value for row in book["Start here"].iter_rows() for c in row if c.value]
    assert set(STEPS) <= set(cover)
    assert "Alpha Cluster" in cover
    sheet = book["SWOT"]
    heads = [c.value for c in sheet[HEADS]]
    assert heads[2:] == ["No.", "Topic", "Block", "Note", "Importance"]
    hidden = sheet.column_dimensions["A"]
    assert (hidden.hidden, hidden.min, hidden.max) == (True, 1, 2)
    assert sheet.row_dimensions[1].hidden
    assert sheet.freeze_panes == "A5"
    assert sheet.protection.sheet
    assert not sheet.protection.deleteRows  # openpyxl says what is forbidden
    assert not sheet["F5"].protection.locked
    assert sheet["F4"].protection.locked
    assert book.security.lockStructure
    assert "What do we do well?" in sheet["E5"].comment.text


def test_choices_are_lists_and_numbers_have_their_bounds(folder, tmp_path):
    path = form(folder, tmp_path / "f.xlsx", ["action-plan"])
    book = openpyxl.load_workbook(path)
    sheet = book["Action plan"]
    heads = {c.value: c.column_letter for c in sheet[HEADS]}
    rules = {str(v.sqref).split(":")[0].rstrip("0123456789"): v
             for v in sheet.data_validations.dataValidation}  # fmt: skip
    status = rules[heads["Status"]]
    name, cells = status.formula1.split("!")
    listed = book[name.strip("'")][cells.replace("$", "")]
    assert [c[0].value for c in listed] == ["Not started", "In progress", "Done"]
    effort = rules[heads["Effort"]]
    assert (effort.type, effort.formula1, effort.formula2) == ("whole", "1", "5")
    assert "from 1 to 5" in effort.error


def test_the_same_board_gives_the_same_bytes_and_another_one_another_form(folder, swot):
    def made():
        return make_form(folder, folder.cluster("alpha"), folder.language(), ["swot"])

    one, again = made(), made()
    assert form_bytes(one) == form_bytes(again)
    edit(folder, SWOT, swot[0], text="Other")
    assert made().id != one.id


def test_a_form_names_no_other_cluster(folder, swot, tmp_path):
    put(folder, BoardId("beta", "swot", "current", "business"), "threats", {"text": "Secret"})
    path = form(folder, tmp_path / "f.xlsx")
    with zipfile.ZipFile(path) as parts:
        whole = b"".join(parts.read(name) for name in parts.namelist()).decode("utf-8", "replace")
    assert "Alpha Cluster" in whole
    for other in ("beta", "gamma", "Bêta", "Gamma", "Secret"):
        assert other not in whole


def test_labels_are_in_the_language_of_the_cluster(folder, tmp_path):
    (folder.path / "locale").mkdir()
    (folder.path / "locale" / "de.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
        'msgid "Strengths"\nmsgstr "Stärken"\n',
        "utf-8",
    )
    path = form(folder, tmp_path / "f.xlsx", ["swot"], language="de")
    book = Workbook(path)
    sheet = book["swot/current"]
    sheet.set(sheet.spare(block="Stärken"), text="Neu")
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert (report.taken, said(report)) == (1, [])
    assert [n.block for n in folder.board(SWOT)] == ["strengths"]
    with zipfile.ZipFile(path) as parts:
        assert b"<dc:language>de</dc:language>" in parts.read("docProps/core.xml")


def test_the_usual_canvases_are_those_of_the_notebooks_and_those_in_use(folder, swot):
    (folder.path / "notebooks").mkdir()
    source = 'cluster.board(\\"pestel\\")'
    (folder.path / "notebooks" / "a.ipynb").write_text(f'{{"source": "{source}"}}', "utf-8")
    made = make_form(folder, folder.cluster("alpha"), folder.language())
    assert [s.board.canvas for s in made.sheets] == ["pestel", "swot", "tows"]


# -- what comes back -------------------------------------------------------------------------------


def test_edits_additions_moves_and_deletions_come_back(folder, swot, tmp_path):
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["swot"]))
    sheet = book["swot/current"]
    sheet.set(sheet.row("Strength 1"), text="Changed")
    sheet.set(sheet.row("Strength 2"), block="Threats")
    sheet.remove(sheet.row("Strength 3"))
    sheet.set(sheet.row("Strength 4"), text=None)
    sheet.append(text="New", topic="services", block="weaknesses")
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert (report.cluster, report.taken, report.changed, report.deleted) == ("alpha", 1, 2, 2)
    assert said(report) == []
    notes = folder.board(BoardId("alpha", "swot"))
    assert {(n.text, n.topic, n.block, n.spoken) for n in notes} == {
        ("Changed", "business", "strengths", "S1"),
        ("Strength 2", "business", "threats", "S2"),
        ("Strength 5", "business", "strengths", "S5"),
        ("New", "services", "weaknesses", "W1"),
    }  # fmt: skip


def test_cells_moved_without_their_hidden_ids_change_nothing(folder, swot, tmp_path):
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["swot"]))
    sheet = book["swot/current"]
    rows = [sheet.row(f"Strength {n}") for n in range(1, 6)]
    seen = [row[2:] for row in rows]
    for row, cells in zip(rows, reversed(seen), strict=True):
        row[2:] = cells
    before = folder.journal.position()
    assert collect(folder, book.save(tmp_path / "back.xlsx")).unchanged == 5
    assert folder.journal.position() == before


def test_a_copied_row_is_a_further_note(folder, swot, tmp_path):
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["swot"]))
    sheet = book["swot/current"]
    copied = list(sheet.row("Strength 1"))
    sheet.rows.insert(HEADS, copied)
    sheet.set(copied, text="Strength 1, and more")
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert (report.taken, report.changed, report.deleted) == (1, 0, 0)
    assert text_of(folder, swot[0]) == "Strength 1"


def test_a_row_whose_text_was_emptied_is_taken_away_whatever_stands_beside_it(folder, tmp_path):
    put(folder, ACTIONS, "actions", {"text": "Act", "responsible": "Ada"})
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["action-plan"]))
    sheet = book["action-plan/current"]
    sheet.set(sheet.row("Act"), text=None, effort=3)
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert (report.changed, report.deleted, said(report)) == (0, 1, [])
    assert len(folder.board(ACTIONS)) == 0


def test_a_note_that_never_had_a_text_stays(folder, tmp_path):
    goals = BoardId("alpha", "smart-goals")
    put(folder, goals, "goals", {"specific": "Only this"})
    put(folder, goals, "goals", {"specific": "Only that"})
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["smart-goals"]))
    sheet = book["smart-goals/current"]
    row = next(r for r in sheet.below if r[sheet.column("specific")] == "Only that")
    sheet.set(row, specific="More than that")
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert (report.changed, report.deleted, said(report)) == (1, 0, [])
    assert {n.get("specific") for n in folder.board(goals)} == {"Only this", "More than that"}


def test_two_people_who_change_the_same_cell_are_both_kept_in_any_order(new_folder, tmp_path):
    results = []
    for name, order in (("one", [0, 1]), ("two", [1, 0])):
        folder = new_folder(name)
        note = put(folder, SWOT, "strengths", {"text": "As sent"})
        path = form(folder, tmp_path / f"{name}.xlsx", ["swot"])
        files = []
        for person in ("Anna", "Bob"):
            book = Workbook(path)
            sheet = book["swot/current"]
            sheet.set(sheet.row("As sent"), text=f"By {person}")
            sheet.append(text=f"New of {person}", topic="business", block="threats")
            files.append(book.save(tmp_path / f"{name} {person}.xlsx"))
        for index in order:
            assert collect(folder, files[index]).taken == 1
        found = folder.board(SWOT).everything[note]
        results.append({found.text, *(a.value for a in found.alternatives)})
        assert {n.text for n in folder.board(SWOT).block("threats")} == {
            "New of Anna",
            "New of Bob",
        }
        before = folder.journal.position()
        for file in files:
            assert collect(folder, file).changed == 0
        assert folder.journal.position() == before
    assert results == [{"By Anna", "By Bob"}] * 2


def test_several_versions_of_one_in_any_order_end_the_same(new_folder, tmp_path):
    ends = []
    for number, order in enumerate(itertools.permutations(range(3))):
        folder = new_folder(f"w{number}")
        put(folder, ACTIONS, "actions", {"text": "Act", "responsible": "Ada"}, note="n1")
        path = form(folder, tmp_path / f"{number}.xlsx", ["action-plan"])
        book = Workbook(path)
        sheet = book["action-plan/current"]
        files = []
        for version, cells in enumerate(({"effort": 2}, {"impact": 4}, {"status": "Done"})):
            sheet.set(sheet.row("Act"), **cells)
            new = sheet.row("Fresh") if version else sheet.spare()
            sheet.set(new, text="Fresh", **cells)
            files.append(book.save(tmp_path / f"{number}-{version}.xlsx"))
        for index in order:
            assert said(collect(folder, files[index])) == []
        found = {n.text: dict(n.values) for n in folder.board(ACTIONS)}
        assert not any(n.alternatives for n in folder.board(ACTIONS))
        ends.append(found)
    whole = {"effort": 2, "impact": 4, "status": "done"}
    assert (
        ends
        == [
            {
                "Act": {"text": "Act", "responsible": "Ada", **whole},
                "Fresh": {"text": "Fresh", **whole},
            }
        ]
        * 6
    )


def test_what_people_did_meanwhile_on_the_canvas_stays(folder, swot, tmp_path):
    path = form(folder, tmp_path / "f.xlsx", ["swot"])
    edit(folder, SWOT, swot[0], text="Meanwhile")
    edit(folder, SWOT, swot[1], text="Meanwhile too")
    book = Workbook(path)
    sheet = book["swot/current"]
    sheet.set(sheet.row("Strength 1"), text="On paper")
    sheet.remove(sheet.row("Strength 2"))
    back = book.save(tmp_path / "back.xlsx")
    report = collect(folder, back)
    assert (report.changed, report.deleted) == (1, 1)
    told = [str(n) for n in report.notices]
    assert told[0].startswith("Cells that somebody else has changed since the form was written: 1.")
    assert told[1].startswith("Rows taken away whose notes somebody has changed")
    notes = folder.board(SWOT).everything
    assert {notes[swot[0]].text, *(a.value for a in notes[swot[0]].alternatives)} == {
        "Meanwhile",
        "On paper",
    }
    assert notes[swot[1]].text == "Meanwhile too"
    assert [a.field for a in notes[swot[1]].alternatives] == ["deleted"]
    # Somebody decides; the same file does not bring its wish again.
    heads = list(notes[swot[0]].heads)
    payload = {"note": swot[0], "base": heads, "values": {"text": "Decided"}}
    folder.journal.append([Operation(SWOT, "edit", payload, "local", new_id())])
    before = folder.journal.position()
    assert collect(folder, back).changed == 0
    assert folder.journal.position() == before


def test_a_corrected_new_row_is_told(folder, tmp_path):
    path = form(folder, tmp_path / "f.xlsx", ["swot"])
    for text in ("Fundng ends", "Funding ends"):
        book = Workbook(path)
        sheet = book["swot/current"]
        sheet.set(sheet.spare(**STRENGTHS), text=text)
        report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert {n.text for n in folder.board(SWOT)} == {"Fundng ends", "Funding ends"}
    assert any("S1 “Fundng ends”" in str(n) for n in report.notices)


def test_links_come_back_by_their_numbers(folder, swot, tmp_path):
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["tows"]))
    sheet = book["tows/current"]
    row = sheet.row("Strategy")
    assert row[sheet.column("links")] == "S1"
    sheet.set(row, links="s2; S9")
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    (note,) = folder.board(BoardId("alpha", "tows"))
    assert set(note.links) == set(swot[:2])  # a part was refused: nothing is taken away
    (refused,) = report.refusals
    assert (refused.column, refused.cell) == ("Refers to", "G5")
    assert "S9" in str(refused.message)


def test_links_come_back_by_the_numbers_of_several_canvases(folder, tmp_path):
    law = put(folder, BoardId("alpha", "pestel"), "legal", {"text": "A new law"})
    finding = put(folder, BoardId("alpha", "findings"), "findings", {"text": "Members"})
    board = BoardId("alpha", "swot")
    put(folder, board, "threats", {"text": "Threat"}, topic="business", links=[law])
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["swot"]))
    sheet = book["swot/current"]
    row = sheet.row("Threat")
    assert row[sheet.column("links")] == "LE1"
    sheet.set(row, links="F1")
    assert collect(folder, book.save(tmp_path / "back.xlsx")).refusals == ()
    [threat] = [n for n in folder.board(board) if n.text == "Threat"]
    assert threat.links == (finding,)


def test_links_come_back_by_places_in_a_tree(folder, tmp_path):
    goals, tasks = (BoardId("alpha", canvas) for canvas in ("smart-goals", "tasks"))
    put(folder, goals, "goals", {"text": "Top"})
    put(folder, goals, "goals", {"text": "First", "part-of": "G1"})
    second = put(folder, goals, "goals", {"text": "Second", "part-of": "G1"})
    put(folder, tasks, "tasks", {"text": "Do it"})
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["tasks"]))
    sheet = book["tasks/current"]
    sheet.set(sheet.row("Do it"), links="G1.2, G1.7")
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    (note,) = folder.board(tasks)
    assert note.links == (second,)
    (refused,) = report.refusals
    assert "G1.7" in str(refused.message)


def test_a_bad_cell_is_refused_and_the_rest_of_its_row_taken(folder, tmp_path):
    put(folder, ACTIONS, "actions", {"text": "Act", "effort": 2, "impact": 3}, note="n1")
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["action-plan"]))
    sheet = book["action-plan/current"]
    sheet.set(sheet.row("Act"), effort="much", impact=4, status="Somehow", responsible="Ada")
    sheet.set(sheet.spare(), text="New", effort=9, responsible="Bob")
    sheet.append(responsible="Nobody")
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert (report.taken, report.changed) == (1, 1)
    found = {n.text: dict(n.values) for n in folder.board(ACTIONS)}
    assert found == {
        "Act": {"text": "Act", "effort": 2, "impact": 4, "responsible": "Ada"},
        "New": {"text": "New", "responsible": "Bob"},
    }
    assert [(r.sheet, r.column) for r in report.refusals] == [
        ("Action plan", "Status"),
        ("Action plan", "Effort"),
        ("Action plan", "Effort"),
        ("Action plan", "Action"),
    ]
    assert "“Effort” should be a whole number from 1 to 5, but is “much”." in said(report)
    assert "There is no Status “Somehow”. There are: Not started, In progress, Done." in (
        " ".join(t.split()) for t in said(report)
    )
    assert all(r.file == "back.xlsx" and r.cell for r in report.refusals)


def test_a_place_is_named_as_people_see_it(folder, tmp_path):
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["swot"]))
    sheet = book["swot/current"]
    sheet.append(text="One", topic="business", block="Strenghts")
    sheet.append(text="Two", block="Threats")
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert report.taken == 0
    assert "There is no Block “Strenghts”. Did you mean “Strengths”?" in said(report)
    assert "Nothing is chosen here; choose one of: Business model and internal" in said(report)[1]


def test_dates_are_read_as_people_write_them(folder, tmp_path):
    goals = BoardId("alpha", "smart-goals")
    for name in ("a", "b", "c", "d"):
        put(folder, goals, "goals", {"text": name, "deadline": "2026-01-01"})
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["smart-goals"]))
    sheet = book["smart-goals/current"]
    dates = {"a": "20.11.2026", "b": date(2026, 11, 20), "c": "03/04/2026", "d": "soon"}
    for name, value in dates.items():
        sheet.set(sheet.row(name), deadline=value)
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert {n.text: n.get("deadline") for n in folder.board(goals)} == {
        "a": "2026-11-20", "b": "2026-11-20", "c": "2026-01-01", "d": "2026-01-01",
    }  # fmt: skip
    assert [r.column for r in report.refusals] == ["Deadline"] * 2


def test_a_sheet_that_is_gone_takes_no_notes_away(folder, swot, tmp_path):
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["swot", "tows"]))
    del book.book["SWOT"]
    del book.sheets["swot/current"]
    tows = book["tows/current"]
    tows.set(tows.row("Strategy"), text="Other strategy")
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert (report.changed, report.deleted) == (1, 0)
    assert "The sheet “SWOT” is missing" in said(report)[0]
    assert len(folder.board(SWOT)) == 5


def test_many_deletions_at_once_are_asked_for(folder, swot, tmp_path):
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["swot"]))
    sheet = book["swot/current"]
    for number in range(2, 6):
        sheet.remove(sheet.row(f"Strength {number}"))
    sheet.set(sheet.row("Strength 1"), text="Kept")
    back = book.save(tmp_path / "back.xlsx")
    report = collect(folder, back)
    assert (report.changed, report.deleted) == (1, 0)
    assert "4 of the 5 rows" in said(report)[0]
    assert len(folder.board(SWOT)) == 5
    report = collect(folder, back, deletions=True)
    assert (report.changed, report.deleted, said(report)) == (0, 4, [])
    assert [n.text for n in folder.board(SWOT)] == ["Kept"]
    report = collect(folder, back)
    assert (report.deleted, said(report)) == (0, [])


def test_three_rows_may_always_go(folder, swot, tmp_path):
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["swot"]))
    sheet = book["swot/current"]
    for number in range(3, 6):
        sheet.remove(sheet.row(f"Strength {number}"))
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert (report.deleted, said(report)) == (3, [])


def test_a_note_restored_since_is_not_taken_away_again(folder, swot, tmp_path):
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["swot"]))
    sheet = book["swot/current"]
    sheet.remove(sheet.row("Strength 1"))
    back = book.save(tmp_path / "back.xlsx")
    assert collect(folder, back).deleted == 1
    payload = {"note": swot[0], "base": list(folder.board(SWOT).everything[swot[0]].heads)}
    folder.journal.append([Operation(SWOT, "restore", payload, "local", new_id())])
    assert collect(folder, back).deleted == 0
    assert len(folder.board(SWOT)) == 5


def test_columns_taken_away_or_added_leave_values_alone(folder, tmp_path):
    put(folder, ACTIONS, "actions", {"text": "Act", "responsible": "Ada", "effort": 2})
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["action-plan"]))
    sheet = book["action-plan/current"]
    gone = sheet.column("responsible")
    sheet.rows = [[c for i, c in enumerate(row) if i != gone] for row in sheet.rows]
    for row in sheet.rows:
        row.append("mine" if row in sheet.below else None)
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert (report.changed, report.deleted, said(report)) == (0, 0, [])
    assert any("is not the form’s" in str(n) for n in report.notices)


def test_sheets_of_ones_own_are_told_and_second_copies_refused(folder, swot, tmp_path):
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["swot"]))
    book.book.create_sheet("Mine").append(["a"])
    book.book["Mine"].append(["b"])
    copy = book.book.copy_worksheet(book.book["SWOT"])
    copy.title = "SWOT (2)"
    copy["F5"] = "Changed in the copy"
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert (report.changed, report.taken) == (0, 0)
    told = {r.sheet: str(r.message) for r in report.refusals}
    assert "none of the form’s" in told["Mine"]
    assert "further copy of “SWOT”" in told["SWOT (2)"]
    assert report.notices == ()


def test_a_form_of_a_note_that_this_copy_does_not_know_takes_none_away(new_folder, tmp_path):
    one = new_folder("one")
    two = make(tmp_path / "two")
    two.settings = one.settings
    put(one, SWOT, "strengths", {"text": "Known there"})
    path = form(one, tmp_path / "f.xlsx", ["swot"])
    try:
        report = collect(two, path)
    finally:
        two.close()
    assert "does not know: 1" in said(report)[0]
    assert report.deleted == 0


# -- drops and commands ----------------------------------------------------------------------------


def test_folders_give_their_workbooks(tmp_path):
    (tmp_path / "in" / "deep").mkdir(parents=True)
    for name in ("b.xlsx", "deep/a.XLSX", "~$b.xlsx", "mail.txt", "c.ods"):
        (tmp_path / "in" / name).write_bytes(b"x")
    found = dropped_files([tmp_path / "in", tmp_path / "in" / "b.xlsx"])
    assert [p.name for p in found] == ["b.xlsx", "c.ods", "a.XLSX"]
    with pytest.raises(UsageError, match="There is no file"):
        dropped_files([tmp_path / "gone"])


def test_bad_files_do_not_stop_good_ones(folder, swot, tmp_path):
    book = Workbook(form(folder, tmp_path / "b.xlsx", ["swot"]))
    sheet = book["swot/current"]
    sheet.set(sheet.row("Strength 1"), text="Changed")
    book.save(tmp_path / "b.xlsx")
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")
    (tmp_path / "c.ods").write_bytes(b"no workbook")
    reports = list(collect_forms(folder, dropped_files([tmp_path])))
    found = {r.file: (r.changed, len(r.refusals)) for r in reports}
    assert found["b.xlsx"] == (1, 0)
    assert found["a.xlsx"] == found["c.ods"] == (0, 1)


def test_state_of_other_clusters_is_never_touched(folder, swot, tmp_path):
    board = BoardId("beta", "swot", "current", "business")
    other = put(folder, board, "threats", {"text": "Theirs"})
    before = state(folder, "beta")
    book = Workbook(form(folder, tmp_path / "f.xlsx", ["swot"]))
    sheet = book["swot/current"]
    row = sheet.row("Strength 1")
    row[0] = other  # somebody plays with the hidden column
    sheet.set(row, text="Stolen")
    report = collect(folder, book.save(tmp_path / "back.xlsx"))
    assert state(folder, "beta") == before
    assert {n.text for n in folder.board(SWOT)} == {f"Strength {n}" for n in range(1, 6)}
    assert "comes from another form" in said(report)[0]
    assert "take no notes away: 1" in said(report)[1]


def test_write_form_replaces_whole_files(folder, tmp_path):
    path = tmp_path / "f.xlsx"
    path.write_bytes(b"old")
    write_form(make_form(folder, folder.cluster("alpha"), folder.language(), ["swot"]), path)
    assert zipfile.is_zipfile(path)
