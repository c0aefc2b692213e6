"""The strategy review as tables: from boards that people fill in to what documents show."""

import json

import pytest
from odd import ODD, odd_notes
from sheets_of import board, sheet

from clusterlab.errors import UnknownNameError
from clusterlab.language import load
from clusterlab.outputs import Context
from clusterlab.outputs.cluster import ClusterOutputs
from clusterlab.outputs.present import Presenter
from clusterlab.outputs.record import remake
from clusterlab.outputs.results import RESULTS
from clusterlab.session import OpenWorkshop
from clusterlab.workshop import Bundle, load_kinds

KINDS = load_kinds()
REVIEW = (
    "pestel", "trend-radar", "needs", "vision-mission", "competencies", "services",
    "communication-plan",
)  # fmt: skip
MADE = [(kind, name) for kind in REVIEW for name in RESULTS[KINDS[kind].method]]
HOSTILE = "<script>alert(1)</script> & “x” {text} =1+1"


@pytest.fixture
def review(small):
    """The outputs of a cluster that has done the whole review."""
    opened = OpenWorkshop(small).cluster("alpha")
    pestel = opened.board("pestel")
    pestel.add("legal", "Rules for batteries get stricter", effect="threat", impact=4,
                     likelihood=2, horizon="short")  # fmt: skip
    pestel.add("social", HOSTILE, impact=5, horizon="long")
    trends = opened.board("trend-radar")
    trends.add("trends", "Sharing cars", segment="Mobility", ring="watch", influence=2)
    trends.add("trends", "Hydrogen", segment="Energy", ring="act", influence=5, competence=2,
               benchmark_influence=4, benchmark_competence=4.5)  # fmt: skip
    needs = opened.board("needs")
    needs.add("members", "Car maker", weight=2, key_member="yes")
    needs.add("members", "Suppliers", weight=1, key_member="no")
    needs.add("needs", "Test benches", ratings="M2 5")
    needs.add("needs", "Skilled people", ratings="M1 4, M2 1")
    vision = opened.board("vision-mission")
    vision.add("vision", HOSTILE, shared="yes", easy="not-yet")
    skills = opened.board("competencies")
    skills.add("languages", "English in meetings", today=3, target=4)
    skills.add("technical", "Battery cells", today=1, target=5)
    skills.add("technical", "Markets", today=2)
    services = opened.board("services")
    services.add("services", "Job fair", field="Skills", staff_cost=9000, other_cost=1000,
                 public_revenue=0, membership_revenue=5000, fee_revenue=0, in_fee="yes",
                 mission=5, decision="keep")  # fmt: skip
    services.link("SV1", "N2")
    services.add("services", HOSTILE, staff_cost=500, other_cost=0)
    plan = opened.board("communication-plan")
    plan.add("groups", "Members", message="We are here", channel="Visits", timing="every month",
             responsible="Office")  # fmt: skip
    plan.add("groups", HOSTILE, timing="2026-01-31")
    plan.add("groups", "members", message=HOSTILE, channel="Newsletter", responsible="Office")
    cluster = small.cluster("alpha")
    return ClusterOutputs(small, cluster, small.language(cluster))


def cells(table):
    return [row.cells for row in table.rows]


def test_factors_are_ranked_with_what_they_feed(review, small):
    table = review.result("pestel")
    assert cells(table) == [
        ("LE1", "Rules for batteries get stricter", "1", "Threat", "Within a year", "4 × 2 = 8",
         "proposed: Prepare", "proposed: Threats"),
        ("SC1", HOSTILE, "", "", "Later than in three years", "5 × ?", "proposed: Watch", ""),
    ]  # fmt: skip
    opened = OpenWorkshop(small).cluster("alpha")
    opened.board("trend-radar").link("TR1", "LE1")
    opened.board("swot", topic="services").add("threats", "rules for batteries get stricter")
    assert cells(review.result("pestel"))[0][6:] == ("TR1", "T2")


