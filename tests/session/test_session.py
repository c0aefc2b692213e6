"""What a notebook's author types."""

import pytest

import clusterlab
from clusterlab.errors import ParameterError, UnknownNameError, UsageError
from clusterlab.outputs import MIME
from clusterlab.session import OpenWorkshop
from clusterlab.shared import shared


@pytest.fixture
def board(small):
    workshop = clusterlab.open_workshop(small.path)
    yield workshop.cluster("alpha").board("swot", topic="services")
    workshop.source.close()


def test_add_edit_move_delete_restore_and_undo_each(board):
    note = board.add("strengths", "Known for fast answers to members")
    assert note.spoken == "S2"  # S1 stands on another topic
    board.edit("S2", "Known for very fast answers")
    board.move("S2", "weaknesses")
    board.delete("S2")
    assert board.notes == ()
    board.restore("S2")
    assert [(n.spoken, n.block, n.text) for n in board.notes] == [
        ("S2", "weaknesses", "Known for very fast answers")
    ]
    board.undo()
    assert board.notes == ()
    board.undo()
    board.undo()
    board.undo()
    assert [(n.block, n.text) for n in board.notes] == [
        ("strengths", "Known for fast answers to members")
    ]
    board.undo()
    assert board.notes == ()
    assert board.undo() is None
    assert [o.kind for o in board.history(note.id)][:2] == ["add", "edit"]


def test_an_addition_on_which_somebody_else_wrote_is_not_taken_back(small):
    ann, bob = (
        OpenWorkshop(small, actor=who).cluster("alpha").board("swot", topic="business")
        for who in ("ann", "bob")
    )
    note = ann.add("strengths", "By Ann")
    bob.edit(note.id, "By Bob")
    ann.edit(note.id, "By Ann again")
    assert ann.undo().text == "By Bob"
    with pytest.raises(UsageError, match="it stays"):
        ann.undo()
    assert ann.state.everything[note.id].text == "By Bob"
    assert ann.undo() is None
    mine = ann.add("strengths", "Only mine")
    ann.edit(mine.id, "Only mine, longer")
    assert ann.undo().text == "Only mine"
    assert ann.undo().deleted


def test_links_are_named_as_people_say_them(small):
    cluster = clusterlab.open_workshop(small.path).cluster("alpha")
    tows = cluster.board("tows", topic="business")
    tows.add("st", "Use the network to find new funding")
    note = tows.link("ST1", "s1", "T1")
    assert len(note.links) == 2
    assert [r.spoken for r in tows.output().boxes[1].items[0].links] == ["S1", "T1"]
    assert len(tows.unlink("ST1", "T1").links) == 1
    cluster.workshop.source.close()


def test_a_swot_takes_up_factors_and_findings(small):
    cluster = clusterlab.open_workshop(small.path).cluster("alpha")
    swot = cluster.board("swot", topic="business")
    cluster.board("pestel").add("legal", "A new law")
    cluster.board("findings").add("findings", "Members know each other")
    threat, strength = swot.add("threats", "Rules change"), swot.add("strengths", "We know them")
    assert len(swot.link(threat.id, "LE1", "F1").links) == 2
    swot.link(strength.id, "LE1")
    found = [(f.rule, f.note, f.severity) for f in cluster.check() if "factor" in f.rule]
    assert found == [("swot-factor", strength.spoken, "error")]
    cluster.workshop.source.close()


def test_notes_are_named_by_their_place_in_a_tree(small):
    cluster = clusterlab.open_workshop(small.path).cluster("alpha")
    goals, tasks = cluster.board("smart-goals"), cluster.board("tasks")
    for text, above in (("Top", ""), ("First", "G1"), ("Second", "G1")):
        goals.add("goals", text, part_of=above)
    assert goals.edit("G1.2", "Second, anew").spoken == "G3"
    tasks.add("tasks", "Do it")
    assert tasks.link("T1", "g1.2").links == (goals.state.find("G3").id,)
    with pytest.raises(UnknownNameError):
        tasks.link("T1", "G1.3")
    with pytest.raises(UnknownNameError):
        goals.edit("G3.1", "x y z")
    cluster.workshop.source.close()


