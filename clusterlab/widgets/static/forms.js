// How a note looks as a form of its own, and what it still lacks.

import { h } from "./dom.js";
import { handle } from "./drag.js";
import { kindOf, missing } from "./rules.js";

/**
 * @typedef {import("./frame.js").Context} Context
 * @typedef {import("./record.js").Row} Row
 */

/** @param {Context} context @param {string} part @param {string} id @param {string} field */
const partId = (context, part, id, field) => context.uid(`${part}-${id}-${field}`);

/** @param {Context} context @returns {import("./record.js").Layout} */
export function formLayout(context) {
  const { fields, required } = context.spec.kind;
  const wide = new Set(["text", ...fields.filter((f) => f.wide).map((f) => f.id)]);
  const helped = new Set(["tags", ...fields.filter((f) => f.help).map((f) => f.id)]);
  return {
    tags: true,
    texts: true,
    rows: (field) => (wide.has(field) ? 2 : 1),
    described: (field, id) => [
      helped.has(field) ? partId(context, "help", id, field) : "",
      required.includes(field) ? partId(context, "lack", id, field) : "",
    ].filter(Boolean).join(" "),
    build: buildForm,
  };
}

/** @param {Context} context @param {Row} record @returns {import("./record.js").Body} */
function buildForm(context, record) {
  const { spec, words, readonly } = context;
  const { cells, place, links, id } = record;
  const { required } = spec.kind;
  /** @type {Map<string, HTMLElement>} */
  const lacks = new Map(required.map((field) => [field, h("span", {
    class: "clb-lack", id: partId(context, "lack", id, field), text: words.say("lacking"), hidden: true,
  })]));
  const entry = (/** @type {import("./entrycell.js").Cell} */ cell) => {
    const { field } = cell;
    return h("div", { class: `clb-entry clb-entry-${field.id === "text" ? "text" : kindOf(field)}` },
      h("label", { class: "clb-label", for: readonly ? undefined : cell.input.id }, field.label, " ", lacks.get(field.id)),
      field.help ? h("span", { class: "clb-help", id: partId(context, "help", id, field.id), text: field.help }) : null,
      cell.element);
  };
  const button = (/** @type {string} */ name, /** @type {() => void} */ act, extra = "") =>
    h("button", { type: "button", class: `clb-button ${extra}`, "data-act": name, onclick: act, text: words.say(name) });
  const grip = readonly ? null : handle(words.say("drag"));
  const verdict = h("p", { class: "clb-verdict", hidden: true });
  const tools = readonly ? null : h("div", { class: "clb-tools" },
    button("move_up", () => record.move(-1)), button("move_down", () => record.move(1)),
    button("delete", () => record.remove(), "clb-danger"));
  const built = links && h("div", { class: "clb-entry clb-entry-links" },
    h("label", { class: "clb-label", for: links.button.id || undefined, text: words.say("builds_on") }),
    links.element, links.panel);
  const [text, ...others] = [...cells.values()];
  const title = context.uid(`form-${id}`);
  record.spoken.id = title;
  record.label.id = `${title}-new`;
  const element = h("div", { class: "clb-record clb-form", role: "group", "aria-labelledby": `${title} ${title}-new` },
    h("div", { class: "clb-form-head" }, grip, record.spoken, record.label, record.facts, verdict),
    h("div", { class: "clb-form-body" },
      entry(text),
      place ? h("label", { class: "clb-entry" }, h("span", { class: "clb-label", text: words.say("topic") }), place) : null,
      h("div", { class: "clb-entries" }, ...others.map(entry)),
      built,
      record.besides, tools));
  let told = "";

  /** @param {import("./board.js").Note | null} note */
  function refresh(note) {
    if (grip) grip.hidden = !note;
    if (tools) tools.hidden = !note;
    if (built) built.hidden = !note;
    if (!required.length) return;
    const begun = Boolean(note) || [...cells.values()].some((cell) => cell.typed);
    const left = missing(required, (field) => cells.get(field)?.read());
    for (const [field, mark] of lacks) mark.hidden = !begun || !left.includes(field);
    const names = left.map((field) => cells.get(field)?.field.label).join(", ");
    const says = left.length ? words.say("still_missing", { fields: names }) : words.say("nothing_missing");
    verdict.hidden = !begun;
    verdict.classList.toggle("clb-complete", !left.length);
    if (verdict.textContent !== says) verdict.textContent = says;
    if (begun && !left.length && told && !readonly) context.announce(says);
    told = begun && left.length ? "told" : "";
  }
  return { element, refresh };
}
