import assert from "node:assert/strict";
import test from "node:test";

import { columnsOf, kindOf, leavesNothing, missing, same, settled, tagsOf } from "../../clusterlab/widgets/static/rules.js";

const field = (type, more = {}) => ({ type, label: "A field", wide: false, dated: false, ...more });

test("nothing is nothing, however it is written", () => {
  for (const [a, b] of [[null, ""], [undefined, []], ["", null]]) assert.ok(same(a, b));
  assert.ok(!same(null, 0));
  assert.ok(!same("1", 1));
  assert.ok(same(["a", "b"], ["a", "b"]));
});

test("a goal lacks what is empty and what is no number, but not zero", () => {
  const values = { indicator: "members", baseline: 0, target: NaN, unit: "" };
  assert.deepEqual(missing(["indicator", "baseline", "target", "unit", "owner"], (id) => values[id]),
    ["target", "unit", "owner"]);
});

test("a note is left with nothing only where its last value goes", () => {
  assert.ok(leavesNothing({ text: "a" }, { text: null }));
  assert.ok(!leavesNothing({ text: "a", effort: 0 }, { text: null }));
  assert.ok(!leavesNothing({}, { effort: 0 }));
});

test("a year that is still being typed is not yet a date", () => {
  for (const typed of ["0002-12-01", "0202-12-01"]) assert.ok(!settled(typed));
  for (const done of ["2026-12-01", "next week", "", null, 3]) assert.ok(settled(done));
});

test("tags come with commas, semicolons and hashes", () => {
  assert.deepEqual(tagsOf(" #a, b;;c c , "), ["a", "b", "c c"]);
});

test("a table has a column for each field and says how wide a page it needs", () => {
  const fields = [field("text"), field("text", { wide: true }), field("text", { dated: true }), field("integer"), field("choice")];
  assert.deepEqual(fields.map(kindOf), ["plain", "wide", "dated", "number", "choice"]);
  const small = columnsOf(fields, false, false);
  const full = columnsOf(fields, true, true);
  const count = (t) => t.replace(/minmax\([^)]*\)/g, "x").split(" ").length;
  assert.equal(count(small.template), 2 + fields.length);
  assert.equal(count(full.template), 4 + fields.length);
  assert.ok(full.need > small.need && small.need > 500);
  assert.equal(count(columnsOf(fields, true, true, true).template), 5 + fields.length);
});

test("a column of numbers is as wide as the longest word of its label", () => {
  const need = (type, label) => columnsOf([field(type, { label })], false, false).need;
  assert.equal(need("integer", "Two"), need("number", "A b c"));
  assert.ok(need("integer", "Competence") > need("integer", "Effort"));
  assert.equal(need("integer", "Our Competence"), need("integer", "Competence"));
  assert.equal(need("text", "Competence"), need("text", "Two"));
});

test("a tag that was there before stays whole, whatever it holds", () => {
  const before = ["a, b", "#x", "a", 'say "x"'];
  assert.deepEqual(tagsOf('a, b, #x, a, say "x"', before), before);
  assert.deepEqual(tagsOf('new; a, b ,say "x", #y', before), ["new", "a, b", 'say "x"', "y"]);
  assert.deepEqual(tagsOf("a, bc, a", before), ["a", "bc", "a"]);
  assert.deepEqual(tagsOf("a, b", "no list"), ["a", "b"]);
});
