"""What stands in office documents for each kind of output: paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clusterlab.documents.measure import Size
from clusterlab.documents.texts import (
    Grid,
    Para,
    Run,
    detail_paras,
    field_paras,
    finding_paras,
    footnote_paras,
    markdown_paras,
    note_paras,
    para,
    record_rows,
    run,
    text_paras,
)

#: A row of a table: its cells, each of some paragraphs.
Row = Sequence[Sequence[Para]]
#: Sizes of text on slides.
PLAIN, SMALL = Size(14.0), Size(11.0)
_SUMMARY = Size(12.0)
# A table's text gets this many shares of the room, other wide columns fewer, narrow ones one.
_TEXT, _WIDE = 4.0, 2.6
_WRITING = 30.0  # height of a row to write in
_BLANK_ROWS = 8


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Paragraphs."""

    paras: tuple[Para, ...]
    size: Size = PLAIN


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table; its header, where it has one, comes again on every slide.

    Parameters
    ----------
    shares
        Widths of the columns; they are stretched to what there is.
    alt
        What it shows, for people who cannot see it.
    together
        Whether it would rather begin on a new slide than be divided.
    least
        Least height of a row: rows that people write into need more.
    heights
        Of its header and its rows, at its size and shares, where they are known already.
    """

    name: str
    alt: str
    shares: tuple[float, ...]
    rows: tuple[Row, ...]
    header: Row | None = None
    size: Size = SMALL
    together: bool = False
    least: float = 0.0
    heights: tuple[float, ...] = ()


Block = TextBlock | TableBlock


def cell(text: str, **style: object) -> list[Para]:
    """Give a cell of plain text."""
    lines = str(text).split("\n")
    return [Para((run(line, **style),)) for line in lines if line.strip()] or [Para((Run(""),))]


def summary(data: Mapping[str, Any]) -> list[TextBlock]:
    """Give what an output is for, and its footnotes."""
    paras = text_paras(data.get("summary", ""), tone="grey") + footnote_paras(data)
    return [TextBlock(tuple(paras), _SUMMARY)] if paras else []


def table_blocks(data: Mapping[str, Any]) -> list[Block]:
    """Give a table of notes; one without notes has rows to write in."""
    columns = data["columns"]
    blank = not data["rows"]

    def head(column: Mapping[str, Any]) -> list[Para]:
        help_ = column["help"] or (data.get("prompt", "") if column["id"] == "text" else "")
        more = [Para((run(help_, italic=True, tone="grey"),), "small")] if blank and help_ else []
        return [*cell(column["label"], bold=True), *more]

    def filled(row: Mapping[str, Any]) -> list[list[Para]]:
        cells = []
        for column, text in zip(columns, row["cells"], strict=True):
            match column["id"]:
                case "spoken":
                    cells.append(cell(text, bold=True, tone="development"))
                case "text":
                    mark = f"\u00a0{row['item']['mark']}" if row["item"]["mark"] else ""
                    more = {**row["item"], "details": ()}
                    cells.append([*cell(text + mark), *map(_small, detail_paras(more))])
                case _:
                    cells.append(cell(text))
        return cells

    rows = [[cell("") for _ in columns]] * _BLANK_ROWS if blank else map(filled, data["rows"])
    block = TableBlock(
        data["title"],
        data["alt"],
        tuple(_share(column) for column in columns),
        tuple(rows),
        [head(column) for column in columns],
        least=_WRITING if blank else 0.0,
    )
    return [*summary(data), block]


def _share(column: Mapping[str, Any]) -> float:
    if column["id"] == "spoken":
        return 0.5
    return _TEXT if column["id"] == "text" else _WIDE if column["wide"] else 1.0


def _small(one: Para) -> Para:
    return one._replace(kind="small") if one.kind == "detail" else one


def record_blocks(data: Mapping[str, Any], labels: Mapping[str, str]) -> list[Block]:
    """Give each form as a table of what is asked and what was written."""
    blocks: list[Block] = [*summary(data)]
    for record in data["records"]:
        item = record["item"]
        mark = f"\u00a0{item['mark']}" if item["mark"] else ""
        title = [Para((run(item["text"] + mark, bold=True),)), *map(_small, detail_paras(item))]
        blocks.append(
            TableBlock(
                item["spoken"] or data["title"],
                f"{data['title']}: {item['spoken']} {item['text']}",
                (1.0, 3.6),
                tuple(record_rows(record, labels)),
                [cell(item["spoken"], bold=True, tone="development"), title],
                together=True,
            )
        )
    if not data["records"]:
        prompt = [Para((run(data["prompt"], italic=True, tone="grey"),))] if data["prompt"] else []
        rows = tuple([cell(f["label"], bold=True), field_paras(f)] for f in data["blank"])
        head = [cell(data["text_label"], bold=True), prompt]
        name, alt = data["title"], data["alt"]
        blocks.append(TableBlock(name, alt, (1.0, 3.0), rows, head, least=_WRITING))
    return blocks


def comparison_blocks(data: Mapping[str, Any], labels: Mapping[str, str]) -> list[Block]:
    """Give what two versions differ in, block by block."""
    keys = ("kept", "added", "dropped")
    full = [block for block in data["blocks"] if any(block[key] for key in keys)]
    empty = [block["label"] for block in data["blocks"] if block not in full]
    words = [cell(f"{w['value']} {w['label']}", bold=True) for w in data["words"]]
    header = [cell(f"{data['before']} → {data['after']}", bold=True), *words]
    rows = [
        [
            cell(block["label"], bold=True, tone=block["accent"]),
            *([line for item in block[key] for line in note_paras(item)] for key in keys),
        ]
        for block in full or data["blocks"]
    ]
    # A column that nobody needs takes no more room than its heading.
    used = [2.0 if not full or any(block[key] for block in full) else 0.7 for key in keys]
    table = TableBlock(
        data["title"],
        data["alt"],
        (1.2, *used),
        tuple(rows),
        header,
        least=0.0 if full else _WRITING,
    )
    rest: list[Block] = []
    if full and empty:
        text = f"{labels['empty']}: {' · '.join(empty)}"
        rest.append(TextBlock((para(text, tone="grey"),), SMALL))
    return [*summary(data), table, *rest]


def finding_blocks(data: Mapping[str, Any], labels: Mapping[str, str]) -> list[Block]:
    """Give what the rules found, the most pressing first as they come."""
    blocks: list[Block] = [TextBlock(tuple(text_paras(data["text"])), _SUMMARY)]
    if data["groups"]:
        words = [labels[key] for key in ("severity", "place", "found")]
        rows = [
            [
                cell(group["word"], bold=group["severity"] == "error", tone=_pressing(group)),
                cell(group["place"]),
                finding_paras(group, labels),
            ]
            for group in data["groups"]
        ]
        header = [cell(word, bold=True) for word in words]
        shares = (1.0, 1.6, 6.0)
        blocks.append(TableBlock(data["title"], data["alt"], shares, tuple(rows), header))
    return [block for block in blocks if not isinstance(block, TextBlock) or block.paras]


def _pressing(group: Mapping[str, Any]) -> str:
    return "financing" if group["severity"] == "warning" else "ink"


def markdown_blocks(nodes: Iterable[Mapping[str, Any]], name: str) -> list[Block]:
    """Give markdown: paragraphs together, tables for themselves."""
    blocks: list[Block] = []
    paras: list[Para] = []

    def done() -> None:
        if paras:
            blocks.append(TextBlock(tuple(paras)))
            paras.clear()

    for found in markdown_paras(nodes):
        if isinstance(found, Grid):
            done()
            blocks.append(_grid(found, name))
        else:
            paras.append(found)
    done()
    return blocks


def _grid(grid: Grid, name: str) -> TableBlock:
    rows = [grid.header, *grid.rows] if not any(grid.header) else list(grid.rows)
    header = _cells(grid.header, bold=True) if any(grid.header) else None
    count = max(map(len, [grid.header, *grid.rows]))
    filled = tuple(_cells(row, count=count) for row in rows)
    if header:
        header += [cell("")] * (count - len(header))
    words = ["".join(run.text for run in head) for head in grid.header]
    alt = f"{name}: {', '.join(filter(None, words)) or len(rows)}"
    return TableBlock(name, alt, (1.0,) * count, filled, header)


def _cells(row: Sequence[Any], *, bold: bool = False, count: int = 0) -> list[list[Para]]:
    cells = [[Para(tuple(run._replace(bold=run.bold or bold) for run in runs))] for runs in row]
    return cells + [cell("")] * (count - len(cells))
