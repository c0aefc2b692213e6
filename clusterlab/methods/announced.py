"""What was announced of a vote when a ballot was cast: it goes along with the ballot.

Rules of a vote stand in ``workshop.toml``, which anybody may change at any time without a trace.
So each ballot keeps, in the journal, the rules that held when it was written, or last changed.
Whoever changes a rule afterwards is found out by whoever reads the ballots, in every copy of the
workshop. No clock is needed for it, nor that a program ran when the file was changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from clusterlab.errors import N_, Message
from clusterlab.methods.ballots import TieRule, VoteRules
from clusterlab.methods.ballots_check import SOURCE
from clusterlab.methods.finding import Finding
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.values import text_of
from clusterlab.methods.verdict import METHOD_LABELS, TIE_LABELS
from clusterlab.model import CanvasKind, Operation

#: Method of the canvas kinds whose notes are ballots.
VOTE = "vote"
#: Name of the value with which a ballot keeps what was announced.
ANNOUNCED = "announced"
NOBODY = N_("nobody had said it")
_NONE = "none"


def announced(rules: VoteRules | None) -> str:
    """Write the rules of a vote on one line, as a ballot keeps them.

    Whether a vote is closed is no rule of it.
    """
    rules = rules or VoteRules()
    own = "excluded" if rules.own_excluded else "allowed"
    return f"tie={rules.tie or _NONE} method={rules.method} dots={rules.dots} own={own}"


def with_rules(
    operations: Iterable[Operation], kinds: Mapping[str, CanvasKind], rules: VoteRules | None
) -> Iterator[Operation]:
    """Let ballots that are cast or changed keep the rules that hold now.

    A ballot that brings some along, as from an export of another copy, keeps those.
    """
    for operation in operations:
        kind, payload = kinds.get(operation.board.canvas), operation.payload
        cast = kind is not None and kind.method == VOTE and operation.kind in {"add", "edit"}
        values = payload.get("values") if cast and isinstance(payload, Mapping) else None
        if isinstance(values, Mapping) and ANNOUNCED not in values:
            kept = {**values, ANNOUNCED: announced(rules)}
            yield replace(operation, payload={**payload, "values": kept})
        else:
            yield operation


def check_announced(sheet: Sheet) -> Iterator[Finding]:
    """Find rules that were changed after ballots had been cast.

    Rule ``vote-changed``: ballots keep other rules than hold now, for ties, for counting, for dots
    or for own options. A rule that nobody had set when they were cast counts as changed: a rule
    for ties is announced before the vote. Ballots that keep nothing, of older versions, are
    passed over.
    """
    now = _rules(announced(sheet.vote))
    kept = [held for note in sheet.board if (held := _rules(note.get(ANNOUNCED)))]
    for name, label in _LABELS.items():
        others = [held[name] for held in kept if name in held and held[name] != now[name]]
        if not others:
            continue
        before = list(dict.fromkeys(others))
        fields = {
            "rule": Message(label),
            "count": len(others),
            "all": len(sheet.board),
            "before": [_said(name, value) for value in before],
            "now": _said(name, now[name]),
        }
        text = N_(
            "{rule} was changed after ballots had been cast ({count} of {all}). "
            "Then: {before}. Now: {now}."
        )
        yield Finding(
            "vote-changed",
            "error",
            sheet.board.id,
            Message(text, fields),
            Message(
                N_(
                    "Tell who runs the workshop: what was announced has to stand in workshop.toml "
                    "under [vote] again, or everybody votes once more."
                )
            ),
            source=SOURCE,
        )


_LABELS = {
    "tie": N_("What decides ties"),
    "method": N_("The way of counting"),
    "dots": N_("The number of dots"),
    "own": N_("Whether people may vote for their own"),
}
_OWN = {"excluded": N_("they may not"), "allowed": N_("they may")}


def _rules(value: Any) -> dict[str, str]:
    """Read what a ballot keeps; whatever else stands there says nothing."""
    parts = (part.partition("=") for part in text_of(value)[:200].split())
    return {name: held for name, _, held in parts if name in _LABELS and held}


def _said(name: str, value: str) -> Message | str:
    ties = {str(tie): TIE_LABELS[tie] for tie in TieRule} | {_NONE: NOBODY}
    methods = {str(method): label for method, label in METHOD_LABELS.items()}
    known = {"tie": ties, "method": methods, "own": _OWN}.get(name, {})
    return Message(known[value]) if value in known else value
