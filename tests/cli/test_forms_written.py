"""Writing forms where there are some already, and where one cannot be written."""

import sys
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "exchange"))

from exchange_samples import make
from form_edits import SWOT, Workbook, collect, edit, put

from clusterlab.cli.exchanging import import_all
from clusterlab.cli.forms import write_forms
from clusterlab.errors import UnknownNameError, UsageError
from clusterlab.model import BoardId, Cluster, Operation
from clusterlab.workshop import Folder


@pytest.fixture
def folder(tmp_path):
    with make(tmp_path / "workshop") as made:
        yield made


@pytest.fixture
def place(folder):
    return folder.path / "forms"


def put_many(folder, count):
    values = [{"note": f"n{n}", "values": {"text": str(n)}} for n in range(count)]
    folder.journal.append(
        Operation(SWOT, "add", {"block": "threats", "letter": "T", **v}, "local", v["note"])
        for v in values
    )


def wrote(folder):
    return write_forms(folder, None, (), ["swot"])


def test_a_filled_in_form_stays_until_it_is_collected(folder, place, capsys):
    note = put(folder, SWOT, "strengths", {"text": "As sent"})
    assert wrote(folder)
    book = Workbook(place / "alpha.xlsx")
    sheet = book["swot/current"]
    sheet.set(sheet.spare(block="Threats"), text="Filled in")
    book.save(place / "alpha.xlsx")
    edit(folder, SWOT, note, text="Meanwhile")
    put(folder, BoardId("beta", "swot", "current", "business"), "threats", {"text": "New"})
    filled, other = ((place / f"{name}.xlsx").read_bytes() for name in ("alpha", "beta"))
    assert not wrote(folder)
    assert (place / "alpha.xlsx").read_bytes() == filled
    assert (place / "beta.xlsx").read_bytes() != other
    said = capsys.readouterr().err
    assert "alpha: " in said
    assert "Collect it first" in said
    assert collect(folder, place / "alpha.xlsx").taken == 1
    assert wrote(folder)
    texts = [r[Workbook(place / "alpha.xlsx")["swot/current"].column("text")]
             for r in Workbook(place / "alpha.xlsx")["swot/current"].below]  # fmt: skip
    assert {"Meanwhile", "Filled in"} <= set(texts)


def test_a_refused_cell_keeps_its_form(folder, place):
    assert wrote(folder)
    book = Workbook(place / "alpha.xlsx")
    book["swot/current"].append(text="No block", topic="business")
    book.save(place / "alpha.xlsx")
    put(folder, SWOT, "strengths", {"text": "Since"})
    assert not wrote(folder)


def test_an_untouched_form_is_replaced_however_it_was_saved(folder, place):
    note = put(folder, SWOT, "strengths", {"text": "Secret"})
    assert wrote(folder)
    openpyxl.load_workbook(place / "alpha.xlsx").save(place / "alpha.xlsx")
    edit(folder, SWOT, note, text="Other")
    assert wrote(folder)
    assert Workbook(place / "alpha.xlsx")["swot/current"].row("Other")
    folder.journal.purge("local")
    assert wrote(folder)


def test_what_is_no_form_is_not_replaced(folder, place, capsys):
    place.mkdir()
    (place / "alpha.xlsx").write_bytes(b"mine")
    assert not wrote(folder)
    assert (place / "alpha.xlsx").read_bytes() == b"mine"
    assert "not replaced" in capsys.readouterr().err


def test_a_cluster_whose_form_cannot_be_written_stops_no_other(folder, place, capsys):
    put(folder, SWOT, "strengths", {"text": "x" * 40_000})
    assert not wrote(folder)
    assert sorted(p.name for p in place.iterdir()) == ["beta.xlsx", "gamma.xlsx"]
    assert "alpha: " in capsys.readouterr().err


def test_a_cluster_that_does_not_exist_stops_no_other(folder, place, capsys):
    with pytest.raises(UnknownNameError, match="gamm"):
        write_forms(folder, None, ["beta", "alhpa", "beta", "gamm"], ["swot"])
    assert [p.name for p in place.iterdir()] == ["beta.xlsx"]
    said = capsys.readouterr()
    assert "alhpa" in said.err
    assert "Wrote 1 form " in said.out


def test_where_no_cluster_exists_nothing_is_said_to_be_written(folder, capsys):
    with pytest.raises(UnknownNameError):
        write_forms(folder, None, ["alhpa"], ["swot"])
    assert capsys.readouterr().out == ""


def test_a_place_that_cannot_be_read_stops_no_other(folder, place, capsys):
    (place / "alpha.xlsx").mkdir(parents=True)
    assert not wrote(folder)
    assert (place / "beta.xlsx").is_file()
    assert "alpha: " in capsys.readouterr().err


def test_of_several_files_that_cannot_be_imported_each_is_named(folder, tmp_path, capsys):
    files = [tmp_path / "one.txt", tmp_path / "two.txt"]
    for file in files:
        file.write_text("text", encoding="utf-8")
    with pytest.raises(UsageError, match="two"):
        import_all(folder, files)
    assert "one.txt" in capsys.readouterr().err


def test_whatever_goes_wrong_with_one_form_the_others_are_written(tmp_path, capsys):
    # A rule for plural forms that is tried with small numbers, and fails with a larger one.
    count = 1001
    rule = f"plural=(n == {count} ? 1/(n-{count}) : n != 1);"
    clusters = (Cluster("alpha", "Alpha", language="de"), Cluster("beta", "Beta"))
    with make(tmp_path / "workshop", clusters) as folder:
        (folder.path / "locale").mkdir()
        (folder.path / "locale" / "de.po").write_text(
            'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
            f'"Plural-Forms: nplurals=2; {rule}\\n"\n\n'
            'msgid "{count} note"\nmsgid_plural "{count} notes"\n'
            'msgstr[0] "{count} Notiz"\nmsgstr[1] "{count} Notizen"\n',
            encoding="utf-8",
        )
        put_many(folder, count)
        assert not wrote(folder)
        assert [p.name for p in (folder.path / "forms").iterdir()] == ["beta.xlsx"]
    said = capsys.readouterr()
    assert "alpha: its form could not be made (ZeroDivisionError)" in said.err
    assert "Traceback" not in said.err
    assert "Wrote 1 form" in said.out


def test_a_form_that_could_not_be_taken_back_is_not_written(tmp_path, capsys):
    with make(tmp_path / "workshop") as folder:
        text = (folder.path / "workshop.toml").read_text("utf-8")
        (folder.path / "workshop.toml").write_text(f"{text}\n[limits]\nrows = 300\n", "utf-8")
    with Folder(tmp_path / "workshop") as folder:
        put_many(folder, 90)
        assert not wrote(folder)
        said = capsys.readouterr().err
        assert "alpha: The form would have" in said
        assert "raise the limit “rows”" in said
        assert "20,000" in said
        names = sorted(p.name for p in (folder.path / "forms").iterdir())
        assert names == ["beta.xlsx", "gamma.xlsx"]
        assert collect(folder, folder.path / "forms" / "beta.xlsx").refusals == ()
