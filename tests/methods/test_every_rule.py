"""Every rule at once: each can be made to fire, has its level, and says where it is from."""

from dataclasses import replace
from functools import cache

import pytest
from sheets_of import KINDS, board, note, sheet
from test_certainty import actions, plan_with
from test_scores import IDEAS, ORDER, TURNED, on_kind, own_kind, scored
from test_severities import CASES

from clusterlab.language import load
from clusterlab.methods import (
    MethodSettings,
    TieRule,
    VoteRules,
    check_actions,
    check_challenges,
    check_competencies,
    check_goals,
    check_ideas,
    check_indicators,
    check_matrix,
    check_needs,
    check_pestel,
    check_poll,
    check_portfolio,
    check_raci,
    check_radar,
    check_schedule,
    check_scores,
    check_survey,
    check_swot,
    check_thread,
    check_tows,
    check_vision,
    check_wbs,
    matrix_findings,
    raci_from_cells,
)
from clusterlab.methods.communication import check_communication
from clusterlab.methods.rule_ids import RULE_IDS
from clusterlab.model import BoardId

SAY = load("en").say
E, W, I = "error", "warning", "info"  # noqa: E741 - as the levels of rules are written

#: How heavy the findings of each rule are. Two of one rule say which is the heavier case.
LEVELS = {
    "action-date": {W}, "action-deadline": {W}, "action-past": {W}, "action-responsible": {E},
    "action-verb": {W},
    "challenge-open": {W}, "challenge-twice": {I},
    "communication-group": {E}, "communication-missing": {W}, "communication-odd": {E},
    "competencies-below": {W}, "competencies-empty": {I}, "competencies-missing": {W},
    "competencies-odd": {E},
    "goal-circle": {E}, "goal-late": {W}, "goal-parent": {E}, "goal-parents": {E},
    "goal-place": {I},
    "ideas-feedback": {I}, "ideas-many": {W}, "ideas-none": {I}, "ideas-odd": {E},
    "ideas-place": {W}, "ideas-soon": {W},
    "indicator-base": {W}, "indicator-date": {W}, "indicator-day": {E}, "indicator-missing": {E},
    "indicator-number": {E}, "indicator-order": {E}, "indicator-share": {W},
    "indicator-still": {W}, "indicator-when": {W},
    "matrix-direction": {E}, "matrix-easy": {W}, "matrix-ends": {W}, "matrix-flat": {W},
    "matrix-half": {I}, "matrix-no-quick-win": {W}, "matrix-off": {E}, "matrix-reversed": {W},
    "matrix-scale": {E},
    "needs-key": {I}, "needs-member": {E}, "needs-odd": {E}, "needs-scale": {E},
    "needs-twice": {W}, "needs-unrated": {W}, "needs-unread": {W}, "needs-weight": {E},
    "pestel-effect": {W}, "pestel-noun": {W}, "pestel-odd": {E}, "pestel-rating": {I},
    "portfolio-against": {I}, "portfolio-apart": {W}, "portfolio-cost": {W},
    "portfolio-decision": {W}, "portfolio-fee": {W}, "portfolio-money": {I},
    "portfolio-need": {W}, "portfolio-odd": {E}, "portfolio-revenue": {E}, "portfolio-staff": {E},
    "portfolio-unplaced": {W},
    "raci-accountable": {E}, "raci-informed": {W}, "raci-joined": {W}, "raci-load": {W},
    "raci-name": {E}, "raci-only-informed": {W}, "raci-responsible": {E}, "raci-several": {I},
    "raci-unlisted": {E}, "raci-unread": {W},
    "radar-act": {W}, "radar-missing": {E}, "radar-odd": {E},
    "schedule-cycle": {E}, "schedule-duration": {W, E}, "schedule-goal": {W},
    "schedule-held": {W}, "schedule-late": {E}, "schedule-milestone": {I}, "schedule-place": {I},
    "schedule-overload": {W}, "schedule-self": {E}, "schedule-start": {I},
    "schedule-summary": {E}, "schedule-team": {I}, "schedule-unknown": {E},
    "schedule-unreadable": {E},
    "scores-apart": {I}, "scores-half": {I}, "scores-hangs": {I}, "scores-hidden": {I},
    "scores-nothing": {E},
    "scores-off": {E}, "scores-open": {I}, "scores-reversed": {W}, "scores-scale": {E},
    "scores-token": {E, W}, "scores-twice": {W}, "scores-unknown": {E}, "scores-unread": {W},
    "smart-confirm": {I}, "smart-missing": {E, W}, "smart-odd": {E}, "smart-past": {W},
    "smart-still": {W}, "smart-vague": {W},
    "stakeholder-odd": {E}, "stakeholder-rating": {I}, "stakeholder-strategy": {W},
    "survey-answers": {E}, "survey-base": {W}, "survey-counts": {E}, "survey-decimals": {W},
    "survey-differs": {W}, "survey-few": {E}, "survey-half": {I}, "survey-mean": {W},
    "survey-odd": {E}, "survey-scale": {E}, "survey-sum": {E}, "survey-word": {W},
    "swot-both": {W}, "swot-empty": {I}, "swot-factor": {E}, "swot-factor-text": {W},
    "swot-noun": {W}, "swot-odd": {E}, "swot-unrated": {I},
    "thread-finding": {I}, "thread-goal": {W}, "thread-indicator": {W}, "thread-open": {I},
    "thread-measures": {I}, "thread-plan": {I},
    "thread-role": {W}, "thread-strategy": {I}, "thread-task": {W},
    "tows-cell": {E}, "tows-cite": {E}, "tows-letter": {I}, "tows-many": {I}, "tows-none": {W},
    "tows-orphan": {W},
    "tows-orphan-low": {I}, "tows-unused": {I},
    "vision-factors": {W}, "vision-long": {I}, "vision-missing": {W}, "vision-odd": {E},
    "vote-alike": {W}, "vote-changed": {E}, "vote-dots": {E}, "vote-narrow": {I},
    "vote-open": {I}, "vote-options": {E}, "vote-own": {E}, "vote-tie": {E},
    "vote-token": {E, W}, "vote-twice": {E}, "vote-unknown": {E},
    "wbs-circle": {E}, "wbs-confirm": {I}, "wbs-effort": {E}, "wbs-odd": {E}, "wbs-overlap": {W},
    "wbs-parent": {E}, "wbs-parents": {E}, "wbs-period": {W}, "wbs-place": {I},
    "wbs-single": {E}, "wbs-size": {W},
    "wbs-verb": {W}, "wbs-weight": {E, W},
}  # fmt: skip


