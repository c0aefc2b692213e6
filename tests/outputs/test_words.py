"""Lines, tags of languages, directions of writing."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clusterlab.outputs.words import direction, language_tag, line_feeds, names


@pytest.mark.parametrize(
    ("tag", "way"),
    [
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("he_IL", "rtl"),
        ("yi", "rtl"),
        ("ckb", "rtl"),
        ("az-Arab", "rtl"),
        ("tg-Arab", "rtl"),
        ("ar-Latn", "ltr"),
        ("ar-Latn-EG", "ltr"),
        ("ar-EG", "rtl"),
        ("zh-Hant", "ltr"),
        ("de-1996", "ltr"),
        ("", "ltr"),
        (None, "ltr"),
        ("xx", "ltr"),
        ('he" onclick="1', "ltr"),
        ("de", "ltr"),
    ],
)
def test_directions(tag, way):
    assert direction(tag) == way


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("de_AT", "de-AT"),
        ("ar-Latn-EG", "ar-Latn-EG"),
        ("", ""),
        (None, ""),
        ("d", ""),
        ("de AT", ""),
    ],
)
def test_tags(tag, written):
    assert language_tag(tag) == written


def test_every_line_break_becomes_one():
    text = "a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h\ni"
    assert line_feeds(text) == "a\nb\nc\nd\ne\nf\ng\nh\ni"


@given(st.text("S1.2 _é²", max_size=12), st.text("S1.2", min_size=1, max_size=4))
@example("(S1)", "S1")
@example("S1 S11", "S1")
@example("S11 S1", "S1")
@example("_S1", "S1")
def test_a_word_is_named_where_no_word_goes_on(text, word):
    whole = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    assert names(text, word) == bool(whole.search(text))
