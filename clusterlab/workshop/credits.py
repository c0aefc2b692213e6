"""Who stands behind a workshop, as ``workshop.toml`` says: organisations, never participants."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from clusterlab.errors import N_

_Refuse = Callable[[str, str, object], NoReturn]


@dataclass(frozen=True, slots=True)
class Credits:
    """What documents say of who made a workshop possible; what is empty is left out.

    Parameters
    ----------
    organiser, facilitator
        Organisations that invite to the workshop and that lead through it.
    partners
        Further organisations.
    funding
        The line that a funding programme asks for.
    """

    organiser: str = ""
    facilitator: str = ""
    partners: tuple[str, ...] = ()
    funding: str = ""


def read_credits(raw: Any, refuse: _Refuse) -> Credits:
    """Take credits as TOML and bundles hold them.

    Parameters
    ----------
    refuse
        Raises: is given the key, what was expected and what came.
    """
    if not isinstance(raw, Mapping):
        refuse("credits", N_("a table such as organiser = “…”"), raw)
    for key, value in raw.items():
        if key not in Credits.__dataclass_fields__:
            refuse(f"credits.{key}", N_("left out: this key is not known"), value)
        if key == "partners":
            if not isinstance(value, list | tuple) or not all(isinstance(v, str) for v in value):
                refuse(f"credits.{key}", N_("a list of texts"), value)
        elif not isinstance(value, str):
            refuse(f"credits.{key}", N_("a text"), value)
    return Credits(**{**raw, "partners": tuple(raw.get("partners", ()))})
