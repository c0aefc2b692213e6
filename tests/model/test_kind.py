import json
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterlab.errors import KindError, UnknownNameError
from clusterlab.model import (
    Block,
    CanvasKind,
    Field,
    Group,
    Named,
    kind_from,
    kind_to,
    read_kind,
)
from clusterlab.shared import shared

SHIPPED = sorted(shared("templates", "canvases").glob("*.toml"))

GOOD = """
id = "vrio"
version = 2
title = "VRIO"
layout = "grid"
grid = ["a b", "a c"]
[[groups]]
id = "g"
label = "G"
[[fields]]
id = "worth"
label = "Worth"
type = "integer"
minimum = 1
maximum = 5
[[blocks]]
id = "a"
label = "A"
letter = "A"
group = "g"
[[blocks]]
id = "b"
label = "B"
[[blocks]]
id = "c"
label = "C"
"""


def shipped(name):
    path = shared("templates", "canvases", f"{name}.toml")
    return read_kind(path.read_text(encoding="utf-8"), path.name)


def test_seven_kinds_are_shipped():
    assert {path.stem for path in SHIPPED} >= {
        "action-plan", "business-model", "business-model-cluster", "pestel", "smart-goals",
        "swot", "tows",
    }  # fmt: skip


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_kind_loads_and_comes_back(path):
    kind = read_kind(path.read_text(encoding="utf-8"), path.name)
    assert kind.id == path.stem
    assert all(block.letter for block in kind.blocks)
    assert len({block.letter for block in kind.blocks}) == len(kind.blocks)
    raw = json.loads(json.dumps(kind_to(kind)))
    assert kind_from(raw, "x") == kind


def test_the_cluster_canvas():
    kind = shipped("business-model-cluster")
    assert [block.id for block in kind.blocks] == [
        "stakeholders", "ecosystem", "activities", "resources", "value-proposition", "engagement",
        "channels", "members", "potential-members", "funding-partners", "costs", "public-funding",
        "private-funding", "project-funding",
    ]  # fmt: skip
    assert [group.id for group in kind.groups] == ["development", "financing"]
    financing = {block.id for block in kind.blocks if block.group == "financing"}
    assert financing == {
        "funding-partners", "costs", "public-funding", "private-funding", "project-funding",
    }  # fmt: skip
    assert [version.id for version in kind.versions] == ["current", "in-five-years"]


def test_topics_and_citations():
    assert [t.id for t in shipped("swot").topics] == ["business", "services", "environment"]
    tows, swot = shipped("tows"), shipped("swot")
    assert tows.cites == ("swot",)
    assert {c for b in tows.blocks for c in b.cites} == {b.id for b in swot.blocks}


def test_the_good_one_is_good_and_lean():
    kind = read_kind(GOOD, "vrio.toml")
    assert kind.areas() == {"a": (0, 0, 2, 1), "b": (0, 1, 1, 1), "c": (1, 1, 1, 1)}
    raw = kind_to(kind)
    assert raw["grid"] == ["a b", "a c"]
    assert raw["blocks"][1] == {"id": "b", "label": "B"}
    assert set(raw) == {"id", "version", "title", "layout", "grid", "groups", "fields", "blocks"}


def changed(old, new):
    assert GOOD.count(old) >= 1
    return GOOD.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (changed('title = "VRIO"\n', ""), "title"),
        (changed('title = "VRIO"', 'title = " "'), "title"),
        (changed('title = "VRIO"', "title = 7"), "title"),
        (changed('id = "vrio"', 'id = "../x"'), "id"),
        (changed("version = 2", 'version = "two"'), "version"),
        (changed("version = 2", "version = 1.5"), "version"),
        (changed("version = 2", "version = nan"), "version"),
        (changed("version = 2", "version = -1"), "version"),
        (changed("version = 2", "version = true"), "version"),
        (changed('layout = "grid"', 'layout = "circle"'), "layout"),
        (changed('grid = ["a b", "a c"]', 'grid = "a b"'), "grid"),
        (changed('grid = ["a b", "a c"]', 'grid = ["a b", "c a"]'), "grid"),
        (changed('grid = ["a b", "a c"]', 'grid = ["a b c", "a c"]'), "grid"),
        (changed('grid = ["a b", "a c"]', 'grid = ["a b", "a b"]'), "grid"),
        (changed('grid = ["a b", "a c"]', 'grid = ["a b", "a d"]'), "grid"),
        (changed('title = "VRIO"', 'title = "VRIO"\ntitel = "x"'), "titel"),
        (changed('letter = "A"', 'lettre = "A"'), "blocks.a.lettre"),
        (changed('letter = "A"', 'letter = "a1"'), "blocks.a.letter"),
        (changed('group = "g"', 'group = "h"'), "blocks.a.group"),
        (changed('group = "g"', "limit = -3"), "blocks.a.limit"),
        (changed('id = "c"', 'id = "b"'), "blocks.id"),
        (changed('id = "worth"', 'id = "text"'), "fields.text.id"),
        (changed('id = "worth"', 'id = "place"'), "fields.place.id"),
        (changed('type = "integer"', 'type = "choice"'), "fields.worth.choices"),
        (changed('type = "integer"', 'type = "float"'), "fields.worth.type"),
        (changed("minimum = 1", "minimum = 9"), "fields.worth.maximum"),
        (changed("minimum = 1", 'minimum = "1"'), "fields.worth.minimum"),
        (changed("minimum = 1", "choices = [{id = 'x', label = 'X'}]"), "fields.worth.choices"),
        (changed("minimum = 1", "wide = 1"), "fields.worth.wide"),
        (changed("minimum = 1", "choices = 7"), "fields.worth.choices"),
        (changed("minimum = 1", "minimum_label = 'a'"), "fields.worth.minimum_label"),
        (changed("maximum = 5", "maximum_label = 'a'"), "fields.worth.maximum_label"),
        (changed("maximum = 5", "maximum = 5\nmaximum_label = 3"), "fields.worth.maximum_label"),
        ('id = "x"\ntitle = "X"\nlayout = "table"', "blocks"),
        ('id = "x"\ntitle = "X"\nlayout = "table"\nblocks = ["a"]', "blocks"),
    ],
)
def test_a_broken_kind_is_refused_with_file_key_and_what_was_expected(text, key):
    with pytest.raises(KindError) as caught:
        read_kind(text, "vrio.toml")
    fields = caught.value.fields
    assert (fields["file"], fields["key"]) == ("vrio.toml", key)
    assert str(fields["expected"])
    assert "vrio.toml" in str(caught.value)
    assert key in str(caught.value)


