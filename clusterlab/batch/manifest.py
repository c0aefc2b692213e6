"""The manifest: what a build wrote, and from what.

While a build runs, each result is one line in a log beside it, so that a killed build loses none;
the next build takes the log in.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from clusterlab.batch.jobs import Job, Result
from clusterlab.language import Language

FILE, LOG = "manifest.json", ".progress.jsonl"


@dataclass
class Manifest:
    """What is in an output folder.

    Parameters
    ----------
    output
        The folder.
    documents
        Records by job key.
    """

    output: Path
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def load(cls, output: Path) -> Self:
        """Read the manifest and the log that a killed build left; a broken one counts as none."""
        manifest = cls(output)
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            raw = json.loads((output / FILE).read_text(encoding="utf-8"))
            manifest.documents = dict(raw["documents"])
        lines: list[str] = []
        with contextlib.suppress(OSError):
            lines = (output / LOG).read_text(encoding="utf-8").splitlines()
        for line in lines:
            # The last line may be cut short by the kill.
            with contextlib.suppress(ValueError, TypeError):
                manifest.documents.update(json.loads(line))
        return manifest

    def fresh(self, job: Job) -> bool:
        """Tell whether a job's files are there and made from the same input."""
        record = self.documents.get(job.key, {})
        if record.get("status") != "done" or record.get("identity") != job.identity:
            return False
        files = record.get("files", {})
        return set(files) == {*job.formats, "ipynb"} and all(
            _size(self.output / f"{job.key}.{suffix}") == size for suffix, size in files.items()
        )

    def add(self, job: Job, result: Result, words: Language) -> None:
        """Record a result, on the disk too."""
        record = {
            "cluster": job.cluster,
            "notebook": job.notebook,
            "language": job.language,
            "identity": job.identity,
            "engine": "papermill",
            "status": result.status,
            "seconds": round(result.seconds, 3),
            "files": dict(result.files),
            "error": words.say(result.error) if result.error else "",
            "cell": result.cell,
            "replaced": list(result.replaced),
        }
        self.documents[job.key] = record
        with (self.output / LOG).open("a", encoding="utf-8") as log:
            log.write(json.dumps({job.key: record}) + "\n")

    def save(self, facts: Mapping[str, Any]) -> None:
        """Write the manifest whole, then drop the log."""
        ordered = dict(sorted(self.documents.items()))
        text = json.dumps({**facts, "documents": ordered}, indent=1, ensure_ascii=False)
        part = self.output / f".{FILE}.{os.getpid()}.part"
        part.write_text(text + "\n", encoding="utf-8")
        part.replace(self.output / FILE)
        (self.output / LOG).unlink(missing_ok=True)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
