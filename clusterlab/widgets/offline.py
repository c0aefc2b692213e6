"""A canvas as one file: readable without scripts, live with them, without kernel and network.

The file holds the output's HTML twin, the modules and the style of live canvases, and what they
draw from as JSON. Its policy lets it fetch nothing and send nothing. The same board gives the
same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from clusterlab.errors import N_
from clusterlab.model import Board, BoardId, Note
from clusterlab.outputs import Output
from clusterlab.outputs.html import environment
from clusterlab.outputs.present import Presenter
from clusterlab.outputs.words import LABELS
from clusterlab.widgets import assets
from clusterlab.widgets.board import View, note_to
from clusterlab.widgets.spec import spec_of

if TYPE_CHECKING:
    from markupsafe import Markup

#: What the page may do: run its own script, use its own style. Nothing is fetched or sent.
_POLICY = (
    "default-src 'none'; script-src '{script}'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
_NO_SCRIPTS = N_("To write on this page, open it in a browser that runs scripts.")
# What would end a script, or begin what hides its end.
_ENDS = re.compile(r"</script|<!--|<script", re.IGNORECASE)
_INDENT = re.compile(r"^ +", re.MULTILINE)  # no text of the page spans lines
_SPOKEN = re.compile(r"([A-Z]{1,8})([1-9][0-9]{0,14})[a-z]{0,4}")
_JSON = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def offline_page(
    view: View,
    presenter: Presenter,
    output: Output,
    boards: Mapping[BoardId, Board],
    table: Mapping[str, Any],
    *,
    workshop: str,
    limit: int,
) -> str:
    """Make a page of its own from a board.

    Parameters
    ----------
    view
        What it shows.
    presenter
        The cluster's; its language is the page's.
    output
        The same as a typed output: what is read without scripts.
    boards
        The cluster's boards by id with topic "".
    table
        How the page writes its notes as a table, as `exchange.page_table` gives it.
    workshop, limit
        As `spec_of` takes them.

    Returns
    -------
    str
        An HTML document that needs no other file.
    """
    language = presenter.language
    spec = spec_of(view, presenter, workshop=workshop, limit=limit, actor="")
    spec["words"] |= {"ready": spec["words"]["page_ready"], "saved": spec["words"]["page_kept"]}
    sheets = {sheet.version: boards.get(sheet, Board(sheet)) for sheet in view.sheets}
    data: dict[str, Any] = {
        "file": _file_name(view.board),
        "numbering": _numbering(view, sheets),
        "spec": spec,
        "state": _state(view, sheets, boards),
        "table": table,
    }
    digest = hashlib.sha256(_json(data).encode()).hexdigest()[:16]
    data["spec"] = {**spec, "board": {**spec["board"], "key": digest}}
    data["state"]["epoch"] = digest
    script = _script()
    sealed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    template = environment().get_template("offline.html.j2")
    return template.render(
        policy=_POLICY.format(script=f"sha256-{sealed}"),
        output=output.to_json(),
        context=output.context,
        labels={**LABELS, **output.context.labels},
        language=language.tag,
        direction=language.direction,
        no_scripts=language.gettext(_NO_SCRIPTS),
        style=_markup(_INDENT.sub("", assets.style())),
        data=_markup(_json(data)),
        script=_markup(script),
    )


def shown_notes(view: View, boards: Mapping[BoardId, Board]) -> list[Note]:
    """Give the notes that a page shows: nothing else of the workshop goes into its file."""
    found = (boards.get(sheet, Board(sheet)).on(view.board.topic) for sheet in view.sheets)
    return [note for board in found for note in board]


def _state(
    view: View, sheets: Mapping[str, Board], boards: Mapping[BoardId, Board]
) -> dict[str, Any]:
    known = {name for board in boards.values() for name in board.everything}
    return {
        "epoch": "",
        "revision": 0,
        "saved": "",
        "boards": {v: _board(b.on(view.board.topic), known) for v, b in sheets.items()},
        "cited": view.referable(
            (boards[sheet] for sheet in view.cited if sheet in boards), shown_notes(view, boards)
        ),
        "authors": {},
    }


def _board(board: Board, known: set[str]) -> dict[str, list[dict[str, Any]]]:
    """Give the notes that show by place, without what is empty and without who wrote them."""
    places: dict[str, list[dict[str, Any]]] = {}
    for note in board:
        links = [target for target in note.links if target in known]
        facts = {**note_to(note), "author": "", "links": links, "topic": "", "block": ""}
        place = places.setdefault(f"{note.topic}/{note.block}", [])
        place.append({k: v for k, v in facts.items() if v})
    return places


def _numbering(view: View, sheets: Mapping[str, Board]) -> dict[str, Any]:
    """Give what the next spoken ids depend on: numbers of deleted notes are not given again."""
    numbers: dict[str, dict[str, int]] = {}
    for version, board in sheets.items():
        last = numbers.setdefault(version, {})
        for note in board.everything.values():
            if said := _SPOKEN.fullmatch(note.spoken):
                last[said[1]] = max(last.get(said[1], 0), int(said[2]))
    return {"letters": {b.id: b.letter for b in view.kind.blocks}, "numbers": numbers}


def _file_name(board: BoardId) -> str:
    parts: Iterable[str] = (board.cluster, board.canvas, board.version, board.topic)
    plain = (re.sub(r"[^A-Za-z0-9]+", "-", part).strip("-") for part in parts)
    return "-".join(filter(None, plain))[:120] + ".csv"


def _json(data: Mapping[str, Any]) -> str:
    """Write JSON that no page takes for markup, in the same way every time."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return whole.translate(_JSON)


def _script() -> str:
    """Give the page's script.

    Raises
    ------
    ValueError
        Where it holds what would end it early.
    """
    script = "\n" + _INDENT.sub("", assets.script("offline")) + "\n"
    if found := _ENDS.search(script):
        raise ValueError(found[0])
    return script


def _markup(text: str) -> Markup:
    from markupsafe import Markup  # noqa: PLC0415 - comes with Jinja

    return Markup(text)  # noqa: S704 - our own files, and JSON without any sign of markup
