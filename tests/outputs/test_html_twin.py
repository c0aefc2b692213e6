"""The HTML twin of outputs."""

import dataclasses
import re

import hostile
import jinja2
import pytest
import samples
from hostile import Looked, squeezed
from nbformat import NotebookNode

from clusterlab.outputs import (
    Box,
    Canvas,
    Comparison,
    Difference,
    Fact,
    Findings,
    Output,
    Picture,
    Records,
    Table,
)
from clusterlab.outputs.html import area, areas, css_string, make_environment, render

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>window.hit = 9</script></svg>'
PICTURE = Picture(
    title="How full", alt="Two bars.", context=samples.CONTEXT, svg=SVG, text="A: 3\nB: 4"
)
EVERYTHING = [*samples.everything(), PICTURE]


def texts_of(value):
    """All texts that a person reads in an output."""
    unseen = {"type", "id", "kind", "context", "grid", "accent", "severity", "svg", "language"}
    match value:
        case dict():
            for key, inner in value.items():
                if key == "legend":
                    yield from (entry["label"] for entry in inner)
                elif key not in unseen:
                    yield from texts_of(inner)
        case list() | tuple():
            for inner in value:
                yield from texts_of(inner)
        case str() if value:
            yield value


def poisoned(value, text):
    """The same output with a text in the place of every text."""
    if dataclasses.is_dataclass(value):
        return dataclasses.replace(
            value,
            **{
                f.name: poisoned(getattr(value, f.name), text)
                for f in dataclasses.fields(value)
                if f.name != "svg"
            },
        )
    if isinstance(value, tuple):
        return tuple(poisoned(inner, text) for inner in value)
    if isinstance(value, dict):
        return {key: poisoned(inner, text) for key, inner in value.items()}
    return text if isinstance(value, str) else value


def named(output: Output) -> str:
    return f"{output.type}-{output.title}"


@pytest.mark.parametrize("output", EVERYTHING, ids=named)
@pytest.mark.parametrize("styled", [True, False])
def test_draws_every_type_with_all_its_texts(output, styled):
    looked = Looked(render(output.to_json(), styled=styled))
    data = output.to_json()
    if data["type"] == "records" and data["records"]:
        data = {**data, "blank": [], "prompt": "", "text_label": ""}
    if data["type"] == "table":
        data = {**data, "prompt": "" if data["rows"] else data["prompt"]}
    if data["type"] == "canvas":
        boxes = [{**b, "prompt": "" if b["items"] else b["prompt"]} for b in data["boxes"]]
        data = {**data, "boxes": boxes}
    if data["type"] == "comparison":
        data = {**data, "blocks": [b for b in data["blocks"] if b["added"]]}
    if data["type"] == "records":
        data = {
            **data,
            "records": [
                {
                    **r,
                    "fields": [{**f, "help": "" if f["value"] else f["help"]} for f in r["fields"]],
                }
                for r in data["records"]
            ],
        }
    seen = looked.text + squeezed("".join(i["alt"] for i in looked.every("img")))
    for text in texts_of(data):
        assert squeezed(text) in seen, text
    assert len(looked.every("style")) == int(styled)
    looked.assert_harmless()


@pytest.mark.parametrize("output", EVERYTHING, ids=named)
@pytest.mark.parametrize("text", hostile.TEXTS, ids=range(len(hostile.TEXTS)))
def test_hostile_text_stays_text(output, text):
    data = poisoned(output, text).to_json()
    drawn = render({**data, "type": output.type})
    looked = Looked(drawn)
    looked.assert_harmless()
    assert squeezed(text) in looked.text
    assert "\0" not in drawn
    drawn.encode()


def test_a_style_comes_once_and_only_where_wanted():
    drawn = samples.swot().to_html()
    assert drawn.count("<style>") == 1
    assert "http" not in drawn
    assert "@import" not in drawn


@pytest.mark.parametrize(("kind", "level"), [("title", 1), ("section", 2), ("canvas", 3)])
def test_headings_begin_where_the_type_or_the_page_says(kind, level):
    output = next(o for o in samples.everything() if o.type == kind).to_json()
    assert Looked(render(output)).headings()[0] == level
    assert set(Looked(render(output, level=4)).headings()) <= {4, 5}
    assert max(Looked(render(output, level=6)).headings()) == 6


