// Notes by two of their numbers, such as effort and impact: placed by dragging, by arrow keys or by
// choosing the numbers; below, the same in words.

import { arrange, h } from "./dom.js";
import { allNotes } from "./board.js";
import { enableDrag } from "./drag.js";
import { createEditor } from "./editor.js";
import { ARROWS } from "./keys.js";
import { createReading, createTray } from "./matrix-lists.js";
import { createNote } from "./note.js";
import { createCard, createPlot, whereIs } from "./plot.js";
import { axesOf, cellOf, nearest, quadrantOf, startOf, stepped, valueOf } from "./quadrant.js";

/**
 * @typedef {import("./board.js").Note} Note
 * @typedef {import("./frame.js").Context} Context
 * @typedef {import("./plot.js").Spot} Spot
 * @typedef {{id: string, x: number, y: number, index: number}} Placed
 */

/** @param {Context} context @returns {import("./frame.js").Body} */
export function matrixView(context) {
  const { spec, words, store, root } = context;
  const { say } = words;
  const { kind, board: { topic, versions: [version] } } = spec;
  const rtl = spec.direction === "rtl";
  const axes = axesOf(kind);
  const [x, y] = axes;
  const plot = createPlot(context, axes);
  const tray = createTray(context);
  const reading = createReading(context);
  const desk = h("div", { class: "clb-desk" });
  const side = (/** @type {string} */ half) => say(half);
  /** @type {HTMLElement} */
  const element = h("div", { class: "clb-matrix-body" },
    h("div", { class: "clb-matrix-top" },
      h("div", { class: "clb-plot-side" },
        h("div", { class: "clb-plot-box" }, plot.element),
        h("p", { class: "clb-help clb-rule" }, say("in_middle"), " ", say("on_line", {
          x: x.field.label, x_middle: x.line, x_half: side(x.side),
          y: y.field.label, y_middle: y.line, y_half: side(y.side),
        }))),
      h("div", { class: "clb-aside" }, desk, tray.element)),
    reading.element);

  /** @type {Map<string, ReturnType<typeof createCard>>} */
  const cards = new Map();
  /** @type {Map<string, ReturnType<typeof createNote>>} */
  const waiting = new Map();
  /** @type {Note[]} */
  let notes = [];
  /** @type {Placed[]} */
  let placed = [];
  const stops = { plot: "", tray: "" };
  /** @type {{editor: ReturnType<typeof createEditor>, id: string} | null} */
  let editing = null;

  const noteOf = (/** @type {string} */ id) => notes.find((note) => note.id === id);
  const unplaced = () => notes.filter((note) => !placed.some((p) => p.id === note.id));
  const buttonOf = (/** @type {string} */ id) => (cards.get(id) ?? waiting.get(id))?.button;

  // -- drawing -----------------------------------------------------------------------------------

  /** @param {import("./store.js").Look} look */
  function draw(look) {
    const held = hit(root.ownerDocument.activeElement);
    notes = allNotes(look.boards[version] ?? { notes: {}, lists: {} }, topic);
    placed = [];
    for (const spot of plot.spots) drawSpot(spot, look);
    const left = unplaced();
    arrange(tray.list, left.map((note) => drawWaiting(note, look)));
    tray.draw(left.length, notes.length);
    reading.draw(notes, look);
    for (const id of [...cards.keys()]) if (!placed.some((p) => p.id === id)) cards.delete(id);
    for (const id of [...waiting.keys()]) if (!left.some((note) => note.id === id)) waiting.delete(id);
    drawStops();
    if (editing?.id && !noteOf(editing.id)) rescue();
    // A note that went from the tray into the plot is another element there.
    if (held && !root.ownerDocument.activeElement?.closest(".clb-note")) buttonOf(held)?.focus({ preventScroll: true });
  }

  /** @param {Spot} spot @param {import("./store.js").Look} look */
  function drawSpot(spot, look) {
    const here = notes.filter((note) => quadrantOf(kind, note.values)
      && cellOf(x, note.values[x.field.id]) === spot.x && cellOf(y, note.values[y.field.id]) === spot.y);
    arrange(spot.list, here.map((note, index) => {
      placed.push({ id: note.id, x: spot.x, y: spot.y, index });
      const card = cards.get(note.id) ?? createCard(context, axes, note.id);
      cards.set(note.id, card);
      card.draw(note, look.pending.has(note.id));
      card.element.classList.toggle("clb-opened", editing?.id === note.id);
      return card.element;
    }));
  }

  /** @param {Note} note @param {import("./store.js").Look} look */
  function drawWaiting(note, look) {
    const item = waiting.get(note.id) ?? createNote(context, note.id);
    waiting.set(note.id, item);
    item.draw(note, {
      pending: look.pending.has(note.id), sign: look.authors[note.author] ?? "", cited: look.cited, version,
    });
    item.element.classList.toggle("clb-opened", editing?.id === note.id);
    return item.element;
  }

  /** One stop for the Tab key in the plot, one in the tray; arrows go on from there. */
  function drawStops() {
    const left = unplaced().map((note) => note.id);
    if (!placed.some((p) => p.id === stops.plot)) stops.plot = placed[0]?.id ?? "";
    if (!left.includes(stops.tray)) stops.tray = left[0] ?? "";
    for (const [id, card] of cards) card.button.tabIndex = id === stops.plot ? 0 : -1;
    for (const [id, item] of waiting) item.button.tabIndex = id === stops.tray ? 0 : -1;
  }

  /** Somebody took away the note that is being written: the text is offered again. */
  function rescue() {
    const left = editing?.editor.left() ?? [];
    editing = null;
    desk.replaceChildren();
    for (const draft of left) context.offer(draft);
  }

  // -- writing -----------------------------------------------------------------------------------

  // The two numbers come first in the editor, then what is chosen, then the rest.
  const rank = (/** @type {import("./fields.js").Field} */ f) =>
    (kind.axes.includes(f.id) ? kind.axes.indexOf(f.id) - 2 : f.type === "choice" ? 0 : 1);
  const fields = [...kind.fields].sort((a, b) => rank(a) - rank(b));
  const writing = { ...context, spec: { ...spec, kind: { ...kind, fields } } };

  /** @param {Parameters<typeof createEditor>[1]} task */
  function open(task) {
    editing?.editor.finish("left");
    const editor = createEditor(writing, {
      ...task,
      onDone(how, id) {
        editing = null;
        desk.replaceChildren();
        for (const item of element.querySelectorAll(".clb-opened")) item.classList.remove("clb-opened");
        task.onDone(how, id);
      },
    });
    desk.replaceChildren(editor.element);
    editing = { editor, id: task.note?.id ?? "" };
    (cards.get(editing.id) ?? waiting.get(editing.id))?.element.classList.add("clb-opened");
    editor.focus();
  }

  /** @param {string} id @param {import("./editor.js").Resumed} [draft] */
  function edit(id, draft) {
    const note = noteOf(id);
    if (!note || context.readonly) return;
    open({
      version, block: note.block, topic: note.topic, note, draft,
      onDone(how) {
        if (how !== "left") focusNote(id);
      },
    });
  }

  /** @param {string} block @param {import("./editor.js").Resumed} [draft] */
  function startNew(block, draft) {
    const where = topic || kind.topics[0]?.id || "";
    open({
      version, block, topic: where, note: null, draft,
      onDone(how) {
        if (how === "next") startNew(block);
        else if (how !== "left") tray.add(block)?.focus();
      },
    });
  }

  /**
   * Give a note its numbers; one operation, or none where nothing changes.
   * @param {string} id @param {[any, any]} numbers @param {string[]} [base] What the person saw.
   */
  function put(id, numbers, base) {
    const note = noteOf(id);
    if (!note) return;
    const changed = axes.map((axis, i) => [axis.field.id, numbers[i]])
      .filter(([name, value]) => (note.values[name] ?? null) !== value);
    if (!changed.length) return;
    store.do({ kind: "edit", version, note: id, values: Object.fromEntries(changed), base: base ?? note.heads });
    const now = noteOf(id);
    const there = now && quadrantOf(kind, now.values);
    context.announce(there ? whereIs(context, axes, now) : say("left_matrix"));
  }

  /** @param {string} id @param {string} pressed */
  function shift(id, pressed) {
    const note = noteOf(id);
    if (!note) return;
    const [across, down] = ARROWS[pressed];
    const before = axes.map((axis) => note.values[axis.field.id]);
    const inside = Boolean(quadrantOf(kind, note.values));
    const steps = [rtl ? -across : across, -down];
    const after = axes.map((axis, i) => (inside ? stepped(axis, before[i], steps[i])
      : cellOf(axis, before[i]) === null ? startOf(axis) : before[i]));
    if (after.every((value, i) => value === before[i])) {
      context.announce(say("at_edge"));
      return;
    }
    put(id, [after[0], after[1]]);
    focusNote(id);
  }

  /** @param {string} id */
  function focusNote(id) {
    const button = buttonOf(id);
    if (!button) return;
    stops[cards.has(id) ? "plot" : "tray"] = id;
    drawStops();
    button.focus();
  }

  // -- events ------------------------------------------------------------------------------------

  const hit = (/** @type {EventTarget | null} */ target) => {
    const button = target instanceof Element ? target.closest(".clb-note") : null;
    return button && element.contains(button) ? button.getAttribute("data-note") ?? "" : "";
  };

  element.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const id = hit(target);
    if (id) edit(id);
    const block = target.closest(".clb-add")?.getAttribute("data-add");
    if (block) startNew(block);
  });

  element.addEventListener("focusin", (event) => {
    const id = hit(event.target);
    if (!id) return;
    stops[cards.has(id) ? "plot" : "tray"] = id;
    drawStops();
  });

  element.addEventListener("keydown", (event) => {
    const id = hit(event.target);
    if (!id || event.isComposing || event.ctrlKey || event.metaKey) return;
    const mine = !context.readonly;
    if (event.key in ARROWS) {
      event.preventDefault();
      if (event.altKey && mine) shift(id, event.key);
      else if (!event.altKey) go(id, event.key);
    } else if (event.key === "F2") {
      event.preventDefault();
      edit(id);
    } else if ((event.key === "Delete" || event.key === "Backspace") && mine) {
      event.preventDefault();
      context.remove(id, version);
    } else if (event.key === "Insert" && mine) {
      event.preventDefault();
      startNew(noteOf(id)?.block ?? kind.blocks[0].id);
    }
  });

  /** @param {string} id @param {string} pressed */
  function go(id, pressed) {
    const [across, down] = ARROWS[pressed];
    const by = rtl ? -across : across;
    if (cards.has(id)) {
      const next = nearest(placed, id, [by, down]);
      if (next) focusNote(next);
      return;
    }
    const left = unplaced().map((note) => note.id);
    const next = left[left.indexOf(id) + (by || down)];
    if (next) focusNote(next);
  }

  /** @type {string[]} */
  let seen = [];
  const stopDrag = context.readonly ? () => {} : enableDrag({
    root,
    find(target) {
      const card = target.closest(".clb-card");
      const id = hit(card?.querySelector(".clb-note") ?? null);
      if (!card || !id) return null;
      seen = noteOf(id)?.heads ?? [];
      return { id, element: /** @type {HTMLElement} */ (card), handle: Boolean(target.closest(".clb-handle")) };
    },
    over(left, top) {
      const under = root.ownerDocument.elementFromPoint(left, top);
      const spot = plot.spots.find((s) => s.element === under?.closest(".clb-spot"));
      if (spot) return spot;
      return under && tray.element.contains(under) ? tray : null;
    },
    show(over) {
      for (const spot of plot.spots) spot.element.classList.toggle("clb-over", spot === over);
      tray.element.classList.toggle("clb-over", over === tray);
    },
    drop(id, over) {
      const note = noteOf(id);
      if (!note) return;
      if (over === tray) put(id, [null, null], seen);
      else {
        const at = placed.find((p) => p.id === id);
        if (at?.x !== over.x || at?.y !== over.y) put(id, [valueOf(x, over.x), valueOf(y, over.y)], seen);
      }
      focusNote(id);
    },
  });

  return {
    element,
    draw,
    focusNote,
    /** What gets the focus when a note goes away. */
    focusNear(id) {
      const list = cards.has(id) ? placed.map((p) => p.id) : unplaced().map((note) => note.id);
      const at = list.indexOf(id);
      const next = list[at + 1] ?? list[at - 1];
      const block = noteOf(id)?.block ?? "";
      return () => {
        if (next) focusNote(next);
        else tray.add(block)?.focus();
      };
    },
    resume(draft) {
      if (draft.note && noteOf(draft.note)) edit(draft.note, draft);
      else startNew(kind.blocks.some((b) => b.id === draft.block) ? draft.block : kind.blocks[0].id, draft);
    },
    close: stopDrag,
  };
}
