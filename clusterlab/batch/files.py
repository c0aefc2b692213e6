"""Where a build writes: files appear whole, and nothing leaves the place."""

from __future__ import annotations

import contextlib
import os
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path, PurePath
from urllib.parse import urlsplit
from urllib.request import url2pathname

from clusterlab.errors import N_, WorkshopError

_LOCK = ".clusterlab-lock"
_PART = ".clusterlab-{name}.{process}.part"


class Output(ABC):
    """A place for files that are known by their names below it, with slashes."""

    #: The place as people write it: a folder's path or an address.
    shown: Path | str

    def where(self, name: str) -> str:
        """Give a file's place as people write it.

        Raises
        ------
        WorkshopError
            Where the name leads elsewhere.
        """
        own = PurePath(name)
        if own.anchor or {"", ".", ".."} & {*name.split("/"), *own.parts}:
            raise WorkshopError(
                N_("“{file}” would be written outside of “{folder}”."),
                file=name,
                folder=str(self.shown),
            )
        return str(self.shown / own) if isinstance(self.shown, Path) else f"{self.shown}/{name}"

    @abstractmethod
    def alone(self) -> AbstractContextManager[None]:
        """Hold the place for one build, where that can be done.

        Raises
        ------
        WorkshopError
            Where another build holds it, or it cannot be written.
        """

    @abstractmethod
    def read(self, name: str) -> bytes | None:
        """Give what is in a file; none where there is no such file."""

    @abstractmethod
    def size(self, name: str) -> int:
        """Give a file's size in bytes; -1 where there is no such file."""

    @abstractmethod
    def put(self, files: Mapping[str, bytes]) -> None:
        """Write files whole: nobody sees half of one.

        Raises
        ------
        WorkshopError
            Where one cannot be written, or would be elsewhere.
        """

    @abstractmethod
    def append(self, name: str, line: str) -> bool:
        """Add a line to a file; tells whether the place can do that."""

    @abstractmethod
    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""

    @abstractmethod
    def sweep(self, names: Iterable[str]) -> None:
        """Remove the half-written files that a killed build left beside some files."""


class OutputFolder(Output):
    """A folder of this computer.

    Parameters
    ----------
    path
        Its absolute path; it need not exist yet.
    """

    def __init__(self, path: Path) -> None:
        self.shown = self._path = path

    def alone(self) -> AbstractContextManager[None]:
        """Hold the folder by a lock that the system opens when the process ends."""
        return alone(self._path)

    def read(self, name: str) -> bytes | None:
        """Give what is in a file; one that cannot be read counts as none."""
        with contextlib.suppress(OSError):
            return Path(self.where(name)).read_bytes()
        return None

    def size(self, name: str) -> int:
        """Give a file's size."""
        with contextlib.suppress(OSError):
            return (self._path / name).stat().st_size
        return -1

    def put(self, files: Mapping[str, bytes]) -> None:
        """Write each beside its place and rename it."""
        for path, data in {Path(self.where(name)): data for name, data in files.items()}.items():
            place(path, data)

    def append(self, name: str, line: str) -> bool:
        """Add a line."""
        with Path(self.where(name)).open("a", encoding="utf-8") as file:
            file.write(line)
        return True

    def remove(self, name: str) -> None:
        """Remove a file."""
        Path(self.where(name)).unlink(missing_ok=True)

    def sweep(self, names: Iterable[str]) -> None:
        """Remove parts of files; a name that leads elsewhere is left alone."""
        folders = {self._path}
        for name in names:
            with contextlib.suppress(WorkshopError):
                folders.add(Path(self.where(name)).parent)
        for folder in folders:
            for part in folder.glob(_PART.format(name="*", process="*")):
                part.unlink(missing_ok=True)


def output_at(where: Path | str) -> Output:
    """Give the place that a path or an address names.

    Raises
    ------
    UsageError
        Where there is no such kind of place.
    WorkshopError
        Where a package for it is missing.
    """
    address = str(where)
    if address.startswith("file://"):
        where = url2pathname(urlsplit(address).path)
    elif "://" in address:
        from clusterlab.batch.store import OutputStore  # noqa: PLC0415 - few need it

        return OutputStore(address)
    return OutputFolder(Path(where).resolve())


def place(path: Path, data: bytes) -> None:
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