def test_a_grid_is_laid_out_by_prefixed_names():
    drawn = samples.swot().to_html()
    assert "'b-strengths b-weaknesses' 'b-opportunities b-threats'" in drawn.replace("&#39;", "'")
    assert "--clusterlab-area: b-threats" in drawn


@pytest.mark.parametrize(
    "grid",
    [
        [],
        [["a", "b"], ["a"]],
        [["a", "b"], ["b", "a"]],
        [["a", "b", "c"]],
        [["a", "a"]],
        [["a", "b"], ["a", "a"]],
    ],
)
def test_a_grid_that_is_none_leaves_boxes_below_each_other(grid):
    assert areas(grid, [{"id": "a"}, {"id": "b"}]) == ""


def test_names_of_areas_are_names_whatever_comes():
    seen = {area(text) for text in ["9", "a b", "", "'", *hostile.TEXTS]}
    assert all(re.fullmatch(r"b-[a-z0-9-]+", name) for name in seen)
    assert len(seen) == 4 + len(hostile.TEXTS)


@pytest.mark.parametrize("text", hostile.TEXTS, ids=range(len(hostile.TEXTS)))
def test_css_strings_hold_nothing_but_escapes(text):
    assert re.fullmatch(r'"(?:[A-Za-z0-9 ]|\\[0-9a-f]{6})*"', str(css_string(text)))


@pytest.mark.parametrize("label", [["x"], {"a": 1}, 1, None])
def test_words_that_are_no_text_are_drawn_as_they_can_be(label):
    output = {"type": "section", "title": "Goals", "text": "", "facts": []}
    assert "Goals" in render({**output, "context": {"language": "en", "labels": {"empty": label}}})


def test_empty_boxes_show_their_prompt_and_unplaced_notes_their_label():
    tows = samples.everything()[3]
    text = Looked(tows.to_html()).text
    assert squeezed("Which strengths limit which threats?") in text
    assert squeezed("Unplaced") in text
    assert squeezed("A note whose block is gone") in text


def test_alternatives_are_marked_by_a_word():
    text = Looked(samples.everything()[3].to_html()).text
    assert squeezed("Also written at the same time Text, somebody else Invest in people") in text


def test_a_note_carries_its_own_language_and_direction():
    note = dataclasses.replace(samples.item("S1", "Stärke"), language="de")
    odd = dataclasses.replace(samples.item("S2", "?"), language='x" onclick="1')
    box = Box("a", "A", items=(note, odd))
    canvas = Canvas(
        title="T", alt="a", context=samples.CONTEXT, kind="k", grid=(("a",),), boxes=(box,)
    )
    notes = [p for p in Looked(canvas.to_html()).every("p") if "lang" in p]
    assert [(p["lang"], p["dir"]) for p in notes] == [("de", "auto")]


def test_blank_forms_and_tables_can_be_filled_by_hand():
    by_type = {o.type: o for o in samples.everything()}
    records = dataclasses.replace(by_type["records"], records=())
    assert isinstance(records, Records)
    assert squeezed("What will be different?") in Looked(records.to_html()).text
    table = dataclasses.replace(by_type["table"], rows=())
    assert isinstance(table, Table)
    looked = Looked(table.to_html())
    assert len(looked.every("td")) == 6 * 4
    assert squeezed("What is the next step?") in looked.text


def test_nothing_found_and_nothing_changed_are_said():
    by_type = {o.type: o for o in samples.everything()}
    none = dataclasses.replace(by_type["findings"], groups=(), text="All is answered.")
    assert isinstance(none, Findings)
    assert squeezed("All is answered.") in Looked(none.to_html()).text
    same = dataclasses.replace(by_type["comparison"], blocks=())
    assert isinstance(same, Comparison)
    assert squeezed("Nothing here yet") in Looked(same.to_html()).text


def test_with_nothing_to_compare_yet_there_is_a_table_to_fill_in():
    comparison = next(o for o in samples.everything() if o.type == "comparison")
    blocks = (Difference("members", "Cluster members"), Difference("costs", "Costs", "financing"))
    looked = Looked(dataclasses.replace(comparison, blocks=blocks).to_html())
    assert [th["scope"] for th in looked.every("th")] == ["col"] * 3 + ["row"] * 2
    for words in ("= Kept + Added − Dropped", "Cluster members", "Costs"):
        assert squeezed(words) in looked.text
    # The corner, then three cells per block, which say on a phone what they are for.
    labels = [td.get("data-label", "") for td in looked.every("td")]
    assert labels == ["", *["= Kept", "+ Added", "− Dropped"] * 2]
    assert squeezed("Nothing here yet") not in looked.text


