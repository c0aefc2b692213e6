"""What people may enter in a note."""

import pytest

from clusterlab.errors import UnknownNameError, UsageError
from clusterlab.model import Block, CanvasKind, Field, Named, entered

CHOICES = (Named("low", "Low"), Named("high", "High"))
KIND = CanvasKind(
    "k",
    1,
    "K",
    "grid",
    (Block("b", "B", letter="B"),),
    fields=(
        Field("owner", "Owner"),
        Field("level", "Level", type="choice", choices=CHOICES),
        Field("scale", "Scale", type="integer", minimum=1, maximum=5),
        Field("count", "Count", type="integer"),
        Field("share", "Share", type="number", minimum=0, maximum=1),
        Field("day", "Day", type="date"),
    ),
)
DEEP = []
for _ in range(5000):
    DEEP = [DEEP]


def enter(limit=100, **values):
    return entered(KIND, values, limit)


@pytest.mark.parametrize(
    ("field", "came", "taken"),
    [
        ("text", " A \u202e\x07text ", "A text"),
        ("text", "e\u0301", "é"),
        ("text", "a\r\nb\u2028c", "a\nb\nc"),
        ("text", "", None),
        ("text", " \n ", None),
        ("text", None, None),
        ("text", 5, "5"),
        ("text", 1.5, "1.5"),
        ("text", "x" * 100, "x" * 100),
        ("text", "\ud800", "\ufffd"),
        ("owner", " Ada ", "Ada"),
        ("source", "a", "a"),
        ("level", " low ", "low"),
        ("level", "", None),
        ("scale", 1, 1),
        ("scale", 5.0, 5),
        ("count", 2**53, 2**53),
        ("count", -3, -3),
        ("share", 0, 0),
        ("share", 0.5, 0.5),
        ("share", 1, 1),
        ("day", "2026-11-20", "2026-11-20"),
        ("day", "", None),
        ("tags", ["a ", "b\nc", "a", "", 5], ("a", "b c", "5")),
        ("tags", "one", ("one",)),
        ("tags", [], None),
        ("tags", None, None),
        ("tags", ["x" * 99], ("x" * 60,)),
    ],
)
def test_taken(field, came, taken):
    assert enter(**{field: came}) == {field: taken}
    assert type(enter(**{field: came})[field]) is type(taken)


@pytest.mark.parametrize(
    ("field", "came"),
    [
        *[("text", bad) for bad in ("x" * 101, True, [], {}, {"a": 1}, DEEP, 10**400)],
        *[("owner", bad) for bad in ("x" * 101, False, ["x"])],
        *[("level", bad) for bad in ("middle", "LOW", 1, True, ["low"], {}, DEEP)],
        *[("scale", bad) for bad in (0, 6, 1.5, "3", True, [], float("nan"), 10**400)],
        *[("count", bad) for bad in (2**53 + 1, -(10**400), float("inf"), 1e300)],
        *[("share", bad) for bad in (-0.1, 1.1, float("nan"), float("-inf"), 10**400, "half")],
        *[("day", bad) for bad in ("soon", "20261120", "2026-02-30", "2026-1-1", 5, [])],
        *[("tags", bad) for bad in (5, {}, [[]], [None], DEEP, [10**400])],
        ("tags", [str(number) for number in range(21)]),
    ],
)
def test_refused(field, came):
    with pytest.raises(UsageError) as refusal:
        enter(**{field: came})
    assert len(str(refusal.value)) < 400


@pytest.mark.parametrize("field", ["text", "count", "share", "level", "day", "tags"])
def test_numbers_that_python_puts_into_no_words_are_refused_too(field):
    for came in (10**5000, -(10**5000), [10**5000]):
        with pytest.raises(UsageError):
            enter(**{field: came})


def test_bounds_stand_in_the_refusal():
    with pytest.raises(UsageError, match=r"from 1 to 5.*9"):
        enter(scale=9)
    with pytest.raises(UsageError, match="low, high"):
        enter(level="x")


def test_an_unknown_field_is_refused_with_the_nearest():
    with pytest.raises(UnknownNameError, match="owner"):
        enter(ovner="x")


def test_the_limit_counts_what_is_kept():
    assert enter(limit=3, text="  abc  ") == {"text": "abc"}
    with pytest.raises(UsageError, match=r"4.*3"):
        enter(limit=3, text="abcd")
