// In which quarter of its kind's matrix a note is, and the cells in which it is drawn. Pure; which
// quarter it is, methods/priorities.py says for documents: shared cases test both.

/**
 * @typedef {import("./fields.js").Field} Field
 * @typedef {{id: string, label: string, x: string, y: string}} Quadrant
 * @typedef {{axes: string[], midpoint: string, quadrants: Quadrant[], fields: Field[]}} Kind
 * @typedef {{field: Field, low: number, high: number, line: number, side: string, whole: boolean,
 *   count: number, step: number}} Axis
 *   `line` is its middle, `side` the half that the middle counts to, `count` how many cells it has.
 */

/** The most numbers of an axis that get a cell each, and the cells of any other. */
const CELLS = 10;

/** @param {any} value @returns {value is number} */
function isNumber(value) {
  return typeof value === "number" && Number.isFinite(value);
}

/**
 * The axes of a kind's matrix: across and up.
 * @param {Kind} kind @returns {[Axis, Axis]}
 */
export function axesOf(kind) {
  const tie = kind.quadrants.find((q) => q.id === kind.midpoint);
  const [x, y] = kind.axes.map((id, i) => {
    const field = /** @type {Field} */ (kind.fields.find((f) => f.id === id));
    const [low, high] = [field.minimum ?? 0, field.maximum ?? 0];
    const whole = field.type === "integer";
    const single = whole && high - low < CELLS;
    const count = single ? high - low + 1 : CELLS;
    const side = (i === 0 ? tie?.x : tie?.y) ?? "low";
    const step = single ? 1 : (high - low) / CELLS;
    return { field, low, high, line: (low + high) / 2, side, whole, count, step };
  });
  return [x, y];
}

/** @param {Axis} axis @param {any} value @returns {string} "low", "high", or "" for no number on the scale. */
function halfOf(axis, value) {
  if (!isNumber(value) || value < axis.low || value > axis.high) return "";
  if (value === axis.line) return axis.side;
  return value < axis.line ? "low" : "high";
}

/**
 * The quarter of a note by its values; null where a number is missing, is none, or is off the scale.
 * @param {Kind} kind @param {Record<string, any>} values @returns {Quadrant | null}
 */
export function quadrantOf(kind, values) {
  const [x, y] = axesOf(kind).map((axis) => halfOf(axis, values[axis.field.id]));
  return kind.quadrants.find((q) => q.x === x && q.y === y) ?? null;
}

/**
 * The cell of an axis in which a number is drawn, from 0; what lies beyond an end is drawn there.
 * @param {Axis} axis @param {any} value
 */
export function cellOf(axis, value) {
  if (!isNumber(value)) return null;
  if (axis.step === 0) return 0;
  let cell = tidy((value - axis.low) / axis.step);
  cell = axis.step === 1 && axis.whole ? Math.round(cell) : Math.floor(cell);
  cell = Math.min(Math.max(cell, 0), axis.count - 1);
  // Next to the line, the half that the number counts to decides.
  const half = halfOf(axis, value);
  if (halfOf(axis, valueOf(axis, cell)) === half) return cell;
  return Math.min(Math.max(cell + (half === "low" ? -1 : 1), 0), axis.count - 1);
}

/**
 * The number that a note gets in a cell of an axis: the cell's own, or the middle of its range.
 * @param {Axis} axis @param {number} cell
 */
export function valueOf(axis, cell) {
  if (axis.whole && axis.step === 1) return axis.low + cell;
  const from = tidy(axis.low + cell * axis.step);
  const middle = tidy(from + axis.step / 2);
  return axis.whole ? Math.max(Math.ceil(from), Math.floor(middle)) : middle;
}

/** How many cells of an axis are in its lower half. @param {Axis} axis */
export function lowCells(axis) {
  return Array.from({ length: axis.count }, (_, cell) => halfOf(axis, valueOf(axis, cell)))
    .filter((half) => half === "low").length;
}

/**
 * A number one step further, or the same at the end of the axis.
 * @param {Axis} axis @param {number} value @param {number} by
 */
export function stepped(axis, value, by) {
  const step = axis.whole ? Math.max(1, Math.round(axis.step)) : axis.step;
  return Math.min(Math.max(tidy(value + by * step), axis.low), axis.high);
}

/** Where a note begins that gets its first number: in the middle. @param {Axis} axis */
export function startOf(axis) {
  if (!axis.whole || Number.isInteger(axis.line)) return axis.line;
  return axis.side === "low" ? Math.floor(axis.line) : Math.ceil(axis.line);
}

/**
 * The nearest spot in a direction.
 * @param {{id: string, x: number, y: number, index: number}[]} spots In cells from the bottom start;
 *   `index` is the place among those in one cell, from the top.
 * @param {string} id Whose neighbour. @param {[number, number]} way Across, and down the page.
 * @returns {string | null}
 */
export function nearest(spots, id, [across, down]) {
  const from = spots.find((spot) => spot.id === id);
  if (!from) return null;
  const depth = (/** @type {{y: number, index: number}} */ spot) => -spot.y + spot.index / 1000;
  let [best, least] = [/** @type {string | null} */ (null), Infinity];
  for (const spot of spots) {
    const [dx, dy] = [spot.x - from.x, depth(spot) - depth(from)];
    const [along, aside] = across ? [dx * across, dy] : [dy * down, dx];
    if (along <= 0) continue;
    const far = along + 2 * Math.abs(aside);
    if (far < least) [best, least] = [spot.id, far];
  }
  return best;
}

/** Without what binary fractions leave behind. @param {number} value */
function tidy(value) {
  return Number(value.toPrecision(12));
}
