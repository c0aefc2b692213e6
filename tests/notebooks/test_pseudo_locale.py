"""A made-up language in which every text is longer: nothing is left out, and everything fits."""

import calendar
import html
import re

import pytest
from babel.messages.pofile import read_po, write_po
from tools import faults, run

from clusterlab.errors import UnknownNameError
from clusterlab.language import load
from clusterlab.session import OpenWorkshop
from clusterlab.shared import shared
from clusterlab.workshop import Folder

NOTEBOOKS = ("competency-map", "business-model", "strategy-review", "planning")
TAG = "en-XA"
ACCENTS = str.maketrans("aeiouAEIOUncs", "àéîõüÀÉÎÕÜñçš")


def pseudo(text):
    """Put accents on a text, make it longer by a third, and mark both of its ends."""
    parts = re.split(r"(\{\w+\})", text)
    changed = "".join(p if p.startswith("{") else p.translate(ACCENTS) for p in parts)
    return f"«{changed}{' ëx' * max(1, len(text) // 12)}»"


def catalogue(folder):
    folder.mkdir(exist_ok=True)
    with shared("templates", "locale", "clusterlab.pot").open("rb") as file:
        messages = read_po(file)
    for message in messages:
        if isinstance(message.id, tuple):
            message.string = tuple(map(pseudo, message.id))
        elif message.id:
            message.string = pseudo(message.id)
    messages.locale = "en"
    with (folder / f"{TAG}.po").open("wb") as file:
        write_po(file, messages, omit_header=False)


@pytest.fixture(scope="module")
def built(demo, tmp_path_factory, clusterlab_command):
    """Two clusters of the sample in the made-up language, one with content and one blank."""
    place = tmp_path_factory.mktemp("pseudo")
    with Folder(demo[0]) as source:
        from clusterlab.workshop import create

        clusters = [source.cluster("mobinov"), source.cluster("gsic")]
        with create(place / "w", "strategy-and-plan", "0", clusters) as folder:
            operations = [o for c in clusters for o in source.journal.read(c.id)]
            folder.journal.append(operations)
            board = OpenWorkshop(folder).cluster("mobinov").board("smart-goals")
            board.add("goals", "0", specific="1")
            board = OpenWorkshop(folder).cluster("mobinov").board("pestel")
            board.add("legal", "0", effect="threat", impact=3, horizon="short")
    catalogue(place / "w" / "locale")
    done = clusterlab_command("build", "w", "--language", TAG, cwd=place)
    assert done.returncode == 0, done.stderr
    return place / "w"


def own_words(folder):
    """Everything that people wrote: notes, roster, and what the formats take from them."""
    with Folder(folder) as workshop:
        texts = [workshop.settings.title]
        for cluster in workshop.clusters:
            texts += [cluster.name, cluster.country, cluster.field, cluster.since, cluster.label]
            texts += [cluster.members.raw, cluster.smes.raw, cluster.notes]
            for board in workshop.boards(cluster.id).values():
                for note in board:
                    texts += [note.text, *map(str, note.values.values()), *note.tags]
        texts += [kind.source for kind in workshop.kinds.values()]
    return sorted(filter(None, texts), key=len, reverse=True)


def untranslated(page, known):
    """Give the words of a page that are neither marked as translated nor somebody's own."""
    page = re.sub(r"<(style|title|script)\b.*?</\1>", " ", page, flags=re.DOTALL)
    page = re.sub(r"<[^>]+>", "\n", page)
    text = html.unescape(page)
    for own in known:
        text = text.replace(own, "·")
    while (fewer := re.sub(r"«[^«»]*»", "·", text)) != text:
        text = fewer
    return sorted(set(re.findall(r"[A-Za-zÀ-ÿ]{3,}", text)))


# Names of methods' authors in sources of rules, and what has no language.
NAMES = {
    "Weihrich", "Doran", "Kelley", "Walker", "SWOT", "practice", "statements", "with", "direction",
    "each", "one", "quadrant", "HTML", "PDF", *calendar.month_name, *calendar.month_abbr,
}  # fmt: skip


@pytest.mark.parametrize("cluster", ["mobinov", "gsic"])
@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_no_label_is_left_untranslated(built, cluster, notebook):
    page = (built / "handouts" / cluster / TAG / f"{notebook}.html").read_text(encoding="utf-8")
    assert f'lang="{TAG}"' in page
    left = untranslated(page, own_words(built))
    assert [w for w in left if w not in NAMES] == []


def test_the_check_sees_an_untranslated_word():
    assert untranslated("<p>Strengths</p><p>«Wéàk ëx»</p>", []) == ["Strengths"]


@pytest.mark.parametrize("cluster", ["mobinov", "gsic"])
@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_longer_words_fit(built, cluster, notebook):
    file = built / "handouts" / cluster / TAG / f"{notebook}.pdf"
    assert list(faults(file)) == []
    text = run("pdftotext", "-raw", file, "-")
    opened, closed = text.count("«"), text.count("»")
    assert opened > 40
    # In pictures, labels that have no room end in an ellipsis; nothing else may be cut.
    cut = text.count("…") if notebook == "planning" else 0
    assert closed <= opened <= closed + cut


def test_findings_and_errors_are_translated_too(built):
    with Folder(built) as folder:
        language = load(TAG, [built / "locale"])
        cluster = OpenWorkshop(folder, TAG).cluster("mobinov")
        for finding in cluster.check():
            for message in (finding.message, finding.suggestion):
                assert language.say(message).startswith("«")
        with pytest.raises(UnknownNameError) as error:
            cluster.board("swott")
        assert language.say(error.value).startswith("«")
