"""Writing files whole: what has a name is complete."""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Iterator
from pathlib import Path

from clusterlab.errors import N_, TableError


@contextlib.contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a temporary path in the same folder that takes the file's name when all went well.

    Parameters
    ----------
    path
        The file to write; one that exists is replaced in one step.

    Raises
    ------
    TableError
        Where the folder or the file cannot be written; what was there before stays.
    """
    part = path.with_name(f".{uuid.uuid4().hex}.part")
    try:
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise TableError(
            N_(
                "“{file}” cannot be written: {reason}. "
                "If it is open in another program, close it there and try again."
            ),
            file=str(path),
            reason=error.strerror or str(error),
        ) from error
    finally:
        part.unlink(missing_ok=True)
