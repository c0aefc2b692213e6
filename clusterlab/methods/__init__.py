"""What the methods compute and check: pure, model in, result and findings out."""

from clusterlab.methods.actions import check_actions
from clusterlab.methods.check import RULES, check
from clusterlab.methods.comparison import BlockDifference, compare
from clusterlab.methods.dependencies import Dependency, Relation, Unreadable, dependencies
from clusterlab.methods.finding import Finding, weighed
from clusterlab.methods.fullness import Fullness, fullness, fullness_table
from clusterlab.methods.indicators import Progress, check_indicators, progress, share_of_way
from clusterlab.methods.load import LoadSpan, Overload, ResourceLoad, resource_load
from clusterlab.methods.network import Problem, Task
from clusterlab.methods.planning import check_schedule
from clusterlab.methods.priorities import (
    Priorities,
    axes,
    line_halves,
    middle,
    priorities,
    quadrant_of,
)
from clusterlab.methods.raci import (
    Person,
    Raci,
    RaciRow,
    check_raci,
    codes_in,
    matrix_findings,
    raci,
    raci_from_cells,
)
from clusterlab.methods.resources import Assignment, assignments
from clusterlab.methods.schedule import Schedule, ScheduledLink, ScheduledTask, schedule
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.smart import REQUIRED, check_goals, goal_tree, missing_fields
from clusterlab.methods.swot import check_swot
from clusterlab.methods.tasks import Plan, plan_of
from clusterlab.methods.thread import Thread, ThreadEdge, ThreadNode, check_thread, thread
from clusterlab.methods.tows import check_tows
from clusterlab.methods.tree import Branch, Forest, forest
from clusterlab.methods.values import days_in, due
from clusterlab.methods.wbs import check_wbs, wbs
from clusterlab.methods.workdays import Calendar, Timeline

__all__ = [
    "REQUIRED",
    "RULES",
    "Assignment",
    "BlockDifference",
    "Branch",
    "Calendar",
    "Dependency",
    "Finding",
    "Forest",
    "Fullness",
    "LoadSpan",
    "Overload",
    "Person",
    "Plan",
    "Priorities",
    "Problem",
    "Progress",
    "Raci",
    "RaciRow",
    "Relation",
    "ResourceLoad",
    "Schedule",
    "ScheduledLink",
    "ScheduledTask",
    "Sheet",
    "Task",
    "Thread",
    "ThreadEdge",
    "ThreadNode",
    "Timeline",
    "Unreadable",
    "assignments",
    "axes",
    "check",
    "check_actions",
    "check_goals",
    "check_indicators",
    "check_raci",
    "check_schedule",
    "check_swot",
    "check_thread",
    "check_tows",
    "check_wbs",
    "codes_in",
    "compare",
    "days_in",
    "dependencies",
    "due",
    "forest",
    "fullness",
    "fullness_table",
    "goal_tree",
    "line_halves",
    "matrix_findings",
    "middle",
    "missing_fields",
    "plan_of",
    "priorities",
    "progress",
    "quadrant_of",
    "raci",
    "raci_from_cells",
    "resource_load",
    "schedule",
    "share_of_way",
    "thread",
    "wbs",
    "weighed",
]
