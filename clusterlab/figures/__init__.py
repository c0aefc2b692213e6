"""Pictures of results, as SVG.

Each picture is drawn from small data classes of its own module and knows nothing of boards. All
write SVG directly, within milliseconds and with text measured by the fonts that documents come
with.
"""

from clusterlab.figures.axis import Tick
from clusterlab.figures.bars import Bar, BarChart, draw_bars
from clusterlab.figures.fullness import MOST_ROWS, FullnessRow, draw_fullness
from clusterlab.figures.gantt import GanttChart, GanttRow, draw_gantt
from clusterlab.figures.gaps import GapChart, GapItem, draw_gaps
from clusterlab.figures.network import NetworkChart, NetworkLink, NetworkTask, draw_network
from clusterlab.figures.progress import Indicator, ProgressChart, draw_progress
from clusterlab.figures.quadrants import Axis, QuadrantChart, QuadrantItem, draw_quadrants
from clusterlab.figures.radar import RadarChart, RadarTrend, draw_radar
from clusterlab.figures.svg import LANDSCAPE, PORTRAIT, Drawing, Label, Page, recoloured
from clusterlab.figures.thread import ThreadBox, ThreadChart, ThreadColumn, draw_thread
from clusterlab.figures.tree import TreeChart, TreeNode, draw_tree

__all__ = [
    "LANDSCAPE",
    "MOST_ROWS",
    "PORTRAIT",
    "Axis",
    "Bar",
    "BarChart",
    "Drawing",
    "FullnessRow",
    "GanttChart",
    "GanttRow",
    "GapChart",
    "GapItem",
    "Indicator",
    "Label",
    "NetworkChart",
    "NetworkLink",
    "NetworkTask",
    "Page",
    "ProgressChart",
    "QuadrantChart",
    "QuadrantItem",
    "RadarChart",
    "RadarTrend",
    "ThreadBox",
    "ThreadChart",
    "ThreadColumn",
    "Tick",
    "TreeChart",
    "TreeNode",
    "draw_bars",
    "draw_fullness",
    "draw_gantt",
    "draw_gaps",
    "draw_network",
    "draw_progress",
    "draw_quadrants",
    "draw_radar",
    "draw_thread",
    "draw_tree",
    "recoloured",
]
