// Notes with many fields: a table with a row for each, or a form for each.

import { arrange, growAll, h } from "./dom.js";
import { allNotes, notesOf } from "./board.js";
import { enableDrag } from "./drag.js";
import { shifted } from "./keys.js";
import { createRecord } from "./record.js";
import { columnsOf } from "./rules.js";
import { formLayout } from "./forms.js";
import { tableHead, tableLayout } from "./table.js";

/**
 * @typedef {import("./frame.js").Context} Context
 * @typedef {import("./record.js").Row} Row
 * @typedef {{block: import("./frame.js").Block, element: HTMLElement, list: HTMLElement,
 *   fresh: Row | null, open: boolean, add: HTMLElement | null, rows: Row[]}} Section
 */

/** An editable table: a row for each note. @param {Context} context */
export function tableView(context) {
  const { spec, root, readonly } = context;
  const topics = spec.kind.topics.length > 0 && !spec.board.topic;
  const columns = columnsOf(spec.kind.fields, topics, !readonly, Boolean(spec.kind.cites));
  root.style.setProperty("--clb-columns", columns.template);
  const head = tableHead(context, topics);
  const table = h("div", { class: "clb-sheet", role: "table", "aria-labelledby": context.uid("title") }, head);
  return rowsView(context, { element: table, ground: table, layout: tableLayout(context), need: columns.need, always: true });
}

/** A form for each note. @param {Context} context */
export function recordsView(context) {
  const { spec } = context;
  const ground = h("div", { class: "clb-forms" });
  const tips = spec.tips.length
    ? h("ul", { class: "clb-tips" }, ...spec.tips.map((text) => h("li", { text }))) : null;
  const element = h("div", { class: "clb-records-body" }, tips, ground);
  return rowsView(context, { element, ground, layout: formLayout(context), need: 0, always: false });
}

/**
 * @param {Context} context
 * @param {{element: HTMLElement, ground: HTMLElement, layout: import("./record.js").Layout,
 *   need: number, always: boolean}} shape `need`: the width below which rows are cards; `always`:
 *   an empty row stands ready at any time, else a button opens one.
 * @returns {import("./frame.js").Body}
 */
