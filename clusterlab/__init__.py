"""Strategy workshops for cluster organisations: canvases, checked methods, handouts.

Importing this package is cheap: notebooks, documents and widgets load when they are first used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clusterlab.session import open_workshop

__all__ = ["__version__", "open_workshop"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name == "open_workshop":
        from clusterlab.session import open_workshop  # noqa: PLC0415 - keeps the import cheap

        return open_workshop
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
