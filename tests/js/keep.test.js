import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createDrafts, createOutbox, memory, storage } from "../../clusterlab/widgets/static/keep.js";

const presence = (id = "me") => ({ id, ask() {}, close() {} });
const WHICH = { key: "w/moveo/swot", topic: "", versions: ["current"] };
const operation = (id, version = "current") => ({ id, kind: "edit", version, note: "n" });
const draft = (key, more = {}) => (
  { key, version: "current", note: "n", block: "b", topic: "t", field: "text", text: "words", time: "1", ...more });

let place;
beforeEach(() => { place = memory(); });

test("an outbox gives operations in the order they were made, also to the next page", () => {
  const box = createOutbox(place, WHICH);
  const ids = Array.from({ length: 30 }, (_, i) => `o${(i * 7) % 30}`);
  for (const id of ids) box.add(operation(id));
  assert.deepEqual(createOutbox(place, WHICH).read().map((o) => o.id), ids);
  box.remove("o0");
  assert.deepEqual(box.read().map((o) => o.id), ids.slice(1));
  box.remove("gone");
});

test("boards do not see each other's operations, nor versions that they do not show", () => {
  createOutbox(place, { ...WHICH, key: "w/moveo/swot2" }).add(operation("x"));
  createOutbox(place, { ...WHICH, key: "w/moveo/swo" }).add(operation("y"));
  const box = createOutbox(place, WHICH);
  box.add(operation("later", "in-five-years"));
  assert.deepEqual(box.read(), []);
  assert.equal(createOutbox(place, { ...WHICH, versions: ["in-five-years"] }).read().length, 1);
  assert.deepEqual(createDrafts(place, WHICH, presence()).read(), []);
});

test("damaged entries stop nothing", () => {
  for (const [i, bad] of ["{", "null", "3", "\"text\"", "[]", "{}", ""].entries()) {
    place.setItem(`clusterlab/outbox/${WHICH.key}/${i}`, bad);
    place.setItem(`clusterlab/draft/${WHICH.key}/${i}`, bad);
  }
  const box = createOutbox(place, WHICH);
  box.add(operation("fine"));
  assert.deepEqual(box.read().map((o) => o.id), ["fine"]);
  const drafts = createDrafts(place, WHICH, presence());
  drafts.set(draft("k"));
  assert.deepEqual(drafts.read().map((d) => d.key), ["k"]);
});

test("a full storage stops nobody from writing", () => {
  place.setItem = () => { throw new Error("QuotaExceededError"); };
  createOutbox(place, WHICH).add(operation("x"));
  createDrafts(place, WHICH, presence()).set(draft("k"));
});

test("drafts: the oldest first, one per key, those of the shown topic", () => {
  const drafts = createDrafts(place, WHICH, presence());
  drafts.set(draft("late", { time: "2" }));
  drafts.set(draft("early", { time: "1", topic: "other" }));
  drafts.set(draft("late", { time: "3", text: "more words" }));
  drafts.set(draft("hidden", { version: "another" }));
  assert.deepEqual(drafts.read().map((d) => [d.key, d.text]), [["early", "words"], ["late", "more words"]]);
  assert.deepEqual(createDrafts(place, { ...WHICH, topic: "t" }, presence()).read().map((d) => d.key), ["late"]);
  drafts.remove("late");
  assert.deepEqual(drafts.read().map((d) => d.key), ["early"]);
});

test("without a browser's storage the page's own memory serves", () => {
  const own = storage();
  own.setItem("a", 1);
  assert.deepEqual([own.getItem("a"), own.length, own.key(0), own.key(5), own.getItem("b")], ["1", 1, "a", null, null]);
  own.removeItem("a");
  own.setItem("c", "d");
  own.clear();
  assert.equal(own.length, 0);
});

test("a browser's storage is used where there is one, and left as it was", () => {
  globalThis.localStorage = place;
  try {
    assert.equal(storage(), place);
    assert.equal(place.length, 0);
  } finally {
    delete globalThis.localStorage;
  }
});

test("views do not touch each other's drafts, whatever their keys", () => {
  const [mine, yours] = ["me", "you"].map((id) => createDrafts(place, WHICH, presence(id)));
  mine.set(draft("k", { text: "mine" }));
  yours.set(draft("k", { text: "yours", time: "2" }));
  assert.deepEqual(mine.read().map((d) => d.text), ["mine", "yours"]);
  assert.equal(mine.own("k").text, "mine");
  mine.remove("k");
  assert.equal(mine.own("k"), undefined);
  assert.deepEqual(mine.read().map((d) => d.text), ["yours"]);
  mine.forget(yours.own("k"));
  assert.deepEqual(mine.read(), []);
});

test("what an older page left, without saying who wrote it, is found and forgotten", () => {
  place.setItem(`clusterlab/draft/${WHICH.key}/current/n`, JSON.stringify(draft("current/n")));
  const found = [];
  const drafts = createDrafts(place, WHICH, { ...presence(), ask: (_, then) => then() });
  drafts.seek((d) => found.push(d), () => {});
  assert.deepEqual(found.map((d) => d.key), ["current/n"]);
  drafts.forget(found[0]);
  assert.equal(place.length, 0);
});
