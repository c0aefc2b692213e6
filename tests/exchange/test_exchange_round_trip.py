"""Export, import into a new folder, export: the same."""

import json

import openpyxl
import pytest
from exchange_samples import make
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusterlab.errors import TableError, UsageError
from clusterlab.exchange import export_notes, import_notes, notes_frame, notes_table
from clusterlab.exchange.tags import join_tags, split_tags
from clusterlab.model import BoardId, Operation, clean, new_id, one_line

HOSTILE = [
    '=HYPERLINK("x")', "+49 30", "-x", "-5", "@you", "'=x", "'plain", "''", "007", "two\nlines",
    "a;b,c\td", '"', "😀 👩‍👩‍👧",
    "مرحبا بالعالم", "שלום עולם", "e\u0301\u0323", "x" * 300, "../../x",
    "CON", "<script>", "</style>", '#import "x"', "$x$", "*b*", "[a](javascript:1)", "_x0041_",
    "\u2066iso\u2069", "null", "TRUE", "1e5", "2026-01-01",
]  # fmt: skip


def add(folder, board, note, values, *, block="strengths", actor="local", **payload):
    payload = {"note": note, "block": block, "values": values, "letter": "S", **payload}
    folder.journal.append([Operation(board, "add", payload, actor, new_id())])


@pytest.fixture
def full(folder):
    """A workshop with everything that is hard to carry over."""
    swots = BoardId("alpha", "swot", "current", "business")
    ids = [new_id() for _ in HOSTILE]
    for note, text in zip(ids, HOSTILE, strict=True):
        tags = ["a, b", 'say "x"', one_line(text[:20]), "plain"]
        add(
            folder,
            swots,
            note,
            {"text": clean(text), "tags": tags, "group": "HR", "reading": clean(text)},
        )
    for place in (("services", "threats"), ("environment", "strengths")):
        board = BoardId("beta", "swot", "current", place[0])
        add(folder, board, new_id(), {"text": "x"}, block=place[1], actor="a-0123456789")
    tows = BoardId("alpha", "tows", "current", "business")
    add(folder, tows, new_id(), {"text": "S"}, block="so", links=[ids[2], ids[0]], actor="sample")
    goal = {
        "text": "Goal", "specific": "=1", "baseline": 0.1 + 0.2, "target": 2**60, "unit": "€",
        "deadline": "2026-12-31", "owner": "Ada",
    }  # fmt: skip
    add(folder, BoardId("alpha", "smart-goals"), new_id(), goal, block="goals")
    add(folder, BoardId("alpha", "smart-goals"), new_id(), {"specific": "no text"}, block="goals")
    action = {"text": "Act", "deadline": "two weeks", "status": "in-progress", "effort": 3}
    add(folder, BoardId("gamma", "action-plan"), new_id(), action, block="actions")
    factor = {
        "text": "F",
        "effect": "threat",
        "horizon": "long",
        "impact": 5,
        "Colour": "red, green",
    }
    add(folder, BoardId("gamma", "pestel"), new_id(), factor, block="legal")
    later = BoardId("alpha", "business-model-cluster", "in-five-years")
    add(folder, later, new_id(), {"text": "Later", "language": "de"}, block="channels")
    # Order, a move across blocks, a deleted note that others link to.
    heads = list(folder.board(swots).everything[ids[3]].heads)
    payload = {"note": ids[3], "base": heads, "topic": "services", "block": "threats", "after": ""}
    folder.journal.append([Operation(swots, "move", payload, "local", new_id())])
    payload = {"note": ids[2], "base": list(folder.board(swots).everything[ids[2]].heads)}
    folder.journal.append([Operation(swots, "delete", payload, "local", new_id())])
    return folder


