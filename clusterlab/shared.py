"""Where the files that come with the package are: templates, sample data, notebooks."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def shared(*parts: str) -> Path:
    """Give the path of a file or folder that comes with the package.

    In an installed wheel they are inside the package, in a checkout beside it.

    Parameters
    ----------
    *parts
        ``templates``, ``data`` or ``notebooks``, and what is below it.
    """
    here = Path(__file__).resolve().parent
    inside = here / "_shared"
    return (inside if inside.is_dir() else here.parent).joinpath(*parts)
