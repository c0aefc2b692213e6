"""The matrix in a real JupyterLab: placed by drag, by keys and by numbers, the journal agrees."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from room import Room, place_notebook

from clusterlab.model import BoardId
from clusterlab.session import OpenWorkshop
from clusterlab.workshop import Folder

pytestmark = pytest.mark.browser

LONG = "Ask every member what they would need to join a research project together with others"
HOSTILE = "<img src=x onerror=alert(1)> שלום & \N{ROCKET} " + "w" * 60
NOTES = [
    ("Call every member", {}),
    ("Write a newsletter", {"effort": 4, "impact": 2}),
    (LONG, {"effort": 1, "impact": 1}),
    (HOSTILE, {"effort": 4, "impact": 2}),
    ("Invite schools", {"impact": 3}),
]


def begun(here):
    """Run all cells; JupyterLab passes over the command while its kernel is not quite there."""
    from playwright.sync_api import TimeoutError as Late

    begun = "document.querySelector('.jp-InputPrompt').textContent.trim() !== '[ ]:'"
    for _ in range(20):
        here.press("Escape")  # whatever menu the last try left open
        menu = here.page.get_by_role("menuitem", name="Run", exact=True).first
        try:
            menu.click(timeout=3000)
            here.page.get_by_text("Run All Cells", exact=True).first.click(timeout=3000)
            here.page.wait_for_function(begun, timeout=3000)
        except Late:
            continue
        break
    here.ready()
    return here


@pytest.fixture
def matrix(server, chromium):
    """Open a matrix over a plan that holds the same notes for each test, each with a fresh page."""
    rooms = []
    with Folder(server.root) as folder:
        board = OpenWorkshop(folder).cluster("alpha").board("action-plan")
        for note in board.notes:
            board.delete(note.id)
        for text, values in NOTES:
            board.add("actions", text, **values)

    def enter(name, **context):
        cell = "here.matrix('action-plan')"
        place_notebook(server.root, name, "action-plan", "", (cell,))
        rooms.append(Room(server, chromium, name, **context))
        return begun(rooms[-1].open("/doc/tree/"))

    yield enter
    for one in rooms:
        one.close()


def journal(here):
    """Each note's numbers, read by a program of its own."""
    with Folder(here.server.root) as folder:
        board = folder.board(BoardId("alpha", "action-plan", "current"))
        return {n.text: (n.get("effort"), n.get("impact")) for n in board}


def screen(here):
    """Each note's place in the plot; (None, None) for those in the tray."""
    return here.canvas.evaluate(
        """root => Object.fromEntries([...root.querySelectorAll('.clb-note')].map(note => {
             const spot = note.closest('.clb-spot');
             return [note.querySelector('.clb-text').textContent,
                     spot ? [Number(spot.dataset.x), Number(spot.dataset.y)] : [null, null]] }))"""
    )


def reading(here):
    return here.canvas.evaluate(
        """root => Object.fromEntries([...root.querySelectorAll('[data-quadrant]')].map(part =>
             [part.dataset.quadrant, [...part.querySelectorAll('.clb-line .clb-text')]
               .map(line => line.textContent)]).filter(([, texts]) => texts.length))"""
    )


def agree(here, quadrants, **wanted):
    """Screen, journal and words say the same of every note, and what is wanted of some."""
    here.ready()
    written = journal(here)
    placed = {text: tuple(v) for text, v in screen(here).items()}
    assert placed == {
        text: values if None not in values else (None, None) for text, values in written.items()
    }
    for text, values in wanted.items():
        assert written[text.replace("_", " ")] == values
    found = reading(here)
    assert {k: sorted(v) for k, v in found.items()} == {k: sorted(v) for k, v in quadrants.items()}
    assert here.errors == here.dialogs == []


def card(here, text):
    return here.canvas.locator(".clb-card", has_text=text).first


def spot(here, x, y):
    return here.canvas.locator(f".clb-spot[data-x='{x}'][data-y='{y}']")


def drag(page, source, target):
    source.scroll_into_view_if_needed()
    a = source.bounding_box()
    page.mouse.move(a["x"] + a["width"] - 20, a["y"] + a["height"] / 2)
    page.mouse.down()
    page.mouse.move(a["x"] + a["width"] - 30, a["y"] + a["height"] / 2 + 8, steps=2)
    b = target.bounding_box()
    page.mouse.move(b["x"] + b["width"] / 2, b["y"] + b["height"] - 8, steps=6)
    page.mouse.up()


START = {"thankless-tasks": ["Write a newsletter", HOSTILE], "fill-ins": [LONG]}


