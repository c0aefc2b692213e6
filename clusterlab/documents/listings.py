"""Outputs as lists: what a spreadsheet shows of each, a row for every note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from clusterlab.language import Language
from clusterlab.outputs.words import legend_lines, twin_lines

Value = str | float | date | None
_Output = Mapping[str, Any]
_Item = Mapping[str, Any]

_WIDE = 48.0
_NARROW, _MIDDLE = 9.0, 26.0
#: How signed numbers and shares look in cells, beside plain ones.
_WHOLE, _PART = "#,##0", "#,##0.0##"
_SIGNED = "+#,##0.###;-#,##0.###;0"
_SHARE = "0%"


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its label, whether it holds sentences, and whether it may hold numbers and days."""

    label: str
    wide: bool = False
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """Which columns of a list a chart is made of; see `sheets.Chart`."""

    kind: str
    values: tuple[int, ...]
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as a sheet shows it.

    Parameters
    ----------
    title, subtitle, summary
        What stands above it.
    alt
        The whole in a sentence, for screen readers.
    heads, rows
        Its columns and rows; numbers are numbers, days are days.
    forms
        Number formats by row and column, for those that need one.
    empty
        What stands in place of rows.
    notes
        What stands below it.
    chart
        Which chart belongs to it.
    """

    title: str
    alt: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Value, ...], ...]
    forms: Mapping[tuple[int, int], str] = field(default_factory=dict)
    subtitle: str = ""
    summary: str = ""
    empty: str = ""
    notes: tuple[str, ...] = ()
    chart: Drawn | None = None

    def widths(self) -> list[float]:
        """Give the widths of its columns, in characters."""
        found = []
        for column, head in enumerate(self.heads):
            texts = [str(row[column] or "") for row in self.rows]
            longest = max(map(_longest, texts), default=0)
            word = max(map(len, head.label.split()), default=0)
            most = _WIDE if head.wide or longest > 2 * _MIDDLE else _MIDDLE
            least = _WIDE if head.wide else max(_NARROW, min(word + 5.0, _MIDDLE))
            found.append(min(max(least, longest * 1.08 + 2), most))
        return found


def _longest(text: str) -> int:
    """Count the characters of a text's longest line."""
    return max(map(len, text.split("\n"))) if "\n" in text else len(text)


def listing(output: _Output, words: Mapping[str, str], language: Language) -> Listing | None:
    """Give an output as a list; ``None`` for openings, and sections without facts.

    Parameters
    ----------
    output
        A typed output's JSON.
    words
        The document's labels, by key.
    language
        In which its cells were written.
    """
    make = _LISTS.get(str(output.get("type")))
    if make is None or (make is _section and not output.get("facts")):
        return None
    heads, rows, more = make(output, words)
    typed, forms = _typed(heads, rows, language)
    footnotes = (f"{f['label']} {f['value']}" for f in output.get("footnotes", ()))
    said = more.pop("said", ())
    facts = {
        "title": str(output.get("title", "")),
        "alt": str(output.get("alt", "")),
        "subtitle": str(output.get("subtitle") or ""),
        "summary": str(output.get("summary") or ""),
        "empty": words["empty"],
        "notes": (*said, *footnotes),
    }
    return Listing(heads=tuple(heads), rows=typed, forms=forms, **{**facts, **more})


# -- what each output is as a list -----------------------------------------------------------------

_Made = tuple[list[Head], list[list[Value]], dict[str, Any]]


def _canvas(output: _Output, words: Mapping[str, str]) -> _Made:
    boxes = [(b["group"], b["label"], b["items"]) for b in output["boxes"]]
    if output["unplaced"]:
        boxes.append(("", words["unplaced"], output["unplaced"]))
    shape = _shape([item for _, _, held in boxes for item in held])
    grouped = any(group for group, _, _ in boxes)
    first = [Head(words["group"])] if grouped else []
    heads = [*first, Head(words["block"]), *_item_heads(shape, words)]
    rows: list[list[Value]] = []
    for group, label, held in boxes:
        lead: list[Value] = [group, label] if grouped else [label]
        rows += [[*lead, *_cells(item, shape)] for item in held]
        if not held:
            rows.append([*lead, "", words["empty"], *[""] * (len(heads) - len(lead) - 2)])
    return heads, rows, {}


