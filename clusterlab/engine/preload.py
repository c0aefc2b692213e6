"""What a warm process imports before it forks, and what it must not."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import re
import site
import sys
import sysconfig
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

#: Environment variable that names other modules to import, separated by commas; empty for none.
VARIABLE = "CLUSTERLAB_PRELOAD"

#: What is imported before forking for notebooks that import one of these libraries. What is not
#: installed is passed over.
PRELOAD = {
    "IPython": ("IPython.display",),
    "numpy": ("numpy",),
    "pandas": ("pandas", "pandas.io.formats.style"),
    "matplotlib": (
        "matplotlib.pyplot",
        "matplotlib.backends.backend_agg",
        "PIL.PngImagePlugin",
    ),
    "ipywidgets": ("ipywidgets",),
    "clusterlab": ("clusterlab.session", "clusterlab.session.named", "networkx"),
}

# Magics are no Python, so cells are not parsed: too much that is imported does no harm.
_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+(\w+)|import[ \t]+([\w., \t]+)|%(pylab|matplotlib))", re.MULTILINE
)

#: The inline backend is every kernel's, unless somebody chose another.
INLINE = "module://matplotlib_inline.backend_inline"

#: Tells libraries that would start threads as they are loaded to have one; and a debugger that is
#: loaded but never used to keep its advice.
ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    # The threads that a notebook gets later wait without turning in circles.
    "OPENBLAS_THREAD_TIMEOUT": "4",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "BLIS_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}


def wanted(names: Sequence[str] | str | None, cells: Iterable[str] = ()) -> tuple[str, ...]:
    """Give the modules to import before forking.

    Parameters
    ----------
    names
        Those that somebody named, also separated by commas; else the environment variable's.
    cells
        A notebook's code: where nobody named any, `PRELOAD` of the libraries that it imports.
    """
    if names is None:
        names = os.environ.get(VARIABLE)
    if names is None:
        found = imported(cells) | {"IPython"}
        return tuple(name for root, modules in PRELOAD.items() if root in found for name in modules)
    if isinstance(names, str):
        names = names.split(",")
    return tuple(name.strip() for name in names if name.strip())


def imported(cells: Iterable[str]) -> set[str]:
    """Give the names of the packages that code seems to import."""
    found = set()
    for cell in cells:
        for origin, listed, magic in _IMPORT.findall(cell):
            found.add("matplotlib" if magic else origin)
            found.update(
                item.split()[0].partition(".")[0] for item in listed.split(",") if item.strip()
            )
    return found - {""}


def third_party(name: str) -> bool:
    """Tell whether a module may be imported before forking: what lies beside a notebook may not.

    It may be edited between two notebooks, and another notebook may have another one of that name.
    """
    root = name.partition(".")[0]
    if root == "clusterlab" or root in sys.stdlib_module_names:
        return True
    try:
        spec = importlib.util.find_spec(root)
    except (ImportError, ValueError):
        return False
    places = [*(spec.submodule_search_locations or ()), spec.origin or ""] if spec else []
    return any(_within(place, folder) for place in places for folder in _installed())


def _installed() -> list[str]:
    paths = sysconfig.get_paths()
    return [paths["purelib"], paths["platlib"], *site.getsitepackages(), site.getusersitepackages()]


def _within(place: str, folder: str) -> bool:
    return bool(place) and Path(place).resolve().is_relative_to(Path(folder).resolve())


def import_all(names: Iterable[str], threads: Callable[[], int]) -> str:
    """Import modules one after the other.

    Returns
    -------
    str
        The first that started a thread, which forbids to fork; "" where none did.
    """
    for name in names:
        if third_party(name):
            # The notebook that imports it meets the reason.
            with contextlib.suppress(Exception):
                importlib.import_module(name)
            if threads() > 1:
                return name
    return ""


def watched() -> dict[str, float]:
    """Give the files that tell whether what is loaded is still what is installed.

    Returns
    -------
    dict
        Time of change by file: each installed package's own file, and every loaded module of a
        package that lies elsewhere, as in a checkout that somebody works on.
    """
    folders = [str(Path(folder).resolve()) for folder in _installed()]
    found = {}
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if not file or name == "__main__" or file.startswith(sys.base_prefix + os.sep + "lib/py"):
            continue
        inside = any(file.startswith(folder + os.sep) for folder in folders)
        if "." not in name or not inside:
            found[file] = _changed(file)
    return found


def _changed(file: str) -> float:
    try:
        return os.stat(file).st_mtime  # noqa: PTH116 - hundreds of them
    except OSError:
        return 0.0


def stale(files: dict[str, float]) -> bool:
    """Tell whether any of these files has changed."""
    return any(_changed(file) != time for file, time in files.items())
