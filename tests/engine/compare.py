"""Says where two records of one notebook's run differ, apart from what is never the same.

Never the same are: random ids, addresses, process ids in names of cells' files, times and
durations. Each has a mask of its own, and nothing else is masked. Random ids are numbered in the
order of their appearance, so that two that were equal or unequal must be so in the other record.
Where a stream is cut into several outputs is a matter of time, so neighbours are joined.
"""

import json
import re
from datetime import datetime

QUANTITY = r"[\d.]+(?:e[+-]?\d+)? ?(?:ns|[µμu]s|ms|s|min)(?: [\d.]+ ?s)?"
MASKS = [
    (re.compile(r"\b0x[0-9a-f]{6,16}\b"), "0xADDRESS"),
    (re.compile(r"(?<= object at )[0-9a-f]{12}\b"), "ADDRESS"),
    # The number after the process id comes from the cell's source: it stays.
    (re.compile(r"\bipykernel_\d+/(?=\d+\.py)"), "ipykernel_PID/"),
    (
        re.compile(rf"CPU times: user {QUANTITY}, sys: {QUANTITY}, total: {QUANTITY}"),
        "CPU times: user TIME, sys: TIME, total: TIME",
    ),
    (re.compile(rf"Wall time: {QUANTITY}"), "Wall time: TIME"),
    (re.compile(rf"{QUANTITY} ± {QUANTITY} per loop"), "TIME ± TIME per loop"),
    # A bar is as long as its rate leaves room for.
    (
        re.compile(r"█*(\| \d+/\d+ )?(\[00:00(?:<|&lt;)00:00,)[ \u2007]+\d+(?:\.\d+)?it/s\]"),
        r"\1\2 RATEit/s]",
    ),
]
UUID = re.compile(
    r"(?<![0-9a-f])(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-f])"
)
STYLER = re.compile(r"\bT_[0-9a-f]{5}(?=[_\" ])")
CELL = re.compile(r"[0-9a-f]{8}")
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(?:Z|\+00:00)")
WIDGETS = "application/vnd.jupyter.widget-state+json"


class Masking:
    """Masks one record's texts; equal ids get equal numbers."""

    def __init__(self):
        self.ids = {}

    def number(self, kind, found):
        """Name an id by the order in which it appeared."""
        numbers = self.ids.setdefault(kind, {})
        return f"{kind}-{numbers.setdefault(found, len(numbers) + 1)}"

    def text(self, text):
        text = UUID.sub(lambda match: self.number("ID", match[0]), text)
        text = STYLER.sub(lambda match: self.number("STYLER", match[0]), text)
        for pattern, mask in MASKS:
            text = pattern.sub(mask, text)
        return text

    def value(self, value):
        """Mask every text of a JSON value, keys included."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.value(item) for item in value]
        if isinstance(value, dict):
            return {self.text(key): self.value(value[key]) for key in sorted(value)}
        return value

    def widgets(self, metadata):
        """Mask widgets' states: those that cells show first, then what these refer to."""
        states = metadata["state"]
        done = {}
        while left := [key for key in states if key not in done]:
            known = [key for key in self.ids.get("ID", {}) if key in left]
            key = known[0] if known else next_of(states, left)
            done[key] = [self.text(key), self.value(states[key])]
        rest = {key: value for key, value in metadata.items() if key != "state"}
        return {"state": dict(done.values()), **self.value(rest)}


def next_of(states, left):
    """Choose, of states that nothing named yet refers to, by what they hold, never by their ids."""
    texts = {key: json.dumps(states[key], sort_keys=True) for key in left}
    inner = {other for key in left for other in UUID.findall(texts[key]) if other != key}
    outer = [key for key in left if key not in inner]

    def whole(key, seen=()):
        """Give a state's text with those that it refers to in their places."""
        if key not in texts or key in seen:
            return "ID"
        return UUID.sub(lambda match: whole(match[0], (*seen, key)), texts[key])

    return min(outer or left, key=whole)


def stamp(value):
    """Mask a time that is written as times are."""
    return "TIME" if isinstance(value, str) and STAMP.fullmatch(value) else value


def timed(metadata):
    """Mask what papermill and nbclient note about times in a metadata."""
    metadata = dict(metadata)
    if "papermill" in metadata:
        notes = dict(metadata["papermill"])
        for name in ("start_time", "end_time"):
            notes[name] = stamp(notes.get(name))
        # A duration is that of these two times: a wrong one stays, and shows.
        notes["duration"] = duration(metadata["papermill"])
        metadata["papermill"] = notes
    if "execution" in metadata:
        metadata["execution"] = {k: stamp(v) for k, v in metadata["execution"].items()}
    return metadata


