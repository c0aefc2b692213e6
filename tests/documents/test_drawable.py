"""Texts of printed documents: what fonts draw stays, seen at a glance or letter by letter."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from clusterlab.documents.drawable import DrawableText
from clusterlab.figures.text import surely_fits, width
from clusterlab.outputs.words import line_feeds

SIGNS = (
    "aZ 9#*.\n\t\u00a0\u00ad\u200b\u200d\ufe0f\u20e3\u0301\u00e9\u0142\u03b1\u0436\u2192\u2713"
    "\u00a9\u2014\u201c\u05d0\u0627\u0645\U0001f600\U0001f1e6\U0001f3fb\u4e2d\ufffd\x07"
)
texts = st.text(st.sampled_from(SIGNS) | st.characters(exclude_categories=["Cs"]), max_size=30)


@given(texts)
@example("#\ufe0f\u20e3")
@example("\u00a9\ufe0f")
@example("e\u0301 \u0627\u0301")
@example("caf\u00e9 \u2192 \u2713")
def test_what_is_seen_at_a_glance_is_what_is_found_letter_by_letter(text):
    quick, slow = DrawableText(), DrawableText()
    one = unicodedata.normalize("NFC", line_feeds(text).replace("\t", " "))
    assert quick.whole(text) == "".join(slow._drawn(one))
    assert quick.replaced == slow.replaced
    assert quick.turned == slow.turned


def test_what_typst_refused_once_is_replaced_also_where_it_is_plain():
    text = DrawableText()
    assert text.whole("caf\u00e9") == "caf\u00e9"
    assert text.forbid(["\u00e9"])
    assert "\u00e9" not in text.whole("caf\u00e9")


@given(st.text(max_size=60), st.floats(0, 400), st.floats(6, 14))
@example("M" * 10 + " @", 110.0, 11.0)
def test_what_surely_fits_does(text, room, size):
    if surely_fits(text, room, size):
        assert all(width(word, size, bold=True) <= room for word in text.split())
