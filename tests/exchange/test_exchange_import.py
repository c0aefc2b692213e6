"""Importing tidy tables."""

import datetime
import json
import shutil
import sqlite3
import time

import openpyxl
import pytest
from exchange_samples import notes, swot

from clusterlab.errors import JournalError, TableError, UsageError
from clusterlab.exchange import import_file, import_notes, notes_frame, notes_table
from clusterlab.journal import Actor
from clusterlab.model import BoardId, Cluster, Operation, derived_id, new_id
from clusterlab.shared import shared
from clusterlab.workshop import Folder, read_roster


def counts(report):
    return report.taken, report.changed, report.unchanged, report.deleted, len(report.refusals)


def do(folder, kind, note, actor="a-0123456789", **payload):
    """Do something to a note as a person does on the canvas."""
    board = BoardId("alpha", "swot", "current", note.topic)
    payload = {"note": note.id, "base": list(note.heads), **payload}
    folder.journal.append([Operation(board, kind, payload, actor, new_id())])


BAD = [
    (swot("x", cluster="alfa"), "cluster", "“alpha”"),
    (swot("x", cluster=""), "cluster", "is empty"),
    (swot("x", canvas="swott"), "canvas", "“swot”"),
    (swot("x", canvas="", block="activities"), "canvas", "business-model-cluster"),
    (swot("x", version="tomorrow"), "version", "There is no version “tomorrow”"),
    (swot("x", topic=""), "topic", "business, services, environment"),
    (swot("x", topic="busines"), "topic", "“business”"),
    (swot("x", block="strenghts"), "block", "“strengths”"),
    (swot("x", block=""), "block", "strengths, weaknesses"),
    (swot(""), "text", "empty"),
    (swot(" \n "), "text", "empty"),
    (swot("x" * 5001), "text", "5001 characters"),
    (swot("x", source="y" * 5001), "source", "5001 characters"),
    (swot("x", impact="3"), "impact", "no field “impact”"),
    (swot("x", order="first"), "order", "a number"),
    ({**swot("x"), "canvas": "pestel", "topic": "", "block": "legal", "impact": "6"},
     "impact", "a whole number from 1 to 5, but is “6”"),
    ({**swot("x"), "canvas": "pestel", "topic": "", "block": "legal", "impact": "2.5"},
     "impact", "a whole number"),
    ({**swot("x"), "canvas": "pestel", "topic": "", "block": "legal", "effect": "good"},
     "effect", "opportunity, threat"),
    ({**swot("x"), "canvas": "smart-goals", "topic": "", "block": "", "deadline": "31.12.2026"},
     "deadline", "a date such as 2026-11-20"),
    ({**swot("x"), "canvas": "smart-goals", "topic": "", "block": "", "target": "1,250"},
     "target", "a number such as 12.5"),
]  # fmt: skip


def test_500_good_and_20_bad_rows(folder, table):
    blocks = ("strengths", "weaknesses", "opportunities", "threats")
    rows = [swot(f"Good {n}", block=blocks[n % 4]) for n in range(500)]
    for n, (row, _, _) in enumerate(BAD):
        rows.insert(n * 25, row)
    assert len(BAD) == 20
    path = table(*rows)
    report = import_notes(folder, path)
    assert counts(report) == (500, 0, 0, 0, 20)
    for n, (refusal, (_, column, reason)) in enumerate(zip(report.refusals, BAD, strict=True)):
        assert (refusal.file, refusal.sheet) == ("table.csv", "")
        assert (refusal.row, refusal.column) == (n * 25 + 2, column)
        assert reason in str(refusal.message)

    again = import_notes(folder, path)
    assert counts(again) == (0, 0, 500, 0, 20)
    position = folder.journal.position()

    do(folder, "delete", notes(folder)["Good 7"])
    report = import_notes(folder, path)
    assert counts(report) == (0, 0, 499, 1, 20)
    assert "Good 7" not in notes(folder)
    assert folder.journal.position() == position + 1
    assert any("stay deleted: 1" in str(n) for n in report.notices)


