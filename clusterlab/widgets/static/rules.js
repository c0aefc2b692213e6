// What forms and tables go by: what counts as changed, what a goal still lacks, how wide columns
// are. Pure.

import { isEmpty } from "./board.js";

/** The text of a note as if it were a field, so that one cell serves both. @param {string} label */
export function textField(label) {
  return {
    id: "text", label, type: "text", help: "", wide: true, dated: false,
    choices: [], minimum: null, maximum: null,
  };
}

/** @param {any} a @param {any} b Whether two values say the same. */
export function same(a, b) {
  if (isEmpty(a) || isEmpty(b)) return isEmpty(a) && isEmpty(b);
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * Which of the required fields say nothing.
 * @param {string[]} required @param {(id: string) => any} read
 */
export function missing(required, read) {
  return required.filter((id) => {
    const value = read(id);
    return isEmpty(value) || Number.isNaN(value);
  });
}

/**
 * Whether nothing would be left of a note.
 * @param {Record<string, any>} values @param {Record<string, any>} changes
 */
export function leavesNothing(values, changes) {
  return Object.values({ ...values, ...changes }).every(isEmpty);
}

/** Whether a value is complete: on its way to 2026 a date passes the year 0002. @param {any} value */
export function settled(value) {
  return !(typeof value === "string" && /^0\d{3}-\d{2}-\d{2}$/.test(value));
}

/**
 * Tags as they are typed. One that was there before stays whole, whatever it holds.
 * @param {string} typed @param {any} [before] @returns {string[]}
 */
export function tagsOf(typed, before) {
  const known = (Array.isArray(before) ? before.map(String) : []).sort((a, b) => b.length - a.length);
  const found = [];
  for (let rest = typed.trim(); rest;) {
    const whole = known.find((tag) => tag && rest.startsWith(tag) && /^\s*([,;]|$)/.test(rest.slice(tag.length)));
    const part = whole ?? rest.split(/[,;]/, 1)[0];
    found.push(whole ?? part.trim().replace(/^#/, ""));
    rest = rest.slice(part.length).replace(/^\s*[,;]/, "").trim();
  }
  return found.filter(Boolean);
}

/** @param {any} tags */
export function tagsText(tags) {
  return (Array.isArray(tags) ? tags : []).join(", ");
}

/** Least width in pixels and share of what is left over. @type {Record<string, [number, number]>} */
const WIDTHS = {
  head: [54, 0], topic: [104, 1], text: [150, 3], wide: [112, 2.2], plain: [98, 1.4],
  dated: [132, 0.4], choice: [100, 0.5], number: [60, 0.2], links: [84, 0.6], tools: [36, 0],
};

/**
 * The columns of a table: a grid's template, and how wide a page must be for it.
 * @param {{type: string, wide: boolean, dated: boolean, label: string}[]} fields
 * @param {boolean} topics @param {boolean} tools @param {boolean} [links]
 */
export function columnsOf(fields, topics, tools, links = false) {
  const before = ["head", ...(topics ? ["topic"] : []), "text"];
  const after = [...(links ? ["links"] : []), ...(tools ? ["tools"] : [])];
  /** @type {[number, number][]} */
  const widths = [...before.map((kind) => WIDTHS[kind]), ...fields.map(widthOf), ...after.map((kind) => WIDTHS[kind])];
  const template = widths.map(([low, share]) => (share ? `minmax(${low}px, ${share}fr)` : `${low}px`)).join(" ");
  return { template, need: widths.reduce((sum, [low]) => sum + low, 0) };
}

/** A column of numbers is narrow, but no word of its label is cut. @param {{type: string, wide: boolean, dated: boolean, label: string}} field @returns {[number, number]} */
function widthOf(field) {
  const kind = kindOf(field);
  const [low, share] = WIDTHS[kind];
  const longest = Math.max(...field.label.split(/\s+/).map((word) => word.length));
  return [kind === "number" ? Math.max(low, 6 + 10 * longest) : low, share];
}

/** @param {{type: string, wide: boolean, dated: boolean}} field */
export function kindOf(field) {
  if (field.type === "integer" || field.type === "number") return "number";
  if (field.type === "choice") return "choice";
  if (field.type === "date" || field.dated) return "dated";
  return field.wide ? "wide" : "plain";
}
