"""A canvas by keyboard alone, by screen readers' rules, on a phone, enlarged, in forced colours."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from room import in_page

from clusterlab.cli.laboratory import introduce
from clusterlab.workshop import Folder

pytestmark = pytest.mark.browser

QUADRANTS = {
    "strengths": ["Known by everybody", "b is a letter, dd too"],
    "weaknesses": ["Few paying members"],
    "opportunities": ["New rules for batteries"],
    "threats": ["Funding ends"],
}
LAYOUT = in_page("layout")


def tab_to(room, name, most=120):
    """Press Tab until something of this name has the focus."""
    for _ in range(most):
        room.press("Tab")
        active = room.page.evaluate(
            "(e => e.getAttribute('aria-label') ?? e.innerText ?? '')(document.activeElement)"
        )
        if name in active:
            return
    pytest.fail(f"Tab never comes to {name!r}")


def test_a_swot_is_filled_by_keyboard_alone(room):
    here = room("keyboard.ipynb", more="topic='business'").open()
    page = here.page
    page.evaluate(
        "for (const e of ['mousedown', 'pointerdown', 'click']) addEventListener(e, event => {"
        " if (event.detail || event.pointerType) window.mouse = (window.mouse ?? 0) + 1 }, true)"
    )
    cells = page.locator(".jp-Cell").count()
    tab_to(here, "", 1)
    page.keyboard.press("Control+Shift+c")  # the palette: how a keyboard runs a notebook
    page.locator(".lm-CommandPalette-input").wait_for()
    here.type("Run All Cells")
    page.locator(".lm-CommandPalette-item.lm-mod-active", has_text="Run All Cells").first.wait_for()
    here.press("Enter")
    here.ready()
    for block, texts in QUADRANTS.items():
        tab_to(here, f"Add a note to {block.capitalize()}")
        here.press("Enter")
        for text in texts:
            here.type(text)
            here.press("Enter")
        here.press("Escape")
    assert here.agree() == QUADRANTS
    here.press("Shift+Tab")
    assert "Funding ends" in here.focused()
    here.press("b", "a", "x", "m", "y", "d", "d", "z", "ArrowUp")
    assert "New rules" in here.focused()
    here.press("F2")
    here.type(" and cells")
    here.press("Enter", "Alt+ArrowRight")
    assert here.agree()["threats"] == ["New rules for batteries and cells", "Funding ends"]
    here.press("Delete", "Control+z")
    assert here.agree()["threats"] == ["New rules for batteries and cells", "Funding ends"]
    assert page.locator(".jp-Cell").count() == cells
    assert page.evaluate("window.mouse ?? 0") == 0


def violations(room):
    # JupyterLab's body has no height, from which axe takes everything in it for hidden.
    room.page.evaluate("document.body.style.minHeight = '100vh'")
    result = Axe().run(room.page, context=".clb").response
    return {v["id"]: [n["html"][:90] for n in v["nodes"]] for v in result["violations"]}


THEMES = ["JupyterLab Light", "JupyterLab Dark", "JupyterLab Dark High Contrast"]


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_in_any_theme(room, theme):
    here = room("axe.ipynb", "pestel", "").open().run()
    here.page.evaluate(
        "theme => jupyterapp.commands.execute('apputils:change-theme', {theme})", theme
    )
    here.page.wait_for_function("t => document.body.dataset.jpThemeName === t", arg=theme)
    here.add("Political", "New funding period")
    assert violations(here) == {}
    assert borders(here) >= 3
    here.note("New funding period").first.click()
    assert violations(here) == {}
    here.press("Escape")
    # What is broken on purpose is found: colours were really looked at.
    here.canvas.locator(".clb-prompt").first.evaluate("e => e.style.color = '#808080'")
    here.canvas.locator(".clb-prompt").first.evaluate("e => e.style.background = '#8a8a8a'")
    here.canvas.locator(".clb-add").first.evaluate(
        "e => { e.removeAttribute('aria-label'); e.textContent = '' }"
    )
    assert {"color-contrast", "button-name"} <= set(violations(here))


def borders(room):
    """The lowest contrast of a block's or note's border against what is on either side."""
    return room.canvas.evaluate(in_page("borders"))


SMALL = {
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "enlarged": {"viewport": {"width": 640, "height": 500}, "device_scale_factor": 2},
    "forced": {"viewport": {"width": 1000, "height": 800}, "forced_colors": "active"},
}


@pytest.mark.parametrize("name", SMALL)
def test_small_and_forced(room, name, tmp_path_factory):
    first = room(f"{name}.ipynb", "swot", "topic='services'").open().run()
    first.press("Control+s")
    here = room(f"{name}.ipynb", place=False, **SMALL[name])
    here.page.goto(here.server.url(f"/notebooks/{here.name}"))
    here.page.wait_for_selector(".jp-Notebook")
    here.ready()
    text = f"Written on a small page, {name}: Donaudampfschifffahrtsgesellschaftskapitän"
    here.button("Add a note to Weaknesses").click()
    here.type(text)
    assert here.canvas.evaluate(LAYOUT) == []
    here.canvas.locator(".clb-more summary").click()
    here.canvas.get_by_label("Tags").wait_for()
    assert here.canvas.evaluate(LAYOUT) == []
    here.canvas.locator(".clb-editor textarea").first.focus()
    here.press("Enter", "Escape")
    here.note(text).wait_for()
    here.note(text).click()
    here.press("End")
    here.type("!")
    here.canvas.get_by_label("Move to").select_option(label="Threats")
    here.button("Done").click()
    here.ready()
    assert f"{text}!" in here.screen()["threats"]
    if name == "phone":
        swipe(
            here,
            here.canvas.locator(".clb-card", has_text=text).locator(".clb-handle"),
            here.canvas.locator("[data-block=opportunities]"),
        )
        here.ready()
        assert f"{text}!" in here.screen()["opportunities"]
    assert here.canvas.evaluate(LAYOUT) == []
    here.canvas.screenshot(path=tmp_path_factory.getbasetemp() / f"{name}.png")
    here.note(text).focus()
    here.press("Delete")
    here.canvas.locator("[data-notice=deleted]").wait_for()
    assert here.canvas.evaluate(LAYOUT) == []
    here.ready()
    assert here.screen() == first.journal(topic="services")
    here.canvas.locator(".clb-cell").first.evaluate("e => e.style.marginBottom = '-60px'")
    assert here.canvas.evaluate(LAYOUT) != []


def swipe(room, source, target):
    """Drag with a finger, as the browser's own input."""
    source.scroll_into_view_if_needed()
    a, b = source.bounding_box(), target.bounding_box()
    finger = room.context.new_cdp_session(room.page)
    steps = [
        (a["x"] + 8, a["y"] + 10),
        (a["x"] + 10, a["y"] - 20),
        (b["x"] + 60, b["y"] + b["height"] - 20),
    ]
    finger.send(
        "Input.dispatchTouchEvent",
        {"type": "touchStart", "touchPoints": [{"x": steps[0][0], "y": steps[0][1]}]},
    )
    for x, y in steps[1:]:
        finger.send(
            "Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y}]}
        )
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</textarea><script>alert(2)</script>",
    '"><svg onload=alert(3)>',
    "javascript:alert(4) &lt;b&gt; {{7*7}} ${alert(5)}",
    "\u202eevil\u202c \u2028 end",
]


