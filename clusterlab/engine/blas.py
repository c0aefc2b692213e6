"""As many threads for linear algebra as any notebook has, in a process whose origin had one."""

from __future__ import annotations

import ctypes
import os
from functools import cache
from pathlib import Path
from typing import Any

#: Variables by which people say how many it uses.
_SAID = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "GOTO_NUM_THREADS")
_NAMES = ("scipy_openblas_set_num_threads64_", "openblas_set_num_threads64_",
          "scipy_openblas_set_num_threads", "openblas_set_num_threads")  # fmt: skip


@cache
def find() -> Any:
    """Give the function that sets OpenBLAS's threads, where it is loaded."""
    maps = Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace")
    files = {line.split(maxsplit=5)[-1] for line in maps.splitlines() if "openblas" in line}
    for file in sorted(files):
        library = ctypes.CDLL(file)
        for name in _NAMES:
            if function := getattr(library, name, None):
                return function
    return None


def use_threads() -> None:
    """Use a thread for each processor, unless the environment says how many.

    The warm process had one, since none may run when it forks. Without this, sums would be added
    in another order than in other kernels.
    """
    said = next((os.environ[name] for name in _SAID if os.environ.get(name, "").isdigit()), "")
    count = int(said) if said else len(os.sched_getaffinity(0))
    if count > 1 and (function := find()):
        function(count)
