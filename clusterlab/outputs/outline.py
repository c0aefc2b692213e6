"""The text twin: an output as an outline that reads well aloud, in a mail and in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clusterlab.outputs.words import LABELS, legend_lines


def render(output: dict[str, Any]) -> str:
    """Write an output's typed data as an outline in plain text."""
    lines = [output["title"], "=" * min(len(output["title"]), 60)]
    lines += [output[key] for key in ("subtitle", "summary", "text") if output.get(key)]
    lines += _BODIES[output["type"]](output)
    lines += [f"\n{note['label']} {note['value']}" for note in output.get("footnotes", ())]
    return "\n".join(lines) + "\n"


def _item(item: dict[str, Any], indent: str = "  ") -> Iterator[str]:
    head = f"{item['spoken']} " if item["spoken"] else ""
    mark = f" {item['mark']}" if item["mark"] else ""
    first, *rest = f"{item['text']}{mark}".split("\n")
    yield f"{indent}- {head}{first}"
    below = indent + "    "
    yield from (below + line for line in rest)
    yield from (f"{below}{d['label']}: {d['value']}" for d in item["details"])
    if item["links"]:
        yield below + "→ " + ", ".join(link["spoken"] for link in item["links"])
    if item["tags"]:
        yield below + " ".join(f"#{tag}" for tag in item["tags"])
    yield from (f"{below}{a['label']}: {a['value']}" for a in item["alternatives"])


def _items(items: list[dict[str, Any]]) -> Iterator[str]:
    for item in items:
        yield from _item(item)


def _facts(output: dict[str, Any]) -> Iterator[str]:
    for fact in output.get("facts", ()):
        note = f" ({fact['note']})" if fact["note"] else ""
        yield f"{fact['label']}: {fact['value']}{note}"


def _boxes(output: dict[str, Any]) -> Iterator[str]:
    for box in output["boxes"]:
        yield f"\n{box['label']}"
        yield from _items(box["items"]) if box["items"] else [f"  ({box['prompt']})"]
    if output["unplaced"]:
        yield "\n" + output["context"]["labels"].get("unplaced", "")
        yield from _items(output["unplaced"])


def _records(output: dict[str, Any]) -> Iterator[str]:
    for record in output["records"]:
        yield ""
        yield from _item(record["item"], "")
        yield from (f"    {f['label']}: {f['value']}" for f in record["fields"] if f["value"])
        yield from (f"    ! {missing}" for missing in record["missing"])
    if not output["records"]:
        yield f"({output['prompt']})"
        yield from (f"  {f['label']}: ({f['help']})" for f in output["blank"])


def _table(output: dict[str, Any]) -> Iterator[str]:
    for row in output["rows"]:
        yield ""
        yield from _item(row["item"], "")
        pairs = zip(output["columns"], row["cells"], strict=True)
        yield from (f"    {c['label']}: {cell}" for c, cell in list(pairs)[2:] if cell)
    if not output["rows"]:
        yield f"({output['prompt']})"


def _comparison(output: dict[str, Any]) -> Iterator[str]:
    yield f"{output['before']} → {output['after']}"
    for block in output["blocks"]:
        parts = [(word, block[key]) for word, key in _words(output) if block[key]]
        if parts:
            yield f"\n{block['label']}"
        for word, items in parts:
            yield f" {word['value']} {word['label']}"
            yield from _items(items)


def _words(output: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    return list(zip(output["words"], ("kept", "added", "dropped"), strict=True))


def _findings(output: dict[str, Any]) -> Iterator[str]:
    for group in output["groups"]:
        yield f"\n{group['word']} · {group['place']}"
        yield from (f"  - {line}" for line in group["lines"])
        if group["suggestion"]:
            yield f"  → {group['suggestion']}"


def _signs(output: dict[str, Any]) -> Iterator[str]:
    if signs := legend_lines(output):
        yield "\n" + output["context"]["labels"].get("legend", LABELS["legend"])
        yield from (f"  - {sign}" for sign in signs)


_BODIES = {
    "title": _facts,
    "section": _facts,
    "canvas": _boxes,
    "records": _records,
    "table": _table,
    "comparison": _comparison,
    "findings": _findings,
    "picture": _signs,
}
