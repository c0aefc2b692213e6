/**
 * Which cells of a notebook are the form's own, and which of them may run without a click.
 *
 * What a notebook file says of itself counts for nothing here: a cell is the form's where this
 * run of `clusterlab lab` placed a cell of the same id with the very same text.
 */

/**
 * @typedef {{id: string, type: string, source: string}} CellText
 * @typedef {{own: Set<number>, runs: number[], rest: number[]}} Parts
 */

/** @param {string} text */
const lines = (text) => text.replace(/\r\n?/g, "\n");

/**
 * Tell a notebook's cells apart.
 *
 * A form's cell that was changed may be what later cells build on; nothing behind it runs by
 * itself.
 *
 * @param {readonly CellText[]} cells
 * @param {ReadonlyMap<string, string>} form what was placed: the texts by cell id
 * @returns {Parts} by index: code that is people's own; code that runs without a click; the
 *   code that does not
 */
export function parts(cells, form) {
  /** @type {Parts} */
  const found = { own: new Set(), runs: [], rest: [] };
  const seen = new Set();
  let changed = false;
  cells.forEach((cell, index) => {
    const placed = seen.has(cell.id) ? undefined : form.get(cell.id);
    seen.add(cell.id);
    if (cell.type !== "code") {
      changed ||= placed !== undefined;
      return;
    }
    const same = placed !== undefined && lines(placed) === lines(cell.source);
    changed ||= placed !== undefined && !same;
    if (!same) found.own.add(index);
    if (same && !changed) found.runs.push(index);
    else if (cell.source.trim()) found.rest.push(index);
  });
  return found;
}

/**
 * Whether what a cell shows comes from the kernel as it is now.
 *
 * @param {{trusted: boolean, count: number | null, models: readonly string[]}} cell what it
 *   shows, and which widgets are in there
 * @param {number} count how many cells the kernel has run since it started
 * @param {ReadonlySet<string>} alive the widgets that it has
 */
export function isCurrent(cell, count, alive) {
  const ran = cell.trusted && cell.count !== null && cell.count <= count;
  return ran && cell.models.every((model) => alive.has(model));
}