def test_links_go_to_the_first_version_where_ones_own_is_not_written(small):
    kind = shared("templates", "canvases", "tows.toml").read_text(encoding="utf-8")
    for version in ("current", "later"):
        kind += f'[[versions]]\nid = "{version}"\nlabel = "{version}"\n'
    file = small.path / "canvases" / "tows.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(kind, encoding="utf-8")
    cluster = clusterlab.open_workshop(small.path).cluster("alpha")
    tows = cluster.board("tows", version="later", topic="business")
    tows.add("st", "Use the network to find new funding")
    assert len(tows.link("ST1", "S1").links) == 1
    with pytest.raises(UnknownNameError):
        tows.link("ST1", "S9")
    cluster.workshop.source.close()


def test_wrong_names_are_refused_with_the_nearest(board):
    with pytest.raises(UnknownNameError, match="Did you mean “strengths”"):
        board.add("strenghts", "x y z")
    with pytest.raises(UnknownNameError, match="group"):
        board.add("strengths", "x y z", grup="HR")
    with pytest.raises(UnknownNameError, match="S1"):
        board.edit("S99", "x")
    with pytest.raises(UsageError, match="needs a text"):
        board.add("strengths", " \0 ")
    with pytest.raises(UsageError, match="characters"):
        board.add("strengths", "x" * 5001)


def test_the_topic_must_be_said_where_there_are_several(small):
    workshop = clusterlab.open_workshop(small.path)
    with pytest.raises(UsageError, match="business"):
        workshop.cluster("alpha").board("swot").add("strengths", "x y z")
    with pytest.raises(UnknownNameError, match="services"):
        workshop.cluster("alpha").board("swot", topic="service")
    with pytest.raises(ParameterError, match="alpha, beta"):
        workshop.cluster()
    workshop.source.close()


def test_a_board_shows_as_a_typed_output(board):
    board.add("threats", "Others offer the same for less")
    bundle = board._repr_mimebundle_()
    assert set(bundle) == {MIME, "text/html", "text/plain"}
    assert bundle[MIME]["type"] == "canvas"
    assert "Others offer the same for less" in bundle["text/html"]
    assert "Others offer the same for less" in bundle["text/plain"]


def test_notes_come_as_a_table(small):
    workshop = clusterlab.open_workshop(small.path)
    frame = workshop.notes()
    assert len(frame) == 4
    assert set(frame["cluster"]) == {"alpha", "beta"}
    workshop.source.close()


def test_vague_figures_say_what_they_are_counted_as(small):
    workshop = clusterlab.open_workshop(small.path)
    facts = workshop.cluster("alpha").title("T").facts
    assert ("almost 200", "counted as 200") in [(f.value, f.note) for f in facts]
    workshop.source.close()


def test_notes_of_a_block_or_topic_that_is_gone_still_show(small):
    text = shared("templates", "canvases", "swot.toml").read_text(encoding="utf-8")
    fewer = text.replace('"opportunities threats"', '"opportunities opportunities"')
    (small.path / "canvases").mkdir()
    (small.path / "canvases" / "swot.toml").write_text(
        fewer[: fewer.index('[[blocks]]\nid = "threats"')], encoding="utf-8"
    )
    workshop = clusterlab.open_workshop(small.path)
    cluster = workshop.cluster("alpha")
    output = cluster.board("swot", topic="business").output()
    assert [i.text for i in output.unplaced] == ["Funding of alpha ends next year"]
    assert "Funding of alpha ends next year" in output.to_html()
    assert "Funding of alpha ends next year" in output.to_text()
    workshop.source.close()
    file = small.path / "workshop.toml"
    file.write_text(file.read_text() + '\n[[topics]]\nid = "people"\nlabel = "People"\n')
    workshop = clusterlab.open_workshop(small.path)
    cluster = workshop.cluster("alpha")
    assert cluster.topics("swot") == ["people", "business"]
    shown = cluster.board("swot", topic="business").output()
    assert shown.subtitle == "business"
    assert "People of alpha know each other well" in shown.to_text()
    assert workshop.source.strays()
    workshop.source.close()


def test_a_notebook_shows_a_sentence_instead_of_a_traceback(board):
    with pytest.raises(UnknownNameError) as error:
        board.add("strenghts", "x y z")
    (line,) = error.value._render_traceback_()
    assert line == "There is no block “strenghts”. Did you mean “strengths”?"
