// A page without a kernel: what it keeps, how it counts, what it takes back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { boardOf, cancelled, clean, createLine, createShelf, replay, spokenIds, staying } from "../../clusterlab/widgets/static/alone.js";
import { createStore } from "../../clusterlab/widgets/static/store.js";
import { createOutbox, memory } from "../../clusterlab/widgets/static/keep.js";
import { notesOf, shows } from "../../clusterlab/widgets/static/board.js";

const NUMBERING = { letters: { strengths: "S", threats: "T", odd: "" }, numbers: { current: { S: 4 } } };

function note(id, spoken, text, block = "strengths") {
  return {
    id, spoken, topic: "services", block, values: { text }, links: [], author: "",
    heads: [`h-${id}`], alternatives: [], deleted: false,
  };
}

function given() {
  const notes = { a: note("a", "S1", "one"), b: note("b", "S4", "two"), t: note("t", "T1", "x", "threats") };
  const lists = { "services/strengths": ["a", "b"], "services/threats": ["t"] };
  const state = { epoch: "e", revision: 0, saved: "", boards: { current: { notes, lists } }, cited: [], authors: {} };
  return { state, numbering: NUMBERING };
}

const op = (id, kind, of, more = {}) => ({ id, kind, version: "current", note: of, ...more });
const add = (id, of, block = "strengths") =>
  op(id, "add", of, { block, topic: "services", values: { text: of } });

function opened(place = memory()) {
  const line = createLine(given(), createShelf(place, "page"));
  const store = createStore(line, createOutbox(memory(), { key: "k", topic: "", versions: ["current"] }));
  return { line, store, place, texts: (block) => notesOf(line.boards().current, block, "").map((n) => n.values.text) };
}

const settled = () => new Promise((done) => setImmediate(done));
const same = ({ line, store }) => assert.deepEqual(
  Object.values(store.look().boards.current.notes).filter(shows).map((n) => [n.id, n.spoken, n.block, n.values]).sort(),
  Object.values(line.boards().current.notes).filter(shows).map((n) => [n.id, n.spoken, n.block, n.values]).sort(),
);

test("spoken ids go on from the sheet's last number, and are never given again", () => {
  const operations = [add("1", "n1"), add("2", "n2"), op("3", "undo", "n1", { target: "1" }), add("4", "n3"),
    add("5", "n4", "threats"), add("6", "n5", "odd")];
  assert.deepEqual([...spokenIds(operations, NUMBERING)],
    [["n1", "S5"], ["n2", "S6"], ["n3", "S7"], ["n4", "T1"], ["n5", "N1"]]);
  assert.equal(NUMBERING.numbers.current.S, 4);
});

test("taking back what was taken back does it again", () => {
  const undo = op("2", "undo", "a", { target: "1" });
  const redo = op("3", "undo", "a", { target: "2" });
  assert.deepEqual([...cancelled([op("1", "edit", "a"), undo])], ["1"]);
  assert.deepEqual([...cancelled([op("1", "edit", "a"), undo, redo])], ["2"]);
});

test("replaying changes nothing of what was given", () => {
  const { state } = given();
  const before = JSON.stringify(state.boards);
  replay(state.boards, [op("1", "edit", "a", { values: { text: "new" } }), op("2", "delete", "b")], NUMBERING);
  assert.equal(JSON.stringify(state.boards), before);
});

test("everything that a person does shows at once, and the store agrees", async () => {
  const page = opened();
  const { store, texts } = page;
  store.do({ kind: "add", version: "current", note: "n", block: "strengths", topic: "services", values: { text: "new" } });
  store.do({ kind: "edit", version: "current", note: "a", values: { text: "one!" } });
  store.do({ kind: "move", version: "current", note: "b", block: "threats", topic: "services", after: "" });
  store.do({ kind: "delete", version: "current", note: "t" });
  await settled();
  assert.deepEqual(texts("strengths"), ["one!", "new"]);
  assert.deepEqual(texts("threats"), ["two"]);
  assert.equal(store.look().boards.current.notes.n.spoken, "S5");
  assert.equal(store.look().waiting, 0);
  assert.equal(store.look().link, "live");
  same(page);
});

