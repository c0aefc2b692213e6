"""Strategy workshops for cluster organisations: canvases, checked methods, handouts.

Importing this package is cheap: notebooks, documents and widgets load when they are first used.
So do canvases by name: every kind that the package brings has one, such as ``TrendRadar``.
"""

from typing import TYPE_CHECKING, Any, cast

from clusterlab.shared import shared as _shared

if TYPE_CHECKING:
    from clusterlab.session import open_workshop
    from clusterlab.session.named import Opens

__version__ = "0.1.0"
__all__ = ["BusinessModelCanvas", "PriorityMatrix", "__version__", "open_workshop"]
# A kind's file is called as the kind: ``trend-radar.toml`` gives ``TrendRadar``.
__all__ += [
    path.stem.title().replace("-", "")
    for path in _shared("templates", "canvases").glob("*.toml")
    if path.stem[0].isalnum()  # not what editors and systems leave beside a file
]
__all__.sort()


def __getattr__(name: str) -> "Opens":
    if name in __all__:
        from clusterlab import session  # noqa: PLC0415 - keeps the import cheap
        from clusterlab.session import named  # noqa: PLC0415 - likewise

        found: Any = session.open_workshop if name == "open_workshop" else named.opener(name)
        return cast("Opens", found)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
