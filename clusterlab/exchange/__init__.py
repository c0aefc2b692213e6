"""What comes in and goes out as tables."""

from clusterlab.exchange.collecting import collect_forms
from clusterlab.exchange.dropped import dropped_files
from clusterlab.exchange.exporting import export_notes, hidden_notes, notes_frame, notes_table
from clusterlab.exchange.files import import_file
from clusterlab.exchange.formbook import write_form
from clusterlab.exchange.forms import make_form
from clusterlab.exchange.groups import (
    Guest,
    Guests,
    Rooms,
    expected_guests,
    read_guests,
    rooms_for,
    write_rooms,
)
from clusterlab.exchange.importing import import_notes
from clusterlab.exchange.pages import page_table
from clusterlab.exchange.report import Collected, Report

__all__ = [
    "Collected",
    "Guest",
    "Guests",
    "Report",
    "Rooms",
    "collect_forms",
    "dropped_files",
    "expected_guests",
    "export_notes",
    "hidden_notes",
    "import_file",
    "import_notes",
    "make_form",
    "notes_frame",
    "notes_table",
    "page_table",
    "read_guests",
    "rooms_for",
    "write_form",
    "write_rooms",
]
