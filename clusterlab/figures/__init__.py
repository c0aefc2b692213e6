"""Pictures of results, as SVG with a description; matplotlib draws them."""

from clusterlab.figures.fullness import FullnessRow, draw_fullness

__all__ = ["FullnessRow", "draw_fullness"]
