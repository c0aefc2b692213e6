"""A form in JupyterLab, in a real browser: what a person sees who knows no notebooks."""

import base64
import json
import os
import re
import signal
import subprocess
from pathlib import Path

import pytest

from clusterlab.model import BoardId, Cluster
from clusterlab.session import OpenWorkshop
from clusterlab.shared import shared
from clusterlab.workshop import Folder, create

pytestmark = pytest.mark.browser

FORM = "work/alpha/competency-map.ipynb"
# Looks at every frame whether something of a notebook's machinery can be seen.
WATCH = """
const parts = [
  ".jp-CodeMirrorEditor", ".jp-InputPrompt", ".jp-OutputPrompt", ".jp-Placeholder",
  ".jp-Collapser", ".jp-cell-toolbar", ".jp-Notebook-footer", ".jp-NotebookPanel-toolbar",
];
window.seen = [];
const look = () => {
  for (const part of document.querySelectorAll(".jp-NotebookPanel :is(" + parts + ")"))
    if (part.checkVisibility({visibilityProperty: true}) && part.getClientRects().length)
      window.seen.push(part.className);
  window.frames_seen = (window.frames_seen ?? 0) + Boolean(document.querySelector(".jp-Notebook"));
  requestAnimationFrame(look);
};
look();
"""
SETTLED = """() => {
  const status = document.querySelector(".clusterlab-form-opening");
  const saved = document.querySelector(".clusterlab-form-save");
  return status && !status.textContent && saved.dataset.state === "saved";
}"""
OUTPUTS = ".clusterlab-form .jp-OutputArea-output"


@pytest.fixture(scope="module")
def lab(tmp_path_factory, laboratory):
    """A workshop with two forms, opened in JupyterLab."""
    path = tmp_path_factory.mktemp("forms") / "workshop"
    with create(path, "cluster-strategy", "Forms", [Cluster("alpha", "Alpha Cluster")]) as folder:
        board = OpenWorkshop(folder).cluster("alpha").board("swot", topic="business")
        board.add("strengths", "People know each other well")
        other = folder.path / "notebooks" / "business-model.ipynb"
        text = other.read_text(encoding="utf-8")
        hostile = text.replace('title(\\"Business model', 'title(\\"<b>Business</b> model')
        assert hostile != text
        other.write_text(hostile, encoding="utf-8")
    started = laboratory(path, "alpha")
    started.folder = path
    return started


@pytest.fixture
def form(lab):
    """The file of the first form, as it was placed; no kernel runs."""
    file = lab.folder / FORM
    lab.placed = getattr(lab, "placed", None) or file.read_text(encoding="utf-8")
    for session in lab.api("api/sessions"):
        lab.api(f"api/sessions/{session['id']}", "DELETE")
    file.write_text(lab.placed, encoding="utf-8")
    return file


