"""Needs and services, written in a table by hand: ratings and links by the ids that people say."""

from clusterlab.exchange import import_notes
from clusterlab.methods import Sheet, check_needs, check_portfolio, need_relevance
from clusterlab.model import BoardId

TABLE = """\
cluster,canvas,block,spoken,text,Weight,Key member,Ratings,links,Decision
alpha,needs,members,M1,Car maker,2,yes,,,
alpha,needs,members,M2,Suppliers,1,no,,,
alpha,needs,needs,N1,Skilled people,,,"M1 4, M2 1",,
alpha,needs,needs,N2,Test benches,,,"M2 5, M7 3",,
alpha,services,services,SV1,Job fair,,,,N1,keep
"""


def sheet(folder, canvas):
    boards = folder.boards("alpha")
    return Sheet(folder.kinds[canvas], boards[BoardId("alpha", canvas)], folder.kinds, boards)


def test_ratings_and_links_of_a_table_are_understood(folder, tmp_path):
    path = tmp_path / "review.csv"
    path.write_text(TABLE, encoding="utf-8")
    report = import_notes(folder, path)
    assert (report.taken, report.refusals) == (5, ())
    needs = sheet(folder, "needs")
    found = [(n.note.text, n.relevance) for n in need_relevance(needs).needs]
    assert found == [("Skilled people", 3), ("Test benches", 5)]
    assert [(f.rule, f.note) for f in check_needs(needs)] == [("needs-member", "N2")]
    services = check_portfolio(sheet(folder, "services"))
    assert [f.note for f in services if f.rule == "portfolio-need"] == ["N2"]
