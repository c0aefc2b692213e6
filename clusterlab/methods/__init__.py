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
from clusterlab.methods.certainty import Certainty, Spread, certainty, check_matrix
from clusterlab.methods.challenges import (
    challenge_of,
    challenges,
    check_challenges,
    label_of,
    own_challenges,
)
from clusterlab.methods.check import RULES, check
from clusterlab.methods.comparison import BlockDifference, compare
from clusterlab.methods.convergence import (
    Convergence,
    Said,
    Theme,
    convergence,
    proposed_merges,
)
from clusterlab.methods.disclosure import (
    THRESHOLD,
    Protected,
    ProtectedTable,
    protected,
    protected_table,
)
from clusterlab.methods.finding import Finding, weighed
from clusterlab.methods.fullness import Fullness, fullness, fullness_table
from clusterlab.methods.importance import (
    ImportancePerformance,
    Judged,
    Rated,
    importance_performance,
)
from clusterlab.methods.priorities import (
    Priorities,
    axes,
    line_halves,
    middle,
    priorities,
    quadrant_at,
    quadrant_of,
)
from clusterlab.methods.shares import percent, rounded, share_of_answers, share_of_clusters
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.shortlist import Shortlist, check_ideas, place_of, shortlist
from clusterlab.methods.smart import REQUIRED, check_goals, missing_fields
from clusterlab.methods.survey import (
    Agreement,
    Chosen,
    NetPromoter,
    SeveralAnswers,
    agreement,
    net_promoter,
    several_answers,
)
from clusterlab.methods.swot import check_swot
from clusterlab.methods.tows import check_tows
from clusterlab.methods.verdict import METHOD_LABELS, TIE_LABELS, verdict
from clusterlab.methods.voting import METHODS, Standing, Tally, Tie, tallies, tally

__all__ = [
    "METHODS",
    "METHOD_LABELS",
    "REQUIRED",
    "RULES",
    "THRESHOLD",
    "TIE_LABELS",
    "Agreement",
    "Ballot",
    "BlockDifference",
    "Breakout",
    "Certainty",
    "Chosen",
    "Convergence",
    "Fault",
    "Finding",
    "Fullness",
    "ImportancePerformance",
    "Judged",
    "NetPromoter",
    "Participant",
    "Priorities",
    "Protected",
    "ProtectedTable",
    "Rated",
    "Said",
    "SeveralAnswers",
    "Sheet",
    "Shortlist",
    "Spread",
    "Standing",
    "Tally",
    "Theme",
    "Tie",
    "TieRule",
    "Vote",
    "agreement",
    "axes",
    "breakout",
    "certainty",
    "challenge_of",
    "challenges",
    "check",
    "check_challenges",
    "check_goals",
    "check_ideas",
    "check_matrix",
    "check_swot",
    "check_tows",
    "check_vote",
    "compare",
    "convergence",
    "first_choice",
    "fullness",
    "fullness_table",
    "importance_performance",
    "label_of",
    "line_halves",
    "middle",
    "missing_fields",
    "net_promoter",
    "own_challenges",
    "percent",
    "place_of",
    "points",
    "priorities",
    "proposed_merges",
    "protected",
    "protected_table",
    "quadrant_at",
    "quadrant_of",
    "rounded",
    "several_answers",
    "share_of_answers",
    "share_of_clusters",
    "shortlist",
    "sort_out",
    "tallies",
    "tally",
    "verdict",
    "weighed",
]