def review():
    yield check_swot(sheet(
        "swot",
        note("S1", "strengths", "Rules get stricter", topic="business", links=["LE1"]),
        note("S2", "strengths", "Money gets scarce everywhere", topic="business", importance=5),
        note("S3", "strengths", "Small and quick", topic="business"),
        note("W1", "weaknesses", "Quick and small", topic="business"),
        note("W2", "weaknesses", "Small and quick!", topic="business"),
        others=[board("pestel", note("LE1", "legal", "Batteries are regulated"),
                      note("EC1", "economic", "Money gets scarce everywhere"))],
    ))  # fmt: skip
    swot = [note(f"S{n}", "strengths", topic="business") for n in range(1, 6)]
    swot += [note("O1", "opportunities", topic="services")]
    many = note("SO1", "so", topic="business", links=[n.spoken for n in swot])
    own = sheet("tows", many, others=[board("swot", *swot)])
    yield check_tows(replace(own, settings=MethodSettings(tows_per_letter=2)))
    yield check_tows(sheet("tows", others=[board("swot", *swot)]))
    yield check_pestel(sheet("pestel", note("LE1", "legal", "Law", impact=9)))
    yield check_radar(sheet(
        "trend-radar", note("TR1", "trends", influence=5, competence=1, ring="soon"),
    ))  # fmt: skip
    yield check_needs(sheet(
        "needs", note("M1", "members", "A", weight=-1), note("M2", "members", "B"),
        note("N1", "needs", "C", ratings="M1 9, M1 4, M9 1, yes"), note("N2", "needs", "D"),
    ))  # fmt: skip
    yield check_competencies(sheet(
        "competencies", note("TK1", "technical", "A", today=5, target=1),
        note("TK2", "technical", "B", today=9),
    ))  # fmt: skip
    yield check_vision(sheet("vision-mission", note("V1", "vision", "word " * 36, shared="?")))
    own = sheet("communication-plan", note("CP1", "groups", "Members", timing="soon"))
    fields = tuple(replace(f, type="date") if f.id == "timing" else f for f in own.kind.fields)
    yield check_communication(replace(own, kind=replace(own.kind, fields=fields)))