def test_sheet_and_row_are_named_in_workbooks(folder, tmp_path):
    made = openpyxl.Workbook()
    made.active.title = "Read me"
    made.active.append(["Hello"])
    for name, state in (("One", "visible"), ("Two", "hidden")):
        sheet = made.create_sheet(name)
        sheet.sheet_state = state
        sheet.append(["Text", "BLOCK", "Topic", "Canvas", "Cluster", "Remarks"])
        sheet.append([f"From {name}", "Strengths", "business", "SWOT", "ALPHA", "x"])
        sheet.append(["=1+1", "strengths", "business", "swot", "alpha"])
    made.save(tmp_path / "a.xlsx")
    report = import_notes(folder, tmp_path / "a.xlsx")
    assert [(r.sheet, r.row, r.column) for r in report.refusals] == [
        ("One", 3, "Text"),
        ("Two", 3, "Text"),
    ]
    assert "formula" in str(report.refusals[0].message)
    assert set(notes(folder)) == {"From One", "From Two"}
    said = [str(n) for n in report.notices]
    assert any("Read me: there is no column “text”" in n for n in said)
    assert sum("“Remarks” is not known" in n for n in said) == 2


def test_order_of_rows_and_columns_does_not_matter_without_ids(folder, table):
    rows = [
        swot("One", tags="a"),
        swot("Two"),
        swot("Two"),
        swot("Three", links="k4"),
        swot("Four", id="k4"),
    ]
    import_notes(folder, table(*rows))
    before = folder.journal.position()
    turned = [dict(reversed(row.items())) for row in reversed(rows)]
    report = import_notes(folder, table(*turned, name="turned.csv"))
    assert report.taken == report.changed == 0
    assert folder.journal.position() == before
    assert len(folder.board(BoardId("alpha", "swot"))) == 5


def test_labels_serve_as_well_as_ids_and_what_is_clear_may_be_left_out(new_folder, table):
    folder = new_folder("one", [Cluster("only", "Only")])
    row = {"topic": "Business Model and internal management", "block": "STRENGTHS", "text": "x"}
    goal = {"canvas": "smart goals", "block": "", "text": "Goal", "time_bound": "By May"}
    later = {"canvas": "business-model-cluster", "version": "In five years", "block": "Channels"}
    report = import_notes(folder, table(row, goal, {**later, "text": "Later"}))
    assert counts(report) == (3, 0, 0, 0, 0)
    note = notes(folder, cluster="only")["x"]
    assert (note.topic, note.block, note.spoken) == ("business", "strengths", "S1")
    assert notes(folder, "smart-goals", "only")["Goal"].get("time-bound") == "By May"
    assert "Later" in notes(folder, "business-model-cluster", "only", "in-five-years")


def test_a_header_that_is_not_known_is_named_with_the_nearest(folder, table):
    report = import_notes(folder, table(swot("x", autor="me", zzz="")))
    said = [str(n) for n in report.notices]
    assert "“autor” is not known and was left out. Did you mean “author”?" in said[0]
    assert report.taken == 1
    with pytest.raises(TableError, match="no column “text”"):
        import_notes(folder, table({"texte": "x"}, name="b.csv"))


def test_labels_of_fields_serve_as_headers(folder, table):
    row = {"cluster": "alpha", "canvas": "action-plan", "text": "x", "Expected  Outcome": "y"}
    assert import_notes(folder, table(row)).notices == ()
    assert notes(folder, "action-plan")["x"].get("outcome") == "y"


def test_two_copies_that_take_the_same_table_have_it_once(folder, table, tmp_path):
    shutil.copytree(folder.path, tmp_path / "apart", ignore=shutil.ignore_patterns("workshop.db*"))
    path = table(swot("One"), swot("Two", id="k"), swot("Three", links="k"))
    import_notes(folder, path)
    with Folder(tmp_path / "apart") as apart:
        import_notes(apart, path)
        assert import_file(apart, folder.journal.path).taken == 0
        assert notes_table(apart) == notes_table(folder)


