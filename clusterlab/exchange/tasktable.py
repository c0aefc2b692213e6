"""Lists of tasks in their many shapes: as project programs export them and textbooks print them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import zip_longest

from clusterlab.errors import Message
from clusterlab.exchange.columns import plain
from clusterlab.methods.dependencies import length
from clusterlab.methods.tasklist import nothing, written_days
from clusterlab.model import one_line
from clusterlab.sheets import Cell, Sheet

#: What each column may be called: in English, German, French and Spanish editions, and by hand.
_HEADERS = {
    "name": "task-name name vorgangsname nom-de-la-tâche nom nombre-de-tarea nombre description "
    "activity-name activity-description task-description job-description beschreibung bezeichnung "
    "vorgangsbeschreibung désignation libellé descripción descrizione work-item",
    "id": "id nr no no. n° number nummer nr. # task-id activity-id code activity-code ref kürzel "
    "job-no. job-no job-number task-no. task-no task-number activity-no. activity-no "
    "activity-number vorgangsnummer",
    "label": "activity activities task tasks job jobs step item vorgang vorgänge aktivität "
    "tätigkeit arbeitspaket tâche tâches opération actividad tarea attività activiteit taak",
    "unique": "unique-id eindeutige-nr. eindeutige-nr n°-unique id.-único",
    "duration": "duration estimated-duration dauer durée duración durata duur dur dur. time "
    "activity-time expected-time expected-duration estimated-time normal-time original-duration "
    "completion-time te t durée-des-tâches durée-de-la-tâche duration-time days weeks tage wochen",
    "after": "predecessors predecessor pred pred. preds immediate-predecessors "
    "immediate-predecessor preceding-activity preceding-activities immediately-preceding-activity "
    "preceding-task preceding-tasks preceding-job preceded-by follows waits-for depends-on "
    "dependency dependencies dependent-on prerequisite prerequisites pre-requisites must-follow "
    "after predecessor-activity predecessor-task predecessor-activities vorgänger "
    "direkte-vorgänger prédécesseur prédécesseurs antériorité antériorités tâches-antérieures "
    "tâche-antérieure tâches-précédentes tâche-précédente predecesoras predecesora precedencia "
    "predecessori voorgangers",
    "next": "successors successor immediate-successors immediate-successor succeeding-activity "
    "succeeding-activities followed-by nachfolger successeurs tâches-postérieures sucesoras",
    "relation": "relationship relation type link-type relationship-type dependency-type beziehung "
    "anordnungsbeziehung",
    "lag": "lag lag-time lead/lag abstand zeitabstand",
    "from": "i from tail start-node tail-event start-event from-node initial-node",
    "to": "j to head end-node head-event end-event to-node final-node",
    "low": "o to a opt opt. best-case minimum",
    "likely": "m tm norm. likely realistic wahrscheinlich",
    "high": "p tp b pess pess. worst-case maximum",
    "resource": "resource-names resources resource ressourcennamen ressourcen noms-ressources "
    "nombres-de-los-recursos",
    "effort": "work arbeit travail trabajo",
    "deadline": "deadline stichtag échéance fecha-límite",
    "milestone": "milestone meilenstein jalon hito",
    "level": "outline-level gliederungsebene niveau-hiérarchique nivel-de-esquema",
    "outline": "wbs outline-number psp-code gliederungsnummer code-wbs edt",
    "start": "start anfang début comienzo start-date",
    "finish": "finish ende fin finish-date end",
}
#: How the heads of three estimates begin, whatever follows: “Most likely estimate (m)”.
_ESTIMATES = {"optimisti": "low", "most-likely": "likely", "most-probable": "likely"}
_ESTIMATES |= {"pessimisti": "high"}
#: What says of a head that no list above knows what stands below: “Immediate predecessor tasks”.
_PARTS = {"predecessor": "after", "preced": "after", "depend": "after", "prerequisit": "after"}
_PARTS |= {"vorgänger": "after", "antéri": "after", "prédécesseur": "after", "précéd": "after"}
_PARTS |= {"successor": "next", "nachfolger": "next", "successeur": "next"}
_PARTS |= {"duration": "duration", "dauer": "duration", "durée": "duration"}
_NAMES: dict[str, list[str]] = {}
for _column, _heads in _HEADERS.items():
    for _head in _heads.split():
        _NAMES.setdefault(_head, []).append(_column)
_UNIT = re.compile(r"(?:[\s,/-]*[(\[]([^()\[\]]*)[)\]]|-(?:in|en)-([^\W\d_]+)|[,/]-?([^\W\d_]+))$")
_IN_UNITS = frozenset({"days", "weeks", "tage", "wochen"})
#: One of these beside a name makes a table a list of tasks.
_TELLING = frozenset({"duration", "after", "next", "likely", "level", "outline"})
_THREE = ("low", "likely", "high")
_ARROW = re.compile(r"\(?\s*([^\s,()-]+)\s*(?:[-–—→,]|->|to)\s*([^\s,()-]+)\s*\)?")
#: Above a table, a file may say what it is.
_TITLES = 8


def task_table(sheet: Sheet) -> tuple[Sheet, dict[str, int], AbstractSet[int]] | None:
    """Bring a list of tasks into one shape; ``None`` for any other table.

    Titles above the table are passed over; one with a task in each column is turned. A row that
    only names what comes before belongs to the task above it; relations and lags in columns of
    their own are put behind what comes before. What follows a task is turned round; of tasks that
    are called by the events between which they lie, each follows those that end where it begins. A
    duration of three estimates is (o + 4 m + p) / 6, as PERT has it.

    Returns
    -------
    tuple of Sheet, dict, set, or None
        The list, where each column of it stands, and the columns of the file that were used.
    """
    for skipped in range(min(_TITLES, len(sheet.rows) + 1)):
        found = _below(sheet, skipped)
        columns = _columns(found.header)
        if "text" in columns:
            return None
        if _tells(columns):
            found, columns = _two_heads(found, columns)
            return _shaped(found, columns)
    turned = _on_its_side(sheet)
    columns = _columns(turned.header)
    return _shaped(turned, columns) if _tells(columns) else None


def _tells(columns: Mapping[str, int]) -> bool:
    """Tell whether columns are those of a list of tasks."""
    return ("name" in columns or "from" in columns) and not _TELLING.isdisjoint(columns)


def _two_heads(sheet: Sheet, columns: dict[str, int]) -> tuple[Sheet, dict[str, int]]:
    """Join a second row of heads to the first: below “Time estimates”, a, m and b."""
    cells = sheet.rows[0][1] if sheet.rows else ()
    if not cells or _text(cells, columns, "name"):
        return sheet, columns
    own = [one_line(c) if isinstance(c, str) else "" for c in cells]
    both = zip_longest(own, sheet.header, fillvalue="")
    header = tuple(below or above for below, above in both)
    joined = _columns(header)
    if len(joined) <= len(columns):
        return sheet, columns
    return replace(sheet, header=header, rows=sheet.rows[1:]), joined


def _on_its_side(sheet: Sheet) -> Sheet:
    """Turn a table in which each task is a column; its rows are then numbered as its columns."""
    across = len(sheet.header)
    lines = [sheet.header, *(cells[:across] for _, cells in sheet.rows)]
    header = tuple(line[0] if isinstance(line[0], str) else "" for line in lines)
    rows = [(n + 1, tuple(line[n] for line in lines)) for n in range(1, across)]
    return replace(sheet, header=header, rows=rows)


def measured(head: str) -> str:
    """Give the unit in a header such as “Duration (weeks)” or “Weeks”, "" for none."""
    name = plain(one_line(head))
    match = _UNIT.search(name)
    unit = next(filter(None, match.groups()), "") if match else name if name in _IN_UNITS else ""
    return "" if isinstance(length(f"1 {unit}"), Message) else unit


def _below(sheet: Sheet, skipped: int) -> Sheet:
    """Give a table whose header stands so many rows lower."""
    if not skipped:
        return sheet
    _, cells = sheet.rows[skipped - 1]
    header = tuple(cell if isinstance(cell, str) else "" for cell in cells)
    rows = [(n, (*row, *[""] * (len(header) - len(row)))) for n, row in sheet.rows[skipped:]]
    return replace(sheet, header=header, rows=rows)


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Find the columns of a list of tasks."""
    heads = [plain(one_line(head)) for head in header]
    if "text" in heads:
        return {"text": heads.index("text")}
    found: dict[str, int] = {}
    for kinds in (_known, _likely):  # what a list above knows comes first
        for index, head in enumerate(heads):
            name = next((n for n in kinds(head) if n not in found), "")
            if name and index not in found.values():
                found[name] = index
    _together(found)
    label = found.pop("label", None)
    if label is not None:
        found.setdefault("name" if "id" in found else "id", label)
    if "id" in found:
        # Textbooks call tasks A, B and C, and often nothing else.
        found.setdefault("name", found["id"])
    return found


