// A page without a kernel: it keeps its own journal, in the browser, and answers like a kernel.

import { apply, newId } from "./board.js";

/**
 * @typedef {import("./board.js").Board} Board
 * @typedef {import("./board.js").Operation} Operation
 * @typedef {import("./store.js").State} State
 * @typedef {{letters: Record<string, string>, numbers: Record<string, Record<string, number>>}} Numbering
 *   The letter of each block, and the last number of each letter by version.
 * @typedef {{at: number, operation: Operation}} Entry
 * @typedef {ReturnType<typeof createShelf>} Shelf
 */

const LETTER = "N";
const BREAKS = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
const HALVES = /\p{Cs}/gu;
const UNWANTED = /(?!\n)\p{Cc}|[\u202a-\u202e\ufdd0-\ufdef\p{Noncharacter_Code_Point}]/gu;

/** A text as the journal keeps it. @param {string} text */
export function clean(text) {
  const lines = text.replace(BREAKS, "\n").replace(/\t/g, " ").replace(HALVES, "\ufffd");
  return lines.replace(UNWANTED, "").normalize("NFC").trim();
}

/** @param {any} value @returns {any} */
function cleaned(value) {
  if (Array.isArray(value)) {
    return [...new Set(value.map((v) => clean(String(v)).split(/\s+/).join(" ")).filter(Boolean))];
  }
  return typeof value === "string" ? clean(value) : value;
}

/**
 * A board from its notes by place, as a file holds them: in their order, without what is empty.
 * @param {Record<string, Partial<import("./board.js").Note>[]>} places @returns {Board}
 */
export function boardOf(places) {
  /** @type {Board} */
  const board = { notes: {}, lists: {} };
  for (const [place, given] of Object.entries(places)) {
    const cut = place.indexOf("/");
    const where = { topic: place.slice(0, cut), block: place.slice(cut + 1) };
    const notes = given.map((facts) => ({
      id: "", spoken: "", values: {}, links: [], author: "", heads: [], alternatives: [],
      deleted: false, ...facts, ...where,
    }));
    board.lists[place] = notes.map((note) => note.id);
    for (const note of notes) board.notes[note.id] = note;
  }
  return board;
}

/** What was taken back and not done again. @param {Operation[]} operations */
export function cancelled(operations) {
  const found = new Set();
  for (const { id, kind, target } of [...operations].reverse()) {
    if (kind === "undo" && !found.has(id)) found.add(target);
  }
  return found;
}

/**
 * Spoken ids of the notes that were added: the block's letter and the next number of the sheet.
 * What was taken back keeps its number: it is never given again.
 * @param {Operation[]} operations @param {Numbering} numbering @returns {Map<string, string>}
 */
export function spokenIds(operations, { letters, numbers }) {
  const last = structuredClone(numbers);
  const found = new Map();
  for (const { kind, version, block, note } of operations) {
    if (kind !== "add" || found.has(note)) continue;
    const letter = letters[block ?? ""] || LETTER;
    last[version] ??= {};
    last[version][letter] = (last[version][letter] ?? 0) + 1;
    found.set(note, `${letter}${last[version][letter]}`);
  }
  return found;
}

/**
 * The boards that a page's operations leave. What is taken back is as if it had never been done,
 * whatever came after it.
 * @param {Record<string, Board>} boards As the page was made. @param {Operation[]} operations
 * @param {Numbering} numbering @returns {Record<string, Board>}
 */
export function replay(boards, operations, numbering) {
  const gone = cancelled(operations);
  const spoken = spokenIds(operations, numbering);
  let result = boards;
  for (const operation of operations) {
    const { id, kind, note, version } = operation;
    const board = result[version];
    if (!board) continue;
    const dropped = gone.has(id) || kind === "undo";
    const { notes, lists } = dropped && kind !== "add" ? board : apply(board, operation);
    const now = notes[note];
    if (!now) continue;
    /** @type {Partial<import("./board.js").Note>} */
    const said = { heads: [id] };
    if (kind === "add" && !board.notes[note]) {
      said.spoken = spoken.get(note) ?? "";
      said.deleted = gone.has(id);
    }
    result = { ...result, [version]: { lists, notes: { ...notes, [note]: { ...now, ...said } } } };
  }
  return result;
}

/**
 * Where a page keeps what was done on it: one entry each, so that two tabs lose nothing.
 * @param {Storage} place @param {string} page Which page.
 */