def test_with_ids_a_table_changes_notes(folder, table):
    ids = {"id": "k1"}
    import_notes(folder, table(swot("Old", tags="a, b", group="HR", **ids), swot("O", id="k2")))
    note = notes(folder)["Old"]
    assert note.id == derived_id("note", folder.settings.id, "alpha", "k1")

    path = table(swot("New", tags="a, b", group="", block="weaknesses", **ids), swot("O", id="k2"))
    assert counts(import_notes(folder, path)) == (0, 1, 1, 0, 0)
    note = notes(folder)["New"]
    assert (note.block, note.spoken, note.tags) == ("weaknesses", "S1", ("a", "b"))
    assert note.get("group") is None
    edit = next(o for o in folder.journal.history(note.id) if o.kind == "edit")
    assert edit.payload["values"] == {"text": "New", "group": None}
    assert counts(import_notes(folder, path)) == (0, 0, 2, 0, 0)

    # A column that is not there changes nothing; what a table said, a table may say again.
    assert counts(import_notes(folder, table(swot("Old", block="weaknesses", **ids)))) == (
        0, 1, 0, 0, 0,
    )  # fmt: skip
    assert notes(folder)["Old"].tags == ("a", "b")


def test_what_people_changed_since_is_not_put_back(folder, table):
    path = table(swot("Table", group="HR", id="k1", links=""), swot("Other", id="k2"))
    import_notes(folder, path)
    do(folder, "edit", notes(folder)["Table"], values={"text": "Person"})
    do(folder, "link", notes(folder)["Person"], target=notes(folder)["Other"].id)
    note = notes(folder)["Person"]
    do(folder, "move", note, topic="services", block="threats")
    position = folder.journal.position()
    report = import_notes(folder, path)
    assert counts(report) == (0, 0, 2, 0, 0)
    assert any("older value" in str(n) and str(n).count("3") for n in report.notices)
    assert folder.journal.position() == position

    fresh = table(swot("Fresh", group="Finance", id="k1", topic="services", block="threats"))
    assert counts(import_notes(folder, fresh)) == (0, 1, 0, 0, 0)
    assert notes(folder)["Fresh"].alternatives == ()


def test_deleted_notes_with_ids_stay_deleted(folder, table):
    path = table(swot("One", id="k1"), swot("Two", id=new_id()))
    import_notes(folder, path)
    for note in notes(folder).values():
        do(folder, "delete", note)
    changed = table(swot("Changed", id="k1"), name="changed.csv")
    assert counts(import_notes(folder, changed)) == (0, 0, 0, 1, 0)
    assert counts(import_notes(folder, path)) == (0, 0, 0, 2, 0)
    assert notes(folder) == {}


def test_what_was_purged_stays_purged(folder, table):
    path = table(
        swot("Secret", author="Ada Lovelace", id="k1"), swot("Mine", author="Ada Lovelace")
    )
    import_notes(folder, path)
    (actor,) = folder.journal.actors()
    folder.journal.purge(actor.id)
    assert counts(import_notes(folder, path)) == (0, 0, 0, 2, 0)
    assert notes(folder) == {}
    assert folder.journal.actors() == []
    later = table(swot("More", author="Ada Lovelace"), name="later.csv")
    assert counts(import_notes(folder, later)) == (1, 0, 0, 0, 0)
    assert folder.journal.actors() == []
    assert b"Ada" not in folder.journal.path.read_bytes()


def test_ids_that_clash(folder, table):
    other = {"canvas": "tows", "block": "so"}
    path = table(swot("One", id="k"), swot("Two", id="k"), swot("Three", cluster="beta", id="k"))
    report = import_notes(folder, path)
    assert counts(report) == (2, 0, 0, 0, 1)
    assert "came before, in row 2" in str(report.refusals[0].message)
    report = import_notes(folder, table(swot("Four", **other, id="k")))
    assert "another canvas (alpha/swot/current)" in str(report.refusals[0].message)
    identity = notes(folder, cluster="beta")["Three"].id
    (refusal,) = import_notes(folder, table(swot("Five", id=identity))).refusals
    assert "another cluster" in str(refusal.message)
    assert "beta" not in str(refusal.message)


