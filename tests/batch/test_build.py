"""Building: what is built, what is left alone, what a failure costs."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import nbformat
import pytest
from tools import run

from clusterlab.batch.build import build, look
from clusterlab.batch.jobs import Options
from clusterlab.errors import ParameterError, UnknownNameError
from clusterlab.language import load
from clusterlab.session import OpenWorkshop
from clusterlab.shared import shared
from clusterlab.workshop import Folder

WORDS = load("en")
PAUSE = threading.Event()


def files(folder):
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def documents(cluster, notebook="competency-map"):
    return {f"{cluster}/en/{notebook}.{suffix}" for suffix in ("ipynb", "html", "pdf")}


def test_a_build_writes_every_document_and_nothing_else(small):
    report = build(small, Options())
    assert [r.status for _, r in report.results] == ["done", "done"]
    beside = {"index.html", "manifest.json", ".clusterlab-lock"}
    expected = documents("alpha") | documents("beta") | beside
    assert files(report.output) == expected


def test_a_second_build_does_nothing_and_a_change_rebuilds_only_its_cluster(built):
    assert look(built, Options()).todo == ()
    before = (built.path / "handouts" / "beta/en/competency-map.pdf").stat().st_mtime_ns
    OpenWorkshop(built).cluster("alpha").board("swot", topic="business").add(
        "weaknesses", "Nobody answers the telephone"
    )
    assert look(built, Options()).todo == ("alpha/en/competency-map",)
    build(built, Options())
    assert look(built, Options()).todo == ()
    after = (built.path / "handouts" / "beta/en/competency-map.pdf").stat().st_mtime_ns
    assert before == after


def test_a_file_that_went_missing_or_was_cut_is_built_again(built):
    output = built.path / "handouts"
    (output / "alpha/en/competency-map.pdf").unlink()
    (output / "beta/en/competency-map.html").write_text("cut")
    assert len(look(built, Options()).todo) == 2


def test_the_same_input_gives_the_same_bytes(built):
    output = built.path / "handouts"
    first = {name: (output / name).read_bytes() for name in documents("alpha")}
    build(built, Options(force=True))
    for name, data in first.items():
        if name.endswith("ipynb"):
            assert timeless(data) == timeless((output / name).read_bytes())
        else:
            assert data == (output / name).read_bytes(), name


def timeless(data):
    notebook = nbformat.reads(data.decode(), as_version=4)
    notebook.metadata.pop("papermill")
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
    return nbformat.writes(notebook)


def break_for(folder, cluster):
    """Let the notebook fail for one cluster, in a cell of its own, the third."""
    path = folder.path / "notebooks" / "competency-map.ipynb"
    notebook = nbformat.read(path, as_version=4)
    source = f"if cluster == {cluster!r}:\n    raise ValueError('no figures for 2025')"
    notebook.cells.insert(2, nbformat.v4.new_code_cell(source, id="breaks"))
    nbformat.write(notebook, path)


def test_one_failure_stops_no_other_and_says_what_where_and_why(small):
    break_for(small, "alpha")
    report = build(small, Options())
    assert {j.cluster: r.status for j, r in report.results} == {"alpha": "failed", "beta": "done"}
    ((job, result),) = report.failed
    assert (job.cluster, result.cell) == ("alpha", 3)
    assert "no figures for 2025" in WORDS.say(result.error)
    assert documents("beta") <= files(report.output)
    assert "alpha/en/competency-map.ipynb" in files(report.output)
    index = (report.output / "index.html").read_text(encoding="utf-8")
    assert "no figures for 2025" in index
    assert "cell 3" in index
    assert "Alpha Cluster" in index
    assert "Traceback" not in index


def test_an_error_of_a_method_stops_no_document_and_stands_in_it(small):
    strategy = OpenWorkshop(small).cluster("alpha").board("tows", topic="business")
    strategy.add("so", "Use what we have")
    report = build(small, Options(only=("alpha",)))
    assert not report.failed
    page = (report.output / "alpha" / "en" / "competency-map.html").read_text(encoding="utf-8")
    assert "SO1 stands under" in page


def test_a_failed_job_is_tried_again(small):
    break_for(small, "alpha")
    build(small, Options())
    assert look(small, Options()).todo == ("alpha/en/competency-map",)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import os\nos._exit(3)", "died"),
        ("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)", "notebook’s process died"),
        ("while True:\n    pass", "longer than 3 seconds"),
        ("here.board('swott')", "Did you mean “swot”?"),
        (
            "import os, signal\nos.kill(int(os.environ['JPY_PARENT_PID']), signal.SIGKILL)",
            "The process that ran the job",
        ),
    ],
)
def test_a_process_that_dies_or_hangs_is_told_in_plain_words(small, code, words):
    path = small.path / "notebooks" / "competency-map.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(2, nbformat.v4.new_code_cell(code, id="breaks"))
    nbformat.write(notebook, path)
    timeout = 3 if "while" in code else 60
    report = build(small, Options(only=("alpha",), timeout=timeout))
    ((_, result),) = report.results
    assert result.status == "failed"
    assert words in WORDS.say(result.error)


def test_a_dead_worker_costs_only_its_own_job(small):
    path = small.path / "notebooks" / "competency-map.ipynb"
    notebook = nbformat.read(path, as_version=4)
    kill = "os.kill(os.getppid(), signal.SIGKILL); signal.pause()"
    source = f"import os, signal\nif cluster == 'alpha':\n    {kill}"
    notebook.cells.insert(2, nbformat.v4.new_code_cell(source, id="kills"))
    nbformat.write(notebook, path)
    report = build(small, Options(jobs=1))
    assert {j.cluster: r.status for j, r in report.results} == {"alpha": "failed", "beta": "done"}


@pytest.mark.parametrize(
    ("code", "retries", "runs"),
    [
        ("os.kill(os.getppid(), signal.SIGKILL)", 2, 3),
        ("os._exit(3)", 1, 2),
        ("os._exit(3)", 0, 1),
        ("1 / 0", 2, 1),
        ("while True:\n    pass", 2, 1),
    ],
)
def test_only_a_job_whose_process_died_is_tried_again(small, code, retries, runs):
    path = small.path / "notebooks" / "competency-map.ipynb"
    notebook = nbformat.read(path, as_version=4)
    log = small.path / "runs"
    source = f"import os, signal\nwith open({str(log)!r}, 'a') as log:\n    log.write('x')\n{code}"
    notebook.cells.insert(1, nbformat.v4.new_code_cell(source, id="dies"))
    nbformat.write(notebook, path)
    timeout = 2 if "while" in code else 60
    options = Options(only=("alpha",), timeout=timeout, engine="papermill", retries=retries)
    report = build(small, options)
    assert [r.status for _, r in report.results] == ["failed"]
    assert log.read_text() == "x" * runs


def test_a_job_that_may_be_tried_again_is_built_in_the_end(small):
    path = small.path / "notebooks" / "competency-map.ipynb"
    notebook = nbformat.read(path, as_version=4)
    mark = small.path / "died"
    source = (
        "import os, pathlib, signal\n"
        f"mark = pathlib.Path({str(mark)!r})\n"
        "if cluster == 'alpha' and not mark.exists():\n"
        "    mark.touch()\n    os.kill(os.getppid(), signal.SIGKILL)"
    )
    notebook.cells.insert(1, nbformat.v4.new_code_cell(source, id="dies"))
    nbformat.write(notebook, path)
    report = build(small, Options(jobs=1, engine="papermill", retries=1))
    assert mark.exists()
    assert report.failed == []


def test_a_plan_of_a_first_build_cannot_say_how_much_work_there_is(small):
    assert look(small, Options()).work is None


def test_a_plan_says_how_much_work_there_is(built):
    output = built.path / "handouts"
    assert look(built, Options()).work == 0
    file = output / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    for record, seconds in zip(manifest["documents"].values(), (2.0, 6.0), strict=True):
        record["seconds"] = seconds
    file.write_text(json.dumps(manifest), encoding="utf-8")
    assert look(built, Options(force=True)).work == 8  # twice the median
    assert look(built, Options(force=True, only=("beta",))).work == 4
    # A notebook that was never built is expected to take what others took.
    notebooks = built.path / "notebooks"
    (notebooks / "competency-map.ipynb").rename(notebooks / "map.ipynb")
    assert look(built, Options(notebooks=("map",))).work == 8


def test_parameters_are_checked_before_anything_runs(small):
    path = small.path / "notebooks" / "competency-map.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source = 'workshop = "."\nclutser = ""'
    nbformat.write(notebook, path)
    with pytest.raises(ParameterError, match="Did you mean “clutser”"):
        build(small, Options())
    assert not (small.path / "handouts").exists()


def test_unknown_names_are_refused_with_the_nearest(small):
    with pytest.raises(UnknownNameError, match="Did you mean “alpha”"):
        look(small, Options(only=("alhpa",)))
    with pytest.raises(UnknownNameError, match="pdf"):
        look(small, Options(formats=("pfd",)))


def test_a_notebook_sees_its_own_cluster_only(built):
    for path in (built.path / "handouts" / "alpha").rglob("*"):
        if path.is_file():
            assert b"beta" not in path.read_bytes().lower()


def test_no_path_of_this_computer_is_in_what_is_handed_out(built_once):
    for path in (built_once / "handouts" / "alpha").rglob("*"):
        if path.is_file():
            assert str(built_once).encode() not in path.read_bytes()
            assert b"/tmp" not in path.read_bytes()


BUILD = """
import sys
from pathlib import Path
from clusterlab.batch.build import build
from clusterlab.batch.jobs import Options
from clusterlab.language import load
from clusterlab.workshop import Folder

