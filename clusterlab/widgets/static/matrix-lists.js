// What stands beside a matrix: the notes that are not placed yet, and all others in words.

import { arrange, h } from "./dom.js";
import { beside, content } from "./note.js";
import { quadrantOf } from "./quadrant.js";

/**
 * @typedef {import("./board.js").Note} Note
 * @typedef {import("./frame.js").Context} Context
 */

/** Where notes lie that lack a number, and where new ones begin. @param {Context} context */
export function createTray(context) {
  const { spec: { kind }, words } = context;
  const id = context.uid("tray");
  const counter = h("span", { class: "clb-count", role: "img" });
  const hint = h("p", { class: "clb-prompt", id: `${id}-hint` });
  const list = h("ul", { class: "clb-list", role: "list", "aria-labelledby": id });
  const several = kind.blocks.length > 1;
  const adds = context.readonly ? [] : kind.blocks.map((block) => h("button", {
    type: "button", class: "clb-add", "data-add": block.id,
    "aria-label": words.say("add_to", { block: block.label }), "aria-describedby": `${id}-hint`,
  }, h("span", { "aria-hidden": "true", text: "+ " }), several ? block.label : words.say("add")));
  const element = h("div", { class: "clb-cell clb-tray", role: "group", "aria-labelledby": id },
    h("div", { class: "clb-cell-head" }, h("h4", { class: "clb-label", id, text: words.say("not_placed") }), counter),
    hint, list, h("div", { class: "clb-tools clb-adds" }, ...adds));
  return {
    element,
    list,
    /** @param {string} block @returns {HTMLElement | undefined} */
    add: (block) => adds.find((button) => button.dataset.add === block) ?? adds[0],
    /** @param {number} count @param {number} total */
    draw(count, total) {
      counter.textContent = words.number(count);
      counter.setAttribute("aria-label", words.count("notes", count));
      hint.textContent = count && !context.readonly ? words.say("not_placed_hint") : total ? "" : kind.blocks[0].prompt;
      hint.hidden = !hint.textContent;
    },
  };
}

/** The matrix in words, quarter by quarter, from the top. @param {Context} context */
export function createReading(context) {
  const { spec: { kind, board: { versions: [version] } }, words } = context;
  const order = [...kind.quadrants].sort((a, b) => (a.y === b.y ? 0 : a.y === "high" ? -1 : 1)
    || (a.x === b.x ? 0 : a.x === "low" ? -1 : 1));
  const parts = order.map((quadrant) => {
    const id = context.uid(`quarter-${quadrant.id}`);
    const counter = h("span", { class: "clb-count", role: "img" });
    const list = h("ul", { class: "clb-list", role: "list", "aria-labelledby": id });
    const none = h("p", { class: "clb-prompt", text: words.say("no_notes") });
    const element = h("div", { class: "clb-quarter-list", role: "group", "aria-labelledby": id, "data-quadrant": quadrant.id },
      h("div", { class: "clb-cell-head" }, h("h4", { class: "clb-label", id, text: quadrant.label }), counter), none, list);
    return { quadrant, element, counter, list, none };
  });
  /** @type {Map<string, {element: HTMLElement, drawn: string}>} */
  const lines = new Map();

  /** @param {Note} note @param {import("./store.js").Look} look */
  function line(note, look) {
    const sign = look.authors[note.author] ?? "";
    const state = JSON.stringify([note, sign, note.links.length && look.cited]);
    const known = lines.get(note.id) ?? { element: h("li", { class: "clb-line", "data-line": note.id }), drawn: "" };
    lines.set(note.id, known);
    if (known.drawn !== state) {
      known.drawn = state;
      known.element.replaceChildren(
        ...content(context, note, { sign, cited: look.cited }),
        ...note.alternatives.map((other) => beside(context, note, other, version)),
      );
    }
    return known.element;
  }

  return {
    element: h("div", { class: "clb-reading" }, ...parts.map((part) => part.element)),
    /** @param {Note[]} notes @param {import("./store.js").Look} look */
    draw(notes, look) {
      for (const part of parts) {
        const here = notes.filter((note) => quadrantOf(kind, note.values)?.id === part.quadrant.id);
        arrange(part.list, here.map((note) => line(note, look)));
        part.none.hidden = here.length > 0;
        part.counter.textContent = words.number(here.length);
        part.counter.setAttribute("aria-label", words.count("notes", here.length));
      }
      for (const id of [...lines.keys()]) if (!notes.some((note) => note.id === id)) lines.delete(id);
    },
  };
}