def _together(found: dict[str, int]) -> None:
    """Leave out columns that mean something only beside others, as single letters do."""
    if "from" not in found and "to" in found:
        found["low"] = found.pop("to")  # the optimistic time, beside tm and tp
    for names in (_THREE, ("from", "to")):
        if not found.keys() >= {*names}:
            for name in names:
                found.pop(name, None)


def _known(head: str) -> list[str]:
    estimates = [column for start, column in _ESTIMATES.items() if head.startswith(start)]
    return estimates or _NAMES.get(head) or _NAMES.get(_UNIT.sub("", head)) or []


def _likely(head: str) -> list[str]:
    if head.startswith(("unique", "wbs")):  # columns of project programs with other numbers
        return []
    return [column for part, column in _PARTS.items() if part in head]


def _shaped(
    sheet: Sheet, columns: dict[str, int]
) -> tuple[Sheet, dict[str, int], AbstractSet[int]]:
    said = {_text(row, columns, "relation") for _, row in sheet.rows}
    if not all(_RELATION.fullmatch(text) or nothing(text) for text in said):
        columns.pop("relation", None)  # project programs head other things with “Type” as well
    used = set(columns.values())
    whole = len(sheet.header)
    sheet = _gathered(sheet, columns)
    if "from" in columns and "name" not in columns:
        ends = [(_text(row, columns, "from"), _text(row, columns, "to")) for _, row in sheet.rows]
        sheet = _with(sheet, columns, ("id", "name"), "from", [f"{a}-{b}" for a, b in ends])
    if "duration" not in columns and "likely" in columns:
        sheet = _with(sheet, columns, ("duration",), "likely", [*_expected(sheet, columns)])
    if not columns.keys() & {"after", "next"} and (arrows := _arrows(sheet, columns)):
        sheet = _with(sheet, columns, ("id",), "name", [f"{a}-{b}" for a, b in arrows])
        before = [[f"{a}-{b}" for a, b in arrows if b == start] for start, _ in arrows]
        sheet = _with(sheet, columns, ("after",), "name", ["; ".join(names) for names in before])
    known = {n: i for n, i in columns.items() if n not in {*_THREE, "from", "to", *_PUT}}
    return sheet, known, used.union(range(whole, len(sheet.header)))


