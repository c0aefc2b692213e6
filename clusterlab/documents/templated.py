"""What exporters share that draw with a file of the user's own: masters or styles, colours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from traitlets import Dict, Unicode

from clusterlab.documents.handout import HandoutExporter
from clusterlab.errors import N_, DocumentError

_Read = TypeVar("_Read")


class TemplatedExporter(HandoutExporter):
    """Draws with a template that it reads once: that takes longer than drawing a handout."""

    template = Unicode(
        "", help="A file of the same kind, or a template, whose look is used: masters and layouts "
        "or styles, headers and page; its colours and fonts."
    ).tag(config=True)  # fmt: skip
    colours = Dict(help="Own colours by meaning: development and financing.").tag(config=True)

    def opened(self, read: Callable[[bytes, str], _Read], *more: str) -> _Read:
        """Give the template as ``read`` understands its bytes and name.

        Parameters
        ----------
        *more
            What else the result depends on.

        Raises
        ------
        DocumentError
            Where the file cannot be opened.
        """
        path = Path(self.template)
        try:
            state = (self.template, path.stat().st_mtime_ns, *more)
            made: Any = getattr(self, "_made", None)
            if made is None or made[0] != state:
                made = self._made = (state, read(path.read_bytes(), path.name))
        except OSError as error:
            raise DocumentError(
                N_("The template “{name}” cannot be opened: {reason}"),
                name=self.template,
                reason=error.strerror or str(error),
            ) from error
        found: _Read = made[1]
        return found
