"""clusters.csv: what is broken is refused with its row, everything else is taken."""

import csv

import pytest

from clusterlab.errors import TableError
from clusterlab.workshop import read_roster
from clusterlab.workshop.records import LONGEST


def read(tmp_path, text):
    path = tmp_path / "clusters.csv"
    path.write_bytes(text.encode())
    clusters, refusals = read_roster(path)
    return [c.id for c in clusters], [(r.row, str(r.message)) for r in refusals]


HEADER = "id,name,country\n"


@pytest.mark.parametrize(
    "broken",
    [
        'b,"Beta,France',
        'b,"Beta" Cluster,France',
        'b,Beta,"France',
        'b,"Beta, "the" cluster",France',
        '"b,Beta,France',
    ],
)
@pytest.mark.parametrize(
    "below",
    [
        "c,Gamma,Italy\nd,Delta,Spain\n",
        'c,"Gamma, Ltd",Italy\nd,Delta,Spain\n',
        'c,"",Italy\nd,Delta,Spain',
        'c,Gamma,"Italy"\nd,"Del\nta",Spain\n',
        "c,Gamma\n\nd,Delta,Spain\n",
    ],
)
def test_a_broken_row_swallows_no_other(tmp_path, broken, below):
    ids, refusals = read(tmp_path, f"{HEADER}a,Alpha,Greece\n{broken}\n{below}")
    assert ids == ["a", "c", "d"]
    assert [row for row, _ in refusals] == [3]


def test_a_refusal_says_what_is_wrong_with_the_quotation_marks(tmp_path):
    _, refusals = read(tmp_path, HEADER + 'a,"Alpha" x,y\nb,"Beta,France\nc,"Gamma",Italy\n')
    assert [row for row, _ in refusals] == [2, 3]
    assert "behind a closing quotation mark" in refusals[0][1]
    assert "never closed" in refusals[1][1]


def test_two_missing_quotes_that_seem_to_fit_swallow_nothing(tmp_path):
    ids, refusals = read(tmp_path, HEADER + 'a,"Alpha,x\nb,Beta,y\nc,Gamma",z\nd,Delta,z\n')
    assert ids == ["b", "d"]
    assert [row for row, _ in refusals] == [2, 4]


def test_the_rest_of_a_torn_text_is_no_cluster(tmp_path):
    ids, refusals = read(tmp_path, HEADER + 'a,"one\ntwo\nthree" x,y\nb,Beta,z\n')
    assert ids == ["b"]
    assert [row for row, _ in refusals] == [2, 3, 4]


def test_texts_of_several_lines_and_quotation_marks_are_taken(tmp_path):
    text = 'id,name,notes\na,"Al ""pha""","one, two, three\nfour, five, six"\nb,Be"ta",\n'
    path = tmp_path / "clusters.csv"
    path.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    clusters, refusals = read_roster(path)
    assert refusals == []
    assert [c.name for c in clusters] == ['Al "pha"', 'Be"ta"']
    assert clusters[0].notes == "one, two, three\nfour, five, six"


def test_blanks_around_quotation_marks_do_not_matter(tmp_path):
    ids, refusals = read(tmp_path, HEADER + 'a, "Alpha, Ltd" , France\n')
    assert (ids, refusals) == (["a"], [])


def test_cells_beyond_the_header_refuse_the_row(tmp_path):
    ids, refusals = read(tmp_path, HEADER + "a,Alpha, Ltd,France\nb,Beta,Italy,, \nc,Gamma\n")
    assert ids == ["b", "c"]
    assert [row for row, _ in refusals] == [2]
    assert "has more cells than the header; put text with a comma in quotes" in refusals[0][1]


def test_a_cell_below_an_unnamed_column_refuses_the_row(tmp_path):
    ids, refusals = read(tmp_path, "id,,name\na,lost,Alpha\nb,,Beta\n")
    assert (ids, [row for row, _ in refusals]) == (["b"], [2])


def test_a_very_long_cell_refuses_the_row_and_changes_no_limit(tmp_path):
    limit = csv.field_size_limit()
    long = "x" * (LONGEST + 1)
    ids, refusals = read(tmp_path, f'{HEADER}a,{long},x\nb,"{long}\n{long}",x\nc,Gamma,x\n')
    assert ids == ["c"]
    assert [row for row, _ in refusals] == [2, 3]
    assert csv.field_size_limit() == limit


def test_blank_lines_are_counted_as_a_spreadsheet_does(tmp_path):
    assert read(tmp_path, f"{HEADER}\na,Alpha,x\n\n;,,\n ,,\n")[1][-1][0] == 6


def test_a_broken_header_refuses_the_file(tmp_path):
    with pytest.raises(TableError, match=r"clusters\.csv.*never closed"):
        read(tmp_path, 'id,"name,country\na,Alpha,x\n')


def test_an_empty_roster_has_no_clusters(tmp_path):
    assert read(tmp_path, "") == ([], [])


def test_many_broken_rows_take_no_long_time(tmp_path):
    ids, refusals = read(tmp_path, HEADER + 'a,"","x\n' * 3000)
    assert (len(ids), len(refusals)) == (0, 3000)