export function createShelf(place, page) {
  const start = `clusterlab/page/${page}/`;
  const done = `${start}done/`;
  /** @param {string} name @param {string} value @returns {boolean} Whether it is kept. */
  const write = (name, value) => {
    try {
      place.setItem(name, value);
      return place.getItem(name) === value;
    } catch {
      return false; // full, or not allowed
    }
  };
  return {
    /** @returns {Entry[]} In the order in which they were done. */
    read() {
      /** @type {Entry[]} */
      const found = [];
      for (let i = 0; i < place.length; i += 1) {
        const key = place.key(i);
        if (!key?.startsWith(done)) continue;
        try {
          const entry = JSON.parse(place.getItem(key) ?? "");
          if (typeof entry.operation.id === "string" && Number.isFinite(entry.at)) found.push(entry);
        } catch {
          // what is damaged is nobody's note
        }
      }
      return found.sort((a, b) => a.at - b.at || (a.operation.id < b.operation.id ? -1 : 1));
    },
    /** @param {Entry} entry */
    add: (entry) => write(done + entry.operation.id, JSON.stringify(entry)),
    /** Which copy of the page this is: two people's copies of one file differ. */
    copy() {
      const known = place.getItem(`${start}copy`);
      const id = known || newId();
      if (!known) write(`${start}copy`, id);
      return id;
    },
    /** When the notes were last saved as a file: 0 for never. */
    saved: () => Number(place.getItem(`${start}saved`) ?? 0),
    /** @param {number} at */
    save: (at) => write(`${start}saved`, String(at)),
    /** Whether something that another tab wrote is ours. @param {string | null} key */
    owns: (key) => Boolean(key?.startsWith(start)),
  };
}

/**
 * A store's line to a kernel that is the page itself.
 * @param {{state: State, numbering: Numbering}} given @param {Shelf} shelf
 * @param {{now?: () => number, later?: (f: () => void) => void}} [options]
 */
export function createLine(given, shelf, options = {}) {
  const now = options.now ?? (() => Date.now());
  const later = options.later ?? queueMicrotask;
  let entries = shelf.read();
  let revision = 0;
  let kept = true;
  /** @type {((message: any) => void) | null} */
  let heard = null;
  const operations = () => entries.map((entry) => entry.operation);
  let boards = replay(given.state.boards, operations(), given.numbering);
  const saved = () => (entries.length ? new Date(entries[entries.length - 1].at).toISOString() : "");
  /** @returns {State} */
  const state = () => ({ ...given.state, revision, saved: saved(), boards });

  /** @param {Operation} asked */
  function take(asked) {
    if (entries.some((entry) => entry.operation.id === asked.id)) return;
    const operation = { ...asked };
    if (asked.values) {
      operation.values = Object.fromEntries(Object.entries(asked.values).map(([k, v]) => [k, cleaned(v)]));
    }
    const at = Math.max(now(), (entries[entries.length - 1]?.at ?? 0) + 1);
    kept = shelf.add({ at, operation }) && kept;
    entries = [...entries, { at, operation }];
    boards = replay(given.state.boards, operations(), given.numbering);
  }

  /** @param {string[]} done */
  function tell(done) {
    revision += 1;
    heard?.({ kind: "changed", revision, done, saved: saved(), state: state() });
  }

  return {
    state,
    keep() {},
    /** @param {any} message */
    send(message) {
      if (message.kind === "do") {
        take(message.operation);
        later(() => tell([message.operation.id]));
      } else {
        later(() => heard?.({ kind: "board", client: message.client, state: state() }));
      }
      return true;
    },
    /** @param {(message: any) => void} f */
    listen(f) { heard = f; },
    onLost() {},
    close() { heard = null; },
    /** Take in what another tab wrote. */
    look() {
      const known = new Set(operations().map((o) => o.id));
      const fresh = shelf.read().filter((entry) => !known.has(entry.operation.id));
      if (!fresh.length) return;
      entries = [...entries, ...fresh].sort((a, b) => a.at - b.at);
      boards = replay(given.state.boards, operations(), given.numbering);
      tell([]);
    },
    entries: () => entries,
    boards: () => boards,
    /** Whether the browser keeps everything. */
    get kept() { return kept; },
  };
}

/**
 * What a saved file cannot carry: notes that were deleted here and are in the workshop.
 * @param {Record<string, Board>} given @param {Record<string, Board>} boards
 * @param {Entry[]} entries @param {number} saved When a file was last saved.
 */
export function staying(given, boards, entries, saved) {
  const handed = new Set(entries.filter(({ at, operation }) => operation.kind === "add" && at <= saved)
    .map(({ operation }) => operation.note));
  return Object.entries(boards).flatMap(([version, board]) => Object.values(board.notes)
    .filter((note) => note.deleted && (given[version]?.notes[note.id] || handed.has(note.id))));
}
