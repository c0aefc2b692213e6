"""What cells are spared makes no difference to what comes of them."""

import ast
import logging
import warnings
from types import CodeType

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from IPython.core.async_helpers import _should_be_async
from IPython.core.displayhook import DisplayHook
from IPython.core.inputtransformer2 import TransformerManager

from clusterlab.engine.once import Log, Transforms, ends_in_semicolon, quiet, should_be_async

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
@example("None(1)")
@example("True [0]")
@example("__debug__(1)")
@example('f"{None()}"')
@example("~True")
@example("def f():\n    try: pass\n    finally:\n        return 1")
def test_python_warns_of_nothing_in_a_quiet_cell(cell):
    assume(quiet(cell))
    for read in (ast.parse, lambda text: compile(text, "<>", "exec")):
        assert came(read, cell)[1] == []


whole = st.lists(
    st.sampled_from(
        [
            *("x", "x;", "x; y", "x ; # shown?", "x # ;", "# ;", "';'", "f(';')", "';';", "x = 1;"),
            *("if x:\n    y;", "if x:\n    y", '"""\n;\n"""', '"""\n"""; ', "f(x\n);"),
            *("", "  ", "\t# a", "\x0c", "\\\r\n", "lambda: 0;", "x\\\n;", "\u00e9;"),
        ]
    ),
    max_size=4,
).map("\n".join)


@settings(max_examples=300)
@given(whole)
@example('"a;"')
@example("\\\r\n")
def test_a_value_is_shown_where_ipython_shows_it(cell):
    stock = came(lambda text: bool(DisplayHook.semicolon_at_end_of_expression(text)), cell)
    # It is asked of cells that ran; what else it is asked may be refused in one way or the other.
    if isinstance(came(lambda text: compile(text, "<>", "exec"), cell)[0], CodeType):
        assert came(lambda text: bool(ends_in_semicolon(text)), cell) == stock


@pytest.mark.parametrize("cell", ["x = 1\nx", "board = cluster.board('swot')\nboard", "x[0]"])
def test_what_most_cells_are_is_quiet(cell):
    assert quiet(cell)


@pytest.mark.parametrize(
    "between", ["#" * 1900, "# a note \n" * 180, " \n" * 900, "#" * 1900 + "("]
)
def test_comments_are_looked_through_at_once(between):
    assert quiet(f"x = 1\n{between}\ny")


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
def made(monkeypatch):
    """What records were made of."""
    found, make = [], logging.Logger.makeRecord

    def kept(*given, **more):
        found.append(given[5])
        return make(*given, **more)

    monkeypatch.setattr(logging.Logger, "makeRecord", kept)
    return found


@pytest.fixture
def log():
    """A kernel's log: it lets all pass, its handler only warnings."""
    log = Log("kernel", logging.DEBUG)
    log.addHandler(Heard(logging.WARNING))
    return log


def test_a_record_that_nobody_gets_is_not_made(log, made):
    log.debug("nobody")
    log.warning("somebody")
    assert made == ["somebody"]
    assert [r.msg for r in log.handlers[0].records] == ["somebody"]
    assert log.isEnabledFor(logging.DEBUG)


def test_who_listens_gets_it_wherever_they_listen(log, made):
    root = Log("root")
    root.addHandler(later := Heard(logging.DEBUG))
    log.parent = root
    log.debug("heard")
    log.warning("warned", stacklevel=1)
    assert [(r.msg, r.filename, r.funcName) for r in later.records] == [
        (msg, "test_once.py", "test_who_listens_gets_it_wherever_they_listen")
        for msg in ("heard", "warned")
    ]
    log.propagate = False
    log.debug("not heard")
    assert made == ["heard", "warned"]
    log.filters.append(bool)
    log.debug("filtered")
    assert made[2:] == ["filtered"]


def test_without_any_handler_logging_has_its_own(log, capsys, monkeypatch):
    monkeypatch.setattr(logging, "lastResort", logging._StderrHandler(logging.WARNING))
    log.handlers.clear()
    log.warning("told")
    assert capsys.readouterr().err == "told\n"


def test_who_makes_records_by_their_own_way_makes_all(log, monkeypatch):
    made = []

    def factory(*given, **more):
        made.append(given)
        return logging.LogRecord(*given, **more)

    monkeypatch.setattr(logging, "_logRecordFactory", factory)
    log.debug("made")
    assert len(made) == 1
