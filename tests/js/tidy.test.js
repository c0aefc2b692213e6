// The table that a page saves.

import assert from "node:assert/strict";
import { test } from "node:test";
import { csvOf, guarded, rowsOf } from "../../clusterlab/widgets/static/tidy.js";

const SHAPE = {
  cluster: "alpha", canvas: "swot",
  columns: ["version", "topic", "block", "text", "id", "order", "tags", "impact", "links", "page:seen", "page:copy", "page:above"],
  values: { text: "text", tags: "tags", impact: "impact" },
  cells: { a: { impact: "1152921504606846977" } },
};

function note(id, values, block = "b1", topic = "t1") {
  return { id, spoken: id, topic, block, values, links: [], author: "", heads: [`h-${id}`, "h2"], alternatives: [], deleted: false };
}

function board(...notes) {
  const lists = {};
  for (const n of notes) (lists[`${n.topic}/${n.block}`] ??= []).push(n.id);
  return { notes: Object.fromEntries(notes.map((n) => [n.id, n])), lists };
}

function rows(given, now, operations = []) {
  return rowsOf({
    shape: SHAPE, given: { current: given }, boards: { current: now }, operations, copy: "c",
    topics: ["t1", "t2"], blocks: ["b2", "b1"],
  });
}

test("cells that a spreadsheet would run are guarded as in exports", () => {
  const cases = { "=1": "'=1", "+49 30": "'+49 30", "-x": "'-x", "@you": "'@you", "'=x": "''=x", "＝1": "'＝1", "\tx": "'\tx" };
  for (const [text, cell] of Object.entries(cases)) assert.equal(guarded(text), cell);
  for (const text of ["-5", "+1.5e3", "-1,5", "'plain", "a=b", ""]) assert.equal(guarded(text), text);
});

test("rows come in the order of the kind, and say what was seen", () => {
  const found = rows(board(), board(note("x", { text: "1" }), note("y", { text: "2" }, "b2"), note("z", { text: "3" }, "b1", "t2"), note("w", { text: "4" }, "gone")));
  assert.deepEqual(found.map((row) => row.id), ["y", "x", "w", "z"]);
  const [kept] = rows(board(note("a", { text: "1" })), board(note("a", { text: "1" })));
  assert.deepEqual([kept["page:seen"], kept["page:copy"], kept["page:above"]], ["h-a h2", "c", ""]);
});

test("only what was laid somewhere says below what", () => {
  const [a, b] = [note("a", { text: "1" }), note("b", { text: "2" })];
  const above = (...given) => rows(...given).map((row) => [row.id, row["page:above"]]);
  assert.deepEqual(above(board(a, b), board(a, b)), [["a", ""], ["b", ""]]);
  assert.deepEqual(above(board(a, b), board(b, a), [{ kind: "move", note: "b" }]), [["b", "top"], ["a", ""]]);
  assert.deepEqual(above(board(a), board(a, note("n", { text: "new" }))), [["a", ""], ["n", "a"]]);
  assert.deepEqual(above(board(a, b), board({ ...a, deleted: true }, { ...b, block: "b2" })), [["b", "top"]]);
});

test("a value that a browser cannot write stays as it was given, until it is changed", () => {
  const big = note("a", { text: "x", impact: 1152921504606846977 });
  assert.equal(rows(board(big), board(big))[0].impact, "1152921504606846977");
  assert.equal(rows(board(big), board(note("a", { text: "x", impact: 3 })))[0].impact, "3");
});

test("the text is a table that spreadsheets open right", () => {
  const odd = note("n", { text: 'a "b", c;\nd', tags: ["x, y", "plain", ' "q"'] });
  const text = csvOf(["text", "tags", "id"], rows(board(), board(odd)));
  assert.equal(text, `\ufeff${[
    "text,tags,id",
    '"a ""b"", c;\nd","""x, y"", plain, "" """"q"""""""', // a tag with a blank or a quotation mark
  ].join("\n")},n\n`);
});