def duration(notes):
    noted = notes.get("duration")
    times = [notes.get("start_time"), notes.get("end_time")]
    if not isinstance(noted, float) or {stamp(time) for time in times} != {"TIME"}:
        return noted
    start, end = (datetime.fromisoformat(time) for time in times)
    return "DURATION" if abs((end - start).total_seconds() - noted) < 1e-4 else noted


def joined(outputs):
    """Join neighbouring outputs of the same stream."""
    result = []
    for output in outputs:
        last = result[-1] if result else {}
        both = [(one.get("output_type"), one.get("name")) for one in (last, output)]
        if both[0] == both[1] and both[0][0] == "stream" and set(last) == set(output):
            result[-1] = {**last, "text": "".join(last["text"]) + "".join(output["text"])}
        elif output.get("output_type") == "stream":
            result.append({**output, "text": "".join(output["text"])})
        else:
            result.append(output)
    return result


def cell(content, masking):
    content = dict(content)
    if CELL.fullmatch(content.get("id", "")):
        content["id"] = masking.number("CELL", content["id"])
    content["metadata"] = timed(content["metadata"])
    if "outputs" in content:
        content["outputs"] = joined(content["outputs"])
    return masking.value(content)


def notebook(content, masking):
    if content is None:
        return None
    metadata = timed(content["metadata"])
    widgets = metadata.pop("widgets", {})
    cells = [cell(one, masking) for one in content["cells"]]
    states = {
        key: masking.widgets(value) if key == WIDGETS else masking.value(value)
        for key, value in widgets.items()
    }
    rest = {k: v for k, v in content.items() if k not in {"cells", "metadata"}}
    metadata = masking.value(metadata) | ({"widgets": states} if widgets else {})
    return {"cells": cells, "metadata": metadata, **masking.value(rest)}


def logged(lines):
    """Join neighbouring lines of the same level: a stream is logged as it arrives."""
    result = []
    for level, text in lines:
        if result and result[-1][0] == level:
            result[-1][1] += text
        else:
            result.append([level, text])
    return result


def comparable(record, differs=()):
    """Give a record without what is never the same."""
    masking = Masking()
    record = {key: value for key, value in record.items() if key != "seconds"}
    saved = notebook(record.pop("saved"), masking)
    returned = notebook(record.pop("returned"), masking)
    files = {n: "" if n in differs else text for n, text in record.pop("files").items()}
    if "log" in record:
        record["log"] = logged(record["log"])
    return {"saved": saved, "returned": returned, "files": files, **masking.value(record)}


def differences(one, other, path=""):
    """List every place where two JSON values differ, as ``path: one, other``."""
    if isinstance(one, dict) and isinstance(other, dict):
        found = []
        for key in sorted(one.keys() | other.keys()):
            place = f"{path}/{key}"
            if key not in one or key not in other:
                found.append(f"{place}: {shown(one, key)}, {shown(other, key)}")
            else:
                found += differences(one[key], other[key], place)
        return found
    if isinstance(one, list) and isinstance(other, list):
        found = []
        if len(one) != len(other):
            found.append(f"{path}: {len(one)} items, {len(other)} items")
        for i, (left, right) in enumerate(zip(one, other, strict=False)):
            found += differences(left, right, f"{path}/{i}")
        longer = one if len(one) > len(other) else other
        shorter = min(len(one), len(other))
        side = "only in the first" if longer is one else "only in the second"
        found += [f"{path}/{i}: {side}: {cut(longer[i])}" for i in range(shorter, len(longer))]
        return found
    if type(one) is not type(other) or (one != other and not both_nan(one, other)):
        return [f"{path}: {apart(one, other)}"]
    return []


def both_nan(one, other):
    return isinstance(one, float) and one != one and other != other  # noqa: PLR0124 - not a number


def shown(mapping, key):
    return cut(mapping[key]) if key in mapping else "missing"


def cut(value, length=300):
    text = repr(value)
    return text if len(text) <= length else f"{text[:length]}… ({len(text)} characters)"


def apart(one, other):
    """Show two values; of long texts the part where they part."""
    if isinstance(one, str) and isinstance(other, str):
        pairs = zip(one, other, strict=False)
        same = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
        start = max(0, same - 60)
        if start:
            return f"from {start}: {cut(one[start:])}, {cut(other[start:])}"
    return f"{cut(one)}, {cut(other)}"


def compare(one, other, differs=()):
    """List the differences of two records; ``differs`` names files that must differ."""
    both = one["files"].keys() & other["files"].keys()
    same = [name for name in differs if name in both and one["files"][name] == other["files"][name]]
    return [f"files/{name}: equal, and must not be" for name in same] + differences(
        comparable(one, differs), comparable(other, differs)
    )
