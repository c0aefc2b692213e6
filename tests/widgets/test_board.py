"""What a live board and its pages say to each other, without a kernel."""

import contextlib
import itertools
import json
import threading
import time
from dataclasses import replace

import pytest

from clusterlab.errors import JournalBusyError
from clusterlab.journal import Actor, Journal
from clusterlab.model import Board, BoardId, Named, Operation, new_id
from clusterlab.widgets import LiveBoard, View
from clusterlab.widgets import desk as desk_module
from clusterlab.widgets.board import board_to


def until(condition, seconds=60):
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never became true"
        time.sleep(0.01)


def plain(board):
    return json.loads(json.dumps(board_to(board)))


def shown(page):
    """What a page shows that takes in what it heard: the state, then step by step."""
    state = None
    for message in page.heard:
        if "state" in message:
            state = json.loads(json.dumps(message["state"]))
        elif message["kind"] == "changed" and state and message["revision"] > state["revision"]:
            assert message["revision"] == state["revision"] + 1
            state["revision"] += 1
            for step in message["steps"]:
                board, note = state["boards"][step["version"]], step["note"]
                for ids in board["lists"].values():
                    if note["id"] in ids:
                        ids.remove(note["id"])
                board["notes"][note["id"]] = json.loads(json.dumps(note))
                ids = board["lists"].setdefault(f"{note['topic']}/{note['block']}", [])
                ids.insert(ids.index(step["above"]) + 1 if step["above"] else 0, note["id"])
    boards = state["boards"]
    for board in boards.values():
        board["lists"] = {place: ids for place, ids in board["lists"].items() if ids}
    return boards


def stored(page):
    board = plain(page.board)
    board["lists"] = {place: ids for place, ids in board["lists"].items() if ids}
    return {"current": board}


def operations(page):
    return list(page.live.desk.folder.journal.read("alpha"))


# -- greeting --------------------------------------------------------------------------------


def test_a_page_that_knows_nothing_gets_everything(page):
    answer = page.hello()
    assert (answer["kind"], answer["client"]) == ("board", "me")
    assert answer["state"]["boards"]["current"] == plain(page.board)
    assert answer["state"]["revision"] == 0
    assert [
        n["values"]["text"] for n in answer["state"]["boards"]["current"]["notes"].values()
    ] == [
        "People of alpha know each other well",
        "Funding of alpha ends next year",
    ]
    json.dumps(answer)


def test_a_page_that_knows_it_all_gets_a_short_answer(page):
    state = page.hello()["state"]
    assert "state" not in page.hello(epoch=state["epoch"], revision=0)
    page.add("New")
    assert page.hello(epoch=state["epoch"], revision=0)["state"]["revision"] == 1
    assert "state" not in page.hello(epoch=state["epoch"], revision=1)
    assert "state" in page.hello(epoch="another kernel's", revision=1)


def test_the_time_of_the_last_change_is_also_that_of_a_deletion(page, desk):
    note = page.add("New")
    sheet = BoardId("alpha", "swot", "current", "business")
    late = Operation(sheet, "delete", {"note": note}, "bob", new_id(), time="2099-01-01T00:00:00Z")
    gone = {"note": note, "base": list(page.board.everything[note].heads)}
    desk.write([replace(late, payload=gone)])
    assert page.hello()["state"]["saved"] == "2099-01-01T00:00:00Z"


# -- operations ------------------------------------------------------------------------------


def test_an_operation_is_in_the_journal_before_it_is_acknowledged(page):
    note = new_id()
    place = {"block": "strengths", "topic": "business"}
    done, heard = page.do("add", note, values={"text": " New\u202e "}, **place)
    (message,) = heard
    last = operations(page)[-1]
    assert (last.id, last.actor, last.payload["values"]) == (done, "ann", {"text": "New"})
    assert (message["revision"], message["done"], message["saved"]) == (1, [done], last.time)
    (step,) = message["steps"]
    assert (step["version"], step["operation"], step["note"]["id"]) == ("current", done, note)
    assert step["above"] == page.board.above(note) != ""
    assert step["note"]["values"] == {"text": "New"}
    assert step["note"]["spoken"] == "S2"