def test_hostile_text_is_text(room):
    here = room("hostile.ipynb", "business-model", "").open().run()
    for text in HOSTILE:
        here.button("Add a note to Key partners").click()
        here.page.keyboard.insert_text(text)
        here.press("Enter", "Escape")
    here.ready()
    with_tags = here.note("javascript:")
    with_tags.click()
    here.canvas.locator("summary", has_text="Details").first.click()
    here.canvas.get_by_label("Tags", exact=True).fill("<b>x</b>, <script>alert(6)</script>")
    here.button("Done").click()
    here.ready()
    created = (
        "root => root.querySelectorAll('img, script, svg, b:not(.clb b), iframe, object').length"
    )
    assert here.canvas.evaluate(created) == 0
    shown = here.screen()["partners"]
    assert shown[:3] == HOSTILE[:3]
    assert "{{7*7}} ${alert(5)}" in shown[3]
    assert here.dialogs == []
    assert here.errors == []
    page = here.context.new_page()
    page.on("dialog", lambda d: here.dialogs.append(d.message))
    assert json.dumps(here.journal("business-model", "")["partners"]) == json.dumps(shown)


def test_authors_show_by_their_initials_where_the_workshop_wants_it(room, server):
    settings = server.root / "workshop.toml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(before.replace("id =", "show_authors = true\nid =", 1), encoding="utf-8")
    try:
        with Folder(server.root) as folder:
            introduce(folder, "Ana María  Silva")
        here = room("authors.ipynb", "business-model", "version='in-five-years'").open().run()
        here.add("Channels", "Fairs")
        assert here.note("Fairs").locator(".clb-author").inner_text() == "AS"
        assert "Silva" not in here.page.content()
    finally:
        settings.write_text(before, encoding="utf-8")


def test_what_cannot_be_taken_is_neither_cut_nor_lost(room):
    here = room("long.ipynb", "swot", "topic='environment'").open().run()
    text = "ü" * 5_001
    here.button("Add a note to Threats").click()
    here.page.keyboard.insert_text(text)
    here.press("Enter")
    assert "5,001 letters; 5,000" in here.canvas.locator(".clb-editor .clb-problem").inner_text()
    here.press("Escape")
    notice = here.canvas.locator(".clb-notice", has_text="üüü")
    notice.get_by_role("button", name="Go on writing").click()
    here.press("End", "Backspace", "Enter", "Escape")
    here.ready()
    assert here.journal(topic="environment")["threats"] == [text[:-1]]
