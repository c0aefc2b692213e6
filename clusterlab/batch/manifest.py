"""The manifest: what a build wrote, and from what.

While a build runs, each result is one line in a log beside it, so that a killed build loses none;
the next build takes the log in. Where only whole files can be written, the manifest itself is
written now and then instead.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from clusterlab.batch.files import Output
from clusterlab.batch.jobs import Job, Result
from clusterlab.errors import WorkshopError
from clusterlab.language import Language

FILE, LOG = "manifest.json", ".progress.jsonl"

#: Seconds between two times that the manifest is written while a build runs, where there is no log.
NOW_AND_THEN = 10.0

_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "cluster": str, "notebook": str, "language": str, "identity": str, "status": str,
    "files": dict, "older": dict, "error": str, "cell": int,
}  # fmt: skip
#: The versions that records name, each once.
_VERSIONS: dict[str, dict[str, Any]] = {}


@dataclass
class Manifest:
    """What is in an output folder.

    Parameters
    ----------
    output
        The place.
    documents
        Records by job key. ``files`` holds the size in bytes by suffix of what was made from the
        input that ``identity`` is the hash of; ``older`` what was made from earlier input.
    facts
        What stands beside the documents.
    unsaved
        Whether a log was taken in that is not in the manifest yet.
    """

    output: Output
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    unsaved: bool = False
    _saved: float = field(default_factory=time.monotonic, init=False)

    @classmethod
    def load(cls, output: Output) -> Self:
        """Read the manifest and the log that a killed build left; a broken one counts as none."""
        manifest = cls(output)
        with contextlib.suppress(ValueError):
            raw = json.loads(output.read(FILE) or b"")
            if isinstance(raw, dict):
                manifest._take(raw.pop("documents", {}))
                manifest.facts = raw
        for line in (output.read(LOG) or b"").decode(errors="replace").splitlines():
            manifest.unsaved = True
            # The last line may be cut short by the kill.
            with contextlib.suppress(ValueError):
                manifest._take(json.loads(line))
        return manifest

    def _take(self, records: Any) -> None:
        """Take records as this version writes them; those of another one count as none."""
        for key, record in records.items() if isinstance(records, dict) else ():
            fine = isinstance(record, dict) and all(
                isinstance(record.get(name), kind) for name, kind in _TYPES.items()
            )
            if fine:
                self.documents[key] = _slim(record)

    def fresh(self, job: Job) -> bool:
        """Tell whether a job's files are there and made from the same input."""
        record = self.documents.get(job.key, {})
        if record.get("status") != "done" or record.get("identity") != job.identity:
            return False
        files = record["files"]
        return all(
            suffix in files and self.output.size(f"{job.key}.{suffix}") == files[suffix]
            for suffix in (*job.formats, "ipynb")
        )

    def add(self, job: Job, result: Result, words: Language) -> None:
        """Record a result whose files are written, so that a kill does not lose it."""
        before = self.documents.get(job.key, {})
        same = before.get("identity") == job.identity and before.get("status") == "done"
        files = dict(result.files)
        older: dict[str, int] = {}
        for suffix, size in {**before.get("older", {}), **before.get("files", {})}.items():
            if suffix not in files and self.output.size(f"{job.key}.{suffix}") == size:
                (files if same and result.status == "done" else older)[suffix] = size
        record = {
            "cluster": job.cluster,
            "notebook": job.notebook,
            "language": job.language,
            "identity": job.identity,
            "bundle": job.digest,
            "engine": job.engine,
            "versions": dict(job.versions),
            "status": result.status,
            "seconds": round(result.seconds, 3),
            "files": files,
            "older": older,
            "error": words.say(result.error) if result.error else "",
            "cell": result.cell,
            "replaced": list(result.replaced),
        }
        self.documents[job.key] = _slim(record)
        if not self.output.append(LOG, json.dumps({job.key: record}) + "\n"):
            self.unsaved = True
            if time.monotonic() - self._saved >= NOW_AND_THEN:
                # A place that fails now may do at the end, which says it where it does not.
                with contextlib.suppress(WorkshopError):
                    self.save(self.facts)
                self._saved = time.monotonic()

    def keep(self, keys: Collection[str]) -> list[str]:
        """Drop the records of documents that the workshop no longer has; give their keys."""
        gone = [key for key in self.documents if key not in keys]
        for key in gone:
            del self.documents[key]
        return gone

    def save(self, facts: Mapping[str, Any]) -> None:
        """Write the manifest whole, then drop the log."""
        self.facts = dict(facts)
        ordered = dict(sorted(self.documents.items()))
        self.output.put({FILE: _text({**facts, "documents": ordered}).encode()})
        self.output.remove(LOG)
        self.unsaved = False


def _slim(record: dict[str, Any]) -> dict[str, Any]:
    """Keep once what is the same in many records."""
    for name in ("cluster", "notebook", "language", "status", "engine", "bundle"):
        if isinstance(record.get(name), str):
            record[name] = sys.intern(record[name])
    if isinstance(record.get("versions"), dict):
        told = json.dumps(record["versions"])
        record["versions"] = _VERSIONS.setdefault(told, record["versions"])
    return record


def _text(manifest: Mapping[str, Any]) -> str:
    """Write a manifest with a document on each line; whole, it would take many times its size."""

    def lines(items: Mapping[str, Any]) -> str:
        told = ((json.dumps(k), json.dumps(v, ensure_ascii=False)) for k, v in items.items())
        return ",\n".join(f"{key}: {value}" for key, value in told)

    facts = {name: value for name, value in manifest.items() if name != "documents"}
    documents = f'"documents": {{\n{lines(manifest["documents"])}\n}}'
    # A build that is still at work has no facts to tell yet.
    return "{" + ",\n".join(filter(None, (lines(facts), documents))) + "}\n"
