// The plot of a matrix: cells for two numbers, its four quarters, its axes; and a note as it lies
// in it.

import { h } from "./dom.js";
import { handle } from "./drag.js";
import { isEmpty } from "./board.js";
import { shown } from "./note.js";
import { lowCells, quadrantOf, valueOf } from "./quadrant.js";

/**
 * @typedef {import("./board.js").Note} Note
 * @typedef {import("./frame.js").Context} Context
 * @typedef {import("./quadrant.js").Axis} Axis
 * @typedef {{x: number, y: number, element: HTMLElement, list: HTMLElement}} Spot A cell, counted
 *   from the lowest numbers.
 */

/** The columns before the cells: the axis upwards and its numbers. The row before: labels. */
const BEFORE = 2;
const ABOVE = 1;

/** @param {Context} context @param {[Axis, Axis]} axes */
export function createPlot(context, [x, y]) {
  const { spec, words } = context;
  const { say, number } = words;
  const [left, high] = [lowCells(x), y.count - lowCells(y)];
  const row = (/** @type {number} */ cell) => ABOVE + y.count - cell;
  const column = (/** @type {number} */ cell) => BEFORE + 1 + cell;
  const place = (/** @type {string | number} */ rows, /** @type {string | number} */ columns) =>
    `grid-row: ${rows}; grid-column: ${columns}`;

  /** @type {Spot[]} */
  const spots = [];
  for (let up = y.count - 1; up >= 0; up -= 1) {
    for (let across = 0; across < x.count; across += 1) {
      const name = [numberOf(context, x, valueOf(x, across)), numberOf(context, y, valueOf(y, up))].join(", ");
      const list = h("ul", { class: "clb-list", role: "list", "aria-label": name });
      spots.push({
        x: across, y: up, list,
        element: h("div", {
          class: "clb-spot", "data-x": valueOf(x, across), "data-y": valueOf(y, up), style: place(row(up), column(across)),
        }, list),
      });
    }
  }
  const middle = ABOVE + high + 1;
  const quarters = spec.kind.quadrants.flatMap((q) => {
    const columns = q.x === "low" ? `${BEFORE + 1} / ${column(left)}` : `${column(left)} / ${column(x.count)}`;
    const rows = q.y === "high" ? `1 / ${middle}` : `${middle} / ${ABOVE + y.count + 2}`;
    const corner = q.y === "high" ? 1 : ABOVE + y.count + 1;
    return [
      h("div", { class: `clb-quarter clb-${q.x}-${q.y}`, style: place(rows, columns) }),
      h("p", { class: `clb-corner clb-corner-${q.x}`, style: place(corner, columns), text: q.label }),
    ];
  });
  const bottom = ABOVE + y.count + 2;
  const element = h("div", {
    class: "clb-plot", role: "group", style: `--clb-columns: ${x.count}; --clb-rows: ${y.count}`,
    "aria-label": say("matrix_name", {
      x: x.field.label, x_low: number(x.low), x_high: number(x.high),
      y: y.field.label, y_low: number(y.low), y_high: number(y.high),
    }),
  },
  ...quarters,
  h("p", { class: "clb-axis clb-axis-up", style: place(`2 / ${ABOVE + y.count + 1}`, 1) }, ...ends(context, y, "→")),
  ...ticks(y).map(([cell, text]) => h("span", { class: "clb-tick clb-tick-up", "aria-hidden": "true", style: place(row(cell), BEFORE), text: number(text) })),
  ...spots.map((spot) => spot.element),
  ...ticks(x).map(([cell, text]) => h("span", { class: "clb-tick", "aria-hidden": "true", style: place(bottom, column(cell)), text: number(text) })),
  h("p", { class: "clb-axis", style: place(bottom + 1, `${BEFORE + 1} / ${column(x.count)}`) }, ...ends(context, x, spec.direction === "rtl" ? "←" : "→")));
  return { element, spots };
}

/** The numbers beside an axis: of every cell that stands for one, else the ends. @param {Axis} axis */
function ticks(axis) {
  const cells = Array.from({ length: axis.count }, (_, cell) => cell);
  if (axis.whole && axis.step === 1) return cells.map((cell) => [cell, valueOf(axis, cell)]);
  return [[0, axis.low], [axis.count - 1, axis.high]];
}

/** @param {Context} context @param {Axis} axis @param {string} arrow */
function ends({ words }, axis, arrow) {
  const end = (/** @type {string} */ half, /** @type {number} */ value) =>
    h("span", { text: words.say("axis_end", { half: words.say(half), number: words.number(value) }) });
  return [
    end("low", axis.low), " ",
    h("b", { class: "clb-axis-name" }, axis.field.label, " ",
      h("span", { "aria-hidden": "true", text: arrow })), " ",
    end("high", axis.high),
  ];
}

/** A number with the name of its axis. @param {Context} context @param {Axis} axis @param {any} value */
export function numberOf(context, axis, value) {
  return `${axis.field.label} ${isEmpty(value) ? context.words.say("none") : shown(context, axis.field, value)}`;
}

/**
 * Where a note is, in words: its two numbers and its quarter.
 * @param {Context} context @param {[Axis, Axis]} axes @param {Note} note
 */
export function whereIs(context, axes, note) {
  const values = axes.map((axis) => numberOf(context, axis, note.values[axis.field.id])).join(", ");
  const quadrant = quadrantOf(context.spec.kind, note.values);
  return quadrant ? context.words.say("placed_at", { values, quadrant: quadrant.label }) : values;
}

/**
 * A note as it lies in the plot: short to see, in full to hear.
 * @param {Context} context @param {[Axis, Axis]} axes @param {string} id
 */
export function createCard(context, axes, id) {
  const { spec, words } = context;
  const body = h("span", { class: "clb-body" });
  const button = h("button", {
    type: "button", class: "clb-note", "data-note": id, tabindex: "-1",
    "aria-keyshortcuts": "Enter Delete Alt+ArrowUp Alt+ArrowDown Alt+ArrowLeft Alt+ArrowRight",
  }, body);
  const card = h("div", { class: "clb-card clb-chip" }, handle(words.say("drag")), button);
  const element = h("li", { class: "clb-item", "data-item": id }, card);
  /** @type {Note | null} */
  let drawn = null;

  /** @param {Note} note @param {boolean} pending */
  function draw(note, pending) {
    button.classList.toggle("clb-pending", pending);
    if (note === drawn) return;
    drawn = note;
    const text = note.values.text ?? words.say("no_text");
    const choices = spec.kind.fields.filter((f) => f.type === "choice" && !isEmpty(note.values[f.id]))
      .map((f) => `${f.label}: ${shown(context, f, note.values[f.id])}`);
    button.setAttribute("aria-label", [[note.spoken, text].filter(Boolean).join(" "), whereIs(context, axes, note), ...choices].join(". "));
    body.title = text;
    const language = note.values.language;
    body.replaceChildren(
      h("span", { class: "clb-spoken", text: note.spoken || "…" }), " ",
      h("span", { class: "clb-text", dir: "auto", lang: typeof language === "string" ? language : undefined, text }),
      ...(note.alternatives.length ? [" ", h("span", { class: "clb-mark clb-asked", text: "?" })] : []),
    );
  }

  return { element, button, draw };
}
