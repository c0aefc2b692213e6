import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlab.model import clean, derived_id, dropped, is_uuid, new_id, one_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  plain  ", "plain"),
        ("a\tb", "a b"),
        ("a\r\nb\rc\u2028d\u2029e\x85f", "a\nb\nc\nd\ne\nf"),
        ("slide\x0btext\x0cpage", "slide\ntext\npage"),
        ("nul\x00 bell\x07 del\x7f", "nul bell del"),
        ("half \ud800 of one", "half � of one"),
        ("\u202eturned\u202c", "turned"),
        ("\u2067שלום\u2069", "\u2067שלום\u2069"),
        ("e\u0301", "é"),
        ("\ufffe\ufdd0\U0001ffffx", "x"),
        ("family 👩\u200d👩\u200d👧 \U0001fae8", "family 👩\u200d👩\u200d👧 \U0001fae8"),
        ("<script> #import $x$ *b* =HYPERLINK", "<script> #import $x$ *b* =HYPERLINK"),
    ],
)
def test_clean(typed, kept):
    assert clean(typed) == kept


def test_a_sign_newer_than_this_python_stays():
    newer = next(chr(c) for c in range(0x1FA70, 0x1FB00) if unicodedata.category(chr(c)) == "Cn")
    assert clean(f"a{newer}b") == f"a{newer}b"


@given(st.text(st.characters(exclude_categories=())))
def test_clean_text_is_clean_and_can_be_written(typed):
    kept = clean(typed)
    assert clean(kept) == kept
    kept.encode("utf-8")
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in kept if c != "\n")


def test_one_line():
    assert one_line(" two\n lines\t here ") == "two lines here"


def test_ids():
    assert is_uuid(new_id())
    assert new_id() != new_id()
    assert derived_id("a", 1) == derived_id("a", 1)
    assert is_uuid(derived_id("a", "\ud800"))
    assert len({derived_id("a", "b"), derived_id("ab"), derived_id("a", "b", "")}) == 3
    assert not is_uuid("S4")


def test_what_is_dropped_is_counted():
    assert dropped("Zürich\tline\r\nline\u2028x – “q”") == 0
    assert dropped("a\0b\x1bc\ud800\u202e") == 4
