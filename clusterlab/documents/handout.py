"""What the exporters share: from a notebook's file to the document that it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from traitlets import Bool

from clusterlab.documents.reading import Document, read_document


class HandoutExporter(Exporter):
    """Reads executed notebooks as documents and draws them."""

    redraw = Bool(
        default_value=True,
        help="Draw outputs as their workshop stands now where it can be reached, else say of when "
        "they are. Without it they are drawn as the notebook holds them.",
    ).tag(config=True)

    def from_notebook_node(  # type: ignore[override]
        self, nb: Any, resources: Any = None, **kw: Any
    ) -> tuple[str | bytes, dict[str, Any]]:
        """Read a notebook and draw it.

        Parameters
        ----------
        nb
            An executed notebook.
        resources
            As nbconvert passes them on.

        Returns
        -------
        tuple
            The file and the resources, with what `draw` adds to them.

        Raises
        ------
        DocumentError
            As `read` and `draw` do.
        """
        document, resources = self.read(nb, resources, **kw)
        data, drawn = self.draw(document)
        resources.update(drawn)
        return data, resources

    def draw(self, document: Document) -> tuple[str | bytes, dict[str, Any]]:
        """Draw a document that has been read: one reading does for several formats.

        Returns
        -------
        tuple
            The file, and what nbconvert's resources get of it: ``replaced``, in formats whose
            fonts do not draw every character.

        Raises
        ------
        DocumentError
            Where the format cannot draw what the document holds.
        """
        raise NotImplementedError

    def prepare(self) -> None:
        """Load what every document needs; starts no thread."""

    def read(self, nb: Any, resources: Any, **kw: Any) -> tuple[Document, dict[str, Any]]:
        """Read a notebook as a document.

        Parameters
        ----------
        nb
            An executed notebook.
        resources
            As nbconvert passes them on: ``metadata.path`` is the folder of the notebook's file.

        Raises
        ------
        DocumentError
            Where the title, the language or an alternative text is missing.
        """
        place = _place(resources)
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        saved = None
        if self.redraw:
            from clusterlab.documents.redraw import redraw  # noqa: PLC0415 - loads all methods

            saved = redraw(notebook, place, self.log)
        return replace(read_document(notebook), saved=saved), resources


def _place(resources: Any) -> Path | None:
    """Give the folder of the notebook's file: "" is the one in which nbconvert was started."""
    metadata = resources.get("metadata") if isinstance(resources, Mapping) else None
    path = metadata.get("path") if isinstance(metadata, Mapping) else None
    return Path(path) if isinstance(path, str) else None
