"""The house: imports go down only, siblings never import each other, heavy libraries have gates."""

import ast
import subprocess
import sys
from pathlib import Path

import clusterlab

PACKAGE = Path(clusterlab.__file__).parent

LAYERS = [
    {"cli"},
    {"batch", "room", "session"},
    {"engine", "documents", "widgets", "exchange"},
    {"outputs"},
    {"figures", "sheets", "workshop"},
    {"methods", "journal"},
    {"model"},
    {"language"},
    {"errors", "shared"},
]
# What only opens the door: the package itself and ``python -m clusterlab``.
ENTRANCES = {"__init__", "__main__"}
GATES = {
    "papermill": {"engine", "batch"},
    "nbclient": {"engine", "batch"},
    "dask": {"batch"},
    "distributed": {"batch"},
    "fsspec": {"batch"},
    "ipywidgets": {"widgets"},
    "anywidget": {"widgets"},
    "nbconvert": {"documents"},
    "typst": {"documents"},
    "pptx": {"documents"},
    "docx": {"documents"},
    "openpyxl": {"sheets"},
    "xlsxwriter": {"sheets"},
    "pandas": {"exchange", "session"},
    "networkx": {"methods"},
    "matplotlib": {"figures"},
    "sqlite3": {"journal"},
}


def level(part: str) -> int:
    return next(i for i, layer in enumerate(LAYERS) if part in layer)


def part_of(path: Path) -> str:
    relative = path.relative_to(PACKAGE)
    return relative.parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def modules() -> list[Path]:
    return [p for p in sorted(PACKAGE.rglob("*.py")) if "_shared" not in p.parts]


def faults(paths: list[Path]) -> list[str]:
    found = []
    for path in paths:
        part = part_of(path)
        if part in ENTRANCES:
            continue
        for name in imports(path):
            root, _, rest = name.partition(".")
            if root == "clusterlab" and rest:
                other = rest.split(".")[0]
                there = (PACKAGE / other).is_dir() or (PACKAGE / f"{other}.py").is_file()
                if there and other != part and level(other) <= level(part):
                    found.append(f"{path.relative_to(PACKAGE)} imports {name}")
            elif part not in GATES.get(root, {part}):
                found.append(f"{path.relative_to(PACKAGE)} imports {name}")
    return found


def test_imports_go_down_and_gates_hold():
    assert faults(modules()) == []


def test_every_part_has_its_layer():
    parts = {part_of(p) for p in modules()} - ENTRANCES
    assert parts <= set().union(*LAYERS)


def test_a_wrong_import_is_found(tmp_path, monkeypatch):
    (tmp_path / "model").mkdir()
    (tmp_path / "journal").mkdir()
    wrong = tmp_path / "model" / "x.py"
    wrong.write_text("import sqlite3\nfrom clusterlab.journal import Journal\n")
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path)
    assert len(faults([wrong])) == 3


def test_modules_and_functions_stay_short():
    long = []
    for path in modules():
        text = path.read_text(encoding="utf-8")
        if len(text.splitlines()) > 400:
            long.append(f"{path.relative_to(PACKAGE)}: {len(text.splitlines())} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                doc = (
                    node.body[0].end_lineno - node.body[0].lineno if ast.get_docstring(node) else 0
                )
                length = node.end_lineno - node.lineno - doc
                if length > 60:
                    long.append(f"{path.relative_to(PACKAGE)}:{node.name}: {length} lines")
    assert long == []


def test_importing_the_package_is_cheap():
    heavy = ["ipywidgets", "papermill", "matplotlib", "typst", "pandas", "nbconvert", "sqlite3"]
    code = f"import sys, clusterlab; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_public_surface_is_what_it_says():
    named = {name for name in clusterlab.__all__ if name[0].isupper()}
    assert {"BusinessModelCanvas", "PriorityMatrix", "Swot", "Tasks", "TrendRadar"} <= named
    assert set(clusterlab.__all__) == {*named, "__version__", "open_workshop"}
    assert list(clusterlab.__all__) == sorted(set(clusterlab.__all__))
    assert set(clusterlab.__all__) <= set(dir(clusterlab))
    assert all(callable(getattr(clusterlab, n)) for n in clusterlab.__all__ if n != "__version__")
