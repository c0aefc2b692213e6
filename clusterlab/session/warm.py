"""Using everything once, so that no notebook of a batch has to be the first."""

from __future__ import annotations

from clusterlab.figures import Bar, BarChart, draw_bars
from clusterlab.language import load
from clusterlab.model import Cluster
from clusterlab.session.workshop import OpenWorkshop
from clusterlab.workshop import Bundle, load_kinds
from clusterlab.workshop.bundle import make_bundle
from clusterlab.workshop.settings import new_settings


def warm() -> None:
    """Open a workshop that exists in memory only, draw each of its canvases, keep nothing.

    What it leaves behind are compiled templates, loaded catalogues and the widths of letters,
    which every notebook of the package needs.
    """
    kinds = load_kinds()
    bundle = make_bundle(new_settings("Warm"), Cluster("warm", "Warm"), kinds, {}, load("en"))
    opened = OpenWorkshop(Bundle(bundle)).cluster()
    opened.title("Warm")._repr_mimebundle_()
    for name in kinds:
        for topic in opened.topics(name) or [""]:
            opened.board(name, topic=topic)._repr_mimebundle_()
    opened.findings()._repr_mimebundle_()
    opened.glossary(*kinds)._repr_mimebundle_()
    opened.credits()._repr_mimebundle_()
    draw_bars(BarChart("Warm", (Bar("Warm", 1, chosen=True), Bar("Warm", 1))), load("en"))
