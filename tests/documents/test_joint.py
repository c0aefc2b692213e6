"""Several clusters' documents as parts of one."""

import pytest

from clusterlab.documents.joint import Share, canvases, joint, read_words
from clusterlab.documents.listings import Drawn, Head, Listing
from clusterlab.documents.merged import merged
from clusterlab.documents.page import page_data
from clusterlab.documents.reading import Document, Part, markdown_part, whose
from clusterlab.errors import DocumentError
from clusterlab.outputs import Context, Section, Title

CONTEXT = Context(language="en")


def out(kind, title, method="", **more):
    made = {"output": method, **more} if method else {}
    data = {"type": kind, "title": title, "text": "", "facts": [], "alt": "x"}
    return Part("output", {**data, "context": {"language": "en", "made": made}}, 1)


def of(*parts, title="Map"):
    return Document(title, "en", {"language": "en"}, parts)


def together(*documents, words="", last=()):
    shares = [Share(f"C{n}", document) for n, document in enumerate(documents, 1)]
    cover = Title(title="All", context=CONTEXT)
    return joint(cover, (), read_words(words), shares, last)


def outline(document):
    """Give level and title of every heading, and whose part it is in."""
    found = []
    for part in page_data(document)["parts"]:
        if part["kind"] == "output":
            found.append((part["level"], part["data"]["title"], part["whose"]))
        found += [
            (node["level"], node["children"][0]["raw"], part["whose"])
            for node in part["data"]
            if part["kind"] == "markdown" and node["type"] == "heading"
        ]
    return found


def test_parts_are_one_level_deeper_and_know_whose_they_are():
    one = of(out("title", "Map"), out("section", "S"), out("table", "T"), markdown_part("# M", 2))
    document = together(one, one, words="[clusters]\n\n### End", last=[
        Section(title="Credits", context=CONTEXT)
    ])  # fmt: skip
    assert outline(document) == [
        (1, "All", ""),
        (2, "C1", "C1"), (3, "S", "C1"), (4, "T", "C1"), (3, "M", "C1"),
        (2, "C2", "C2"), (3, "S", "C2"), (4, "T", "C2"), (3, "M", "C2"),
        (2, "End", ""),
        (2, "Credits", ""),
    ]  # fmt: skip


def test_a_document_of_one_cluster_is_nobodys_part():
    parts = (out("title", "Map"), out("section", "S"), out("title", "Again"), out("table", "T"))
    assert whose(parts) == ["", "", "", ""]
    assert [level for level, *_ in outline(of(*parts))] == [1, 2, 2, 3]


def test_methods_words_and_credits_are_left_to_the_whole():
    one = of(
        out("title", "Map"),
        out("section", "Findings"),
        out("findings", "F", "findings"),
        out("section", "Methods and words", "section"),
        out("table", "M", "methods"),
        out("table", "W", "glossary"),
        out("section", "Credits", "credits"),
        out("section", "More", "section"),
        out("table", "W", "glossary"),
        markdown_part("Words.", 2),
    )
    assert [t for _, t, whose_ in outline(together(one)) if whose_] == [
        "C1", "Findings", "F", "More",
    ]  # fmt: skip


def test_a_section_before_the_credits_that_says_something_itself_stays():
    one = of(out("title", "Map"), out("section", "Farewell"), out("section", "C", "credits"))
    assert [t for *_, t, _ in outline(together(one))] == ["All", "C1", "Farewell"]


def test_a_document_without_an_opening_is_a_part_all_the_same():
    one = of(markdown_part("Only words.", 1))
    assert outline(together(one, of())) == [(1, "All", ""), (2, "C1", "C1"), (2, "C2", "")]


def test_what_stands_on_the_cover_is_not_repeated():
    fact, other = ({"label": n, "value": "x", "note": ""} for n in ("Workshop", "Country"))
    opening = out("title", "Map")
    opening.data["facts"] = [fact, other]
    from clusterlab.outputs import Fact

    cover = Title(title="All", facts=(Fact("Workshop", "x"),), context=CONTEXT)
    document = joint(cover, (), read_words(""), [Share("C1", of(opening))], ())
    assert document.parts[1].data["facts"] == [other]


def test_canvases_are_those_that_are_shown_in_their_order():
    one = of(out("canvas", "T", "board", canvas="tows"), out("table", "R", "result", canvas="swot"))
    two = of(out("canvas", "T", "board", canvas="tows"), out("table", "no record"))
    assert canvases([one, two]) == ["tows", "swot"]


@pytest.mark.parametrize(
    ("text", "title", "before", "after"),
    [
        ("", "", 0, 0),
        ("# Maps", "Maps", 0, 0),
        ("Words.", "", 1, 0),
        ("# Maps\n\nWords.\n\n[clusters]\n\nMore.\n\nAnd more.", "Maps", 1, 2),
        ("[clusters]", "", 0, 0),
        ("Words about [clusters] stay.", "", 1, 0),
        ("## Maps\n\nWords.", "", 2, 0),
    ],
)
def test_words_are_parted_where_the_clusters_come(text, title, before, after):
    words = read_words(text)
    assert words.title == title
    assert sum(len(part.data) for part in words.before) == before
    assert sum(len(part.data) for part in words.after) == after


def test_a_picture_in_the_words_needs_words():
    with pytest.raises(DocumentError, match="alternative text"):
        read_words("![](x.png)")


def test_lists_are_put_together_by_their_columns():
    one = Listing(
        "Tasks", "Two tasks.", (Head("No."), Head("Note", wide=True), Head("Days", typed=True)),
        (("T1", "a", 2.0), ("T2", "b", 3.0)), {(1, 2): "0%"}, notes=("n",),
        chart=Drawn("bars", (2,)),
    )  # fmt: skip
    two = Listing(
        "Tasks", "One task.", (Head("No."), Head("Tags"), Head("Note"), Head("Note")),
        (("T1", "x", "c", "d"),), {(0, 0): "@"},
    )  # fmt: skip
    found = merged([("C1", one), ("C2", two)], "Cluster")
    assert [h.label for h in found.heads] == ["Cluster", "No.", "Note", "Days", "Tags", "Note"]
    assert found.rows == (
        ("C1", "T1", "a", 2.0, "", ""),
        ("C1", "T2", "b", 3.0, "", ""),
        ("C2", "T1", "c", "", "x", "d"),
    )
    assert found.forms == {(1, 3): "0%", (2, 1): "@"}
    assert found.heads[2].wide
    assert (found.chart, found.notes) == (None, ("C1: n",))
    assert found.alt == "C1: Two tasks. C2: One task."
