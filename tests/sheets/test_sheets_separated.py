"""Tables as text."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlab.errors import Message, TableError
from clusterlab.sheets import read_tables, write_csv

HOSTILE = [
    "=1+1", "+49 30 1", "-x", "@you", "\tx", "\rx", "'=x", "''=x", "'plain", "-5", "+1.5e3", "-",
    "a,b;c", 'say "x"', "two\nlines", "crlf\r\nx", " space ", "مرحبا", "שלום", "😀", "e\u0301",
    "＝x", "x" * 300, "\ufeffx", "",
]  # fmt: skip


def read(path, rows=1000):
    return read_tables(path, 10_000_000, rows)


def test_what_is_written_is_read_again(tmp_path):
    path = tmp_path / "a.csv"
    write_csv(path, ["text", "n"], [[text, n] for n, text in enumerate(HOSTILE)])
    (sheet,) = read(path)
    assert sheet.header == ("text", "n")
    assert [cells[0] for _, cells in sheet.rows] == HOSTILE
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1)
)
def test_any_text_survives(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("any") / "a.csv"
    write_csv(path, ["n", "text"], [["1", text] for text in texts])
    (sheet,) = read(path)
    assert [cells[1] for _, cells in sheet.rows] == texts


def test_no_cell_runs_as_a_formula(tmp_path):
    path = tmp_path / "a.csv"
    write_csv(path, ["text"], [[text] for text in HOSTILE])
    cells = [r[0] for r in csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")) if r]
    running = [c for c in cells if c.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert running == ["-5", "+1.5e3"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(tmp_path, encoding, delimiter):
    path = tmp_path / "a.csv"
    line = delimiter.join(["Ä", '"a\nb,;\t"', "c"])
    path.write_text(f"{delimiter.join('xyz')}\n{line}\n", encoding=encoding, newline="")
    (sheet,) = read(path)
    assert sheet.header == ("x", "y", "z")
    assert sheet.rows == [(2, ("Ä", "a\nb,;\t", "c"))]


def test_tabs_separate_in_tsv_whatever_else_is_there(tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text("a,b,c\tx\n1,2\t3\n", encoding="utf-8")
    assert read(path)[0].rows == [(2, ("1,2", "3"))]


def test_another_encoding_is_refused_with_what_to_do(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("text\nÄrger\n".encode("cp1252"))
    with pytest.raises(TableError, match="CSV UTF-8"):
        read(path)


def test_row_numbers_count_empty_rows(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("\na,b\n\n1\n , \n2,3,4\n", encoding="utf-8")
    (sheet,) = read(path)
    assert sheet.rows == [(4, ("1", "")), (6, ("2", "3", "4"))]


def test_nul_is_dropped_and_counted(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\nx\0y,z\n")
    (sheet,) = read(path)
    assert (sheet.rows, sheet.dropped) == ([(2, ("xy", "z"))], 1)


def test_broken_quotation_marks_cost_only_their_rows(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('a,b\n"x"y,1\nz,2\n"never,3\nlost,4\n', encoding="utf-8")
    (sheet,) = read(path)
    assert sheet.rows == [(3, ("z", "2"))]
    assert [(n, "never closed" in str(m)) for n, m in sheet.faults] == [(2, False), (4, True)]
    assert all(isinstance(m, Message) for _, m in sheet.faults)


def test_a_text_longer_than_pythons_csv_expects(tmp_path):
    path = tmp_path / "a.csv"
    write_csv(path, ["text"], [["x" * 200_000]])
    assert len(read(path)[0].rows[0][1][0]) == 200_000


def test_limits(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a\n" + "x\n" * 11, encoding="utf-8")
    assert len(read(path, rows=11)[0].rows) == 11
    with pytest.raises(TableError, match="more than 10 rows"):
        read(path, rows=10)
    with pytest.raises(TableError, match="24 bytes"):
        read_tables(path, 23, 100)


def test_empty_missing_and_foreign_files(tmp_path):
    path = tmp_path / "a.csv"
    path.touch()
    assert read(path) == []
    with pytest.raises(TableError, match="cannot be read"):
        read(tmp_path / "none.csv")
    for name in ("a.xls", "a.ods", "a.pdf"):
        with pytest.raises(TableError, match=r"save it as \.xlsx"):
            read(tmp_path / name)


def test_what_was_there_stays_when_writing_fails(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("before", encoding="utf-8")

    def rows():
        yield ["x"]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_csv(path, ["a"], rows())
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(TableError, match="cannot be written"):
        write_csv(tmp_path / "no" / "a.csv", ["a"], [])
