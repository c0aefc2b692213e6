"""Random workshops, sent out as forms, edited at random: what comes back is the edits."""

import os
import random
import shutil
import subprocess
from collections import Counter
from datetime import date

import pytest
from exchange_samples import make
from form_edits import HEADS, Workbook, collect, form, put, state
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from clusterlab.model import BoardId, clean

#: Ends a text that was typed again: so no other note is more alike to it than its own.
AGAIN = "‡"
#: Begins a new text where rows are gone: so it is like none of their texts.
UNLIKE = "·" * 200
# What openpyxl writes as it stands, and Excel takes for a sign given by its number.
TEXT = (
    st.text(min_size=1, max_size=40)
    .map(clean)
    .filter(lambda t: t and "_x" not in t and AGAIN not in t)
)
SEED = st.integers(0, 2**32)
# An example takes a while, and a seed says nothing when it is made smaller.
PATIENT = {
    "suppress_health_check": [HealthCheck.too_slow],
    "phases": [Phase.explicit, Phase.reuse, Phase.generate],
}

PLACES = (
    ("swot", "current", ("business", "services", "environment"), "SWOT"),
    ("tows", "current", ("business", "services", "environment"), "TOWS"),
    ("action-plan", "current", ("",), "A"),
    ("smart-goals", "current", ("",), "G"),
    ("business-model-cluster", "current", ("",), "B"),
    ("business-model-cluster", "in-five-years", ("",), "B"),
)
CANVASES = tuple(dict.fromkeys(p[0] for p in PLACES))


def value_for(field, pick, text):
    match field.type:
        case "choice":
            return pick.choice(field.choices).id
        case "integer":
            return pick.randint(int(field.minimum or 0), int(field.maximum or 99))
        case "number":
            number = round(pick.uniform(field.minimum or -5, field.maximum or 5), 3)
            return int(number) if number.is_integer() else number
        case "date":
            return date(2026, pick.randint(1, 12), pick.randint(1, 28)).isoformat()
        case _:
            return text


def typed(field, value):
    """What a person leaves in a cell for a value."""
    if field.type == "choice":
        return field.choice_label(value)
    return date.fromisoformat(value) if field.type == "date" else value