@pytest.fixture
def page(lab, form, chromium):
    """A page of a browser that has not opened anything yet."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.faults, page.asked = [], []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    page.add_init_script(WATCH)
    yield page
    context.close()


# What anywidget says of a canvas that took more than two seconds to come, on a busy computer.
SLOW = "[anywidget] Failed to initialize model."
CONNECTED = "[...document.querySelectorAll('.clb')].every(e => e.dataset.state === 'saved')"


def faults(page):
    """What went wrong in a page; what came slowly must be connected all the same."""
    if SLOW in page.faults:
        page.wait_for_function(CONNECTED, timeout=60_000)
    return [fault for fault in page.faults if fault != SLOW]


def opened(page, lab):
    page.goto(lab.url)
    settled(page)
    return page


def settled(page):
    page.wait_for_selector(OUTPUTS, timeout=60_000)
    page.wait_for_function(SETTLED, timeout=60_000)


def counts(form):
    cells = json.loads(form.read_text(encoding="utf-8"))["cells"]
    return [cell["execution_count"] for cell in cells if cell["cell_type"] == "code"]


def test_a_form_opens_by_itself_and_shows_no_code(page, lab, form):
    page.goto(lab.url)
    page.wait_for_selector(".jp-Notebook")
    status = page.locator(".clusterlab-form-opening")
    assert status.get_attribute("role") == "status"
    settled(page)
    assert page.evaluate("window.seen") == []
    assert page.evaluate("window.frames_seen") > 3
    assert page.get_by_role("heading", level=1, name="Competency map").is_visible()
    assert page.get_by_text("People know each other well").first.is_visible()
    for part in ("#jp-top-panel", ".jp-SideBar", "#jp-bottom-panel"):
        assert not any(found.is_visible() for found in page.locator(part).all())
    menus = page.locator("#jp-MainMenu .lm-MenuBar-itemLabel")
    assert [name for name in menus.all_inner_texts() if name] == ["File", "View", "Help"]
    assert page.locator("html").get_attribute("data-clusterlab-form") == "1"
    assert page.get_by_role("button", name="Run the rest").count() == 0

    ran = counts(form)
    assert ran == list(range(1, len(ran) + 1))
    page.reload()
    settled(page)
    kernel = lab.api("api/kernels")[0]["id"]
    assert page.evaluate("window.seen") == []
    assert counts(form) == ran
    assert len(lab.api("api/kernels")) == 1
    assert lab.api(f"api/kernels/{kernel}")["execution_state"] == "idle"
    assert last_count(page) == ran[-1]
    assert faults(page) == []
    assert {re.match(r"\w+:(//[\d.]+)?", url)[0] for url in page.asked} <= {
        "http://127.0.0.1",
        "data:",
        "blob:",
    }


def last_count(page):
    """The count of the last cell that the page shows, as JupyterLab keeps it."""
    page.get_by_role("button", name="Show code").click()
    text = page.locator(".jp-CodeCell .jp-InputPrompt").last.text_content()
    page.get_by_role("button", name="Hide code").click()
    return int(re.search(r"\d+", text)[0])


def test_code_can_be_shown_and_other_forms_are_a_click_away(page, lab):
    opened(page, lab)
    editors = page.locator(".jp-CodeCell .jp-CodeMirrorEditor")
    assert not any(editor.is_visible() for editor in editors.all())
    page.get_by_role("button", name="Show code").click()
    assert editors.first.is_visible()
    assert page.get_by_text("All changes saved").is_visible()  # looking changes no file
    assert page.locator(".jp-NotebookPanel-toolbar").is_visible()
    assert "Kernel" in page.locator("#jp-MainMenu").inner_text()
    page.get_by_role("button", name="Hide code").click()
    assert not any(editor.is_visible() for editor in editors.all())
    assert "Kernel" not in page.locator("#jp-MainMenu").inner_text()

    link = page.get_by_role("navigation", name="Other forms:").get_by_role("link")
    assert link.all_inner_texts() == ["<b>Business</b> model"]
    link.click()
    page.wait_for_url("**/doc/tree/work/alpha/business-model.ipynb")
    settled(page)
    assert page.get_by_role("heading", level=1, name="<b>Business</b> model").is_visible()
    assert page.evaluate("window.seen") == []
    assert faults(page) == []


def test_code_that_did_not_come_with_the_form_waits_for_a_click(page, lab, form, tmp_path):
    notebook = json.loads(form.read_text(encoding="utf-8"))
    cells = notebook["cells"]
    marks = [tmp_path / name for name in ("forged", "changed", "new")]
    touch = [f"open({str(mark)!r}, 'w').close()" for mark in marks]
    first, last = cells[1], cells[-1]
    # The id and the marks of a cell of the form, but another text.
    cells.append({**first, "source": touch[0], "execution_count": 1})
    last["source"] = "".join(last["source"]) + "\n" + touch[1]
    note = {"cell_type": "markdown", "id": "note", "metadata": {}, "source": "What *we* wrote"}
    mine = {**first, "id": "mine", "metadata": {"tags": ["hide-input"]}, "source": touch[2]}
    cells[3:3] = [note, mine]
    form.write_text(json.dumps(notebook), encoding="utf-8")

    opened(page, lab)
    assert page.get_by_text("People know each other well").first.is_visible()
    assert [mark.exists() for mark in marks] == [False, False, False]
    rest = page.get_by_role("button", name="Run the rest")
    assert rest.is_visible()
    assert page.get_by_text("What we wrote").is_visible()
    assert page.locator(".clusterlab-form-own .jp-CodeMirrorEditor").count() == 3
    for text in ("forged", "changed", "new"):  # nobody runs what they cannot see
        assert page.locator(".clusterlab-form-own .cm-content", has_text=text).is_visible()

    page.reload()
    settled(page)
    assert [mark.exists() for mark in marks] == [False, False, False]
    rest.click()
    rest.wait_for(state="detached")
    settled(page)
    assert [mark.exists() for mark in marks] == [True, True, True]
    page.reload()
    settled(page)
    assert rest.count() == 0
    assert "What *we* wrote" in form.read_text(encoding="utf-8")


# What carries words between canvas and program gives up the first of the canvases at once.
IMPATIENT = """
const patient = AbortSignal.timeout;
let left = 1;
AbortSignal.timeout = (wait) =>
  patient.call(AbortSignal, wait === 2000 && left-- > 0 ? 0 : wait);
