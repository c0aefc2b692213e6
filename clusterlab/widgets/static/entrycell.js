// One value of one note, always open for writing: what is typed stays a draft until the person
// goes on, and goes to the store then, as seen from where the person began.

import { h } from "./dom.js";
import { isEmpty } from "./board.js";
import { createEntry } from "./fields.js";
import { shown } from "./note.js";
import { same, settled, tagsOf, tagsText } from "./rules.js";

/**
 * @typedef {import("./frame.js").Context} Context
 * @typedef {import("./board.js").Note} Note
 * @typedef {import("./fields.js").Field} Field
 * @typedef {{version: string, block: string, id: string, topic: () => string,
 *   note: () => Note | null, drawing: () => boolean, changed: () => void,
 *   commit: (field: string, value: any, base: string[]) => string[] | null}} Owner What a cell is
 *   a part of; `commit` gives the heads that the person has seen then, null where nothing would
 *   be left of the note.
 * @typedef {ReturnType<typeof createCell>} Cell
 */

/**
 * @param {Context} context @param {Owner} owner @param {Field} field
 * @param {{rows?: number, describedBy?: string, placeholder?: string}} [options]
 */
export function createCell(context, owner, field, options = {}) {
  const { spec, words, drafts } = context;
  const id = context.uid(`${owner.id}-${field.id}`);
  const problem = h("span", { class: "clb-problem", id: `${id}-problem`, role: "alert", hidden: true });
  const described = [options.describedBy, `${id}-problem`].filter(Boolean).join(" ");
  const entry = field.id === "tags" ? tagged({ "data-field": "tags", "aria-describedby": described })
    : createEntry(field, words, { describedBy: described, rows: options.rows, limit: spec.limits.text });
  const { input } = entry;
  input.id = id;
  if (input.type !== "date" && input.localName !== "select") {
    input.dir = "auto";
  }
  if (options.placeholder) input.placeholder = options.placeholder;
  const element = h("div", { class: "clb-box" }, entry.element, problem);
  const picker = element.querySelector(".clb-picker");
  /** What the note says, as it stands in the input. @type {any} */
  let known = null;
  /** What the person had before them when they began. @type {string[] | null} */
  let base = null;
  let typed = false;

  const key = `${owner.version}/${owner.id}/${field.id}`;
  const heads = () => owner.note()?.heads ?? [];
  const inside = () => element.contains(element.ownerDocument.activeElement);

  /** @param {string} text */
  function tell(text) {
    problem.hidden = !text;
    if (problem.textContent !== text) problem.textContent = text;
    if (text) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }

  function refresh() {
    const value = owner.note()?.values[field.id] ?? null;
    if (!same(value, known) || !same(entry.read(), value)) entry.set(value);
    known = value;
  }

  function write() {
    typed = Boolean(entry.problem()) || !same(entry.read(), known);
    if (!typed || !entry.problem()) tell("");
    if (!typed) drafts.remove(key);
    else {
      drafts.set({
        key, version: owner.version, note: owner.note() ? owner.id : "", block: owner.block,
        topic: owner.topic(), field: field.id, text: input.value, time: new Date().toISOString(),
        base: base ?? heads(),
      });
    }
    owner.changed();
  }

  function commit() {
    if (!typed) return;
    const wrong = entry.problem();
    tell(wrong);
    if (wrong) return;
    const value = entry.read();
    typed = false;
    const seen = owner.commit(field.id, isEmpty(value) ? null : value, base ?? heads());
    if (!seen) {
      typed = true;
      tell(words.say("nothing_left"));
      return;
    }
    context.settled(key);
    known = value;
    base = seen;
  }

  function begin() {
    if (typed || base) return;
    refresh();
    base = heads();
  }

  /** Show again what the note says; what was typed is offered. */
  function drop() {
    const kept = drafts.own(key);
    typed = false;
    tell("");
    refresh();
    base = heads();
    if (kept) context.offer(kept);
    owner.changed();
  }

  /** What goes from the page together with its canvas nobody has left: it stays a draft. */
  function ifHere(/** @type {() => void} */ then) {
    queueMicrotask(() => element.isConnected && then());
  }

  function leave() {
    commit();
    if (typed) return;
    base = null;
    if (!inside()) refresh();
  }

  element.addEventListener("focusin", begin);
  element.addEventListener("input", (/** @type {Event} */ event) => {
    if (event.target === input) write();
  });
  element.addEventListener("change", () => {
    if (!owner.drawing() && settled(entry.read())) ifHere(commit);
  });
  element.addEventListener("focusout", (/** @type {FocusEvent} */ event) => {
    const to = event.relatedTarget;
    if (owner.drawing() || (to instanceof Node && element.contains(to))) return;
    if (to === null) ifHere(leave);
    else leave();
  });
  element.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || event.isComposing || !typed) return;
    event.preventDefault();
    drop();
  });

  return {
    field,
    element,
    input,
    read: () => entry.read(),
    get typed() { return typed; },
    key,
    commit,
    /** @param {string} note How the note is called. */
    name(note) {
      const label = words.say("cell_of", { field: field.label, note });
      if (input.getAttribute("aria-label") === label) return;
      input.setAttribute("aria-label", label);
      picker?.setAttribute("aria-label", words.say("pick_date", { field: label }));
    },
    draw() {
      if (!typed && !inside()) refresh();
    },
    /** Go on with what was typed earlier. @param {string} text @param {string[]} [seen] */
    resume(text, seen) {
      input.focus();
      input.value = text;
      if (seen?.length) base = seen;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      if (input.localName === "select") commit();
    },
  };
}

/** @param {Record<string, any>} attributes @returns {import("./fields.js").Entry} */
export function tagged(attributes) {
  const input = h("input", { class: "clb-input", type: "text", ...attributes });
  /** @type {any} */
  let before = [];
  let text = "";
  return {
    element: input,
    input,
    read: () => (input.value === text ? before : tagsOf(input.value, before)),
    set(value) {
      before = Array.isArray(value) ? value : [];
      input.value = tagsText(before);
      text = input.value;
    },
    problem: () => "",
  };
}

/**
 * The same for who may only read.
 * @param {Context} context @param {Owner} owner @param {Field} field @returns {Cell}
 */
export function createText(context, owner, field) {
  const element = h("div", { class: "clb-box clb-plain", dir: "auto" });
  const read = () => owner.note()?.values[field.id] ?? null;
  return {
    field,
    element,
    input: element,
    read,
    typed: false,
    key: "",
    commit() {},
    name() {},
    draw() {
      const value = read();
      const text = isEmpty(value) ? "" : Array.isArray(value) ? value.join(", ") : shown(context, field, value);
      if (element.textContent !== text) element.textContent = text;
    },
    resume() {},
  };
}