_PUT = ("relation", "lag")
_ONE = r"(?:[A-Z]{2}|[A-Z]-[A-Z]|\w+[- ]to[- ]\w+)"
_RELATION = re.compile(rf"{_ONE}(?:\s*[,;\n]\s*{_ONE})*", re.IGNORECASE)


def _with(
    sheet: Sheet,
    columns: dict[str, int],
    names: Iterable[str],
    like: str,
    cells: Sequence[Cell],
) -> Sheet:
    """Add a column that is made of others, under the header of one of them."""
    columns |= dict.fromkeys(names, len(sheet.header))
    rows = [(n, (*row, cell)) for (n, row), cell in zip(sheet.rows, cells, strict=True)]
    return replace(sheet, header=(*sheet.header, sheet.header[columns[like]]), rows=rows)


def _text(row: Sequence[Cell], columns: Mapping[str, int], column: str) -> str:
    cell = row[columns[column]] if column in columns else ""
    return one_line(cell) if isinstance(cell, str) else ""


def _gathered(sheet: Sheet, columns: Mapping[str, int]) -> Sheet:
    """Put what comes before a task into one cell, with relations and lags."""
    if "after" not in columns:
        return sheet
    place, last = columns["after"], len(sheet.header) - 1
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    for number, cells in sheet.rows:
        row = cells
        if len(row) > len(sheet.header) and place == last:  # commas without quotation marks
            row = (*row[:last], "; ".join(c for c in row[last:] if isinstance(c, str)))
        row = (*row[:place], _linked(sheet, row, columns), *row[place + 1 :])
        own = [c for n, c in columns.items() if n not in {"after", *_PUT}]
        more = row[place]
        if rows and more and isinstance(more, str) and _goes_on(row, rows[-1][1], own, place):
            before, above = rows.pop()
            held = above[place]
            both = "; ".join(filter(None, [held if isinstance(held, str) else "", more]))
            rows.append((before, (*above[:place], both, *above[place + 1 :])))
        else:
            rows.append((number, row))
    return replace(sheet, rows=rows)


