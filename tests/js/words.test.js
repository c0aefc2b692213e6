import assert from "node:assert/strict";
import { test } from "node:test";

import { createWords } from "../../clusterlab/widgets/static/words.js";

const open = (language, words = {}, plurals = {}) => createWords({ language, direction: "ltr", words, plurals });

test("words are filled in, numbers as the language writes them", () => {
  const words = open("de", { hello: "{count} von {limit}: {name}" });
  assert.equal(words.say("hello", { count: 1234.5, limit: 10, name: "Ada" }), "1.234,5 von 10: Ada");
  assert.equal(words.number(1234567), "1.234.567");
});

test("what a template wants and nobody gives stays as it is", () => {
  const words = open("en", { odd: "{constructor} {__proto__} {toString} {missing} {none} {} {a b} {x" });
  assert.equal(words.say("odd", { none: null }), "{constructor} {__proto__} {toString} {missing} {none} {} {a b} {x");
  assert.equal(words.say("unknown"), "unknown");
});

test("what people typed is filled in as it stands", () => {
  const words = open("en", { quote: "“{text}” {text}" });
  for (const text of ["$&", "$1", "{text}", "<b>", "\\", "%s", "‏שלום"]) {
    assert.equal(words.say("quote", { text }), `“${text}” ${text}`);
  }
});

test("the categories of Polish", () => {
  const forms = { one: "{count} kartka", few: "{count} kartki", many: "{count} kartek", other: "{count} kartki" };
  const words = open("pl", {}, { notes: forms });
  const said = [0, 1, 2, 5, 12, 22, 25, 102].map((n) => words.count("notes", n));
  assert.deepEqual(said, ["0 kartek", "1 kartka", "2 kartki", "5 kartek", "12 kartek", "22 kartki", "25 kartek", "102 kartki"]);
});

test("a category that the catalogue lacks, and a text that there is none of", () => {
  const words = open("pl", {}, { a: { other: "{count} other" }, b: { one: "{count} one" }, c: {} });
  assert.deepEqual(["a", "b", "c", "d"].map((key) => words.count(key, 5)), ["5 other", "5 one", "c", "d"]);
  assert.equal(words.count("a", 5, { count: "five" }), "five other");
});

test("a language that no browser knows reads like English", () => {
  for (const tag of ["", "x", "not a tag", "pt_BR", "en-XA", "zz"]) {
    assert.equal(open(tag, {}, { n: { one: "1", other: "{count}" } }).count("n", 1), "1");
  }
  assert.equal(open("de_AT", { n: "{n}" }).say("n", { n: 1.5 }), "1,5");
});

test("days and times; what is none stays or goes", () => {
  const words = open("en");
  assert.equal(words.day("2026-11-20"), "Nov 20, 2026");
  for (const text of ["soon", "2026-13-45", "", "2026-11-20x"]) assert.equal(words.day(text), text);
  const now = new Date("2026-11-20T12:00:00");
  assert.match(words.time("2026-11-20T15:05:00", now), /^15:05$/);
  assert.match(words.time("2026-11-19T15:05:00", now), /2026/);
  assert.equal(words.time(""), "");
  assert.equal(words.time("never"), "");
});
