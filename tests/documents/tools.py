"""Tools that look into documents from outside; without them tests skip, but not in CI."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest


def need(tool: str) -> str:
    """Give a tool's path; skip where it is missing, fail where CI should have it."""
    if path := shutil.which(tool):
        return path
    if os.environ.get("CI"):
        pytest.fail(f"{tool} is missing; CI must install it")
    pytest.skip(f"{tool} is not installed")


def run(tool: str, *arguments: str | Path) -> str:
    """Run a tool and give what it printed."""
    command = [need(tool), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def bare(text):
    """Drop what a line break may add or take: white space, hyphens, invisible signs."""
    text = unicodedata.normalize("NFKC", text)
    # One glyph draws lam and alef; pdftotext gives its two letters in the order of paper.
    text = re.sub("([اأإآ])ل", r"ل\1", text)
    return "".join(
        c
        for c in text
        if not c.isspace() and c not in "-\u2010" and unicodedata.category(c) != "Cf"
    )


def words_of(file):
    """Give each page's size and its words with their boxes."""
    html = run("pdftotext", "-bbox", file, "-")
    html = re.sub(r"<!DOCTYPE[^>]*>|[\x00-\x08\x0b\x0c\x0e-\x1f]", "", html)
    html = html.replace(' xmlns="http://www.w3.org/1999/xhtml"', "")
    for page in ET.fromstring(html).iter("page"):
        size = float(page.get("width")), float(page.get("height"))
        yield (
            size,
            [
                (w.text or "", *(float(w.get(k)) for k in ("xMin", "yMin", "xMax", "yMax")))
                for w in page.iter("word")
            ],
        )


def faults(file):
    """Name words outside their page and words over one another."""
    for number, (size, words) in enumerate(words_of(file), 1):
        for text, left, top, right, bottom in words:
            if left < 0 or top < 0 or right > size[0] or bottom > size[1]:
                yield f"page {number}: {text} is outside"
        for one, other in itertools.combinations(words, 2):
            wide = min(one[3], other[3]) - max(one[1], other[1])
            # A word's box is as high as its font; ink is about the middle half of it.
            inset = 0.3 * min(one[4] - one[2], other[4] - other[2])
            high = min(one[4], other[4]) - max(one[2], other[2]) - 2 * inset
            if wide > 1.5 and high > 1:
                yield f"page {number}: {one[0]} and {other[0]} overlap"
