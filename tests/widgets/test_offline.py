"""A canvas in one file: read without scripts, written on with them, taken back by an import."""

import csv
import dataclasses
import json
import re
from collections import Counter

import pytest
from axe_playwright_python.sync_playwright import Axe

from clusterlab.errors import TableError
from clusterlab.exchange import import_file, page_table
from clusterlab.model import BoardId, Cluster, Operation, new_id
from clusterlab.session import OpenWorkshop
from clusterlab.widgets import View, assets, offline
from clusterlab.workshop import Folder, create

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- <script> ]]> </style><style>*{display:none}",
    '=HYPERLINK("https://evil.example";"x")',
    '+49 30 123, "quoted"; two\nlines',
    "'=already guarded",
    "e\u0301 \u2066iso\u2069 مرحبا 👩‍👩‍👧 {count} \\u003c",
)  # fmt: skip
SWOT = BoardId("alpha", "swot", "current")
BROKEN = (
    "<img src='data:,'><h6>Skipped</h6><p style='color:#aaa;background:#bbb'>Pale</p>"
    "<button></button>"
)


@pytest.fixture
def folder(tmp_path):
    with create(
        tmp_path / "w", "cluster-strategy", "Work & <shop>", [Cluster("alpha", "Alpha <Cluster>")]
    ) as opened:
        board = OpenWorkshop(opened).cluster("alpha").board("swot", topic="business")
        board.add("strengths", "Known for fast answers", tags=("a, b", 'say "x"'), group="HR")
        board.add("strengths", "Good network")
        board.add("strengths", "To be deleted")
        for text in HOSTILE:
            board.add("weaknesses", text)
        board.delete(board.add("threats", "Was deleted before").id)
        OpenWorkshop(opened).cluster("alpha").board("swot", topic="services").add(
            "strengths", "On another topic"
        )
        yield opened


def board_of(folder, canvas="swot", topic="business"):
    return OpenWorkshop(folder).cluster("alpha").board(canvas, topic=topic)


@pytest.fixture
def file(folder, tmp_path):
    return board_of(folder).save_page(tmp_path / "page.html")


class Page:
    """A page in a browser, and what it asked for and said."""

    def __init__(self, context, file):
        self.context, self.file = context, file
        self.asked, self.said = [], []
        self.open()

    def open(self):
        self.tab = tab = self.context.new_page()
        tab.set_default_timeout(30_000)
        tab.on("request", lambda r: self.asked.append(r.url))
        tab.on("dialog", lambda d: (self.said.append(d.message), d.dismiss()))
        tab.on("pageerror", lambda e: self.said.append(str(e)))
        tab.on("console", lambda m: self.said.append(m.text) if m.type != "log" else None)
        tab.goto(self.file.as_uri())

    def note(self, text):
        return self.tab.locator(".clb-note", has=self.tab.get_by_text(text, exact=True))

    def write(self, text):
        self.tab.locator(".clb-edit").fill(text)
        self.tab.get_by_role("button", name="Done", exact=True).click()

    def edit(self, old, new):
        self.note(old).click()
        self.write(new)

    def add(self, block, text):
        self.tab.locator(f".clb-cell[data-block={block}] .clb-add").click()
        self.write(text)

    def press(self, text, *keys):
        self.note(text).focus()
        for key in keys:
            self.tab.keyboard.press(key)

    def state(self):
        return self.tab.locator(".clb-status").inner_text()

    def shown(self):
        """Blocks with the spoken ids and texts of their notes, in order."""
        cells = self.tab.evaluate(
            """() => [...document.querySelectorAll('.clb-cell')].map(c => [c.dataset.block,
                [...c.querySelectorAll('.clb-note')].map(n => [
                    n.querySelector('.clb-spoken')?.textContent,
                    n.querySelector('.clb-text').textContent])])"""
        )
        return {block: [tuple(n) for n in notes] for block, notes in cells if block}

    def save(self, path):
        with self.tab.expect_download() as found:
            self.tab.get_by_role("button", name="Save notes as a file").click()
        found.value.save_as(path)
        return path


@pytest.fixture
def opened(chromium):
    contexts = []

    def enter(file, **options):
        contexts.append(chromium.new_context(**options))
        return Page(contexts[-1], file)

    yield enter
    for context in contexts:
        context.close()


def in_journal(folder, topic="business"):
    board = folder.board(dataclasses.replace(SWOT, topic=topic))
    blocks = folder.kinds["swot"].blocks
    return {b.id: [(n.spoken, n.text) for n in board.block(b.id)] for b in blocks}


