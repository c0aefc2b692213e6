"""Headings of a document, which notebooks write one by one: their levels in order."""

from __future__ import annotations

from clusterlab.outputs.html import usual_level

_DEEPEST = 6
_SECTION = 2


class Outline:
    """Gives headings their levels, so that there is one of level 1 and none is skipped."""

    def __init__(self) -> None:
        self._open: list[tuple[int, int]] = []  # depth as written, level as drawn
        self._titled = False

    def output(self, kind: str, depth: int = 0) -> int:
        """Give the level of an output's heading; a second opening is a section.

        Parameters
        ----------
        depth
            How many levels deeper it is than outputs are by themselves.
        """
        level = usual_level({"type": kind})
        if level == 1 and not self._titled:
            self._titled, self._open = True, []
            return 1
        if level <= _SECTION:
            return self.heading(1 + depth)
        # A box inside an output still needs a level below.
        return min(self._level + 1, _DEEPEST - 1)

    def heading(self, depth: int) -> int:
        """Give the level of a heading that is written with ``depth`` signs."""
        while self._open and self._open[-1][0] >= depth:
            self._open.pop()
        level = min(self._level + 1, _DEEPEST)
        self._open.append((depth, level))
        return level

    @property
    def _level(self) -> int:
        return self._open[-1][1] if self._open else 1
