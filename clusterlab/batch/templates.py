"""The workshop's own templates: which there are, and whether a build can use what was chosen."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from clusterlab.batch.jobs import Options
from clusterlab.documents.template_file import ENDINGS
from clusterlab.errors import N_, DocumentError, UsageError
from clusterlab.workshop import Folder

#: Folders of templates, by what they draw with.
FORMAT_TEMPLATES = ("html", "typst", "pptx", "docx")
#: Beginnings of names that systems and offices give to files of their own beside a template.
_ASIDE = (".", "~$")
_FORMATS = {ending: format_ for format_, endings in ENDINGS.items() for ending in endings}


def own_templates(folder: Folder, options: Options) -> tuple[tuple[str, bytes], ...]:
    """Read the workshop's own templates, which stand in for the package's of the same name.

    Of the office's formats one that was chosen stands in for the workshop's.

    Raises
    ------
    UsageError
        Where a file cannot be opened or is no template by its name.
    """
    place = folder.path / "templates"
    found = (p for kind in FORMAT_TEMPLATES for p in (place / kind).glob("*"))
    paths = sorted(p for p in found if p.is_file() and not p.name.startswith(_ASIDE))
    named = {p.relative_to(place).as_posix(): p for p in paths}
    for path in options.templates:
        kind = _format(path)
        named = {n: p for n, p in named.items() if not n.startswith(f"{kind}/")}
        named[f"{kind}/{path.name}"] = path
    try:
        return tuple((name, path.read_bytes()) for name, path in sorted(named.items()))
    except OSError as error:
        raise UsageError(
            N_("The template “{name}” cannot be opened: {reason}"),
            name=str(error.filename),
            reason=error.strerror or str(error),
        ) from error


def check_templates(folder: Folder, options: Options, formats: Collection[str]) -> None:
    """Refuse templates that a build would not use, or could not, before it begins.

    Parameters
    ----------
    formats
        What is to be built.

    Raises
    ------
    UsageError
        Where one was chosen for a format that is not built, two for one format, or a file cannot
        be a template.
    """
    _check_chosen(options.templates, formats)
    seen: dict[str, str] = {}
    for name, data in own_templates(folder, options):
        kind, _, file = name.partition("/")
        if kind not in ENDINGS or kind not in formats:
            continue
        try:
            _read(data, file, kind)
        except DocumentError as error:
            raise UsageError(error.message.template, **error.fields) from error
        if kind in seen:
            raise _both(seen[kind], f"templates/{name}", kind)
        seen[kind] = f"templates/{name}"


def _read(data: bytes, name: str, kind: str) -> None:
    """Read a template as exporters do, so that one sentence says what is wrong with it."""
    # Reading is loaded only where somebody brings a template.
    if kind == "pptx":
        from clusterlab.documents import pptx_template  # noqa: PLC0415

        pptx_template.read_template(data, name)
    else:
        from clusterlab.documents import docx_template  # noqa: PLC0415

        docx_template.read_template(data, name, "en")


def _check_chosen(chosen: Sequence[Path], formats: Collection[str]) -> None:
    seen: dict[str, Path] = {}
    for path in chosen:
        kind = _format(path)
        if kind not in formats:
            raise UsageError(
                N_(
                    "The template “{file}” is for {format} files, but this build makes {formats}. "
                    "Add {format} to --format, or leave the template out."
                ),
                file=str(path),
                format=kind,
                formats=", ".join(formats),
            )
        if kind in seen:
            raise _both(str(seen[kind]), str(path), kind)
        seen[kind] = path


def _both(first: str, second: str, kind: str) -> UsageError:
    return UsageError(
        N_(
            "“{first}” and “{second}” are both templates for {format} files; a build uses one. "
            "Leave one of them out."
        ),
        first=first,
        second=second,
        format=kind,
    )


def _format(path: Path) -> str:
    """Give the format that a file is a template for, by its ending."""
    kind = _FORMATS.get(path.suffix.lower(), "")
    if not kind:
        raise UsageError(
            N_("“{file}” is no template; it should end with one of: {endings}."),
            file=str(path),
            endings=", ".join(_FORMATS),
        )
    return kind