def settled(page):
    page.tab.wait_for_function(
        "() => document.querySelector('.clb').parentElement"
        ".querySelector('.clb-status').dataset.state === 'saved'"
        " && !document.querySelector('.clb-pending')"
    )


# -- the file ------------------------------------------------------------------------------------


def test_the_same_board_gives_the_same_bytes(folder, file, tmp_path):
    again = board_of(folder).save_page(tmp_path / "again.html")
    assert again.read_bytes() == file.read_bytes()
    with Folder(folder.path) as other:
        third = board_of(other).save_page(tmp_path / "third.html")
    assert third.read_bytes() == file.read_bytes()
    board_of(folder).add("threats", "New")
    assert board_of(folder).save_page(again).read_bytes() != file.read_bytes()


def test_nothing_else_of_the_workshop_is_in_the_file(folder, file):
    text = file.read_text(encoding="utf-8")
    assert "Was deleted before" not in text
    assert "On another topic" not in text
    assert folder.journal.workshop not in text
    authors = {o.actor for o in folder.journal.read()}
    assert authors
    assert not [a for a in authors if f'"author":"{a}"' in text]


def test_a_hundred_notes_make_a_file_that_can_be_mailed(folder, tmp_path):
    board = board_of(folder, topic="environment")
    empty = board.save_page(tmp_path / "x.html").stat().st_size
    for number in range(100):
        board.add("strengths", f"Note number {number}, about as long as people write on a card")
    full = board.save_page(tmp_path / "x.html").stat().st_size
    assert (full - empty) / 100 < 450
    assert full < 250_000


def test_a_file_that_cannot_be_written_leaves_nothing_behind(folder, tmp_path):
    with pytest.raises(TableError):
        board_of(folder).save_page(tmp_path / "missing" / "x.html")
    (tmp_path / "taken.html").mkdir()
    with pytest.raises(TableError):
        board_of(folder).save_page(tmp_path / "taken.html")
    assert not list(tmp_path.glob(".*"))


def test_a_script_that_would_end_early_is_refused(monkeypatch, folder, tmp_path):
    monkeypatch.setattr(assets, "script", lambda _: "const x = '</script>'")
    with pytest.raises(ValueError, match="/script"):
        board_of(folder).save_page(tmp_path / "x.html")


def test_the_command_writes_a_page_and_says_how_notes_come_back(
    folder, clusterlab_command, tmp_path
):
    done = clusterlab_command(
        "page", "w", "--cluster", "alpha", "--canvas", "swot", "--topic", "business",
        "--to", "p.html", cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert re.search(r"clusterlab import \S*w FILE.csv", done.stdout)
    assert (tmp_path / "p.html").read_bytes() == board_of(folder).save_page(
        tmp_path / "q.html"
    ).read_bytes()


# -- reading -------------------------------------------------------------------------------------


def test_without_scripts_every_note_is_read(folder, file, opened):
    page = opened(file, java_script_enabled=False)
    text = page.tab.locator("main").inner_text()
    for note in board_of(folder).notes:
        for line in note.text.split("\n"):
            assert line in text
    assert page.tab.locator(".clb-note").count() == 0
    assert "open it in a browser that runs scripts" in text
    assert page.said == []


@pytest.mark.parametrize("scripts", [True, False])
def test_nothing_is_asked_for_and_nothing_hostile_runs(file, opened, scripts, tmp_path):
    page = opened(file, java_script_enabled=scripts)
    page.tab.pdf(path=tmp_path / "x.pdf")
    if scripts:
        page.add("threats", HOSTILE[0])
        page.save(tmp_path / "x.csv")
    assert [u for u in page.asked if not u.startswith(("file:", "blob:"))] == []
    assert page.said == []
    assert page.tab.locator("main img").count() == 0


def test_the_policy_stops_what_is_put_into_the_file(file, opened):
    attack = (
        "<script>window.hit = 1</script><img src=https://evil.example/a.png>"
        "<script type=module src=https://evil.example/b.js></script>"
    )
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("</main>", attack + "</main>"), encoding="utf-8")
    page = opened(file)
    assert page.tab.evaluate("window.hit") is None
    sent = page.tab.evaluate(
        "() => fetch('https://evil.example/').then(() => 'sent', () => 'stopped')"
    )
    assert sent == "stopped"
    assert any("Content Security Policy" in said for said in page.said)


