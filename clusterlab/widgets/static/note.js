// One note as it lies in a block: a button with its text and what hangs on it, and what others
// wrote in its place at the same time.

import { h } from "./dom.js";
import { handle } from "./drag.js";
import { isEmpty } from "./board.js";
import { linkFacts } from "./links.js";

/**
 * @typedef {import("./board.js").Note} Note
 * @typedef {import("./frame.js").Context} Context
 */

/** @param {string} sign @returns {number} One of eight colours. */
export function hue(sign) {
  let sum = 0;
  for (const letter of sign) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 8;
  return sum;
}

/**
 * What a field says, for reading.
 * @param {Context} context @param {import("./fields.js").Field} field @param {any} value
 */
export function shown(context, field, value) {
  if (field.type === "choice") return field.choices.find((c) => c.id === value)?.label ?? String(value);
  if (typeof value === "number") return context.words.number(value);
  return field.type === "date" || field.dated ? context.words.day(String(value)) : String(value);
}

/** @param {Context} context @param {string} id */
export function createNote(context, id) {
  const { words } = context;
  const body = h("span", { class: "clb-body" });
  const button = h("button", {
    type: "button", class: "clb-note", "data-note": id, tabindex: "-1",
    "aria-keyshortcuts": "Enter Delete Alt+ArrowUp Alt+ArrowDown Alt+ArrowLeft Alt+ArrowRight",
  }, body);
  const besides = h("div", { class: "clb-besides" });
  const card = h("div", { class: "clb-card" }, handle(words.say("drag")), button);
  const element = h("li", { class: "clb-item", "data-item": id }, card, besides);
  /** @type {Note | null} */
  let drawn = null;
  let state = "";

  /**
   * @param {Note} note @param {{pending: boolean, sign: string, mark?: {sign: string, word: string},
   *   cited: {id: string, spoken: string, text: string}[], version: string}} extra
   */
  function draw(note, extra) {
    const next = JSON.stringify([extra.pending, extra.sign, extra.mark, note.links.length && extra.cited]);
    if (note === drawn && next === state) return;
    drawn = note;
    state = next;
    body.replaceChildren(...content(context, note, extra));
    button.classList.toggle("clb-pending", extra.pending);
    besides.replaceChildren(...note.alternatives.map((a) => beside(context, note, a, extra.version)));
  }

  return { element, card, button, draw };
}

/** @param {Context} context @param {Note} note @param {any} extra */
export function content(context, note, extra) {
  const { spec, words } = context;
  const parts = [];
  if (extra.mark) {
    parts.push(h("span", { class: "clb-mark" },
      h("span", { "aria-hidden": "true", text: extra.mark.sign }), ` ${extra.mark.word} `));
  }
  if (note.spoken) parts.push(h("span", { class: "clb-spoken", text: note.spoken }), " ");
  const language = note.values.language;
  parts.push(h("span", {
    class: "clb-text", dir: "auto", lang: typeof language === "string" ? language : undefined,
    text: note.values.text ?? words.say("no_text"),
  }));
  const facts = spec.kind.fields.filter((f) => !isEmpty(note.values[f.id]))
    .map((f) => h("span", { class: "clb-fact" }, `${f.label}: `, h("bdi", { text: shown(context, f, note.values[f.id]) })));
  if (note.values.group) facts.unshift(h("span", { class: "clb-fact" }, h("bdi", { text: note.values.group })));
  if (!spec.board.topic && spec.kind.topics.length) {
    const topic = spec.kind.topics.find((t) => t.id === note.topic)?.label ?? note.topic;
    if (topic) facts.unshift(h("span", { class: "clb-fact", text: topic }));
  }
  const links = linkFacts(context, note, extra.cited);
  const tags = (Array.isArray(note.values.tags) ? note.values.tags : [])
    .map((tag) => h("span", { class: "clb-fact clb-tag", dir: "auto", text: `#${tag}` }));
  const author = extra.sign && h("span", {
    class: `clb-author clb-hue-${hue(extra.sign)}`, title: words.say("author", { sign: extra.sign }), text: extra.sign,
  });
  const all = [...facts, ...links, ...tags, author].filter(Boolean);
  if (all.length) parts.push(h("span", { class: "clb-facts" }, ...all.flatMap((part) => [part, " "])));
  return parts;
}

/**
 * What somebody else did at the same time, and the question what to keep.
 * @param {Context} context @param {Note} note
 * @param {import("./board.js").Alternative} other @param {string} version
 */
export function beside(context, note, other, version) {
  const { spec, words, store } = context;
  const { field, operation } = other;
  const decide = (/** @type {string} */ keep) => () => {
    store.do({ kind: "resolve", version, note: note.id, field, keep });
    context.announce(words.say("decided"));
    context.focusNote(note.id, version);
  };
  const both = () => {
    store.do({
      kind: "add", version, note: context.newId(), block: note.block, topic: note.topic,
      values: { ...note.values, text: other.value }, links: note.links, after: note.id,
    });
    decide("")();
  };
  const [question, first, second] = field === "deleted"
    ? [words.say("also_deleted"), words.say("keep_note"), words.say("delete")]
    : field === "place"
      ? [words.say("also_moved", { place: placeLabel(context, other.value) }), words.say("leave_here"), words.say("move_there")]
      : [words.say("also_written", { field: fieldLabel(spec, field) }), words.say("keep_first"), words.say("take_this")];
  const known = spec.kind.fields.find((f) => f.id === field);
  const value = field === "deleted" || field === "place" ? null
    : known ? shown(context, known, other.value) : String(other.value ?? "–");
  return h("div", { class: "clb-beside", role: "group", "aria-label": question },
    h("p", { class: "clb-question", text: question }),
    value === null ? null : h("p", { class: "clb-other", dir: "auto", text: value }),
    h("div", { class: "clb-tools" },
      h("button", { type: "button", class: "clb-button", onclick: decide(""), text: first }),
      h("button", { type: "button", class: "clb-button", onclick: decide(operation), text: second }),
      field === "text" && spec.shape !== "records"
        ? h("button", { type: "button", class: "clb-button", onclick: both, text: words.say("keep_both") }) : null));
}

/** @param {any} spec @param {string} field */
function fieldLabel(spec, field) {
  return spec.kind.fields.find((/** @type {any} */ f) => f.id === field)?.label ?? spec.kind.text_label;
}

/** @param {Context} context @param {[string, string]} place */
function placeLabel({ spec }, [topic, block]) {
  const named = spec.kind.blocks.find((b) => b.id === block)?.label ?? block;
  const where = spec.kind.topics.find((t) => t.id === topic)?.label;
  return where && topic !== spec.board.topic ? `${named} · ${where}` : named;
}
