"""What cells are spared makes no difference to what comes of them."""

import ast
import logging
import warnings

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from IPython.core.async_helpers import _should_be_async
from IPython.core.inputtransformer2 import TransformerManager

from clusterlab.engine.once import Log, Transforms, quiet, should_be_async

PIECES = [
    *("x", "y1", "1", "2.", "0x1f", "1e5", "True", "None", '"a"', "'b'", '"""c', '"""', 'f"{x}"'),
    *("(", ")", "[", "]", "{", "}", ",", ";", ":", ".", "=", "==", "+", "-", "%", "/", "!", "?"),
    *("!=", "??", "%%", "is", "is not", "not", "in", "if", "else", "for", "assert", "await"),
    *("async for", "async def", "def f():", "return", "lambda", "import os", "print(x)", "# why?"),
    *("\n", "\n    ", "\n\t", " ", "\\", "\\d", "\r\n", "\x0c", "\u2028", ">>> ", "In [1]: ", "ls"),
]
cells = st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=20)
lines = st.lists(
    st.sampled_from(
        [
            *(
                "x = 1",
                "x",
                "print(x)",
                "x?",
                "?x",
                "%time x",
                "%%bash",
                "!ls",
                "a = !ls",
                "a = %x",
            ),
            *("def f():", "    return 1", "    await g()", "await g()", "(a", "% b)", ",f a b"),
            *("/f a b", ";f a", "x is 1", "assert (1, 2)", '"\\d"', '"a"(1)', "1if x else 2"),
            *(
                "[1](2)",
                "[1][0, 1]",
                "(1)(2)",
                "{}[1](2)",
                "# is it?",
                "    %time x",
                "for i in x:",
            ),
            *("async def f(): pass", "[i async for i in x]", "x: int = 1", "# a", "", "1 # a\n(2)"),
        ]
    ),
    max_size=5,
).map("\n".join)


def came(call, *given):
    """Give what a call gives or raises, with everything that it warned of."""
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            found = call(*given)
        except Exception as error:  # noqa: BLE001 - whatever it is, both must raise it
            found = type(error), str(error)
    return found, [(w.category, str(w.message)) for w in warned]


@settings(max_examples=400)
@given(cells | lines)
@example("x\n% y")
@example("#\x0c?")
@example("#\u2028!ls")
def test_cells_are_transformed_as_ipython_does(cell):
    assert came(Transforms().transform_cell, cell) == came(
        TransformerManager().transform_cell, cell
    )


@settings(max_examples=400)
@given(cells | lines)
@example("await x")
@example("x is 1")
def test_whether_a_cell_awaits_is_told_as_ipython_does(cell):
    assert came(should_be_async, cell) == came(_should_be_async, cell)


@settings(max_examples=800)
@given(cells | lines)
@example("1if x else 2")
@example("1(2)")
@example("('a' # b\n (1))")
def test_python_warns_of_nothing_in_a_quiet_cell(cell):
    assume(quiet(cell))
    for read in (ast.parse, lambda text: compile(text, "<>", "exec")):
        assert came(read, cell)[1] == []


@pytest.mark.parametrize("cell", ["x = 1\nx", "board = cluster.board('swot')\nboard", "x[0]"])
def test_what_most_cells_are_is_quiet(cell):
    assert quiet(cell)


def test_transformations_of_ones_own_are_used():
    own = Transforms()
    own.token_transformers = [*own.token_transformers]
    own.line_transforms = [*own.line_transforms, lambda lines: [line.upper() for line in lines]]
    assert own.transform_cell("x\n") == "X\n"
    times = []
    own.line_transforms.append(lambda lines: [*lines, f"# {times.append(1) or len(times)}\n"])
    assert own.transform_cell("x\n") == "X\n# 1\n"
    assert own.transform_cell("x\n") == "X\n# 2\n"


class Heard(logging.Handler):
    def __init__(self, level):
        super().__init__(level)
        self.records = []

    def emit(self, record):
        self.records.append(record)


@pytest.fixture
def log():
    """A kernel's log: it lets all pass, its handler only warnings."""
    log = Log("kernel", logging.DEBUG)
    log.addHandler(Heard(logging.WARNING))
    return log


def test_a_record_that_nobody_gets_is_not_made(log, monkeypatch):
    made = []
    monkeypatch.setattr(log, "makeRecord", lambda *given: made.append(given))
    log.debug("nobody")
    assert made == []
    monkeypatch.undo()
    log.warning("somebody")
    assert [r.msg for r in log.handlers[0].records] == ["somebody"]


def test_who_listens_gets_it_wherever_they_listen(log):
    root = Log("root")
    root.addHandler(later := Heard(logging.DEBUG))
    log.parent = root
    log.debug("heard")
    assert [r.msg for r in later.records] == ["heard"]
    assert later.records[0].filename == "test_once.py"
    log.propagate = False
    assert not log.isEnabledFor(logging.DEBUG)
    log.filters.append(lambda record: later.records.append(record) or True)
    log.debug("filtered")
    assert len(later.records) == 2


def test_who_makes_records_by_their_own_way_makes_all(log, monkeypatch):
    made = []

    def factory(*given, **more):
        made.append(given)
        return logging.LogRecord(*given, **more)

    monkeypatch.setattr(logging, "_logRecordFactory", factory)
    log.debug("made")
    assert len(made) == 1
