"""What a first build surely needs, begun before it is planned: planning leaves processors idle.

A build that follows another may find that all is up to date, and then starts no process.
"""

from __future__ import annotations

import contextlib
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from clusterlab.batch.jobs import ENGINE, Options
from clusterlab.batch.manifest import FILE, LOG
from clusterlab.batch.nursery import Nursery, asked, expect
from clusterlab.engine.linux import processor_count


@contextlib.contextmanager
def early(folder: Path, options: Options) -> Iterator[None]:
    """Have worker processes begin where there was no build before; stop those that nobody took.

    Parameters
    ----------
    folder
        The workshop's. Whatever is wrong with it, planning will say.
    """
    begun = None
    with contextlib.suppress(OSError, ValueError, TypeError):
        begun = _begun(folder, options)
    expect(begun)
    try:
        yield
    finally:
        expect(None)


def _begun(folder: Path, options: Options) -> Nursery | None:
    place = Path(options.output or folder / "handouts")
    elsewhere = sys.platform != "linux" or options.scheduler or "://" in str(options.output)
    if elsewhere or any((place / name).exists() for name in (FILE, LOG)):
        return None
    with (folder / "workshop.toml").open("rb") as file:
        told = tomllib.load(file)
    formats = options.formats or tuple(told.get("documents", ()))
    wanted = options.notebooks or tuple(told.get("notebooks", ()))
    notebooks = sorted((folder / "notebooks").glob("*.ipynb"))
    notebooks = [n for n in notebooks if not wanted or n.stem in wanted]
    with (folder / "clusters.csv").open("rb") as file:
        clusters = len(options.only) or sum(1 for line in file if line.strip()) - 1
    count = min(options.jobs or processor_count(), clusters * len(notebooks))
    if count < 1:
        return None
    source = notebooks[0].read_text(encoding="utf-8") if options.engine == ENGINE else ""
    return Nursery(count, asked(formats, source))
