"""Words by which the planning rules tell what people wrote, by language.

A workshop's notes may mix languages, so every list is looked at. Whole words are compared, without
regard to case: a form that is not listed is passed over, which is better than a wrong remark.

They stand here and not in files because rules read nothing: what they say hangs on their arguments
alone. Nobody fills them in for a workshop either; who does not want a rule switches it off.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import chain, pairwise
from typing import Literal

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_INFINITIVE = re.compile(r"[a-zäöüß][a-zäöüß-]+(?:en|ern|eln)|[a-záéíóöőúüű]{2,}ni")

Unit = Literal["minute", "hour", "day", "week", "month"]

_UNITS: Mapping[Unit, str] = {
    "minute": "m min mins minute minutes minuten",
    "hour": (
        "h hr hrs hour hours std stunde stunden heure heures hora horas ora ore u uur uren godz"
    ),
    "day": (
        "d dy dys day days t tag tage tagen j jour jours día días dia dias g gg giorno giorni dg "
        "dag dgn dagen dage dzień dni nap päivä päivää pv gün"
    ),
    "week": (
        "w wk wks week weeks woche wochen sm sem semaine semaines semana semanas sett settimana "
        "settimane weken uge uger tydz tydzień tygodnie tygodni hét viikko viikkoa hafta"
    ),
    "month": (
        "mo mos mon mons month months monat monate monaten mois ms mes meses mese mesi mês maand "
        "maanden måned måneder miesiąc miesiące miesięcy hónap kuukausi kuukautta ay"
    ),
}

#: Units of time, by the words and signs for them; how long one is, its readers know.
UNITS_OF_TIME: Mapping[str, Unit] = {
    word: unit for unit, words in _UNITS.items() for word in words.split()
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
    "da": (
        "forbedre forbedrer styrke styrker understøtte understøtter støtte støtter fremme fremmer "
        "opmuntre opmuntrer tilskynde tilskynder facilitere faciliterer stimulere stimulerer "
        "optimere optimerer intensivere intensiverer videreudvikle videreudvikler hjælpe hjælper"
    ),
    "hu": (
        "javítani javítjuk javítsuk erősíteni erősítjük erősítsük megerősíteni megerősítjük "
        "támogatni támogatjuk támogassuk előmozdítani előmozdítjuk elősegíteni elősegítjük "
        "ösztönözni ösztönözzük bátorítani fokozni fokozzuk megkönnyíteni megkönnyítjük "
        "optimalizálni optimalizáljuk továbbfejleszteni továbbfejlesztjük segíteni segítjük "
        "segítünk"
    ),
    "pl": (
        "poprawić poprawiać poprawiamy poprawimy polepszyć polepszać ulepszyć ulepszać ulepszamy "
        "usprawnić usprawniać usprawniamy usprawnimy wzmocnić wzmacniać wzmacniamy wzmocnimy "
        "wspierać wspieramy wesprzeć wspomagać promować promujemy sprzyjać zachęcać zachęcamy "
        "zachęcić ułatwić ułatwiać ułatwiamy ułatwimy optymalizować optymalizujemy zoptymalizować "
        "zintensyfikować pomagać pomagamy pomóc"
    ),
    "fi": (
        "parantaa parannamme parannetaan vahvistaa vahvistamme edistää edistämme edistetään tukea "
        "tuemme tuetaan tehostaa tehostamme tehostetaan helpottaa helpotamme kannustaa kannustamme "
        "rohkaista rohkaisemme optimoida optimoimme mahdollistaa mahdollistamme auttaa autamme"
    ),
    "tr": (
        "iyileştirmek iyileştiriyoruz iyileştireceğiz güçlendirmek güçlendiriyoruz güçlendireceğiz "
        "desteklemek destekliyoruz destekleyeceğiz kolaylaştırmak kolaylaştırıyoruz "
        "kolaylaştıracağız özendirmek özendiriyoruz pekiştirmek pekiştireceğiz"
    ),
}

#: Words by which a difference is said to be more than chance.
SIGNIFICANT: Mapping[str, str] = {
    "en": "significant significantly significance",
    "de": (
        "signifikant signifikante signifikanten signifikanter signifikantes signifikantem "
        "signifikanz"
    ),
    "fr": (
        "significatif significative significatifs significatives significativement significativité"
    ),
    "es": "significativo significativa significativos significativas significativamente",
    "it": "significativi significative significatività",
    "nl": "significante significantie",
    "pt": "significância",
}

#: Units of which one is a share of a whole.
SHARES: Mapping[str, str] = {
    "en": "percent percentage percentages per-cent share shares rate rates ratio proportion pct",
    "de": "prozent anteil anteile quote quoten prozentsatz rate verhältnis",
    "fr": "pourcent pourcentage pour-cent taux part proportion ratio",
    "es": "porcentaje porciento por-ciento tasa proporción cuota",
    "it": "percento percentuale tasso quota proporzione",
    "nl": "procent percentage aandeel",
    "pt": "porcento percentagem porcentagem taxa proporção",
    "others": "procent procenta procentów procentowy udział százalék arány prosenttia osuus yüzde",
}

#: Of the vague verbs, forms that are something else too: “help desk”, Danish “vores styrke”,
#: Finnish “tarvitsee tukea”, or “hallitus vahvistaa”, which may mean that the board confirms. They
#: are the verbs where a text begins with them, or behind one of the words of their language.
_ELSE_TOO: Mapping[str, str] = {
    "boost help leverage support": "and or to we will",
    "styrke styrker støtte støtter fremme hjælper": "at og eller vi vil skal",
    "vahvistaa tukea": "ja tai sekä",
}

#: Verbs that open an activity and are no nouns at the same time, as “plan” or “report” are.
ENGLISH_VERBS = (
    "agree analyse analyze apply arrange ask assess assign attend build calculate choose collect "
    "communicate compile conduct connect convene coordinate create decide define deliver describe "
    "determine develop discuss distribute engage ensure establish evaluate execute explain "
    "finalise finalize gather get identify implement improve inform integrate introduce invite "
    "involve maintain make manage negotiate obtain organise organize prepare prioritise "
    "prioritize provide publish reduce renew revise select send submit translate validate verify "
    "write"
)

#: Verbs that are nouns as often: they are verbs before one of the words below.
ENGLISH_VERBS_BEFORE = (
    "book call campaign change check contact design draft help hold increase launch "
    "list map market open outline pilot place plan produce recruit report request "
    "research review run schedule search set share sketch staff start support survey target test "
    "train update visit"
)
_BEHIND_A_VERB = "a an the our their your its all each every up out"

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


def _plain(word: str) -> str:
    """Give a word as it is compared; Turkish has an i with and one without a point, also large."""
    return word.casefold().replace("i\N{COMBINING DOT ABOVE}", "i").replace("ı", "i")


def _all(lists: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_plain, chain.from_iterable(words.split() for words in lists)))


_VAGUE, _NO_VERBS = _all(VAGUE.values()), _all(NO_VERBS.values())
_ENGLISH_VERBS, _SIGNIFICANT = _all([ENGLISH_VERBS]), _all(SIGNIFICANT.values())
_SHARES, _VERBS_BEFORE = _all(SHARES.values()), _all([ENGLISH_VERBS_BEFORE])
_BEHIND = _all([_BEHIND_A_VERB])
_BEFORE_VERBS = {
    word: frozenset(before.split()) for held, before in _ELSE_TOO.items() for word in held.split()
}


def words_in(text: str) -> list[str]:
    """Give the words of a text without figures and signs; ``l’idée`` gives ``l’idée``.

    A letter and its accent are one sign, also where a computer wrote them as two.
    """
    return _WORD.findall(unicodedata.normalize("NFC", text))


def vague_word(text: str) -> str:
    """Give the first vague verb of a text as it is written there, "" for none."""
    before = ""
    for word in words_in(text):
        plain = _plain(word)
        sure = not before or before in _BEFORE_VERBS.get(plain, {before})
        if plain in _VAGUE and sure:
            return word
        before = plain
    return ""


def says_share(unit: str) -> bool:
    """Tell whether a unit is a share of a whole: “percent of members”, “Quote”."""
    words = [_plain(word) for word in words_in(unit)]
    pairs = ("-".join(pair) for pair in pairwise(words))
    return not _SHARES.isdisjoint((*words, *pairs))


def significant_word(text: str) -> str:
    """Give the first word of a text that says that something is more than chance, "" for none."""
    return next((word for word in words_in(text) if _plain(word) in _SIGNIFICANT), "")


def opens_with_verb(text: str) -> str:
    """Give a text's first word where it is surely an English verb, else ""."""
    second = next(iter(words_in(text)[1:]), "")
    behind = second.casefold() in _BEHIND
    return _first(text, _ENGLISH_VERBS | _VERBS_BEFORE if behind else _ENGLISH_VERBS)


def opens_without_verb(text: str) -> str:
    """Give a text's first word where it is surely no verb and none stands behind it, else "".

    German, Dutch and Hungarian actions end with their verb: “Die Mitglieder einladen”. So nothing
    is said of a text in which a later word looks like an infinitive of theirs.
    """
    if any(map(_INFINITIVE.fullmatch, words_in(text)[1:])):
        return ""
    return _first(text, _NO_VERBS)


def _first(text: str, known: frozenset[str]) -> str:
    text = unicodedata.normalize("NFC", text)
    found = _WORD.match(text.lstrip("“„«\"'‘’-–—•*· "))
    word = found[0] if found else ""
    plain = _plain(word)
    return word if plain in known or re.split(r"[’']", plain)[0] in known else ""
