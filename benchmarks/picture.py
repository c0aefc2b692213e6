"""A picture of what was measured, as SVG: bars that can be told apart without colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _LEFT, _RIGHT = 720, 250, 90
_BAR, _STEP, _HEAD = 20, 28, 34
_INK, _PALE = "#1d2b3a", "#b4bfca"


@dataclass(frozen=True)
class Bar:
    """How much faster something is than what a group begins with."""

    label: str
    times: float
    ours: bool = False


@dataclass(frozen=True)
class Group:
    """Bars that compare with each other."""

    title: str
    bars: Sequence[Bar]


def draw(title: str, groups: Sequence[Group], note: str) -> str:
    """Draw groups of bars, each group on a scale of its own, from nothing to its largest.

    Parameters
    ----------
    note
        What stands below: of which machine and run the figures are.
    """
    parts, y = [], 46
    for group in groups:
        parts.append(_text(16, y + 14, group.title, 'font-weight="600"'))
        y += _HEAD
        widest = max(bar.times for bar in group.bars)
        for bar in group.bars:
            length = max(2.0, (_WIDTH - _LEFT - _RIGHT) * bar.times / widest)
            weight = 'font-weight="600"' if bar.ours else ""
            fill = _INK if bar.ours else _PALE
            middle = y + _BAR - 5
            box = f'x="{_LEFT}" y="{y}" width="{length:.1f}" height="{_BAR}"'
            parts += [
                _text(_LEFT - 10, middle, bar.label, f'text-anchor="end" {weight}'),
                f'<rect {box} fill="{fill}" stroke="{_INK}"/>',
                _text(_LEFT + length + 8, middle, f"{_number(bar.times)} ×", weight),
            ]
            y += _STEP
        y += 14
    parts.append(_text(16, y + 8, note, 'font-size="12"'))
    height = y + 24
    said = escape(described(groups))
    head = _text(16, 28, title, 'font-size="18" font-weight="600"')
    body = "\n".join([head, *parts])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-labelledby="title said" font-family="Helvetica, Arial, sans-serif" '
        f'font-size="14" fill="{_INK}">\n'
        f'<title id="title">{escape(title)}</title>\n<desc id="said">{said}</desc>\n'
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>\n'
        f"{body}\n</svg>\n"
    )


def described(groups: Sequence[Group]) -> str:
    """Say in words what the picture shows."""
    said = []
    for group in groups:
        bars = ", ".join(f"{bar.label} {_number(bar.times)} times" for bar in group.bars)
        said.append(f"{group.title}: {bars}.")
    return " ".join(said)


def _number(times: float) -> str:
    ten = 10
    return f"{times:.0f}" if times >= ten or times == round(times) else f"{times:.1f}"


def _text(x: float, y: float, text: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y}" {more}>{escape(text)}</text>'.replace(" >", ">")