def test_links_by_id_key_and_spoken_id_in_any_order(folder, table):
    given = new_id()
    tows = {"canvas": "tows", "block": "so", "topic": "business"}
    path = table(
        swot("Strategy", **tows, id="t1", links=f"s1, {given.upper()};O3 nowhere bad"),
        swot("One", id="s1"),
        swot("Two", id=given),
        swot("Three", block="opportunities", spoken="O3"),
        swot("Bad", block="none", id="bad"),
    )
    report = import_notes(folder, path)
    assert report.taken == 4
    swots = notes(folder)
    strategy = notes(folder, "tows")["Strategy"]
    assert strategy.links == tuple(swots[t].id for t in ("One", "Two", "Three"))
    said = {(r.row, r.column): str(r.message) for r in report.refusals if r.column == "links"}
    assert len([r for r in report.refusals if r.column == "links"]) == 2
    assert "row 6, which was refused" in said[2, "links"] or "nowhere" in said[2, "links"]

    # One link goes, one comes; keys of an earlier file are known.
    later = table(swot("Strategy", **tows, id="t1", links="s1 o3"))
    assert counts(import_notes(folder, later)) == (0, 1, 0, 0, 0)
    assert notes(folder, "tows")["Strategy"].links == (swots["One"].id, swots["Three"].id)
    assert counts(import_notes(folder, later)) == (0, 0, 1, 0, 0)


def test_links_by_spoken_id_of_each_canvas_that_may_be_meant(folder, table):
    pestel = {"cluster": "alpha", "canvas": "pestel", "block": "legal", "text": "A new law"}
    finding = {"cluster": "alpha", "canvas": "findings", "block": "findings", "text": "Members"}
    row = swot("Threat", block="threats", links="LE1 f1")
    report = import_notes(folder, table(row, {**pestel, "spoken": "LE1"}, finding))
    assert len(report.refusals) == 1  # F1 is there only now
    assert import_notes(folder, table(row, pestel, finding, name="again.csv")).refusals == ()
    targets = {
        notes(folder, c)[t].id for c, t in (("pestel", "A new law"), ("findings", "Members"))
    }
    assert set(notes(folder)["Threat"].links) == targets


def test_links_by_the_place_in_a_tree(folder, table):
    goal = {"cluster": "alpha", "canvas": "smart-goals", "block": "goals"}
    import_notes(
        folder,
        table(
            {**goal, "text": "Top"},
            {**goal, "text": "First", "part-of": "G1"},
            {**goal, "text": "Second", "part-of": "G1"},
        ),
    )
    row = {"cluster": "alpha", "canvas": "tasks", "block": "tasks", "text": "Do it"}
    report = import_notes(folder, table({**row, "links": "g1.2 G1.3"}, name="tasks.csv"))
    assert notes(folder, "tasks")["Do it"].links == (notes(folder, "smart-goals")["Second"].id,)
    [refused] = report.refusals
    assert "G1.3" in str(refused.message)


def test_a_link_that_led_nowhere_is_made_when_it_can_be(folder, table):
    tows = {"canvas": "tows", "block": "so", "topic": "business"}
    row = swot("Strategy", **tows, links="s1")
    assert len(import_notes(folder, table(row)).refusals) == 1
    assert counts(import_notes(folder, table(row, swot("One", id="s1")))) == (1, 1, 0, 0, 0)
    target = notes(folder)["One"].id
    assert notes(folder, "tows")["Strategy"].links == (target,)
    note = notes(folder, "tows")["Strategy"]
    board = BoardId("alpha", "tows", "current", "business")
    payload = {"note": note.id, "base": list(note.heads), "target": target}
    folder.journal.append([Operation(board, "unlink", payload, "a-0123456789", new_id())])
    assert counts(import_notes(folder, table(row, swot("One", id="s1")))) == (0, 0, 2, 0, 0)
    assert notes(folder, "tows")["Strategy"].links == ()


def test_links_do_not_reach_other_clusters(folder, table):
    import_notes(folder, table(swot("Theirs", cluster="beta", id="b1")))
    theirs = notes(folder, cluster="beta")["Theirs"].id
    report = import_notes(folder, table(swot("Ours", links=f"{theirs} b1")))
    assert (report.taken, len(report.refusals)) == (1, 2)


