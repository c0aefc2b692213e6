"""Languages as office programs need them for spelling and for reading aloud: with a region."""

from __future__ import annotations

from functools import cache

from clusterlab.outputs.words import language_tag


@cache
def proofing_language(tag: str) -> str:
    """Give a language's tag with the region where most of its people live, where it names none."""
    found = language_tag(tag)
    if not found or "-" in found:
        return found or "und"
    from babel.core import get_global  # noqa: PLC0415 - `import clusterlab` does without it

    likely = str(get_global("likely_subtags").get(found, "")).split("_")
    return f"{found}-{likely[-1]}" if len(likely) > 1 and likely[-1].isupper() else found
