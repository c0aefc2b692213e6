// Writing a note: its text, its fields, tags, what it refers to, where it lies.

import { h, grow } from "./dom.js";
import { tagged } from "./entrycell.js";
import { createEntry, tooLong } from "./fields.js";
import { isEmpty } from "./board.js";
import { createChoice, referable } from "./links.js";
import { same } from "./rules.js";

/**
 * @typedef {import("./board.js").Note} Note
 * @typedef {import("./frame.js").Context} Context
 * @typedef {Pick<import("./keep.js").Draft, "text" | "field" | "base">} Resumed
 * @typedef {{version: string, block: string, topic: string, note: Note | null, draft?: Resumed,
 *   onDone: (how: "done" | "next" | "left" | "dropped", id: string | null) => void}} Task
 */

/**
 * Open an editor; what is written goes to the store when the person is done or leaves.
 * @param {Context} context @param {Task} task
 */
export function createEditor(context, task) {
  const { spec, words, store, drafts } = context;
  const { note, version, block } = task;
  const base = task.draft?.base?.length ? task.draft.base : note?.heads;
  const label = spec.kind.blocks.find((b) => b.id === block)?.label ?? block;
  const own = note?.id ?? context.newId();
  const keyOf = (/** @type {string} */ field) => `${version}/${own}/${field}`;
  const hint = context.uid("hint");
  const area = h("textarea", {
    class: "clb-edit", rows: "2", dir: "auto", "aria-describedby": hint,
    "aria-label": note ? words.say("edit_in", { block: label }) : words.say("new_in", { block: label }),
  });
  area.value = note?.values.text ?? "";
  const entries = spec.kind.fields.map((field) => {
    const entry = createEntry(field, words, { label: field.label, limit: spec.limits.text });
    entry.set(note?.values[field.id]);
    return { field, entry };
  });
  const tags = tagged({ dir: "auto", "aria-label": words.say("tags"), placeholder: words.say("tags_hint") });
  tags.set(note?.values.tags);
  /** Everything that can be written in, and what stood there at first. @type {Map<string, {input: any, first: string}>} */
  const inputs = new Map([["text", area], ...entries.map(({ field, entry }) => /** @type {[string, any]} */ ([field.id, entry.input])), ["tags", tags.input]]
    .map(([name, input]) => [name, { input, first: input.value }]));
  const place = placeChoice(context, task);
  const links = linkChoice(context, task);
  const problem = h("p", { class: "clb-problem", role: "alert", hidden: true });
  const button = (/** @type {string} */ name, /** @type {() => void} */ act, extra = "") =>
    h("button", { type: "button", class: `clb-button ${extra}`, onclick: act, text: words.say(name) });
  // Where a note is little more than its text, quick notes stay quick.
  const more = h("details", { class: "clb-more", open: spec.kind.fields.length > 1 },
    h("summary", { text: words.say("more") }),
    h("div", { class: "clb-entries" },
      ...entries.map(({ field, entry }) => h("label", { class: "clb-entry" },
        h("span", { class: "clb-label", text: field.label }), entry.element,
        field.help ? h("span", { class: "clb-help", text: field.help }) : null)),
      h("label", { class: "clb-entry" }, h("span", { class: "clb-label", text: words.say("tags") }), tags.element)),
    links.element);
  const element = h("div", { class: "clb-editor", role: "group", "aria-label": area.getAttribute("aria-label") },
    area,
    h("p", { class: "clb-help", id: hint, text: words.say(note ? "edit_hint" : "new_hint") }),
    problem, more,
    h("div", { class: "clb-tools" },
      button("done", () => finish("done"), "clb-primary"),
      button("cancel", () => drop()),
      place.element,
      ...(note ? context.extraActions(note, version, () => finish("left")) : []),
      note && button("delete", () => remove(), "clb-danger")));
  let open = true;
  const long = () => tooLong(area.value, spec.limits.text, words);
  const bad = () => entries.filter(({ entry }) => entry.problem());

  /** What was changed, by field; null where nothing was. */
  function changes() {
    /** @type {Record<string, any>} */
    const values = {};
    const put = (/** @type {string} */ name, /** @type {any} */ value) => {
      if (!same(value, note?.values[name])) values[name] = isEmpty(value) ? null : value;
    };
    if (!long()) put("text", area.value.trim());
    for (const { field, entry } of entries) if (!entry.problem()) put(field.id, entry.read());
    put("tags", tags.read());
    if (note && values.text === null) delete values.text; // a note is deleted by deleting it
    return Object.keys(values).length ? values : null;
  }

  function wrong() {
    const [found] = bad();
    problem.hidden = !found && !long();
    problem.textContent = long() || (found ? `${found.field.label}: ${found.entry.problem()}` : "");
    if (long()) area.focus();
    else if (found) {
      more.open = true;
      found.entry.input.focus();
    }
  }

  /** @param {"done" | "next" | "left"} how */
  function finish(how) {
    if (!open) return;
    const unfit = new Set([...bad().map(({ field }) => keyOf(field.id)), ...(long() ? [keyOf("text")] : [])]);
    if (unfit.size && how !== "left") {
      wrong();
      return;
    }
    const values = changes();
    const wanted = place.read();
    let id = note?.id ?? null;
    // What cannot be taken as it is stays a draft, and is offered again.
    let kept = note ? left().filter((draft) => unfit.has(draft.key)) : left();
    if (!note && values && !isEmpty(values.text)) {
      id = own;
      kept = kept.filter((draft) => unfit.has(draft.key));
      const at = { block: wanted.block, topic: wanted.topic };
      store.do({ kind: "add", version, note: id, ...at, values, links: links.read() });
      context.announce(words.say("added", { block: wanted.label }));
    } else if (note) {
      if (values) store.do({ kind: "edit", version, note: note.id, values, base });
      for (const target of links.added()) store.do({ kind: "link", version, note: note.id, target });
      for (const target of links.removed()) store.do({ kind: "unlink", version, note: note.id, target });
      const moved = wanted.block !== note.block || wanted.topic !== note.topic;
      if (moved) store.do({ kind: "move", version, note: note.id, block: wanted.block, topic: wanted.topic });
      if (moved) context.announce(words.say("moved", { block: wanted.label }));
      else if (values) context.announce(words.say("changed"));
    } else if (how === "next") {
      how = "done";
    }
    settle(new Set(kept.map((draft) => draft.key)));
    close(how, id);
    for (const draft of kept) context.offer(draft);
  }

  /** Leave without taking what was written; it is offered again. */
  function drop() {
    if (!open) return;
    const kept = left();
    close("dropped", note?.id ?? null);
    for (const draft of kept) context.offer(draft);
  }

  function remove() {
    settle(new Set());
    close("left", null);
    if (note) context.remove(note.id, version);
  }

  /** @param {"done" | "next" | "left" | "dropped"} how @param {string | null} id */
  function close(how, id) {
    open = false;
    element.remove();
    task.onDone(how, id);
  }

  const left = () => [...inputs.keys()].map((name) => drafts.own(keyOf(name))).filter((draft) => draft !== undefined);

  /** What was written is done with; what was not touched may have been left behind earlier. */
  function settle(/** @type {Set<string>} */ but) {
    for (const [name, { input, first }] of inputs) {
      if (input.value !== first && !but.has(keyOf(name))) context.settled(keyOf(name));
    }
  }

  /** @param {EventTarget | null} target */
  function write(target) {
    grow(area);
    for (const [field, { input, first }] of inputs) {
      if (input !== target) continue;
      if (!input.value.trim() || input.value.trim() === first.trim()) drafts.remove(keyOf(field));
      else {
        drafts.set({
          key: keyOf(field), version, note: note?.id ?? "", block, topic: task.topic, field,
          text: input.value, time: new Date().toISOString(), base,
        });
      }
    }
  }

  /** Go on with what was written earlier. @param {Resumed} draft */
  function resume({ field, text }) {
    const { input } = inputs.get(field) ?? { input: area };
    if (input !== area) more.open = true;
    input.focus();
    input.value = text;
    write(input);
  }

  element.addEventListener("input", (/** @type {Event} */ event) => write(event.target));
  element.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return;
    const line = event.target === area || /** @type {Element} */ (event.target).localName === "input";
    if (event.key === "Escape") {
      event.preventDefault();
      drop();
    } else if (event.key === "Enter" && !event.shiftKey && line) {
      event.preventDefault();
      finish(note ? "done" : "next");
    }
  });
  element.addEventListener("focusout", (/** @type {FocusEvent} */ event) => {
    const to = event.relatedTarget;
    if (!open || (to instanceof Node && element.contains(to)) || !document.hasFocus()) return;
    if (to === null && element.matches(":hover")) return; // a press on its own ground
    // What goes from the page together with its canvas nobody has left: it stays a draft.
    if (to === null) queueMicrotask(() => element.isConnected && finish("left"));
    else finish("left");
  });
  return {
    element,
    focus() {
      area.focus();
      area.setSelectionRange(area.value.length, area.value.length);
      grow(area);
      if (task.draft) resume(task.draft);
    },
    finish,
    left,
    get open() { return open; },
  };
}

