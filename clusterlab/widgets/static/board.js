// What operations do to a board, as the page expects it before the kernel has said so.
// Pure: nothing here knows of pages or kernels. The kernel's fold decides; shared cases test both.

/**
 * @typedef {{field: string, value: any, operation: string, time?: string}} Alternative
 * @typedef {{id: string, spoken: string, topic: string, block: string, values: Record<string, any>,
 *   links: string[], author: string, heads: string[], alternatives: Alternative[],
 *   deleted: boolean}} Note
 * @typedef {{note: Note, above: string}} Before
 * @typedef {{notes: Record<string, Note>, lists: Record<string, string[]>,
 *   done?: Record<string, Before | null>}} Board
 * @typedef {{id: string, kind: string, version: string, note: string, block?: string,
 *   topic?: string, after?: string, values?: Record<string, any>, links?: string[],
 *   base?: string[], target?: string, field?: string, keep?: string, author?: string}} Operation
 */

/** @param {string} topic @param {string} block */
export function placeOf(topic, block) {
  return `${topic}/${block}`;
}

/** A random UUID; crypto.randomUUID is missing on pages that come over plain http. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** @param {any} value */
export function isEmpty(value) {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && !value.length);
}

/**
 * Whether a note is to be seen: not deleted, and with something on it.
 * @param {Note | undefined} note
 */
export function shows(note) {
  if (!note || note.deleted) return false;
  const beside = note.alternatives.filter((a) => a.field !== "place" && a.field !== "deleted");
  return [...Object.values(note.values), ...beside.map((a) => a.value)].some((v) => !isEmpty(v));
}

/**
 * The notes of a block that show, in their order.
 * @param {Board} board @param {string} block @param {string} topic "" for all topics
 * @returns {Note[]}
 */
export function notesOf(board, block, topic) {
  const places = Object.keys(board.lists).filter((place) => {
    const cut = place.indexOf("/");
    return place.slice(cut + 1) === block && (topic === "" || place.slice(0, cut) === topic);
  });
  return places.sort().flatMap((place) => board.lists[place]).map((id) => board.notes[id]).filter(shows);
}

/**
 * Every note that shows, block by block.
 * @param {Board} board @param {string} topic
 * @returns {Note[]}
 */
export function allNotes(board, topic) {
  return Object.keys(board.lists).sort()
    .filter((place) => topic === "" || place.startsWith(`${topic}/`))
    .flatMap((place) => board.lists[place]).map((id) => board.notes[id]).filter(shows);
}

/**
 * The board after an operation; the same object where it changes nothing.
 * @param {Board} board @param {Operation} operation @returns {Board}
 */
export function apply(board, operation) {
  const note = board.notes[operation.note];
  if (operation.kind === "add") return note ? board : added(board, operation);
  const step = STEPS[operation.kind];
  if (!note || !step || note.heads.includes(operation.id)) return board;
  if (operation.kind === "undo") return undone(board, note, operation);
  const changed = step(note, operation);
  if (!changed) return board;
  const before = { note, above: above(board, note) };
  return finished(board, note, { ...note, ...changed }, operation, before);
}

/**
 * Take in what the kernel says of one note: it is so, whatever was foretold.
 * @param {Board} board @param {Note} note @param {string} after Id of the note above it.
 * @returns {Board}
 */
export function put(board, note, after) {
  const lists = placed(board.lists, board.notes[note.id], note, after);
  return { ...board, notes: { ...board.notes, [note.id]: note }, lists };
}

/** @param {Board} board @param {Note} note */
function above(board, note) {
  const ids = board.lists[placeOf(note.topic, note.block)] ?? [];
  return ids[ids.indexOf(note.id) - 1] ?? "";
}

/**
 * @param {Record<string, string[]>} lists @param {Note | undefined} was @param {Note} note
 * @param {string | undefined} after
 */
