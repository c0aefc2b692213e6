// Going through notes and moving them by the arrow keys. Pure.

/**
 * @typedef {{version: string, block: string}} Cell
 * @typedef {{cell: number, index: number}} Spot
 */

/** @type {Record<string, [number, number]>} */
export const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/**
 * The note to go to: up and down within a block and on into the next, left and right to the next
 * block that has notes.
 * @param {string[][]} lists Ids of notes, cell by cell. @param {Spot} at @param {string} key
 * @param {boolean} rtl @returns {string | null}
 */
export function neighbour(lists, at, key, rtl) {
  const [x, y] = ARROWS[key];
  if (y) {
    const next = lists[at.cell][at.index + y];
    if (next) return next;
  }
  const by = y || (rtl ? -x : x);
  for (let cell = at.cell + by; lists[cell]; cell += by) {
    const ids = lists[cell];
    if (ids.length) return y ? (y > 0 ? ids[0] : ids[ids.length - 1]) : ids[Math.min(at.index, ids.length - 1)];
  }
  return null;
}

/**
 * Where Alt and an arrow move a note: one place up or down, or into the next block.
 * @param {string[][]} lists @param {Spot} at @param {string} key @param {boolean} rtl
 * @param {(from: number, to: number) => boolean} allowed Whether a note may go to that cell.
 * @returns {{cell: number, after: string | undefined} | null} `after`: the id above, "" for the top.
 */
export function shifted(lists, at, key, rtl, allowed) {
  const [x, y] = ARROWS[key];
  const own = lists[at.cell];
  if (y < 0) return at.index === 0 ? null : { cell: at.cell, after: own[at.index - 2] ?? "" };
  if (y > 0) return at.index === own.length - 1 ? null : { cell: at.cell, after: own[at.index + 1] };
  const by = rtl ? -x : x;
  for (let cell = at.cell + by; lists[cell]; cell += by) {
    if (!allowed(at.cell, cell)) continue;
    return { cell, after: at.index === 0 ? "" : lists[cell][at.index - 1] };
  }
  return null;
}
