import sys
from pathlib import Path

import pytest


@pytest.fixture
def report(monkeypatch):
    folder = Path(__file__).resolve().parents[2] / "benchmarks"
    monkeypatch.syspath_prepend(str(folder))
    import report

    yield report
    del sys.modules["report"]


@pytest.mark.parametrize(
    ("part", "expected"), [(0.5, 10), (0.95, 19), (1, 20), (0.01, 1), (0.951, 20)]
)
def test_a_quantile_is_one_of_the_values(report, part, expected):
    assert report.quantile(range(20, 0, -1), part) == expected


def test_a_ratio_is_of_the_medians(report):
    line = report.Compared("a", "ms", [1, 2, 90], [8, 7, 1000], times=4)
    assert (line.ratio, line.missed) == (4, False)
    assert report.Compared("a", "ms", [1, 2, 90], [7.9, 7, 1000], times=4).missed


def test_the_highest_counts_where_there_is_a_limit(report):
    assert not report.Compared("a", "opened", [4, 4], [9, 9], most=4).missed
    assert report.Compared("a", "opened", [4, 5], [9, 9], most=4).missed


def test_one_in_twenty_may_be_late(report):
    quick = [10.0] * 19
    assert not report.Waited("a", [*quick, 500], under=100).missed
    assert report.Waited("a", [*quick[1:], 500, 500], under=100).missed


def test_a_table_says_what_is_missed(report):
    lines = [report.Constant("files", 3, 3), report.Constant("more models", 3, 4)]
    assert list(report.table(["", "before", "after", "required"], lines)) == [
        "             before  after  required",
        "files             3      3  the same: met",
        "more models       3      4  the same: MISSED",
    ]
