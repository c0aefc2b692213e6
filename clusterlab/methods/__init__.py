"""What the methods compute and check: pure, model in, result and findings out."""

from clusterlab.methods.check import RULES, check
from clusterlab.methods.comparison import BlockDifference, compare
from clusterlab.methods.dependencies import Dependency, Relation, Unreadable, dependencies
from clusterlab.methods.finding import Finding, weighed
from clusterlab.methods.fullness import Fullness, fullness, fullness_table
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
from clusterlab.methods.resources import Assignment, assignments
from clusterlab.methods.schedule import Schedule, ScheduledLink, ScheduledTask, schedule
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.smart import REQUIRED, check_goals, missing_fields
from clusterlab.methods.swot import check_swot
from clusterlab.methods.tasks import Plan, plan_of
from clusterlab.methods.tows import check_tows
from clusterlab.methods.workdays import Calendar, Timeline

__all__ = [
    "REQUIRED",
    "RULES",
    "Assignment",
    "BlockDifference",
    "Calendar",
    "Dependency",
    "Finding",
    "Fullness",
    "LoadSpan",
    "Overload",
    "Plan",
    "Priorities",
    "Problem",
    "Relation",
    "ResourceLoad",
    "Schedule",
    "ScheduledLink",
    "ScheduledTask",
    "Sheet",
    "Task",
    "Timeline",
    "Unreadable",
    "assignments",
    "axes",
    "check",
    "check_goals",
    "check_schedule",
    "check_swot",
    "check_tows",
    "compare",
    "dependencies",
    "fullness",
    "fullness_table",
    "line_halves",
    "middle",
    "missing_fields",
    "plan_of",
    "priorities",
    "quadrant_of",
    "resource_load",
    "schedule",
    "weighed",
]
