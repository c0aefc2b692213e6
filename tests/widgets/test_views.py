"""Several views of one live canvas in one page, over a model that a test drives."""

import json

import pytest
from room import in_page

from clusterlab.session import OpenWorkshop
from clusterlab.widgets import assets, spec_of

pytestmark = pytest.mark.browser
MODEL = in_page("model")


@pytest.fixture
def open_views(small, desk, page, chromium, tmp_path):
    """Open views of the SWOT's business board; gives the tab."""
    context = chromium.new_context()
    blank = tmp_path / "blank.html"
    blank.write_text(
        f"<!doctype html><title>Views</title><style>{assets.style()}</style>", encoding="utf-8"
    )

    def enter(count=2, page=page, **more):
        presenter = OpenWorkshop(small).cluster("alpha").presenter()
        spec = spec_of(page.view, presenter, workshop="w", limit=500, actor="ann")
        tab = context.new_page()
        tab.set_default_timeout(30_000)
        tab.goto(blank.as_uri())
        page.live.desk.catch_up()
        state = json.loads(json.dumps(page.live.snapshot()))
        tab.evaluate(MODEL, [assets.script("widget"), {**spec, **more}, state, count])
        return tab

    yield enter
    context.close()


def greet(tab):
    tab.evaluate("model.hear({kind: 'board', client: model.sent[0].client})")


def said(tab):
    return [e.inner_text() for e in tab.locator("[aria-live]").all() if e.inner_text()]


def test_what_concerns_all_views_is_announced_once(open_views):
    tab = open_views()
    greet(tab)
    tab.evaluate("model.lose()")
    statuses = tab.locator(".clb-status[data-state=stopped]")
    assert statuses.count() == 2
    assert len(said(tab)) == 1
    assert "has stopped" in said(tab)[0]


def test_a_refusal_is_announced_once_and_stands_in_every_view(open_views):
    tab = open_views()
    greet(tab)
    tab.locator("[data-block=strengths] .clb-add").first.click()
    tab.keyboard.type("New")
    tab.keyboard.press("Enter")
    tab.evaluate("""() => {
      const { client, operation } = model.sent.at(-1);
      model.hear({ kind: 'refused', client, id: operation.id, why: 'No room.' });
    }""")
    assert tab.locator(".clb-notice", has_text="No room.").count() == 2
    assert len([text for text in said(tab) if "No room." in text]) == 1


def test_a_canvas_that_may_be_written_on_again_is_connected(open_views):
    tab = open_views(count=1, readonly=True)
    assert tab.locator(".clb-status").get_attribute("data-state") == "readonly"
    assert tab.evaluate("model.sent.length") == 0
    tab.evaluate("model.set('spec', {...model.get('spec'), readonly: false, me: 'bob'})")
    assert tab.locator(".clb-status").get_attribute("data-state") == "connecting"
    greet(tab)
    tab.locator("[data-block=strengths] .clb-add").click()
    tab.keyboard.type("By Bob")
    tab.keyboard.press("Enter")
    assert tab.evaluate("model.sent.at(-1).operation.author") == "bob"
    tab.evaluate("model.set('spec', {...model.get('spec'), readonly: true})")
    assert tab.locator(".clb-status").get_attribute("data-state") == "readonly"


def leave_behind(tab, text):
    """Let it look as if another page, gone since, had left a draft beside the one there is."""
    tab.evaluate(
        """text => {
          const [key] = Object.keys(localStorage).filter((k) => k.startsWith('clusterlab/draft/'));
          const draft = JSON.parse(localStorage.getItem(key));
          const left = JSON.stringify({ ...draft, owner: 'gone', text });
          localStorage.setItem(key.replace(draft.owner, 'gone'), left);
        }""",
        text,
    )


def drafts(tab):
    return tab.evaluate(
        """() => Object.keys(localStorage).filter((key) => key.startsWith('clusterlab/draft/'))
          .map((key) => JSON.parse(localStorage.getItem(key)).text).sort()"""
    )