@pytest.mark.parametrize("text", ["id = ", "id = " + "9" * 5000, "id = " + "[" * 5000])
def test_bad_toml_is_refused_with_its_file(text):
    with pytest.raises(KindError) as caught:
        read_kind(text, "vrio.toml")
    assert "vrio.toml" in str(caught.value)


@pytest.mark.parametrize("value", [None, {}, [], 10**5000, ["x"] * 1000], ids=range(5))
def test_raw_values_of_any_kind_are_refused_in_words(value):
    with pytest.raises(KindError) as caught:
        kind_from({"id": "x", "title": value}, "bundle")
    assert len(str(caught.value)) < 400


def test_fields_of_axes_say_what_their_ends_mean():
    for path in SHIPPED:
        kind = shipped(path.stem)
        for name in kind.axes:
            field = kind.field(name)
            assert field.minimum_label
            assert field.maximum_label
            assert field.minimum_label != field.maximum_label


def test_looking_up_names():
    kind = shipped("swot")
    assert kind.block("threats").letter == "T"
    with pytest.raises(UnknownNameError, match="strengths"):
        kind.block("strenghts")
    field = shipped("pestel").field("effect")
    assert (field.choice_label("threat"), field.choice_label("?")) == ("Threat", "?")


ids = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,3})?", fullmatch=True)
labels = st.text(string.printable + "äß漢🎈", min_size=1).filter(str.strip)
named = st.builds(Named, ids, labels)


def several(parts, least=0):
    return st.lists(parts, min_size=least, max_size=4, unique_by=lambda p: p.id).map(tuple)


numbers = st.none() | st.integers(-9, 0)
fields = st.builds(
    Field, ids.map("f-".__add__), labels, st.sampled_from(["text", "integer", "number", "date"]),
    st.text(), minimum=numbers, maximum=st.none() | st.floats(0, 9), wide=st.booleans(),
) | st.builds(
    Field, ids.map("f-".__add__), labels, st.just("number"), minimum=st.just(1),
    maximum=st.just(5), minimum_label=st.text(), maximum_label=st.text(),
) | st.builds(
    Field, ids.map("f-".__add__), labels, st.just("choice"), choices=several(named, 1)
)  # fmt: skip


@st.composite
def kinds(draw):
    groups = draw(several(st.builds(Group, ids, labels, st.sampled_from(["neutral", "financing"]))))
    blocks = draw(
        several(
            st.builds(
                Block, ids, labels, st.text(), st.from_regex(r"[A-Z]{0,4}", fullmatch=True),
                st.sampled_from(["", *(g.id for g in groups)]), st.integers(0, 9),
                st.lists(ids, max_size=2).map(tuple),
            ),
            1,
        )
    )  # fmt: skip
    layout = draw(st.sampled_from(["grid", "records", "table"]))
    grid = tuple((block.id, block.id) for block in blocks) if layout == "grid" else ()
    return CanvasKind(
        draw(ids), draw(st.integers(0, 99)), draw(labels), layout, blocks,
        summary=draw(st.text()), source=draw(st.text()), text_label=draw(labels), grid=grid,
        fields=draw(several(fields)), groups=groups, topics=draw(several(named)),
        versions=draw(several(named, 1)),
        cites=draw(st.lists(ids, max_size=3, unique=True).map(tuple)),
        cites_label=draw(st.just("") | labels), anonymous=draw(st.booleans()),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "read"),
    [("swot", ("swot",)), (["swot"], ("swot",)), (["a", "b", "a"], ("a", "b")), ("", ()), ([], ())],
)
def test_one_canvas_or_several_are_cited(written, read):
    raw = {**kind_to(shipped("tows")), "cites": written}
    assert kind_from(raw, "x").cites == read


@pytest.mark.parametrize("wrong", [7, None, ["swot", 7], {"a": "b"}])
def test_what_is_cited_is_named_by_texts(wrong):
    with pytest.raises(KindError, match="cites"):
        kind_from({**kind_to(shipped("tows")), "cites": wrong}, "x")


@settings(max_examples=60)
@given(kinds())
def test_any_kind_comes_back(kind):
    assert kind_from(json.loads(json.dumps(kind_to(kind))), "x") == kind
