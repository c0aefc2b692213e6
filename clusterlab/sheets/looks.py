"""How cells look: colours with enough contrast, and one style for each purpose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clusterlab.model.palette import USUAL

INK, SOFT, LINE, QUIET = "#1b2a32", "#4a5a63", "#76848c", "#f4f6f7"
TEAL, BROWN = (f"#{USUAL[name]}" for name in ("development", "financing"))
INPUT, PAPER = "#fffdf2", "#ffffff"
#: Colours that follow those of a workshop, by meaning.
SHADES: Mapping[str, tuple[str, ...]] = {"development": (TEAL,), "financing": (BROWN,)}

#: How cells look, by name; each adds to the first.
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "": {"font_name": "Calibri", "font_size": 11, "valign": "top", "font_color": INK},
    "title": {"font_size": 18, "bold": True, "font_color": TEAL, "valign": "vcenter"},
    "subtitle": {"font_size": 12, "font_color": SOFT},
    "heading": {"font_size": 13, "bold": True, "font_color": TEAL},
    "prose": {"text_wrap": True},
    "soft": {"text_wrap": True, "font_color": SOFT},
    "label": {"bold": True, "text_wrap": True},
    "link": {"font_color": TEAL, "underline": 1},
    "head": {
        "bold": True, "text_wrap": True, "font_color": PAPER, "bg_color": TEAL,
        "border": 1, "border_color": TEAL, "valign": "vcenter", "locked": True,
    },
    "cell": {"text_wrap": True, "border": 1, "border_color": LINE},
    "faint": {"text_wrap": True, "border": 1, "border_color": LINE, "font_color": SOFT},
    "entry": {
        "text_wrap": True, "border": 1, "border_color": LINE, "bg_color": INPUT, "locked": False,
    },
    "number": {
        "text_wrap": True, "border": 1, "border_color": LINE, "font_color": SOFT,
        "bg_color": QUIET, "locked": False,
    },
    "free": {"text_wrap": True, "locked": False},
}  # fmt: skip
