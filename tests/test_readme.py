"""The README is true: its commands run, its pictures are there, its Python works."""

import re
import shlex
from pathlib import Path

import openpyxl
import pytest

import clusterlab
from clusterlab.cli import main
from clusterlab.model import Cluster
from clusterlab.outputs.results import RESULTS
from clusterlab.workshop import Folder, create, load_kinds, write_roster

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands():
    """Give every command of the README once, in its order."""
    fenced = re.findall(r"^(?:.*&& )?(clusterlab .*)$", README, re.MULTILINE)
    inline = re.findall(r"`(clusterlab [^`]*)`", README)
    return list(dict.fromkeys(fenced + inline))


def test_the_readme_names_every_command():
    named = {shlex.split(c)[1] for c in commands()}
    assert named == set(main.commands)


@pytest.fixture(scope="module")
def place(tmp_path_factory, clusterlab_command):
    """A folder in which the README's example workshop is and a table and a copy to import."""
    place = tmp_path_factory.mktemp("readme")
    create(place / "my-workshop", "competency-map", clusters=[Cluster("moveo", "Mov'eo")]).close()
    (place / "notes.csv").write_text(
        "canvas,topic,block,text\nswot,services,strengths,Known for fast answers\n"
    )
    rows = [
        ("ID", "Task Name", "Duration", "Predecessors"),
        (1, "A", "5 days", ""),
        (2, "B", "2w", 1),
    ]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(place / "tasks.xlsx")
    book = openpyxl.Workbook()
    for row in (("Activity", "Board", "Office"), ("Ask members", "A", "R"), ("Print", "I", "R/A")):
        book.active.append(row)
    book.save(place / "raci.xlsx")
    done = clusterlab_command("import", "my-workshop", "notes.csv", cwd=place)
    assert done.returncode == 0, done.stderr
    for more in (("export", "--to", "notes.xlsx"), ("forms", "--to", "returned")):
        done = clusterlab_command(more[0], "my-workshop", *more[1:], cwd=place)
        assert done.returncode == 0, done.stderr
    return place


LONG = ("demo", "lab")  # the sample and JupyterLab have tests of their own


@pytest.mark.parametrize(
    "command", [c for c in commands() if shlex.split(c)[1] not in LONG], ids=str
)
def test_every_command_runs(place, clusterlab_command, command):
    arguments = shlex.split(command)[1:]
    if arguments[0] == "new":
        arguments[1] = f"made-{abs(hash(command))}"
    if arguments == ["backup"] or len(arguments) == 1:
        arguments.append("--help")
    done = clusterlab_command(*arguments, cwd=place)
    assert done.returncode == 0, done.stderr


def test_the_options_of_a_build_exist():
    options = {o for p in main.commands["build"].params for o in p.opts}
    text = README[README.index("## For trainers") : README.index("**Your own canvas**")]
    assert {o.split()[0] for o in re.findall(r"`(--[^`]+)`", text)} <= options


def test_the_python_runs(place, monkeypatch, capsys):
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    monkeypatch.chdir(place)
    found = {}
    for block in blocks:
        exec(block, found)
    names = re.findall(r"`([A-Z]\w+)`", README)
    assert {"SmartGoals", "PriorityMatrix"} <= set(names)
    assert all(hasattr(clusterlab, name) for name in names)
    board, workshop = found["board"], found["workshop"]
    assert board.notes[-1].text == "Known for fast answers to members"
    for line in re.findall(r"`(board\.[^`]+)`", README):
        exec(line.replace("S3", board.notes[-1].spoken if board.notes else "S2"), found)
    workshop.source.close()


def test_ci_runs_exactly_the_test_command():
    (command,) = re.findall(r"^python -m pip .*pytest$", README, re.MULTILINE)
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_the_pictures_are_there():
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert len(pictures) >= 2
    for picture in pictures:
        assert (ROOT / picture).read_bytes().startswith((b"\x89PNG", b"<svg "))
    links = re.findall(r"(?<!!)\[[^\]]+\]\(([^)#]+)\)", README)
    assert all((ROOT / link).exists() for link in links)


def test_the_count_of_sample_clusters_is_true(tmp_path):
    from clusterlab.shared import shared
    from clusterlab.workshop import read_roster

    clusters, refusals = read_roster(shared("data", "clusters.csv"))
    assert refusals == []
    assert len(clusters) == 15
    assert "fifteen real cluster organisations" in README
    write_roster(clusters, tmp_path / "clusters.csv")
    assert len(read_roster(tmp_path / "clusters.csv")[0]) == 15


def test_the_readme_workshop_is_a_workshop(place):
    with Folder(place / "my-workshop") as folder:
        assert [c.id for c in folder.clusters] == ["moveo"]


def test_the_readme_names_every_canvas_with_a_method_and_every_result():
    rows = re.findall(r"^\| (`[a-z`, -]+`) \|([^|]*)\|[^|]*\|$", README, re.MULTILINE)
    named = {}
    for canvases, results in rows:
        each = [re.findall(r"`([a-z0-9-]+)`", part) for part in results.split(";")]
        ids = re.findall(r"`([a-z-]+)`", canvases)
        named |= dict(zip(ids, each if len(each) == len(ids) else each * len(ids), strict=True))
    kinds = {k.id: k.method for k in load_kinds().values() if k.method}
    assert {k: set(v) for k, v in named.items()} == {
        k: set(RESULTS.get(method, {})) for k, method in kinds.items()
    }
