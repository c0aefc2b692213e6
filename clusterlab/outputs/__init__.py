"""Typed outputs: what a notebook shows, as data, semantic HTML and an outline in plain text.

What makes them of a cluster's boards stands in `cluster`: who only draws them does without.
"""

from clusterlab.outputs.base import MIME, Context, Output
from clusterlab.outputs.types import (
    Box,
    Canvas,
    Column,
    Comparison,
    Data,
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
    "Column",
    "Comparison",
    "Context",
    "Data",
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
]
