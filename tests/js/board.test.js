// The cases that the kernel's fold is held to as well: where a base is current, the page foretells
// exactly what the kernel will say.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { allNotes, apply, isEmpty, newId, notesOf, put, renewed, shows } from "../../clusterlab/widgets/static/board.js";
import { facts } from "./facts.js";

const { cases } = JSON.parse(readFileSync(new URL("../fixtures/operations.json", import.meta.url), "utf8"));

/** What a case's page shows in the end. */
function played(one) {
  const whole = (note) => ({ spoken: "", author: "", ...note });
  const notes = Object.entries(one.start.notes).map(([id, note]) => [id, whole(note)]);
  const start = { lists: one.start.lists, notes: Object.fromEntries(notes) };
  const frozen = JSON.stringify(start);
  const end = one.operations.reduce(apply, start);
  assert.equal(JSON.stringify(start), frozen, "an operation changed the board that it was given");
  return end;
}

for (const one of cases) {
  test(one.name, () => {
    const board = played(one);
    if (one.foretold) {
      assert.deepEqual(facts(board), one.expected);
      return;
    }
    const shown = JSON.stringify(Object.values(board.notes).map((n) => [n.values, n.alternatives]));
    for (const text of one.typed) assert.ok(shown.includes(JSON.stringify(text)), `${text} is gone`);
  });
}

test("there are cases of both sorts", () => {
  assert.ok(cases.filter((one) => one.foretold).length > 60);
  assert.ok(cases.filter((one) => !one.foretold).length > 6);
});

const note = (id, more = {}) => ({
  id, spoken: "", topic: "t", block: "b", values: { text: id }, links: [], author: "", heads: [`h-${id}`],
  alternatives: [], deleted: false, ...more,
});
const board = (...notes) => ({
  notes: Object.fromEntries(notes.map((n) => [n.id, n])),
  lists: group(notes),
});
function group(notes) {
  const lists = {};
  for (const n of notes) (lists[`${n.topic}/${n.block}`] ??= []).push(n.id);
  return lists;
}

test("ids are UUIDs, and no two are alike", () => {
  const ids = Array.from({ length: 1000 }, newId);
  assert.equal(new Set(ids).size, 1000);
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("what counts as nothing", () => {
  for (const value of [undefined, null, "", []]) assert.equal(isEmpty(value), true);
  for (const value of [0, false, " ", ["a"]]) assert.equal(isEmpty(value), false);
});

test("a note shows with anything on it or beside it, until it is deleted", () => {
  const beside = (field, value) => ({ field, value, operation: "x" });
  assert.equal(shows(undefined), false);
  assert.equal(shows(note("a")), true);
  assert.equal(shows(note("a", { deleted: true })), false);
  assert.equal(shows(note("a", { values: {} })), false);
  assert.equal(shows(note("a", { values: { impact: 0 } })), true);
  assert.equal(shows(note("a", { values: {}, alternatives: [beside("text", "x")] })), true);
  assert.equal(shows(note("a", { values: {}, alternatives: [beside("place", ["t", "c"])] })), false);
  assert.equal(shows(note("a", { values: {}, alternatives: [beside("deleted", true)] })), false);
});

test("a block over one topic and over all, in the topics' order", () => {
  const one = board(note("x", { topic: "z" }), note("y", { topic: "a" }), note("w", { topic: "a", block: "c" }));
  assert.deepEqual(notesOf(one, "b", "").map((n) => n.id), ["y", "x"]);
  assert.deepEqual(notesOf(one, "b", "z").map((n) => n.id), ["x"]);
  assert.deepEqual(allNotes(one, "").map((n) => n.id), ["y", "w", "x"]);
  assert.deepEqual(allNotes(one, "a").map((n) => n.id), ["y", "w"]);
});

test("the kernel's word on a note stands, wherever it puts it", () => {
  const before = board(note("a"), note("b"), note("c", { block: "d" }));
  const moved = put(before, note("a", { block: "d", values: { text: "A" } }), "c");
  assert.deepEqual(moved.lists, { "t/b": ["b"], "t/d": ["c", "a"] });
  assert.equal(moved.notes.a.values.text, "A");
  assert.deepEqual(put(before, note("n"), "").lists["t/b"], ["n", "a", "b"]);
  assert.deepEqual(put(before, note("b"), "").lists["t/b"], ["b", "a"]);
});

const edit = (id, text, base) => ({ id, kind: "edit", version: "v", note: "a", values: { text }, base });
const undo = (target, base) => ({ id: "u", kind: "undo", version: "v", note: "a", target, base });

test("taking back is not foretold where the kernel said otherwise since", () => {
  const own = apply(board(note("a")), edit("e", "mine", ["h-a"]));
  const theirs = put(own, note("a", { values: { text: "theirs" }, heads: ["x"] }), "", "x");
  assert.equal(apply(theirs, undo("e", ["x"])).notes.a.values.text, "theirs");
  const again = put(theirs, note("a", { values: { text: "mine" }, heads: ["y"] }), "", "y");
  assert.equal(apply(again, undo("e", ["y"])).notes.a.values.text, "mine", "it is somebody else's now");
});

test("taking back is foretold where the kernel said the same, or something of another field", () => {
  const own = apply(board(note("a"), note("b")), edit("e", "mine", ["h-a"]));
  const same = put(own, note("a", { values: { text: "mine" }, heads: ["e"] }), "", "e");
  assert.equal(apply(same, undo("e", ["e"])).notes.a.values.text, "a");
  const more = put(same, note("a", { values: { text: "mine", owner: "Bob" }, heads: ["x"] }), "", "x");
  assert.deepEqual(apply(more, undo("e", ["x"])).notes.a.values, { text: "a", owner: "Bob" });
});

test("a board that came anew remembers the steps of notes that are as they were", () => {
  const own = apply(board(note("a")), edit("e", "mine", ["h-a"]));
  const same = renewed(own, board(note("a", { values: { text: "mine" }, heads: ["e"] })));
  assert.equal(apply(same, undo("e", ["e"])).notes.a.values.text, "a");
  const other = renewed(own, board(note("a", { values: { text: "mine" }, heads: ["x"] })));
  assert.equal(apply(other, undo("e", ["x"])).notes.a.values.text, "mine");
  assert.deepEqual(renewed(undefined, board(note("a"))).owners, {});
});

test("an edit that did not see everything leaves what it did not see as another head", () => {
  assert.deepEqual(apply(board(note("a")), edit("e", "mine", [])).notes.a.heads, ["h-a", "e"]);
  const two = board(note("a", { heads: ["x", "y"] }));
  assert.deepEqual(apply(two, edit("e", "mine", ["y", "gone"])).notes.a.heads, ["x", "e"]);
});

test("taking a move back is not foretold where somebody put the note in order since", () => {
  const start = board(note("a"), note("b"), note("c"));
  const own = apply(start, { id: "m", kind: "move", version: "v", note: "a", after: "c", base: ["h-a"] });
  const same = put(own, note("a", { heads: ["m"] }), "c", "m");
  assert.deepEqual(apply(same, undo("m", ["m"])).lists["t/b"], ["a", "b", "c"]);
  const theirs = put(same, note("a", { heads: ["x"] }), "b", "x");
  assert.deepEqual(apply(theirs, undo("m", ["x"])).lists["t/b"], ["b", "a", "c"]);
});
