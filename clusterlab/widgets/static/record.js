// One note whose values stand open side by side: a row of a table, or a form.

import { h } from "./dom.js";
import { createCell, createText } from "./entrycell.js";
import { createLinks } from "./links.js";
import { beside, hue } from "./note.js";
import { leavesNothing, textField } from "./rules.js";

/**
 * @typedef {import("./frame.js").Context} Context
 * @typedef {import("./board.js").Note} Note
 * @typedef {import("./entrycell.js").Cell} Cell
 * @typedef {{element: HTMLElement, refresh: (note: Note | null) => void}} Body
 * @typedef {{version: string, block: import("./frame.js").Block, id: string,
 *   drawing: () => boolean, layout: Layout, move: (record: Row, by: number) => void}} Task
 * @typedef {{tags: boolean, texts: boolean, rows: (field: string) => number,
 *   described: (field: string, id: string) => string,
 *   build: (context: Context, record: Row) => Body}} Layout `tags`: whether tags have an input;
 *   `texts`: whether there is room for what the notes say that it builds on.
 * @typedef {ReturnType<typeof createRecord>} Row
 */

/** @param {Context} context @param {Task} task */
export function createRecord(context, task) {
  const { spec, words, store } = context;
  const { version, block, id, layout } = task;
  const topics = spec.kind.topics.length && !spec.board.topic ? spec.kind.topics : [];
  let topic = spec.board.topic || spec.kind.topics[0]?.id || "";
  /** @type {Note | null} */
  let note = null;
  let drawn = "";
  const fields = [
    textField(spec.kind.text_label), ...spec.kind.fields,
    ...(layout.tags ? [{ ...textField(words.say("tags")), id: "tags", wide: false, help: words.say("tags_hint") }] : []),
  ];

  /** @type {import("./entrycell.js").Owner} */
  const owner = {
    version, block: block.id, id, drawing: task.drawing,
    topic: () => note?.topic ?? topic,
    note: () => note,
    changed: () => body.refresh(note),
    commit(field, value, base) {
      const values = { [field]: value };
      if (leavesNothing(note?.values ?? {}, values)) return null;
      const made = note
        ? store.do({ kind: "edit", version, note: id, values, base })
        : store.do({ kind: "add", version, note: id, block: block.id, topic, values });
      if (made.kind === "add") context.announce(words.say("added", { block: block.label }));
      for (const cell of cells.values()) if (cell.field.id !== field && cell.typed) cell.commit();
      return [made.id];
    },
  };
  /** @type {Map<string, Cell>} */
  const cells = new Map(fields.map((field) => [field.id, context.readonly ? createText(context, owner, field)
    : createCell(context, owner, field, {
      rows: layout.rows(field.id),
      describedBy: layout.described(field.id, id),
      placeholder: field.id === "text" ? block.prompt : undefined,
    })]));
  const place = topics.length ? topicChoice() : null;
  const links = spec.kind.cites ? createLinks(context, {
    version, id, block, topic: owner.topic, note: owner.note, changed: owner.changed,
  }, layout.texts) : null;
  const spoken = h("span", { class: "clb-spoken" });
  const label = h("span", { class: "clb-new-label", text: words.say("new_entry", { name: spec.kind.text_label }) });
  const facts = h("span", { class: "clb-facts" });
  const besides = h("div", { class: "clb-besides" });
  const record = {
    version, block, id, cells, place, links, spoken, label, facts, besides,
    move: (/** @type {number} */ by) => task.move(record, by),
    get note() { return note; },
    get element() { return body.element; },
    draw, remove, focus, holds,
  };
  const body = layout.build(context, record);
  body.element.dataset.item = id;

  function topicChoice() {
    if (context.readonly) return h("span", { class: "clb-plain" });
    return h("select", {
      class: "clb-input",
      onchange() {
        topic = place.value;
        if (note) store.do({ kind: "move", version, note: id, block: note.block, topic });
      },
    }, ...topics.map((t) => h("option", { value: t.id, text: t.label })));
  }

  /** @param {Note | null} next @param {import("./store.js").Look | null} look */
  function draw(next, look) {
    note = next;
    for (const cell of cells.values()) cell.draw();
    const pending = Boolean(look?.pending.has(id));
    const sign = (note && look?.authors[note.author]) ?? "";
    const state = JSON.stringify([note?.heads, note?.spoken, note?.alternatives, note?.topic, pending, sign]);
    const name = note ? note.spoken || words.say("unnamed") : label.textContent;
    links?.draw(name, look?.cited ?? []);
    if (state !== drawn) {
      drawn = state;
      for (const cell of cells.values()) cell.name(name);
      spoken.textContent = note?.spoken || (note ? "…" : "+");
      spoken.title = pending ? words.say("saving") : "";
      body.element.classList.toggle("clb-pending", pending);
      body.element.classList.toggle("clb-fresh", !note);
      label.hidden = Boolean(note);
      drawPlace(name);
      facts.replaceChildren(...factsOf(context, note, sign, layout.tags));
      besides.replaceChildren(...(context.readonly ? [] : note?.alternatives ?? [])
        .map((other) => beside(context, /** @type {Note} */ (note), other, version)));
    }
    body.refresh(note);
  }

  /** @param {string} name */
  function drawPlace(name) {
    if (!place) return;
    const now = note?.topic ?? topic;
    if (context.readonly) place.textContent = topics.find((t) => t.id === now)?.label ?? now;
    else {
      place.value = now;
      place.setAttribute("aria-label", words.say("cell_of", { field: words.say("topic"), note: name }));
    }
  }

  function remove() {
    if (note) context.remove(id, version);
  }

  /** @param {string} [field] */
  function focus(field = "text") {
    const cell = cells.get(field) ?? cells.get("text");
    if (context.readonly) {
      body.element.tabIndex = -1;
      body.element.focus();
    } else cell?.input.focus();
  }

  /** Which field has the focus. @param {EventTarget | null} target */
  function holds(target) {
    for (const cell of cells.values()) if (target instanceof Node && cell.element.contains(target)) return cell;
    return null;
  }

  draw(null, null);
  return record;
}

/**
 * What a note carries that has no input here.
 * @param {Context} context @param {Note | null} note @param {string} sign @param {boolean} tagged Whether tags have an input.
 */
function factsOf({ words }, note, sign, tagged) {
  if (!note) return [];
  const group = note.values.group && h("span", { class: "clb-fact" }, h("bdi", { text: note.values.group }));
  const tags = (!tagged && Array.isArray(note.values.tags) ? note.values.tags : [])
    .map((tag) => h("span", { class: "clb-fact clb-tag", dir: "auto", text: `#${tag}` }));
  const author = sign && h("span", {
    class: `clb-author clb-hue-${hue(sign)}`, title: words.say("author", { sign }), text: sign,
  });
  return [group, ...tags, author].filter(Boolean).flatMap((part) => [part, " "]);
}
