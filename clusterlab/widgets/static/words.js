// Words, numbers and times in the canvas's language; the texts come from the kernel's catalogues.

/**
 * @typedef {{language: string, direction: string, words: Record<string, string>,
 *   plurals: Record<string, Record<string, string>>}} Texts
 */

/** @param {Texts} texts */
export function createWords(texts) {
  const tag = supported(texts.language);
  const rules = new Intl.PluralRules(tag);
  const numbers = new Intl.NumberFormat(tag);
  /** @param {string} template @param {Record<string, any>} fields */
  const fill = (template, fields) => template.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (value === undefined || value === null) return whole;
    return typeof value === "number" ? numbers.format(value) : String(value);
  });
  return {
    /** @param {string} key @param {Record<string, any>} [fields] */
    say: (key, fields = {}) => fill(texts.words[key] ?? key, fields),
    /** @param {string} key @param {number} count @param {Record<string, any>} [fields] */
    count(key, count, fields = {}) {
      const forms = texts.plurals[key] ?? {};
      const form = forms[rules.select(count)] ?? forms.other ?? Object.values(forms)[0] ?? key;
      return fill(form, { count, ...fields });
    },
    /** The time of day where the reader is; the day where it was not today. @param {string} iso */
    time(iso, now = new Date()) {
      const time = new Date(iso);
      if (Number.isNaN(time.getTime())) return "";
      return time.toDateString() === now.toDateString()
        ? time.toLocaleTimeString(tag, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
        : time.toLocaleDateString(tag, { dateStyle: "medium" });
    },
    /** A day as people read it; what is no day stays as it is. @param {string} text */
    day(text) {
      if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
      const day = new Date(`${text}T00:00:00Z`);
      return Number.isNaN(day.getTime()) ? text
        : day.toLocaleDateString(tag, { dateStyle: "medium", timeZone: "UTC" });
    },
    /** @param {number} value */
    number: (value) => numbers.format(value),
  };
}

/** @param {string} tag */
function supported(tag) {
  try {
    return Intl.getCanonicalLocales(tag.replaceAll("_", "-"))[0] ?? "en";
  } catch {
    return "en";
  }
}
