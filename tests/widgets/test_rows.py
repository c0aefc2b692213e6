"""Tables and forms as people use them: in JupyterLab, over a journal."""

import json
import os
import re
import signal
import subprocess
import sys
import threading

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError as Late
from room import in_page

from clusterlab.model import BoardId, Cluster
from clusterlab.session import OpenWorkshop
from clusterlab.workshop import Folder, create

pytestmark = pytest.mark.browser

CLUSTERS = [f"c{number}" for number in range(24)]
SAVED = "[...document.querySelectorAll('.clb')].every(e => /saved|readonly/.test(e.dataset.state))"
# A notebook that is run before its kernel is there asks which one to take.
READY = """async () => {
  const notebook = window.jupyterapp?.shell.currentWidget;
  await notebook?.sessionContext?.ready;
  return notebook?.sessionContext?.session?.kernel?.status === 'idle';
}"""
HOSTILE = '<img src=x onerror="window.hacked=1">${7*7}{{7*7}} "quoted" \u202eback\u202c عربي & <b>'
GOAL = {
    "specific": "Firms of the region",
    "measurable": "The list of members",
    "time-bound": "Forty each quarter",
    "text": "Win forty members by calling every supplier",
    "achievable": "Two of us have the time",
    "relevant": "Members asked for it",
    "indicator": "paying members",
    "baseline": "160",
    "target": "200",
    "unit": "members",
    "owner": "Manager",
    "deadline": "12312026",
}


class Lab:
    """A JupyterLab on a workshop, and a cluster of its own for each test."""

    def __init__(self, root, address, token):
        self.root, self.address, self.token = root, address, token
        self._numbers = iter(CLUSTERS)

    def form(self, *cells):
        """Write a notebook for the next cluster, and give the cluster."""
        cluster = next(self._numbers)
        start = f"import clusterlab\nhere = clusterlab.open_workshop('.').cluster('{cluster}')"
        shown = cells or ("here.board('action-plan')", "here.board('smart-goals')")
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(text) for text in (start, *shown)],
            metadata={
                "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
            },
        )
        nbformat.write(notebook, self.root / f"{cluster}.ipynb")
        return cluster

    def seed(self, cluster, *actions):
        """Let Python write some actions."""
        with Folder(self.root) as folder:
            board = OpenWorkshop(folder).cluster(cluster).board("action-plan")
            return [board.add("actions", text, responsible="Ana").id for text in actions]

    def board(self, cluster, canvas):
        """What the journal says, as another program reads it."""
        with Folder(self.root) as folder:
            return folder.board(BoardId(cluster, canvas))

    def history(self, note):
        with Folder(self.root) as folder:
            return folder.journal.history(note)

    def open(self, context, cluster):
        """Open the notebook and run it."""
        page = context.new_page()
        page.goto(f"{self.address}/doc/tree/{cluster}.ipynb?token={self.token}")
        run(page)
        return page


def run(page):
    page.wait_for_function(READY, timeout=60_000)
    for attempt in range(5):
        try:
            # Short: a dialog that asks for the kernel may lie above, whenever it comes.
            page.click(".jp-Cell .jp-InputPrompt", timeout=5_000)
            page.keyboard.press("Escape")
            page.get_by_role("menuitem", name="Run", exact=True).click()
            page.get_by_text("Run All Cells", exact=True).click()
            page.wait_for_selector(".clb", timeout=15_000)
            break
        except Late:
            # JupyterLab forgets what it was asked to run while it still joins its kernel.
            assert attempt < 4, page.inner_text(".jp-Notebook")
            asks = page.locator(".jp-Dialog .jp-mod-accept")  # for the kernel
            if asks.is_visible():
                asks.click()
    page.wait_for_function(SAVED, timeout=60_000)


