"""What the methods compute and check: pure, model in, result and findings out."""

from clusterlab.methods.actions import check_actions
from clusterlab.methods.announced import ANNOUNCED, announced, with_rules
from clusterlab.methods.ballots import (
    Ballot,
    Fault,
    TieRule,
    Vote,
    VoteRules,
    first_choice,
    points,
    sort_out,
)
from clusterlab.methods.ballots_check import check_vote
from clusterlab.methods.breakout import Breakout, Participant, breakout
from clusterlab.methods.certainty import Certainty, Spread, certainty
from clusterlab.methods.challenges import (
    challenge_of,
    challenges,
    check_challenges,
    label_of,
    own_themes,
)
from clusterlab.methods.check import RULES, check
from clusterlab.methods.communication import (
    PlannedMessage,
    TargetGroup,
    by_time,
    check_communication,
    target_groups,
)
from clusterlab.methods.comparison import BlockDifference, compare
from clusterlab.methods.competencies import (
    Competencies,
    Competency,
    FieldMeans,
    check_competencies,
    competencies,
)
from clusterlab.methods.consensus import ScoreSpread, agreed, same_way
from clusterlab.methods.convergence import (
    Convergence,
    Said,
    Theme,
    convergence,
    convergence_by,
    proposed_merges,
)
from clusterlab.methods.dependencies import Dependency, Relation, Unreadable, dependencies
from clusterlab.methods.disclosure import THRESHOLD, Protected, protected
from clusterlab.methods.discretion import (
    Hidden,
    handed_out,
    hidden,
    is_secret,
    seal_of,
    sealed,
    without,
)
from clusterlab.methods.finding import Finding, weighed
from clusterlab.methods.fullness import Fullness, fullness, fullness_table
from clusterlab.methods.importance import (
    ImportancePerformance,
    Judged,
    Rated,
    importance_performance,
)
from clusterlab.methods.indicators import Progress, check_indicators, progress, share_of_way
from clusterlab.methods.load import LoadSpan, Overload, ResourceLoad, resource_load
from clusterlab.methods.matrix_check import check_matrix
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
from clusterlab.methods.pestel import Factor, Proposal, check_pestel, factors, proposals
from clusterlab.methods.planning import check_schedule
from clusterlab.methods.poll import Poll, check_poll, poll
from clusterlab.methods.portfolio import NeedField, Portfolio, Service, portfolio
from clusterlab.methods.portfolio_check import check_portfolio
from clusterlab.methods.priorities import (
    Priorities,
    axes,
    line_halves,
    middle,
    priorities,
    quadrant_at,
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
from clusterlab.methods.scores import ScoredItem, Scores, Voter, scores
from clusterlab.methods.scores_check import check_scores
from clusterlab.methods.settings import MethodSettings
from clusterlab.methods.shares import percent, rounded, share_of_clusters
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.shortlist import Shortlist, check_ideas, place_of, shortlist
from clusterlab.methods.smart import REQUIRED, check_goals, goal_tree, missing_fields
from clusterlab.methods.survey import Agreement, NetPromoter, agreement, net_promoter
from clusterlab.methods.survey_canvas import (
    Question,
    SurveyFindings,
    SurveyItem,
    questions,
    survey_findings,
    withheld,
)
from clusterlab.methods.survey_check import check_survey
from clusterlab.methods.swot import check_swot
from clusterlab.methods.tasks import Plan, plan_of
from clusterlab.methods.thread import Thread, ThreadEdge, ThreadNode, check_thread, thread
from clusterlab.methods.tows import check_tows
from clusterlab.methods.tree import Branch, Forest, forest
from clusterlab.methods.values import days_in, due
from clusterlab.methods.verdict import METHOD_LABELS, TIE_LABELS, verdict
from clusterlab.methods.vision import Statement, check_vision, statements
from clusterlab.methods.voting import METHODS, Standing, Tally, Tie, tallies, tally
from clusterlab.methods.wbs import check_wbs, wbs
from clusterlab.methods.weights import WeightedNote, weighted_notes
from clusterlab.methods.workdays import Calendar, Timeline

__all__ = [
    "ANNOUNCED",
    "METHODS",
    "METHOD_LABELS",
    "REQUIRED",
    "RULES",
    "THRESHOLD",
    "TIE_LABELS",
    "Agreement",
    "Assignment",
    "Ballot",
    "BlockDifference",
    "Branch",
    "Breakout",
    "Calendar",
    "Certainty",
    "Competencies",
    "Competency",
    "Convergence",
    "Dependency",
    "Factor",
    "Fault",
    "FieldMeans",
    "Finding",
    "Forest",
    "Fullness",
    "Hidden",
    "ImportancePerformance",
    "Judged",
    "LoadSpan",
    "Means",
    "Member",
    "MethodSettings",
    "Need",
    "NeedField",
    "NeedRelevance",
    "NetPromoter",
    "Overload",
    "Participant",
    "Person",
    "Plan",
    "PlannedMessage",
    "Poll",
    "Portfolio",
    "Priorities",
    "Problem",
    "Progress",
    "Proposal",
    "Protected",
    "Question",
    "Raci",
    "RaciRow",
    "Radar",
    "Rated",
    "Rating",
    "Ratings",
    "Relation",
    "ResourceLoad",
    "Said",
    "Schedule",
    "ScheduledLink",
    "ScheduledTask",
    "ScoreSpread",
    "ScoredItem",
    "Scores",
    "Service",
    "Sheet",
    "Shortlist",
    "Spread",
    "Standing",
    "Statement",
    "SurveyFindings",
    "SurveyItem",
    "Tally",
    "TargetGroup",
    "Task",
    "Theme",
    "Thread",
    "ThreadEdge",
    "ThreadNode",
    "Tie",
    "TieRule",
    "Timeline",
    "Trend",
    "Unreadable",
    "Vote",
    "VoteRules",
    "Voter",
    "WeightedNote",
    "agreed",
    "agreement",
    "announced",
    "assignments",
    "axes",
    "breakout",
    "by_time",
    "certainty",
    "challenge_of",
    "challenges",
    "check",
    "check_actions",
    "check_challenges",
    "check_communication",
    "check_competencies",
    "check_goals",
    "check_ideas",
    "check_indicators",
    "check_matrix",
    "check_needs",
    "check_pestel",
    "check_poll",
    "check_portfolio",
    "check_raci",
    "check_radar",
    "check_schedule",
    "check_scores",
    "check_survey",
    "check_swot",
    "check_thread",
    "check_tows",
    "check_vision",
    "check_vote",
    "check_wbs",
    "codes_in",
    "compare",
    "competencies",
    "convergence",
    "convergence_by",
    "days_in",
    "dependencies",
    "due",
    "factors",
    "first_choice",
    "forest",
    "fullness",
    "fullness_table",
    "goal_tree",
    "handed_out",
    "hidden",
    "importance_performance",
    "is_secret",
    "label_of",
    "line_halves",
    "matrix_findings",
    "middle",
    "missing_fields",
    "need_relevance",
    "net_promoter",
    "own_themes",
    "parse_ratings",
    "percent",
    "place_of",
    "plan_of",
    "points",
    "poll",
    "portfolio",
    "priorities",
    "progress",
    "proposals",
    "proposed_merges",
    "protected",
    "quadrant_at",
    "quadrant_of",
    "questions",
    "raci",
    "raci_from_cells",
    "radar",
    "resource_load",
    "rounded",
    "same_way",
    "schedule",
    "scores",
    "seal_of",
    "sealed",
    "share_of_clusters",
    "share_of_way",
    "shortlist",
    "sort_out",
    "statements",
    "survey_findings",
    "tallies",
    "tally",
    "target_groups",
    "thread",
    "verdict",
    "wbs",
    "weighed",
    "weighted_notes",
    "with_rules",
    "withheld",
    "without",
]
