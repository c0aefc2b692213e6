"""Live canvases: one anywidget that draws every canvas kind over the journal."""

from clusterlab.widgets.board import LiveBoard, View
from clusterlab.widgets.desk import Desk
from clusterlab.widgets.live import LiveCanvas, live_widget
from clusterlab.widgets.offline import offline_page, shown_notes
from clusterlab.widgets.spec import spec_of

__all__ = [
    "Desk",
    "LiveBoard",
    "LiveCanvas",
    "View",
    "live_widget",
    "offline_page",
    "shown_notes",
    "spec_of",
]
