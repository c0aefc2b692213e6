// What operations do to a board, as the page expects it before the kernel has said so.
// Pure: nothing here knows of pages or kernels. The kernel's fold decides; shared cases test both.

/**
 * @typedef {{field: string, value: any, operation: string, time?: string}} Alternative
 * @typedef {{id: string, spoken: string, topic: string, block: string, values: Record<string, any>,
 *   links: string[], author: string, heads: string[], alternatives: Alternative[],
 *   deleted: boolean}} Note
 * @typedef {Record<string, any[]>} Facts What a note says, fact by fact, and which operation said it.
 * @typedef {{facts: Record<string, [any[] | undefined, any[] | undefined]>, before: Note,
 *   above: string}} Done What an operation changed: each fact before and after.
 * @typedef {{notes: Record<string, Note>, lists: Record<string, string[]>,
 *   done?: Record<string, Done | null>, owners?: Record<string, Record<string, string>>}} Board
 *   `owners`: by note and fact the operation that it comes from, as far as this page saw it happen.
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
  if (operation.kind === "add") return note ? addedAgain(board, note, operation) : added(board, operation);
  const step = STEPS[operation.kind];
  if (!note || !step || note.heads.includes(operation.id)) return board;
  if (operation.kind === "undo") return undone(board, note, operation);
  const { owned = {}, ...changed } = step(note, operation, board.owners?.[note.id] ?? {});
  return finished(board, note, { ...note, ...changed }, operation, owned, operation.after);
}

/**
 * Take in what the kernel says of one note: it is so, whatever was foretold.
 * @param {Board} board @param {Note} note @param {string} after Id of the note above it.
 * @param {string} [operation] What made it so.
 * @returns {Board}
 */
export function put(board, note, after, operation = "") {
  const was = board.notes[note.id];
  const lists = placed(board.lists, was, note, after);
  const owners = { ...board.owners?.[note.id] };
  const [old, now] = was ? [factsOf(was, {}), factsOf(note, {})] : [{}, {}];
  for (const fact of new Set([...Object.keys(old), ...Object.keys(now)])) {
    if (!same(old[fact], now[fact])) owners[fact] = operation;
  }
  if (was && (above(board, was) !== after || !same(old.place, now.place))) owners.order = operation;
  return {
    ...board,
    notes: { ...board.notes, [note.id]: note },
    lists,
    owners: { ...board.owners, [note.id]: owners },
  };
}

/**
 * The kernel's whole board, with what this page remembers of its own steps.
 * @param {Board} known @param {Board} fresh @returns {Board}
 */
export function renewed(known, fresh) {
  const owners = Object.entries(known?.owners ?? {})
    .filter(([id]) => same(known.notes[id]?.heads, fresh.notes[id]?.heads));
  return { ...fresh, done: known?.done, owners: Object.fromEntries(owners) };
}

/** @param {any} one @param {any} other */
function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** @param {Note} note @param {Record<string, string>} owners @returns {Facts} */
function factsOf(note, owners) {
  const names = new Set([...Object.keys(note.values).map((name) => `value/${name}`),
    ...Object.keys(owners).filter((fact) => fact.startsWith("value/"))]);
  /** @type {Facts} */
  const facts = { order: [""], place: [note.topic, note.block] };
  for (const fact of names) facts[fact] = [note.values[fact.slice("value/".length)]];
  for (const id of note.links) facts[`link/${id}`] = [true];
  for (const kept of note.alternatives) facts[`beside/${kept.field}/${kept.operation}`] = [kept];
  if (note.deleted) facts.deleted = [true];
  for (const fact of Object.keys(facts)) facts[fact].push(owners[fact] ?? "");
  return facts;
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
    owners: { ...board.owners, [note.id]: ownersOf(note, operation.id) },
  };
}

/** @param {Note} note @param {string} operation */
function ownersOf(note, operation) {
  return Object.fromEntries(Object.keys(factsOf(note, {})).map((fact) => [fact, operation]));
}

/**
 * The same note once more, as when two pages took up one draft: what differs is kept beside.
 * @param {Board} board @param {Note} note @param {Operation} operation @returns {Board}
 */
function addedAgain(board, note, operation) {
  if (note.heads.includes(operation.id) || board.done?.[operation.id] !== undefined) return board;
  const beside = Object.entries(operation.values ?? {})
    .filter(([field, value]) => !isEmpty(value) && !same(value, note.values[field]))
    .map(([field, value]) => ({ field, value, operation: operation.id }));
  if (!beside.length) return board;
  const alternatives = [...note.alternatives, ...beside];
  return { ...board, notes: { ...board.notes, [note.id]: { ...note, alternatives } } };
}

/**
 * What is no longer beside anything goes: the same value as the one that shows, a lost deletion
 * of a note that is deleted now.
 * @param {Note} note @returns {Note}
 */
function settled(note) {
  const alternatives = note.alternatives.filter((a) => {
    if (a.field === "deleted") return !note.deleted;
    return !same(a.value, a.field === "place" ? [note.topic, note.block] : note.values[a.field]);
  });
  return { ...note, alternatives };
}

/**
 * @param {Board} board @param {Note} was @param {Note} changed @param {Operation} operation
 * @param {Record<string, string>} owned Facts that change hands. @param {string} [after]
 * @returns {Board}
 */