def test_names_stand_in_no_operation_and_no_default_export(folder, table, tmp_path):
    path = table(
        swot("One", author="Ada Lovelace"),
        swot("Two", author="ADA  LOVELACE"),
        swot("Three", author="a-0123456789"),
        swot("Four"),
    )
    import_notes(folder, path, actor="sample")
    operations = json.dumps([(dict(o.payload), o.actor, o.id) for o in folder.journal.read()])
    assert "lovelace" not in operations.casefold()
    authors = {n.text: n.author for n in folder.board(BoardId("alpha", "swot"))}
    assert authors["One"] == authors["Two"]
    assert authors["One"].startswith("a-")
    assert (authors["Three"], authors["Four"]) == ("a-0123456789", "sample")
    assert folder.journal.actors() == [Actor(authors["One"], "Ada Lovelace")]
    plain, named = notes_table(folder), notes_table(folder, with_names=True)
    assert "lovelace" not in repr(plain).casefold()
    assert repr(named).count("Ada Lovelace") == 2
    assert "lovelace" not in notes_frame(folder).to_csv().casefold()


def test_no_table_says_who_cast_a_ballot(folder, table):
    ballot = {"cluster": "alpha", "canvas": "vote", "block": "ballots", "text": "fox-7"}
    idea = {"cluster": "alpha", "canvas": "ideas", "block": "ideas", "text": "A stand"}
    people = {"author": "Ada Lovelace"}
    import_notes(folder, table({**idea, **people, "dots": ""}, {**ballot, **people, "dots": "ID1"}))
    header, rows = notes_table(folder, with_names=True, with_hidden=True)
    authors = {row[header.index("text")]: row[header.index("author")] for row in rows}
    assert authors == {"A stand": "Ada Lovelace", "fox-7": ""}


def test_spoken_ids_are_kept_and_never_given_twice(folder, table):
    import_notes(folder, table(swot("There")))
    rows = [swot("A"), swot("B", spoken="s7"), swot("C", spoken="S1"), swot("D", spoken="S3")]
    report = import_notes(folder, table(*rows))
    spoken = {n.text: n.spoken for n in folder.board(BoardId("alpha", "swot"))}
    assert spoken == {"There": "S1", "A": "S8", "B": "S7", "C": "S9", "D": "S3"}
    assert any("another spoken id" in str(n) and "1" in str(n) for n in report.notices)


def test_rows_come_in_their_order(folder, table):
    rows = [swot("last"), swot("c", order="3"), swot("a", order="1"), swot("b", order="1.5")]
    import_notes(folder, table(*rows))
    board = folder.board(BoardId("alpha", "swot"))
    assert [n.text for n in board.block("strengths")] == ["a", "b", "c", "last"]


def test_control_characters_are_dropped_and_said(folder, table):
    path = table(
        swot("a\x07b"), swot("c\u202ed"), swot("tab\there "), swot("e\u0301"), swot("x\0y")
    )
    report = import_notes(folder, path)
    assert set(notes(folder)) == {"ab", "cd", "tab here", "\u00e9", "xy"}
    assert any("were dropped: 3" in str(n) for n in report.notices)


def test_values_are_read_as_people_type_them(folder, table):
    row = {"cluster": "alpha", "canvas": "pestel", "block": "legal", "text": "x"}
    path = table(
        {**row, "effect": "THREAT", "horizon": "Within a year", "impact": "3.0"},
        {**row, "canvas": "smart-goals", "block": "goals", "text": "y", "target": "1 250,5",
         "baseline": "-3", "deadline": "2026-12-31"},
    )  # fmt: skip
    assert import_notes(folder, path).refusals == ()
    assert dict(notes(folder, "pestel")["x"].values) == {
        "text": "x", "effect": "threat", "horizon": "short", "impact": 3,
    }  # fmt: skip
    goal = notes(folder, "smart-goals")["y"]
    assert (goal.get("target"), goal.get("baseline")) == (1250.5, -3)
    assert goal.get("deadline") == "2026-12-31"