def services():
    costs = {"staff-cost": 900, "other-cost": 0, "public-revenue": 0, "membership-revenue": 0,
             "fee-revenue": 0}  # fmt: skip
    yield check_portfolio(sheet(
        "services",
        note("SV1", "services", "A", links=["N1"], **costs, decision="stop", mission=5,
             profitability=5, **{"in-fee": "yes", "self-assessment": 5, "members-assessment": 1}),
        note("SV2", "services", "B", mission=9, **dict.fromkeys(costs, 0) | {"staff-cost": 1}),
        note("SV3", "services", "C"),
        others=[board("needs", note("N1", "needs", "D"), note("N2", "needs", "E"))],
    ))  # fmt: skip


def choosing():
    challenge = KINDS["challenges"].field("challenge").choices[0].id
    yield check_challenges(sheet(
        "challenges", *(note(f"CH{n}", "challenges", "A", challenge=challenge) for n in (1, 2)),
        note("CH3", "challenges", "B"),
    ))  # fmt: skip
    ranks = [1, 1, 2, 3, 7]
    yield check_ideas(
        sheet("ideas", *(note(f"ID{n}", "ideas", rank=r) for n, r in enumerate(ranks)))
    )
    yield check_ideas(sheet("ideas", *(note(f"ID{n}", "ideas") for n in range(4))))
    yield check_scores(scored((ORDER, ORDER), (ORDER, ORDER), (TURNED, ORDER), (ORDER, ORDER)))
    yield check_scores(scored(("ID1 1", "ID1 1"), scores="hidden"))
    yield check_scores(scored(("ID1 1", "ID1 1"), ideas=board("ideas")))
    yield check_scores(on_kind(own_kind("ideas", "remark"), IDEAS, {"remark": "ID1 4"}))
    two = [note(f"B{n}", "ballots", t, ranking=r) for n, t, r in [(1, "t", "ID1"), (2, "u", "ID2")]]
    closed = VoteRules(TieRule.ORDER, closed=True)
    yield check_poll(replace(sheet("vote", *two, others=[IDEAS]), vote=closed))
    yield check_poll(replace(sheet("vote", *two), vote=closed))
    kind = KINDS["findings"]
    fields = tuple(replace(f, maximum=7) if f.id == "importance" else f for f in kind.fields)
    own = sheet("findings", note("F1", "findings", answers=40, importance=4, performance=4))
    yield check_survey(replace(own, kind=replace(kind, fields=fields)))
    yield check_matrix(plan_with(effort={"maximum": 10}))
    yield check_matrix(plan_with(axes=["impact", "effort"]))
    yield check_matrix(plan_with(*actions([5, 4, 3, 1], [3, 14, 30, 90])))
    yield check_matrix(plan_with(*(note(f"A{n}", "actions", effort=1, impact=5) for n in range(4))))


def planning():
    day = "2026-11-23"

    def task(spoken, **more):
        return note(spoken, "tasks", more.pop("text", f"Task {spoken}"), **more)

    yield check_schedule(sheet(
        "tasks",
        task("T1", after="T2", duration=1), task("T2", after="T1", duration=1),
        task("T3", after="T2", duration=1),
        task("T4", after="T4, T9, T5SS, T5.1, ?"), task("T5"),
        task("T6", **{"part-of": "T5"}, duration=-1),
        task("T7", duration=9, deadline=day, resource="Anna", links=["G1"]),
        task("T8", duration=9, resource="Anna", milestone="yes"),
        task("T10", duration=1, resource="Team 200 %"),
        others=[board("smart-goals", note("G1", "goals", deadline=day))], day=day,
    ))  # fmt: skip
    yield check_schedule(sheet("tasks", task("T1", duration=1, deadline=day)))
    own = sheet(
        "tasks",
        task("T1", text="Prepare the survey", effort=100),
        task("T2", text="Print", effort=10, weight=20, **{"part-of": "T1"}),
        task("T3", text="Print", effort=20, weight=20, **{"part-of": "T1"}),
        task("T4", **{"part-of": "T3"}, milestone="?"),
        task("T5", **{"part-of": "T5"}), task("T6", **{"part-of": "T9"}),
        task("T7", **{"part-of": "T2, T1"}, duration=99),
        task("T30", **{"part-of": "T1.1"}),
        task("T8", **{"part-of": "T2"}, weight=60), task("T9x", **{"part-of": "T2"}, weight=60),
    )  # fmt: skip
    yield check_wbs(replace(own, settings=MethodSettings(reporting_days=20)))
    yield check_goals(sheet(
        "smart-goals",
        note("G1", "goals", "Improve services", deadline="2026-01-01", relevant="yes"),
        note("G2", "goals", deadline="2027-01-01", **{"part-of": "G1"}),
        note("G3", "goals", baseline=4, target=4, **{"part-of": "G1, G2"}),
        note("G4", "goals", target="?", **{"part-of": "G9"}),
        note("G5", "goals", **{"part-of": "G5"}), note("G6", "goals", **{"part-of": "G1.1"}),
        day=day,
    ))  # fmt: skip
    yield check_indicators(sheet(
        "indicators",
        note("I1", "indicators", unit="%", baseline=4, target=4, final="5 %"),
        note("I2", "indicators", unit="%", **{"share-of": "80, then 120", "baseline-date": "?"}),
        note("I3", "indicators", **{"baseline-date": "2027-01-01", "final-date": "2026-01-01"}),
    ))  # fmt: skip
    yield check_actions(sheet(
        "action-plan",
        note("A1", "actions", "The website", deadline="soon"),
        note("A2", "actions", "Write", deadline="2026-01-01"), note("A3", "actions", "Print"),
        day=day,
    ))  # fmt: skip