def marked(output):
    """The same output with a sign at its first note and the footnote that belongs to it."""

    def sign(item):
        return dataclasses.replace(item, mark="°")

    data = {"footnotes": (Fact("°", "This is our reading."),)}
    match output.type:
        case "canvas":
            first = output.boxes[0]
            items = (sign(first.items[0]), *first.items[1:])
            data["boxes"] = (dataclasses.replace(first, items=items), *output.boxes[1:])
        case "records":
            record = output.records[0]
            data["records"] = (dataclasses.replace(record, item=sign(record.item)),)
        case "table":
            data["rows"] = (dataclasses.replace(output.rows[0], item=sign(output.rows[0].item)),)
        case "comparison":
            kept = (sign(output.blocks[0].kept[0]),)
            data["blocks"] = (dataclasses.replace(output.blocks[0], kept=kept),)
    return dataclasses.replace(output, **data)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (2, "Strong cash flow lets us invest"),
        (4, "Win 20 new members by the end of 2027"),
        (5, "Call every member"),
        (6, "Small suppliers"),
    ],
)
def test_a_mark_stands_beside_its_note_and_the_footnote_once(number, text):
    drawn = marked(samples.everything()[number]).to_html()
    assert f'{text}&nbsp;<span class="clusterlab-mark">°</span>' in drawn
    looked = Looked(drawn).text
    assert looked.count("°") == 2
    assert looked.count(squeezed("° This is our reading.")) == 1


def test_findings_that_differ_in_their_note_only_share_a_suggestion():
    findings = next(o for o in samples.everything() if o.type == "findings")
    looked = Looked(findings.to_html())
    lines = "".join(f"G{i} has no deadline." for i in (1, 2, 3))
    together = f"Error SMART goals {lines} Say by when. Source: Doran 1981"
    assert looked.text.count(squeezed(together)) == 1
    lists = [ul for ul in looked.every("ul") if ul.get("class") == "clusterlab-lines"]
    assert len(lists) == len(findings.groups) == 2


def test_header_cells_say_what_they_head():
    table = next(o for o in samples.everything() if o.type == "table")
    looked = Looked(table.to_html())
    assert [th["scope"] for th in looked.every("th")] == ["col"] * 4 + ["row"]
    assert len(looked.every("caption")) == 1


def test_pictures_are_images_with_words():
    (image,) = Looked(PICTURE.to_html()).every("img")
    assert image["src"].startswith("data:image/svg+xml;base64,")
    assert image["alt"] == "Two bars."


def test_a_type_of_a_newer_version_shows_title_and_alternative_text():
    data = {**PICTURE.to_json(), "type": "gantt"}
    assert Looked(render(data)).text == squeezed("How full Two bars.")


def test_words_come_from_the_context():
    context = dataclasses.replace(
        samples.CONTEXT, language="ar", labels={"alternative": "بديل", "unplaced": "غير مصنف"}
    )
    drawn = dataclasses.replace(samples.everything()[3], context=context).to_html()
    assert "بديل" in drawn
    assert "غير مصنف" in drawn
    assert '<div class="clusterlab" lang="ar" dir="rtl">' in drawn


def test_a_legend_pairs_colour_with_words_and_lines():
    legend = Fact("Inside the cluster", "development")
    assert legend in samples.swot().legend
    assert '<li class="clusterlab-development">Inside the cluster</li>' in samples.swot().to_html()


@pytest.mark.parametrize("kind", [dict, NotebookNode])
@pytest.mark.parametrize("name", ["title", "items", "values", "copy", "missing", "__class__"])
def test_names_are_looked_up_as_jinja_does(kind, name):
    given = kind({"title": "A", "items": ["B"], "values": "C", "copy": "D"})
    mine, usual = make_environment(), jinja2.Environment(autoescape=True)
    found, expected = (env.getattr(given, name) for env in (mine, usual))
    if isinstance(expected, jinja2.Undefined):
        with pytest.raises(jinja2.UndefinedError, match=name):
            str(found)
    else:
        assert found == expected