def cells(path):
    sheet = openpyxl.load_workbook(path).active
    return [[(c.value, c.data_type) for c in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_export_import_export(full, new_folder, tmp_path, suffix):
    one, two = tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"
    count = export_notes(full, one)
    assert count == len(HOSTILE) - 1 + 8
    copy = new_folder("copy")
    report = import_notes(copy, one)
    assert report.refusals == ()
    assert report.notices == ()
    assert report.taken == count
    assert export_notes(copy, two) == count
    if suffix == ".csv":
        assert one.read_bytes() == two.read_bytes()
    else:
        assert cells(one) == cells(two)
    assert notes_table(full) == notes_table(copy)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_an_export_taken_back_changes_nothing(full, tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    count = export_notes(full, path)
    position = full.journal.position()
    report = import_notes(full, path)
    assert (report.taken, report.changed, report.unchanged) == (0, 0, count)
    assert report.refusals == ()
    assert full.journal.position() == position


def test_the_same_state_gives_the_same_bytes(full, tmp_path):
    for suffix in (".csv", ".xlsx"):
        export_notes(full, tmp_path / f"a{suffix}")
        export_notes(full, tmp_path / f"b{suffix}")
        assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


def test_columns_and_order(full):
    header, rows = notes_table(full)
    assert header[:10] == [
        "cluster", "canvas", "version", "topic", "block", "text", "id", "spoken", "order", "author",
    ]  # fmt: skip
    assert header[-1] == "field:Colour"
    assert "measurable" not in header
    assert {"tags", "deadline", "effort", "links", "language"} <= set(header)
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    alpha = [tuple(row[1:5]) for row in rows if row[0] == "alpha"]
    canvases = list(full.kinds)
    assert [canvases.index(p[0]) for p in alpha] == sorted(canvases.index(p[0]) for p in alpha)
    strengths = [
        row[8] for row in rows if row[:5] == ["alpha", "swot", "current", "business", "strengths"]
    ]
    assert strengths == list(range(1, len(HOSTILE) - 1))
    frame = notes_frame(full)
    assert (list(frame.columns), len(frame)) == (header, len(rows))


def test_unplaced_notes_and_clusters_that_left_are_exported_and_taken_back(folder, tmp_path):
    add(
        folder,
        BoardId("alpha", "swot", "current", "business"),
        new_id(),
        {"text": "x"},
        block="gone",
    )
    add(folder, BoardId("left", "swot", "current", "business"), new_id(), {"text": "y"})
    add(folder, BoardId("alpha", "no-kind", "v9", "t"), new_id(), {"text": "z", "impact": 3})
    path = tmp_path / "a.csv"
    assert export_notes(folder, path) == 3
    assert "field:impact" in path.read_text("utf-8-sig")
    report = import_notes(folder, path)
    assert (report.unchanged, report.refusals) == (3, ())


def test_an_empty_workshop(folder, new_folder, tmp_path):
    for suffix in (".csv", ".xlsx"):
        assert export_notes(folder, tmp_path / f"a{suffix}") == 0
        assert import_notes(new_folder(f"n{suffix}"), tmp_path / f"a{suffix}").taken == 0


def test_other_endings_and_texts_too_long_for_a_workbook(folder, tmp_path):
    with pytest.raises(UsageError, match=r"\.csv or \.xlsx"):
        export_notes(folder, tmp_path / "a.ods")
    board = BoardId("alpha", "swot", "current", "business")
    add(folder, board, new_id(), {"text": "Long " + "x" * 40_000})
    with pytest.raises(TableError, match=r"“Long x.*\.csv"):
        export_notes(folder, tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()
    assert export_notes(folder, tmp_path / "a.csv") == 1


TEXT = st.text(min_size=1).map(clean).filter(bool)
TAG = st.text(min_size=1).map(one_line).filter(bool)
NUMBER = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**18), 10**18)
NOTE = st.fixed_dictionaries(
    {"text": TEXT},
    optional={
        "tags": st.lists(TAG, min_size=1, unique=True),
        "group": TEXT,
        "source": TEXT,
        "specific": TEXT,
        "target": NUMBER,
        "deadline": st.dates().map(str),
    },
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(NOTE, max_size=6), st.sampled_from([".csv", ".xlsx"]))
def test_any_notes_survive(tmp_path_factory, written, suffix):
    place = tmp_path_factory.mktemp("any")
    with make(place / "one") as one, make(place / "two") as two:
        for values in written:
            add(one, BoardId("alpha", "smart-goals"), new_id(), values, block="goals")
        export_notes(one, place / f"a{suffix}")
        report = import_notes(two, place / f"a{suffix}")
        assert (report.taken, report.refusals, report.notices) == (len(written), (), ())
        assert notes_table(one) == notes_table(two)
        stored = [dict(n.values) for n in two.board(BoardId("alpha", "smart-goals"))]
        assert json.loads(json.dumps(stored)) == json.loads(json.dumps(written))


@given(st.lists(TAG, unique=True))
def test_tags_survive_in_one_cell(tags):
    assert split_tags(clean(join_tags(tags))) == tuple(tags)