def test_paper_shows_the_twin_until_something_is_changed(file, opened):
    page = opened(file)
    twin, live = page.tab.locator(".offline-twin"), page.tab.locator("#offline-live")
    assert live.is_visible()
    assert not twin.is_visible()
    page.tab.emulate_media(media="print")
    assert twin.is_visible()
    assert not live.is_visible()
    page.tab.emulate_media(media="screen")
    page.add("threats", "On paper too")
    page.tab.emulate_media(media="print")
    assert not twin.is_visible()
    assert page.tab.get_by_text("On paper too").is_visible()
    assert not page.tab.get_by_role("button", name="Save notes as a file").is_visible()


def test_paper_is_light_also_where_the_screen_is_dark(file, opened):
    page = opened(file, color_scheme="dark")
    page.add("threats", "On paper too")
    assert page.tab.evaluate("document.body.className") == "offline clb-dark"
    page.tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.tab.evaluate("document.body.className") == "offline"
    page.tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.tab.evaluate("document.body.className") == "offline clb-dark"


# -- writing -------------------------------------------------------------------------------------


def test_what_is_written_is_there_when_the_file_is_opened_again(file, opened):
    page = opened(file)
    assert page.tab.get_by_text("Nothing was changed on this page yet.").is_visible()
    page.add("strengths", "New here")
    page.edit("Good network", "Very good network")
    page.press("Known for fast answers", "Alt+ArrowDown")
    page.press("To be deleted", "Delete")
    settled(page)
    assert re.fullmatch(
        r"Kept in this browser, \d\d:\d\d.*\. Save your notes as a file to hand them on\.",
        page.state(),
    )
    before = page.shown()
    assert before["strengths"] == [
        ("S2", "Very good network"), ("S1", "Known for fast answers"), ("S5", "New here"),
    ]  # fmt: skip
    page.tab.close()
    page.open()
    assert page.shown() == before
    assert page.tab.get_by_text("Notes deleted", exact=False).count() == 0
    assert "S3 To be deleted" in page.tab.locator(".offline-stay").inner_text()


def test_steps_are_taken_back_one_by_one(file, opened):
    page = opened(file)
    before = page.shown()
    page.edit("Good network", "Second")
    page.edit("Second", "Third")
    page.press("Third", "Alt+ArrowUp")
    for _ in range(3):
        page.tab.get_by_role("button", name="Undo", exact=True).first.click()
    page.tab.wait_for_function(
        "() => [...document.querySelectorAll('.clb-text')]"
        ".some(e => e.textContent === 'Good network')"
    )
    assert page.shown() == before
    page.tab.get_by_role("button", name="Redo", exact=True).click()
    assert page.note("Second").is_visible()


def test_a_browser_that_keeps_nothing_is_told_so(file, opened):
    page = opened(file)
    assert not page.tab.locator(".offline-lost").is_visible()
    page.tab.close()
    page.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })"
    )
    page.open()
    assert "This browser keeps nothing" in page.tab.locator(".offline-lost").inner_text()
    page.add("threats", "Still works")
    assert page.note("Still works").is_visible()


# -- the way back --------------------------------------------------------------------------------


def clean_report(report):
    return (report.refusals, report.notices)


def test_what_was_done_on_a_page_comes_back_exactly(folder, file, opened, tmp_path):
    page = opened(file)
    page.add("strengths", "New at the end")
    page.add("opportunities", HOSTILE[0])
    page.edit("Good network", '=2+2 now a formula, with "quotes"; and e\u0301')
    page.edit(HOSTILE[1], "-x " + HOSTILE[1])
    page.press("Known for fast answers", "Alt+ArrowDown")
    page.press(HOSTILE[4], "Alt+ArrowUp", "Alt+ArrowUp")
    page.press(HOSTILE[2], "Alt+ArrowRight")
    page.press("New at the end", "Alt+ArrowUp")
    settled(page)
    saved = page.save(tmp_path / "notes.csv")
    assert saved.read_bytes().startswith(b"\xef\xbb\xbf")
    report = import_file(folder, saved)
    assert clean_report(report) == ((), ())
    assert report.taken == 2
    assert in_journal(folder) == page.shown()
    assert in_journal(folder, "services")["strengths"] == [("S4", "On another topic")]
    kept = folder.board(SWOT).find("S1")
    assert kept.tags == ("a, b", 'say "x"')
    assert kept.get("group") == "HR"
    assert not [n for n in folder.board(SWOT) if n.alternatives]
    position = folder.journal.position()
    again = import_file(folder, saved)
    assert (again.taken, again.changed, folder.journal.position()) == (0, 0, position)


def test_a_page_on_which_nothing_was_done_changes_nothing(folder, file, opened, tmp_path):
    board = board_of(folder)
    saved = opened(file).save(tmp_path / "notes.csv")
    board.edit("S1", "Changed meanwhile")
    board.move("S2", "threats")
    position = folder.journal.position()
    report = import_file(folder, saved)
    assert (report.taken, report.changed) == (0, 0)
    assert clean_report(report) == ((), ())
    assert folder.journal.position() == position


