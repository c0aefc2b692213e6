"""Whatever a journal holds, from old versions or other programs: rules say it or pass over it."""

import pytest
from odd import ODD, odd_notes
from sheets_of import KINDS, board, sheet

from clusterlab.language import load
from clusterlab.methods import RULES

RULED = sorted(kind.id for kind in KINDS.values() if kind.method in RULES)
ENGLISH = load("en")


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
@pytest.mark.parametrize("canvas", RULED)
def test_no_value_stops_a_rule_and_every_finding_is_in_words(canvas, value):
    kind = KINDS[canvas]
    others = [board(k.id, *odd_notes(k, value)) for k in KINDS.values() if k.id != canvas]
    own = sheet(canvas, *odd_notes(kind, value), others=others)
    for finding in RULES[kind.method](own):
        assert ENGLISH.say(finding.message)
        assert len(ENGLISH.say(finding.message)) < 10_000
        assert finding.severity in {"error", "warning", "info"}


@pytest.mark.parametrize("canvas", RULED)
def test_an_empty_canvas_alone_has_no_findings(canvas):
    assert list(RULES[KINDS[canvas].method](sheet(canvas))) == []
