// Which views are open just now, in this page and in the browser's other tabs. Whoever shares the
// browser's storage hears its events, also where a page came as a file or over plain http; no
// clock has to run, and a tab that was killed answers no more. A view that closes says so to those
// beside it in its page.

const KEY = "clusterlab/presence";
const EVENT = "clusterlab:presence";
/** How long others have to answer; who answers later is still heard. */
const PATIENCE = 1000;

/**
 * @typedef {{id: string,
 *   ask: (heard: (id: string) => void, then: () => void, gone?: () => void) => void,
 *   close: () => void}} Presence `ask`: who else is there; `then` when they had time to answer,
 *   `gone` whenever one of this page has closed.
 */

/**
 * Be there, until closed: others who ask are answered.
 * @param {Storage} place @param {string} id
 * @param {{page?: any, later?: (f: () => void, ms: number) => any}} [options] `page`: where events come from.
 * @returns {Presence}
 */
export function createPresence(place, id, options = {}) {
  const page = options.page ?? globalThis;
  const later = options.later ?? setTimeout;
  /** @type {((id: string) => void) | null} */
  let heard = null;
  /** @type {(() => void) | undefined} */
  let missed;
  let there = true;

  /** @param {"who" | "here" | "gone"} word */
  function tell(word) {
    const said = JSON.stringify({ word, id });
    page.dispatchEvent(new CustomEvent(EVENT, { detail: said }));
    if (word === "gone") return; // in other tabs it may as well be on its way back
    try {
      place.setItem(KEY, said);
      place.removeItem(KEY); // the same word once more is news again
    } catch {
      // full: only this page hears
    }
  }

  /** @param {any} text */
  function hear(text) {
    let said;
    try {
      said = JSON.parse(text);
    } catch {
      return;
    }
    if (typeof said?.id !== "string" || said.id === id) return;
    if (said.word === "who") tell("here");
    else if (said.word === "here") heard?.(said.id);
    else if (said.word === "gone") missed?.();
  }

  const beside = (/** @type {any} */ event) => hear(event.detail);
  const across = (/** @type {any} */ event) => {
    if (event.key === KEY && event.newValue) hear(event.newValue);
  };
  page.addEventListener(EVENT, beside);
  page.addEventListener("storage", across);
  return {
    id,
    ask(answered, then, gone) {
      heard = answered;
      missed = gone;
      tell("who");
      later(() => there && then(), PATIENCE);
    },
    close() {
      there = false;
      page.removeEventListener(EVENT, beside);
      page.removeEventListener("storage", across);
      tell("gone");
    },
  };
}