def _goes_on(row: Sequence[Cell], above: Sequence[Cell], own: Iterable[int], place: int) -> bool:
    """Tell whether a row only says what else the task above it waits for."""
    if not any(row[column] for column in own):
        return True
    # The same again, as one tasks waits for several; by row, each is a task of its own.
    cell = row[place]
    names = isinstance(cell, str) and not cell.isdecimal() and bool(above[place])
    return names and all(row[column] == above[column] for column in own)


def _linked(sheet: Sheet, row: Sequence[Cell], columns: Mapping[str, int]) -> Cell:
    """Put relation and lag behind each of the tasks that come before."""
    cell = row[columns["after"]]
    texts = [_text(row, columns, name) for name in _PUT]
    if not isinstance(cell, str) or nothing(cell) or not any(texts):
        return cell
    parts = re.split(r"[,;\n]", cell)
    relations, lags = (_spread(text, len(parts)) for text in texts)
    unit = measured(sheet.header[columns["lag"]]) if "lag" in columns else ""
    found = []
    for part, own, behind in zip(parts, relations, lags, strict=True):
        relation = "" if nothing(own) else own
        lag = "" if nothing(behind) or behind == "0" else behind.replace(",", ".")
        lag = lag if not lag or lag[0] in "+-−–" else f"+{lag}"
        lag = f"{lag} {unit}" if lag[-1:].isdecimal() else lag
        found.append(f"{part.strip()} {relation}{lag}".strip())
    return "; ".join(found)


def _spread(text: str, count: int) -> list[str]:
    """Give one of several relations or lags to each task, or the last to all that are left."""
    parts = [part.strip() for part in re.split(r"[,;\n]", text)]
    if count == 1 or len(parts) > count:  # a comma in “1,5” parts no lags
        parts = [part.strip() for part in re.split(r"[;\n]", text)]
    return [parts[min(place, len(parts) - 1)] for place in range(count)]


def _expected(sheet: Sheet, columns: Mapping[str, int]) -> Iterable[Cell]:
    """Give the expected duration of three estimates: (o + 4 m + p) / 6."""
    # Behind an estimate, one letter is its sign: “Most likely (m)” is not in minutes.
    units = (measured(sheet.header[columns[name]]) for name in _THREE)
    unit = next((unit for unit in units if len(unit) > 1), "")
    for _, row in sheet.rows:
        texts = [_text(row, columns, name) for name in _THREE]
        read = [length(f"{t} {unit}" if t[-1:].isdecimal() else t) for t in texts]
        low, likely, high = (None if isinstance(r, Message) else r.number for r in read)
        if low is None or likely is None or high is None:
            yield texts[1] if not (texts[0] or texts[2]) else " / ".join(texts)
        else:
            yield f"{written_days((low + 4 * likely + high) / 6)} d"


def _arrows(sheet: Sheet, columns: Mapping[str, int]) -> list[tuple[str, str]]:
    """Give the two events of each task that is called by them, “2-5”, or has them in columns."""
    names = [_text(row, columns, "id" if "id" in columns else "name") for _, row in sheet.rows]
    found = [_ARROW.fullmatch(name) for name in names]
    if len(names) > 1 and all(found):  # one arrow is no network
        return [(match[1], match[2]) for match in found if match]
    if "from" not in columns:
        return []
    return [(_text(row, columns, "from"), _text(row, columns, "to")) for _, row in sheet.rows]
