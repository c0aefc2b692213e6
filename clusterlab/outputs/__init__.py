"""Typed outputs: what a notebook shows, as data, semantic HTML and an outline in plain text."""

from clusterlab.outputs.base import MIME, Context, Output
from clusterlab.outputs.cluster import ClusterOutputs
from clusterlab.outputs.record import remake
from clusterlab.outputs.types import (
    Box,
    Canvas,
    Column,
    Comparison,
    Difference,
    Fact,
    FindingGroup,
    FindingLine,
    Findings,
    Item,
    Picture,
    Prompted,
    Record,
    Records,
    Reference,
    Row,
    Section,
    Table,
    Title,
)

__all__ = [
    "MIME",
    "Box",
    "Canvas",
    "ClusterOutputs",
    "Column",
    "Comparison",
    "Context",
    "Difference",
    "Fact",
    "FindingGroup",
    "FindingLine",
    "Findings",
    "Item",
    "Output",
    "Picture",
    "Prompted",
    "Record",
    "Records",
    "Reference",
    "Row",
    "Section",
    "Table",
    "Title",
    "remake",
]