class Person:
    """Edits a form at random and keeps account of what should come of it."""

    def __init__(self, folder, pick, texts):
        self.folder, self.pick = folder, pick
        self.texts = iter(texts)
        self.expected = state(folder)
        self.added = Counter()
        self.count = 0

    def text(self, unlike=""):
        self.count += 1
        return f"{unlike}new {self.count} {next(self.texts, '')}".strip()

    def edits(self, workbook, key):
        canvas, version = key.split("/")
        sheet, kind = workbook[key], self.folder.kinds[canvas]
        rows = [r for r in sheet.below if r[0]]
        gone = 0
        for row in rows:
            name = (canvas, version, row[0])
            match self.pick.randint(0, 9):
                case 0:
                    self.retype(sheet, row, name)
                case 1:
                    self.refill(sheet, row, name, kind)
                case 2 if len(kind.blocks) > 1:
                    self.move(sheet, row, name, kind)
                case 3 if gone < 3:
                    gone += 1
                    del self.expected[name]
                    if self.pick.random() < 0.5:
                        sheet.remove(row)
                    else:
                        row[2:] = [None] * len(row[2:])
                case 4 if "links" in sheet.rows[0]:
                    self.relink(sheet, row, name, kind.cites)
                case 5:
                    self.paste(sheet, row, name, kind)
        for _ in range(self.pick.randint(0, 3)):
            self.add(sheet, kind, canvas, version, UNLIKE if gone else "")
        self.disturb(sheet)

    def retype(self, sheet, row, name):
        text = self.text()
        sheet.set(row, text=text)
        topic, block, values, links = self.expected[name]
        self.expected[name] = (topic, block, {**values, "text": text}, links)

    def paste(self, sheet, row, name, kind):
        """Move a row without its hidden id, and change it there."""
        if self.pick.random() < 0.5:
            self.refill(sheet, row, name, kind)
        if self.pick.random() < 0.5 and len(kind.blocks) > 1:
            self.move(sheet, row, name, kind)
        if self.pick.random() < 0.7:
            topic, block, values, links = self.expected[name]
            text = values["text"]
            text += AGAIN * self.pick.randint(1, max(1, len(text) // 3))
            sheet.set(row, text=text)
            self.expected[name] = (topic, block, {**values, "text": text}, links)
        row[0] = None
        if self.pick.random() < 0.5:
            sheet.set(row, spoken=None)
        spare = sheet.spare() if self.pick.random() < 0.5 else [None] * len(row)
        row[1] = spare[1]
        sheet.remove(spare)
        if self.pick.random() < 0.5:
            sheet.remove(row)
            sheet.rows.insert(self.pick.randint(HEADS, len(sheet.rows)), row)

    def refill(self, sheet, row, name, kind):
        if not kind.fields:
            return
        field = self.pick.choice(kind.fields)
        topic, block, values, links = self.expected[name]
        if self.pick.random() < 0.2:
            sheet.set(row, **{field.id: None})
            values = {k: v for k, v in values.items() if k != field.id}
        else:
            value = value_for(field, self.pick, self.text())
            sheet.set(row, **{field.id: typed(field, value)})
            values = {**values, field.id: value}
        self.expected[name] = (topic, block, values, links)

    def move(self, sheet, row, name, kind):
        block = self.pick.choice(kind.blocks)
        topic, _, values, links = self.expected[name]
        sheet.set(row, block=block.label)
        if kind.topics:
            chosen = self.pick.choice(kind.topics)
            sheet.set(row, topic=chosen.label)
            topic = chosen.id
        self.expected[name] = (topic, block.id, values, links)

    def relink(self, sheet, row, name, cites):
        cited = [n for name in cites for n in self.folder.board(BoardId("alpha", name))]
        chosen = self.pick.sample(cited, min(len(cited), self.pick.randint(0, 3)))
        said = self.pick.choice([", ", " ", ";"]).join(n.spoken for n in chosen)
        sheet.set(row, links=said or None)
        topic, block, values, _ = self.expected[name]
        self.expected[name] = (topic, block, values, frozenset(n.id for n in chosen))

    def add(self, sheet, kind, canvas, version, unlike):
        text = self.text(unlike)
        block = self.pick.choice(kind.blocks)
        topic = self.pick.choice(kind.topics) if kind.topics else None
        cells = {"text": text}
        values = {"text": text}
        if len(kind.blocks) > 1:
            cells["block"] = block.label
        if topic:
            cells["topic"] = topic.label
        for field in kind.fields:
            if self.pick.random() < 0.3:
                values[field.id] = value_for(field, self.pick, self.text())
                cells[field.id] = typed(field, values[field.id])
        match self.pick.randint(0, 2):
            case 0:
                sheet.append(**cells)
            case 1:
                row = [None] * len(sheet.rows[0])
                sheet.rows.insert(self.pick.randint(HEADS, len(sheet.rows)), row)
                sheet.set(row, **cells)
            case _:
                sheet.set(sheet.spare(), **cells)
        place = (canvas, version, topic.id if topic else "", block.id)
        self.added[(*place, repr(sorted(values.items())))] += 1

    def disturb(self, sheet):
        """Move rows and columns, as they are."""
        if self.pick.random() < 0.4:
            below = sheet.below
            self.pick.shuffle(below)
            sheet.rows = sheet.rows[:HEADS] + below
        if self.pick.random() < 0.4:
            order = list(range(len(sheet.rows[0])))
            self.pick.shuffle(order)
            sheet.rows = [[r[i] for i in order] for r in sheet.rows]


def fill(folder, pick, texts):
    swots = []
    for number, text in enumerate(texts):
        canvas, version, topics, _ = pick.choice(PLACES)
        kind = folder.kinds[canvas]
        values = {"text": f"{number} {text}"}
        for field in kind.fields:
            if pick.random() < 0.4:
                values[field.id] = value_for(field, pick, text)
        if pick.random() < 0.1:
            values["tags"] = [f"tag {number}", "a, b"]
        links = pick.sample(swots, min(len(swots), 2)) if canvas == "tows" else []
        board = BoardId("alpha", canvas, version, pick.choice(topics))
        note = put(folder, board, pick.choice(kind.blocks).id, values, links=links)
        if canvas == "swot":
            swots.append(note)


def edited(folder, place, seed, texts, new):
    """Fill a workshop, send its form out and edit it; gives the file and who edited it."""
    pick = random.Random(seed)  # noqa: S311 - for examples
    fill(folder, pick, texts)
    path = form(folder, place / "form.xlsx", CANVASES)
    person, workbook = Person(folder, pick, new), Workbook(path)
    for key, sheet in workbook.sheets.items():
        person.edits(workbook, key)
        if pick.random() < 0.2:
            workbook.book[sheet.name].sheet_state = "hidden"
    return workbook.save(place / "renamed by them.xlsx"), person


def comes_back(folder, back, person):
    """Collect a form: it brings the edits, nothing more and nothing less, and brings them once."""
    was = state(folder)
    report = collect(folder, back)
    assert report.refusals == ()
    now = state(folder)
    assert {k: v for k, v in now.items() if k in was} == person.expected
    fresh = [(k, v) for k, v in now.items() if k not in was]
    said = Counter(
        (canvas, version, topic, block, repr(sorted(values.items())))
        for (canvas, version, _), (topic, block, values, _) in fresh
    )
    assert said == person.added
    assert report.taken == sum(person.added.values())
    assert report.deleted == len(was) - len(person.expected)
    assert report.changed == sum(was[k] != v for k, v in person.expected.items())
    assert not any(n.alternatives for b in folder.boards("alpha").values() for n in b)
    brings_nothing(folder, back)


def brings_nothing(folder, path):
    position = folder.journal.position()
    report = collect(folder, path)
    assert (report.taken, report.changed, report.deleted, report.refusals) == (0, 0, 0, ())
    assert folder.journal.position() == position


def check(place, seed, texts, new):
    with make(place / "w") as folder:
        back, person = edited(folder, place, seed, texts, new)
        brings_nothing(folder, place / "form.xlsx")
        comes_back(folder, back, person)


EXAMPLES = given(SEED, st.lists(TEXT, max_size=14), st.lists(TEXT, max_size=12))


@settings(max_examples=50, **PATIENT)
@EXAMPLES
def test_what_comes_back_is_the_edits(tmp_path_factory, seed, texts, new):
    check(tmp_path_factory.mktemp("forms"), seed, texts, new)


@pytest.mark.long
@settings(max_examples=500, **PATIENT)
@EXAMPLES
def test_what_comes_back_is_the_edits_five_hundred_times(tmp_path_factory, seed, texts, new):
    check(tmp_path_factory.mktemp("forms"), seed, texts, new)


@pytest.mark.long
def test_what_libreoffice_saved_is_the_edits(tmp_path):
    """Twenty edited forms and one that nobody touched, all saved by one process of LibreOffice."""
    office = shutil.which("soffice")
    if office is None:
        reason = "soffice is missing: apt-get install libreoffice-calc"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    texts = ["=1+1", "two\nlines", "007", "مرحبا", "'quoted", "1,5", "x" * 200, "😀", "2026-01-01"]
    made = []
    for seed in range(20):
        place = tmp_path / str(seed)
        place.mkdir()
        folder = make(place / "w")
        back, person = edited(folder, place, seed, texts, texts)
        made.append((folder, back.rename(tmp_path / f"{seed}.xlsx"), person))
    untouched = shutil.copy(tmp_path / "0" / "form.xlsx", tmp_path / "untouched.xlsx")
    files = [str(path) for _, path, _ in made] + [str(untouched)]
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir"]
    subprocess.run([*command, tmp_path / "out", *files], check=True, timeout=500)
    brings_nothing(made[0][0], tmp_path / "out" / "untouched.xlsx")
    for folder, path, person in made:
        with folder:
            comes_back(folder, tmp_path / "out" / path.name, person)
