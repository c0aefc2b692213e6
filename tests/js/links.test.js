import assert from "node:assert/strict";
import test from "node:test";

import { matching, referable } from "../../clusterlab/widgets/static/links.js";

const cited = (spoken, text, more = {}) => ({ id: spoken, spoken, text, block: "b", topic: "", ...more });
const ids = (notes) => notes.map((n) => n.id);
const ALL = [
  cited("S1", "Förderanträge schreiben"), cited("S10", "Good network"), cited("W1", "Few members in S1 groups"),
  cited("W2", "Ştiinţă", { block: "c", topic: "business" }),
];

test("notes are found by the beginning of their number", () => {
  assert.deepEqual(ids(matching(ALL, "s10")), ["S10"]);
  assert.deepEqual(ids(matching(ALL, " W2 ")), ["W2"]);
  assert.deepEqual(ids(matching(ALL, "S1")), ["S1", "S10", "W1"], "also what says it");
  assert.deepEqual(ids(matching(ALL, "10")), [], "no number begins in its middle");
});

test("a word with a point finds what begins with that place in a tree", () => {
  const tree = [cited("G1", "Top"), cited("G2", "First", { place: "G1.1" }), cited("G3", "Second", { place: "G1.2" })];
  assert.deepEqual(ids(matching(tree, "g1.2")), ["G3"]);
  assert.deepEqual(ids(matching(tree, "G1.")), ["G2", "G3"]);
  assert.deepEqual(ids(matching(tree, "G1")), ["G1"], "without a point it is a number");
  assert.deepEqual(ids(matching(tree, "1.2")), []);
});

test("notes are found by words, whatever their case, order and accents", () => {
  assert.deepEqual(ids(matching(ALL, "FORDERANTRAGE")), ["S1"]);
  assert.deepEqual(ids(matching(ALL, "network good")), ["S10"]);
  assert.deepEqual(ids(matching(ALL, "stiinta, w")), ["W2"]);
  assert.deepEqual(ids(matching(ALL, "good members")), [], "every word has to be there");
  assert.deepEqual(matching(ALL, "  "), ALL);
  assert.deepEqual(ids(matching(ALL, ".*")), []);
});

test("only notes of the blocks that are cited can be chosen, and what is linked already", () => {
  const wanted = { blocks: ["c"], topic: "", linked: [] };
  assert.deepEqual(ids(referable(ALL, wanted)), ["W2"]);
  assert.deepEqual(ids(referable(ALL, { ...wanted, linked: ["S1", "gone"] })), ["S1", "W2"]);
  assert.deepEqual(referable(ALL, { ...wanted, blocks: [] }), ALL);
});

test("only notes of the same topic, or of none, can be chosen", () => {
  const wanted = { blocks: [], topic: "environment", linked: [] };
  assert.deepEqual(ids(referable(ALL, wanted)), ["S1", "S10", "W1"]);
  assert.deepEqual(referable(ALL, { ...wanted, topic: "business" }), ALL);
});
