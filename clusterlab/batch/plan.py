"""Planning a build: which jobs there are, and what each depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import Any, NamedTuple

import clusterlab
from clusterlab.batch.jobs import PAPERMILL, Job, Options
from clusterlab.batch.notebooks import passed_parameters
from clusterlab.batch.seen import Seen
from clusterlab.batch.templates import own_templates
from clusterlab.errors import N_, ParameterError, UnknownNameError
from clusterlab.language import Language, read_text
from clusterlab.model import Cluster
from clusterlab.shared import shared
from clusterlab.workshop import Folder, folder_name

FORMATS = ("html", "pdf", "pptx", "docx", "xlsx")
_DEPENDENCIES = ("papermill", "nbconvert", "nbclient", "typst", "python-pptx", "xlsxwriter")


class _Notebook(NamedTuple):
    name: str
    text: str
    parameters: tuple[str, ...]


def plan(
    folder: Folder, options: Options, seen: Seen | None = None, keys: Collection[str] | None = None
) -> Iterator[Job]:
    """Give a build's jobs one after the other, cluster by cluster; bundles are made on the way.

    Parameters
    ----------
    seen
        Is told the hash of every bundle.
    keys
        Of the jobs to give; by default all.

    Raises
    ------
    UnknownNameError
        Where a cluster, notebook, format or engine that was asked for does not exist.
    ParameterError
        Where a notebook cannot take the parameters that a build passes.
    """
    templates = own_templates(folder, options)
    seen = seen or seen_before(folder)
    for cluster, language, drafts in _drafts(folder, options):
        wanted = [(job, n) for job, n in drafts if keys is None or job.key in keys]
        if not wanted:
            continue
        bundle, hashed = seen.bundle(cluster, language)
        for job, notebook in wanted:
            yield replace(
                job,
                identity=_identity(job, hashed, notebook, program(templates)),
                bundle=bundle,
                digest=hashed,
                source=notebook.text,
                versions=versions(),
                parameters=notebook.parameters,
                templates=templates,
                timeout=options.timeout,
                memory=options.memory,
            )


def outline(folder: Folder, options: Options, seen: Seen, known: Collection[str]) -> Iterator[Job]:
    """Give a build's jobs without what they are made from; see `plan`.

    Parameters
    ----------
    known
        Keys of the jobs whose identity matters, as they were done before. Others have it only
        where it is at hand.
    """
    drawn = program(own_templates(folder, options))
    for cluster, language, drafts in _drafts(folder, options):
        hashed = seen.digest(cluster, language)
        if hashed is None and any(job.key in known for job, _ in drafts):
            _, hashed = seen.bundle(cluster, language)
        for job, notebook in drafts:
            if hashed is None:
                yield job
            else:
                yield replace(job, identity=_identity(job, hashed, notebook, drawn))


def seen_before(folder: Folder, kept: Any = None) -> Seen:
    """Give what an earlier build saw of the clusters, as it kept it."""
    return Seen(folder, own_program(), kept)


def _drafts(
    folder: Folder, options: Options
) -> Iterator[tuple[Cluster, Language, list[tuple[Job, _Notebook]]]]:
    """Give each cluster with a language and its jobs as far as they cost nothing to know.

    A joint document has one language: it needs every cluster's documents in it.
    """
    clusters = chosen_clusters(folder, options.only)
    notebooks = _notebooks(folder, options.notebooks)
    formats = chosen_formats(folder, options)
    engine = _engine(options.engine)
    languages: dict[str, Language] = {}
    whole = folder.language(wanted=options.language) if options.joint else None
    for cluster in clusters:
        if cluster.language not in languages:
            languages[cluster.language] = folder.language(cluster, options.language)
        own = languages[cluster.language]
        both = [own] if whole is None or whole.tag == own.tag else [own, whole]
        for language in both:
            place = f"{folder_name(cluster.id)}/{language.tag}"
            draft = Job(cluster.id, "", language.tag, place, formats, "", engine=engine)
            yield cluster, language, [(replace(draft, notebook=n.name), n) for n in notebooks]


def _identity(job: Job, hashed: str, notebook: _Notebook, drawn: str) -> str:
    """Give the hash of everything that a job's result depends on, but for the formats."""
    parts = (hashed, notebook.text, drawn, job.engine)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def standing(
    folder: Folder,
    languages: Iterable[str],
    seen: Seen,
    known: Collection[str],
    templates: tuple[Path, ...] = (),
) -> dict[str, str]:
    """Give the identity, by key, of every document that the workshop would make now.

    Parameters
    ----------
    languages
        Tags of the languages to look at besides each cluster's own.
    seen, known
        As `outline` takes them.
    templates
        As `Options` has them.
    """
    wanted = ["", *sorted(set(languages))]
    return {
        job.key: job.identity
        for tag in wanted
        for job in outline(folder, Options(language=tag, templates=templates), seen, known)
    }


