import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createDrafts, memory } from "../../clusterlab/widgets/static/keep.js";
import { createPresence } from "../../clusterlab/widgets/static/presence.js";
import { createClock } from "./fakes.js";

const WHICH = { key: "w/moveo/swot", topic: "", versions: ["current"] };
const draft = (text) => (
  { key: "current/n/text", version: "current", note: "n", block: "b", topic: "t", field: "text", text, time: "1" });

let storage, tabs, clock;
beforeEach(() => {
  [storage, tabs, clock] = [memory(), [], createClock()];
});

/** A tab: what it writes into the storage, the others hear of, as in a browser. */
function openTab() {
  const page = new EventTarget();
  tabs.push(page);
  const place = Object.create(storage, {
    setItem: { configurable: true, value(key, newValue) { storage.setItem(key, newValue); tell(key, newValue); } },
    removeItem: { value(key) { storage.removeItem(key); tell(key, null); } },
    length: { get: () => storage.length },
  });
  function tell(key, newValue) {
    for (const other of tabs) {
      if (other !== page) other.dispatchEvent(Object.assign(new Event("storage"), { key, newValue }));
    }
  }
  return {
    place, page,
    kill: () => { tabs = tabs.filter((tab) => tab !== page); },
    view(id) {
      const presence = createPresence(place, id, { page, later: clock.set });
      const drafts = createDrafts(place, WHICH, presence);
      const offered = [];
      return {
        ...drafts, offered,
        look: () => drafts.seek(
          (d) => offered.push(d.text), (d) => offered.splice(offered.indexOf(d.text), 1)),
      };
    },
  };
}

test("what is being written in another tab is not offered, and is once that tab is gone", () => {
  const [left, right] = [openTab(), openTab()];
  left.view("a").set(draft("half a thou"));
  const view = right.view("b");
  view.look();
  clock.pass(60_000);
  assert.deepEqual(view.offered, []);
  left.kill();
  const next = right.view("c");
  next.look();
  clock.pass(60_000);
  assert.deepEqual(next.offered, ["half a thou"]);
});

test("what is being written in another view of one page is not offered", () => {
  const tab = openTab();
  const first = tab.view("a");
  first.set(draft("half a thou"));
  const second = tab.view("b");
  second.look();
  clock.pass(60_000);
  assert.deepEqual(second.offered, []);
  first.close();
  clock.pass(60_000);
  assert.deepEqual(second.offered, ["half a thou"]);
});

test("what was written in a view that closes is offered beside it, not in other tabs", () => {
  const [left, right] = [openTab(), openTab()];
  const first = left.view("a");
  first.set(draft("half a thou"));
  const [beside, across] = [left.view("b"), right.view("c")];
  for (const view of [beside, across]) view.look();
  clock.pass(60_000);
  first.close();
  clock.pass(60_000);
  assert.deepEqual([beside.offered, across.offered], [["half a thou"], []]);
  const [found] = beside.read();
  assert.ok(across.has(found));
  beside.forget(found);
  assert.ok(!across.has(found));
});

test("who answers late takes the offer back", () => {
  const tab = openTab();
  openTab().view("a").set(draft("half a thou"));
  const [slow] = tabs.splice(1, 1);
  const view = tab.view("b");
  view.look();
  clock.pass(60_000);
  assert.deepEqual(view.offered, ["half a thou"]);
  slow.dispatchEvent(Object.assign(new Event("storage"), {
    key: "clusterlab/presence", newValue: JSON.stringify({ word: "who", id: "b" }),
  }));
  assert.deepEqual(view.offered, []);
});

test("a view offers nothing of its own and nothing after it was closed", () => {
  const tab = openTab();
  const gone = tab.view("gone");
  gone.set(draft("left behind"));
  gone.close();
  const view = tab.view("a");
  view.set(draft("mine"));
  view.look();
  view.close();
  clock.pass(60_000);
  assert.deepEqual(view.offered, []);
});

test("nonsense and a full storage stop nobody", () => {
  const tab = openTab();
  const view = tab.view("a");
  openTab().view("b").set(draft("of another tab"));
  for (const newValue of ["{", "null", "3", '{"word":"who"}', '{"word":"here","id":7}']) {
    tab.page.dispatchEvent(Object.assign(new Event("storage"), { key: "clusterlab/presence", newValue }));
  }
  Object.defineProperty(tab.place, "setItem", { value() { throw new Error("QuotaExceededError"); } });
  view.look();
  clock.pass(60_000);
  assert.deepEqual(view.offered, ["of another tab"]);
});