def test_what_is_being_written_in_one_view_is_not_offered_in_another(open_views):
    tab = open_views(count=1)
    greet(tab)
    tab.locator("[data-block=strengths] .clb-add").click()
    tab.keyboard.type("Half a thou")
    leave_behind(tab, "Left behind")
    tab.evaluate("views.push(another())")
    second = tab.locator("section").nth(1)
    second.get_by_text("Left behind").wait_for()  # so everybody had time to answer
    assert tab.locator(".clb-notice", has_text="Half a thou").count() == 0
    assert tab.locator(".clb-edit").input_value() == "Half a thou"
    tab.evaluate("views[0]()")  # nobody left it: it goes on where it was going to be read
    offered = second.locator(".clb-notice", has_text="Half a thou")
    offered.get_by_role("button", name="Go on writing").click()
    assert second.locator(".clb-edit").input_value() == "Half a thou"
    tab.keyboard.type("ght")
    tab.keyboard.press("Enter")
    second.locator(".clb-note", has_text="Half a thought").wait_for()
    assert drafts(tab) == ["Left behind"]


def test_what_two_views_offer_only_one_goes_on_with(open_views):
    tab = open_views(count=1)
    greet(tab)
    tab.locator("[data-block=strengths] .clb-add").click()
    tab.keyboard.type("Half a thou")
    tab.evaluate("views.push(another(), another()); views[0]()")
    offers = tab.locator(".clb-notice", has_text="Half a thou")
    button = offers.get_by_role("button", name="Go on writing")
    button.nth(1).wait_for()
    button.nth(1).click()
    assert tab.locator(".clb-edit").input_value() == "Half a thou"
    button.click()  # the other one, which is too late
    assert offers.count() == 0
    assert tab.locator(".clb-edit").count() == 0
    notes = tab.locator("section").nth(1).locator(".clb-note", has_text="Half a thou")
    notes.wait_for()
    assert notes.count() == 1
    assert drafts(tab) == []


def test_what_is_being_written_in_a_tab_is_offered_in_another_when_that_tab_is_gone(open_views):
    left = open_views(count=1)
    greet(left)
    left.locator("[data-block=strengths] .clb-add").click()
    left.keyboard.type("Half a thou")
    leave_behind(left, "Left behind")
    right = open_views(count=1)
    greet(right)
    right.get_by_text("Left behind").wait_for()
    assert right.locator(".clb-notice", has_text="Half a thou").count() == 0
    left.close()
    right.evaluate("views.push(another())")
    notice = right.locator("section").nth(1).locator(".clb-notice", has_text="Half a thou")
    notice.get_by_role("button", name="Go on writing").click()
    assert right.locator(".clb-edit").input_value() == "Half a thou"
    assert drafts(right) == ["Half a thou", "Left behind"]
    right.keyboard.type("ght")
    right.keyboard.press("Enter")
    assert drafts(right) == ["Left behind"]
    right.locator(".clb-note", has_text="Half a thought").first.wait_for()


def test_an_offer_goes_when_the_same_note_says_something_else(open_views):
    tab = open_views(count=1)
    greet(tab)
    note = tab.locator("[data-block=strengths] .clb-note")
    notice = tab.locator(".clb-notice", has_text="First thought")
    note.click()
    tab.locator(".clb-edit").fill("First thought")
    tab.keyboard.press("Escape")
    assert notice.is_visible()
    note.click()
    tab.keyboard.press("Enter")  # nothing was written: the offer stands
    assert notice.is_visible()
    note.click()
    tab.locator(".clb-edit").fill("Second thought")
    tab.keyboard.press("Enter")
    assert notice.count() == 0
    assert drafts(tab) == []


def test_an_offer_stays_when_another_note_is_added(open_views):
    tab = open_views(count=1)
    greet(tab)
    add = tab.locator("[data-block=strengths] .clb-add")
    add.click()
    tab.keyboard.type("First thought")
    tab.keyboard.press("Escape")
    add.click()
    tab.keyboard.type("Second thought")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Escape")
    tab.locator(".clb-notice", has_text="First thought").get_by_text("Go on writing").click()
    assert tab.locator(".clb-edit").input_value() == "First thought"
    tab.keyboard.press("Enter")
    assert drafts(tab) == []
    assert tab.locator(".clb-notice").count() == 0


def test_editing_the_text_leaves_tags_as_they_are(open_views, desk):
    board = OpenWorkshop(desk.folder).cluster("alpha").board("swot", topic="business")
    board.add("weaknesses", "Tagged", tags=("a, b", "c"))
    tab = open_views(count=1)
    greet(tab)
    note = tab.locator("[data-block=weaknesses] .clb-note")
    note.click()
    tab.keyboard.type("!")
    tab.keyboard.press("Enter")
    changed = "model.sent.at(-1).operation.values"
    assert tab.evaluate(changed) == {"text": "Tagged!"}
    note.click()
    tab.get_by_text("Details").click()
    tab.get_by_label("Tags").fill("a, b, c, d")
    tab.keyboard.press("Enter")
    assert tab.evaluate(changed) == {"tags": ["a, b", "c", "d"]}


