"""A canvas in a real JupyterLab: whatever is done, screen, kernel and journal say the same."""

import os
import signal

import pytest
from room import READY

pytestmark = pytest.mark.browser


def drag(page, source, target, steps=6):
    a, b = source.bounding_box(), target.bounding_box()
    page.mouse.move(a["x"] + 60, a["y"] + a["height"] / 2)
    page.mouse.down()
    page.mouse.move(a["x"] + 80, a["y"] + a["height"] / 2 + 10, steps=2)
    page.mouse.move(b["x"] + b["width"] / 2, b["y"] + b["height"] - 12, steps=steps)
    page.mouse.up()


def test_a_mornings_work(room):
    here = room("morning.ipynb").open().run()
    page = here.page
    cells = page.locator(".jp-Cell").count()

    here.add("Strengths", "Fast answers", "Good network")
    here.add("Threats", "Funding ends")
    assert here.agree() == {
        "strengths": ["Fast answers", "Good network"],
        "threats": ["Funding ends"],
    }

    here.note("Fast answers").click()
    here.press("End")
    here.type(" to members")
    here.press("Enter")
    assert here.agree()["strengths"][0] == "Fast answers to members"

    drag(
        page,
        here.canvas.locator(".clb-card", has_text="Good network"),
        here.canvas.locator("[data-block=opportunities]"),
    )
    assert here.agree()["opportunities"] == ["Good network"]

    here.note("Good network").focus()
    here.press("Alt+ArrowLeft", "Alt+ArrowLeft")
    assert here.agree()["strengths"] == ["Good network", "Fast answers to members"]
    assert "Good network" in here.focused()
    here.press("Alt+ArrowDown")
    assert here.agree()["strengths"] == ["Fast answers to members", "Good network"]

    here.press("Delete")
    assert here.agree()["strengths"] == ["Fast answers to members"]
    here.canvas.locator("[data-notice=deleted]").get_by_role("button", name="Undo").click()
    assert here.agree()["strengths"] == ["Fast answers to members", "Good network"]
    here.canvas.locator(".clb-state").get_by_role("button", name="Undo").click()  # the move down
    assert here.agree()["strengths"] == ["Good network", "Fast answers to members"]
    here.canvas.locator(".clb-state").get_by_role("button", name="Redo").click()
    assert here.agree()["strengths"] == ["Fast answers to members", "Good network"]

    here.note("Funding ends").click()
    here.canvas.get_by_label("Move to").select_option(label="Weaknesses")
    here.button("Done").click()
    assert here.agree()["weaknesses"] == ["Funding ends"]

    page.keyboard.press("Control+s")
    page.wait_for_function("!jupyterapp.shell.currentWidget.context.model.dirty")
    before = here.agree()
    page.reload()
    page.wait_for_selector(".jp-Notebook")
    here.ready()
    assert here.agree() == before
    assert page.locator(".jp-Cell").count() == cells
    assert here.outside == []


def test_a_second_tab_sees_and_does_the_same(room):
    first = room("tabs.ipynb", more="topic='services'").open().run()
    first.press("Control+s")
    second = room("tabs.ipynb", place=False).open()
    second.run()
    first.add("Strengths", "Written on the left")
    second.note("Written on the left").wait_for()
    second.add("Weaknesses", "Written on the right")
    first.note("Written on the right").wait_for()
    assert first.agree(topic="services") == second.agree(topic="services")


def test_what_is_typed_survives_a_restart_of_the_kernel(room):
    here = room("restart.ipynb", "pestel", "").open().run()
    here.add("Political", "Before")
    here.restart()
    here.state("stopped")
    assert "Run the cell again" in here.canvas.locator(".clb-status").inner_text()
    here.button("Add a note to Political").click()
    here.type("Typed while nothing ran")
    here.press("Enter", "Escape")
    here.note("Typed while nothing ran").wait_for()
    assert "1 change is kept" in here.canvas.locator(".clb-status").inner_text()
    assert here.journal("pestel", "") == {"political": ["Before"]}
    here.run()
    assert here.agree(canvas="pestel", topic="") == {
        "political": ["Before", "Typed while nothing ran"]
    }


def test_a_kernel_that_dies_is_said_and_loses_nothing(room):
    here = room("dies.ipynb", "pestel", "").open().run()
    os.kill(here.python("__import__('os').getpid()"), signal.SIGKILL)
    here.state("stopped")
    here.page.locator(".jp-Dialog").locator(".jp-mod-accept").click()
    here.button("Add a note to Legal").click()
    here.type("Typed after the crash")
    here.press("Enter", "Escape")
    here.page.wait_for_function(READY)
    here.run()
    assert here.agree(canvas="pestel", topic="")["legal"] == ["Typed after the crash"]


def test_what_was_being_typed_when_the_tab_closed_is_offered_again(room):
    here = room("closed.ipynb", "tows", "topic='business'").open().run()
    here.button("Add a note to Strengths × threats").click()
    here.type("Half a thou")
    here.press("Control+s")
    here.page.close()
    here.page = here.context.new_page()
    here.open()
    here.run()
    notice = here.canvas.locator(".clb-notice", has_text="Half a thou")
    notice.get_by_role("button", name="Go on writing").click()
    here.type("ght")
    here.press("Enter", "Escape")
    assert here.agree(canvas="tows") == {"st": ["Half a thought"]}


def test_running_the_cell_again_gives_the_same_canvas(room):
    here = room("again.ipynb", "business-model", "version='in-five-years'").open().run()
    here.add("Key partners", "Universities")
    count = "len(__import__('ipywidgets').widgets.widget._instances)"
    handles = "len(__import__('os').listdir('/proc/self/fd'))"
    assert here.python(count) == 2
    here.run()
    before = here.python(handles)
    for _ in range(50):
        here.run()
    assert here.python(count) == 2
    assert here.python(handles) == before
    assert here.agree(canvas="business-model", topic="", version="in-five-years") == {
        "partners": ["Universities"]
    }