def _records(output: _Output, words: Mapping[str, str]) -> _Made:
    records = output["records"]
    labels = [f["label"] for f in output["blank"]]
    shape = _shape([record["item"] for record in records])
    fields = [Head(f["label"], bool(f["wide"]), typed=True) for f in output["blank"]]
    own = _item_heads(shape, words, output["text_label"])
    missing = [Head(words["missing"], wide=True)] if any(r["missing"] for r in records) else []
    heads = [*own[:2], *fields, *own[2:], *missing]
    rows = []
    for record in records:
        values = {f["label"]: f["value"] for f in record["fields"]}
        cells = _cells(record["item"], shape)
        between = [values.get(label, "") for label in labels]
        lacks = ["\n".join(record["missing"])] if missing else []
        rows.append([*cells[:2], *between, *cells[2:], *lacks])
    return heads, rows, {"empty": output["prompt"] or words["empty"]}


def _table(output: _Output, words: Mapping[str, str]) -> _Made:
    items = [row["item"] for row in output["rows"]]
    own = [Head(c["label"], bool(c["wide"]), typed=n > 1) for n, c in enumerate(output["columns"])]
    shape = _shape(items)
    more = _item_heads(shape, words)[2:]
    # The second cell of a row is the note's text, which may carry a mark.
    rows = [[*row["cells"], *_cells(row["item"], shape)[2:]] for row in output["rows"]]
    for row, item in zip(rows, items, strict=True):
        if item["mark"] and row[1] == item["text"]:
            row[1] = f"{row[1]} {item['mark']}"
    return [*own, *more], rows, {"empty": output["prompt"] or words["empty"]}


def _comparison(output: _Output, words: Mapping[str, str]) -> _Made:
    parts = ("kept", "added", "dropped")
    said = [f"{w['value']} {w['label']}" for w in output["words"]]
    shape = _shape([i for block in output["blocks"] for part in parts for i in block[part]])
    heads = [Head(words["block"]), Head(words["change"]), *_item_heads(shape, words)]
    rows: list[list[Value]] = [
        [block["label"], word, *_cells(item, shape)]
        for block in output["blocks"]
        for part, word in zip(parts, said, strict=True)
        for item in block[part]
    ]
    return heads, rows, {"subtitle": f"{output['before']} → {output['after']}"}


def _findings(output: _Output, words: Mapping[str, str]) -> _Made:
    names = ("severity", "place", "finding", "suggestion", "source", "rule")
    heads = [Head(words[n], wide=n in {"finding", "suggestion"}) for n in names]
    rows: list[list[Value]] = [
        [g["word"], g["place"], line, g["suggestion"], g["source"], g["id"]]
        for g in output["groups"]
        for line in g["lines"]
    ]
    return heads, rows, {"summary": output["text"], "empty": output["text"]}


def _picture(output: _Output, words: Mapping[str, str]) -> _Made:
    told, signs = twin_lines(output), legend_lines(output)
    more: dict[str, Any] = {"summary": output["alt"]}
    if signs:
        signs = [f"{words['legend']}:", *signs]
    data = output.get("data")
    if data and data["rows"]:
        # What the rows do not say yet.
        known = tuple(str(row[0]) for row in data["rows"] if row[0])
        more["said"] = [*(line for line in told if not line.startswith(known)), *signs]
        heads = [Head(label) for label in data["columns"]]
        rows = [[_day(cell) for cell in row] for row in data["rows"]]
        values = tuple(data["drawn"])
        if data["chart"] and all(any(row[n] is not None for row in rows) for n in values[:1]):
            more["chart"] = Drawn(data["chart"], values, data["low"], data["high"])
        return heads, rows, more
    lines: list[list[Value]] = [[line] for line in told]
    more |= {"empty": output["alt"], "said": signs}
    return [Head(words["as_text"], wide=True)], lines, more


def _section(output: _Output, words: Mapping[str, str]) -> _Made:
    said = ((f["label"], [f["value"], f["note"]]) for f in output["facts"])
    rows: list[list[Value]] = [[label, "\n".join(filter(None, text))] for label, text in said]
    heads = [Head(words["fact"]), Head(words["text"], wide=True)]
    return heads, rows, {"summary": output["text"], "alt": output["title"]}