def test_what_was_written_in_a_field_is_offered_for_that_field(open_views, new_page, desk):
    plan = OpenWorkshop(desk.folder).cluster("alpha").board("action-plan")
    plan.add("actions", "Call members", effort=2, impact=3)
    table = open_views(count=1, page=new_page(desk, "action-plan", "table", topic=""))
    greet(table)
    table.locator(".clb-input[data-field=responsible]").first.fill("Ana")
    table.close()
    matrix = open_views(count=1, page=new_page(desk, "action-plan", "matrix", topic=""))
    greet(matrix)
    notice = matrix.locator(".clb-notice", has_text="“Ana”")
    assert "under “Responsible”" in notice.inner_text()
    notice.get_by_role("button", name="Go on writing").click()
    assert matrix.locator(".clb-edit").input_value() == "Call members"
    assert matrix.locator("[data-field=responsible]").input_value() == "Ana"
    assert drafts(matrix) == ["Ana"]
    matrix.get_by_role("button", name="Done", exact=True).click()
    assert matrix.evaluate("model.sent.at(-1).operation.values") == {"responsible": "Ana"}
    assert drafts(matrix) == []


def test_what_was_written_in_a_field_is_not_offered_where_that_field_is_not(
    open_views, new_page, desk
):
    plan = OpenWorkshop(desk.folder).cluster("alpha").board("action-plan")
    plan.add("actions", "Call members", effort=2, impact=3)
    matrix = open_views(count=1, page=new_page(desk, "action-plan", "matrix", topic=""))
    greet(matrix)
    matrix.locator(".clb-note").first.click()
    matrix.get_by_label("Tags").fill("soon")
    matrix.locator(".clb-edit").fill("Call all members")
    matrix.close()
    table = open_views(count=1, page=new_page(desk, "action-plan", "table", topic=""))
    greet(table)
    table.locator(".clb-notice", has_text="Call all members").wait_for()
    assert table.locator(".clb-notice").count() == 1
    assert drafts(table) == ["Call all members", "soon"]


def test_taking_back_an_addition_leaves_what_somebody_else_wrote(open_views):
    tab = open_views(count=1)
    greet(tab)
    tab.locator("[data-block=threats] .clb-add").click()
    tab.keyboard.type("Mine")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Escape")
    tab.evaluate("""() => {
      const { operation } = model.sent.at(-1);
      const place = { topic: 'business', block: 'threats' };
      const facts = { spoken: 'T2', links: [], alternatives: [], deleted: false, author: 'ann' };
      const values = { text: 'Mine' };
      const note = { id: operation.note, ...facts, ...place, values, heads: [operation.id] };
      const step = { version: 'current', note, above: '', operation: operation.id };
      const message = { kind: 'changed', saved: '', revision: model.get('state').revision + 1 };
      model.hear({ ...message, done: [operation.id], steps: [step] });
      const theirs = { ...note, values: { text: 'Theirs' }, heads: ['other'] };
      const next = { ...step, note: theirs, operation: 'other' };
      model.hear({ ...message, revision: message.revision + 1, done: [], steps: [next] });
    }""")
    sent = tab.evaluate("model.sent.length")
    tab.locator(".clb-state").get_by_role("button", name="Undo").click()
    assert tab.locator("[data-notice=stays]").is_visible()
    assert tab.get_by_text("Theirs").is_visible()
    assert tab.evaluate("model.sent.length") == sent
    assert len([text for text in said(tab) if "it stays" in text]) == 1


def test_half_a_cell_is_no_value_when_its_table_goes_from_the_page(open_views, desk, new_page):
    tab = open_views(count=1, page=new_page(desk, "action-plan", "table", topic=""))
    greet(tab)
    tab.locator("[data-field=text]").first.click()
    tab.keyboard.type("Half a thou")
    sent = tab.evaluate("model.sent.length")
    tab.evaluate("views.push(another()); views[0]()")
    offered = tab.locator(".clb-notice", has_text="Half a thou")
    offered.get_by_role("button", name="Go on writing").click()
    assert [m["kind"] for m in tab.evaluate("model.sent")[sent:] if m["kind"] == "do"] == []
    tab.keyboard.type("ght")
    tab.keyboard.press("Tab")
    assert tab.evaluate("model.sent.at(-1).operation.values.text") == "Half a thought"
    assert drafts(tab) == []