def chosen_clusters(folder: Folder, only: Sequence[str]) -> list[Cluster]:
    """Give the clusters that were asked for, by default all.

    Raises
    ------
    UnknownNameError
        Where one does not exist.
    """
    return [folder.cluster(name) for name in only] or folder.clusters


def chosen_formats(folder: Folder, options: Options) -> tuple[str, ...]:
    """Give the formats that documents are to be written in.

    Raises
    ------
    UnknownNameError
        Where one does not exist.
    """
    wanted = options.formats or folder.settings.documents
    return tuple(_chosen(FORMATS, wanted, N_("format")))


@cache
def versions() -> tuple[tuple[str, str], ...]:
    """Give the versions of what makes the documents, by name."""
    own = ("clusterlab", clusterlab.__version__)
    return (own, *((name, version(name)) for name in _DEPENDENCIES))


def _chosen(known: Sequence[str], wanted: Sequence[str], what: str) -> list[str]:
    for name in wanted:
        if name not in known:
            raise UnknownNameError(what=what, came=name, known=known)
    return list(dict.fromkeys(wanted))


def _engine(name: str) -> str:
    known = [PAPERMILL, *(entry.name for entry in entry_points(group="papermill.engine"))]
    return _chosen(known, [name], N_("engine"))[0]


def notebook_files(folder: Folder, wanted: Sequence[str] = ()) -> dict[str, Path]:
    """Give the files of the notebooks that were asked for, by default all of the workshop.

    Raises
    ------
    UnknownNameError
        Where one does not exist.
    """
    there = {p.stem: p for p in sorted((folder.path / "notebooks").glob("*.ipynb"))}
    names = wanted or folder.settings.notebooks or list(there)
    return {name: there[name] for name in _chosen(list(there), names, N_("notebook"))}


def _notebooks(folder: Folder, wanted: Sequence[str]) -> list[_Notebook]:
    found = []
    for name, path in notebook_files(folder, wanted).items():
        text = read_text(path, ParameterError)
        found.append(_Notebook(name, text, passed_parameters(text, path.name)))
    return found


def program(templates: tuple[tuple[str, bytes], ...]) -> str:
    """Give a hash of everything but the input that makes a document look as it does."""
    state = hashlib.sha256(own_program().encode())
    for name, data in templates:
        state.update(f"{name}\0{len(data)}\0".encode() + data)
    return state.hexdigest()


@cache
def own_program() -> str:
    """Tell this version of the program, and of what it makes documents with, from every other."""
    code = _tree(Path(clusterlab.__file__).parent, "*.py")
    return "\0".join([repr(versions()), code, _tree(shared("templates", "documents"))])


def _tree(folder: Path, pattern: str = "*") -> str:
    state = hashlib.sha256()
    for path in sorted(p for p in folder.rglob(pattern) if p.is_file()):
        state.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        state.update(path.read_bytes())
    return state.hexdigest()