/** Where the note lies: the non-drag way to move it. @param {Context} context @param {Task} task */
function placeChoice({ spec, words }, task) {
  const topics = spec.kind.topics.length && !spec.board.topic ? spec.kind.topics : [];
  const name = (/** @type {string} */ id) => spec.kind.blocks.find((b) => b.id === id)?.label ?? id;
  const blocks = h("select", { class: "clb-input clb-move", "aria-label": words.say("move_to") },
    ...spec.kind.blocks.map((b) => h("option", { value: b.id, selected: b.id === task.block, text: b.label })));
  if (!spec.kind.blocks.some((b) => b.id === task.block)) {
    blocks.prepend(h("option", { value: task.block, selected: true, text: words.say("unplaced") }));
  }
  const topic = h("select", { class: "clb-input clb-move", "aria-label": words.say("topic") },
    ...topics.map((t) => h("option", { value: t.id, selected: t.id === task.topic, text: t.label })));
  const parts = [spec.kind.blocks.length > 1 && task.note ? blocks : null, topics.length ? topic : null];
  return {
    element: parts.some(Boolean) ? h("span", { class: "clb-place" }, ...parts) : null,
    read: () => ({
      block: blocks.value,
      topic: topics.length ? topic.value : task.topic,
      label: name(blocks.value),
    }),
  };
}

/** Which notes of the cited canvas it builds on. @param {Context} context @param {Task} task */
function linkChoice(context, task) {
  const { spec, store } = context;
  const before = task.note?.links ?? [];
  const blocks = spec.kind.blocks.find((b) => b.id === task.block)?.cites ?? [];
  const cited = referable(store.look().cited, {
    blocks,
    topic: spec.board.topic || task.topic,
    linked: before,
  });
  const choice = createChoice(context);
  choice.draw(cited, before);
  // Only a note that pairs others must build on some: else nothing to choose is not worth a word.
  const asked = blocks.length > 1 || cited.length > 0;
  return {
    element: spec.kind.cites && asked ? choice.element : null,
    read: () => [...before.filter((id) => !cited.some((n) => n.id === id)), ...choice.read()],
    added: () => choice.read().filter((id) => !before.includes(id)),
    removed: () => before.filter((id) => cited.some((n) => n.id === id) && !choice.read().includes(id)),
  };
}
