// What a page knows of its board: what the kernel confirmed, and what is still on its way.
// Every operation stays in the browser's own storage until the journal has it.

import { apply, put, renewed, newId } from "./board.js";

/**
 * @typedef {import("./board.js").Board} Board
 * @typedef {import("./board.js").Operation} Operation
 * @typedef {{epoch: string, revision: number, saved: string, boards: Record<string, Board>,
 *   cited: {id: string, spoken: string, text: string, block: string, topic: string, place?: string}[],
 *   authors: Record<string, string>}} State
 * @typedef {"connecting" | "live" | "stopped" | "readonly"} Link
 * @typedef {{boards: Record<string, Board>, cited: State["cited"], authors: State["authors"],
 *   pending: Set<string>, waiting: number, kept: number, link: Link, saved: string, missed: number, why: string,
 *   safe: boolean}} Look `missed`: how often in a row no answer came; `why`: why the last
 *   operation was put off; `safe`: whether the browser keeps what is on its way.
 * @typedef {{
 *   state: () => State, keep: (state: State) => void, send: (message: object) => boolean,
 *   listen: (heard: (message: any) => void) => void, onLost: (lost: () => void) => void,
 *   close: () => void }} Line How a store talks to its kernel.
 * @typedef {{read: () => Operation[], add: (operation: Operation) => boolean,
 *   remove: (id: string) => void}} Outbox Operations that the journal does not have yet.
 */

const PATIENCE = 4000;
const RETRY = 3000;
const RETRY_LONGEST = 30000;
const UNDOABLE = 200;
/** What lets a note show, so that taking it back takes the note away; and what takes it away. */
const GIVES = ["add", "restore"];
const TAKES = ["delete"];

/**
 * @param {Line} line @param {Outbox} outbox
 * @param {{me?: string, readonly?: boolean, onRefused?: (operation: Operation, why: string) => void,
 *   clock?: {set: (f: () => void, ms: number) => any, clear: (timer: any) => void}}} [options]
 */
