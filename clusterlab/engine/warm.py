"""Paying once, before forking, what libraries do when they are used for the first time."""

from __future__ import annotations

import io
import sys
import warnings
from typing import Any

#: What to run, as a cell does, where a module is loaded: the first use of what notebooks use most.
CELLS = {
    "IPython.display": """
%time None
""",
    "pandas.io.formats.style": """
import pandas
table = pandas.DataFrame({"number": [1.5, 2.0], "text": ["a", "b"]})
repr(table), table._repr_html_()
table.style.format({"number": "{:.1f}"})._repr_html_()
""",
    "matplotlib.backends.backend_agg": """
import io
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
figure = Figure()
FigureCanvasAgg(figure)
axes = figure.add_subplot(121)
axes.set_title("Wärme", weight="bold")
axes.set_xlabel("x")
figure.colorbar(axes.scatter([1, 2], [1, 2], c=[1, 2]))
axes.annotate("a", (1, 1))
figure.add_subplot(122, projection="polar").fill([0, 1, 2], [0, 1, 1])
figure.savefig(io.BytesIO(), format="png", bbox_inches="tight")
""",
    "clusterlab.session": """
from clusterlab.session.warm import warm
warm()
""",
}


def warm(shell: Any) -> None:
    """Use what was loaded, so that no notebook has to be the first; leaves no trace.

    Parameters
    ----------
    shell
        IPython's shell of the warm process.
    """
    out, err, names = sys.stdout, sys.stderr, dict(shell.user_ns)
    sys.stdout = sys.stderr = io.StringIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            shell.transform_cell("%time 1\n!true\nx?")
            for module, cell in CELLS.items():
                if module in sys.modules:
                    shell.run_cell(cell, store_history=False, silent=True)
    finally:
        sys.stdout, sys.stderr = out, err
        shell.user_ns.clear()
        shell.user_ns.update(names)
