import assert from "node:assert/strict";
import { test } from "node:test";

import { neighbour, shifted } from "../../clusterlab/widgets/static/keys.js";

// Four blocks: two notes, none, three, one.
const LISTS = [["a", "b"], [], ["c", "d", "e"], ["f"]];
const at = (cell, index) => ({ cell, index });
const go = (cell, index, key, rtl = false) => neighbour(LISTS, at(cell, index), `Arrow${key}`, rtl);
const anywhere = () => true;
const move = (cell, index, key, rtl = false, allowed = anywhere) => shifted(LISTS, at(cell, index), `Arrow${key}`, rtl, allowed);

test("up and down within a block, then on into the next with notes", () => {
  assert.deepEqual([go(0, 0, "Down"), go(0, 1, "Down"), go(2, 2, "Down"), go(3, 0, "Down")], ["b", "c", "f", null]);
  assert.deepEqual([go(2, 1, "Up"), go(2, 0, "Up"), go(3, 0, "Up"), go(0, 0, "Up")], ["c", "b", "e", null]);
});

test("left and right to the next block with notes, at the same height or the last", () => {
  assert.deepEqual([go(0, 0, "Right"), go(0, 1, "Right"), go(2, 2, "Right"), go(3, 0, "Right")], ["c", "d", "f", null]);
  assert.deepEqual([go(3, 0, "Left"), go(2, 2, "Left"), go(2, 0, "Left"), go(0, 1, "Left")], ["c", "b", "a", null]);
});

test("from right to left, left is onward; up and down stay", () => {
  assert.deepEqual([go(0, 0, "Left", true), go(2, 0, "Right", true), go(0, 0, "Right", true)], ["c", "a", null]);
  assert.deepEqual([go(0, 0, "Down", true), go(0, 1, "Up", true)], ["b", "a"]);
});

test("a note moves by one within its block", () => {
  assert.deepEqual(move(2, 0, "Down"), { cell: 2, after: "d" });
  assert.deepEqual(move(2, 1, "Down"), { cell: 2, after: "e" });
  assert.deepEqual(move(2, 2, "Up"), { cell: 2, after: "c" });
  assert.deepEqual(move(2, 1, "Up"), { cell: 2, after: "" });
});

test("at the edge it stays", () => {
  for (const [cell, index, key] of [[2, 0, "Up"], [2, 2, "Down"], [0, 0, "Left"], [3, 0, "Right"]]) {
    assert.equal(move(cell, index, key), null);
  }
});

test("sideways into the next block, also an empty one, at the same height or the end", () => {
  assert.deepEqual(move(0, 0, "Right"), { cell: 1, after: "" });
  assert.deepEqual(move(0, 1, "Right"), { cell: 1, after: undefined });
  assert.deepEqual(move(2, 1, "Right"), { cell: 3, after: "f" });
  assert.deepEqual(move(2, 2, "Right"), { cell: 3, after: undefined });
  assert.deepEqual(move(2, 1, "Left", true), { cell: 3, after: "f" });
});

test("blocks where a note may not go are passed by", () => {
  const never = (from, to) => to !== 1;
  assert.deepEqual(move(0, 1, "Right", false, never), { cell: 2, after: "c" });
  assert.equal(move(3, 0, "Left", false, () => false), null);
});

test("where an arrow moves a note, the opposite arrow moves it back", () => {
  const lists = LISTS.map((ids) => [...ids]);
  const step = (id, key) => {
    const cell = lists.findIndex((ids) => ids.includes(id));
    const to = shifted(lists, at(cell, lists[cell].indexOf(id)), key, false, anywhere);
    lists[cell] = lists[cell].filter((one) => one !== id);
    const place = to.after === "" ? 0 : lists[to.cell].indexOf(to.after) + 1 || lists[to.cell].length;
    lists[to.cell].splice(place, 0, id);
  };
  for (const [id, there, back] of [["d", "Up", "Down"], ["d", "Down", "Up"], ["c", "Left", "Right"], ["a", "Right", "Left"]]) {
    step(id, `Arrow${there}`);
    assert.notDeepEqual(lists, LISTS);
    step(id, `Arrow${back}`);
    assert.deepEqual(lists, LISTS);
  }
});
