"""The widget: a thin door between a live canvas and its pages in a notebook."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

from clusterlab.language import Language
from clusterlab.model import new_id
from clusterlab.widgets import assets
from clusterlab.widgets.board import LiveBoard, View
from clusterlab.widgets.desk import Desk

_OPEN: dict[tuple[Any, ...], LiveCanvas] = {}


def _current(_: object, widget: LiveCanvas) -> dict[str, Any]:
    """Give the state as it is now, whenever a page or a saved notebook asks for it."""
    return widget.live.snapshot()


class LiveCanvas(anywidget.AnyWidget):
    """One live canvas; every page that shows it is a view of this one model.

    Parameters
    ----------
    desk, view, actor, language
        As `LiveBoard` takes them.
    spec
        What pages draw it from.
    """

    _esm = assets.script("widget")
    _css = assets.style()
    #: Its own id, by which the page finds the whole of it.
    model = traitlets.Unicode().tag(sync=True)
    spec = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True, to_json=_current)

    def __init__(
        self, desk: Desk, view: View, actor: str, language: Language, spec: dict[str, Any]
    ) -> None:
        self.live = LiveBoard(desk, view, actor, language, self.send)
        own = new_id()
        super().__init__(spec=spec, model=own, model_id=own)
        self.on_msg(self._hear)

    def _hear(self, _: object, content: object, __: object) -> None:
        self.live.receive(content)


def live_widget(
    desk: Desk, view: View, actor: str, language: Language, spec: dict[str, Any]
) -> LiveCanvas:
    """Give the widget of a canvas; running a cell again gives the one that is there."""
    key = (id(desk), view.board, view.shape, view.versions, actor, language.tag)
    widget = _OPEN.get(key)
    if widget is None or widget.comm is None:
        widget = _OPEN[key] = LiveCanvas(desk, view, actor, language, spec)
        return widget
    if widget.live.view != view:
        widget.live.show(view)
    if widget.spec != spec:
        widget.spec = spec
    return widget
