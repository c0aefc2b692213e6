"""Files of a build: written whole, and by one build at a time."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from clusterlab.errors import N_, WorkshopError

_LOCK = ".clusterlab-lock"
_PART = ".clusterlab-{name}.{process}.part"


def place(path: Path, data: bytes | bytearray) -> None:
    """Write a file beside its place and rename it: nobody sees half of it.

    Raises
    ------
    WorkshopError
        Where it cannot be written.
    """
    part = path.with_name(_PART.format(name=path.name, process=os.getpid()))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> WorkshopError:
    """Say in words that a file or folder cannot be written."""
    return WorkshopError(
        N_("“{file}” cannot be written: {reason}."),
        file=str(path),
        reason=error.strerror or type(error).__name__,
    )


def sweep(folders: Iterable[Path]) -> None:
    """Remove the half-written files that a killed build left in its folders."""
    for folder in folders:
        for part in folder.glob(_PART.format(name="*", process="*")):
            part.unlink(missing_ok=True)


@contextlib.contextmanager
def alone(output: Path) -> Iterator[None]:
    """Hold an output folder for one build; the system lets go when the process ends.

    Raises
    ------
    WorkshopError
        Where another build holds it, or it cannot be written.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
        file = (output / _LOCK).open("a+b")
    except OSError as error:
        raise unwritable(output, error) from error
    with file:
        try:
            _lock(file.fileno())
        except OSError as error:
            raise WorkshopError(
                N_("Another build is writing to “{folder}”. Wait until it is done."),
                folder=str(output),
            ) from error
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
