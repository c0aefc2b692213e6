"""Joint documents: one of all clusters for each notebook, drawn from what a build executed.

They name every cluster, so they are made only where the organiser asks for them, by the process of
the build; workers get the finished document and draw it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from clusterlab.batch.files import Output
from clusterlab.batch.jobs import Drawing, Options, Result
from clusterlab.batch.manifest import Manifest
from clusterlab.batch.plan import chosen_clusters, chosen_formats, notebook_files, program
from clusterlab.batch.pool import Worker
from clusterlab.batch.templates import own_templates
from clusterlab.errors import N_, ClusterlabError, DocumentError, Message
from clusterlab.language import Language, read_text
from clusterlab.model import Cluster
from clusterlab.workshop import Folder, folder_name

#: Folder of joint documents: no cluster's can have this name.
PLACE = "all_clusters"
#: Folder, in a workshop's, of what people wrote for them: a text for each notebook.
TEXTS = "joint"
#: In the manifest, beside the clusters' documents.
FACT = "joint"

#: Said of one in which clusters are missing.
WITHOUT = N_("Without {clusters}: their own documents failed.")
_NONE = N_("No cluster’s document could be made, so there is none of all of them.")


@dataclass(frozen=True, slots=True)
class Joint:
    """A joint document that is wanted.

    Parameters
    ----------
    notebook
        Name of the notebook.
    language
        Of the whole.
    clusters
        Those whose documents are to be in it.
    formats
        To be written.
    text
        What people wrote for it, in markdown.
    program
        Hash of what draws it.
    """

    notebook: str
    language: Language
    clusters: tuple[Cluster, ...]
    formats: tuple[str, ...]
    text: str
    program: str

    @property
    def key(self) -> str:
        """Where its files are, without their suffix."""
        return f"{PLACE}/{self.language.tag}/{self.notebook}"

    def identity(self, manifest: Manifest, current: Mapping[str, str]) -> str:
        """Give the hash of everything that it depends on; see `is_fresh`."""
        members = (key for _, key in self.parts())
        return _identity(members, (self.text, self.program), manifest, current)

    def parts(self) -> Iterator[tuple[Cluster, str]]:
        """Give each cluster with the key of its own document."""
        for cluster in self.clusters:
            yield cluster, f"{folder_name(cluster.id)}/{self.language.tag}/{self.notebook}"


def wanted(folder: Folder, options: Options) -> list[Joint]:
    """Give the joint documents that a build is to write.

    Raises
    ------
    UnknownNameError
        Where a cluster, notebook or format that was asked for does not exist.
    DocumentError
        Where a text for one cannot be read.
    """
    if not options.joint:
        return []
    clusters, formats = chosen_clusters(folder, options.only), chosen_formats(folder, options)
    language = folder.language(wanted=options.language)
    made = program(own_templates(folder, options))
    return [
        Joint(name, language, tuple(clusters), formats, _text(folder, name), made)
        for name in notebook_files(folder, options.notebooks)
    ]


def _text(folder: Folder, notebook: str) -> str:
    file = folder.path / TEXTS / f"{notebook}.md"
    return read_text(file, DocumentError) if file.is_file() else ""


def is_fresh(one: Joint, manifest: Manifest, current: Mapping[str, str]) -> bool:
    """Tell whether a joint document is there and made from what its clusters' documents are.

    Parameters
    ----------
    current
        Identity, by key, of the clusters' documents.
    """
    record = joint_records(manifest).get(one.key, {})
    if record.get("status") != "done" or record.get("identity") != one.identity(manifest, current):
        return False
    sizes = {f"{one.key}.{suffix}": record["files"].get(suffix, -1) for suffix in one.formats}
    return all(manifest.output.size(name) == size >= 0 for name, size in sizes.items())


def _identity(
    members: Iterable[str], made_from: Sequence[str], manifest: Manifest, current: Mapping[str, str]
) -> str:
    """Give the hash of everything that a joint document depends on, but for its formats."""
    done = [[key, current.get(key, "") if _is_done(manifest, key) else ""] for key in members]
    return hashlib.sha256(json.dumps([done, *made_from]).encode()).hexdigest()


def write_joint(
    folder: Folder,
    options: Options,
    manifest: Manifest,
    current: Mapping[str, str],
) -> Iterator[tuple[Joint, Result, list[str]]]:
    """Draw and write the joint documents that are not up to date.

    Yields
    ------
    tuple of Joint, Result and list of str
        Each with the names of the clusters that are missing in it, as theirs failed.
    """
    templates = own_templates(folder, options)
    todo = [
        one
        for one in wanted(folder, options)
        if options.force or not is_fresh(one, manifest, current)
    ]
    with contextlib.closing(Worker()) as worker:
        for one in todo:
            there = [(c, key) for c, key in one.parts() if _is_done(manifest, key)]
            missing = [c.name for c, key in one.parts() if not _is_done(manifest, key)]
            try:
                drawing = _drawing(folder, one, there, manifest.output, templates)
                result = _written(manifest.output, worker.run(drawing))
            except ClusterlabError as failed:
                result = Result(one.key, "failed", error=failed.message)
            before = joint_records(manifest)
            record = {
                **_record(one, result, missing, folder.language()),
                "identity": one.identity(manifest, current),
                "older": {} if result.files else before.get(one.key, {}).get("files", {}),
            }
            manifest.facts[FACT] = {**before, one.key: record}
            manifest.unsaved = True
            yield one, result, missing


def _is_done(manifest: Manifest, key: str) -> bool:
    record = manifest.documents.get(key, {})
    size = manifest.output.size(f"{key}.ipynb")
    return record.get("status") == "done" and record["files"].get("ipynb") == size


def _drawing(
    folder: Folder,
    one: Joint,
    there: Sequence[tuple[Cluster, str]],
    output: Output,
    templates: tuple[tuple[str, bytes], ...],
) -> Drawing:
    """Make a joint document."""
    # Reading documents and making outputs is loaded where somebody wants one.
    from clusterlab.documents.joint import Share, canvases, joint, read_words  # noqa: PLC0415 - as said
    from clusterlab.outputs.joint import JointOutputs  # noqa: PLC0415 - as said

    if not there:
        raise DocumentError(_NONE)
    documents = [_document(output, key) for _, key in there]
    clusters = [cluster for cluster, _ in there]
    words, used = read_words(one.text), canvases(documents)
    made = JointOutputs(folder, clusters, [d.context for d in documents], one.language)
    shares = [Share(c.name, d) for c, d in zip(clusters, documents, strict=True)]
    opening = made.opening(words.title or documents[0].title)
    document = joint(opening, made.front(used), words, shares, made.last(used))
    return Drawing(one.key, document, one.formats, templates)


def _document(output: Output, key: str) -> Any:
    """Read what a build executed for a cluster."""
    from clusterlab.documents.reading import read_document  # noqa: PLC0415 - as above

    name = f"{key}.ipynb"
    try:
        return read_document(json.loads(output.read(name) or b""))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DocumentError(
            N_("“{file}” is no longer as the build wrote it. Build again with --force."),
            file=output.where(name),
        ) from error


def _written(output: Output, result: Result) -> Result:
    output.put({f"{result.key}.{suffix}": data for suffix, data in result.data.items()})
    return replace(result, data={})


# -- what is kept of them --------------------------------------------------------------------------


def joint_records(manifest: Manifest) -> dict[str, dict[str, Any]]:
    """Give what is known of joint documents, by key; what this version does not write is none."""
    kept = manifest.facts.get(FACT)
    types = {"notebook": str, "language": str, "identity": str, "status": str, "files": dict,
             "older": dict, "members": list, "error": str, "cell": int}  # fmt: skip
    return {
        key: record
        for key, record in (kept.items() if isinstance(kept, dict) else ())
        if isinstance(record, dict)
        and all(isinstance(record.get(name), kind) for name, kind in types.items())
    }


def _record(one: Joint, result: Result, missing: Sequence[str], words: Language) -> dict[str, Any]:
    """Give what the manifest keeps of a joint document, as it keeps clusters' documents."""
    error = result.error or (Message(WITHOUT, {"clusters": list(missing)}) if missing else None)
    return {
        "notebook": one.notebook,
        "language": one.language.tag,
        "status": result.status,
        "files": result.files,
        "members": [key for _, key in one.parts()],
        "error": words.say(error) if error else "",
        "cell": 0,
    }


def standing_joint(
    folder: Folder, options: Options, manifest: Manifest, current: Mapping[str, str]
) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """Give the records of joint documents, and what their identity would be now.

    Those of which the workshop has no cluster's document any more are left out.
    """
    records = {
        key: record
        for key, record in joint_records(manifest).items()
        if any(member in current for member in record["members"])
    }
    made = program(own_templates(folder, options)) if records else ""
    return records, {
        key: _identity(
            record["members"], (_text(folder, record["notebook"]), made), manifest, current
        )
        for key, record in records.items()
    }
