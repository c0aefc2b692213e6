import assert from "node:assert/strict";
import { test } from "node:test";

import { isScale, parseNumber } from "../../clusterlab/widgets/static/fields.js";

test("numbers as people type them", () => {
  const typed = {
    "5": 5, " 12 ": 12, "-3": -3, "+3": 3, "−3": -3, "1.5": 1.5, "1,5": 1.5, ",5": 0.5, ".5": 0.5, "5.": 5,
    "0,125": 0.125, "00,125": 0.125, "-0,125": -0.125, "1,23456": 1.23456, "1 234": 1234, "1\u00a0234,5": 1234.5,
    "1\u202f234.5": 1234.5, "12 345 678": 12345678, "0": 0,
  };
  for (const [text, number] of Object.entries(typed)) assert.equal(parseNumber(text), number, text);
});

test("nothing is nothing", () => {
  for (const text of ["", " ", "\u00a0\u202f\n"]) assert.equal(parseNumber(text), null);
});

test("what is no number, and what may be two", () => {
  for (const text of ["1,234", "12,345", "-1,234", "1.234,5", "1,234.5", "1,2,3", "1.2.3", "five", "5 %", "1e5",
    "Infinity", "NaN", "--3", "+-3", "3-", "0x10", ".", ",", "-", "9".repeat(400), "١٢"]) {
    assert.ok(Number.isNaN(parseNumber(text)), text);
  }
});

test("short scales are chosen, all other numbers typed", () => {
  const field = (type, minimum, maximum) => ({ type, minimum, maximum });
  assert.equal(isScale(field("integer", 1, 5)), true);
  assert.equal(isScale(field("integer", 1, 10)), true);
  assert.equal(isScale(field("integer", 0, 10)), false);
  assert.equal(isScale(field("integer", null, 5)), false);
  assert.equal(isScale(field("number", 1, 5)), false);
});