def test_what_went_on_meanwhile_is_kept_beside(folder, file, opened, tmp_path):
    page = opened(file)
    page.edit("Known for fast answers", "From the page")
    page.edit("To be deleted", "Changed on the page")
    page.add("strengths", "New on the page")
    board = board_of(folder)
    board.edit("S1", "From the workshop")
    board.edit("S2", "Only in the workshop")
    board.delete("S3")
    board.add("strengths", "New in the workshop")
    import_file(folder, page.save(tmp_path / "notes.csv"))
    now = folder.board(SWOT)
    first = now.find("S1")
    assert {first.text, *(a.value for a in first.alternatives)} == {
        "From the page", "From the workshop",
    }  # fmt: skip
    assert now.find("S2").text == "Only in the workshop"
    assert now.find("S2").alternatives == ()
    third = now.find("S3")
    assert third.text == "Changed on the page"
    assert [a.field for a in third.alternatives] == ["deleted"]
    counted = Counter(n.text for n in now)
    assert counted["New on the page"] == counted["New in the workshop"] == 1
    assert len({n.spoken for n in now}) == len(list(now))


def test_a_page_saved_twice_does_not_contradict_itself(folder, file, opened, tmp_path):
    page = opened(file)
    page.add("threats", "First")
    page.edit("Good network", "Second version")
    page.press("Known for fast answers", "Alt+ArrowDown")
    import_file(folder, page.save(tmp_path / "one.csv"))
    page.edit("Second version", "Third version")
    page.edit("First", "First, longer")
    page.press("Known for fast answers", "Alt+ArrowUp")
    later = page.save(tmp_path / "two.csv")
    report = import_file(folder, later)
    assert clean_report(report) == ((), ())
    assert in_journal(folder) == page.shown()
    assert not [n for n in folder.board(SWOT) if n.alternatives]
    # Neither the same file nor an older one puts anything back.
    board_of(folder).edit("S2", "By a person since")
    position = folder.journal.position()
    for name in ("two.csv", "one.csv"):
        report = import_file(folder, tmp_path / name)
        assert (report.taken, report.changed) == (0, 0)
        assert folder.journal.position() == position


def test_two_copies_of_a_page_contradict_each_other_openly(folder, file, opened, tmp_path):
    for name in ("one", "two"):
        page = opened(file)
        page.edit("Good network", f"By {name}")
        page.add("threats", f"New by {name}")
        import_file(folder, page.save(tmp_path / f"{name}.csv"))
    note = folder.board(SWOT).find("S2")
    assert {note.text, *(a.value for a in note.alternatives)} == {"By one", "By two"}
    assert {n.text for n in folder.board(SWOT).block("threats")} == {"New by one", "New by two"}


def test_deleted_notes_stay_in_the_workshop_and_the_page_says_so(folder, file, opened, tmp_path):
    page = opened(file)
    page.press("To be deleted", "Delete")
    page.add("threats", "Came and went")
    page.press("Came and went", "Delete")
    said = page.tab.locator(".offline-stay").inner_text()
    assert "Deleted notes stay in the workshop" in said
    assert "S3 To be deleted" in said
    assert "Came and went" not in said
    saved = page.save(tmp_path / "notes.csv")
    with saved.open(encoding="utf-8-sig", newline="") as table:
        texts = {row["text"] for row in csv.DictReader(table)}
    assert not texts & {"To be deleted", "Came and went"}
    import_file(folder, saved)
    assert folder.board(SWOT).find("S3").deleted is False


def test_the_page_says_what_is_in_the_file(file, opened, tmp_path):
    page = opened(file)
    page.add("threats", "One")
    assert page.tab.get_by_text("1 change is not in a file yet.").is_visible()
    saved = page.save(tmp_path / "notes.csv")
    said = page.tab.locator(".offline-files").inner_text()
    assert "All changes are in the file “alpha-swot-current-business.csv”" in said
    assert saved.exists()
    page.add("threats", "Two")
    assert page.tab.get_by_text("1 change is not in a file yet.").is_visible()