_LISTS = {
    "section": _section,
    "canvas": _canvas,
    "records": _records,
    "table": _table,
    "comparison": _comparison,
    "findings": _findings,
    "picture": _picture,
}


@dataclass(frozen=True, slots=True)
class _Shape:
    """What any of some notes has: labels of fields, and names of what else."""

    fields: tuple[str, ...]
    more: tuple[str, ...]


def _shape(items: Sequence[_Item]) -> _Shape:
    labels = dict.fromkeys(d["label"] for item in items for d in item["details"])
    return _Shape(
        tuple(labels), tuple(held for held in _MORE.values() if any(i[held] for i in items))
    )


def _item_heads(shape: _Shape, words: Mapping[str, str], note: str = "") -> list[Head]:
    """Give the columns of notes: number and text, then what any of them has."""
    heads = [Head(words["number"]), Head(note or words["note"], wide=True)]
    heads += [Head(label, typed=True) for label in shape.fields]
    heads += [Head(words[key]) for key, held in _MORE.items() if held in shape.more]
    return heads


#: Label and name of what a note may have besides its fields.
_MORE = {"tags": "tags", "refers_to": "links", "alternative": "alternatives"}


def _cells(item: _Item, shape: _Shape) -> list[Value]:
    """Give a note's cells in the order of `_item_heads`."""
    details = {d["label"]: d["value"] for d in item["details"]}
    told = {
        "tags": ", ".join(item["tags"]),
        "links": ", ".join(link["spoken"] for link in item["links"]),
        "alternatives": "\n".join(f"{a['label']}: {a['value']}" for a in item["alternatives"]),
    }
    text = f"{item['text']} {item['mark']}" if item["mark"] else item["text"]
    fields = (details.get(label, "") for label in shape.fields)
    return [item["spoken"], text, *fields, *(told[held] for held in shape.more)]


def _day(cell: Any) -> Value:
    """Give a cell of a picture's data, in which days are texts."""
    if not isinstance(cell, str):
        return cell  # type: ignore[no-any-return]  # JSON has no other values here
    try:
        return date.fromisoformat(cell) if len(cell) == len("2026-11-20") else cell
    except ValueError:
        return cell


# -- numbers and days ------------------------------------------------------------------------------


def _typed(
    heads: Sequence[Head], rows: Sequence[Sequence[Value]], language: Language
) -> tuple[tuple[tuple[Value, ...], ...], dict[tuple[int, int], str]]:
    """Give numbers and days as such where their column may hold some, with number formats.

    A column's numbers stay text where it also holds what is none: they are names then, or
    references.
    """
    made = [list(row) for row in rows]
    forms: dict[tuple[int, int], str] = {}
    for column, head in enumerate(heads):
        if not head.typed:
            for number, row in enumerate(made):
                if isinstance(row[column], int | float):
                    forms[number, column] = _form(row[column])
            continue
        texts = [str(row[column] or "") for row in rows]
        read = _numbers(texts, language)
        for number, found in read.items():
            made[number][column], forms[number, column] = found
        if read:
            continue
        for number, text in enumerate(texts):
            made[number][column] = language.read_date(text) or text
    return tuple(map(tuple, made)), forms


def _numbers(texts: Sequence[str], language: Language) -> dict[int, tuple[float, str]]:
    """Read a column by row; nothing where one of its cells holds what is no number."""
    read: dict[int, tuple[float, str]] = {}
    for number, text in enumerate(texts):
        if text:
            found = _number(text, language.tag)
            if found is None:
                return {}
            read[number] = found
    return read


@lru_cache(maxsize=4096)
def _number(text: str, tag: str) -> tuple[float, str] | None:
    """Read a number, a difference with its sign or a share, and say how it looks.

    Parameters
    ----------
    tag
        Of the language in which it is written.
    """
    language = _language(tag)
    if text.endswith("%"):
        share = language.read_number(text[:-1].rstrip(" \u00a0\u202f"))
        return None if share is None else (share / 100, _SHARE)
    if text.startswith("+"):
        ahead = language.read_number(text[1:])
        return None if ahead is None else (ahead, _SIGNED)
    found = language.read_number(text)
    return None if found is None else (found, _form(found))


@lru_cache(maxsize=64)
def _language(tag: str) -> Language:
    return Language(tag, {})


def _form(number: Any) -> str:
    return _WHOLE if float(number).is_integer() else _PART