with Folder(Path(sys.argv[1])) as folder:
    build(folder, Options(jobs=1), lambda job, result: print(job.key, flush=True))
"""


def test_a_killed_build_goes_on_where_it_was_and_leaves_no_half_file(small):
    small.close()
    process = subprocess.Popen(
        [sys.executable, "-c", BUILD, str(small.path)], stdout=subprocess.PIPE, text=True
    )
    first = process.stdout.readline().strip()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    output = small.path / "handouts"
    for path in output.rglob("*.pdf"):
        assert path.read_bytes().rstrip().endswith(b"%%EOF")
    for path in output.rglob("*.html"):
        assert path.read_text(encoding="utf-8").rstrip().endswith("</html>")
    with Folder(small.path) as folder:
        todo = look(folder, Options()).todo
        assert first not in todo
        assert len(todo) == 1
        report = build(folder, Options())
        assert [j.key for j, _ in report.results] == list(todo)
    assert {p.name for p in output.rglob(".*")} == {".clusterlab-lock"}


def whole(path):
    """Tell whether a file is complete, or gone again."""
    try:
        data = path.read_bytes().rstrip()
    except FileNotFoundError:
        return True
    match path.suffix:
        case ".pdf":
            return data.startswith(b"%PDF") and data.endswith(b"%%EOF")
        case ".html":
            return data.endswith(b"</html>")
        case _:
            return bool(json.loads(data))


def test_no_half_written_file_is_ever_seen_under_its_name(small):
    """Looks at every file all the time, while builds run and are killed."""
    small.close()
    output = small.path / "handouts"
    seen = 0
    for round_ in range(3):
        for file in output.rglob("*.pdf"):
            file.write_bytes(b"%PDF so that it is built again %%EOF")
        process = subprocess.Popen(
            [sys.executable, "-c", BUILD, str(small.path)], stdout=subprocess.DEVNULL
        )
        while process.poll() is None:
            for name in ("*.pdf", "*.html", "*.json", "*.ipynb"):
                for file in output.rglob(name):
                    assert whole(file), file
                    seen += file.suffix == ".pdf"
            if round_ < 2 and seen > 50 * (round_ + 1):
                process.kill()
        process.wait()
    assert seen > 100
    with Folder(small.path) as folder:
        assert look(folder, Options()).todo == ()


def children(process):
    """Give the processes below one, by their ids."""
    found, todo = set(), {process}
    while todo:
        parent = todo.pop()
        for path in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                below = {int(p) for p in path.read_text().split()}
            except OSError:
                continue
            todo |= below - found
            found |= below
    return found


def alive(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs Linux's /proc")
def test_a_killed_build_leaves_no_process_behind(small):
    path = small.path / "notebooks" / "competency-map.ipynb"
    notebook = nbformat.read(path, as_version=4)
    mark = small.path / "running"
    source = f"import pathlib, time\npathlib.Path({str(mark)!r}).touch()\ntime.sleep(300)"
    notebook.cells.insert(1, nbformat.v4.new_code_cell(source, id="waits"))
    nbformat.write(notebook, path)
    small.close()
    process = subprocess.Popen([sys.executable, "-c", BUILD, str(small.path)])
    wait_for(mark.exists)
    below = children(process.pid)
    assert len(below) >= 2  # the worker and the kernel
    process.send_signal(signal.SIGKILL)
    process.wait()
    wait_for(lambda: not any(alive(p) for p in below))


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        PAUSE.wait(0.01)  # what is waited for needs the processor


def test_the_manifest_says_what_was_made_from_what(built):
    output = built.path / "handouts"
    manifest = json.loads((output / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["workshop"] == built.settings.id
    assert manifest["folders"] == {"alpha": "alpha", "beta": "beta"}
    record = manifest["documents"]["alpha/en/competency-map"]
    assert record["status"] == "done"
    assert set(record["files"]) == {"ipynb", "html", "pdf"}
    assert len(record["identity"]) == 64


def test_a_workshops_own_templates_draw_its_documents(small):
    own = small.path / "templates"
    (own / "html").mkdir(parents=True)
    (own / "typst").mkdir()
    page = shared("templates", "documents", "html", "page.html.j2").read_text(encoding="utf-8")
    change = (
        "{% for part in parts if part.kind == 'output' %}"
        "{{ part.data.update(title='OWN TITLE') or '' }}{% endfor %}"
    )
    (own / "html" / "page.html.j2").write_text(page.replace("</main>", f"{change}OWN PAGE</main>"))
    theme = shared("templates", "documents", "typst", "theme.typ").read_text(encoding="utf-8")
    (own / "typst" / "theme.typ").write_text(theme.replace("it.workshop", '"OWN HEADER"'))
    output = build(small, Options(only=("alpha",))).output / "alpha" / "en"
    assert "OWN PAGE" in (output / "competency-map.html").read_text(encoding="utf-8")
    paper = run("pdftotext", output / "competency-map.pdf", "-")
    assert "OWN HEADER" in paper
    # What one template does to what it is given, the other files do not see.
    executed = (output / "competency-map.ipynb").read_text(encoding="utf-8")
    assert "OWN TITLE" not in paper + executed
    (own / "html" / "page.html.j2").unlink()
    assert look(small, Options(only=("alpha",))).todo


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs Linux's /proc")
def test_what_kernels_say_of_themselves_is_not_the_consoles(small):
    path = small.path / "notebooks" / "competency-map.ipynb"
    notebook = nbformat.read(path, as_version=4)
    mark = small.path / "inherited"
    source = (
        "import os, pathlib\nplaces = [os.readlink(f'/proc/{os.getppid()}/fd/{n}') for n in (1, 2)]"
        f"\npathlib.Path({str(mark)!r}).write_text(' '.join(places))"
    )
    notebook.cells.insert(1, nbformat.v4.new_code_cell(source, id="looks"))
    nbformat.write(notebook, path)
    build(small, Options(only=("alpha",), formats=("html",)))
    assert mark.read_text() == f"{os.devnull} {os.devnull}"


def test_how_workers_take_memory_is_not_for_notebooks(small):
    path = small.path / "notebooks" / "competency-map.ipynb"
    notebook = nbformat.read(path, as_version=4)
    mark = small.path / "inherited"
    source = (
        "import os, pathlib\nwarm = pathlib.Path(f'/proc/{os.getppid()}/environ').read_text()"
        f"\npathlib.Path({str(mark)!r}).write_text(str('GLIBC_TUNABLES' in os.environ or "
        "'GLIBC_TUNABLES' in warm))"
    )
    notebook.cells.insert(1, nbformat.v4.new_code_cell(source, id="looks"))
    nbformat.write(notebook, path)
    build(small, Options(only=("alpha",), formats=("html",)))
    assert mark.read_text() == "False"