def roles():
    listed = [note(f"P{n}", "people", name) for n, name in enumerate(["Anna", "Ben", "Carl"], 1)]
    yield check_raci(sheet(
        "raci", *listed,
        note("D1", "activities", "A", accountable="Anna, Ben", responsible="Anna, Ben",
             informed="Carl"),
        note("D2", "activities", "B", accountable="Anna", responsible="?, Dora & Emil"),
        note("D3", "activities", "C"),
    ))  # fmt: skip
    cells = raci_from_cells(["Anna"], [["A", "yes"]])
    yield matrix_findings(cells, BoardId("x", "raci"))


def links():
    kind = own_kind("ideas", "remark")
    kinds = {**KINDS, kind.id: replace(kind, cites=("ideas",), method="own")}
    boards = [
        board("findings", note("F1", "findings")),
        board("swot", note("S1", "strengths", topic="business")),
        board("tows", note("SO1", "so", topic="business")),
        board("smart-goals", note("G1", "goals")),
        board("tasks", note("T1", "tasks")),
        board("indicators", note("I1", "indicators")),
        board("raci", note("D1", "activities")),
        board("ideas", note("ID1", "ideas")),
        board(kind.id, note("VO1", "scores")),
    ]
    yield check_thread(kinds, {b.id: b for b in boards})
    yield check_thread(kinds, {b.id: b for b in boards if b.id.canvas == "smart-goals"})


@cache
def everything():
    """Give the findings of boards on which each rule has something to say."""
    makers = (review, services, choosing, planning, roles, links)
    found = [f for maker in makers for findings in maker() for f in findings]
    return [*found, *(f for check, make, _ in CASES for f in check(make()))]


def test_each_rule_can_be_made_to_fire():
    assert {f.rule for f in everything()} == set(RULE_IDS) == LEVELS.keys()


@pytest.mark.parametrize("rule", RULE_IDS)
def test_each_rule_is_as_heavy_as_it_should_be_says_what_to_do_and_where_it_is_from(rule):
    found = [f for f in everything() if f.rule == rule]
    assert {f.severity for f in found} == LEVELS[rule]
    for finding in found:
        assert SAY(finding.source).strip()
        assert SAY(finding.message).strip()
        assert SAY(finding.suggestion).strip()


#: Rules about what only the trainer can mend: the file of a kind or of the workshop.
TRAINERS = {
    "matrix-direction", "matrix-ends", "matrix-scale", "schedule-start", "scores-hidden",
    "scores-scale",
    "survey-scale", "vote-changed", "vote-open", "vote-tie",
}  # fmt: skip


def test_what_only_the_trainer_can_mend_says_whom_to_tell():
    asked, named = set(), set()
    for finding in everything():
        advice = SAY(finding.suggestion)
        if advice.startswith("Tell who runs the workshop: "):
            asked.add(finding.rule)
        if "workshop.toml" in advice or "canvas’s file" in advice:
            named.add(finding.rule)
    assert named <= asked == TRAINERS