def test_real_dates_of_workbooks(folder, tmp_path):
    made = openpyxl.Workbook()
    made.active.append(["cluster", "canvas", "text", "deadline"])
    made.active.append(["alpha", "smart-goals", "x", datetime.date(2026, 12, 31)])
    made.save(tmp_path / "a.xlsx")
    assert import_notes(folder, tmp_path / "a.xlsx").refusals == ()
    assert notes(folder, "smart-goals")["x"].get("deadline") == "2026-12-31"


def test_a_row_with_too_many_cells_is_refused(folder, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("cluster,canvas,block,text\nalpha,pestel,legal,one, two\n", encoding="utf-8")
    (refusal,) = import_notes(folder, path).refusals
    assert refusal.row == 2
    assert "5 cells" in str(refusal.message)


@pytest.mark.parametrize(
    ("cluster", "count"),
    [("rai-automotive-nl", 35), ("mobinov", 42), ("e-mobility-regensburg", 53), ("moveo", 63)],
)
def test_the_sample_tables_are_taken_whole(new_folder, cluster, count):
    clusters, _ = read_roster(shared("data", "clusters.csv"))
    folder = new_folder("sample", clusters)
    path = shared("data", "competency-maps", f"{cluster}.csv")
    report = import_notes(folder, path, time="2026-11-20T09:00:00.000Z")
    assert report.refusals == ()
    assert report.notices == ()
    boards = folder.boards(cluster)
    assert len(boards[BoardId(cluster, "swot")]) == count
    known = {n.id for b in boards.values() for n in b}
    links = [t for n in boards[BoardId(cluster, "tows")] for t in n.links]
    assert links
    assert set(links) <= known
    assert counts(import_notes(folder, path))[:2] == (0, 0)


def test_a_journal_is_united(folder, table, tmp_path):
    copy = tmp_path / "copy.db"
    folder.journal.backup(copy)
    import_notes(folder, table(swot("One")))
    other = tmp_path / "other.db"
    folder.journal.backup(other)
    assert counts(import_file(folder, copy)) == (0, 0, 0, 0, 0)
    shutil.copytree(folder.path, tmp_path / "apart", ignore=shutil.ignore_patterns("workshop.db*"))
    shutil.copy(copy, tmp_path / "apart" / "workshop.db")
    with Folder(tmp_path / "apart") as apart:
        assert import_file(apart, other).taken == 1
        assert set(notes(apart)) == {"One"}
    sqlite3.connect(tmp_path / "no.db").close()
    with pytest.raises(JournalError):
        import_file(folder, tmp_path / "none.db")


def test_other_files_are_refused(folder, tmp_path):
    with pytest.raises(UsageError, match=r"\.csv, \.tsv, \.xlsx, \.xlsm, \.db"):
        import_file(folder, tmp_path / "a.pdf")
    (tmp_path / "a.xls").write_bytes(b"x")
    with pytest.raises(TableError, match=r"save it as \.xlsx"):
        import_file(folder, tmp_path / "a.xls")


def test_ten_thousand_rows_take_seconds(folder, table):
    blocks = ("strengths", "weaknesses", "opportunities", "threats")
    rows = [swot(f"Note {n}", block=blocks[n % 4], tags="a, b") for n in range(10_000)]
    path = table(*rows)
    begun = time.perf_counter()
    assert import_notes(folder, path).taken == 10_000
    assert time.perf_counter() - begun < 20  # about 2 s alone on a machine of 2026


def test_other_names_of_a_canvas_and_its_blocks_are_known(folder, table):
    said = [("STEEPLE", "Ecological", "Summers get hotter"), ("pestle", "economy", "Rates rise")]
    rows = [{"cluster": "alpha", "canvas": c, "block": b, "text": t} for c, b, t in said]
    assert not import_notes(folder, table(*rows)).refusals
    board = folder.board(BoardId("alpha", "pestel"))
    assert {n.text: n.block for n in board} == {
        "Summers get hotter": "environmental",
        "Rates rise": "economic",
    }
