"""The same canvas in Notebook 7 and Voilà, in a notebook that came by mail, in one reopened."""

import pytest

pytestmark = pytest.mark.browser


def test_notebook_7(room):
    here = room("seven.ipynb", "tows", "topic='services'")
    here.open("/notebooks/").run()
    cells = here.page.locator(".jp-Cell").count()
    here.add("Strengths × threats", "Written in Notebook 7")
    here.note("Written in Notebook 7").focus()
    here.press("d", "d", "b", "Alt+ArrowLeft")
    here.ready()
    assert here.screen() == here.journal("tows", "services") == {"so": ["Written in Notebook 7"]}
    assert here.page.locator(".jp-Cell").count() == cells


def test_voila(room):
    here = room("voila.ipynb", "tows", "topic='environment'")
    here.page.goto(here.server.url(f"/voila/render/{here.name}"))
    here.ready()
    here.add("Weaknesses × threats", "Written in Voilà")
    assert here.screen() == here.journal("tows", "environment") == {"wt": ["Written in Voilà"]}
    here.page.reload()  # another kernel; the journal is the same
    here.ready()
    assert here.screen() == {"wt": ["Written in Voilà"]}
    assert here.errors == []


def test_a_notebook_from_elsewhere_shows_its_canvas_to_read(room):
    here = room("sent.ipynb", "business-model-cluster", "").open().run()
    here.add("Channels", "Monthly letter")
    here.run()
    saved(here)
    text = (here.server.root / here.name).read_text(encoding="utf-8")
    assert "Monthly letter" in text
    # Whoever gets it has another signature: nothing in it is trusted.
    changed = text.replace("Monthly letter", "Monthly letters")
    (here.server.root / "received.ipynb").write_text(changed, encoding="utf-8")
    there = room("received.ipynb", place=False).open()
    twin = there.page.locator(".jp-OutputArea-output", has_text="Monthly letters")
    twin.wait_for()
    assert "Channels" in twin.inner_text()
    assert there.page.locator(".clb").count() == 0
    assert "Error" not in there.page.locator(".jp-Notebook").inner_text()


def saved(room):
    room.press("Control+s")
    room.page.wait_for_function("!jupyterapp.shell.currentWidget.context.model.dirty")


def test_a_reopened_notebook_says_what_to_do(room):
    here = room("reopened.ipynb", "business-model-cluster", "version='in-five-years'").open()
    keeping = "'@jupyter-widgets/jupyterlab-manager:plugin', '{\"saveState\": true}'"
    here.page.evaluate(f"jupyterapp.serviceManager.settings.save({keeping})")
    here.open()
    here.run()
    here.add("Channels", "Fair in spring")
    saved(here)
    here.page.close()
    here.server.ask(f"/api/sessions/{session_of(here)}", "DELETE")
    assert "Fair in spring" in (here.server.root / here.name).read_text(encoding="utf-8")
    again = room("reopened.ipynb", place=False).open()
    again.state("unconnected")
    assert "Run the cell" in again.canvas.locator(".clb-status").inner_text()
    assert again.screen() == {"channels": ["Fair in spring"]}
    again.button("Add a note to Channels").click()
    again.type("Written before it ran")
    again.press("Enter", "Escape")
    again.run()
    assert again.agree(canvas="business-model-cluster", topic="", version="in-five-years") == {
        "channels": ["Fair in spring", "Written before it ran"]
    }


def session_of(room):
    return next(s["id"] for s in room.server.ask("/api/sessions") if s["path"].endswith(room.name))
