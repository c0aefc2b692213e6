"""The commands: what they do, what they print, and how they end."""

import csv
import json
import shutil
import sqlite3

import openpyxl
import pytest
from click.testing import CliRunner

from clusterlab.cli import main
from clusterlab.session import OpenWorkshop
from clusterlab.workshop import Folder, formats

COMMANDS = ("demo", "new", "import", "export", "forms", "collect", "page", "backup", "check")
COMMANDS += ("groups", "build", "lab")


@pytest.fixture
def call():
    runner = CliRunner()

    def run(*arguments):
        return runner.invoke(main, [str(a) for a in arguments], catch_exceptions=False)

    return run


@pytest.fixture
def closed(small):
    small.close()
    return small.path


def notes(folder, cluster="alpha", canvas="swot"):
    with Folder(folder) as opened:
        return [n.text for n in OpenWorkshop(opened).cluster(cluster).board(canvas).notes]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(call, command):
    done = call(command, "--help")
    assert done.exit_code == 0
    assert f"Example:  clusterlab {command}" in done.output


def test_the_help_lists_exactly_these_commands():
    assert set(main.commands) == set(COMMANDS)


@pytest.mark.parametrize("name", formats())
def test_new_makes_a_workshop_and_says_what_is_next(call, tmp_path, name):
    done = call("new", tmp_path / "w", "--format", name)
    assert done.exit_code == 0
    assert "clusters.csv" in done.output
    with Folder(tmp_path / "w") as folder:
        assert folder.settings.starts


@pytest.mark.parametrize(
    "arguments",
    [
        ["new", "w"],
        ["new", "w", "--format", "competencymap"],
        ["build", "small", "--only", "alhpa"],
        ["build", "small", "--format", "pfd"],
        ["build", "small", "--notebook", "competency"],
        ["import", "small", "x.docx"],
        ["export", "small", "--to", "x.txt"],
        ["check", "small", "--only", "gamma"],
        ["page", "small", "--cluster", "alhpa", "--canvas", "swot", "--to", "x.html"],
        ["page", "small", "--cluster", "alpha", "--canvas", "swto", "--to", "x.html"],
        ["page", "small", "--cluster", "alpha", "--canvas", "swot", "--to", "x.pdf"],
        ["groups", "small", "--rooms", "2"],
        ["groups", "small", "--rooms", "2", "--per-cluster", "2", "--people", "x.docx"],
        ["groups", "small", "--rooms", "5", "--per-cluster", "2"],
        ["groups", "small", "--rooms", "0", "--per-cluster", "2"],
        ["groups", "small", "--per-cluster", "2"],
        ["groups", "small", "--rooms", "2", "--per-cluster", "2", "--to", "x.pdf"],
        ["forms", "small", "--only", "gamma"],
        ["forms", "small", "--canvas", "swto"],
        ["collect", "small"],
        ["collect", "small", "gone.xlsx"],
        ["frobnicate"],
    ],
)
def test_wrong_usage_ends_with_2_and_a_sentence(call, closed, monkeypatch, arguments):
    monkeypatch.chdir(closed.parent)
    (closed.parent / "x.docx").write_bytes(b"x")
    done = call(*arguments)
    assert done.exit_code == 2
    assert "Traceback" not in done.output
    assert done.output.strip()


def test_no_workshop_ends_with_1_and_says_how_to_make_one(call, tmp_path):
    for command in (["build", tmp_path], ["check", tmp_path], ["lab", tmp_path]):
        done = call(*command)
        assert done.exit_code == 1
        assert "clusterlab new" in done.output


def table(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["cluster", "canvas", "topic", "block", "text"])
        writer.writerows(rows)
    return path


def test_500_good_and_20_bad_rows(call, closed):
    good = [("alpha", "swot", "services", "strengths", f"Good note {n}") for n in range(500)]
    bad = [("alpha", "swot", "services", "strenghts", f"Bad note {n}") for n in range(20)]
    file = table(closed.parent / "notes.csv", [*good[:250], *bad, *good[250:]])
    done = call("import", closed, file)
    assert done.exit_code == 1
    assert "500 new" in done.output
    assert "20 refused" in done.output
    refused = [line for line in done.output.splitlines() if "strenghts" in line]
    assert len(refused) == 20
    assert all("row" in line and "block" in line for line in refused)
    assert "strengths" in refused[0]
    with Folder(closed) as folder:
        board = OpenWorkshop(folder).cluster("alpha").board("swot", topic="services")
        gone = board.notes[7]
        board.delete(gone.id)
    again = call("import", closed, file)
    assert "0 new" in again.output
    assert gone.text not in notes(closed)


