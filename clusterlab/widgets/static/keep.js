// What stays in the browser until the journal has it: operations on their way, and texts that
// somebody was still writing. Per board; another tab of the same board sees the same.

/**
 * @typedef {import("./board.js").Operation} Operation
 * @typedef {{key: string, version: string, note: string, block: string, topic: string,
 *   field: string, text: string, time: string, base?: string[], owner?: string}} Draft `base`:
 *   what the person had before them when they began; `owner`: the view in which they write.
 */

const PREFIX = "clusterlab";

/** The browser's storage, or one that lasts as long as the page where there is none. */
export function storage() {
  try {
    const probe = `${PREFIX}?`;
    localStorage.setItem(probe, "1");
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return memory();
  }
}

/** Storages that last no longer than the page. @type {WeakSet<Storage>} */
const held = new WeakSet();

/** @returns {Storage} */
export function memory() {
  /** @type {Map<string, string>} */
  const values = new Map();
  const place = /** @type {Storage} */ (/** @type {unknown} */ ({
    get length() { return values.size; },
    key: (/** @type {number} */ i) => [...values.keys()][i] ?? null,
    getItem: (/** @type {string} */ k) => values.get(k) ?? null,
    setItem: (/** @type {string} */ k, /** @type {string} */ v) => void values.set(k, String(v)),
    removeItem: (/** @type {string} */ k) => void values.delete(k),
    clear: () => values.clear(),
  }));
  held.add(place);
  return place;
}

/**
 * @typedef {{key: string, topic: string, versions: string[]}} Which board: workshop, cluster and
 *   canvas in its key.
 */

/** @param {Storage} place @param {string} kind @param {string} board */
function shelf(place, kind, board) {
  const start = `${PREFIX}/${kind}/${board}/`;
  return {
    /** @returns {any[]} */
    all() {
      const found = [];
      for (let i = 0; i < place.length; i += 1) {
        const key = place.key(i);
        if (!key?.startsWith(start)) continue;
        try {
          const value = JSON.parse(place.getItem(key) ?? "");
          if (value && typeof value === "object") found.push(value);
        } catch {
          // what is damaged is nobody's text
        }
      }
      return found;
    },
    /** @param {string} id @param {any} value @returns {boolean} Whether it outlasts the page. */
    set(id, value) {
      try {
        place.setItem(start + id, JSON.stringify(value));
        return !held.has(place);
      } catch {
        return false; // full: it still stands on the page
      }
    },
    /** @param {string} id */
    remove: (id) => place.removeItem(start + id),
  };
}

/**
 * Operations that the journal does not have yet, in the order they were made.
 * @param {Storage} place @param {Which} board
 */
export function createOutbox(place, board) {
  const kept = shelf(place, "outbox", board.key);
  let last = 0;
  return {
    /** @returns {Operation[]} */
    read: () => kept.all().filter((entry) => board.versions.includes(entry.operation?.version))
      .sort((a, b) => a.at - b.at).map((entry) => entry.operation),
    /** @param {Operation} operation */
    add(operation) {
      last = Math.max(last + 1, Date.now());
      return kept.set(operation.id, { at: last, operation });
    },
    /** @param {string} id */
    remove: (id) => kept.remove(id),
  };
}

/**
 * Texts that somebody is still writing, in this view or in another one.
 * @param {Storage} place @param {Which} board @param {import("./presence.js").Presence} presence
 *   Tells views apart, and which of them are still open.
 */
export function createDrafts(place, board, presence) {
  const kept = shelf(place, "draft", board.key);
  const { id } = presence;
  const name = (/** @type {{owner?: string, key: string}} */ { owner, key }) => (owner ? `${owner}/${key}` : key);
  /** @returns {Draft[]} */
  const read = () => kept.all()
    .filter((d) => board.versions.includes(d.version) && (!board.topic || d.topic === board.topic))
    .sort((a, b) => (a.time < b.time ? -1 : 1));
  return {
    id,
    read,
    /** What is being written here. @param {string} key @returns {Draft | undefined} */
    own: (key) => read().find((d) => d.owner === id && d.key === key),
    /** @param {Draft} draft */
    set: (draft) => kept.set(name({ ...draft, owner: id }), { ...draft, owner: id }),
    /** @param {string} key */
    remove: (key) => kept.remove(name({ owner: id, key })),
    /** Forget a draft, whosever it is. @param {Draft} draft */
    forget: (draft) => kept.remove(name(draft)),
    /**
     * Find what was left behind, now and whenever a view beside this one closes: what is being
     * written in a view that is still open is not.
     * @param {(draft: Draft) => void} found @param {(draft: Draft) => void} taken Its view is there
     *   after all.
     */
    seek(found, taken) {
      const look = () => {
        /** @type {Set<string | undefined>} */
        const there = new Set([id]);
        /** @type {Draft[]} */
        let offered = [];
        presence.ask((other) => {
          there.add(other);
          for (const draft of offered.filter((d) => d.owner === other)) taken(draft);
          offered = offered.filter((d) => d.owner !== other);
        }, () => {
          offered = read().filter((d) => !there.has(d.owner));
          for (const draft of offered) found(draft);
        }, look);
      };
      look();
    },
    /** Whether a draft is still there, whosever it is. @param {Draft} draft */
    has: (draft) => read().some((d) => name(d) === name(draft)),
    close: () => presence.close(),
  };
}
