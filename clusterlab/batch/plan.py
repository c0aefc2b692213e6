"""Planning a build: which jobs there are, and what each depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import NamedTuple

import clusterlab
from clusterlab.batch.jobs import PAPERMILL, Job, Options
from clusterlab.batch.notebooks import passed_parameters
from clusterlab.errors import N_, ParameterError, UnknownNameError
from clusterlab.language import read_text
from clusterlab.model import Cluster
from clusterlab.shared import shared
from clusterlab.workshop import Folder, digest, folder_name

FORMATS = ("html", "pdf")
#: Folders of templates, by what they draw with.
FORMAT_TEMPLATES = ("html", "typst")
_DEPENDENCIES = ("papermill", "nbconvert", "nbclient", "typst")


class _Notebook(NamedTuple):
    name: str
    text: str
    parameters: tuple[str, ...]


def plan(folder: Folder, options: Options) -> Iterator[Job]:
    """Give a build's jobs one after the other, cluster by cluster.

    Raises
    ------
    UnknownNameError
        Where a cluster, notebook, format or engine that was asked for does not exist.
    ParameterError
        Where a notebook cannot take the parameters that a build passes.
    """
    clusters = chosen_clusters(folder, options.only)
    notebooks = _notebooks(folder, options.notebooks)
    formats = _chosen(FORMATS, options.formats or folder.settings.documents, N_("format"))
    engine = _engine(options.engine)
    templates = _templates(folder.path / "templates")
    program = _program(templates)
    for cluster in clusters:
        language = folder.language(cluster, options.language)
        bundle = folder.bundle(cluster, language)
        hashed = digest(bundle)
        for notebook in notebooks:
            parts = (hashed, notebook.text, program, engine)
            yield Job(
                cluster=cluster.id,
                notebook=notebook.name,
                language=language.tag,
                place=f"{folder_name(cluster.id)}/{language.tag}",
                formats=tuple(formats),
                identity=hashlib.sha256("\0".join(parts).encode()).hexdigest(),
                bundle=bundle,
                digest=hashed,
                source=notebook.text,
                engine=engine,
                versions=versions(),
                parameters=notebook.parameters,
                templates=templates,
                timeout=options.timeout,
            )


def standing(folder: Folder, languages: Iterable[str]) -> dict[str, str]:
    """Give the identity, by key, of every document that the workshop would make now.

    Parameters
    ----------
    languages
        Tags of the languages to look at besides each cluster's own.
    """
    wanted = ["", *sorted(set(languages))]
    return {job.key: job.identity for tag in wanted for job in plan(folder, Options(language=tag))}


def chosen_clusters(folder: Folder, only: Sequence[str]) -> list[Cluster]:
    """Give the clusters that were asked for, by default all.

    Raises
    ------
    UnknownNameError
        Where one does not exist.
    """
    return [folder.cluster(name) for name in only] or folder.clusters


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


def _templates(folder: Path) -> tuple[tuple[str, bytes], ...]:
    """Read the workshop's own templates, which stand in for the package's of the same name."""
    paths = sorted(p for kind in FORMAT_TEMPLATES for p in (folder / kind).glob("*") if p.is_file())
    return tuple((p.relative_to(folder).as_posix(), p.read_bytes()) for p in paths)


def _program(templates: tuple[tuple[str, bytes], ...]) -> str:
    """Give a hash of everything but the input that makes a document look as it does."""
    state = hashlib.sha256(_own_program().encode())
    for name, data in templates:
        state.update(f"{name}\0{len(data)}\0".encode() + data)
    return state.hexdigest()


@cache
def _own_program() -> str:
    code = _tree(Path(clusterlab.__file__).parent, "*.py")
    return "\0".join([repr(versions()), code, _tree(shared("templates", "documents"))])


def _tree(folder: Path, pattern: str = "*") -> str:
    state = hashlib.sha256()
    for path in sorted(p for p in folder.rglob(pattern) if p.is_file()):
        state.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        state.update(path.read_bytes())
    return state.hexdigest()