def test_factors_are_drawn_by_likelihood_and_impact(review):
    drawn = review.result("pestel", "matrix-picture")
    assert drawn.title == "Impact and likelihood"
    assert "Strong but unlikely: LE1" in drawn.text.splitlines()
    assert "1 thing in four quarters" in drawn.alt
    assert [f.value for f in drawn.footnotes if "Without" in f.label] == ["SC1"]
    assert "threat" in drawn.svg


def test_communication_stands_by_group_with_what_is_missing(review):
    assert cells(review.result("communication-plan")) == [
        ("CP1, CP3", "Members", "Visits; Newsletter", "Office",
         "CP1: Objective, Measure; CP3: Objective, Timing, Measure"),
        ("CP2", HOSTILE, "", "",
         "CP2: Objective, Key message, Channel, Responsible, Measure"),
    ]  # fmt: skip


def test_communication_stands_by_time(review):
    rows = cells(review.result("communication-plan", "timing"))
    assert [row[0] for row in rows] == ["CP2", "CP1", "CP3"]
    assert [row[2] for row in rows] == ["January 31, 2026", "every month", ""]


def test_assessments_stand_side_by_side(review, small):
    board = OpenWorkshop(small).cluster("alpha").board("services")
    board.add("services", "Fairs", self_assessment=4, members_assessment=2, priority=3)
    assert cells(review.result("services", "feedback")) == [
        ("SV3", "Fairs", "3", "4", "2", "-2", "Members rate it lower", ""),
    ]


def test_trends_stand_by_ring_beside_the_benchmark(review):
    table = review.result("trend-radar")
    assert cells(table) == [
        ("TR2", "Hydrogen", "Energy", "Act", "5", "2", "Act here", "+1", "-2.5", "2.69"),
        ("TR1", "Sharing cars", "Mobility", "Watch", "2", "", "", "", "", ""),
    ]
    notes = [fact.value for fact in table.footnotes]
    assert [n for n in notes if "no standard" in n]
    assert "no standard" in str(review.result("trend-radar", "radar-picture").footnotes[0].value)
    assert "own 5, benchmark 4, over the one trend that has both." in notes


def test_columns_of_a_benchmark_need_one(small):
    OpenWorkshop(small).cluster("beta").board("trend-radar").add("trends", "Hydrogen")
    outputs = ClusterOutputs(small, small.cluster("beta"), load("en"))
    assert "distance" not in {c.id for c in outputs.result("trend-radar").columns}


def test_factors_are_proposed_and_nothing_is_added(review):
    table = review.result("trend-radar", "proposals")
    assert cells(table) == [
        ("LE1", "Rules for batteries get stricter", "Legal", "Prepare", "4"),
        ("SC1", HOSTILE, "Social and cultural", "Watch", "5"),
    ]
    assert len(review.state(review.board_id("trend-radar"))) == 2


def test_needs_are_ranked_and_the_formula_is_said(review):
    table = review.result("needs")
    assert cells(table) == [
        ("N2", "Skilled people", "1", "3", "4", "M1, M2", ""),
        ("N1", "Test benches", "2", "5", "", "M2", "M1"),
    ]
    assert "a missing rating is no zero" in table.summary
    assert any("share a rank" in fact.value for fact in table.footnotes)


def test_needs_are_drawn_by_rank_with_those_of_key_members_marked(review, small):
    drawn = review.result("needs", "ranking-picture")
    assert drawn.text.splitlines() == [
        "N2 Skilled people: 3, Key members rate it high", "N1 Test benches: 5"
    ]  # fmt: skip
    assert drawn.alt == ("2 needs. Those that key members rate high, most relevant first: N2.")
    OpenWorkshop(small).cluster("alpha").board("needs").add("needs", "Late", ratings="M9 5")
    drawn = review.result("needs", "ranking-picture")
    assert [f.value for f in drawn.footnotes if f.label == "Not rated:"] == ["N3"]
    assert "Key members rate it high" in drawn.svg
    empty = ClusterOutputs(small, small.cluster("beta"), load("en"))
    assert "votes" not in empty.result("needs", "ranking-picture").svg


def test_success_factors_say_yes_or_not_yet(review):
    [row] = cells(review.result("vision-mission"))
    assert row[3:] == ("Yes", "Not yet", "Not yet", "Not yet", "Not yet", "Not yet")