"""


def test_a_canvas_that_took_too_long_to_come_is_connected_all_the_same(page, lab, form):
    page.add_init_script(IMPATIENT)
    opened(page, lab)
    assert SLOW in page.faults
    assert faults(page) == []
    page.get_by_role("button", name="Add a note to Opportunities").first.click()
    page.keyboard.type("Written after all")
    page.keyboard.press("Enter")
    page.wait_for_function(SETTLED)
    with Folder(lab.folder) as folder:
        texts = [n.text for n in folder.board(BoardId("alpha", "swot", "current", "business"))]
    assert "Written after all" in texts


def test_a_kernel_that_starts_anew_brings_the_canvases_back(page, lab):
    opened(page, lab)
    age = f"document.querySelectorAll('{OUTPUTS}').forEach((o) => o.classList.add('old'))"
    count = page.locator(OUTPUTS).count()
    again = f"(n) => document.querySelectorAll('{OUTPUTS}:not(.old)').length === n"

    page.evaluate(age)
    page.get_by_role("button", name="Show code").click()
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name=re.compile(r"^Restart Kernel…")).click()
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    page.get_by_role("button", name="Hide code").click()
    page.wait_for_function(again, arg=count, timeout=60_000)
    settled(page)

    page.evaluate(age)
    kernel = lab.api("api/kernels")[0]["id"]
    found = subprocess.run(["pgrep", "-f", f"kernel-{kernel}"], capture_output=True, check=True)
    for number in found.stdout.split():
        os.kill(int(number), signal.SIGKILL)
    page.wait_for_function(again, arg=count, timeout=60_000)
    assert page.locator(".old").count() == 0


def test_a_widget_can_ask_for_its_cell_and_keys_of_notebooks_do_nothing(page, lab, form):
    opened(page, lab)
    before = len(json.loads(form.read_text(encoding="utf-8"))["cells"])
    page.locator(".jp-Notebook").focus()
    for key in ("b", "a", "d", "d", "x", "m", "Control+z", "Shift+Enter"):
        page.keyboard.press(key)
    assert page.locator(".jp-Notebook .jp-Cell").count() == before

    outputs = page.locator(OUTPUTS)
    ran, other = outputs.nth(0).element_handle(), outputs.nth(1).element_handle()
    ran.evaluate(
        "(o) => o.firstElementChild.dispatchEvent("
        "new CustomEvent('clusterlab:run', {bubbles: true}))"
    )
    page.wait_for_function("(o) => !o.isConnected", arg=ran)
    settled(page)
    assert other.evaluate("(o) => o.isConnected")
    assert max(counts(form)) == before + 1


def test_which_cells_run_by_themselves(chromium):
    script = shared("templates/jupyter/labextensions/clusterlab-form/page/cells.js").read_bytes()
    url = "data:text/javascript;base64," + base64.b64encode(script).decode()
    page = chromium.new_page()

    def parts(*cells, form):
        return page.evaluate(
            """async ([url, cells, form]) => {
              const { parts } = await import(url);
              const found = parts(cells, new Map(Object.entries(form)));
              return [[...found.own], found.runs, found.rest];
            }""",
            [url, [dict(zip(("id", "type", "source"), c, strict=True)) for c in cells], form],
        )

    a, b = ("a", "code", "1\n2"), ("b", "code", "3")
    form = {"a": "1\n2", "b": "3"}
    try:
        assert parts(a, b, form=form) == [[], [0, 1], []]
        assert parts(("a", "code", "1\r\n2"), b, form=form) == [[], [0, 1], []]
        assert parts(a, ("x", "code", "4"), b, form=form) == [[1], [0, 2], [1]]
        assert parts(("a", "code", "evil"), b, form=form) == [[0], [], [0, 1]]
        assert parts(a, a, b, form=form) == [[1], [0, 2], [1]]
        assert parts(("a", "markdown", "1\n2"), b, form=form) == [[], [], [1]]
        assert parts(("__proto__", "code", "1"), ("x", "code", " "), form={}) == [[0, 1], [], [0]]
    finally:
        page.close()


def test_every_module_of_the_extension_is_there():
    place = shared("templates", "jupyter", "labextensions", "clusterlab-form")
    entry = json.loads((place / "package.json").read_text())["jupyterlab"]["_build"]["load"]
    assert (place / entry).is_file()
    for file in Path(place, "page").glob("*.js"):
        for name in re.findall(r'(?:from|import) "\./([^"]+)"', file.read_text(encoding="utf-8")):
            assert (file.parent / name).is_file(), f"{file.name} imports {name}"


WRITABLE = """() => {
  const all = [...document.querySelectorAll(".clb")];
  return all.length > 5 && all.every(canvas => canvas.dataset.state === "saved");
}"""


def kernel_process(lab):
    (kernel,) = lab.api("api/kernels")
    found = subprocess.run(
        ["pgrep", "-f", f"kernel-{kernel['id']}"], capture_output=True, text=True, check=True
    )
    return int(found.stdout.split()[0])


def test_what_is_still_open_follows_what_is_written(lab, page):
    page.goto(lab.url)
    page.wait_for_function(WRITABLE, timeout=60_000)
    page.wait_for_function(SETTLED)
    points = page.locator(".clusterlab-findings").last
    before = points.inner_text()
    canvas = page.locator(".clb").first
    canvas.get_by_role("button", name="Add a note to Threats").click()
    page.keyboard.type("A new threat")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "before => [...document.querySelectorAll('.clusterlab-findings')].at(-1)"
        ".innerText.replace(/\\\\s+/g, ' ') !== before",
        arg=re.sub(r"\s+", " ", before),
    )
    # Nobody was interrupted: the next note is still being written.
    assert "New note in Threats" in page.evaluate(
        "document.activeElement.getAttribute('aria-label')"
    )


def test_the_line_above_says_what_the_canvases_say(lab, page):
    page.goto(lab.url)
    page.wait_for_function(WRITABLE, timeout=60_000)
    page.wait_for_function(SETTLED)
    process = kernel_process(lab)
    os.kill(process, signal.SIGSTOP)
    try:
        canvas = page.locator(".clb").first
        canvas.get_by_role("button", name="Add a note to Weaknesses").click()
        page.keyboard.type("Written while nothing answers")
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        page.locator(".clusterlab-form-save[data-state=unsaved]").wait_for()
        assert "kept in this browser" in canvas.locator(".clb-status").inner_text()
    finally:
        os.kill(process, signal.SIGCONT)
    page.wait_for_function(WRITABLE, timeout=60_000)
    page.wait_for_function(SETTLED)  # the line above says so too
    with Folder(lab.folder) as folder:
        notes = folder.board(BoardId("alpha", "swot", "current", "business")).block("weaknesses")
    assert [n.text for n in notes] == ["Written while nothing answers"]


def test_a_save_amid_a_save_asks_nothing(lab, page):
    writes = []

    def write(route):
        if route.request.method != "PUT":
            route.continue_()
            return
        response = route.fetch()
        writes.append(response.status)
        if len(writes) == 1:  # it is written, and the page has not heard of it yet
            page.keyboard.press("Control+s")
        route.fulfill(response=response)

    page.route("**/api/contents/**", write)
    with page.expect_response(
        lambda response: response.request.method == "PUT" and len(writes) > 1, timeout=60_000
    ):
        page.goto(lab.url)
    page.wait_for_function(SETTLED)
    assert page.locator(".jp-Dialog").count() == 0


def test_no_dialog_takes_what_is_typed_when_the_program_dies(lab, page):
    page.goto(lab.url)
    page.wait_for_function(WRITABLE, timeout=60_000)
    page.wait_for_function(SETTLED)
    canvas = page.locator(".clb").first
    canvas.get_by_role("button", name="Add a note to Opportunities").click()
    page.keyboard.type("Half a ")
    page.mouse.move(2, 2)  # where the mouse is makes no difference
    os.kill(kernel_process(lab), signal.SIGKILL)
    page.locator(".clusterlab-form-opening:not(:empty)").wait_for()
    assert page.locator(".jp-Dialog").count() == 0
    page.wait_for_function(WRITABLE, timeout=60_000)
    # It is offered again, to be gone on with.
    page.locator(".clb-notice", has_text="Half a").get_by_role(
        "button", name="Go on writing"
    ).click()
    page.keyboard.type("thought")
    page.keyboard.press("Enter")
    page.locator(".clb-note", has_text="Half a thought").wait_for()