def test_notes_are_placed_by_dragging_by_keys_and_by_numbers(matrix):
    here = matrix("three-ways.ipynb", viewport={"width": 1280, "height": 1400})
    page = here.page
    agree(here, START, Call_every_member=(None, None), Invite_schools=(None, 3))

    drag(page, card(here, "Call every member"), spot(here, 2, 5))
    agree(here, {**START, "quick-wins": ["Call every member"]}, Call_every_member=(2, 5))
    assert "Call every member" in here.focused()

    here.press("Alt+ArrowRight")  # onto the line: much effort
    agree(here, {**START, "major-projects": ["Call every member"]}, Call_every_member=(3, 5))
    here.press("Alt+ArrowDown", "Alt+ArrowDown")  # onto the other line: little impact
    rest = [*START["thankless-tasks"], "Call every member"]
    agree(here, {**START, "thankless-tasks": rest}, Call_every_member=(3, 3))
    assert "Call every member" in here.focused()
    status = here.canvas.locator("[role=status]")
    assert status.inner_text().strip() == "Effort 3, Impact 3: Thankless tasks"
    here.press(*["Alt+ArrowDown"] * 3)
    assert "edge" in status.inner_text()
    agree(here, {**START, "thankless-tasks": rest}, Call_every_member=(3, 1))

    here.note("Invite schools").click()
    here.canvas.get_by_label("Effort", exact=True).select_option("1")
    here.canvas.get_by_label("Impact", exact=True).select_option("5")
    here.button("Done").click()
    now = {**START, "thankless-tasks": rest, "quick-wins": ["Invite schools"]}
    agree(here, now, Invite_schools=(1, 5))
    assert "Invite schools" in here.focused()

    drag(page, card(here, "Invite schools"), here.canvas.locator(".clb-tray"))
    agree(here, {**START, "thankless-tasks": rest}, Invite_schools=(None, None))
    here.press("Alt+ArrowUp")  # from the tray into the middle
    agree(here, {**START, "thankless-tasks": [*rest, "Invite schools"]}, Invite_schools=(3, 3))
    assert "Invite schools" in here.focused()

    undo = here.canvas.locator(".clb-state").get_by_role("button", name="Undo")
    undo.click()
    agree(here, {**START, "thankless-tasks": rest}, Invite_schools=(None, None))
    undo.click()
    agree(here, now, Invite_schools=(1, 5))
    here.canvas.locator(".clb-state").get_by_role("button", name="Redo").click()
    agree(here, {**START, "thankless-tasks": rest}, Invite_schools=(None, None))

    here.button("Add a note to Actions").click()
    here.type("Found a working group")
    here.press("Enter", "Escape")
    agree(here, {**START, "thankless-tasks": rest}, Found_a_working_group=(None, None))
    here.note("Found a working group").focus()
    here.press("Delete")
    here.ready()
    assert "Found a working group" not in journal(here)
    here.canvas.locator("[data-notice=deleted]").get_by_role("button", name="Undo").click()
    agree(here, {**START, "thankless-tasks": rest}, Found_a_working_group=(None, None))
    assert "Found a working group" in here.focused()


def test_each_placing_is_one_edit_of_the_changed_numbers(matrix):
    here = matrix("one-edit.ipynb", viewport={"width": 1280, "height": 1400})
    drag(here.page, card(here, "Invite schools"), spot(here, 5, 3))
    here.ready()
    here.press("Alt+ArrowUp")
    here.ready()
    with Folder(here.server.root) as folder:
        board = folder.board(BoardId("alpha", "action-plan", "current"))
        note = next(n for n in board if n.text == "Invite schools")
        done = folder.journal.history(note.id)
    assert [(o.kind, o.payload.get("values")) for o in done[1:]] == [
        ("edit", {"effort": 5}),
        ("edit", {"impact": 4}),
    ]
    assert [o.payload["base"] for o in done[1:]] == [[done[0].id], [done[1].id]]


def test_what_somebody_else_placed_meanwhile_is_asked_about(matrix):
    """Two move the same note while one of them drags: neither is overwritten."""
    here = matrix("meanwhile.ipynb", viewport={"width": 1280, "height": 1400})
    page, source = here.page, card(here, "Write a newsletter")
    a, b = source.bounding_box(), spot(here, 1, 5).bounding_box()
    page.mouse.move(a["x"] + a["width"] - 20, a["y"] + a["height"] / 2)
    page.mouse.down()
    page.mouse.move(a["x"] + a["width"] - 40, a["y"] + a["height"] / 2 + 9, steps=3)
    with Folder(here.server.root) as folder:
        board = OpenWorkshop(folder, actor="a-other").cluster("alpha").board("action-plan")
        note = next(n for n in board.notes if n.text == "Write a newsletter")
        board.edit(note.id, effort=5)
    page.wait_for_selector(".clb-spot[data-x='5'] .clb-note")
    page.mouse.move(b["x"] + b["width"] / 2, b["y"] + 20, steps=4)
    page.mouse.up()
    question = here.canvas.locator(".clb-line", has_text="Write a newsletter").locator(
        ".clb-beside"
    )
    question.wait_for()
    here.ready()
    assert journal(here)["Write a newsletter"] == (5, 5)  # theirs came first, ours is beside it
    question.get_by_role("button", name="Take this one").click()
    question.wait_for(state="detached")
    here.ready()
    assert journal(here)["Write a newsletter"] == (1, 5)
    assert screen(here)["Write a newsletter"] == [1, 5]


