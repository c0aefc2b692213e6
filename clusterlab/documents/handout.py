"""What the exporters share: from a notebook's file to the document that it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from traitlets import Bool

from clusterlab.documents.reading import Document, read_document
from clusterlab.documents.redraw import redraw


class HandoutExporter(Exporter):
    """Reads executed notebooks as documents."""

    redraw = Bool(
        default_value=True,
        help="Draw outputs as their workshop stands now where it can be reached, else say of when "
        "they are. Without it they are drawn as the notebook holds them.",
    ).tag(config=True)

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
        saved = redraw(notebook, place, self.log) if self.redraw else None
        return replace(read_document(notebook), saved=saved), resources


def _place(resources: Any) -> Path | None:
    """Give the folder of the notebook's file: "" is the one in which nbconvert was started."""
    metadata = resources.get("metadata") if isinstance(resources, Mapping) else None
    path = metadata.get("path") if isinstance(metadata, Mapping) else None
    return Path(path) if isinstance(path, str) else None