def saved(page):
    page.wait_for_function(SAVED)


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    place = tmp_path_factory.mktemp("rows")
    root = place / "workshop"
    create(root, "competency-map", "Rows", [Cluster(c, f"Cluster {c}") for c in CLUSTERS]).close()
    config = place / "config"
    config.mkdir()
    allowed = json.dumps({"ServerApp": {"allow_root": True}})
    (config / "jupyter_server_config.json").write_text(allowed, encoding="utf-8")
    exposed = json.dumps({"LabApp": {"expose_app_in_browser": True}})
    (config / "jupyter_lab_config.json").write_text(exposed, encoding="utf-8")
    command = [sys.executable, "-m", "clusterlab", "lab", str(root), "--no-browser", "--port", "0"]
    environment = {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(config),
        "JUPYTER_DATA_DIR": str(place / "data"),
        "JUPYTER_RUNTIME_DIR": str(place / "runtime"),
        "IPYTHONDIR": str(place / "ipython"),
    }
    server = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=environment,
    )
    found = None
    for line in server.stderr:
        if found := re.search(r"(http://127\.0\.0\.1:\d+)/\S*\?token=(\w+)", line):
            break
    assert found, "JupyterLab did not start"
    reader = threading.Thread(target=lambda: list(server.stderr), daemon=True)
    reader.start()
    yield Lab(root, *found.groups())
    os.killpg(server.pid, signal.SIGTERM)
    server.wait(30)
    reader.join(30)
    server.stderr.close()


@pytest.fixture
def context(chromium):
    with chromium.new_context(viewport={"width": 1500, "height": 1100}, locale="en-US") as made:
        yield made


def cell(page, field, row):
    return page.locator(f".clb-table .clb-record >> nth={row}").locator(
        f"[data-field='{field}']:not(.clb-picker)"
    )


def focused(page):
    return page.evaluate("document.activeElement.dataset.field ?? ''")


def texts(board):
    return [note.text for note in board]


