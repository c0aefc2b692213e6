// Blocks with notes in them: how notes are written, gone through and moved from block to block.

import { arrange, h } from "./dom.js";
import { allNotes, notesOf } from "./board.js";
import { countNotes, makeCell, unplacedCell } from "./cell.js";
import { enableDrag } from "./drag.js";
import { createEditor } from "./editor.js";
import { ARROWS, neighbour, shifted } from "./keys.js";
import { createNote } from "./note.js";

/**
 * @typedef {import("./frame.js").Context} Context
 * @typedef {import("./cell.js").Cell} Cell
 * @typedef {(cells: Cell[]) => Map<string, {name: string, sign: string, word: string}>} Marked
 *   By version and id of the note.
 */

/** @param {string} id @param {string} version */
const key = (id, version) => `${version}/${id}`;

/** A canvas: its blocks in their grid. @param {Context} context */
export function gridView(context) {
  const { spec } = context;
  const [version] = spec.board.versions;
  const cells = spec.kind.blocks.map((block) => makeCell(context, block, version));
  const legend = spec.kind.groups.length ? h("ul", { class: "clb-legend" },
    ...spec.kind.groups.map((g) => h("li", { class: `clb-accent-${g.accent}`, text: g.label }))) : null;
  const areas = spec.kind.grid.map((row) => `"${row.map((id) => `b-${id}`).join(" ")}"`).join(" ");
  const columns = spec.kind.grid[0]?.length ?? 1;
  const grid = h("div", { class: `clb-grid ${columns > 3 ? "clb-wide" : ""}`, style: `--clb-areas: ${areas}` },
    ...cells.map((cell) => cell.element));
  return cellsView(context, cells, h("div", { class: "clb-body-grid" }, legend, grid), grid);
}

/**
 * @param {Context} context @param {Cell[]} cells @param {HTMLElement} element
 * @param {HTMLElement} ground Where unplaced notes get their cell.
 * @param {Marked | null} [marked] What to mark notes with.
 * @returns {import("./frame.js").Body}
 */