def test_every_kind_of_operation_is_told_as_it_is_stored(page):
    page.hello()
    note, other = page.add("One"), page.add("Two", block="threats", after="")

    def base():
        return {"base": list(page.board.everything[note].heads)}

    before = base()
    page.do("edit", note, values={"text": "Uno", "tags": ["a", "b"]}, **base())
    page.do("edit", note, values={"text": "Eins"}, **before)
    (kept,) = page.board.everything[note].alternatives
    page.do("resolve", note, field="text", keep=kept.operation, **base())
    page.do("move", note, block="threats", topic="services", after=other, **base())
    page.do("link", note, target=other, **base())
    page.do("unlink", note, target=other, **base())
    done, _ = page.do("delete", note, **base())
    page.do("undo", note, target=done, **base())
    page.do("delete", note, **base())
    page.do("restore", note, **base())
    assert [message["kind"] for message in page.heard[1:]] == ["changed"] * 12
    assert page.board.everything[note].text == "Eins"
    assert shown(page) == stored(page)


def test_operations_are_kept_with_the_topic_that_they_were_done_on(page):
    note = page.add("New")
    base = {"base": list(page.board.everything[note].heads)}
    page.do("move", note, block="threats", topic="services", **base)
    page.do("delete", note, base=list(page.board.everything[note].heads))
    assert [o.board.topic for o in operations(page)[-3:]] == ["business", "business", "services"]


def test_the_same_operation_twice_counts_once_and_is_acknowledged_twice(page):
    page.hello()
    note, same = new_id(), new_id()
    place = {"block": "strengths", "topic": "business", "values": {"text": "New"}, "id": same}
    for revision in (1, 2, 3):
        _, (message,) = page.do("add", note, **place)
        assert (message["kind"], message["done"]) == ("changed", [same])
        assert message["revision"] == revision
    assert [o.id for o in operations(page)].count(same) == 1
    assert shown(page) == stored(page)


def test_a_move_without_a_topic_stays_on_its_own(page):
    note = page.add("New")
    page.do("move", note, block="threats", base=list(page.board.everything[note].heads))
    assert (page.board.everything[note].topic, page.board.everything[note].block) == (
        "business",
        "threats",
    )


def test_signs_of_authors_come_with_the_first_note_of_each(page, desk, small):
    small.settings = replace(small.settings, show_authors=True)
    small.journal.name(Actor("bob", "Bob Builder"))
    page.hello()
    for number in range(2):
        elsewhere(desk, f"Bob's {number}")
        desk.catch_up()
    first, second = page.heard[-2:]
    assert first["authors"]["bob"] == "BB"
    assert "authors" not in second


def test_signs_are_kept_back_where_the_workshop_does_not_show_authors(page, desk, small):
    small.settings = replace(small.settings, show_authors=False)
    page.add("New")
    assert page.heard[-1].get("authors", {}) == {}
    assert page.hello()["state"]["authors"] == {}


def test_nobody_is_shown_who_cast_a_ballot(desk, new_page, small):
    small.settings = replace(small.settings, show_authors=True)
    page = new_page(desk, canvas="vote", shape="table", topic="")
    page.add("fox-7", block="ballots", topic="")
    assert page.heard[-1].get("authors", {}) == {}
    assert page.hello()["state"]["authors"] == {}


# -- nonsense --------------------------------------------------------------------------------

DEEP = []
for _ in range(5000):
    DEEP = [DEEP]
NOTHING = [None, 5, True, 1.5, [], {}, ["a"], DEEP, 10**5000, float("nan"), "\ud800"]
UUIDS = [*NOTHING, "", "a", "0" * 32, "0" * 10**6, "{" + new_id() + "}", new_id() + "\n"]

