"""What the methods compute and check: pure, model in, result and findings out."""

from clusterlab.methods.actions import check_actions
from clusterlab.methods.check import RULES, check
from clusterlab.methods.comparison import BlockDifference, compare
from clusterlab.methods.finding import Finding, weighed
from clusterlab.methods.fullness import Fullness, fullness, fullness_table
from clusterlab.methods.indicators import Progress, check_indicators, progress, share_of_way
from clusterlab.methods.priorities import (
    Priorities,
    axes,
    line_halves,
    middle,
    priorities,
    quadrant_of,
)
from clusterlab.methods.raci import (
    RaciRow,
    Person,
    Raci,
    check_raci,
    codes_in,
    matrix_findings,
    raci,
    raci_from_cells,
)
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.smart import REQUIRED, check_goals, goal_tree, missing_fields
from clusterlab.methods.swot import check_swot
from clusterlab.methods.thread import Thread, ThreadEdge, ThreadNode, check_thread, thread
from clusterlab.methods.tows import check_tows
from clusterlab.methods.tree import Branch, Forest, forest
from clusterlab.methods.values import days_in, due
from clusterlab.methods.wbs import check_wbs, wbs

__all__ = [
    "REQUIRED",
    "RULES",
    "RaciRow",
    "BlockDifference",
    "Branch",
    "Finding",
    "Forest",
    "Fullness",
    "Person",
    "Priorities",
    "Progress",
    "Raci",
    "Sheet",
    "Thread",
    "ThreadEdge",
    "ThreadNode",
    "axes",
    "check",
    "check_actions",
    "check_goals",
    "check_indicators",
    "check_raci",
    "check_swot",
    "check_thread",
    "check_tows",
    "check_wbs",
    "codes_in",
    "compare",
    "days_in",
    "due",
    "forest",
    "fullness",
    "fullness_table",
    "goal_tree",
    "line_halves",
    "matrix_findings",
    "middle",
    "missing_fields",
    "priorities",
    "progress",
    "quadrant_of",
    "raci",
    "raci_from_cells",
    "share_of_way",
    "thread",
    "wbs",
    "weighed",
]
