"""Building, told at the console: the plan, the pace, where things are."""

import json
import shlex

import pytest
from click.testing import CliRunner

from clusterlab.batch.build import build, workers
from clusterlab.batch.jobs import Options
from clusterlab.cli import main
from clusterlab.cli.console import Pace, duration, progress


@pytest.fixture
def call():
    runner = CliRunner()

    def run(*arguments):
        return runner.invoke(main, [str(a) for a in arguments], catch_exceptions=False)

    return run


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (45.4, "0:45"), (125, "2:05"), (3723, "1:02:03")]
)
def test_a_length_of_time_is_written_as_a_clock_does(seconds, text):
    assert duration(seconds) == text


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_the_pace_tells_rate_and_time_left():
    clock = Clock()
    pace = Pace(1000, clock)
    texts = []
    for _ in range(450):
        clock.now += 1 / 12.3
        texts.append(pace.step())
    assert texts[-1] == "12.3 per second, 0:45 left"


def test_a_slow_pace_is_told_by_the_minute_and_follows_a_change():
    clock = Clock()
    pace = Pace(400, clock)
    for _ in range(200):
        clock.now += 0.1
        pace.step()
    for _ in range(120):
        clock.now += 4
        text = pace.step()
    assert text == "15.0 per minute, 5:20 left"


def test_plain_lines_of_progress_are_few(capsys):
    clock = Clock()
    with progress("Building", 10_000, clock) as step:
        for n in range(10_000):
            clock.now += 0.1
            step(f"cluster {n}")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Building"
    assert lines[1] == "1/10000 cluster 0 · 10.0 per second, 16:40 left"
    assert lines[-1].startswith("10000/10000 ")
    assert 100 <= len(lines) <= 120


def test_few_pieces_have_a_line_each(capsys):
    with progress("Building", 10, Clock()) as step:
        for n in range(10):
            step(f"cluster {n}")
    assert len(capsys.readouterr().out.splitlines()) == 11


def test_a_plan_names_jobs_time_and_place(call, small):
    build(small, Options(only=("alpha",)))
    output = small.path / "handouts"
    file = output / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    manifest["documents"]["alpha/en/competency-map"]["seconds"] = 50.0
    file.write_text(json.dumps(manifest), encoding="utf-8")
    small.close()
    before = {p: p.stat().st_mtime_ns for p in output.rglob("*")}
    lines = call("build", small.path, "--dry-run").output.splitlines()
    assert lines == [
        "beta/en/competency-map",
        "1 to build, 1 up to date.",
        "Expected time: 0:50, 1 at a time.",
        f"They would be written to “{output}”.",
    ]
    plan = json.loads(
        call("build", small.path, "--dry-run", "--json", "--force", "--jobs", 2).stdout
    )
    assert (plan["workers"], plan["seconds"], plan["fresh"]) == (2, 50.0, 0)
    assert (
        json.loads(call("build", small.path, "--dry-run", "--json", "--force", "--jobs", 1).stdout)[
            "seconds"
        ]
        == 100
    )
    assert {p: p.stat().st_mtime_ns for p in output.rglob("*")} == before


def test_a_first_plan_does_not_know_the_time(call, small):
    small.close()
    lines = call("build", small.path, "--dry-run", "--jobs", 1).output.splitlines()
    assert "Expected time: unknown, 1 at a time." in lines


def test_no_more_run_at_a_time_than_there_is_to_do():
    assert workers(Options(jobs=8), 3) == 3
    assert workers(Options(jobs=2), 3) == 2
    assert workers(Options(), 1) == 1


def test_a_build_to_an_address_says_where_its_index_page_is(call, small):
    small.close()
    done = call("build", small.path, "--output", "memory://hall/x", "--format", "html")
    assert done.exit_code == 0
    assert done.output.splitlines()[-1] == "Index page: memory://hall/x/index.html"
    plan = call("build", small.path, "--output", "memory://hall/x", "--dry-run", "--json")
    assert json.loads(plan.stdout)["output"] == "memory://hall/x"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ("--output sss://x", 2, "Protocol not known"),
        ("--scheduler nonsense://x", 1, "cannot be reached"),
        ("--scheduler nonsense://x --dry-run", 1, "cannot be reached"),
        ("--retries -1", 2, "--retries"),
    ],
)
def test_wrong_places_end_with_a_sentence(call, small, arguments, code, words):
    small.close()
    done = call("build", small.path, *shlex.split(arguments))
    assert done.exit_code == code
    assert words in done.output
    assert "Traceback" not in done.output
