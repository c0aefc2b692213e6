"""Strategy workshops for cluster organisations: canvases, checked methods, handouts.

Importing this package is cheap: notebooks, documents and widgets load when they are first used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clusterlab.session import open_workshop
    from clusterlab.session.named import (
        ActionPlan,
        BusinessModelCanvas,
        Pestel,
        PriorityMatrix,
        SmartGoals,
        Swot,
        Tows,
    )

__all__ = [
    "ActionPlan",
    "BusinessModelCanvas",
    "Pestel",
    "PriorityMatrix",
    "SmartGoals",
    "Swot",
    "Tows",
    "__version__",
    "open_workshop",
]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name in __all__:
        from clusterlab import session  # noqa: PLC0415 - keeps the import cheap
        from clusterlab.session import named  # noqa: PLC0415 - likewise

        return getattr(session if name == "open_workshop" else named, name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
