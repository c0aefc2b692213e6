"""What a method's rule found: who is told what, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, cast

from clusterlab.errors import Message
from clusterlab.model import BoardId

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding.

    Parameters
    ----------
    rule
        Id of the rule: stable, in reports and in ``workshop.toml``'s severities.
    severity
        ``error`` (to fix: it breaks the method or makes a figure wrong), ``warning`` (to look at:
        it misleads, or is hardly meant so) or ``info`` (to know).
    board
        Where.
    message, suggestion
        What does not hold, and what to do, in plain language.
    note
        Spoken id of the note it is about, or "".
    source
        Where the rule is from.
    """

    rule: str
    severity: Severity
    board: BoardId
    message: Message
    suggestion: Message
    note: str = ""
    source: str = ""


def weighed(findings: list[Finding], severities: Mapping[str, str]) -> list[Finding]:
    """Give findings with the workshop's own severities; those switched ``off`` are left out."""
    kept = []
    for finding in findings:
        severity = severities.get(finding.rule, finding.severity)
        if severity == finding.severity:
            kept.append(finding)
        elif severity != "off":
            kept.append(replace(finding, severity=cast("Severity", severity)))
    return kept
