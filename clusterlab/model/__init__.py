"""The nouns of the product: pure, frozen, without input or output."""

from clusterlab.model.board import Board
from clusterlab.model.cluster import Cluster, Quantity, parse_quantity
from clusterlab.model.entry import entered, expected, fits
from clusterlab.model.kind import (
    Block,
    CanvasKind,
    Field,
    Group,
    Named,
    Quadrant,
)
from clusterlab.model.kindfile import kind_from, kind_to, read_kind
from clusterlab.model.note import Alternative, Note
from clusterlab.model.operation import (
    BoardId,
    Operation,
    derived_id,
    in_order,
    is_uuid,
    new_id,
)
from clusterlab.model.text import clean, dropped, one_line

__all__ = [
    "Alternative",
    "Block",
    "Board",
    "BoardId",
    "CanvasKind",
    "Cluster",
    "Field",
    "Group",
    "Named",
    "Note",
    "Operation",
    "Quadrant",
    "Quantity",
    "clean",
    "derived_id",
    "dropped",
    "entered",
    "expected",
    "fits",
    "in_order",
    "is_uuid",
    "kind_from",
    "kind_to",
    "new_id",
    "one_line",
    "parse_quantity",
    "read_kind",
]