ADD = {"block": "strengths", "topic": "business", "values": {"text": "New"}}
LONG = "x" * 65
ENDLESS = "x" * 10**6
TEXTS = [True, *NOTHING[4:9], "", " \n", None, ENDLESS]
NAMES = ["place", "deleted", "id", "__proto__", "constructor", "", "👍", "x" * 99]
TAGS = [5, True, {}, [[]], DEEP, [10**5000], [str(number) for number in range(50)]]
LISTS = [5, True, "a", {}, [5], [None], [[]], [LONG], ["x"] * 201, DEEP, ["\ud800"]]
ODD = [
    *[("add", {"id": bad}) for bad in UUIDS],
    *[("add", {"note": bad}) for bad in UUIDS],
    *[("add", {"version": bad}) for bad in [*NOTHING, "", "yesterday", ENDLESS]],
    *[("add", {"block": bad}) for bad in [*NOTHING, "", "roof", ENDLESS]],
    *[("add", {"topic": bad}) for bad in [*NOTHING, "weather", ENDLESS]],
    *[("add", {"after": bad}) for bad in [*NOTHING, LONG]],
    *[("add", {"values": bad}) for bad in [*NOTHING, "text", {1: "x"}, {"tags": ["x"]}]],
    *[("add", {"values": {"text": bad}}) for bad in TEXTS],
    *[("add", {"values": {"text": "x", name: "y"}}) for name in NAMES],
    *[("add", {"values": {"text": "x", "tags": bad}}) for bad in TAGS],
    *[("add", {"links": bad}) for bad in LISTS],
    *[("edit", {"values": {"text": "x"}, "base": bad}) for bad in LISTS],
    *[("edit", {"values": bad}) for bad in [*NOTHING[:5], "x", {"text": ""}, {"text": None}]],
    *[("edit", {"note": bad, "values": {"text": "x"}}) for bad in [new_id(), None, "x"]],
    *[("move", {"block": bad}) for bad in [*NOTHING, "", "roof"]],
    ("move", {"note": new_id(), "block": "threats", "topic": "business"}),
    *[(kind, {"note": new_id()}) for kind in ("delete", "restore")],
    *[(k, {"target": bad}) for k in ("link", "unlink", "undo") for bad in [*NOTHING, LONG]],
    *[("resolve", {"field": bad, "keep": ""}) for bad in [*NOTHING, LONG]],
    *[("resolve", {"field": "text", "keep": bad}) for bad in [*NOTHING, LONG]],
    *[(kind, {}) for kind in [*NOTHING, "", "vote", "__class__", ENDLESS]],
]


def test_nonsense_is_refused_in_words_and_nothing_is_written(page):
    note = page.add("Here")
    before = operations(page)
    for kind, odd in ODD:
        about = new_id() if kind == "add" else note
        given = {"id": new_id(), "kind": kind, "version": "current", "note": about}
        given |= {**(ADD if kind == "add" else {"topic": "business"}), **odd}
        heard = len(page.heard)
        page.live.receive({"kind": "do", "client": "me", "operation": given})
        messages = page.heard[heard:]
        said = f"{str(kind)[:20] if isinstance(kind, str) else type(kind)} with {list(odd)}"
        assert [message["kind"] for message in messages] == ["refused"], said
        (refusal,) = messages
        assert (refusal["client"], refusal["again"]) == ("me", False), said
        assert refusal["id"] == (given["id"] if isinstance(given["id"], str) else ""), said
        assert 3 < len(refusal["why"]) < 2000, said
    assert operations(page) == before


@pytest.mark.parametrize(
    "message",
    [
        *NOTHING,
        {"kind": "hello"},
        {"kind": "hello", "client": 5},
        {"kind": "do", "client": "me"},
        {"kind": "do", "client": "me", "operation": "x"},
        {"kind": "do", "client": None, "operation": {}},
        {"kind": "vote", "client": "me", "operation": {}},
    ],
    ids=lambda message: type(message).__name__,
)
def test_messages_that_are_none_are_passed_over(page, message):
    before = operations(page)
    page.live.receive(message)
    assert page.heard == []
    assert operations(page) == before


def test_values_of_every_type_are_checked(new_page, desk):
    page = new_page(desk, canvas="action-plan", shape="table", topic="")
    block = page.view.kind.blocks[0].id
    for field in page.view.kind.fields:
        bad = {
            "integer": [1.5, "1.5", 10**400, -(10**400), float("inf"), float("nan"), [], {}, True],
            "number": ["five", 10**400, float("inf"), float("nan"), [], {}, False],
            "date": ["soon", "2026-13-01", "20261120", "2026-11-20T10:00", 5, [], {}],
            "choice": ["gone", 5, [], {}, True],
            "text": [True, [], {}, "x" * 10**6],
        }[field.type]
        for value in bad:
            values = {"text": "x", field.id: value}
            _, (message,) = page.do("add", new_id(), block=block, topic="", values=values)
            assert message["kind"] == "refused", (field.id, value)