export function cellsView(context, cells, element, ground, marked = null) {
  const { spec, words, store, root } = context;
  const { topic } = spec.board;
  const rtl = spec.direction === "rtl";
  const unplaced = context.readonly || spec.shape !== "grid" ? [] : [unplacedCell(context)];
  /** @type {Map<string, ReturnType<typeof createNote>>} */
  const items = new Map();
  /** @type {Map<Cell, string>} */
  const stops = new Map();
  /** @type {{editor: ReturnType<typeof createEditor>, key: string, host: HTMLElement} | null} */
  let editing = null;
  const all = [...cells, ...unplaced];

  const lists = () => all.map((cell) => cell.notes.map((n) => n.id));

  /** @param {string} id @param {string} version */
  function find(id, version) {
    const cell = all.findIndex((c) => c.version === version && c.notes.some((n) => n.id === id));
    if (cell < 0) return null;
    const index = all[cell].notes.findIndex((n) => n.id === id);
    return { cell, index, note: all[cell].notes[index] };
  }

  /** @param {import("./store.js").Look} look */
  function draw(look) {
    const known = new Set(spec.kind.blocks.map((b) => b.id));
    for (const cell of all) {
      const board = look.boards[cell.version] ?? { notes: {}, lists: {} };
      cell.notes = cell.block ? notesOf(board, cell.block, topic)
        : allNotes(board, topic).filter((n) => !known.has(n.block));
    }
    const marks = marked ? marked(cells) : null;
    const seen = new Set();
    for (const cell of all) {
      arrange(cell.list, [
        ...cell.notes.map((note) => drawNote(cell, note, look, marks, seen)),
        ...(editing?.key === newKey(cell) ? [editing.host] : []),
      ]);
      drawCell(cell);
    }
    for (const [id, item] of items) {
      if (seen.has(id)) continue;
      items.delete(id);
      if (editing?.key === id) rescue(item);
    }
    for (const cell of unplaced) {
      if (!cell.notes.length) cell.element.remove();
      else if (!cell.element.isConnected || cell.element.parentElement !== ground) ground.append(cell.element);
    }
  }

  /**
   * @param {Cell} cell @param {import("./board.js").Note} note
   * @param {import("./store.js").Look} look @param {ReturnType<Marked> | null} marks
   * @param {Set<string>} seen
   */
  function drawNote(cell, note, look, marks, seen) {
    const id = key(note.id, cell.version);
    seen.add(id);
    let item = items.get(id);
    if (!item) {
      item = createNote(context, note.id);
      items.set(id, item);
    }
    const mark = marks?.get(id);
    item.draw(note, {
      pending: look.pending.has(note.id),
      sign: look.authors[note.author] ?? "",
      mark,
      cited: look.cited,
      version: cell.version,
    });
    if (mark) item.element.dataset.mark = mark.name;
    return item.element;
  }

  /** @param {Cell} cell */
  function drawCell(cell) {
    countNotes(cell, words);
    const current = stops.get(cell);
    const stop = cell.notes.some((n) => n.id === current) ? current : cell.notes[0]?.id;
    if (stop) stops.set(cell, stop);
    for (const note of cell.notes) {
      const button = items.get(key(note.id, cell.version))?.button;
      if (button) button.tabIndex = note.id === stop ? 0 : -1;
    }
  }

  /** Somebody took away the note that is being written: the text is offered again. */
  function rescue(/** @type {any} */ item) {
    const left = editing?.editor.left() ?? [];
    item.element.remove();
    editing = null;
    for (const draft of left) context.offer(draft);
  }

  // -- writing -----------------------------------------------------------------------------------

  const newKey = (/** @type {Cell} */ cell) => `new/${cell.version}/${cell.block}`;

  /** @param {Cell} cell @param {import("./editor.js").Resumed} [draft] */
  function startNew(cell, draft) {
    editing?.editor.finish("left");
    const host = h("li", { class: "clb-item clb-new" });
    const first = topic || spec.kind.topics[0]?.id || "";
    const editor = createEditor(context, {
      version: cell.version, block: cell.block, topic: first, note: null, draft,
      onDone(how) {
        editing = null;
        host.remove();
        if (how === "next") startNew(cell);
        else if (how !== "left") cell.add?.focus();
      },
    });
    host.append(editor.element);
    cell.list.append(host);
    editing = { editor, key: newKey(cell), host };
    editor.focus();
  }

  /** @param {string} id @param {string} version @param {import("./editor.js").Resumed} [draft] */
  function edit(id, version, draft) {
    const at = find(id, version);
    const item = items.get(key(id, version));
    if (!at || !item || context.readonly) return;
    editing?.editor.finish("left");
    const editor = createEditor(context, {
      version, block: at.note.block, topic: at.note.topic, note: at.note, draft,
      onDone(how) {
        editing = null;
        item.card.hidden = false;
        if (how !== "left") focusNote(id, version);
      },
    });
    item.card.hidden = true;
    item.element.append(editor.element);
    editing = { editor, key: key(id, version), host: item.element };
    editor.focus();
  }

  /** @param {string} id @param {string} version */
  function focusNote(id, version) {
    const at = find(id, version);
    const item = items.get(key(id, version));
    if (!at || !item) return;
    stops.set(all[at.cell], id);
    drawCell(all[at.cell]);
    item.button.focus();
  }

  // -- events ------------------------------------------------------------------------------------

  const hit = (/** @type {EventTarget | null} */ target) => {
    const button = target instanceof Element ? target.closest(".clb-note") : null;
    const cell = all.find((c) => button && c.element.contains(button));
    return button && cell ? { id: button.getAttribute("data-note") ?? "", version: cell.version, cell } : null;
  };

  element.addEventListener("click", (event) => {
    const note = hit(event.target);
    if (note) edit(note.id, note.version);
    const add = event.target instanceof Element ? event.target.closest(".clb-add") : null;
    const cell = add && all.find((c) => c.add === add);
    if (cell) startNew(cell);
  });

  element.addEventListener("focusin", (event) => {
    const note = hit(event.target);
    if (!note || stops.get(note.cell) === note.id) return;
    stops.set(note.cell, note.id);
    drawCell(note.cell);
  });

  element.addEventListener("keydown", (event) => {
    const note = hit(event.target);
    if (!note || event.isComposing || event.ctrlKey || event.metaKey) return;
    const at = find(note.id, note.version);
    if (!at) return;
    if (event.key in ARROWS) {
      event.preventDefault();
      if (event.altKey && !context.readonly) shift(note, at, event.key);
      else if (!event.altKey) go(neighbour(lists(), at, event.key, rtl), at);
    } else if (event.key === "F2") {
      event.preventDefault();
      edit(note.id, note.version);
    } else if ((event.key === "Delete" || event.key === "Backspace") && !context.readonly) {
      event.preventDefault();
      context.remove(note.id, note.version);
    } else if (event.key === "Insert" && !context.readonly) {
      event.preventDefault();
      startNew(note.cell);
    }
  });

  /** @param {string | null} id @param {{cell: number}} from */
  function go(id, from) {
    const cell = id && (all[from.cell].notes.some((n) => n.id === id) ? all[from.cell]
      : all.find((c) => c.notes.some((n) => n.id === id)));
    if (id && cell) focusNote(id, cell.version);
  }

  /** @param {{id: string, version: string}} note @param {any} at @param {string} pressed */
  function shift(note, at, pressed) {
    const same = (/** @type {number} */ a, /** @type {number} */ b) =>
      all[a].version === all[b].version && Boolean(all[b].block);
    const spot = shifted(lists(), at, pressed, rtl, same);
    if (!spot) {
      context.announce(words.say("at_edge"));
      return;
    }
    move(note.id, all[spot.cell], spot.after);
    focusNote(note.id, note.version);
  }

  /** @param {string} id @param {Cell} cell @param {string | undefined} after */
  function move(id, cell, after) {
    const note = store.look().boards[cell.version]?.notes[id];
    if (!note) return;
    store.do({ kind: "move", version: cell.version, note: id, block: cell.block, topic: note.topic, after });
    const at = find(id, cell.version);
    context.announce(words.say("moved_to", {
      block: cell.label, place: (at?.index ?? 0) + 1, count: cell.notes.length,
    }));
  }

  /** Take a note over into another version of the canvas. @param {any} note @param {Cell} cell @param {string} [after] */
  function copy(note, cell, after) {
    const values = { text: note.values.text };
    store.do({ kind: "add", version: cell.version, note: context.newId(), block: cell.block, topic: note.topic, values, after });
    context.announce(words.say("copied", { block: cell.label }));
  }

  /** @param {number} x @param {number} y @param {string} id */
  function over(x, y, id) {
    const under = root.ownerDocument.elementFromPoint(x, y)?.closest(".clb-cell");
    const cell = all.find((c) => c.element === under && c.block);
    if (!cell) return null;
    let after = "";
    for (const note of cell.notes) {
      if (note.id === id) continue;
      const box = items.get(key(note.id, cell.version))?.element.getBoundingClientRect();
      if (!box || y < box.top + box.height / 2) break;
      after = note.id;
    }
    return { cell, after };
  }

  let dragged = "";
  const stopDrag = context.readonly ? () => {} : enableDrag({
    root,
    find(target) {
      const card = target.closest(".clb-card");
      const button = card?.querySelector(".clb-note");
      const from = hit(button ?? null);
      if (!card || !from) return null;
      dragged = from.version;
      return { id: from.id, element: /** @type {HTMLElement} */ (card), handle: Boolean(target.closest(".clb-handle")) };
    },
    over,
    show(spot) {
      for (const cell of all) cell.element.classList.toggle("clb-over", cell === spot?.cell);
      for (const item of items.values()) item.element.classList.remove("clb-before");
      const ids = spot ? spot.cell.notes.map((/** @type {any} */ n) => n.id) : [];
      const next = spot && ids[ids.indexOf(spot.after) + 1];
      if (next) items.get(key(next, spot.cell.version))?.element.classList.add("clb-before");
    },
    drop(id, spot) {
      const from = find(id, dragged);
      if (from && dragged !== spot.cell.version) {
        copy(from.note, spot.cell, spot.after);
        return;
      }
      move(id, spot.cell, spot.after);
      focusNote(id, spot.cell.version);
    },
  });

  return {
    element,
    draw,
    focusNote,
    /** What gets the focus when a note goes away. */
    focusNear(id, version) {
      const at = find(id, version);
      const cell = at && all[at.cell];
      const next = at && (cell?.notes[at.index + 1] ?? cell?.notes[at.index - 1]);
      return () => {
        if (next) focusNote(next.id, version);
        else cell?.add?.focus();
      };
    },
    resume(draft) {
      const cell = cells.find((c) => c.version === draft.version && c.block === draft.block);
      if (draft.note && find(draft.note, draft.version)) edit(draft.note, draft.version, draft);
      else if (cell) startNew(cell, draft);
      else startNew(cells[0], draft);
    },
    extraActions(note, version, close) {
      const others = spec.board.versions.filter((v) => v !== version);
      return others.map((other) => {
        const cell = cells.find((c) => c.version === other && c.block === note.block);
        const name = spec.kind.versions.find((v) => v.id === other)?.label ?? other;
        return h("button", {
          type: "button", class: "clb-button", text: words.say("copy_to", { version: name }),
          onclick() {
            close();
            if (cell) copy(note, cell);
          },
        });
      });
    },
    close: stopDrag,
  };
}