def test_a_finger_drags_by_the_handle(matrix):
    here = matrix("finger.ipynb", viewport={"width": 390, "height": 1400}, has_touch=True)
    source = card(here, "Call every member").locator(".clb-handle")
    source.scroll_into_view_if_needed()
    a, b = source.bounding_box(), spot(here, 2, 4).bounding_box()
    touch = here.context.new_cdp_session(here.page)
    start = (a["x"] + a["width"] / 2, a["y"] + a["height"] / 2)
    end = (b["x"] + b["width"] / 2, b["y"] + b["height"] / 2)
    steps = [tuple(s + (e - s) * i / 6 for s, e in zip(start, end, strict=True)) for i in range(7)]
    for i, (x, y) in enumerate(steps):
        kind = "touchMove" if i else "touchStart"
        point = {"x": x, "y": y}
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    spot(here, 2, 4).locator(".clb-note").wait_for()
    agree(here, {**START, "quick-wins": ["Call every member"]}, Call_every_member=(2, 4))


OUTSIDE = """root => {
  const found = [];
  const box = e => e.getBoundingClientRect();
  const name = e => e.className + ' “' + e.textContent.slice(0, 30) + '”';
  const all = [...root.querySelectorAll('.clb-card, .clb-corner, .clb-tick, .clb-axis, '
    + '.clb-cell, .clb-quarter-list, .clb-line, .clb-rule, .clb-status, button')]
    .filter(e => box(e).width && !e.closest('[hidden]'));
  const own = box(root);
  for (const e of all) {
    const { left, right } = box(e);
    if (left < own.left - 0.5 || right > own.right + 0.5) found.push('beyond: ' + name(e));
    if (e.clientWidth && e.scrollWidth > e.clientWidth + 1) found.push('clipped: ' + name(e));
  }
  for (const a of all) for (const b of all) {
    if (a === b || a.contains(b) || b.contains(a)) continue;
    const [p, q] = [box(a), box(b)];
    const width = Math.min(p.right, q.right) - Math.max(p.left, q.left);
    const height = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
    if (width > 1 && height > 1) found.push('overlap: ' + name(a) + ' and ' + name(b));
  }
  return found;
}"""


@pytest.mark.parametrize("width", [390, 700, 1280])
def test_nothing_is_clipped_and_nothing_overlaps(matrix, width):
    here = matrix(f"wide-{width}.ipynb", viewport={"width": width, "height": 1400})
    assert here.canvas.evaluate(OUTSIDE) == []
    here.note("Call every member").click()
    here.canvas.locator(".clb-editor").wait_for()
    assert here.canvas.evaluate(OUTSIDE) == []
    here.press("Escape")
    for note in here.canvas.locator(".clb-note").all():
        box = note.bounding_box()
        assert min(box["width"], box["height"]) >= 24  # to be hit by a finger
    here.canvas.evaluate("root => { root.querySelector('.clb-corner').style.marginTop = '30px' }")
    here.canvas.evaluate("root => { root.querySelector('.clb-axis').style.marginLeft = '-90px' }")
    assert here.canvas.evaluate(OUTSIDE) != []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(matrix, theme):
    here = matrix(f"axe-{theme}.ipynb", viewport={"width": 1280, "height": 1400})
    page = here.page
    # Otherwise axe takes all of JupyterLab for hidden and looks at no colour.
    page.evaluate("document.body.style.minHeight = '100vh'")
    if theme == "dark":
        page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    here.canvas.locator(".clb-keys summary").click()
    found = Axe().run(page, context=".clb")
    assert found.violations_count == 0, found.generate_report()
    here.note("Write a newsletter").click()
    here.canvas.locator(".clb-editor").wait_for()
    found = Axe().run(page, context=".clb")
    assert found.violations_count == 0, found.generate_report()
    here.press("Escape")
    here.canvas.evaluate(
        """root => { root.querySelector('.clb-corner').style.color = '#888';
                     root.querySelector('.clb-rule').style.background = '#777';
                     root.querySelector('.clb-spot .clb-note').setAttribute('role', 'listbox') }"""
    )
    broken = {v["id"] for v in Axe().run(page, context=".clb").response["violations"]}
    assert "color-contrast" in broken


def test_the_plot_says_what_it_is(matrix):
    here = matrix("said.ipynb", viewport={"width": 1280, "height": 1400})
    name = "Matrix: Effort across from 1 to 5, Impact up from 1 to 5"
    plot = here.canvas.get_by_role("group", name=name)
    plot.get_by_role("button", name=f"{LONG}. Effort 1, Impact 1: Fill-ins").wait_for()
    assert plot.get_by_role("list", name="Effort 4, Impact 2").get_by_role("listitem").count() == 2
    rule = "In the middle: Effort 3 counts as high, Impact 3 as low."
    assert here.canvas.locator(".clb-rule").inner_text() == rule
    assert here.canvas.locator(".clb-plot .clb-note[tabindex='0']").count() == 1
    here.note("Write a newsletter").focus()
    here.press("ArrowDown")
    assert "onerror" in here.focused()
    here.press("ArrowLeft")
    assert LONG in here.focused()
