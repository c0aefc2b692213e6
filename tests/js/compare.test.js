import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { compare } from "../../clusterlab/widgets/static/compare.js";

const { cases } = JSON.parse(readFileSync(new URL("../fixtures/comparisons.json", import.meta.url), "utf8"));

for (const { name, before, after, marks } of cases) {
  test(name, () => {
    const notes = (side, texts) => texts.map((text, i) => ({ id: `${side}${i}`, values: { text } }));
    const found = compare(notes("b", before), notes("a", after));
    assert.deepEqual([before.map((_, i) => found.get(`b${i}`)), after.map((_, i) => found.get(`a${i}`))], marks);
  });
}

test("a note without a text stops nothing", () => {
  const notes = (id) => [{ id, values: {} }];
  assert.deepEqual([...compare(notes("b"), notes("a")).values()], ["kept", "kept"]);
});
