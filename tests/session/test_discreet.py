"""Ballots of an open vote and figures of few answers stay out of what is handed out."""

import csv
import json
from dataclasses import replace

import pytest

from clusterlab.exchange import export_notes, hidden_notes, import_notes, make_form, notes_frame
from clusterlab.language import load
from clusterlab.methods import TieRule, VoteRules
from clusterlab.outputs.cluster import ClusterOutputs
from clusterlab.session import OpenWorkshop
from clusterlab.workshop import Bundle

OPEN = VoteRules(TieRule.ORDER)


@pytest.fixture
def here(small):
    """A workshop with two ballots and two findings, one of them of few answers."""
    small.settings = replace(small.settings, vote=OPEN)
    cluster = OpenWorkshop(small).cluster("alpha")
    for text in ("Milk", "Beer"):
        cluster.board("ideas").add("ideas", text)
    for token in ("maple", "river"):
        note = cluster.board("vote").add("ballots", token, ranking="ID2 ID1", dots="ID2×3")
        cluster.board("vote").link(note.spoken, "ID2")
    findings = cluster.board("findings")
    findings.add("findings", "Rare service", answers=3, importance=4.25, share=66.5)
    findings.add("findings", "Usual service", answers=30, importance=3.75)
    return small


def closed(folder):
    folder.settings = replace(folder.settings, vote=replace(OPEN, closed=True))
    return folder


def everything(output):
    return json.dumps(list(output.twins().values()), ensure_ascii=False)


def of(folder, *, bundled=False):
    cluster, language = folder.cluster("alpha"), load("en")
    if bundled:
        return ClusterOutputs(Bundle(folder.bundle(cluster, language)), cluster, language)
    return ClusterOutputs(folder, cluster, language)


@pytest.mark.parametrize("bundled", [False, True])
def test_the_canvas_of_an_open_vote_shows_how_many_voted_and_nothing_else(here, bundled):
    drawn = of(here, bundled=bundled).board("vote")
    assert [row.cells for row in drawn.rows] == [
        (f"B{n}", "Ballot, hidden until the vote is closed", "", "", "") for n in (1, 2)
    ]
    told = everything(drawn)
    assert not any(word in told for word in ("maple", "ID2", "Milk", "Beer"))
    assert drawn.footnotes[0].value.startswith("The vote is open")


@pytest.mark.parametrize("bundled", [False, True])
def test_once_closed_the_canvas_shows_the_ballots(here, bundled):
    drawn = of(closed(here), bundled=bundled).board("vote")
    assert [row.cells[:4] for row in drawn.rows] == [
        ("B1", "maple", "ID2 ID1", "ID2×3"), ("B2", "river", "ID2 ID1", "ID2×3"),
    ]  # fmt: skip
    assert drawn.footnotes == ()


def test_what_a_notebook_shows_beside_a_live_canvas_hides_them_too(here):
    assert "maple" not in everything(OpenWorkshop(here).cluster("alpha").board("vote").output())


def test_the_canvas_of_a_survey_prints_no_figure_of_few_answers(here):
    drawn = of(here).board("findings")
    first, second = (row.cells for row in drawn.rows)
    assert first == ("F1", "Rare service", *[""] * (len(first) - 2))
    assert second[2:4] == ("30", "3.75")
    told = everything(drawn)
    assert "4.25" not in told
    assert "66.5" not in told
    assert drawn.footnotes[0].label == "Not shown:"
    assert drawn.footnotes[0].value.startswith("Figures of too few answers")


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["text"]: row for row in csv.DictReader(file)}


def test_a_table_leaves_out_what_is_hidden_unless_it_is_asked_for(here, tmp_path):
    plain, whole = tmp_path / "plain.csv", tmp_path / "whole.csv"
    count = export_notes(here, whole, with_hidden=True)
    assert export_notes(here, plain) == count - hidden_notes(here) == count - 3
    assert {"maple", "river", "Rare service"} == rows(whole).keys() - rows(plain).keys()
    assert "maple" not in notes_frame(here).to_csv()
    assert hidden_notes(closed(here)) == 1


def test_a_table_without_hidden_rows_taken_back_changes_nothing(here, tmp_path):
    path = tmp_path / "plain.csv"
    export_notes(here, path)
    position = here.journal.position()
    report = import_notes(here, path)
    assert (report.taken, report.changed, report.deleted, report.refusals) == (0, 0, 0, ())
    assert here.journal.position() == position


def test_ballots_from_a_table_keep_what_was_announced_in_the_workshop_they_come_from(
    here, tmp_path
):
    path = tmp_path / "whole.csv"
    export_notes(here, path, with_hidden=True)
    assert rows(path)["maple"]["field:announced"] == "tie=order method=dots dots=3 own=allowed"
    path.write_text("canvas,cluster,block,text,ranking\nvote,alpha,ballots,late,ID1\n")
    here.settings = replace(here.settings, vote=replace(OPEN, tie=TieRule.SHARED))
    import_notes(here, path)
    kept = [n.get("announced") for n in OpenWorkshop(here).cluster("alpha").board("vote").notes]
    assert [text.split()[0] for text in kept] == ["tie=order", "tie=order", "tie=shared"]
    (found,) = [f for f in of(here).check() if f.rule == "vote-changed"]
    assert found.message.fields["count"] == 2


def test_forms_and_pages_hold_no_ballot_of_an_open_vote(here, tmp_path):
    def held():
        form = make_form(here, here.cluster("alpha"), load("en"), ["vote"])
        page = OpenWorkshop(here).cluster("alpha").board("vote").save_page(tmp_path / "a.html")
        return [n.text for n in form.sheets[0].notes], "maple" in page.read_text(encoding="utf-8")

    assert held() == ([], False)
    closed(here)
    assert held() == (["maple", "river"], True)


def test_a_page_of_an_open_vote_gives_no_number_twice(here, tmp_path):
    page = OpenWorkshop(here).cluster("alpha").board("vote").save_page(tmp_path / "a.html")
    assert '"numbers":{"current":{"B":2}}' in page.read_text(encoding="utf-8")
