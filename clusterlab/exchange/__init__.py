"""What comes in and goes out as tables."""

from clusterlab.exchange.exporting import export_notes, notes_frame, notes_table
from clusterlab.exchange.files import import_file
from clusterlab.exchange.importing import import_notes
from clusterlab.exchange.pages import page_table
from clusterlab.exchange.report import Report

__all__ = [
    "Report",
    "export_notes",
    "import_file",
    "import_notes",
    "notes_frame",
    "notes_table",
    "page_table",
]
