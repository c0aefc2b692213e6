"""Reading the files that people edit with a text editor or a spreadsheet program."""

from __future__ import annotations

from pathlib import Path

from clusterlab.errors import N_, ClusterlabError, WorkshopError


def read_text(path: Path, error: type[ClusterlabError] = WorkshopError) -> str:
    r"""Read a text file in UTF-8, with or without a byte order mark.

    Parameters
    ----------
    path
        The file.
    error
        What to raise where it cannot be read.

    Returns
    -------
    str
        Its text, with ``\n`` at the end of lines whatever the editor wrote.

    Raises
    ------
    ClusterlabError
        The given error, where the file is not there, not readable or not in UTF-8; says which
        file, and what to do.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        advice = N_(
            "“{file}” is not in UTF-8. Open it in a text editor, save it with the encoding UTF-8, "
            "and try again."
        )
        if path.suffix.casefold() == ".csv":
            advice = N_("“{file}” is not in UTF-8. Save it as “CSV UTF-8” and try again.")
        raise error(advice, file=path.name) from None
    except FileNotFoundError:
        raise error(N_("There is no file “{file}”."), file=str(path)) from None
    except OSError as failed:
        reason = failed.strerror or type(failed).__name__
        raise error(
            N_("“{file}” cannot be read: {reason}."), file=path.name, reason=reason
        ) from None


def stamp(path: Path) -> tuple[int, int]:
    """Give what changes with a file's content, for caches; reading says why there is none."""
    try:
        state = path.stat()
    except OSError:
        return (0, 0)
    return (state.st_mtime_ns, state.st_size)
