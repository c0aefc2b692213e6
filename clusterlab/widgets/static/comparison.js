// Two versions of a canvas side by side, block by block, and what became of each note.

import { h } from "./dom.js";
import { makeCell } from "./cell.js";
import { cellsView } from "./cells.js";
import { compare } from "./compare.js";

/**
 * @typedef {import("./frame.js").Context} Context
 * @typedef {import("./cell.js").Cell} Cell
 */

const MARKS = { kept: "=", added: "+", dropped: "−" };

/** Two versions of a canvas, block by block. @param {Context} context */
export function comparisonView(context) {
  const { spec, words } = context;
  const name = (/** @type {string} */ id) => spec.kind.versions.find((v) => v.id === id)?.label ?? id;
  /** @type {Cell[]} */
  const cells = [];
  const rows = spec.kind.blocks.map((block) => {
    const pair = spec.board.versions.map((version) => makeCell(context, block, version, name(version)));
    cells.push(...pair);
    const id = context.uid(`row-${block.id}`);
    return h("div", { class: `clb-row clb-accent-${block.accent}`, role: "group", "aria-labelledby": id },
      h("h4", { class: "clb-label", id, text: block.label }), ...pair.map((cell) => cell.element));
  });
  const legend = h("ul", { class: "clb-legend clb-marks" }, ...Object.entries(MARKS).map(([key, sign]) =>
    h("li", { class: `clb-mark-${key}` }, h("b", { "aria-hidden": "true", text: sign }), ` ${words.say(`mark_${key}`)}`)));
  const body = h("div", { class: "clb-rows" }, legend, ...rows);
  return cellsView(context, cells, body, body, (known) => marked(context, known));
}

/** What became of the notes, by version and id. @param {Context} context @param {Cell[]} cells */
function marked({ spec, words }, cells) {
  /** @type {Map<string, {name: string, sign: string, word: string}>} */
  const marks = new Map();
  const [before, after] = spec.board.versions;
  for (const { id } of spec.kind.blocks) {
    const pair = [before, after].map((v) => cells.find((c) => c.version === v && c.block === id)?.notes ?? []);
    const found = compare(pair[0], pair[1]);
    [before, after].forEach((version, i) => {
      for (const note of pair[i]) {
        const name = found.get(note.id) ?? "kept";
        marks.set(`${version}/${note.id}`, { name, sign: MARKS[name], word: words.say(`mark_${name}`) });
      }
    });
  }
  return marks;
}