def test_links_and_fields_come_back(folder, opened, tmp_path):
    tows = board_of(folder, "tows")
    tows.link(tows.add("so", "Use it").id, "S1")
    page = opened(tows.save_page(tmp_path / "tows.html"))
    page.note("Use it").click()
    page.tab.get_by_text("Details").click()
    page.tab.get_by_label("Good network", exact=False).check()
    page.tab.get_by_label("Known for fast answers", exact=False).uncheck()
    page.tab.get_by_label("Tags").fill("x, y")
    page.tab.get_by_role("button", name="Done", exact=True).click()
    report = import_file(folder, page.save(tmp_path / "notes.csv"))
    assert clean_report(report) == ((), ())
    note = folder.board(BoardId("alpha", "tows", "current")).find("SO1")
    assert [folder.board(SWOT).everything[i].spoken for i in note.links] == ["S2"]
    assert note.tags == ("x", "y")


def test_values_that_a_browser_cannot_write_come_back_unharmed(folder, opened, tmp_path):
    goals = BoardId("alpha", "smart-goals", "current")
    values = {"text": "Goal", "baseline": 0.1 + 0.2, "target": 2**60 + 1, "deadline": "2026-12-31",
              "Colour": "red", "odd": True}  # fmt: skip
    payload = {"note": new_id(), "block": "goals", "letter": "G", "values": values}
    folder.journal.append([Operation(goals, "add", payload, "local", new_id())])
    page = opened(board_of(folder, "smart-goals", "").save_page(tmp_path / "goals.html"))
    saved = page.save(tmp_path / "notes.csv")
    position = folder.journal.position()
    assert clean_report(import_file(folder, saved)) == ((), ())
    assert folder.journal.position() == position


def test_a_table_without_what_the_page_says_of_itself_is_taken_as_any_other(
    folder, file, opened, tmp_path
):
    page = opened(file)
    page.edit("Good network", "Edited")
    saved = page.save(tmp_path / "notes.csv")
    with saved.open(encoding="utf-8-sig", newline="") as table:
        rows = [{k: v for k, v in r.items() if ":" not in k} for r in csv.DictReader(table)]
    with (tmp_path / "plain.csv").open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    report = import_file(folder, tmp_path / "plain.csv")
    assert (report.changed, report.refusals) == (1, ())
    assert folder.board(SWOT).find("S2").text == "Edited"


# -- accessible ----------------------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_nothing_is_clipped(file, opened, scripts, scheme, width):
    if not scripts:  # axe itself needs a browser that runs scripts
        text = file.read_text(encoding="utf-8").replace("noscript>", "div>")
        file.write_text(text.replace('<script type="module">', "<template>"), encoding="utf-8")
    page = opened(
        file,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        bypass_csp=True,
    )
    if scripts:
        page.press("To be deleted", "Delete")
        page.edit("Good network", "A network " + "ofsomeverylongword" * 20)
        page.note("Known for fast answers").click()
        assert page.tab.locator(".clb-editor").is_visible()
    results = Axe().run(page.tab)
    assert results.violations_count == 0, results.generate_report()
    assert len(results.response["passes"]) > 15
    clipped = page.tab.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll('body > *, main *')]
            .filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1
                && !['inline', 'none'].includes(getComputedStyle(e).display))
            .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert clipped == []


def test_axe_does_find_what_is_broken(file, opened):
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("</main>", f"{BROKEN}</main>"), encoding="utf-8")
    results = Axe().run(opened(file, bypass_csp=True).tab)
    found = {violation["id"] for violation in results.response["violations"]}
    assert {"image-alt", "heading-order", "color-contrast", "button-name"} <= found


# -- parts ---------------------------------------------------------------------------------------


def test_numbers_of_deleted_notes_are_not_given_again(folder, file):
    text = file.read_text(encoding="utf-8")
    data = json.loads(re.search(r'id="offline-data">(.*?)</script>', text)[1])
    assert data["numbering"]["numbers"]["current"] == {"S": 4, "W": len(HOSTILE), "T": 1}
    assert data["numbering"]["letters"]["strengths"] == "S"
    assert data["spec"]["me"] == ""
    assert set(data["table"]["columns"]) >= {
        "cluster",
        "canvas",
        "version",
        "topic",
        "block",
        "text",
        "id",
    }


def test_a_file_is_never_named_with_what_a_person_could_not_save():
    name = offline._file_name(BoardId("../../x y", "swot", "current", ""))
    assert name == "x-y-swot-current.csv"


def test_every_column_of_a_page_is_known_to_imports(folder):
    for kind in folder.kinds.values():
        board = BoardId("alpha", kind.id, kind.versions[0].id)
        assert View(kind, board, kind.layout, (board.version,)).sheets == (board,)
        columns = page_table(board, kind, [])["columns"]
        assert len(columns) == len(set(columns))
        assert {f.id for f in kind.fields} <= set(page_table(board, kind, [])["values"].values())
