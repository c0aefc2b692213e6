"""What pages say, in the languages of catalogues."""

import re

import pytest

from clusterlab.language import load
from clusterlab.widgets import assets
from clusterlab.widgets.words import WORDS, texts

#: Said on a page of its own in the place of others.
KNOWN_OTHERWISE = {"page_kept", "page_ready"}
HEAD = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: %s\\n"
"Plural-Forms: %s\\n"

"""
POLISH = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"


@pytest.fixture
def language(tmp_path):
    """A language whose catalogue holds the given entries."""

    def make(tag, forms, entries):
        text = HEAD % (tag, forms) + entries
        (tmp_path / f"{tag}.po").write_text(text, encoding="utf-8")
        return load(tag, [tmp_path])

    return make


def test_english():
    found = texts(load("en"))
    assert (found["language"], found["direction"]) == ("en", "ltr")
    assert found["words"] == WORDS
    assert found["plurals"]["notes"] == {"one": "{count} note", "other": "{count} notes"}


def test_links_are_called_as_their_kind_says(language):
    english = load("en")
    assert texts(english, "Approves of")["words"] == {**WORDS, "builds_on": "Approves of"}
    german = language("de", "nplurals=1; plural=0;", 'msgid "Approves of"\nmsgstr "Stimmt zu"\n')
    assert texts(german, "Approves of")["words"]["builds_on"] == "Stimmt zu"


def test_the_categories_of_polish(language):
    entries = """msgid "{count} note"
msgid_plural "{count} notes"
msgstr[0] "{count} kartka"
msgstr[1] "{count} kartki"
msgstr[2] "{count} kartek"

msgid "Undo"
msgstr "Cofnij"
"""
    found = texts(language("pl", POLISH, entries))
    notes = {k: v for k, v in found["plurals"]["notes"].items() if k != "other"}
    assert notes == {"one": "{count} kartka", "few": "{count} kartki", "many": "{count} kartek"}
    assert found["words"]["undo"] == "Cofnij"
    assert found["words"]["redo"] == "Redo"


def test_a_language_with_one_form_for_all(language):
    entries = """msgid "{count} note"
msgid_plural "{count} notes"
msgstr[0] "メモ {count} 枚"
"""
    found = texts(language("ja", "nplurals=1; plural=0;", entries))
    assert found["plurals"]["notes"] == {"other": "メモ {count} 枚"}


def test_right_to_left(language):
    forms = "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
    forms += "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;"
    found = texts(language("ar", forms, ""))
    assert found["direction"] == "rtl"
    assert {"zero", "one", "two", "few", "many", "other"} == set(found["plurals"]["notes"])


def test_words_are_sorted_enough_to_be_found():
    assert len(set(WORDS)) == len(WORDS)
    for text in WORDS.values():
        assert text == text.strip() != ""


def test_pages_say_what_is_known_and_all_that_is_known_is_said():
    said = "\n".join(p.read_text(encoding="utf-8") for p in assets.STATIC.glob("*.js"))
    plurals = texts(load("en"))["plurals"]
    assert set(re.findall(r'\bsay\("(\w+)"', said)) <= set(WORDS)
    assert set(re.findall(r'\bcount\("(\w+)"', said)) <= set(plurals)
    literals = set(re.findall(r'"(\w+)"', said))
    unsaid = {key for key in (*WORDS, *plurals) if key not in literals}
    assert {key for key in unsaid if not key.startswith("mark_")} == KNOWN_OTHERWISE
