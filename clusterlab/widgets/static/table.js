// How a note looks as a row of a table, or as a card where there is no room for columns.

import { h } from "./dom.js";
import { handle } from "./drag.js";
import { kindOf } from "./rules.js";

/**
 * @typedef {import("./frame.js").Context} Context
 * @typedef {import("./record.js").Row} Row
 */

/** @param {Context} context @param {string} field */
const helpId = (context, field) => context.uid(`help-${field}`);

/** @param {Context} context @param {boolean} topics */
export function tableHead(context, topics) {
  const { spec, words, readonly } = context;
  const head = (/** @type {any} */ props, /** @type {any[]} */ ...parts) =>
    h("div", { class: "clb-th", role: "columnheader", ...props }, ...parts);
  return h("div", { class: "clb-thead", role: "rowgroup" },
    h("div", { class: "clb-tr", role: "row" },
      head({}, h("span", { class: "clb-hidden", text: words.say("number_column") })),
      topics ? head({ text: words.say("topic") }) : null,
      head({}, h("span", { text: spec.kind.text_label })),
      ...spec.kind.fields.map((f) => head({}, h("span", { text: f.label }),
        f.help ? h("span", { class: "clb-help", id: helpId(context, f.id), text: f.help }) : null)),
      spec.kind.cites ? head({}, h("span", { text: words.say("builds_on") })) : null,
      readonly ? null : head({}, h("span", { class: "clb-hidden", text: words.say("more") }))));
}

/** @param {Context} context @returns {import("./record.js").Layout} */
export function tableLayout(context) {
  const { spec } = context;
  const helped = new Set(spec.kind.fields.filter((f) => f.help).map((f) => f.id));
  return {
    tags: false,
    texts: false,
    rows: () => 1,
    described: (field) => (helped.has(field) ? helpId(context, field) : ""),
    build: buildRow,
  };
}

/** @param {Context} context @param {Row} record @returns {import("./record.js").Body} */
function buildRow(context, record) {
  const { words, readonly } = context;
  const { cells, place, links } = record;
  const td = (/** @type {string} */ kind, /** @type {string} */ label, /** @type {any} */ input, /** @type {any} */ part, help = "") =>
    h("div", { class: `clb-td clb-td-${kind}`, role: "cell" },
      h("label", { class: "clb-td-label", for: input.id || undefined, "aria-hidden": "true" }, label,
        help ? h("span", { class: "clb-help", text: help }) : null), part);
  const grip = readonly ? null : handle(words.say("drag"));
  const button = (/** @type {string} */ name, /** @type {() => void} */ act, extra = "") =>
    h("button", { type: "button", class: `clb-button ${extra}`, "data-act": name, onclick: act, text: words.say(name) });
  const tools = h("div", { class: "clb-tools", hidden: true, id: context.uid(`tools-${record.id}`) },
    button("move_up", () => record.move(-1)), button("move_down", () => record.move(1)),
    button("delete", () => record.remove(), "clb-danger"));
  const more = readonly ? null : h("button", {
    type: "button", class: "clb-button clb-more-button", "aria-expanded": "false",
    "aria-controls": tools.id,
    onclick() {
      tools.hidden = !tools.hidden;
      more.setAttribute("aria-expanded", String(!tools.hidden));
      refresh(record.note);
    },
  }, h("span", { "aria-hidden": "true", text: "⋯" }));
  const tail = readonly ? null : h("div", { class: "clb-td clb-td-tools", role: "cell" }, more);
  const columns = cells.size + 1 + [place, links, !readonly].filter(Boolean).length;
  const foot = h("div", { class: "clb-foot", role: "row", hidden: true },
    h("div", { class: "clb-foot-cell", role: "cell", "aria-colspan": columns }, record.facts, links?.panel, tools, record.besides));
  const element = h("div", { class: "clb-record", role: "rowgroup" },
    h("div", { class: "clb-tr", role: "row" },
      h("div", { class: "clb-td clb-td-head", role: "rowheader" }, grip, record.spoken, record.label),
      place ? td("topic", words.say("topic"), place, place) : null,
      ...[...cells.values()].map((cell) => td(cell.field.id === "text" ? "text" : kindOf(cell.field),
        cell.field.label, cell.input, cell.element, cell.field.help)),
      links ? td("links", words.say("builds_on"), links.button, links.element) : null,
      tail),
    foot);

  /** @param {import("./board.js").Note | null} note */
  function refresh(note) {
    if (grip) grip.hidden = !note;
    if (more) {
      more.hidden = !note;
      more.setAttribute("aria-label", words.say("more_of", { note: note?.spoken || words.say("unnamed") }));
    }
    foot.hidden = tools.hidden && (links?.panel.hidden ?? true)
      && !record.besides.childElementCount && !record.facts.childElementCount;
  }
  return { element, refresh };
}
