"""What the methods compute and check: pure, model in, result and findings out."""

from clusterlab.methods.ballots import (
    Ballot,
    Fault,
    TieRule,
    Vote,
    check_vote,
    first_choice,
    points,
    sort_out,
)
from clusterlab.methods.breakout import Breakout, Participant, breakout
from clusterlab.methods.check import RULES, check
from clusterlab.methods.comparison import BlockDifference, compare
from clusterlab.methods.convergence import (
    Convergence,
    Said,
    Theme,
    convergence,
    proposed_merges,
)
from clusterlab.methods.finding import Finding, weighed
from clusterlab.methods.fullness import Fullness, fullness, fullness_table
from clusterlab.methods.priorities import (
    Priorities,
    axes,
    line_halves,
    middle,
    priorities,
    quadrant_of,
)
from clusterlab.methods.shares import percent, rounded, share_of_answers, share_of_clusters
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.smart import REQUIRED, check_goals, missing_fields
from clusterlab.methods.swot import check_swot
from clusterlab.methods.tows import check_tows
from clusterlab.methods.voting import METHODS, Standing, Tally, Tie, tallies, tally

__all__ = [
    "METHODS",
    "REQUIRED",
    "RULES",
    "Ballot",
    "BlockDifference",
    "Breakout",
    "Convergence",
    "Fault",
    "Finding",
    "Fullness",
    "Participant",
    "Priorities",
    "Said",
    "Sheet",
    "Standing",
    "Tally",
    "Theme",
    "Tie",
    "TieRule",
    "Vote",
    "axes",
    "breakout",
    "check",
    "check_goals",
    "check_swot",
    "check_tows",
    "check_vote",
    "compare",
    "convergence",
    "first_choice",
    "fullness",
    "fullness_table",
    "line_halves",
    "middle",
    "missing_fields",
    "percent",
    "points",
    "priorities",
    "proposed_merges",
    "quadrant_of",
    "rounded",
    "share_of_answers",
    "share_of_clusters",
    "sort_out",
    "tallies",
    "tally",
    "weighed",
]
