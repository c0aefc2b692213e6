"""Notebooks as one HTML file: offline, without scripts, for screens and printers."""

from __future__ import annotations

from typing import Any

import jinja2
from traitlets import Unicode, default

from clusterlab.documents.handout import HandoutExporter
from clusterlab.documents.office_theme import chosen_colours
from clusterlab.documents.page import coloured_pictures, page_data, page_environment
from clusterlab.documents.reading import Document
from clusterlab.errors import N_, DocumentError

#: What a page is drawn with: its own template, and those that it takes macros from.
_TEMPLATES = ("page.html.j2", "macros.html.j2", "markdown.html.j2")


class HandoutHTMLExporter(HandoutExporter):
    """Write an executed notebook as a handout in HTML.

    What the notebook shows as typed outputs is drawn by the page's own templates; code is left
    out, raw HTML in markdown appears as the text that it is.
    """

    export_from_notebook = "Handout HTML"
    output_mimetype = "text/html"
    template_dir = Unicode(
        "", help="Folder whose templates are taken before the package's own."
    ).tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def prepare(self) -> None:
        """Read the templates, those that a page draws on included."""
        environment = self._environment()
        for name in _TEMPLATES:
            environment.get_template(name)

    def draw(self, document: Document) -> tuple[str, dict[str, Any]]:
        """Write a document's page.

        Raises
        ------
        DocumentError
            Where a template cannot draw what the document holds.
        """
        try:
            template = self._environment().get_template(_TEMPLATES[0])
            colours = dict(chosen_colours(document.parts, {}))
            text = template.render(coloured_pictures(page_data(document), colours))
        except jinja2.TemplateError as error:
            raise DocumentError(
                N_("The page “{title}” cannot be drawn: {reason}"),
                title=document.title,
                reason=str(error),
            ) from error
        return text, {}

    def _environment(self) -> jinja2.Environment:
        # One per exporter: it keeps the compiled templates, and goes when the exporter goes.
        made = getattr(self, "_made", None)
        if made is None or made[0] != self.template_dir:
            made = self._made = (self.template_dir, page_environment(self.template_dir))
        return made[1]
