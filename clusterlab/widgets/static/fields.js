// One input for one field of a note, of whatever type its kind says.

import { h, grow } from "./dom.js";

/**
 * @typedef {{id: string, label: string, type: string, help: string, wide: boolean, dated: boolean,
 *   choices: {id: string, label: string}[], minimum: number | null, maximum: number | null}} Field
 * @typedef {{say: (key: string, fields?: Record<string, any>) => string,
 *   day: (text: string) => string}} Words
 * @typedef {{element: HTMLElement, input: any, read: () => any, set: (value: any) => void,
 *   problem: () => string}} Entry `read` gives null for nothing; `problem` what is wrong, or "".
 */

const SCALE = 10;

/**
 * @param {Field} field @param {Words} words
 * @param {{label?: string, describedBy?: string, rows?: number, limit?: number}} [options]
 * @returns {Entry}
 */
export function createEntry(field, words, options = {}) {
  const name = {
    "aria-label": options.label,
    "aria-describedby": options.describedBy,
    class: "clb-input",
    "data-field": field.id,
  };
  if (field.type === "choice" || isScale(field)) return chosen(field, words, name);
  if (field.type === "integer" || field.type === "number") return numbered(field, words, name);
  if (field.type === "date") return dated(h("input", { ...name, type: "date" }));
  if (field.dated) return datedText(words, name, field);
  return written(h("textarea", { ...name, rows: options.rows ?? 1 }), words, options.limit ?? Infinity);
}

/** @param {Field} field */
export function isScale(field) {
  return field.type === "integer" && field.minimum !== null && field.maximum !== null
    && field.maximum - field.minimum < SCALE;
}

/** @param {any} value */
const text = (value) => (value === null || value === undefined ? "" : String(value));

/**
 * What is wrong with a text's length, or "": letters are counted as people and Python count them.
 * @param {string} text @param {number} limit @param {Words} words
 */
export function tooLong(text, limit, words) {
  const count = text.length > limit ? [...text.trim()].length : 0;
  return count > limit ? words.say("too_long", { count, limit }) : "";
}

/** @param {HTMLTextAreaElement} input @param {Words} words @param {number} limit @returns {Entry} */
function written(input, words, limit) {
  input.addEventListener("input", () => grow(input));
  return {
    element: input,
    input,
    read: () => input.value.trim() || null,
    set(value) {
      input.value = text(value);
      if (input.isConnected) grow(input);
    },
    problem: () => tooLong(input.value, limit, words),
  };
}

/** @param {HTMLInputElement} input @returns {Entry} */
function dated(input) {
  return {
    element: input,
    input,
    read: () => input.value || null,
    set(value) { input.value = text(value); },
    problem: () => "",
  };
}

/** @param {Field} field @param {Words} words @param {any} name @returns {Entry} */
function chosen(field, words, name) {
  const scale = field.type === "integer";
  const [low, high] = [field.minimum ?? 0, field.maximum ?? 0];
  const options = scale
    ? Array.from({ length: high - low + 1 }, (_, i) => ({ id: String(low + i), label: String(low + i) }))
    : field.choices;
  const input = h("select", name, h("option", { value: "", text: words.say("none") }),
    ...options.map((o) => h("option", { value: o.id, text: o.label })));
  return {
    element: input,
    input,
    read: () => (input.value === "" ? null : scale ? Number(input.value) : input.value),
    set(value) {
      const wanted = text(value);
      if (wanted && ![...input.options].some((o) => o.value === wanted)) {
        input.append(h("option", { value: wanted, text: wanted }));
      }
      input.value = wanted;
    },
    problem: () => "",
  };
}

/** @param {Field} field @param {Words} words @param {any} name @returns {Entry} */
function numbered(field, words, name) {
  const whole = field.type === "integer";
  const input = h("input", { ...name, type: "text", inputmode: whole ? "numeric" : "decimal" });
  const read = () => parseNumber(input.value);
  return {
    element: input,
    input,
    read,
    set(value) { input.value = typeof value === "number" ? String(value) : text(value); },
    problem() {
      const value = read();
      if (value === null) return "";
      if (Number.isNaN(value)) return words.say("not_number");
      if (whole && !Number.isInteger(value)) return words.say("not_whole");
      if (field.minimum !== null && value < field.minimum) return words.say("too_low", { limit: field.minimum });
      if (field.maximum !== null && value > field.maximum) return words.say("too_high", { limit: field.maximum });
      return "";
    },
  };
}

/**
 * A number as people type it: 1,5 and 1.5, spaces between thousands, any minus sign. NaN for what
 * is none, and for 1,234, which may be either of two numbers.
 * @param {string} typed @returns {number | null}
 */
export function parseNumber(typed) {
  let plain = typed.replace(/\s/g, "").replace("\u2212", "-");
  if (!plain) return null;
  if (/^[+-]?(0*,\d+|\d+,(\d{1,2}|\d{4,}))$/.test(plain)) plain = plain.replace(",", ".");
  const value = /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(plain) ? Number(plain) : NaN;
  return Number.isFinite(value) ? value : NaN;
}

/** @param {Words} words @param {any} name @param {Field} field @returns {Entry} */
function datedText(words, name, field) {
  const input = h("textarea", { ...name, rows: 1, oninput: () => grow(input) });
  const picker = h("input", {
    type: "date", class: "clb-input clb-picker",
    "aria-label": words.say("pick_date", { field: name["aria-label"] ?? field.label }),
    onchange() {
      if (!picker.value) return;
      input.value = picker.value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    },
  });
  return {
    element: h("span", { class: "clb-dated" }, input, picker),
    input,
    read: () => input.value.trim() || null,
    set(value) {
      input.value = text(value);
      if (input.isConnected) grow(input);
      picker.value = /^\d{4}-\d{2}-\d{2}$/.test(input.value) ? input.value : "";
    },
    problem: () => "",
  };
}
