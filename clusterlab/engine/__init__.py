"""The papermill engine ``clusterlab``: notebooks run in processes forked from a warm one.

``papermill in.ipynb out.ipynb --engine clusterlab`` gives what papermill's own engine gives,
without starting Python and importing the same libraries again for every notebook.
"""

from clusterlab.engine.preload import PRELOAD

__all__ = ["PRELOAD"]
