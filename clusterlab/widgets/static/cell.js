// One block of a canvas: its heading, how many notes it holds, their list.

import { h } from "./dom.js";

/**
 * @typedef {import("./frame.js").Context} Context
 * @typedef {{version: string, block: string, label: string, element: HTMLElement,
 *   list: HTMLElement, counter: HTMLElement, add: HTMLElement | null, limit: number,
 *   notes: import("./board.js").Note[]}} Cell
 */

/**
 * @param {Context} context @param {import("./frame.js").Block} block @param {string} version
 * @param {string} [label] Instead of the block's own.
 * @returns {Cell}
 */
export function makeCell(context, block, version, label) {
  const { spec, words } = context;
  const id = context.uid(`cell-${version}-${block.id}`);
  const counter = h("span", { class: "clb-count" });
  const list = h("ul", { class: "clb-list", role: "list", "aria-labelledby": id });
  const full = label ? `${block.label}, ${label}` : block.label;
  const add = context.readonly ? null : h("button", {
    type: "button", class: "clb-add", "data-add": block.id, "aria-label": words.say("add_to", { block: full }),
    "aria-describedby": block.prompt ? `${id}-prompt` : undefined,
  }, h("span", { "aria-hidden": "true", text: "+ " }), words.say("add"));
  const element = h("div", {
    class: `clb-cell clb-accent-${block.accent}`, role: "group", "aria-labelledby": id,
    "data-block": block.id, "data-version": version, style: `--clb-area: b-${block.id}`,
  },
  h("div", { class: "clb-cell-head" },
    h(label ? "h5" : "h4", { class: "clb-label", id, text: label ?? block.label }), counter),
  block.prompt ? h("p", { class: "clb-prompt", id: `${id}-prompt`, text: block.prompt }) : null,
  list, add);
  return { version, block: block.id, label: full, element, list, counter, add, limit: block.limit, notes: [] };
}

/** Say how many notes there are. @param {Cell} cell @param {Context["words"]} words */
export function countNotes(cell, words) {
  const count = cell.notes.length;
  const over = cell.limit > 0 && count > cell.limit;
  cell.counter.textContent = cell.limit ? words.say("count_of", { count, limit: cell.limit }) : String(count);
  const name = cell.limit ? words.say("count_of", { count: words.count("notes", count), limit: cell.limit }) : words.count("notes", count);
  cell.counter.setAttribute("aria-label", over ? `${name} (${words.say("too_many")})` : name);
  cell.counter.setAttribute("role", "img");
  cell.counter.classList.toggle("clb-over-limit", over);
  cell.element.classList.toggle("clb-filled", count > 0);
}

/** Where notes lie whose block the canvas no longer has. @param {Context} context @returns {Cell} */
export function unplacedCell(context) {
  const block = {
    id: "", label: context.words.say("unplaced"), prompt: context.words.say("unplaced_hint"),
    group: "", accent: "neutral", limit: 0, cites: [],
  };
  const cell = makeCell(context, block, context.spec.board.versions[0]);
  cell.add?.remove();
  cell.element.classList.add("clb-unplaced");
  return { ...cell, add: null };
}
