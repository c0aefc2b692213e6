"""Findings for people: how many there are of each severity, and which ones say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from clusterlab.language import Language
from clusterlab.methods import Finding
from clusterlab.outputs.types import FindingGroup, FindingLine


def weights(language: Language, found: Iterable[Finding]) -> str:
    """Say how many findings there are of each severity, the most pressing first."""
    counts = Counter(str(finding.severity) for finding in found)
    plural = language.plural
    words = {
        "error": plural(counts["error"], "{count} to fix", "{count} to fix"),
        "warning": plural(counts["warning"], "{count} to look at", "{count} to look at"),
        "info": plural(counts["info"], "{count} to know", "{count} to know"),
    }
    return ", ".join(said for severity, said in words.items() if counts[severity])


def grouped(lines: Iterable[FindingLine]) -> tuple[FindingGroup, ...]:
    """Put findings together that say the same of several notes in one place."""
    groups: dict[tuple[str, ...], list[FindingLine]] = {}
    for line in lines:
        key = (line.id, line.severity, line.word, line.place, line.suggestion, line.source)
        groups.setdefault(key, []).append(line)
    return tuple(
        FindingGroup(
            rule,
            severity,
            word,
            place,
            tuple(line.text for line in held),
            suggestion,
            source,
            tuple(line.note for line in held),
        )
        for (rule, severity, word, place, suggestion, source), held in groups.items()
    )