export function createStore(line, outbox, options = {}) {
  const clock = options.clock ?? { set: (f, ms) => setTimeout(f, ms), clear: (t) => clearTimeout(t) };
  const client = newId();
  /** @type {State} */
  let base = line.state();
  /** @type {Operation[]} */
  let pending = outbox.read();
  const kept = pending.length;
  /** @type {Record<string, Board>} */
  let boards = base.boards;
  /** @type {Link} */
  let link = "connecting";
  let missed = 0;
  let why = ""; // the last operation was not taken yet
  let safe = true;
  let asked = false; // for the whole board
  /** @type {any} */
  let timer = null;
  /** @type {Operation[]} */
  let undoable = [];
  /** @type {Operation[]} */
  let redoable = [];
  /** @type {Set<(look: Look) => void>} */
  const watchers = new Set();
  let steps = 0;
  /** Own operations, and at which step they were made. @type {Map<string, {operation: Operation, at: number}>} */
  const own = new Map(pending.map((operation) => [operation.id, { operation, at: 0 }]));
  /** At which step somebody else last did something to a note. @type {Map<string, number>} */
  const touched = new Map();

  /** @returns {Look} */
  const look = () => ({
    boards,
    cited: base.cited,
    authors: base.authors,
    pending: new Set(pending.map((o) => o.note)),
    waiting: pending.length,
    kept,
    link: options.readonly ? "readonly" : link,
    saved: base.saved,
    missed,
    why,
    safe,
  });

  function publish() {
    boards = base.boards;
    for (const operation of pending) {
      const board = boards[operation.version];
      if (board) boards = { ...boards, [operation.version]: apply(board, operation) };
    }
    const now = look();
    for (const watcher of watchers) watcher(now);
  }

  /** Wait for an answer; without one, say so and ask again. */
  function expect() {
    clock.clear(timer);
    const wait = missed ? Math.min(RETRY * 1.5 ** (missed - 1), RETRY_LONGEST) : PATIENCE;
    timer = clock.set(() => {
      missed += 1;
      publish();
      if (link !== "stopped") hello();
    }, wait);
  }

  /** @param {object} message */
  function send(message) {
    if (!line.send(message)) {
      link = "stopped";
      clock.clear(timer);
      return;
    }
    expect();
  }

  function hello() {
    asked = true;
    send({ kind: "hello", client, epoch: base.epoch, revision: base.revision });
  }

  /** @param {Operation} operation */
  const post = (operation) => send({ kind: "do", client, operation });

  /** @param {string} note */
  function touch(note) {
    steps += 1;
    touched.set(note, steps);
  }

  /**
   * Whether taking a step back would take a note away on which somebody else has written since.
   * @param {Operation | undefined} last @param {string[]} kinds
   */
  function stays(last, kinds) {
    let root = last && own.get(last.id);
    while (root?.operation.kind === "undo") root = own.get(root.operation.target ?? "");
    return Boolean(root && kinds.includes(root.operation.kind) && (touched.get(root.operation.note) ?? 0) > root.at);
  }

  /** @param {State} state */
  function take(state) {
    for (const [version, board] of Object.entries(state.boards)) {
      for (const note of Object.values(board.notes)) {
        const known = base.boards[version]?.notes[note.id];
        if (note.heads.some((head) => !own.has(head) && !known?.heads.includes(head))) touch(note.id);
      }
    }
    const fresh = Object.entries(state.boards).map(([v, b]) => [v, renewed(base.boards[v], b)]);
    base = { ...state, boards: Object.fromEntries(fresh) };
  }

  /** @param {any} message */
  function changed(message) {
    if (message.revision > base.revision + 1 && !message.state) {
      hello();
      return;
    }
    const known = message.revision <= base.revision;
    // What an operation of ours changed is remembered before the kernel's word replaces it.
    for (const id of message.done) confirm(id);
    if (message.state && !known) take(message.state);
    for (const step of known ? [] : message.steps ?? []) {
      if (!own.has(step.operation)) touch(step.note.id);
      const board = put(base.boards[step.version], step.note, step.above, step.operation);
      base = { ...base, boards: { ...base.boards, [step.version]: board } };
    }
    const revision = Math.max(base.revision, message.revision);
    const saved = message.saved > base.saved ? message.saved : base.saved;
    base = { ...base, revision, saved, authors: known ? base.authors : message.authors ?? base.authors };
  }

  /** @param {string} id */
  function confirm(id) {
    const own = pending.find((o) => o.id === id);
    outbox.remove(id);
    if (!own) return;
    pending = pending.filter((o) => o !== own);
    const board = base.boards[own.version];
    if (!board) return;
    const { done, owners } = apply(board, own);
    base = { ...base, boards: { ...base.boards, [own.version]: { ...board, done, owners } } };
  }

  /** @param {any} message Tells whether it is to be tried again. */
  function refused(message) {
    const own = pending.find((o) => o.id === message.id);
    if (!own || message.client !== client) return false;
    // What builds on something that is still to be tried again is tried again after it.
    if (message.again || pending.find((o) => o.note === own.note) !== own) {
      if (message.again) why = message.why;
      return true;
    }
    pending = pending.filter((o) => o !== own);
    undoable = undoable.filter((o) => o !== own);
    redoable = redoable.filter((o) => o !== own);
    outbox.remove(own.id);
    options.onRefused?.(own, message.why);
    return false;
  }

  /** @param {any} message */
  function heard(message) {
    let again = false;
    const waiting = pending.length;
    if (message?.kind === "changed") changed(message);
    else if (message?.kind === "refused") again = refused(message);
    else if (message?.kind === "board" && message.client === client) {
      asked = false;
      const stale = message.state?.epoch === base.epoch && message.state.revision < base.revision;
      if (message.state && !stale) take(message.state);
      for (const operation of pending) line.send({ kind: "do", client, operation });
    } else return;
    link = "live";
    if (!again) why = "";
    // What others do is no answer to what this page waits for.
    const answered = message.kind !== "changed" || pending.length < waiting;
    if (again) missed = Math.max(missed, 1);
    else if (answered || !pending.length) missed = 0;
    if (!pending.length && !asked) clock.clear(timer);
    else if (answered) expect();
    line.keep(base);
    publish();
  }

  line.listen(heard);
  line.onLost(() => {
    link = "stopped";
    clock.clear(timer);
    publish();
    // Should somebody answer after all, it is alive again.
    line.send({ kind: "hello", client, epoch: base.epoch, revision: base.revision });
  });
  publish();
  if (!options.readonly) hello();

  /** @param {Omit<Operation, "id"> & {id?: string}} asked @returns {Operation} */
  function dispatch(asked) {
    const note = boards[asked.version]?.notes[asked.note];
    const seen = asked.kind === "add" ? {} : { base: asked.base ?? note?.heads ?? [] };
    /** @type {Operation} */
    const operation = { author: options.me ?? "", ...asked, ...seen, id: newId() };
    steps += 1;
    own.set(operation.id, { operation, at: steps });
    pending = [...pending, operation];
    safe = outbox.add(operation) && safe;
    publish();
    if (link !== "stopped") post(operation);
    if (link === "stopped") publish();
    return operation;
  }

  return {
    client,
    look,
    /** Do something: it shows at once, and is sent. @param {Omit<Operation, "id">} operation */
    do(operation) {
      const done = dispatch(operation);
      undoable = [...undoable.slice(-UNDOABLE), done];
      redoable = [];
      return done;
    },
    /**
     * Take an own operation back, by default the last; gives it, or null. A note on which somebody
     * else has written since is not taken away: see `stays`.
     * @param {Operation} [operation]
     */
    undo(operation = undoable.at(-1)) {
      const last = operation;
      if (!last) return null;
      undoable = undoable.filter((o) => o !== last);
      if (stays(last, GIVES)) {
        publish();
        return null;
      }
      const { version, note } = last;
      redoable = [...redoable, dispatch({ kind: "undo", version, note, target: last.id })];
      return last;
    },
    /** Do again what was taken back; gives it, or null. */
    redo() {
      const last = redoable.at(-1);
      if (!last) return null;
      redoable = redoable.slice(0, -1);
      if (stays(last, TAKES)) {
        publish();
        return null;
      }
      const { version, note } = last;
      undoable = [...undoable, dispatch({ kind: "undo", version, note, target: last.id })];
      return last;
    },
    /** Whether the next step back or forth would take away what somebody else wrote. @param {"undo" | "redo"} which */
    stays: (which) => (which === "undo" ? stays(undoable.at(-1), GIVES) : stays(redoable.at(-1), TAKES)),
    get canUndo() { return undoable.length > 0; },
    get canRedo() { return redoable.length > 0; },
    /** @param {(look: Look) => void} watcher */
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    /** Whether a watcher was the first of those that watch: what concerns all is said once. @param {(look: Look) => void} watcher */
    leads: (watcher) => watchers.values().next().value === watcher,
    /** The facts that it was made with have changed. @param {{me?: string, readonly?: boolean}} facts */
    renew(facts) {
      const opened = options.readonly && !facts.readonly;
      options = { ...options, ...facts };
      publish();
      if (opened && link === "connecting") hello();
    },
    close() {
      clock.clear(timer);
      watchers.clear();
      line.close();
    },
  };
}
