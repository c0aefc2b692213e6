"""Words by which rules tell what people wrote, in the languages of the people."""

import unicodedata

import pytest
from sheets_of import note, sheet

from clusterlab.methods import check_goals
from clusterlab.methods.words import (
    VAGUE,
    opens_with_verb,
    opens_without_verb,
    says_share,
    vague_word,
)

#: English in the room, and the languages at home.
LANGUAGES = {"en", "de", "fr", "es", "it", "pt", "nl", "da", "hu", "pl", "fi", "tr"}

#: By language a goal whose end nobody sees, with its vague verb, and one that is none.
GOALS = {
    "en": ("Improve the training", "Improve", "Train the members"),
    "de": ("Die Zusammenarbeit stärken", "stärken", "Mitglieder gewinnen"),
    "fr": ("Renforcer la coopération", "Renforcer", "Gagner des membres"),
    "es": ("Fomentar la innovación", "Fomentar", "Ganar socios"),
    "it": ("Promuovere il cluster", "Promuovere", "Trovare nuovi soci"),
    "pt": ("Apoiar as empresas", "Apoiar", "Ganhar associados"),
    "nl": ("De samenwerking versterken", "versterken", "Leden werven"),
    "da": ("Vi vil styrke samarbejdet", "styrke", "Få flere medlemmer til messen"),
    "hu": ("Az együttműködést erősíteni", "erősíteni", "Tagokat szerezni"),
    "pl": ("Wzmocnić współpracę firm", "Wzmocnić", "Pozyskać członków"),
    "fi": ("Edistää yritysten yhteistyötä", "Edistää", "Hankkia uusia jäseniä"),
    "tr": ("Üyeler arasındaki iş birliğini güçlendirmek", "güçlendirmek", "Yeni üyeler kazanmak"),
}


def told(text):
    found = check_goals(sheet("smart-goals", note("G1", "goals", text)))
    return [f.message.fields["word"] for f in found if f.rule == "smart-vague"]


def test_every_language_has_its_list():
    assert VAGUE.keys() == GOALS.keys() == LANGUAGES


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_vague_verbs_are_found_in_each_language_and_nothing_else(language):
    vague, word, fine = GOALS[language]
    assert told(vague) == [word]
    assert told(fine) == []
    assert told(f"{vague}: 20") == []


@pytest.mark.parametrize("language", sorted(VAGUE))
def test_each_word_of_a_list_is_found_however_it_is_written(language):
    for word in VAGUE[language].split():
        assert vague_word(word) == word
        assert vague_word(unicodedata.normalize("NFD", word)) == word
        capital = word.replace("i", "İ").upper() if language == "tr" else word.upper()
        assert vague_word(capital)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Help desk", "Help"), ("Open a help desk", ""), ("Write and support", "support"),
        ("Netværkets styrke måles", ""), ("At styrke netværket", "styrke"), ("Styrke", "Styrke"),
        ("Få støtte fra EU", ""), ("Vi støtter medlemmer", "støtter"),
        ("Hakea tukea hankkeelle", ""), ("Neuvoa ja tukea jäseniä", "tukea"),
        ("Hallitus vahvistaa budjetin", ""), ("Vahvistaa verkostoa", "Vahvistaa"),
        ("İyileştirmek", "İyileştirmek"), ("ÖZENDİRMEK", "ÖZENDİRMEK"),
        ("KOLAYLAŞTIRMAK", "KOLAYLAŞTIRMAK"), ("Desteklenen firma sayısı", ""),
    ],
)  # fmt: skip
def test_forms_that_are_something_else_too_are_told_only_where_they_are_verbs(text, word):
    assert vague_word(text) == word


def test_shares_are_known_with_an_accent_written_as_a_sign_of_its_own():
    assert says_share(unicodedata.normalize("NFD", "proporção"))
    assert says_share("yüzde")
    assert not says_share("üye")


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Build website", "Build"),
        ("Set up office", "Set"),
        ("Launch the platform", "Launch"),
        ("Launch event", ""),
        ("Conduct survey", "Conduct"),
        ("Run all workshops", "Run"),
        ("Run time", ""),
        ("Get offers", "Get"),
        ("Report", ""),
        ("Help desk", ""),
    ],
)
def test_a_verb_that_is_a_noun_as_well_is_one_before_an_article(text, verb):
    assert opens_with_verb(text) == verb


@pytest.mark.parametrize(
    ("text", "word"),
    [("A tagokat meghívni", ""), ("A website", "A"), ("Die Mitglieder einladen", "")],
)
def test_actions_that_end_with_their_verb_are_left_alone(text, word):
    assert opens_without_verb(text) == word