function rowsView(context, { element, ground, layout, need, always }) {
  const { spec, words, store, root } = context;
  const [version] = spec.board.versions;
  const { topic } = spec.board;
  /** @type {Map<string, Row>} */
  const rows = new Map();
  const sections = spec.kind.blocks.map((block) => makeSection(block));
  const unplaced = makeSection({
    id: "", label: words.say("unplaced"), prompt: "", group: "", accent: "neutral", limit: 0, cites: [],
  });
  let drawing = false;

  /** @param {import("./frame.js").Block} block @returns {Section} */
  function makeSection(block) {
    const titled = spec.kind.blocks.length > 1 || !block.id;
    const list = h("div", { class: "clb-records-list", role: always ? "presentation" : undefined });
    const add = always || context.readonly || !block.id ? null : h("button", {
      type: "button", class: "clb-add clb-primary", "data-add": block.id,
      onclick: () => open(section).focus(),
    }, h("span", { "aria-hidden": "true", text: "+ " }), words.say("new_entry", { name: spec.kind.text_label }));
    const title = titled ? h("h4", { class: "clb-label clb-section", text: block.label }) : null;
    const heading = always && title ? h("div", { role: "row" }, h("div", { role: "cell" }, title)) : title;
    const part = h("div", { class: "clb-part", role: always ? "presentation" : undefined, "data-block": block.id }, heading, list, add);
    /** @type {Section} */
    const section = { block, element: part, list, fresh: null, open: always, add, rows: [] };
    return section;
  }

  /** @param {Section} section @param {string} [id] */
  const makeRow = (section, id = context.newId()) => createRecord(context, {
    version, block: section.block, id, layout, drawing: () => drawing, move,
  });

  /** Let an empty row stand ready. @param {Section} section @returns {Row} */
  function open(section) {
    section.open = true;
    draw(store.look());
    return /** @type {Row} */ (section.fresh);
  }

  /** @param {import("./store.js").Look} look */
  function draw(look) {
    const outer = drawing;
    drawing = true;
    const board = look.boards[version] ?? { notes: {}, lists: {} };
    const known = new Set(spec.kind.blocks.map((b) => b.id));
    const had = root.ownerDocument.activeElement;
    const held = [...rows.values()].find((row) => row.element.contains(had));
    const field = held?.holds(had)?.field.id;
    /** @type {Row[]} */
    const made = [];
    const seen = new Set();
    for (const section of [...sections, unplaced]) {
      const notes = section.block.id ? notesOf(board, section.block.id, topic)
        : allNotes(board, topic).filter((n) => !known.has(n.block));
      if (section.fresh && board.notes[section.fresh.id]) {
        rows.set(section.fresh.id, section.fresh);
        section.fresh = null;
        section.open = always;
      }
      section.rows = notes.map((note) => {
        seen.add(note.id);
        let row = rows.get(note.id);
        if (!row || row.block.id !== section.block.id) {
          row = makeRow(section, note.id);
          rows.set(note.id, row);
          made.push(row);
        }
        row.draw(note, look);
        return row;
      });
      drawSection(section, made);
    }
    for (const [id, row] of rows) if (!seen.has(id)) forget(id, row);
    arrange(ground, [...[...ground.children].filter((e) => !e.classList.contains("clb-part")),
      ...sections.map((s) => s.element), ...(unplaced.rows.length ? [unplaced.element] : [])]);
    if (made.length) grow(made);
    drawing = outer;
    if (held && !held.element.isConnected) near(held, field)?.focus(field);
  }

  /** @param {Section} section @param {Row[]} made */
  function drawSection(section, made) {
    const wanted = section.block.id && !context.readonly && (section.open || !section.rows.length);
    if (wanted && !section.fresh) {
      section.fresh = makeRow(section);
      made.push(section.fresh);
    }
    if (section.add) section.add.hidden = Boolean(wanted);
    arrange(section.list, [...section.rows, ...(wanted && section.fresh ? [section.fresh] : [])].map((r) => r.element));
  }

  /** A note is gone: what was being typed in it is offered again. @param {string} id @param {Row} row */
  function forget(id, row) {
    rows.delete(id);
    for (const cell of row.cells.values()) {
      const draft = cell.typed && context.drafts.own(cell.key);
      if (draft) context.offer(draft);
    }
  }

  /** @param {Iterable<Row>} some */
  function grow(some) {
    growAll([...some].flatMap((row) => [...row.element.querySelectorAll("textarea")]));
  }

  /** @param {{id: string, block: {id: string}}} row @param {string} [field] @returns {Row | null} */
  function near(row, field) {
    const section = sections.find((s) => s.block.id === row.block.id) ?? sections[0];
    return (field && section.fresh) || section.rows[0] || section.fresh;
  }

  const everything = () => sections.flatMap((s) => [...s.rows, ...(s.fresh ? [s.fresh] : [])]).concat(unplaced.rows);
  const rowOf = (/** @type {EventTarget | null} */ target) => everything()
    .find((row) => target instanceof Node && row.element.contains(target));

  // -- moving ------------------------------------------------------------------------------------

  /** Rows of the same place, in their order. @param {Row} row */
  const peers = (row) => rows.get(row.id) === row && row.note
    ? [...rows.values()].filter((r) => r.note?.block === row.note?.block && r.note?.topic === row.note?.topic && !r.note?.deleted)
      .sort((a, b) => order(a) - order(b)) : [];
  const order = (/** @type {Row} */ row) => [...sections, unplaced].find((s) => s.rows.includes(row))?.rows.indexOf(row) ?? 0;

  /** @param {Row} row @param {number} by */
  function move(row, by) {
    const ids = peers(row).map((r) => r.id);
    const at = ids.indexOf(row.id);
    if (at < 0) return;
    const spot = shifted([ids], { cell: 0, index: at }, by < 0 ? "ArrowUp" : "ArrowDown", false, () => false);
    if (spot) place(row, spot.after ?? "");
    else context.announce(words.say("at_edge"));
  }

  /** @param {Row} row @param {string} after */
  function place(row, after) {
    const { note } = row;
    if (!note) return;
    store.do({ kind: "move", version, note: row.id, block: note.block, topic: note.topic, after });
    const ids = peers(row).map((r) => r.id);
    context.announce(words.say("moved_to", {
      block: row.block.label, place: ids.indexOf(row.id) + 1, count: ids.length,
    }));
    row.element.scrollIntoView({ block: "nearest" });
  }

  /** @type {Row | null} */
  let dragged = null;
  const stopDrag = context.readonly ? () => {} : enableDrag({
    root,
    find(target) {
      const row = target.closest(".clb-handle") && rowOf(target);
      if (!row?.note) return null;
      dragged = row;
      return { id: row.id, element: row.element, handle: true };
    },
    over(x, y, id) {
      const list = dragged && rows.get(id) ? peers(dragged) : [];
      const boxes = list.map((row) => row.element.getBoundingClientRect());
      if (!boxes.length || y < boxes[0].top - 60 || y > boxes[boxes.length - 1].bottom + 60) return null;
      const others = list.filter((row) => row.id !== id);
      const next = others.findIndex((row) => {
        const box = row.element.getBoundingClientRect();
        return y < box.top + box.height / 2;
      });
      const after = next < 0 ? others.at(-1) : others[next - 1];
      return { after: after?.id ?? "", next: next < 0 ? null : others[next], last: next < 0 ? others.at(-1) : null };
    },
    show(spot) {
      for (const row of everything()) {
        row.element.classList.toggle("clb-before", row === spot?.next);
        row.element.classList.toggle("clb-behind", row === spot?.last);
      }
    },
    drop(id, spot) {
      const row = rows.get(id);
      if (row) place(row, spot.after);
    },
  });

  // -- keys --------------------------------------------------------------------------------------

  element.addEventListener("keydown", (event) => {
    const row = rowOf(event.target);
    if (!row || context.readonly || event.isComposing) return;
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      move(row, event.key === "ArrowUp" ? -1 : 1);
    } else if (event.key === "Delete" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      row.remove();
    } else if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
      const cell = row.holds(event.target);
      if (!cell || event.target !== cell.input || cell.input.localName === "select") return;
      if (!always && cell.input.rows > 1) return; // a form's long texts have lines
      event.preventDefault();
      cell.commit();
      below(row, cell.field.id);
    }
  });

  /** @param {Row} row @param {string} field */
  function below(row, field) {
    if (!always) {
      const names = [...row.cells.keys()];
      row.focus(names[names.indexOf(field) + 1] ?? field);
      return;
    }
    const all = everything();
    all[all.indexOf(row) + 1]?.focus(field);
  }

  const watcher = new ResizeObserver(() => {
    if (!root.clientWidth) return;
    const style = getComputedStyle(root);
    const room = root.clientWidth - parseFloat(style.paddingInlineStart) - parseFloat(style.paddingInlineEnd);
    root.classList.toggle("clb-cards", room < need + 2);
    grow(everything());
  });
  watcher.observe(root);

  /** Go to a note, unless the person is at it already. @param {string} id */
  const focusNote = (id) => {
    const row = rows.get(id);
    if (!row?.element.contains(root.ownerDocument.activeElement)) row?.focus();
  };

  return {
    element,
    draw,
    focusNote,
    focusNear(id) {
      const row = rows.get(id);
      const field = row?.holds(root.ownerDocument.activeElement)?.field.id;
      const section = sections.find((s) => row && s.rows.includes(row));
      const at = section && row ? section.rows.indexOf(row) : -1;
      const next = section?.rows[at + 1] ?? section?.rows[at - 1];
      return () => {
        const row = next ?? section?.fresh;
        if (row) row.focus(field);
        else section?.add?.focus();
      };
    },
    takes: (field) => field !== "tags" || layout.tags,
    resume(draft) {
      const section = sections.find((s) => s.block.id === draft.block) ?? sections[0];
      const row = (draft.note && rows.get(draft.note)) || open(section);
      const cell = row.cells.get(draft.field) ?? row.cells.get("text");
      cell?.resume(draft.text, row.note ? draft.base : undefined);
    },
    close() {
      stopDrag();
      watcher.disconnect();
    },
  };
}