def test_export_and_import_into_a_new_folder_give_the_same_table(call, closed, tmp_path):
    assert call("export", closed, "--to", tmp_path / "a.csv").exit_code == 0
    shutil.copytree(closed, tmp_path / "new", ignore=shutil.ignore_patterns("workshop.db*"))
    assert call("import", tmp_path / "new", tmp_path / "a.csv").exit_code == 0
    assert call("export", tmp_path / "new", "--to", tmp_path / "b.csv").exit_code == 0
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_two_copies_that_were_apart_end_equal(call, closed, tmp_path):
    shutil.copytree(closed, tmp_path / "copy")
    people = ((closed, "here", "a-0123456789"), (tmp_path / "copy", "there", "a-9876543210"))
    for place, word, actor in people:
        with Folder(place) as folder:
            board = (
                OpenWorkshop(folder, actor=actor).cluster("alpha").board("swot", topic="business")
            )
            board.edit("S1", f"Changed {word} by somebody")
            for n in range(49):
                board.add("opportunities", f"Chance number {n} seen {word}")
    for place, other in ((closed, tmp_path / "copy"), (tmp_path / "copy", closed)):
        done = call("import", place, other / "workshop.db")
        assert done.exit_code == 0, done.output
    for to, place in ((tmp_path / "a.csv", closed), (tmp_path / "b.csv", tmp_path / "copy")):
        call("export", place, "--to", to)
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    shutil.copytree(closed, tmp_path / "new", ignore=shutil.ignore_patterns("workshop.db*"))
    call("import", tmp_path / "new", tmp_path / "a.csv")
    call("export", tmp_path / "new", "--to", tmp_path / "c.csv")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "c.csv").read_bytes()
    with Folder(closed) as folder:
        board = OpenWorkshop(folder).cluster("alpha").board("swot", topic="business").state
        assert board.find("O49b")
        assert len(board.block("opportunities")) == 98
        note = board.find("S1")
        texts = {note.text, *(a.value for a in note.alternatives)}
        assert {"Changed here by somebody", "Changed there by somebody"} <= texts


def test_one_unreadable_file_does_not_stop_the_others(call, closed):
    good = table(
        closed.parent / "good.csv", [("alpha", "swot", "services", "threats", "Fees may rise")]
    )
    bad = closed.parent / "bad.xlsx"
    bad.write_text("not a workbook")
    done = call("import", closed, bad, good)
    assert done.exit_code == 1
    assert "bad.xlsx" in done.output
    assert "Fees may rise" in notes(closed)


def test_reports_are_json_on_request(call, closed):
    file = table(closed.parent / "n.csv", [("alpha", "swot", "services", "x", "Fees may rise")])
    (report,) = json.loads(call("import", closed, file, "--json").stdout)
    assert report["taken"] == 0
    assert report["refusals"][0]["row"] == 2
    findings = json.loads(call("check", closed, "--json").stdout)
    assert {f["id"] for f in findings["alpha"]} >= {"swot-empty", "tows-none"}
    assert all(f["source"] for found in findings.values() for f in found)
    # People read the same, each suggestion on a line of its own.
    lines = call("check", closed).output.splitlines()
    assert all(f"    → {f['suggestion']}" in lines for found in findings.values() for f in found)
    plan = json.loads(call("build", closed, "--dry-run", "--json").stdout)
    todo = ["alpha/en/competency-map", "beta/en/competency-map"]
    assert (plan["fresh"], plan["todo"], plan["seconds"]) == (0, todo, None)
    assert plan["output"] == str(closed / "handouts")
    assert not (closed / "handouts").exists()


def test_check_ends_with_1_only_on_errors(call, closed):
    done = call("check", closed)
    assert done.exit_code == 0
    assert "There are notes on this topic, but no strategy yet." in done.output
    with Folder(closed) as folder:
        tows = OpenWorkshop(folder).cluster("alpha").board("tows", topic="business")
        tows.add("so", "Use what we have")
    done = call("check", closed)
    assert done.exit_code == 1
    assert "SO1 stands under “Strengths × opportunities”, but is linked to" in done.output


def test_groups_are_printed_and_the_same_again(call, closed, tmp_path):
    people = tmp_path / "people.csv"
    lines = [f"Person {n},{'Alpha Cluster' if n < 6 else 'beta'}" for n in range(9)]
    people.write_text("\n".join(["name,cluster", *lines]), encoding="utf-8")
    arguments = ("groups", closed, "--people", people, "--rooms", 3, "--seed", 7)
    done = call(*arguments)
    assert done.exit_code == 0, done.output
    assert done.output == call(*arguments).output
    assert done.output.count("people: 3") == 3
    assert "  Person 8 (Bêta & Söhne e.V.)" in done.output.splitlines()
    assert "Alpha Cluster sends 6 people to 3 rooms, so some of them sit together" in done.output
    assert "Seed 7" in done.output
    report = json.loads(call(*arguments, "--json").stdout)
    assert report["seed"] == 7
    assert report["together"] == [{"cluster": "alpha", "people": 6}]
    assert sorted(g["name"] for room in report["rooms"] for g in room) == [
        f"Person {n}" for n in range(9)
    ]
    people.write_text("name,cluster\nAda,alpha\n,beta\nBen,beta\n", encoding="utf-8")
    done = call("groups", closed, "--people", people, "--rooms", 2)
    assert done.exit_code == 1
    assert "people.csv, row 3, column “name”: The row has no name." in done.output
    assert "Ben" in done.output


