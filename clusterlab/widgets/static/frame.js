// What stands around every view: heading, state of saving, undo, notices, help, what was deleted.

import { h, arrange } from "./dom.js";
import { newId, shows } from "./board.js";
import { createWords } from "./words.js";

/**
 * @typedef {{id: string, label: string, prompt: string, group: string, accent: string,
 *   limit: number, cites: string[]}} Block
 * @typedef {{
 *   shape: string, heading: string, subtitle: string, tips: string[],
 *   kind: {id: string, title: string, summary: string, text_label: string, cites: boolean,
 *     grid: string[][], blocks: Block[], fields: import("./fields.js").Field[],
 *     topics: {id: string, label: string}[], versions: {id: string, label: string}[],
 *     groups: {id: string, label: string, accent: string}[], axes: string[], midpoint: string,
 *     quadrants: {id: string, label: string, x: string, y: string}[], required: string[]},
 *   board: {key: string, topic: string, versions: string[]},
 *   limits: {text: number}, me: string, readonly: boolean,
 * } & import("./words.js").Texts} Spec
 * @typedef {ReturnType<typeof import("./store.js").createStore>} Store
 * @typedef {ReturnType<typeof import("./keep.js").createDrafts>} Drafts
 * @typedef {{
 *   spec: Spec, words: ReturnType<typeof createWords>, store: Store, drafts: Drafts,
 *   root: HTMLElement, readonly: boolean, uid: (name: string) => string, newId: () => string,
 *   announce: (text: string) => void, settled: (key: string) => void, offer: (draft: import("./keep.js").Draft) => void,
 *   remove: (id: string, version: string) => void, focusNote: (id: string, version: string) => void,
 *   notify: (key: string, text: string, actions: [string, () => void][]) => void,
 *   dismiss: (key: string) => void, refused: (operation: import("./board.js").Operation, why: string) => void,
 *   extraActions: (note: import("./board.js").Note, version: string, close: () => void) => HTMLElement[],
 * }} Context
 * @typedef {{
 *   element: HTMLElement, draw: (look: import("./store.js").Look) => void,
 *   focusNote: (id: string, version: string) => void,
 *   resume: (draft: import("./keep.js").Draft) => void, focusNear?: (id: string, version: string) => () => void,
 *   takes?: (field: string) => boolean,
 *   extraActions?: Context["extraActions"], close: () => void }} Body `takes`: whether a draft of
 *   that field can be gone on with here.
 */

const GIVEN_UP = 3;
const PASSED = new Set(["s", "p"]);
const HELP = ["help_mouse", "help_enter", "help_arrows", "help_move", "help_delete", "help_undo"];
/** @type {Record<string, string[]>} */
const HELP_OF = {
  table: ["help_cells", "help_below", "help_escape", "help_links", "help_move_row", "help_delete_row", "help_undo"],
  records: ["help_cells", "help_escape", "help_links", "help_move_row", "help_delete_row", "help_undo"],
};

/**
 * @param {{el: HTMLElement, spec: Spec, store: Store, drafts: Drafts,
 *   views: Record<string, (context: Context) => Body>, again?: (() => void) | null}} options
 *   `again` starts the notebook's cell again, where the page can.
 */
