"""Languages: choosing, plurals, dates, and a template that holds every text."""

from datetime import date
from pathlib import Path

import pytest

from clusterlab.errors import CatalogueError, Message, UnknownNameError
from clusterlab.language import Language, available, choose, load
from clusterlab.language.template import FILE, message_template
from clusterlab.shared import shared

POLISH = r"""
msgid ""
msgstr ""
"Language: pl\n"
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : "
"n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\n"

msgid "{count} note"
msgid_plural "{count} notes"
msgstr[0] "{count} notatka"
msgstr[1] "{count} notatki"
msgstr[2] "{count} notatek"

msgid "Strengths"
msgstr "Mocne strony"
"""


def folder(tmp_path: Path, tag: str, text: str) -> Path:
    (tmp_path / f"{tag}.po").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_template_is_up_to_date():
    written = shared("templates", "locale", FILE).read_text(encoding="utf-8")
    assert written == message_template(), "run: python -m clusterlab.language.template"


def test_the_template_holds_code_kinds_and_notebooks():
    text = message_template()
    for message in ("Did you mean “{name}”?", "Public funding", "Competency map", "Still missing"):
        assert f'"{message}' in text


def test_a_workshop_adds_a_language_with_a_file(tmp_path):
    place = folder(tmp_path, "pl", POLISH)
    assert choose(["pl-PL", "de"], [place]) == "pl"
    language = load("pl", [place])
    assert language.gettext("Strengths") == "Mocne strony"
    assert language.gettext("Weaknesses") == "Weaknesses"
    assert language.say("Strengths") == "Mocne strony"
    assert language.say("{what}!", what=Message("Strengths")) == "Mocne strony!"
    said = [language.plural(n, "{count} note", "{count} notes") for n in (1, 3, 5)]
    assert said == ["1 notatka", "3 notatki", "5 notatek"]


def test_english_is_there_and_unknown_languages_fall_back():
    assert available()[0] == "en"
    assert choose(["xx", ""]) == "en"
    assert load("en").plural(2, "{count} note", "{count} notes") == "2 notes"


def test_fields_are_put_into_words_and_braces_stay():
    language = load("en")
    message = Message("{a} {b} {c}", {"a": Message("x {y}", {"y": "{c}"}), "b": 1234, "c": "{a}"})
    assert language.say(message) == "x {c} 1,234 {a}"


def test_dates_are_told_in_the_workshops_zone():
    language = load("en")
    assert language.date("2026-11-20T23:30:00.000Z", "Europe/Berlin") == "November 21, 2026"
    assert language.date(date(2026, 11, 20)) == "November 20, 2026"
    assert language.date("in 20 days") == "in 20 days"


def test_large_numbers_are_written_shortly():
    assert Language("en", {}).short_number(2_400_000) == "2.4M"
    assert Language("de", {}).number(1_234_567.25) == "1.234.567,25"
    for huge in (1e28, 10**400):
        assert Language("en", {}).number(huge) == Language("en", {}).short_number(huge)
    assert Language("en", {}).number(-1.5e28) == "-1.5E28"
    assert Language("de", {}).short_number(2_400_000) == "2,4\xa0Mio."


def test_axes_have_short_dates_and_months():
    assert Language("en", {}).short_date(date(2026, 11, 2)) == "Nov 2"
    assert Language("de", {}).short_date(date(2026, 11, 2)) == "2. Nov."
    assert Language("en", {}).month(date(2026, 11, 2)) == "Nov 2026"
    assert Language("xx", {}).month(date(2026, 11, 2)) == "Nov 2026"


def test_an_error_names_the_nearest():
    error = UnknownNameError(what="cluster", came="moveoo", known=["moveo", "mobinov"])
    assert load("en").say(error) == "There is no cluster “moveoo”. Did you mean “moveo”?"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("nplurals=3; plural=(n==1 ? 0 : ", "nplurals=3; plural=(n==1 ? : ", "Plural-Forms"),
        ("nplurals=3;", "nplurals=2;", "num_plurals|Plural-Forms"),
        ("nplurals=3;", "nplurals=many;", "header"),
        ("n%100<12", "n%0<12", "Plural-Forms"),
        ('msgstr "Mocne strony"', "msgstr Mocne strony", "Line 16"),
        ('msgstr "Mocne strony"', 'msgstr "Mocne strony', "Line 16"),
        ('msgstr "Mocne strony"', '<<<<<<< HEAD\nmsgstr "x"', "Line 16"),
        ('msgstr "Mocne strony"', "", "line 15"),
        ('msgid "Strengths"\n', "", "Line 15"),
    ],
)
def test_a_broken_catalogue_is_refused_with_its_name(tmp_path, old, new, words):
    assert old in POLISH
    place = folder(tmp_path, "pl", POLISH.replace(old, new))
    with pytest.raises(CatalogueError, match=words) as caught:
        load("pl", [place])
    assert "“pl.po”" in str(caught.value)


def test_a_mended_catalogue_is_taken(tmp_path):
    with pytest.raises(CatalogueError):
        load("pl", [folder(tmp_path, "pl", "garbage")])
    assert load("pl", [folder(tmp_path, "pl", POLISH)]).gettext("Strengths") == "Mocne strony"


def test_a_fuzzy_entry_is_passed_over_and_a_missing_form_stays_english(tmp_path):
    text = POLISH.replace('msgid "Strengths"', '#, fuzzy\nmsgid "Strengths"')
    language = load("pl", [folder(tmp_path, "pl", text.replace("{count} notatek", ""))])
    assert language.gettext("Strengths") == "Strengths"
    assert language.plural(1, "{count} note", "{count} notes") == "1 notatka"
    assert language.plural(5, "{count} note", "{count} notes") == "5 notes"