function finished(board, was, changed, operation, owned, after) {
  const base = operation.base ?? [];
  const heads = [...was.heads.filter((head) => !base.includes(head)), operation.id];
  const note = settled({ ...changed, heads });
  const [before, owners] = [board.owners?.[was.id] ?? {}, { ...board.owners?.[was.id], ...owned }];
  const [old, now] = [factsOf(was, before), factsOf(note, owners)];
  /** @type {Done["facts"]} */
  const facts = {};
  for (const fact of new Set([...Object.keys(old), ...Object.keys(now)])) {
    if (!same(old[fact], now[fact])) facts[fact] = [old[fact], now[fact]];
  }
  return {
    ...board,
    notes: { ...board.notes, [note.id]: note },
    lists: facts.order || facts.place ? placed(board.lists, was, note, after) : board.lists,
    done: { ...board.done, [operation.id]: { facts, before: was, above: above(board, was) } },
    owners: { ...board.owners, [note.id]: owners },
  };
}

/**
 * Taking back goes as far as nothing was built on it: fact by fact, as the kernel does. What an
 * operation did that this page never saw, only the kernel knows.
 * @param {Board} board @param {Note} note @param {Operation} operation @returns {Board}
 */
function undone(board, note, operation) {
  const known = board.done?.[operation.target ?? ""];
  if (known === undefined) return board;
  if (known === null) return finished(board, note, { ...note, deleted: true }, operation, { deleted: operation.id });
  const owners = board.owners?.[note.id] ?? {};
  const now = factsOf(note, owners);
  /** @type {Record<string, string>} */
  const owned = {};
  const back = { ...note, values: { ...note.values }, links: [...note.links], alternatives: [...note.alternatives] };
  for (const [fact, [before, after]] of Object.entries(known.facts)) {
    if (!same(now[fact], after)) continue;
    owned[fact] = before?.at(-1) ?? "";
    turnBack(back, fact, before);
  }
  back.links = inOrder(back.links, known.before.links, (id) => id);
  back.alternatives = inOrder(back.alternatives, known.before.alternatives, (a) => `${a.field}/${a.operation}`);
  return finished(board, note, back, operation, owned, known.above);
}

/** @param {Note} note Changed in place. @param {string} fact @param {any[] | undefined} before */
function turnBack(note, fact, before) {
  const [kind, ...rest] = fact.split("/");
  const name = rest.join("/");
  if (kind === "place") [note.topic, note.block] = before ?? [];
  if (kind === "deleted") note.deleted = Boolean(before);
  if (kind === "value") note.values = merged(note.values, { [name]: before?.[0] });
  if (kind === "link") note.links = [...note.links.filter((id) => id !== name), ...(before ? [name] : [])];
  if (kind !== "beside") return;
  const others = note.alternatives.filter((a) => `${a.field}/${a.operation}` !== name);
  note.alternatives = before ? [...others, before[0]] : others;
}

/**
 * What stood in an earlier list goes first, in its order.
 * @template T @param {T[]} items @param {T[]} earlier @param {(item: T) => string} key @returns {T[]}
 */
function inOrder(items, earlier, key) {
  const places = earlier.map(key);
  const rank = (/** @type {T} */ item) => (places.indexOf(key(item)) + 1) || places.length + 1;
  return items.toSorted((a, b) => rank(a) - rank(b));
}

/**
 * @typedef {Partial<Note> & {owned?: Record<string, string>}} Change
 */

/** @param {Note} note @param {Operation} operation @param {Record<string, string>} owners @returns {Change} */
function resolved(note, operation, owners) {
  const { field = "", keep = "" } = operation;
  const mine = (/** @type {Alternative} */ a) => a.field === field;
  const chosen = note.alternatives.find((a) => mine(a) && a.operation === keep);
  const alternatives = note.alternatives.filter((a) => !mine(a));
  const fact = field === "place" ? field : `value/${field}`;
  if (!chosen) return keep === "" || keep === owners[fact] ? { alternatives } : {};
  const owned = { [fact]: operation.id };
  if (field === "deleted") return { alternatives, deleted: true, owned: { deleted: operation.id } };
  if (field === "place") {
    const [topic, block] = chosen.value;
    return { alternatives, topic, block, owned: { ...owned, order: operation.id } };
  }
  return { alternatives, values: merged(note.values, { [field]: chosen.value }), owned };
}

/** @param {Note} note @param {Operation} operation @returns {Change} */
function moved(note, operation) {
  const { topic = note.topic, block = note.block } = operation;
  const stays = topic === note.topic && block === note.block;
  const owned = { order: operation.id, ...(stays ? {} : { place: operation.id }) };
  return { topic, block, owned };
}

/** @type {Record<string, (note: Note, operation: Operation, owners: Record<string, string>) => Change>} */
const STEPS = {
  edit: (note, { id, values = {} }) => ({
    values: merged(note.values, values),
    owned: Object.fromEntries(Object.keys(values).map((name) => [`value/${name}`, id])),
  }),
  move: moved,
  delete: (note, { id }) => ({ deleted: true, owned: { deleted: id } }),
  restore: (note) => ({
    deleted: false,
    alternatives: note.alternatives.filter((a) => a.field !== "deleted"),
    owned: { deleted: "" },
  }),
  link: (note, { id, target = "" }) => target === "" || note.links.includes(target)
    ? {} : { links: [...note.links, target], owned: { [`link/${target}`]: id } },
  unlink: (note, { target = "" }) => ({
    links: note.links.filter((id) => id !== target), owned: { [`link/${target}`]: "" },
  }),
  resolve: resolved,
  undo: () => ({}),
};