export function mount({ el, spec, store, drafts, views, again = null }) {
  const words = createWords(spec);
  const { say } = words;
  const prefix = newId().slice(0, 8);
  const uid = (/** @type {string} */ name) => `clb-${prefix}-${name}`;
  /** @type {Map<string, HTMLElement>} */
  const notices = new Map();

  const live = h("div", { class: "clb-hidden", role: "status", "aria-live": "polite" });
  const status = h("span", { class: "clb-status" });
  const start = h("button", {
    type: "button", class: "clb-button clb-primary", hidden: true, text: say("start_again"),
    onclick: () => again?.(),
  });
  const undo = h("button", { type: "button", class: "clb-button", text: say("undo"), onclick: () => step("undo") });
  const redo = h("button", { type: "button", class: "clb-button", text: say("redo"), onclick: () => step("redo") });
  const board = h("div", { class: "clb-notices" });
  const bin = h("div", { class: "clb-bin-list" });
  const binTitle = h("summary", {});
  const details = h("details", { class: "clb-bin", hidden: true }, binTitle, bin);
  const help = h("details", { class: "clb-keys" }, h("summary", { text: say("help") }),
    h("ul", {}, ...(HELP_OF[spec.shape] ?? HELP).filter((key) => key !== "help_links" || spec.kind.cites).map((key) => h("li", { text: say(key) }))));
  const root = h("div", {
    class: `clb clb-${spec.shape}`, role: "group", "aria-labelledby": uid("title"),
    lang: spec.language, dir: spec.direction, "data-board": spec.board.key,
  },
  h("div", { class: "clb-head" },
    h("div", { class: "clb-titles" },
      h("h3", { class: "clb-title", id: uid("title"), text: spec.heading }),
      spec.subtitle ? h("p", { class: "clb-subtitle", text: spec.subtitle }) : null,
      spec.kind.summary ? h("p", { class: "clb-summary", text: spec.kind.summary }) : null),
    h("div", { class: "clb-state" }, status, start, spec.readonly ? null : undo, spec.readonly ? null : redo)),
  board);

  /** @type {Context} */
  const context = {
    spec, words, store, drafts, root, uid, newId,
    readonly: spec.readonly,
    announce(text) {
      live.textContent = live.textContent === text ? `${text}\u00a0` : text;
    },
    notify(key, text, actions) {
      notices.set(key, h("div", { class: "clb-notice", "data-notice": key },
        h("p", { dir: "auto", text }),
        h("div", { class: "clb-tools" }, ...actions.map(([name, act]) => h("button", {
          type: "button", class: "clb-button", text: name, onclick: act,
        })))));
      arrange(board, [...notices.values()]);
    },
    dismiss(key) {
      if (notices.delete(key)) arrange(board, [...notices.values()]);
    },
    offer(draft) {
      const block = spec.kind.blocks.find((b) => b.id === draft.block)?.label ?? draft.block;
      const field = fieldOf(draft.field);
      context.notify(noticeOf(draft), say(field ? "offered_field" : "offered", { block, field, text: short(draft.text) }), [
        [say("continue"), () => {
          context.dismiss(noticeOf(draft));
          if (!drafts.has(draft)) return; // another view, which offered it too, goes on with it
          body.resume(draft);
          // It goes on as this view's own, under the same key or a new one.
          if (draft.owner !== drafts.id || drafts.own(draft.key)?.time === draft.time) drafts.forget(draft);
        }],
        [say("throw_away"), () => {
          drafts.forget(draft);
          context.dismiss(noticeOf(draft));
        }],
      ]);
    },
    settled(key) {
      drafts.remove(key);
      context.dismiss(noticeOf({ key }));
    },
    refused(operation, why) {
      const key = `refused/${operation.id}`;
      const fields = Object.keys(operation.values ?? {});
      const text = Object.values(operation.values ?? {}).filter((v) => typeof v === "string").join(" · ");
      const again = () => {
        context.dismiss(key);
        body.resume({
          key: "", version: operation.version, note: operation.kind === "add" ? "" : operation.note,
          block: operation.block ?? "", topic: operation.topic ?? "", field: fields.length === 1 ? fields[0] : "text", text, time: "",
        });
      };
      if (store.leads(draw)) context.announce(say("refused", { why }));
      context.notify(key, [say("refused", { why }), text && short(text)].filter(Boolean).join(" "), [
        ...(text ? [/** @type {[string, () => void]} */ ([say("write_again"), again])] : []),
        [say("close"), () => context.dismiss(key)],
      ]);
    },
    remove(id, version) {
      const refocus = body.focusNear?.(id, version);
      const note = store.look().boards[version]?.notes[id];
      const operation = store.do({ kind: "delete", version, note: id });
      context.announce(say("deleted"));
      context.notify("deleted", say("deleted_note", { note: short(note?.values.text ?? note?.spoken ?? "") }), [
        [say("undo"), () => {
          const now = store.look().boards[version]?.notes[id];
          if (now?.deleted) store.undo(operation);
          context.dismiss("deleted");
          body.focusNote(id, version);
        }],
        [say("close"), () => {
          context.dismiss("deleted");
          refocus?.();
        }],
      ]);
      refocus?.();
    },
    focusNote: (id, version) => body.focusNote(id, version),
    extraActions: (note, version, close) => body.extraActions?.(note, version, close) ?? [],
  };

  /** A notice of its own for every draft. @param {{key: string, owner?: string}} draft */
  function noticeOf({ key, owner = drafts.id }) {
    return `draft/${owner}/${key}`;
  }

  /** What to call the field of a draft, "" where it goes without saying. @param {string} id */
  function fieldOf(id) {
    if (id === "tags") return say("tags");
    const open = spec.shape === "table" || spec.shape === "records";
    if (id === "text") return open ? spec.kind.text_label : "";
    return spec.kind.fields.find((field) => field.id === id)?.label ?? "";
  }

  const body = (views[spec.shape] ?? views.grid)(context);
  root.append(body.element, details, spec.readonly ? "" : help, live);
  el.append(root);

  /** @param {"undo" | "redo"} which */
  function step(which) {
    const stays = store.stays(which);
    const done = store[which]();
    context.dismiss("deleted");
    context.dismiss("stays");
    if (stays) {
      context.announce(say("stays"));
      context.notify("stays", say("stays"), [[say("close"), () => context.dismiss("stays")]]);
    }
    if (!done) return;
    context.announce(say(which === "undo" ? "undone" : "redone"));
    if (shows(store.look().boards[done.version]?.notes[done.note])) body.focusNote(done.note, done.version);
  }

  /** @param {import("./store.js").Look} look */
  function draw(look) {
    const active = root.ownerDocument.activeElement;
    body.draw(look);
    drawState(look);
    drawBin(look);
    // Moving an element takes the focus from it.
    if (active instanceof HTMLElement && active !== root.ownerDocument.activeElement
      && root.contains(active)) active.focus({ preventScroll: true });
  }

  /** @param {import("./store.js").Look} look */
  function drawState(look) {
    const [key, text] = stateOf(look, words, Boolean(again));
    if (status.dataset.state !== key && ["stopped", "waiting", "unconnected"].includes(key) && store.leads(draw)) {
      context.announce(text);
    }
    status.dataset.state = key;
    status.textContent = text;
    if (root.dataset.state !== key) {
      root.dataset.state = key;
      // Whatever is around the canvas may say it too.
      root.dispatchEvent(new CustomEvent("clusterlab:state", { bubbles: true, detail: key }));
    }
    start.hidden = !(again && (key === "stopped" || key === "unconnected"));
    undo.disabled = !store.canUndo;
    redo.disabled = !store.canRedo;
  }

  /** @param {import("./store.js").Look} look */
  function drawBin(look) {
    const gone = spec.board.versions.flatMap((version) => Object.values(look.boards[version]?.notes ?? {})
      .filter((n) => n.deleted && (!spec.board.topic || n.topic === spec.board.topic))
      .map((note) => ({ note, version })));
    details.hidden = spec.readonly || !gone.length;
    if (details.hidden) return;
    binTitle.textContent = words.count("deleted_notes", gone.length);
    const state = JSON.stringify(gone.map(({ note }) => [note.id, note.heads]));
    if (bin.dataset.state === state) return;
    bin.dataset.state = state;
    bin.replaceChildren(h("ul", {}, ...gone.map(({ note, version }) => h("li", {},
      h("span", { class: "clb-spoken", text: note.spoken }), " ",
      h("bdi", { text: note.values.text ?? "" }), " ",
      h("button", {
        type: "button", class: "clb-button", text: say("restore"),
        "aria-label": say("restore_note", { note: note.spoken || short(note.values.text ?? "") }),
        onclick() {
          store.do({ kind: "restore", version, note: note.id });
          context.dismiss("deleted");
          context.announce(say("restored"));
          body.focusNote(note.id, version);
        },
      })))));
  }

  root.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && (!isTyping(event) || isTicked(event)) && (key === "z" || key === "y")) {
      event.preventDefault();
      step(key === "y" || event.shiftKey ? "redo" : "undo");
    }
    if (!isNotebooks(event)) event.stopPropagation();
  });
  // Notebook looks at keys before the page's own elements do, JupyterLab after them.
  const guard = (/** @type {KeyboardEvent} */ event) => {
    const { target } = event;
    if (!(target instanceof Element) || !root.contains(target)) return;
    target.toggleAttribute("data-lm-suppress-shortcuts", !isNotebooks(event));
  };
  window.addEventListener("keydown", guard, true);

  const found = (/** @type {import("./keep.js").Draft} */ draft) => {
    if (body.takes?.(draft.field) ?? true) context.offer(draft);
  };
  if (!spec.readonly) drafts.seek(found, (draft) => context.dismiss(noticeOf(draft)));
  const unwatch = store.watch(draw);
  draw(store.look());
  return {
    context,
    close() {
      unwatch();
      window.removeEventListener("keydown", guard, true);
      drafts.close();
      body.close();
      root.remove();
    },
  };
}