def test_a_goal_is_written_by_keyboard_only_until_nothing_is_missing(lab, context):
    cluster = lab.form()
    page = lab.open(context, cluster)
    form = page.locator(".clb-records .clb-record")
    form.locator("textarea[data-field='text']").focus()
    seen = []
    for _ in range(60):
        field = focused(page)
        if field == "tags":
            break
        if field in GOAL and (not seen or seen[-1][0] != field):
            page.keyboard.type(GOAL[field])
            seen.append((field, form.locator(".clb-lack:visible").count()))
        page.keyboard.press("Tab")
    missing = [number for field, number in seen if field != "text"]
    assert missing == [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    assert form.locator(".clb-verdict").inner_text() == "Everything a SMART goal needs is there"
    saved(page)
    [goal] = lab.board(cluster, "smart-goals")
    numbers = {"baseline": 160, "target": 200, "deadline": "2026-12-31"}
    assert {k: goal.get(k) for k in GOAL} == {**GOAL, **numbers}
    done = lab.history(goal.id)
    assert [o.kind for o in done] == ["add", *["edit"] * 11]
    assert all(len(o.payload["values"]) == 1 for o in done), "each operation says one field only"
    assert page.locator(".jp-Cell").count() == 3, "no key went on to the notebook"


def test_an_action_is_written_with_a_date_picked(lab, context):
    cluster = lab.form()
    page = lab.open(context, cluster)
    assert page.locator(".clb-table .clb-record").count() == 1
    cell(page, "text", 0).focus()
    page.keyboard.type("Call every member")
    page.keyboard.press("Tab")
    assert focused(page) == "responsible"
    assert page.locator(".clb-table .clb-record").count() == 2, "an empty row stands ready again"
    page.keyboard.type("Ana")
    saved(page)
    assert texts(lab.board(cluster, "action-plan")) == ["Call every member"]
    picker = page.get_by_label("Pick a date for Deadline, A1")
    picker.fill("2026-12-01")
    page.get_by_label("Status, A1").select_option("in-progress")
    page.get_by_label("Effort, A1").select_option("2")
    saved(page)
    [note] = lab.board(cluster, "action-plan")
    assert note.get("responsible") == "Ana"
    assert note.get("deadline") == "2026-12-01"
    assert (note.get("status"), note.get("effort")) == ("in-progress", 2)
    cell(page, "text", 0).focus()
    page.keyboard.press("Enter")
    page.keyboard.type("first line")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("second line")
    page.keyboard.press("Enter")
    page.keyboard.type("Third action")
    page.keyboard.press("Tab")
    saved(page)
    wanted = ["Call every member", "first line\nsecond line", "Third action"]
    assert texts(lab.board(cluster, "action-plan")) == wanted


def test_rows_are_moved_deleted_and_brought_back(lab, context):
    cluster = lab.form("here.board('action-plan')")
    lab.seed(cluster, "one", "two", "three")
    page = lab.open(context, cluster)

    def order():
        saved(page)
        shown = page.eval_on_selector_all(
            ".clb-table .clb-record:not(.clb-fresh) [data-field='text']", "l => l.map(e => e.value)"
        )
        assert shown == texts(lab.board(cluster, "action-plan"))
        return shown

    cell(page, "responsible", 2).focus()
    page.keyboard.press("Alt+ArrowUp")
    assert order() == ["one", "three", "two"]
    assert page.evaluate("document.activeElement.ariaLabel") == "Responsible, A3"
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowUp")
    assert order() == ["three", "one", "two"]
    page.keyboard.press("Alt+ArrowDown")
    assert order() == ["one", "three", "two"]
    page.keyboard.press("Control+Delete")
    assert order() == ["one", "two"]
    assert page.evaluate("document.activeElement.ariaLabel") == "Responsible, A2"
    page.locator(".clb-notice").get_by_role("button", name="Undo").click()
    assert order() == ["one", "three", "two"]
    page.get_by_label("More for A2").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    assert order() == ["one", "three"]
    page.locator(".clb-bin summary").click()
    page.get_by_role("button", name="Bring A2 back").click()
    assert order() == ["one", "three", "two"]
    handle = page.locator(".clb-handle").nth(2).bounding_box()
    first = page.locator(".clb-record").first.bounding_box()
    page.mouse.move(handle["x"] + 5, handle["y"] + 8)
    page.mouse.down()
    page.mouse.move(handle["x"] + 5, first["y"] + 30, steps=4)
    page.mouse.move(handle["x"] + 5, first["y"] + 4, steps=4)
    page.mouse.up()
    assert order() == ["two", "one", "three"]


def test_forms_are_moved_and_deleted_by_their_buttons(lab, context):
    cluster = lab.form("here.board('smart-goals')")
    page = lab.open(context, cluster)
    page.get_by_label("Goal, New: Goal").fill("first")
    page.keyboard.press("Tab")
    saved(page)
    page.locator(".clb-add").click()
    page.keyboard.type("second")
    page.keyboard.press("Tab")
    saved(page)
    assert texts(lab.board(cluster, "smart-goals")) == ["first", "second"]
    second = page.locator(".clb-form", has=page.get_by_label("Goal, G2"))
    second.get_by_role("button", name="Move up").click()
    saved(page)
    assert texts(lab.board(cluster, "smart-goals")) == ["second", "first"]
    page.get_by_label("Owner, G2").focus()
    page.keyboard.press("Alt+ArrowDown")
    saved(page)
    assert texts(lab.board(cluster, "smart-goals")) == ["first", "second"]
    assert page.evaluate("document.activeElement.ariaLabel") == "Owner, G2"
    second.get_by_role("button", name="Delete").click()
    saved(page)
    assert texts(lab.board(cluster, "smart-goals")) == ["first"]


def test_hostile_text_stays_text_also_after_a_reload(lab, context):
    cluster = lab.form()
    page = lab.open(context, cluster)
    cell(page, "text", 0).fill(HOSTILE)
    cell(page, "responsible", 0).fill(HOSTILE)
    page.keyboard.press("Tab")
    goal = page.locator(".clb-records [data-field='text']")
    goal.fill(HOSTILE)
    page.keyboard.press("Tab")
    saved(page)
    for canvas in ("action-plan", "smart-goals"):
        [note] = lab.board(cluster, canvas)
        assert "<img src=x" in note.text
    [action] = lab.board(cluster, "action-plan")
    page.keyboard.press("Control+s")
    page.wait_for_function("!document.querySelector('.jp-mod-dirty')")
    page.reload()
    run(page)
    assert cell(page, "text", 0).input_value() == action.text
    assert cell(page, "responsible", 0).input_value() == action.get("responsible")
    assert page.locator(".clb img").count() == 0
    assert page.evaluate("window.hacked") is None


def test_what_somebody_typed_is_offered_after_the_tab_was_closed(lab, context):
    cluster = lab.form()
    [action] = lab.seed(cluster, "one")
    page = lab.open(context, cluster)
    cell(page, "responsible", 0).focus()
    page.keyboard.type(" and Bo")
    goal = page.locator(".clb-records [data-field='text']")
    page.close()
    assert lab.board(cluster, "action-plan").find(action).get("responsible") == "Ana"
    with Folder(lab.root) as folder:
        board = OpenWorkshop(folder).cluster(cluster).board("action-plan")
        board.edit(action, responsible="Somebody else")
    page = lab.open(context, cluster)
    assert cell(page, "responsible", 0).input_value() == "Somebody else"
    page.locator(".clb-notice", has_text="and Bo").get_by_role("button", name="Go on").click()
    assert focused(page) == "responsible"
    typed = cell(page, "responsible", 0).input_value()
    assert "and Bo" in typed
    page.keyboard.press("Tab")
    saved(page)
    page.wait_for_selector(".clb-beside")
    note = lab.board(cluster, "action-plan").find(action)
    both = {note.get("responsible"), *(a.value for a in note.alternatives)}
    assert both == {typed, "Somebody else"}, "what it was begun from is remembered with it"
    goal = page.locator(".clb-records [data-field='indicator']")
    goal.focus()
    page.keyboard.type("new members")
    page.close()
    page = lab.open(context, cluster)
    page.locator(".clb-notice", has_text="new members").get_by_role("button", name="Go on").click()
    page.keyboard.press("Tab")
    saved(page)
    [goal] = lab.board(cluster, "smart-goals")
    assert goal.get("indicator") == "new members"


def test_two_pages_write_in_one_cell_and_neither_loses_it(lab, chromium, context):
    cluster = lab.form("here.board('action-plan')")
    [action] = lab.seed(cluster, "one")
    first = lab.open(context, cluster)
    with chromium.new_context(viewport={"width": 1500, "height": 1100}) as other:
        second = lab.open(other, cluster)
        cell(first, "text", 0).focus()
        first.keyboard.press("Control+a")
        first.keyboard.type("mine")
        cell(second, "text", 0).fill("theirs")
        cell(second, "outcome", 0).fill("an outcome")
        second.keyboard.press("Tab")
        saved(second)
        seen = "document.querySelector(\"[data-field='outcome']\").value === 'an outcome'"
        first.wait_for_function(seen)
        assert cell(first, "text", 0).input_value() == "mine", "never under somebody's fingers"
        assert focused(first) == "text"
        first.keyboard.press("Tab")
        for page in (first, second):
            page.wait_for_selector(".clb-beside")
            shown = {cell(page, "text", 0).input_value(), page.inner_text(".clb-other")}
            assert shown == {"mine", "theirs"}
        note = lab.board(cluster, "action-plan").find(action)
        assert {note.text, note.alternatives[0].value} == {"mine", "theirs"}
        wanted = first.inner_text(".clb-other")
        first.get_by_role("button", name="Take this one").click()
        for page in (first, second):
            page.wait_for_selector(".clb-beside", state="detached")
            assert cell(page, "text", 0).input_value() == wanted
        note = lab.board(cluster, "action-plan").find(action)
        assert (note.text, note.alternatives) == (wanted, ())


def test_what_does_not_fit_is_said_beside_and_stays(lab, context):
    cluster = lab.form()
    page = lab.open(context, cluster)
    form = page.locator(".clb-form")
    form.locator("[data-field='target']").fill("many")
    page.keyboard.press("Tab")
    box = form.locator(".clb-box", has=page.locator("[data-field='target']"))
    assert box.locator(".clb-problem").inner_text() == "This is not a number."
    assert form.locator("[data-field='target']").input_value() == "many"
    form.locator("[data-field='text']").fill("A goal")
    page.keyboard.press("Tab")
    saved(page)
    [goal] = lab.board(cluster, "smart-goals")
    assert goal.get("target") is None
    assert form.locator("[data-field='target']").input_value() == "many"
    form.locator("[data-field='target']").fill("12,5")
    page.keyboard.press("Tab")
    saved(page)
    assert lab.board(cluster, "smart-goals").find(goal.id).get("target") == 12.5
    assert box.locator(".clb-problem").is_hidden()


def test_escape_shows_what_was_there_and_an_emptied_row_stays(lab, context):
    cluster = lab.form("here.board('action-plan')")
    [action] = lab.seed(cluster, "one")
    page = lab.open(context, cluster)
    cell(page, "responsible", 0).fill("")
    page.keyboard.press("Tab")
    saved(page)
    assert lab.board(cluster, "action-plan").find(action).get("responsible") is None
    cell(page, "text", 0).fill("something else")
    page.keyboard.press("Escape")
    assert cell(page, "text", 0).input_value() == "one"
    assert "something else" in page.inner_text(".clb-notice")
    cell(page, "text", 0).fill("")
    page.keyboard.press("Tab")
    assert "delete it instead" in page.inner_text(".clb-record >> nth=0")
    assert texts(lab.board(cluster, "action-plan")) == ["one"]
    page.keyboard.type("Bo")
    page.keyboard.press("Tab")
    saved(page)
    note = lab.board(cluster, "action-plan").find(action)
    assert (note.text, note.get("responsible")) == ("", "Bo")


def test_keys_pressed_on_buttons_of_a_row_stay_there(lab, context):
    cluster = lab.form("here.board('action-plan')")
    lab.seed(cluster, "one")
    page = lab.open(context, cluster)
    cells = page.locator(".jp-Cell").count()
    page.get_by_label("More for A1").focus()
    page.keyboard.type("abddxx")
    page.get_by_label("Effort, A1").focus()
    page.keyboard.type("ddb")
    assert page.locator(".jp-Cell").count() == cells
    assert texts(lab.board(cluster, "action-plan")) == ["one"]


def test_who_may_only_read_gets_plain_text(lab, context):
    show = "w = here.board('{0}').widget(); w.spec = {{**w.spec, 'readonly': True}}; w"
    cluster = lab.form(*(show.format(canvas) for canvas in ("action-plan", "smart-goals")))
    lab.seed(cluster, "one")
    page = lab.open(context, cluster)
    row = page.inner_text(".clb-table .clb-record")
    assert "one" in row
    assert "Ana" in row
    assert page.locator(".clb :is(input, textarea, select, .clb-handle)").count() == 0


CLIPPED = in_page("clipped")
OVERLAPPING = in_page("overlapping")


@pytest.fixture
def filled(lab, context):
    cluster = lab.form()
    with Folder(lab.root) as folder:
        here = OpenWorkshop(folder).cluster(cluster)
        board = here.board("action-plan")
        long = "Verantwortungsübernahmevereinbarung mit allen Mitgliedern"
        board.add("actions", long, responsible=long, deadline="2026-12-01", effort=2, tags=("a",))
        board.add("actions", "Short", status="done", deadline="three weeks after the start")
        goals = here.board("smart-goals")
        goals.add("goals", long, unit="members", target=200, indicator=long, owner=long)
        goals.add("goals", "Short")
    page = lab.open(context, cluster)
    page.get_by_label("More for A1").click()
    return page


@pytest.mark.parametrize("width", [390, 700, 1100, 1500])
def test_nothing_is_clipped_or_overlaps(filled, width):
    filled.set_viewport_size({"width": width, "height": 3600})
    if width != 1100:
        cards = f"document.querySelector('.clb-cards.clb-table') ? {width} < 1000 : {width} > 1000"
        filled.wait_for_function(cards)
    assert filled.evaluate(CLIPPED) == []
    assert filled.evaluate(OVERLAPPING) == []


@pytest.mark.parametrize("light", ["true", "false"])
def test_axe_finds_nothing_but_what_was_broken_on_purpose(filled, light):
    page = filled
    page.evaluate(
        "light => { document.body.style.minHeight = '100vh';"
        " document.body.dataset.jpThemeLight = light; }",
        light,
    )
    page.locator("[data-field='target']").first.fill("many")
    page.keyboard.press("Tab")
    found = Axe().run(page, ".clb")
    assert found.violations_count == 0, found.generate_report()
    checked = [rule["id"] for rule in found.response["passes"]]
    assert "color-contrast" in checked
    page.evaluate(
        "() => { const e = document.querySelector('.clb-verdict');"
        " e.style.color = '#aaa'; e.style.background = '#999';"
        " document.querySelector('.clb-td input').removeAttribute('aria-label'); }"
    )
    broken = {v["id"] for v in Axe().run(page, ".clb").response["violations"]}
    assert "color-contrast" in broken