def test_a_page_cannot_write_on_another_version(new_page, desk):
    page = new_page(desk)
    _, (message,) = page.do("add", new_id(), **ADD, version="in-five-years")
    assert message["kind"] == "refused"


def test_refusals_speak_the_language_of_the_canvas(page, monkeypatch):
    monkeypatch.setattr(page.live._language, "say", lambda error: f"<{type(error).__name__}>")
    _, (message,) = page.do("edit", new_id(), values={"text": "x"})
    assert message["why"] == "<UsageError>"


# -- a journal that cannot --------------------------------------------------------------------


def test_a_busy_journal_is_to_be_asked_again(page, monkeypatch):
    before = operations(page)
    journal = page.live.desk.folder.journal

    def busy(_):
        raise JournalBusyError(file="workshop.db", seconds=1)

    with monkeypatch.context() as patched:
        patched.setattr(journal, "append", busy)
        done, (message,) = page.do("add", new_id(), **ADD)
    assert (message["kind"], message["id"], message["again"]) == ("refused", done, True)
    assert operations(page) == before


def test_a_closed_journal_is_to_be_asked_again(page):
    page.live.desk.folder.journal.close()
    _, (message,) = page.do("add", new_id(), **ADD)
    assert (message["kind"], message["again"]) == ("refused", True)


def test_what_could_not_be_read_after_writing_is_read_the_next_time(page, monkeypatch):
    """A page sends again what it had no answer to; its note is there once, everywhere."""
    page.hello()
    journal = page.live.desk.folder.journal
    note, given = new_id(), {**ADD, "id": new_id()}

    def busy(*_):
        raise JournalBusyError(file="workshop.db", seconds=1)

    with monkeypatch.context() as patched:
        patched.setattr(journal, "read", busy)
        _, (message,) = page.do("add", note, **given)
    assert message["again"]
    _, heard = page.do("add", note, **given)
    assert [m["kind"] for m in heard] == ["changed"]
    assert heard[0]["done"] == [given["id"]]
    assert note in page.board.everything
    assert shown(page) == stored(page)


def test_boards_are_whole_where_folding_anew_failed_at_first(page, desk, monkeypatch):
    page.hello()
    add = {"note": new_id(), **ADD}
    early = Operation(BoardId("alpha", "swot", "current", "business"), "add", add, "bob", "x", 1)
    with desk.folder.journal._transaction():
        desk.folder.journal._insert(early)

    def busy(*_):
        raise JournalBusyError(file="workshop.db", seconds=1)

    with monkeypatch.context() as patched:
        patched.setattr(desk.folder.journal, "board", busy)
        with pytest.raises(JournalBusyError):
            desk.catch_up()
    desk.catch_up()
    assert add["note"] in page.board.everything
    assert shown(page) == stored(page)


# -- others -----------------------------------------------------------------------------------


def elsewhere(desk, text, actor="bob"):
    """Another program adds a note."""
    folder = desk.folder
    sheet = BoardId("alpha", "swot", "current", "business")
    with Journal(folder.path / "workshop.db", folder.settings.id) as journal:
        payload = {"note": new_id(), **ADD, "values": {"text": text}}
        return journal.append([Operation(sheet, "add", payload, actor, new_id())])[0]


def test_what_other_programs_write_reaches_the_page(page, desk, monkeypatch):
    page.hello()
    monkeypatch.setattr(desk_module, "SECONDS", 0.01)
    first = elsewhere(desk, "From elsewhere")
    until(lambda: len(page.heard) > 1)
    assert page.heard[1]["done"] == [first.id]
    elsewhere(desk, "And more")
    until(lambda: len(page.heard) > 2)
    assert shown(page) == stored(page)


