"""The style that an output brings along: of the whole one, the rules that meet something in it.

A notebook holds many outputs, and each must look right alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from clusterlab.shared import shared

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_NAMED = re.compile(r"\.clusterlab-[\w-]+")
_INSIDE = re.compile(r"\([^()]*\)")
_CLASSES = re.compile(r'class="([^"]*)"')


@dataclass(frozen=True)
class _Rule:
    """A rule, or one line of declarations where it has no selectors.

    With each selector stand the classes that it takes; what stands in brackets is not looked at.
    """

    selectors: tuple[tuple[str, frozenset[str]], ...] = ()
    text: str = ""
    inside: tuple[_Rule, ...] = ()

    @cached_property
    def names(self) -> frozenset[str]:
        """The classes that it takes, and that what is inside takes."""
        taken = [taken for _, taken in self.selectors] + [one.names for one in self.inside]
        return frozenset[str]().union(*taken)

    @cached_property
    def written(self) -> dict[frozenset[str], str]:
        """What was kept of it so far, by those of its names that were there."""
        return {}

    @cached_property
    def declared(self) -> str:
        """All that is inside, where that is declarations; "" where other rules are."""
        return (
            ""
            if any(one.selectors for one in self.inside)
            else "".join(o.text for o in self.inside)
        )


def style_of(drawn: str) -> str:
    """Give the style that an output needs.

    Parameters
    ----------
    drawn
        Its HTML; the classes in it decide.
    """
    return _style(frozenset(name for names in _CLASSES.findall(drawn) for name in names.split()))


@cache
def _style(classes: frozenset[str]) -> str:
    return "".join([_kept(rule, classes) for rule in _rules()])


def _kept(rule: _Rule, classes: frozenset[str]) -> str:
    """Write what meets something of a rule; empty where nothing does.

    Most rules look for classes of which outputs have the same few: each is written once for them.
    """
    if not rule.selectors:
        return rule.text
    there = classes & rule.names
    if there not in rule.written:
        rule.written[there] = _written(rule, there)
    return rule.written[there]


def _written(rule: _Rule, classes: frozenset[str]) -> str:
    selectors = [s for s, taken in rule.selectors if taken <= classes]
    if not selectors:
        return ""
    inside = rule.declared or "".join([_kept(one, classes) for one in rule.inside])
    return f"{','.join(selectors)}{{{inside}}}" if inside else ""


@cache
def _rules() -> tuple[_Rule, ...]:
    text = shared("templates", "documents", "html", "output.css").read_text(encoding="utf-8")
    tokens = re.findall(r"[{};]|[^{};]+", _SPACE.sub(" ", _COMMENT.sub("", text)))
    return tuple(_read(iter(tokens)))


def _read(tokens: Iterator[str]) -> Iterator[_Rule]:
    """Read rules and declarations up to the end of a block."""
    before = ""
    for piece in tokens:
        match piece:
            case "{":
                head = before.strip()
                # Whether a condition holds shows on the page.
                parts = [head] if head.startswith("@") else map(str.strip, _divided(head))
                selectors = tuple((part, _taken(part)) for part in parts)
                yield _Rule(selectors, inside=tuple(_read(tokens)))
                before = ""
            case ";" | "}":
                if before.strip():
                    yield _Rule(text=f"{before.strip()};")
                before = ""
                if piece == "}":
                    return
            case _:
                before = piece


def _taken(selector: str) -> frozenset[str]:
    names = () if selector.startswith("@") else _NAMED.findall(_INSIDE.sub("", selector))
    return frozenset(name[1:] for name in names)


def _divided(head: str) -> list[str]:
    """Divide selectors at the commas that stand in no brackets."""
    return re.split(r",(?![^()]*\))", head)
