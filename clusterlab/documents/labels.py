"""How large the labels of a drawing can be on a slide, where it is smaller there than on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clusterlab.documents.vector import Alike, Mark, Vector, alike

#: Smallest text that people read from a few steps away, in points.
READ = 9.0
# The part of a letter above its baseline, and all of it, in its size: lines may be as near.
_ABOVE, _WHOLE = 0.76, 0.98
_STEP = 0.5
_SOLID = frozenset({"rect", "round", "ellipse"})
_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Label:
    """A label: where its anchor and its baseline are, and how far it reaches to both sides."""

    mark: Mark
    x: float
    baseline: float
    before: float
    after: float

    def box(self, factor: float) -> _Box:
        """Give what its ink fills where it is so much larger."""
        size = self.mark.size * factor
        top = self.baseline - _ABOVE * size
        return (
            self.x - self.before * factor, top, self.x + self.after * factor, top + _WHOLE * size
        )  # fmt: skip


def label_factors(vector: Vector, share: float) -> dict[Alike, float]:
    """Give how much larger labels can be than the drawing, by what labels of one kind share.

    They stay alike. They grow until they can be read, as long as none comes to
    lie over another label or a shape beside it, or reaches out of the one that it stands in.

    Parameters
    ----------
    share
        How much larger the drawing is than it was made.
    """
    texts = [m for m in vector.marks if m.kind == "text" and m.text.strip()]
    small = sorted({alike(m) for m in texts if m.size * share < READ})
    if not small:
        return {}
    labels = [_label(m) for m in texts]
    shapes = [_corners(m) for m in vector.marks if m.kind in _SOLID]
    shapes.append((0.0, 0.0, vector.width, vector.height))
    limits = _limits(labels, shapes, {kind: READ / (kind[0] * share) for kind in small})
    found: dict[Alike, float] = {}
    for kind in reversed(small):
        natural, wanted = kind[0] * share, READ
        while wanted > natural:
            tried = {**found, kind: wanted / natural}
            if all(limit.kept(tried) for limit in limits):
                found = tried
                break
            wanted -= _STEP
    return found


@dataclass(frozen=True, slots=True)
class _Limit:
    """What a label must not do when it grows: reach over something, or out of a shape."""

    label: _Label
    other: _Label | None
    shape: _Box
    inside: bool

    def kept(self, factors: dict[Alike, float]) -> bool:
        """Say whether it does not with some factors."""
        box, other = self.label.box(factors.get(alike(self.label.mark), 1.0)), self.shape
        if self.other:
            other = self.other.box(factors.get(alike(self.other.mark), 1.0))
        return _inside(box, other) if self.inside else not _over(box, other)


def _limits(
    labels: Sequence[_Label], shapes: Sequence[_Box], most: dict[Alike, float]
) -> list[_Limit]:
    """Find what labels could come to lie over that they do not lie over as they are.

    Parameters
    ----------
    most
        The largest factor that is wanted, by what labels share.
    """
    grown = [(one, one.box(1.0), one.box(most.get(alike(one.mark), 1.0))) for one in labels]
    grown.sort(key=lambda found: found[2][1])
    limits = []
    for number, (one, old, new) in enumerate(grown):
        for other, before, after in grown[number + 1 :]:
            if after[1] >= new[3]:
                break
            if _over(new, after) and not _over(old, before):
                limits.append(_Limit(one, other, after, inside=False))
        if alike(one.mark) in most:
            limits += _beside(one, old, new, shapes)
    return limits


def _beside(one: _Label, old: _Box, new: _Box, shapes: Sequence[_Box]) -> Iterator[_Limit]:
    """Find the shapes that a label stands in or would reach."""
    left, top, right, bottom = new
    for shape in shapes:
        if left < shape[2] and shape[0] < right and top < shape[3] and shape[1] < bottom:
            inside = _inside(old, shape)
            if not _inside(new, shape) if inside else not _over(old, shape):
                yield _Limit(one, None, shape, inside=inside)


def _label(mark: Mark) -> _Label:
    (left, top), (right, bottom) = mark.points
    part = {"start": 0.0, "middle": 0.5, "end": 1.0}[mark.anchor]
    across = right - left
    baseline = (top + bottom) / 2 + (_ABOVE - _WHOLE / 2) * mark.size
    x = left + part * across
    return _Label(mark, x, baseline, part * across, (1 - part) * across)


def _corners(mark: Mark) -> _Box:
    (a, b), (c, d) = mark.points
    return a, b, c, d


def _inside(box: _Box, other: _Box) -> bool:
    return box[0] >= other[0] and box[1] >= other[1] and box[2] <= other[2] and box[3] <= other[3]


def _over(box: _Box, other: _Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
