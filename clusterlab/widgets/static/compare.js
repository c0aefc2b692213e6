// Two versions of a canvas: what is kept, added and dropped. The same rule as for documents.

/**
 * The words that count: case and punctuation do not. Of a text without words, such as 👍, itself.
 * @param {any} text
 */
export function wordsOf(text) {
  const plain = folded(String(text ?? "").normalize("NFC"));
  const words = plain.match(/[\p{L}\p{M}\p{N}_]+/gu) ?? plain.match(/\S+/g) ?? [];
  return words.join(" ");
}

/**
 * Without case, as Unicode folds it: ß is ss, ς is σ; the dotless ı stays a letter of its own.
 * @param {string} text
 */
function folded(text) {
  const fold = (/** @type {string} */ part) => part.toLowerCase().toUpperCase().toLowerCase();
  return text.split("ı").map(fold).join("ı").replaceAll("ς", "σ");
}

/**
 * @param {import("./board.js").Note[]} before Notes of a block in the earlier version.
 * @param {import("./board.js").Note[]} after The same block in the later one.
 * @returns {Map<string, "kept" | "added" | "dropped">} By note id; twins are paired one to one.
 */
export function compare(before, after) {
  /** @type {Map<string, "kept" | "added" | "dropped">} */
  const marks = new Map(before.map((note) => [note.id, "dropped"]));
  const left = [...before];
  for (const note of after) {
    const at = left.findIndex((other) => wordsOf(other.values.text) === wordsOf(note.values.text));
    marks.set(note.id, at < 0 ? "added" : "kept");
    if (at >= 0) marks.set(left.splice(at, 1)[0].id, "kept");
  }
  return marks;
}