def test_gaps_and_their_means(review):
    gaps = review.result("competencies")
    assert cells(gaps) == [
        ("TK1", "Battery cells", "Technical knowledge", "1", "5", "+4"),
        ("LA1", "English in meetings", "Language skills", "3", "4", "+1"),
    ]
    assert any(fact.value == "TK2" for fact in gaps.footnotes)
    means = cells(review.result("competencies", "fields"))
    assert means[0] == ("TK", "Technical knowledge", "1", "5", "+4")
    assert means[1] == ("MS", "Methodological skills", "", "", "")


def test_services_stand_by_quarter_and_the_line_is_told(review):
    table = review.result("services")
    assert cells(table)[0] == (
        "SV1", "Job fair", "Heart", "5", "2", "10,000", "5,000", "-5,000", "Keep",
        "costly and included in the fee, profitability computed",
    )  # fmt: skip
    assert cells(table)[1][2:] == ("", "", "", "500", "", "", "", "")
    assert any("Profitability 3 counts as low" in fact.value for fact in table.footnotes)
    fields = cells(review.result("services", "fields"))
    assert fields == [
        ("1", "Skills", "SV1", "10,000", "5,000"), ("2", "No field named", "SV2", "500", ""),
    ]  # fmt: skip


def test_the_matrix_takes_the_computed_profitability_if_it_is_asked_to(review):
    drawn = review.result("services", "quarters")
    assert [i.spoken for box in drawn.boxes for i in box.items if box.id == "heart"] == ["SV1"]
    assert [i.spoken for i in drawn.unplaced] == ["SV2"]
    assert any("computed" in fact.value for fact in drawn.footnotes)
    rated = review.matrix("services")
    assert [i.spoken for i in rated.unplaced] == ["SV1", "SV2"]


def test_services_stand_in_the_matrix_too(review):
    matrix = review.matrix("services")
    assert matrix.title == "Matrix Map"
    assert review.matrix("action-plan").title == "Priority matrix"
    assert [box.id for box in matrix.boxes] == ["heart", "star", "stop-sign", "money-tree"]


@pytest.mark.parametrize(("canvas", "name"), MADE)
def test_every_result_is_made_again_and_escaped(review, small, canvas, name):
    made = review.result(canvas, name)
    saved = json.loads(json.dumps(made.to_json()))
    assert remake(review, saved["context"]["made"]) == made
    assert "<script>" not in made.to_html()
    assert made.alt
    assert made.to_text()
    bundle = Bundle(small.bundle(review.cluster, review.language))
    others = ClusterOutputs(bundle, bundle.cluster, bundle.language)
    assert others.result(canvas, name).to_json() == made.to_json()


@pytest.mark.parametrize(("canvas", "name"), MADE)
def test_a_result_of_an_empty_board_is_no_sheet_to_fill(small, canvas, name):
    outputs = ClusterOutputs(small, small.cluster("beta"), load("en"))
    made = outputs.result(canvas, name)
    assert made.alt
    assert made.type == ("canvas" if name == "quarters" else "picture")


def test_results_go_by_name(review):
    with pytest.raises(UnknownNameError, match="ranking"):
        review.result("needs", "rankin")


def test_findings_of_the_review_are_in_words(review):
    found = review.findings("trend-radar", "needs", "services", "competencies", "vision-mission")
    said = " ".join(line for group in found.groups for line in group.lines)
    assert "TR2: influence is high (5), competence low (2)." in said
    assert "V1 is not yet: " in said
    assert "SV2 says nothing about: Public revenue, Share of membership fees" in said


@pytest.mark.parametrize("value", [v for k, v in ODD.items() if k != "huge"])
@pytest.mark.parametrize(("canvas", "name"), MADE)
def test_no_value_stops_a_result(canvas, name, value):
    others = [board(k, *odd_notes(KINDS[k], value)) for k in KINDS if k != canvas]
    own = sheet(canvas, *odd_notes(KINDS[canvas], value), others=others)
    presenter = Presenter(load("en"), Context("en"), {})
    assert RESULTS[own.kind.method][name](presenter, own).to_html()
