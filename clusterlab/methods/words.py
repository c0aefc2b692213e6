"""Words by which the planning rules tell what people wrote, by language.

A workshop's notes may mix languages, so every list is looked at. Whole words are compared, without
regard to case: a form that is not listed is passed over, which is better than a wrong remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import chain

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")

#: Days in a unit of time, by the words for it.
UNITS_OF_TIME: Mapping[str, float] = {
    word: days
    for days, words in (
        (1.0, "d day days tag tage tagen jour jours j día días dia dias giorno giorni dag dagen"),
        (1.0, "dage dzień dni nap päivä päivää pv gün"),
        (7.0, "w wk week weeks woche wochen semaine semaines semana semanas settimana settimane"),
        (7.0, "weken uge uger tydzień tygodnie tygodni hét viikko viikkoa hafta"),
        (30.0, "month months monat monate monaten mois mes meses mese mesi mês maand maanden"),
        (30.0, "måned måneder miesiąc miesiące miesięcy hónap kuukausi kuukautta ay"),
    )
    for word in words.split()
}

#: Verbs that nobody can see the end of.
VAGUE: Mapping[str, str] = {
    "en": (
        "improve improves improving enhance enhances enhancing strengthen strengthens "
        "strengthening promote promotes promoting support supports supporting foster fosters "
        "fostering encourage encourages encouraging facilitate facilitates facilitating optimise "
        "optimises optimising optimize optimizes optimizing boost boosts boosting empower empowers "
        "empowering explore explores exploring leverage leverages leveraging help helps helping"
    ),
    "de": (
        "verbessern verbessert stärken stärkt unterstützen unterstützt fördern fördert optimieren "
        "optimiert vorantreiben intensivieren intensiviert ausbauen begleiten begleitet helfen "
        "weiterentwickeln ermutigen ermöglichen ermöglicht"
    ),
    "fr": (
        "améliorer améliorons renforcer renforçons soutenir soutenons promouvoir favoriser "
        "favorisons encourager encourageons faciliter facilitons optimiser optimisons dynamiser "
        "accompagner aider"
    ),
    "es": (
        "mejorar mejoramos fortalecer fortalecemos reforzar apoyar promover promovemos fomentar "
        "fomentamos impulsar facilitar optimizar potenciar favorecer ayudar"
    ),
    "it": (
        "migliorare rafforzare sostenere promuovere favorire incoraggiare facilitare ottimizzare "
        "potenziare aiutare"
    ),
    "nl": (
        "verbeteren versterken ondersteunen bevorderen stimuleren optimaliseren vergemakkelijken "
        "helpen"
    ),
    "pt": "melhorar reforçar fortalecer apoiar promover fomentar facilitar otimizar ajudar",
}

#: Verbs that open an activity and are no nouns at the same time, as “plan” or “report” are.
ENGLISH_VERBS = (
    "agree analyse analyze apply arrange ask assess assign attend build calculate choose collect "
    "communicate compile conduct connect convene coordinate create decide define deliver describe "
    "determine develop discuss distribute document engage ensure establish evaluate execute "
    "explain find finalise finalize gather hire identify implement improve inform integrate "
    "introduce invite involve maintain make manage measure monitor negotiate obtain organise "
    "organize prepare present prioritise prioritize provide publish purchase recruit reduce "
    "renew revise secure select send set submit translate update validate verify win write"
)

#: Words that no action begins with whose first word is a verb.
NO_VERBS: Mapping[str, str] = {
    "en": (
        "a an the this that these those our their my your its all more new better some regular "
        "creation organisation organization preparation implementation development definition "
        "identification analysis evaluation communication coordination introduction selection "
        "website newsletter workshop meeting meetings questionnaire"
    ),
    "de": (
        "der die das den dem ein eine einen einer unser unsere unseren mehr neue neuer neues "
        "bessere erstellung vorbereitung durchführung entwicklung organisation einführung "
        "umsetzung erarbeitung planung analyse auswahl"
    ),
    "fr": (
        "le la les l un une des du notre nos plus nouveau nouvelle nouveaux création préparation "
        "organisation mise élaboration développement définition analyse réalisation"
    ),
    "es": (
        "el la los las un una unos unas nuestro nuestra nuestros más nuevo nueva nuevos creación "
        "preparación organización elaboración desarrollo definición análisis realización"
    ),
}


def _all(lists: Iterable[str]) -> frozenset[str]:
    return frozenset(chain.from_iterable(words.split() for words in lists))


_VAGUE, _NO_VERBS = _all(VAGUE.values()), _all(NO_VERBS.values())
_ENGLISH_VERBS = _all([ENGLISH_VERBS])


def words_in(text: str) -> list[str]:
    """Give the words of a text without figures and signs; ``l’idée`` gives ``l’idée``."""
    return _WORD.findall(text)


def vague_word(text: str) -> str:
    """Give the first vague verb of a text as it is written there, "" for none."""
    return next((w for w in words_in(text) if w.casefold() in _VAGUE), "")


def opens_with_verb(text: str) -> str:
    """Give a text's first word where it is surely an English verb, else ""."""
    return _first(text, _ENGLISH_VERBS)


def opens_without_verb(text: str) -> str:
    """Give a text's first word where it is surely no verb, else ""."""
    return _first(text, _NO_VERBS)


def _first(text: str, known: frozenset[str]) -> str:
    found = _WORD.match(text.lstrip("“„«\"'‘’-–—•*· "))
    word = found[0] if found else ""
    plain = word.casefold()
    return word if plain in known or re.split(r"[’']", plain)[0] in known else ""