/** @param {KeyboardEvent} event */
function isTyping(event) {
  return /^(textarea|input|select)$/.test(/** @type {Element} */ (event.target).localName);
}

/** Whether what has the focus is a box whose ticks are done at once. @param {KeyboardEvent} event */
function isTicked(event) {
  return /** @type {Element} */ (event.target).matches(".clb-record [type='checkbox']");
}

/**
 * Whether a key is the notebook's: saving, printing, running the cell. All others are ours: a
 * notebook takes b, x or d d for commands that insert and delete cells.
 * @param {KeyboardEvent} event
 */
function isNotebooks(event) {
  const chord = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  return (chord && !event.altKey && (PASSED.has(key) || (event.shiftKey && key !== "z")))
    || (event.key === "Enter" && (chord || event.shiftKey) && !isTyping(event));
}

/** @param {string} text */
function short(text) {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/**
 * What to say of saving: a key for style and tests, and the sentence.
 * @param {import("./store.js").Look} look @param {ReturnType<typeof createWords>} words
 * @param {boolean} button Whether there is a button that starts the program again.
 * @returns {[string, string]}
 */
export function stateOf(look, words, button = false) {
  const { say, count, time } = words;
  const kept = !look.waiting ? "" : ` ${look.safe ? count("kept", look.waiting) : say("not_kept")}`;
  const todo = ` ${say(button ? "press_start" : "run_cell")}`;
  if (look.link === "readonly") return ["readonly", say("readonly")];
  if (look.link === "stopped") return ["stopped", say("stopped") + todo + kept];
  if (look.link === "connecting") {
    return look.missed ? ["unconnected", say("unconnected") + todo + kept] : ["connecting", say("connecting")];
  }
  if (look.missed >= GIVEN_UP) return ["unconnected", say("no_answer") + todo + kept];
  if (look.waiting && look.missed) {
    return ["waiting", [say("waiting"), look.why].filter(Boolean).join(" ") + kept];
  }
  if (look.waiting) return ["saving", say("saving")];
  return ["saved", look.saved ? say("saved", { time: time(look.saved) }) : say("ready")];
}
