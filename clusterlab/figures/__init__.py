"""Pictures of results, as SVG with a description; matplotlib draws them."""

from clusterlab.figures.fullness import MOST_ROWS, FullnessRow, draw_fullness

__all__ = ["MOST_ROWS", "FullnessRow", "draw_fullness"]
