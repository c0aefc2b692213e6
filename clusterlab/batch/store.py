"""Building to an address instead of a folder: an object store, or what else fsspec knows."""

from __future__ import annotations

import asyncio
import contextlib
import mimetypes
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from clusterlab.batch.files import Output
from clusterlab.errors import N_, ClusterlabError, Message, UsageError, WorkshopError

#: Written when a build starts: better to learn at once that nothing can be written.
_MARK = ".clusterlab-build"
_USER = re.compile(r"(?<=//)[^/@]*@")
_UNREACHABLE = frozenset({"EndpointConnectionError", "HTTPClientError", "ClientConnectorError"})


class OutputStore(Output):
    """A place at an address, whose files are written whole or not at all.

    There is no lock: whoever builds to an address takes care that no other build does.

    Parameters
    ----------
    address
        As fsspec takes it, such as ``s3://bucket/folder``. Who may write there is told to the
        place's own package, for S3 by the environment variables that every tool for S3 knows.
    """

    def __init__(self, address: str) -> None:
        self.shown = re.sub(r"(?<!/)/+$", "", _USER.sub("", address))
        self._files, root = _opened(address, self.shown)
        self._root = root.rstrip("/")
        if not self._root:
            raise UsageError(
                N_("“{address}” names no bucket or folder to write to."), address=self.shown
            )
        self._listed: dict[str, int] | None = None

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Make sure that the place can be written; nothing is held."""
        self.put({_MARK: b"A build is writing here.\n"})
        yield
        self.remove(_MARK)

    def read(self, name: str) -> bytes | None:
        """Give what is in a file."""
        if self.size(name) < 0:
            return None
        with self._told():
            data: bytes = self._files.cat_file(f"{self._root}/{name}")
        return data

    def size(self, name: str) -> int:
        """Give a file's size, from one listing and what was written since."""
        return self._sizes().get(name, -1)

    def put(self, files: Mapping[str, bytes]) -> None:
        """Write whole files, several at a time where the place can do that."""
        sizes = self._sizes()
        for name in files:
            self.where(name)
        with self._told():
            if self._files.async_impl:
                from fsspec.asyn import sync  # noqa: PLC0415 - part of an extra

                sync(self._files.loop, self._put_together, files)
            else:
                for path, data in {f"{self._root}/{n}": data for n, data in files.items()}.items():
                    self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
                    self._files.pipe_file(path, data)
        sizes.update({name: len(data) for name, data in files.items()})

    async def _put_together(self, files: Mapping[str, bytes]) -> None:
        """Write at the same time, as object stores answer late."""
        puts = (
            self._files._pipe_file(f"{self._root}/{n}", data, **self._kind(n))  # noqa: SLF001 - fsspec's name for what waits
            for n, data in files.items()
        )
        for error in await asyncio.gather(*puts, return_exceptions=True):
            if isinstance(error, BaseException):
                raise error

    def _kind(self, name: str) -> dict[str, str]:
        """Say what a file is, so that a browser shows a page instead of storing it."""
        kind = mimetypes.guess_type(name)[0]
        return {"ContentType": kind} if kind and "s3" in self._files.protocol else {}

    def append(self, name: str, line: str) -> bool:  # noqa: ARG002 - others can
        """Tell that no line can be added: files are written whole."""
        return False

    def remove(self, name: str) -> None:
        """Remove a file."""
        if self._sizes().pop(name, None) is not None:
            with self._told(), contextlib.suppress(FileNotFoundError):
                self._files.rm_file(f"{self._root}/{name}")

    def sweep(self, names: Iterable[str]) -> None:
        """Do nothing: there are no half-written files."""

    def _sizes(self) -> dict[str, int]:
        if self._listed is None:
            found: dict[str, Any] = {}
            with self._told(), contextlib.suppress(FileNotFoundError):
                found = self._files.find(self._root, detail=True)
                self._files.invalidate_cache()  # what it keeps is more than is needed
            start = f"{self._root}/"
            self._listed = {
                path.removeprefix(start): int(facts.get("size") or 0)
                for path, facts in found.items()
                if path.startswith(start)
            }
        return self._listed

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Say in words what the place's package raises."""
        try:
            yield
        except (ClusterlabError, FileNotFoundError) as error:
            if isinstance(error, ClusterlabError):
                raise
            raise self._unusable(Message(N_("there is no such bucket or folder"))) from error
        except Exception as error:
            raise self._unusable(_reason(error)) from error

    def _unusable(self, reason: Message) -> WorkshopError:
        return WorkshopError(
            N_("“{address}” cannot be used: {reason}."), address=self.shown, reason=reason
        )


def _opened(address: str, shown: str) -> tuple[Any, str]:
    try:
        import fsspec  # noqa: PLC0415 - part of an extra

        # Not the package's own cache of places: it would keep what it listed before.
        files, root = fsspec.url_to_fs(address, skip_instance_cache=True)
    except ImportError as error:
        raise WorkshopError(
            N_(
                "Writing to “{address}” needs a package that is not installed ({reason}). "
                "For S3 install: {command}"
            ),
            address=shown,
            reason=_first_line(error),
            command='python -m pip install "clusterlab[distributed]"',
        ) from error
    except Exception as error:
        raise UsageError(
            N_("“{address}” is no address that can be written to: {reason}."),
            address=shown,
            reason=_first_line(error).rstrip("."),
        ) from error
    return files, root


def _reason(error: Exception) -> Message:
    """Say why a place cannot be used; packages have errors of their own, known by their names."""
    names = {cls.__name__ for cls in type(error).__mro__}
    if any("Credential" in name for name in names):
        return Message(N_("no credentials for it were found"))
    if isinstance(error, PermissionError):
        return Message(N_("access is refused; check the credentials and what they allow"))
    if isinstance(error, ConnectionError | TimeoutError) or names & _UNREACHABLE:
        return Message(N_("it cannot be reached; check the address and the network"))
    return Message("{reason}", {"reason": _first_line(error).rstrip(".")})


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), "") or type(error).__name__