def test_the_watcher_ends_when_nobody_listens_and_starts_again(desk, new_page, monkeypatch):
    monkeypatch.setattr(desk_module, "SECONDS", 0.01)
    page = new_page(desk)
    watcher = desk._watcher
    desk.ignore(page.live._hear)
    until(lambda: not watcher.is_alive())
    second = new_page(desk)
    second.hello()
    assert desk._watcher is not watcher
    elsewhere(desk, "Again")
    until(lambda: len(second.heard) > 1)


def test_a_desk_that_is_closed_looks_no_more(desk, page):
    watcher = desk._watcher
    desk.close()
    watcher.join(10)
    assert not watcher.is_alive()


def test_a_board_that_nobody_holds_is_let_go(desk, new_page):
    page = new_page(desk)
    (listener,) = desk._listeners
    page.live.desk.write([])
    del page
    assert listener() is None


def test_a_page_that_has_not_greeted_yet_hears_of_it_too(page, desk):
    written = elsewhere(desk, "From elsewhere")
    desk.catch_up()
    assert [message["done"] for message in page.heard] == [[written.id]]


def test_a_union_with_another_copy_brings_the_whole_state(page, desk, tmp_path):
    folder = desk.folder
    folder.journal.backup(tmp_path / "copy.db")
    sheet = BoardId("alpha", "swot", "current", "business")
    with Journal(tmp_path / "copy.db", folder.settings.id) as copy:
        payload = {"note": new_id(), **ADD, "values": {"text": "Written offline"}}
        copy.append([Operation(sheet, "add", payload, "bob", new_id())])
    for number in range(3):
        page.add(f"Meanwhile {number}")
    page.hello()
    folder.journal.unite(tmp_path / "copy.db")
    page.live.desk.catch_up()
    assert "state" in page.heard[-1]
    assert page.heard[-1]["kind"] == "changed"
    assert payload["note"] in page.board.everything
    assert page.board == Board.fold(page.board.id, operations(page))
    assert shown(page) == stored(page)
    page.live.desk.catch_up()
    assert page.heard[-2]["kind"] == "board"


def test_changes_of_other_boards_are_not_told(page, desk, new_page):
    other = new_page(desk, canvas="pestel")
    page.add("New")
    assert other.heard == []


def test_a_canvas_that_builds_on_another_hears_of_it(desk, new_page):
    swot = new_page(desk)
    tows = new_page(desk, canvas="tows")
    assert tows.view.kind.cites == ("swot",)
    tows.hello()
    note = swot.add("Strong")
    assert tows.heard[-1]["kind"] == "changed"
    assert note in [cited["id"] for cited in tows.heard[-1]["state"]["cited"]]


def goals_of(desk, version, topic=""):
    """A live canvas of goals in one of two versions, and what its page hears."""
    versions = (Named("current", "Today"), Named("later", "Later"))
    kinds = desk.folder.kinds
    kind, cites = (replace(kinds[k], versions=versions) for k in ("smart-goals", "tows"))
    view = View(kind, BoardId("alpha", kind.id, version, topic), "records", (version,), (cites,))
    heard = []
    return LiveBoard(desk, view, "ann", desk.folder.language(), heard.append), heard


def strategy(desk, version, text, topic="business"):
    payload = {"note": new_id(), "block": "so", "topic": topic, "values": {"text": text}}
    board = BoardId("alpha", "tows", version)
    desk.write([Operation(board, "add", payload, "bob", new_id())])
    return payload["note"]


def test_notes_of_the_first_version_can_be_cited_until_somebody_writes_on_ones_own(desk):
    live, heard = goals_of(desk, "later")
    assert live.snapshot()["cited"] == []
    strategy(desk, "current", "Of today")
    assert heard[-1]["kind"] == "changed"
    assert [n["text"] for n in heard[-1]["state"]["cited"]] == ["Of today"]
    strategy(desk, "later", "Of later")
    assert [n["text"] for n in heard[-1]["state"]["cited"]] == ["Of later"]
    today, _ = goals_of(desk, "current")
    assert [n["text"] for n in today.snapshot()["cited"]] == ["Of today"]


