// The rule of the quarters, by the cases that the Python side runs too; and the cells of the plot.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import {
  axesOf, cellOf, lowCells, nearest, quadrantOf, startOf, stepped, valueOf,
} from "../../clusterlab/widgets/static/quadrant.js";

const cases = JSON.parse(readFileSync(new URL("../fixtures/quadrants.json", import.meta.url), "utf8"));

for (const { name, kind, notes } of cases) {
  test(`quarter: ${name}`, () => {
    for (const { values, quadrant } of notes) {
      assert.equal(quadrantOf(kind, values)?.id ?? null, quadrant, JSON.stringify(values));
    }
  });
  test(`a note is drawn in the quarter that it is in: ${name}`, () => {
    const [x, y] = axesOf(kind);
    for (const { values, quadrant } of notes.filter((n) => n.quadrant)) {
      const drawn = [x, y].map((axis) => (cellOf(axis, values[axis.field.id]) < lowCells(axis) ? "l" : "h"));
      assert.equal(drawn.join(""), quadrant, JSON.stringify(values));
    }
  });
}

const axis = (type, minimum, maximum, side = "low") => axesOf({
  axes: ["v", "v"], midpoint: "m", quadrants: [{ id: "m", label: "", x: side, y: side }],
  fields: [{ id: "v", type, minimum, maximum }],
})[0];

const AXES = [
  axis("integer", 1, 5), axis("integer", 1, 5, "high"), axis("integer", 1, 10), axis("integer", 0, 10),
  axis("integer", 0, 10, "high"), axis("integer", 1, 20), axis("integer", -50, 50), axis("number", 0, 1),
  axis("number", 0, 1, "high"), axis("number", 0, 0.3), axis("number", -3, 7.5), axis("integer", 0, 13),
];

test("what is dropped into a cell is drawn there", () => {
  for (const each of AXES) {
    for (let cell = 0; cell < each.count; cell += 1) {
      const value = valueOf(each, cell);
      assert.equal(cellOf(each, value), cell, `${each.field.type} ${each.low}-${each.high}: ${value}`);
      assert.ok(value >= each.low && value <= each.high);
      if (each.whole) assert.ok(Number.isInteger(value));
    }
  }
});

test("one cell for each of up to ten whole numbers, else ten", () => {
  assert.deepEqual(AXES.map((each) => each.count), [5, 5, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10]);
});

test("steps go to the ends and no further", () => {
  for (const each of AXES) {
    let value = startOf(each);
    assert.ok(!each.whole || Number.isInteger(value));
    for (let i = 0; i < 20; i += 1) value = stepped(each, value, 1);
    assert.equal(value, each.high);
    const seen = new Set();
    for (let i = 0; i < 40; i += 1) {
      value = stepped(each, value, -1);
      assert.ok(!each.whole || Number.isInteger(value));
      seen.add(value);
    }
    assert.equal(value, each.low);
    assert.ok(seen.size >= each.count - 1);
  }
});

test("arrows lead to the nearest note in their direction", () => {
  const spots = [
    { id: "a", x: 0, y: 4, index: 0 }, { id: "b", x: 0, y: 4, index: 1 },
    { id: "c", x: 3, y: 4, index: 0 }, { id: "d", x: 1, y: 0, index: 0 },
  ];
  assert.equal(nearest(spots, "a", [0, 1]), "b");
  assert.equal(nearest(spots, "b", [0, -1]), "a");
  assert.equal(nearest(spots, "a", [1, 0]), "c");
  assert.equal(nearest(spots, "b", [0, 1]), "d");
  assert.equal(nearest(spots, "d", [0, 1]), null);
  assert.equal(nearest(spots, "x", [0, 1]), null);
});
