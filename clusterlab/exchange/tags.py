"""Tags in one cell: separated by commas; one that holds a comma stands in quotation marks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from clusterlab.model import one_line


def join_tags(tags: Iterable[str]) -> str:
    """Write tags into one cell, so that `split_tags` finds the same again."""
    return ", ".join(map(_quoted, tags))


def split_tags(text: str) -> tuple[str, ...]:
    """Read the tags of a cell; each once, without empty ones."""
    lines = csv.reader(io.StringIO(text, newline=""), skipinitialspace=True)
    tags = (one_line(tag) for line in lines for tag in line)
    return tuple(dict.fromkeys(filter(None, tags)))


def _quoted(tag: str) -> str:
    if tag and tag == tag.strip() and not any(sign in tag for sign in ',"\r\n'):
        return tag
    return '"' + tag.replace('"', '""') + '"'