def test_notes_that_are_part_of_others_come_with_their_place(desk, new_page):
    goals = BoardId("alpha", "smart-goals")
    for text, above in (("Top", ""), ("First", "G1"), ("Second", "G1")):
        values = {"text": text, "part-of": above}
        payload = {"note": new_id(), "block": "goals", "values": values, "letter": "G"}
        desk.write([Operation(goals, "add", payload, "bob", new_id())])
    cited = new_page(desk, canvas="tasks").live.snapshot()["cited"]
    assert [(n["spoken"], n["place"]) for n in cited] == [
        ("G1", ""),
        ("G2", "G1.1"),
        ("G3", "G1.2"),
    ]


def test_a_version_whose_notes_were_all_deleted_was_written_on(desk):
    strategy(desk, "current", "Of today")
    note = strategy(desk, "later", "Of later")
    board = BoardId("alpha", "tows", "later")
    payload = {"note": note, "base": list(desk.board(board).find(note).heads)}
    desk.write([Operation(board, "delete", payload, "bob", new_id())])
    live, _ = goals_of(desk, "later")
    assert live.snapshot()["cited"] == []


def test_a_canvas_without_topics_may_cite_all_and_one_with_the_same_its_own(desk, new_page):
    for topic in ("business", "environment"):
        strategy(desk, "current", topic, topic)
    live, _ = goals_of(desk, "current")
    assert [n["text"] for n in live.snapshot()["cited"]] == ["business", "environment"]
    live, _ = goals_of(desk, "current", "environment")
    assert [n["text"] for n in live.snapshot()["cited"]] == ["environment"]
    # The other way round no topic is shared: whatever the cited canvas holds can be meant.
    live, _ = goals_of(desk, "current", "a topic of ones own")
    assert [n["text"] for n in live.snapshot()["cited"]] == ["business", "environment"]


def test_a_swot_may_cite_factors_and_findings(desk, new_page):
    for canvas, block, letter in (("pestel", "legal", "LE"), ("findings", "findings", "F")):
        payload = {"note": new_id(), "block": block, "values": {"text": canvas}, "letter": letter}
        board = BoardId("alpha", canvas)
        desk.write([Operation(board, "add", payload, "bob", new_id())])
    swot = new_page(desk)
    swot.hello()
    cited = swot.heard[-1]["state"]["cited"]
    assert [(n["spoken"], n["block"]) for n in cited] == [("F1", "findings"), ("LE1", "legal")]
    threat = swot.add("A new law", block="threats")
    swot.do("link", threat, target=cited[1]["id"])
    assert swot.board.find(threat).links == (cited[1]["id"],)


def test_what_a_note_builds_on_is_shown_whatever_its_topic(desk, new_page):
    elsewhere = strategy(desk, "current", "Elsewhere", "environment")
    strategy(desk, "current", "Not linked", "environment")
    here = strategy(desk, "current", "Here")
    kinds = desk.folder.kinds
    kind = replace(kinds["smart-goals"], topics=kinds["tows"].topics)
    view = View(kind, BoardId("alpha", kind.id, "current", "business"), "records", ("current",),
                (kinds["tows"],))  # fmt: skip
    live = LiveBoard(desk, view, "ann", desk.folder.language(), lambda _: None)
    assert [n["id"] for n in live.snapshot()["cited"]] == [here]
    payload = {"note": new_id(), "block": "goals", "topic": "business", "values": {"text": "Aim"}}
    payload["links"] = [elsewhere]
    desk.write([Operation(BoardId("alpha", kind.id), "add", payload, "ann", new_id())])
    cited = {n["id"]: n["topic"] for n in live.snapshot()["cited"]}
    assert cited == {here: "business", elsewhere: "environment"}


def test_a_kind_that_cites_what_the_workshop_does_not_have_cites_nothing(desk):
    live, _ = goals_of(desk, "current")
    live.show(replace(live.view, cites=()))
    assert live.view.cited == ()
    assert live.snapshot()["cited"] == []


