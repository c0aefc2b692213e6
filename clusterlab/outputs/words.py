"""The words that outputs and pages add; lines, tags of languages, directions of writing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from clusterlab.errors import N_
from clusterlab.language import Language

#: Words of outputs and of the pages around them: key and English text.
LABELS: Mapping[str, str] = {
    "alternative": N_("Also written at the same time"),
    "as_text": N_("The same in words"),
    "as_of": N_(
        "As of {date}. What was written after the notebook last ran is not in this document."
    ),
    "as_of_parts": N_(
        "Some parts of this document are as of {date}: they could not be drawn anew."
    ),
    "as_saved": N_("As the notebook last ran. What was written later is not in this document."),
    "block": N_("Block"),
    "change": N_("Change"),
    "cluster": N_("Cluster"),
    "contents": N_("Contents"),
    "continued": N_("continued"),
    "cover": N_("Overview"),
    "empty": N_("Nothing here yet"),
    "figure": N_("Figure {number}"),
    "error": N_("This part could not be computed."),
    "failed": N_("This part is missing: cell {cell} of the notebook stopped with an error."),
    "finding": N_("Remark"),
    "fact": N_("Fact"),
    "found": N_("What was found, and what to do"),
    "group": N_("Group"),
    "legend": N_("What the signs mean"),
    "live": N_("This part is live in JupyterLab: open the notebook there to see it."),
    "missing": N_("Still missing"),
    "more": N_("{count} more on the following pages"),
    "note": N_("Note"),
    "number": N_("No."),
    "page": N_("Page {page} of {pages}"),
    "picture": N_("Picture"),
    "pictures": N_("The pictures in words"),
    "in_words": N_("The same in words: page {page}"),
    "place": N_("Where"),
    "refers_to": N_("Refers to"),
    "rule": N_("Rule"),
    "skip": N_("Skip to the content"),
    "same_of": N_("The same of {notes}"),
    "severity": N_("How pressing"),
    "source": N_("Source"),
    "suggestion": N_("What to do"),
    "table": N_("Table {number}"),
    "tags": N_("Tags"),
    "text": N_("Text"),
    "unplaced": N_("Unplaced"),
    "version": N_("Version {version}"),
}


def picture_alts(picture: Mapping[str, Any]) -> list[str]:
    """Say of each drawing of a picture what it shows; the first one says what all of them do."""
    drawn = 1 + len(picture.get("more") or ())
    whole = str(picture.get("alt") or picture.get("title") or "")
    if drawn == 1:
        return [whole]
    title, parts = str(picture.get("title") or whole), [str(p) for p in picture.get("parts") or ()]
    if len(parts) != drawn:  # of an earlier version
        again = LABELS["continued"]
        again = str(picture.get("context", {}).get("labels", {}).get("continued", again))
        return [whole, *[f"{title} · {again} ({n})" for n in range(2, drawn + 1)]]
    return [f"{whole} {parts[0]}", *(f"{title}. {part}" for part in parts[1:])]


def legend_lines(picture: Mapping[str, Any]) -> list[str]:
    """Say line by line what the signs of a picture mean."""
    told = ((str(f["label"]), str(f["value"])) for f in picture.get("legend") or ())
    return [f"{look} – {meaning}" if look else meaning for look, meaning in told]


def twin_lines(picture: Mapping[str, Any]) -> list[str]:
    """Give what a picture shows in words, line by line."""
    lines = str(picture.get("text") or "").split("\n")
    return [line.strip() for line in lines if line.strip()]


_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def line_feeds(text: str) -> str:
    r"""Write every kind of line break as ``\n``."""
    return _BREAKS.sub("\n", text)


def names(text: str, word: str) -> bool:
    """Tell whether a text has a word in it that begins and ends where no word goes on."""
    at = text.find(word)
    while at >= 0:
        beside = (text[at - 1 : at], text[at + len(word) : at + len(word) + 1])
        if not any(c.isalnum() or c == "_" for c in beside):
            return True
        at = text.find(word, at + 1)
    return False


def language_tag(tag: object) -> str:
    """Give a language tag as attributes need it; "" for what is none."""
    text = str(tag or "").replace("_", "-")
    return text if _TAG.fullmatch(text) else ""


def direction(tag: object) -> str:
    """Say in which direction a language is written: ``ltr`` or ``rtl``.

    A script in the tag decides: ``az-Arab`` is written from the right, ``ar-Latn`` is not.
    """
    return _direction(language_tag(tag))


@lru_cache(maxsize=64)
def _direction(text: str) -> str:
    script = next((s for s in text.split("-")[1:] if len(s) == len("Arab") and s.isalpha()), "")
    return Language(f"und-{script}" if script else text, {}).direction