function placed(lists, was, note, after) {
  const result = { ...lists };
  if (was) {
    const old = placeOf(was.topic, was.block);
    result[old] = (result[old] ?? []).filter((id) => id !== note.id);
  }
  const place = placeOf(note.topic, note.block);
  const ids = [...(result[place] ?? [])];
  const at = after === "" ? 0 : ids.indexOf(after ?? "") + 1 || ids.length;
  ids.splice(at, 0, note.id);
  result[place] = ids;
  return result;
}

/** @param {Record<string, any>} values @param {Record<string, any>} changes */
function merged(values, changes) {
  const all = Object.entries({ ...values, ...changes });
  return Object.fromEntries(all.filter(([, value]) => value !== null && value !== undefined));
}

/** @param {Board} board @param {Operation} operation @returns {Board} */
function added(board, operation) {
  /** @type {Note} */
  const note = {
    id: operation.note,
    spoken: "",
    topic: operation.topic ?? "",
    block: operation.block ?? "",
    values: merged({}, operation.values ?? {}),
    links: operation.links ?? [],
    author: operation.author ?? "",
    heads: [operation.id],
    alternatives: [],
    deleted: false,
  };
  return {
    ...board,
    notes: { ...board.notes, [note.id]: note },
    lists: placed(board.lists, undefined, note, operation.after),
    done: { ...board.done, [operation.id]: null },
  };
}

/**
 * @param {Board} board @param {Note} was @param {Note} note @param {Operation} operation
 * @param {Before} before @param {string} [after] Where it goes; by default as the operation says.
 * @returns {Board}
 */
function finished(board, was, note, operation, before, after = operation.after) {
  const base = operation.base ?? [];
  const heads = [...was.heads.filter((head) => !base.includes(head)), operation.id];
  const moves = operation.kind === "move" || note.topic !== was.topic || note.block !== was.block
    || (operation.kind === "undo" && after !== undefined);
  return {
    ...board,
    notes: { ...board.notes, [note.id]: { ...note, heads } },
    lists: moves ? placed(board.lists, was, note, after) : board.lists,
    done: { ...board.done, [operation.id]: before },
  };
}

/**
 * Taking back goes as far as nobody has built upon it; else the kernel's answer is waited for.
 * @param {Board} board @param {Note} note @param {Operation} operation @returns {Board}
 */
function undone(board, note, operation) {
  const target = operation.target ?? "";
  const known = board.done?.[target];
  const now = { note, above: above(board, note) };
  if (known === null) return finished(board, note, { ...note, deleted: true }, operation, now);
  if (!known || note.heads.length !== 1 || note.heads[0] !== target) return board;
  const back = { ...known.note, alternatives: known.note.alternatives };
  const moved = back.block !== note.block || back.topic !== note.topic || known.above !== now.above;
  return finished(board, note, back, operation, now, moved ? known.above : undefined);
}

/** @param {Note} note @param {Operation} operation @returns {Partial<Note>} */
function resolved(note, operation) {
  const mine = (/** @type {Alternative} */ a) => a.field === operation.field;
  const chosen = note.alternatives.find((a) => mine(a) && a.operation === operation.keep);
  const alternatives = note.alternatives.filter((a) => !mine(a));
  if (!chosen) return { alternatives };
  if (chosen.field === "deleted") return { alternatives, deleted: true };
  if (chosen.field === "place") return { alternatives, topic: chosen.value[0], block: chosen.value[1] };
  return { alternatives, values: merged(note.values, { [chosen.field]: chosen.value }) };
}

/** @type {Record<string, (note: Note, operation: Operation) => Partial<Note> | null>} */
const STEPS = {
  edit: (note, operation) => ({ values: merged(note.values, operation.values ?? {}) }),
  move: (note, operation) => ({
    topic: operation.topic ?? note.topic,
    block: operation.block ?? note.block,
  }),
  delete: () => ({ deleted: true }),
  restore: () => ({ deleted: false }),
  link: (note, operation) => note.links.includes(operation.target ?? "")
    ? {} : { links: [...note.links, operation.target ?? ""] },
  unlink: (note, operation) => ({ links: note.links.filter((id) => id !== operation.target) }),
  resolve: resolved,
  undo: () => null,
};