test("several steps on one note are taken back one by one, and done again", async () => {
  const page = opened();
  const { store, texts } = page;
  for (const text of ["1", "2", "3"]) {
    store.do({ kind: "edit", version: "current", note: "a", values: { text } });
    await settled();
  }
  const seen = [];
  for (const step of ["undo", "undo", "undo", "redo", "redo", "redo", "undo"]) {
    store[step]();
    await settled();
    same(page);
    seen.push(texts("strengths")[0]);
  }
  assert.deepEqual(seen, ["2", "1", "one", "1", "2", "3", "2"]);
});

test("a note whose adding was taken back is gone, and comes back with its number", async () => {
  const page = opened();
  const { store, line } = page;
  store.do({ kind: "add", version: "current", note: "n", block: "threats", topic: "services", values: { text: "new" } });
  await settled();
  store.undo();
  await settled();
  assert.equal(line.boards().current.notes.n.deleted, true);
  store.redo();
  await settled();
  assert.deepEqual([line.boards().current.notes.n.deleted, line.boards().current.notes.n.spoken], [false, "T1"]);
  same(page);
});

test("what was done is there when the page opens again", async () => {
  const { store, place } = opened();
  store.do({ kind: "edit", version: "current", note: "a", values: { text: "kept" } });
  await settled();
  assert.deepEqual(opened(place).texts("strengths"), ["kept", "two"]);
  assert.equal(opened(memory()).texts("strengths")[0], "one");
});

test("two tabs lose nothing of each other", async () => {
  const [one, two] = ((place) => [opened(place), opened(place)])(memory());
  one.store.do({ kind: "edit", version: "current", note: "a", values: { text: "first tab" } });
  two.store.do({ kind: "edit", version: "current", note: "b", values: { text: "second tab" } });
  await settled();
  one.line.look();
  two.line.look();
  for (const tab of [one, two]) {
    assert.deepEqual(tab.texts("strengths"), ["first tab", "second tab"]);
    same(tab);
  }
});

test("a page says when the browser keeps nothing", () => {
  const place = { ...memory(), length: 0, setItem() { throw new Error("full"); } };
  const { line, store } = opened(place);
  assert.equal(line.kept, true);
  store.do({ kind: "edit", version: "current", note: "a", values: { text: "x" } });
  assert.equal(line.kept, false);
});

test("damaged entries stop nothing", () => {
  const place = memory();
  place.setItem("clusterlab/page/page/done/1", "{");
  place.setItem("clusterlab/page/page/done/2", "null");
  place.setItem("clusterlab/page/page/done/3", JSON.stringify({ at: 1, operation: op("3", "explode", "a") }));
  place.setItem("clusterlab/page/page/done/4", JSON.stringify({ at: 2, operation: { id: "4" } }));
  assert.deepEqual(opened(place).texts("strengths"), ["one", "two"]);
});

test("a copy keeps its name, and two copies differ", () => {
  const place = memory();
  assert.equal(createShelf(place, "p").copy(), createShelf(place, "p").copy());
  assert.notEqual(createShelf(memory(), "p").copy(), createShelf(place, "p").copy());
});

test("only notes that are in the workshop can stay there", async () => {
  const { line, store } = opened();
  store.do({ kind: "add", version: "current", note: "n", block: "threats", topic: "services", values: { text: "new" } });
  store.do({ kind: "delete", version: "current", note: "n" });
  store.do({ kind: "delete", version: "current", note: "b" });
  await settled();
  const left = (saved) => staying(given().state.boards, line.boards(), line.entries(), saved).map((n) => n.id);
  assert.deepEqual(left(0), ["b"]);
  assert.deepEqual(left(line.entries()[0].at), ["b", "n"]);
});

test("texts are kept as the journal keeps them", () => {
  assert.equal(clean(" e\u0301\t\u202eab\u0007 \r\n\u2028x\ufffe\ud800 "), "\u00e9 ab \n\nx\ufffd");
  assert.equal(clean("👩‍👩‍👧 مرحبا \u2066iso\u2069"), "👩‍👩‍👧 مرحبا \u2066iso\u2069");
});

test("a board comes whole from notes that leave out what is empty", () => {
  const board = boardOf({ "/x": [{ id: "a", heads: ["h"] }, { id: "c" }], "t/x": [{ id: "b" }] });
  assert.deepEqual(board.lists, { "/x": ["a", "c"], "t/x": ["b"] });
  assert.deepEqual(board.notes.a, {
    id: "a", spoken: "", topic: "", block: "x", values: {}, links: [], author: "", heads: ["h"], alternatives: [], deleted: false,
  });
});
