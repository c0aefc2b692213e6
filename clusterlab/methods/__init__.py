"""What the methods compute and check: pure, model in, result and findings out."""

from clusterlab.methods.actions import check_actions
from clusterlab.methods.check import RULES, check
from clusterlab.methods.communication import check_communication
from clusterlab.methods.comparison import BlockDifference, compare
from clusterlab.methods.competencies import (
    Competencies,
    Competency,
    FieldMeans,
    check_competencies,
    competencies,
)
from clusterlab.methods.dependencies import Dependency, Relation, Unreadable, dependencies
from clusterlab.methods.finding import Finding, weighed
from clusterlab.methods.fullness import Fullness, fullness, fullness_table
from clusterlab.methods.indicators import Progress, check_indicators, progress, share_of_way
from clusterlab.methods.load import LoadSpan, Overload, ResourceLoad, resource_load
from clusterlab.methods.needs import (
    Member,
    Need,
    NeedRelevance,
    Rating,
    Ratings,
    need_relevance,
    parse_ratings,
)
from clusterlab.methods.needs_check import check_needs
from clusterlab.methods.network import Problem, Task
from clusterlab.methods.pestel import Proposal, check_pestel, proposals
from clusterlab.methods.planning import check_schedule
from clusterlab.methods.portfolio import NeedField, Portfolio, Service, portfolio
from clusterlab.methods.portfolio_check import check_portfolio
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
from clusterlab.methods.radar import Means, Radar, Trend, check_radar, radar
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
from clusterlab.methods.vision import Statement, check_vision, statements
from clusterlab.methods.wbs import check_wbs, wbs
from clusterlab.methods.workdays import Calendar, Timeline

__all__ = [
    "REQUIRED",
    "RULES",
    "Assignment",
    "BlockDifference",
    "Branch",
    "Calendar",
    "Competencies",
    "Competency",
    "Dependency",
    "FieldMeans",
    "Finding",
    "Forest",
    "Fullness",
    "LoadSpan",
    "Means",
    "Member",
    "Need",
    "NeedField",
    "NeedRelevance",
    "Overload",
    "Person",
    "Plan",
    "Portfolio",
    "Priorities",
    "Problem",
    "Progress",
    "Proposal",
    "Raci",
    "RaciRow",
    "Radar",
    "Rating",
    "Ratings",
    "Relation",
    "ResourceLoad",
    "Schedule",
    "ScheduledLink",
    "ScheduledTask",
    "Service",
    "Sheet",
    "Statement",
    "Task",
    "Thread",
    "ThreadEdge",
    "ThreadNode",
    "Timeline",
    "Trend",
    "Unreadable",
    "assignments",
    "axes",
    "check",
    "check_actions",
    "check_communication",
    "check_competencies",
    "check_goals",
    "check_indicators",
    "check_needs",
    "check_pestel",
    "check_portfolio",
    "check_raci",
    "check_radar",
    "check_schedule",
    "check_swot",
    "check_thread",
    "check_tows",
    "check_vision",
    "check_wbs",
    "codes_in",
    "compare",
    "competencies",
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
    "need_relevance",
    "parse_ratings",
    "plan_of",
    "portfolio",
    "priorities",
    "progress",
    "proposals",
    "quadrant_of",
    "raci",
    "raci_from_cells",
    "radar",
    "resource_load",
    "schedule",
    "share_of_way",
    "statements",
    "thread",
    "wbs",
    "weighed",
]
