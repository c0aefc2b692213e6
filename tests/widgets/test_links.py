"""What forms and tables build on, chosen by people: in JupyterLab and on a page of its own."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from room import in_page

from clusterlab.exchange import import_file
from clusterlab.model import BoardId, Cluster
from clusterlab.session import OpenWorkshop
from clusterlab.workshop import Folder, create

pytestmark = pytest.mark.browser

HOSTILE = '<img src=x onerror="window.hacked=1"> {note} "quoted" \u202eback\u202c عربي'
THEMES = {
    "light": ("true", "JupyterLab Light"),
    "dark": ("false", "JupyterLab Dark"),
    "contrast": ("false", "JupyterLab Dark High Contrast"),
}


def here(folder):
    return OpenWorkshop(folder).cluster("alpha")


def board(place, canvas):
    """What the journal says, as another program reads it."""
    with Folder(place) as folder:
        return folder.board(BoardId("alpha", canvas))


def links(place, canvas, name):
    with Folder(place) as folder:
        note = folder.board(BoardId("alpha", canvas)).find(name)
        boards = folder.boards("alpha").values()
        known = {i: note.spoken for board in boards for i, note in board.everything.items()}
        return [known[i] for i in note.links]


def active(page, of="dataset.act"):
    return page.evaluate(f"document.activeElement.{of} ?? ''")


def tab_to(page, what, of="dataset.act", most=40):
    for _ in range(most):
        if active(page, of) == what:
            return
        page.keyboard.press("Tab")
    raise AssertionError(what)


# -- in JupyterLab -------------------------------------------------------------------------------


def test_a_goal_takes_up_a_strategy_and_a_task_the_goal_by_keyboard_only(server, room):
    with Folder(server.root) as folder:
        tows = here(folder).board("tows", topic="business")
        tows.add("so", "Sell the network abroad")
        tows.add("wt", HOSTILE)
    goals = room("goals.ipynb", "smart-goals", more="").open().run()
    page = goals.page
    page.locator(".clb-form [data-field=text]").focus()
    assert page.locator("[data-act=links]").is_hidden(), "what is not yet there builds on nothing"
    goals.type("Win forty members")
    tab_to(page, "links")
    assert active(page, "ariaLabel") == "Builds on, G1: nothing yet"
    goals.press("Enter")
    assert active(page, "type") == "checkbox"
    goals.press("ArrowDown", "Space")
    goals.ready()
    assert links(server.root, "smart-goals", "G1") == ["WT1"]
    goals.press("ArrowUp", "Space")
    goals.ready()
    assert links(server.root, "smart-goals", "G1") == ["WT1", "SO1"]
    goals.press("Control+z")
    goals.ready()
    assert links(server.root, "smart-goals", "G1") == ["WT1"]
    assert active(page, "type") == "checkbox", "who takes a tick back stays at it"
    goals.press("Space", "ArrowDown", "Space", "Escape")
    goals.ready()
    assert links(server.root, "smart-goals", "G1") == ["SO1"]
    assert active(page) == "links"
    assert active(page, "ariaLabel") == "Builds on, G1: SO1 Sell the network abroad"
    assert page.locator(".clb-choice").first.is_hidden()
    goal = board(server.root, "smart-goals").find("G1")
    with Folder(server.root) as folder:
        done = [o.kind for o in folder.journal.history(goal.id)]
    assert done == ["add", "link", "link", "undo", "link", "unlink"]

    tasks = room("tasks.ipynb", "tasks", more="").open().run()
    page = tasks.page
    page.locator(".clb-table [data-field=text]").first.focus()
    tasks.type("Call every supplier")
    tab_to(page, "links")
    assert active(page, "ariaLabel") == "Builds on, T1: nothing yet"
    tasks.press("Space", "Space", "Enter")
    tasks.ready()
    assert links(server.root, "tasks", "T1") == ["G1"]
    assert active(page, "innerText").startswith("→ G1")
    assert page.locator(".jp-Cell").count() == 2, "no key went on to the notebook"
    assert goals.errors == tasks.errors == []
    assert page.evaluate("window.hacked") is None


def test_what_others_do_meanwhile_shows_and_nothing_is_lost(server, room):
    with Folder(server.root) as folder:
        goals = here(folder).board("smart-goals")
        first = goals.add("goals", "A goal").spoken
        second = goals.add("goals", "Another goal").spoken
        name = here(folder).board("tasks").add("tasks", "A task", resource="Ana").spoken
    tasks = room("together.ipynb", "tasks", more="").open().run()
    page = tasks.page
    who = page.get_by_label(f"Who, {name}", exact=True)
    who.fill("Ana and Bo")
    weight = page.get_by_label(f"Weight, {name}", exact=True)
    with Folder(server.root) as folder:
        task = here(folder).board("tasks")
        task.edit(name, resource="Cem")
        task.link(name, first)
        here(folder).board("smart-goals").edit(first, text="A goal in other words")
    button = page.get_by_label(f"Builds on, {name}: {first}", exact=True)
    button.wait_for()
    weight.fill("much")
    button.focus()
    tasks.press("Enter")
    ticks = page.locator(".clb-choice:visible .clb-check")
    assert ticks.filter(has_text=first).inner_text() == f"{first} A goal in other words"
    assert ticks.filter(has_text=first).locator("input").is_checked()
    ticks.filter(has_text=second).locator("input").focus()
    tasks.press("Space")
    with Folder(server.root) as folder:
        here(folder).board("tasks").unlink(name, first)
    page.get_by_label(f"Builds on, {name}: {second}", exact=True).wait_for()
    assert not ticks.filter(has_text=first).locator("input").is_checked()
    assert active(page, "type") == "checkbox", "what others do moves nobody"
    tasks.ready()
    assert links(server.root, "tasks", name) == [second]
    task = board(server.root, "tasks").find(name)
    both = {task.get("resource"), *(a.value for a in task.alternatives)}
    assert both == {"Ana and Bo", "Cem"}
    assert weight.input_value() == "much", "what is no number stays as it was typed"
    with Folder(server.root) as folder:
        cited = here(folder).board("smart-goals")
        cited.delete(second)
    ticks.filter(has_text=second).wait_for(state="detached")
    assert active(page, "type") == "checkbox", "the focus is somewhere that is there"


# -- on a page of its own ------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    clusters = [Cluster("alpha", "Alpha Cluster")]
    with create(tmp_path / "w", "cluster-strategy", "Workshop", clusters) as opened:
        yield opened


@pytest.fixture
def filled(folder):
    """Many strategies, a goal that takes up one, tasks that take up the goal."""
    tows = here(folder).board("tows", topic="business")
    for number in range(1, 31):
        tows.add("so", f"Förderung {number}" if number % 2 else f"Network {number}")
    goals = here(folder).board("smart-goals")
    goals.add("goals", "Verantwortungsübernahmevereinbarung mit allen Mitgliedern")
    goals.link("G1", "SO2")
    goals.add("goals", HOSTILE)
    tasks = here(folder).board("tasks")
    tasks.add("tasks", "Call them", resource="Verantwortungsübernahmebeauftragte", duration=5)
    tasks.add("tasks", "Meet them")
    tasks.link("T1", "G1", "G2")
    return folder


@pytest.fixture
def opened(chromium, tmp_path):
    contexts = []

    def enter(folder, canvas, **options):
        file = here(folder).board(canvas).save_page(tmp_path / f"{canvas}.html")
        contexts.append(chromium.new_context(bypass_csp=True, **options))
        tab = contexts[-1].new_page()
        tab.set_default_timeout(30_000)
        tab.goto(file.as_uri())
        return tab

    yield enter
    for context in contexts:
        context.close()


def found(page):
    return page.locator(".clb-choice .clb-check:visible b").all_inner_texts()


def test_of_many_notes_some_are_found_by_number_or_word(filled, opened):
    page = opened(filled, "smart-goals")
    page.locator("[data-act=links]").first.click()
    assert active(page, "type") == "search"
    assert len(found(page)) == 30
    page.keyboard.type("so7")
    assert found(page) == ["SO7"]
    assert page.locator(".clb-find [role=status]").inner_text() == "1 of 30"
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Control+a")
    page.keyboard.type("FORDERUNG 1")
    assert found(page) == [f"SO{number}" for number in (1, 11, 13, 15, 17, 19, 21)]
    page.keyboard.press("Control+a")
    page.keyboard.type("nowhere")
    assert found(page) == []
    assert page.locator(".clb-find [role=status]").inner_text() == "No note has this."
    page.keyboard.press("Escape")
    assert len(found(page)) == 30, "the first Escape empties the search, the second closes"
    page.keyboard.press("Escape")
    assert active(page) == "links"
    label = "Builds on, G1: SO2 Network 2, SO7 Förderung 7"
    assert active(page, "ariaLabel") == label
    assert page.locator(".clb-choice:visible").count() == 0


def test_in_a_grid_they_are_found_likewise_and_taken_with_the_note(folder, opened):
    swot = here(folder).board("swot", topic="business")
    for number in range(1, 13):
        swot.add("strengths", f"Strength {number}")
    here(folder).board("tows").add("so", "Use it", topic="business")
    page = opened(folder, "tows")
    page.locator(".clb-note").click()
    page.locator(".clb-more summary").click()
    page.get_by_label("Find by word or number").focus()
    page.keyboard.type("s12")
    page.keyboard.press("Enter")
    assert active(page, "type") == "checkbox"
    page.keyboard.press("Space")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("nowhere")
    assert page.locator(".clb-check:visible").count() == 0
    assert page.locator(".clb-editor").is_visible(), "what is looked for is no part of the note"
    page.get_by_role("button", name="Done", exact=True).click()
    assert page.locator(".clb-link").inner_text() == "→ S12"


def test_a_swot_offers_what_a_survey_found_and_says_nothing_where_nobody_asked(folder, opened):
    here(folder).board("swot").add("strengths", "Known for fast answers", topic="business")
    here(folder).board("tows").add("so", "Use it", topic="services")

    def choices(canvas):
        page = opened(folder, canvas)
        page.locator(".clb-note").click()
        page.locator(".clb-more summary").click()
        assert page.locator(".clb-editor").is_visible()
        return page, page.locator(".clb-links").count()

    page, count = choices("swot")
    assert count == 0
    assert "other canvas" not in page.locator(".clb-grid").first.inner_text()
    page, count = choices("tows")
    assert count == 1, "a strategy must build on something: that there is nothing is worth a word"
    survey = here(folder).board("findings")
    survey.add("findings", "Members ask for visits", share=60, answers=40)
    page, count = choices("swot")
    assert count == 1
    page.get_by_role("checkbox", name="F1").check()
    page.get_by_role("button", name="Done", exact=True).click()
    assert page.locator(".clb-link").inner_text() == "→ F1"


def test_links_come_back_from_a_page(filled, opened, tmp_path):
    page = opened(filled, "tasks")
    page.locator("[data-act=links]").nth(1).click()
    page.get_by_role("checkbox", name="G2").check()
    page.get_by_role("button", name="Done", exact=True).click()
    page.locator("[data-act=links]").first.click()
    page.locator(".clb-choice:visible [type=checkbox]").first.uncheck()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save notes as a file").click()
    download.value.save_as(tmp_path / "notes.csv")
    import_file(filled, tmp_path / "notes.csv")
    assert links(filled.path, "tasks", "T1") == ["G2"]
    assert links(filled.path, "tasks", "T2") == ["G2"]


def test_where_there_is_nothing_to_build_on_it_is_said(folder, opened):
    here(folder).board("tasks").add("tasks", "Call them")
    page = opened(folder, "tasks")
    page.locator("[data-act=links]").first.press("Enter")
    shown = page.locator(".clb-choice:visible")
    assert "There is nothing on the other canvas yet" in shown.inner_text()
    assert active(page, "innerText") == "Done"
    page.keyboard.press("Enter")
    assert shown.count() == 0
    assert active(page) == "links"


def test_a_canvas_that_cites_nothing_has_no_links(folder, opened):
    here(folder).board("action-plan").add("actions", "Call them")
    page = opened(folder, "action-plan")
    assert page.locator(".clb-record").count() == 2
    assert page.locator("[data-act=links], .clb-choice").count() == 0
    assert page.locator(".clb-keys").inner_text().count("Builds on") == 0


@pytest.mark.parametrize("canvas", ["smart-goals", "tasks", "raci", "indicators", "services"])
@pytest.mark.parametrize("width", [390, 800, 1500])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_nothing_is_clipped_or_overlaps(filled, opened, canvas, width, direction):
    block = filled.kinds[canvas].blocks[0].id
    here(filled).board(canvas).add(block, "Verantwortungsübernahmevereinbarung")
    page = opened(filled, canvas, viewport={"width": width, "height": 2000})
    page.evaluate(f"() => document.querySelectorAll('.clb').forEach(e => e.dir = '{direction}')")
    page.locator("[data-act=links]").first.click()
    assert page.locator(".clb-choice:visible").count() == 1
    if active(page, "type") == "search":
        page.keyboard.type("so3")  # what a list scrolls away lies under what is below it
    assert page.evaluate(in_page("clipped")) == []
    assert page.evaluate(in_page("overlapping")) == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("canvas", ["smart-goals", "tasks"])
def test_axe_finds_nothing_but_what_was_broken_on_purpose(filled, opened, canvas, theme):
    page = opened(filled, canvas)
    page.evaluate(
        "([light, name]) => Object.assign(document.body.dataset,"
        " { jpThemeLight: light, jpThemeName: name })",
        THEMES[theme],
    )
    page.locator("[data-act=links]").first.click()
    results = Axe().run(page, ".clb")
    assert results.violations_count == 0, results.generate_report()
    assert "color-contrast" in [rule["id"] for rule in results.response["passes"]]
    page.evaluate(
        "() => { const label = document.querySelector('.clb-check');"
        " label.replaceWith(...label.childNodes); }"
    )
    broken = {v["id"] for v in Axe().run(page, ".clb").response["violations"]}
    assert "label" in broken
