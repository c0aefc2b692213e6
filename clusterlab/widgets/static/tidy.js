// The notes of a page as the tidy table that `clusterlab import` takes. Pure.

import { isEmpty, shows } from "./board.js";

/**
 * @typedef {import("./board.js").Board} Board
 * @typedef {import("./board.js").Note} Note
 * @typedef {{cluster: string, canvas: string, columns: string[], values: Record<string, string>,
 *   cells: Record<string, Record<string, string>>}} Shape Columns in their order; which value
 *   stands in them; texts of cells that a browser would write otherwise.
 * @typedef {{shape: Shape, given: Record<string, Board>, boards: Record<string, Board>,
 *   operations: import("./board.js").Operation[], copy: string, topics: string[],
 *   blocks: string[]}} Notes
 */

const SIGNS = "=+\\-@\\t\\r\\n＝＋－＠";
const RUNS = new RegExp(`^'*[${SIGNS}]`);
const NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?$/;
const TOP = "top";

/** An apostrophe before what a spreadsheet would run. @param {string} text */
export function guarded(text) {
  return RUNS.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

/** @param {string} text */
function quoted(text) {
  return /[",;\t\n\r]/.test(text) || text !== text.trim() ? `"${text.replace(/"/g, '""')}"` : text;
}

/** @param {string} tag */
function tagged(tag) {
  return tag && tag === tag.trim() && !/[,"\r\n]/.test(tag) ? tag : `"${tag.replace(/"/g, '""')}"`;
}

/** @param {any} value */
function written(value) {
  if (isEmpty(value)) return "";
  return Array.isArray(value) ? value.map((v) => tagged(String(v))).join(", ") : String(value);
}

/** Sort by the place among what is known; what is not known comes after. @param {string[]} known */
function byPlace(known) {
  const rank = (/** @type {string} */ name) => (known.includes(name) ? known.indexOf(name) : known.length);
  return (/** @type {string} */ a, /** @type {string} */ b) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}

/**
 * One row for each note that shows, by column.
 * @param {Notes} notes @returns {Record<string, string>[]}
 */
export function rowsOf({ shape, given, boards, operations, copy, topics, blocks }) {
  const laid = new Set(operations.filter((o) => o.kind === "move").map((o) => o.note));
  const [topicOrder, blockOrder] = [byPlace(topics), byPlace(blocks)];
  const rows = [];
  for (const [version, board] of Object.entries(boards)) {
    const places = Object.keys(board.lists).map((place) => {
      const cut = place.indexOf("/");
      return { place, topic: place.slice(0, cut), block: place.slice(cut + 1) };
    }).sort((a, b) => topicOrder(a.topic, b.topic) || blockOrder(a.block, b.block));
    for (const { place, topic, block } of places) {
      const shown = board.lists[place].map((id) => board.notes[id]).filter(shows);
      for (const [at, note] of shown.entries()) {
        const was = given[version]?.notes[note.id];
        const moved = !was || laid.has(note.id) || was.topic !== topic || was.block !== block;
        rows.push({
          ...valuesOf(shape, note, was),
          cluster: shape.cluster, canvas: shape.canvas, version, topic, block,
          id: note.id, spoken: note.spoken, order: String(at + 1), links: note.links.join(" "),
          "page:seen": was ? was.heads.join(" ") : "", "page:copy": copy,
          "page:above": moved ? shown[at - 1]?.id ?? TOP : "",
        });
      }
    }
  }
  return rows;
}

/** @param {Shape} shape @param {Note} note @param {Note | undefined} was */
function valuesOf({ values, cells }, note, was) {
  return Object.fromEntries(Object.entries(values).map(([column, name]) => {
    const value = note.values[name];
    const held = cells[note.id]?.[column];
    const same = held !== undefined && JSON.stringify(value) === JSON.stringify(was?.values[name]);
    return [column, same ? held : written(value)];
  }));
}

/**
 * The table as text, with a byte order mark that tells spreadsheets the encoding.
 * @param {string[]} columns @param {Record<string, string>[]} rows
 */
export function csvOf(columns, rows) {
  const lines = [columns, ...rows.map((row) => columns.map((name) => row[name] ?? ""))];
  return `\ufeff${lines.map((cells) => `${cells.map((cell) => quoted(guarded(cell))).join(",")}\n`).join("")}`;
}