def test_names_of_groups_stand_only_where_they_were_asked_for(call, closed, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text("name,cluster\nAda Byron,alpha\nBen,beta\n", encoding="utf-8")
    done = call("groups", closed, "--people", people, "--rooms", 2, "--to", tmp_path / "r.csv")
    assert done.exit_code == 0
    assert "Rooms: 2, people: 2" in done.output
    assert "Ada" not in done.output
    assert "Ada Byron" in (tmp_path / "r.csv").read_text(encoding="utf-8-sig")
    held = b"".join(f.read_bytes() for f in closed.rglob("*") if f.is_file())
    assert b"Ada Byron" not in held


def test_rooms_are_never_written_over_the_list_of_people(call, closed, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text("name,cluster\nAda Byron,alpha\nBen,beta\n", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(people)
    before = people.read_bytes()
    for to in (people, tmp_path / "link.csv", tmp_path / "." / "people.csv"):
        done = call("groups", closed, "--people", people, "--rooms", 2, "--to", to)
        assert done.exit_code == 2
        assert "is the list of people" in done.output
        assert people.read_bytes() == before
    fresh = tmp_path / "rooms.csv"
    for _ in range(2):  # a file of rooms may be written again
        assert (
            call("groups", closed, "--people", people, "--rooms", 2, "--to", fresh).exit_code == 0
        )


def test_groups_without_a_list_are_made_of_the_roster(call, closed):
    done = call("groups", closed, "--per-cluster", 2, "--rooms", 2)
    assert done.exit_code == 0
    assert "Alpha Cluster 1" in done.output
    assert "sends" not in done.output


def test_a_backup_opens_and_holds_everything(call, closed, tmp_path):
    done = call("backup", closed, "--to", tmp_path / "copy.db")
    assert done.exit_code == 0
    connection = sqlite3.connect(tmp_path / "copy.db")
    assert connection.execute("SELECT count(*) FROM operations").fetchone() == (4,)
    connection.close()


def test_a_failed_build_ends_with_1_and_names_cluster_cell_and_reason(call, closed):
    path = closed / "notebooks" / "competency-map.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][1]["source"] = "if cluster == 'alpha':\n    1 / 0"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    done = call("build", closed)
    assert done.exit_code == 1
    assert "Alpha Cluster · competency-map · cell 2: ZeroDivisionError" in done.output
    assert "Index page:" in done.output
    assert "Traceback" not in done.output


def test_a_row_of_the_roster_that_is_refused_is_told_and_ends_with_1(call, closed):
    with (closed / "clusters.csv").open("a", encoding="utf-8") as file:
        file.write("alpha,Twin\n")
    done = call("build", closed, "--only", "beta")
    assert done.exit_code == 1
    assert "clusters.csv, row 4" in done.output


def test_forms_go_out_and_come_back(call, closed):
    done = call("forms", closed)
    assert done.exit_code == 0
    assert f"clusterlab collect {closed}" in done.output
    assert sorted(p.name for p in (closed / "forms").iterdir()) == ["alpha.xlsx", "beta.xlsx"]
    back = closed / "forms" / "alpha.xlsx"
    book = openpyxl.load_workbook(back)
    found = [c for row in book["SWOT"].iter_rows() for c in row if c.value]
    (strength,) = (c for c in found if str(c.value).startswith("People of alpha"))
    strength.value = "People of alpha trust each other"
    book.save(back)
    done = call("collect", closed, closed / "forms")
    assert done.exit_code == 0
    assert "alpha.xlsx: 0 new, 1 changed, 0 deleted, 1 unchanged, 0 refused." in done.output
    assert "People of alpha trust each other" in notes(closed)
    (closed / "forms" / "beta.xlsx").write_bytes(b"broken")
    done = call("collect", closed, closed / "forms", "--json")
    assert done.exit_code == 1
    first, second = json.loads(done.stdout)
    assert (first["file"], first["cluster"], first["changed"]) == ("alpha.xlsx", "alpha", 0)
    assert "damaged" in second["refusals"][0]["message"]


def test_forms_of_one_cluster_and_canvas_go_where_one_says(call, closed, tmp_path):
    done = call("forms", closed, "--only", "beta", "--canvas", "pestel", "--to", tmp_path / "out")
    assert done.exit_code == 0
    (path,) = (tmp_path / "out").iterdir()
    assert openpyxl.load_workbook(path).sheetnames[2:-1] == ["PESTEL"]
    assert call("collect", closed, tmp_path / "out").exit_code == 0


def test_a_refused_cell_is_named(call, closed, tmp_path):
    call("forms", closed, "--only", "alpha", "--to", tmp_path)
    book = openpyxl.load_workbook(tmp_path / "alpha.xlsx")
    book["SWOT"]["E5"] = "Strenghts"
    book.save(tmp_path / "alpha.xlsx")
    done = call("collect", closed, tmp_path)
    assert done.exit_code == 1
    assert "alpha.xlsx, SWOT, cell E5, column “Block”" in done.output
    assert "Did you mean" in done.output
