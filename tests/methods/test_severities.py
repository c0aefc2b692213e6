"""How heavy findings of choosing and of surveys are, where a workshop does not say otherwise."""

from dataclasses import replace

import pytest
from sheets_of import board, note, sheet

from clusterlab.methods import (
    MethodSettings,
    TieRule,
    VoteRules,
    announced,
    check_communication,
    check_matrix,
    check_poll,
    check_scores,
    check_survey,
    check_swot,
    check_tows,
)
from clusterlab.methods.stakeholders import check_stakeholders

IDEAS = board(
    "ideas", *(note(f"ID{n}", "ideas", t) for n, t in enumerate(["Milk", "Milk!", "Bread"], 1))
)


def ballots():
    kept = announced(VoteRules(TieRule.SHARED))
    notes = [
        note("B1", "ballots", " "),
        note("B2", "ballots", "t", ranking="ID1"),
        note("B3", "ballots", "t", ranking="ID1", announced=kept),
        note("B4", "ballots", "u", ranking="ID9"),
        note("B5", "ballots", "v", ranking="ID1 ID1"),
        note("B6", "ballots", "w", dots="ID1×9"),
        note("B7", "ballots", "x", ranking="ID1", own="ID1"),
    ]
    return replace(sheet("vote", *notes, others=[IDEAS]), vote=VoteRules(None, own_excluded=True))


def scores():
    rows = [
        note("VO1", "scores", " "),
        note("VO2", "scores", "t"),
        note("VO3", "scores", "t", effort="ID1 1, ID1 2, ID9 1, ID2 9, many", impact="ID1 5"),
        note("VO4", "scores", "u", effort="ID1 5, ID2 1", impact="ID1 5"),
    ]
    own = sheet("idea-scores", *rows, others=[IDEAS])
    return replace(own, settings=MethodSettings(scores="shown"))


def swot(**more):
    blocks = {"S": "strengths", "W": "weaknesses", "O": "opportunities", "T": "threats"}
    return [
        note(f"{b}1", blocks[b], f"Statement about {b}", topic="business", **v)
        for b, v in more.items()
    ]


def survey():
    return sheet(
        "findings",
        note("F1", "findings", answers=3, importance=4),
        note("F2", "findings", importance=4, performance=9),
        note("F3", "findings", "A significant change", answers=20, share=33.3, question="Q"),
        note("F4", "findings", answers=21, share=90, question="Q"),
        note("F5", "findings", answers=20, importance=4, performance=2,
             **{"importance-counts": "1 2", "performance-counts": "0 19 0 0 0"}),
    )  # fmt: skip


CASES = [
    (check_poll, ballots, {
        "vote-token": {"error", "warning"}, "vote-unknown": {"error"}, "vote-twice": {"error"},
        "vote-dots": {"error"}, "vote-own": {"error"}, "vote-tie": {"error"},
        "vote-alike": {"warning"}, "vote-open": {"info"}, "vote-changed": {"error"},
    }),
    (check_scores, scores, {
        "scores-token": {"error", "warning"}, "scores-unread": {"warning"},
        "scores-twice": {"warning"}, "scores-unknown": {"error"}, "scores-off": {"error"},
        "scores-half": {"info"}, "scores-open": {"info"}, "scores-apart": {"info"},
        "scores-hangs": {"info"},
    }),
    (check_tows, lambda: sheet(
        "tows", note("SO1", "so", topic="business", links=["S1"]),
        note("WO1", "wo", topic="business", links=["T1", "O1"]),
        others=[board("swot", *swot(S={}, W={}, O={}, T={}),
                      note("O2", "opportunities", topic="business", importance=2),
                      note("T2", "threats", topic="business"))],
    ), {
        "tows-cite": {"error"}, "tows-cell": {"error"}, "tows-orphan": {"warning"},
        "tows-orphan-low": {"info"}, "tows-unused": {"info"},
    }),
    (check_swot, lambda: sheet("swot", *swot(S={"importance": 9}, O={}),
                               note("W1", "weaknesses", "Funding", topic="business")), {
        "swot-empty": {"info"}, "swot-noun": {"warning"}, "swot-odd": {"error"},
        "swot-unrated": {"info"},
    }),
    (check_survey, survey, {
        "survey-few": {"error"}, "survey-answers": {"error"}, "survey-odd": {"error"},
        "survey-word": {"warning"}, "survey-decimals": {"warning"}, "survey-sum": {"error"},
        "survey-base": {"warning"}, "survey-half": {"info"}, "survey-counts": {"error"},
        "survey-differs": {"warning"}, "survey-mean": {"warning"},
    }),
    (check_stakeholders, lambda: sheet("stakeholders",
                                       note("ST1", "stakeholders", power=9)), {
        "stakeholder-odd": {"error"}, "stakeholder-rating": {"info"},
        "stakeholder-strategy": {"warning"},
    }),
    (check_communication, lambda: sheet("communication-plan", note("CO1", "groups", " ")), {
        "communication-group": {"error"}, "communication-missing": {"warning"},
    }),
    (check_matrix, lambda: sheet("action-plan", note("A1", "actions", effort=9),
                                 *(note(f"A{n}", "actions", effort=5, impact=5)
                                   for n in range(2, 6))), {
        "matrix-off": {"error"}, "matrix-half": {"info"}, "matrix-flat": {"warning"},
        "matrix-no-quick-win": {"warning"},
    }),
]  # fmt: skip


@pytest.mark.parametrize(
    ("check", "make", "expected"), CASES, ids=lambda c: getattr(c, "__name__", "")
)
def test_each_finding_is_as_heavy_as_it_should_be(check, make, expected):
    told = {}
    for finding in check(make()):
        told.setdefault(finding.rule, set()).add(finding.severity)
    assert told == expected