def test_several_live_boards_of_one_desk_agree(desk, new_page):
    pages = [new_page(desk) for _ in range(3)]
    for page in pages:
        page.hello()
    note = pages[0].add("New")
    pages[1].do("edit", note, values={"text": "Newer"}, base=list(pages[1].board.find(note).heads))
    pages[2].do("move", note, block="threats", topic="business", after="", base=[])
    pages[0].add("Last", after="")
    views = [shown(page) for page in pages]
    assert all(view == stored(pages[0]) for view in views)


# -- many at once -----------------------------------------------------------------------------


def test_many_threads_at_once_lose_nothing(page, desk):
    page.hello()
    threads, each = 8, 50
    notes = [page.add(f"Note {number}") for number in range(4)]
    errors, sent = [], []

    def work(worker):
        try:
            for number in range(each):
                asked = {"id": new_id(), "version": "current"}
                sent.append(asked["id"])
                if number % 5 == 0:
                    more = {"kind": "add", "note": new_id(), **ADD}
                elif number % 5 == 1:
                    after = notes[worker % 3]
                    more = {"kind": "move", "note": notes[number % 4], "block": "threats"}
                    more |= {"topic": "business", "after": after, "base": []}
                else:
                    values = {"text": f"{worker} wrote {number}"}
                    more = {"kind": "edit", "note": notes[number % 4], "values": values}
                    more |= {"base": list(page.board.everything[more["note"]].heads)[:200]}
                message = {"kind": "do", "client": f"c{worker}", "operation": asked | more}
                page.live.receive(message)
        except Exception as error:  # noqa: BLE001 - told below, in the test's own thread
            errors.append(error)

    started = [threading.Thread(target=work, args=(n,)) for n in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join(120)
    assert errors == []
    revisions = [m["revision"] for m in page.heard if m["kind"] == "changed"]
    assert all(later == earlier + 1 for earlier, later in itertools.pairwise(revisions))
    refused = [m for m in page.heard if m["kind"] == "refused"]
    assert refused == []
    told = [i for m in page.heard if m["kind"] == "changed" for i in m["done"]]
    assert set(sent) <= set(told)
    assert len(told) == len(set(told))
    journal = operations(page)
    assert {o.id for o in journal} >= set(sent)
    assert page.board == Board.fold(page.board.id, journal)
    assert shown(page) == stored(page)


def test_what_is_read_twice_is_told_once(page, desk, monkeypatch):
    page.hello()
    journal = desk.folder.journal
    with monkeypatch.context() as patched:  # it was written just after the journal's end was asked
        position = journal.position() + 1
        patched.setattr(journal, "position", lambda: position)
        page.add("One")
        elsewhere(desk, "Two")
        desk._position -= 1
        desk.catch_up()
    told = len(page.heard)
    desk.catch_up()
    assert len(page.heard) == told
    assert shown(page) == stored(page)


def test_operations_that_came_out_of_order_are_applied_in_order(page, desk):
    page.hello()
    sheet = BoardId("alpha", "swot", "current", "business")
    note = new_id()
    add = Operation(sheet, "add", {"note": note, **ADD}, "bob", "x", 100, "2026-01-01")
    change = {"note": note, "base": ["x"], "values": {"text": "Newer"}}
    edit = Operation(sheet, "edit", change, "bob", "y", 101, "2026-01-01")
    with desk.folder.journal._transaction():
        desk.folder.journal._insert(edit)
        desk.folder.journal._insert(add)
    desk.catch_up()
    assert page.board.everything[note].text == "Newer"
    assert shown(page) == stored(page)


def test_what_another_program_purges_goes_from_the_page(small, desk, page):
    state = page.hello()["state"]
    notes = state["boards"]["current"]["notes"]
    who = {note["author"] for note in notes.values()}
    assert len(who) == 1
    told = len(page.heard)
    with Journal(small.journal.path) as other:
        (actor,) = who
        with contextlib.suppress(JournalBusyError):  # the desk has the file open
            other.purge(actor)
    page.live.desk.catch_up()
    (message,) = page.heard[told:]
    shown_now = message["state"]["boards"]["current"]["notes"]
    assert shown_now
    assert all("text" not in note["values"] for note in shown_now.values())
    assert plain(page.board) == plain(small.board(page.board.id))
    page.live.desk.catch_up()
    assert len(page.heard) == told + 1
