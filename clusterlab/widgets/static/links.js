// Which notes of the other canvas a note builds on: shown, and chosen from a list to tick.

import { arrange, h } from "./dom.js";

/**
 * @typedef {import("./frame.js").Context} Context
 * @typedef {import("./board.js").Note} Note
 * @typedef {import("./store.js").State["cited"][number]} Cited
 * @typedef {{version: string, id: string, block: import("./frame.js").Block,
 *   topic: () => string, note: () => Note | null, changed: () => void}} Owner What links are of.
 * @typedef {ReturnType<typeof createLinks>} Links
 */

/** From so many notes on they can be searched. */
const MANY = 9;

/**
 * The notes that one may refer to: those of the blocks that it should refer to, on its topic, and
 * those that it refers to anyway. Pure.
 * @param {Cited[]} cited @param {{blocks: string[], topic: string, linked: string[]}} wanted
 */
export function referable(cited, { blocks, topic, linked }) {
  return cited.filter((n) => linked.includes(n.id)
    || ((!blocks.length || blocks.includes(n.block)) && (!topic || !n.topic || n.topic === topic)));
}

/**
 * The notes that hold every word, or whose number begins with it; accents and case aside. A word
 * with a point may begin their place in a tree, such as G1.2. Pure.
 * @template {{spoken: string, text: string, place?: string}} T @param {T[]} cited
 * @param {string} typed
 */
export function matching(cited, typed) {
  const words = plain(typed).split(/[\s,;]+/).filter(Boolean);
  return cited.filter(({ spoken, text, place = "" }) => {
    const [number, whole, there] = [plain(spoken), plain(text), plain(place)];
    return words.every((word) => number.startsWith(word) || whole.includes(word)
      || (word.includes(".") && there.startsWith(word)));
  });
}

/** @param {string} text */
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * What a note builds on, for reading.
 * @param {Context} context @param {Note | null} note
 * @param {{id: string, spoken: string, text: string}[]} cited
 * @param {boolean} [texts] Whether there is room for what they say.
 */
export function linkFacts({ spec }, note, cited, texts = false) {
  const arrow = spec.direction === "rtl" ? "←" : "→";
  return linked(note, cited).map(({ spoken, text }) => h("span", {
    class: "clb-fact clb-link", title: texts ? undefined : text,
  }, h("span", { class: "clb-link-no", text: `${arrow} ${spoken}` }), texts ? " " : null, texts ? h("bdi", { text }) : null));
}

/** @template {{id: string}} T @param {Note | null} note @param {T[]} cited @returns {T[]} */
function linked(note, cited) {
  return note?.links.flatMap((id) => cited.find((n) => n.id === id) ?? []) ?? [];
}

/**
 * Notes to tick; where they are many, a field to find some of them.
 * @param {Context} context
 * @param {{ticked?: (id: string, on: boolean) => void, done?: () => void}} [options] `ticked` hears
 *   of every tick; `done` that the person is through, by Enter.
 */
export function createChoice({ words }, { ticked, done } = {}) {
  /** @type {Map<string, {label: HTMLElement, box: HTMLInputElement, number: HTMLElement, text: HTMLElement}>} */
  const ticks = new Map();
  /** @type {Cited[]} */
  let shown = [];
  const legend = h("legend", { class: "clb-label", text: words.say("builds_on") });
  const none = h("p", { class: "clb-help", text: words.say("nothing_to_cite") });
  const search = h("input", {
    class: "clb-input", type: "search", dir: "auto", autocomplete: "off",
    "aria-label": words.say("find_link"), placeholder: words.say("find_link"), oninput: find,
  });
  const count = h("span", { class: "clb-help", role: "status" });
  const bar = h("div", { class: "clb-find" }, search, count);
  const list = h("div", { class: "clb-ticks" });
  const element = h("fieldset", { class: "clb-links", onkeydown }, legend, none, bar, list);

  /** @param {Cited} cited */
  function tickOf({ id }) {
    const known = ticks.get(id);
    if (known) return known;
    const box = h("input", { type: "checkbox", value: id, onchange: () => ticked?.(id, box.checked) });
    const number = h("b", {});
    const text = h("bdi", {});
    const made = { box, number, text, label: h("label", { class: "clb-check" }, box, h("span", {}, number, " ", text)) };
    ticks.set(id, made);
    return made;
  }

  function find() {
    const found = new Set(matching(shown, search.value));
    for (const note of shown) tickOf(note).label.hidden = !found.has(note);
    count.textContent = !search.value.trim() ? "" : !found.size ? words.say("no_link_found")
      : words.say("count_of", { count: found.size, limit: shown.length });
  }

  /** @param {KeyboardEvent} event */
  function onkeydown(event) {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const { key, target } = event;
    const stops = [...(bar.hidden ? [] : [search]), ...boxes().filter((box) => box.checkVisibility())];
    const at = stops.indexOf(target);
    if (at < 0) return;
    const go = (/** @type {number} */ to) => stops[to]?.focus();
    if (key === "ArrowDown" || key === "ArrowUp") go(at + (key === "ArrowDown" ? 1 : -1));
    else if (key === "Escape" && target === search && search.value) {
      search.value = "";
      find();
    } else if (key === "Enter" && target === search) go(1);
    else if (key === "Enter" && done) done();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const boxes = () => shown.map((note) => tickOf(note).box);

  return {
    element,
    legend,
    /** @param {Cited[]} cited @param {string[]} on Ids of those that are ticked. */
    draw(cited, on) {
      shown = cited;
      for (const note of cited) {
        const { box, number, text } = tickOf(note);
        box.checked = on.includes(note.id);
        const called = note.place ? `${note.spoken} (${note.place})` : note.spoken;
        if (number.textContent !== called) number.textContent = called;
        if (text.textContent !== note.text) text.textContent = note.text;
      }
      none.hidden = cited.length > 0;
      bar.hidden = cited.length < MANY && !search.value;
      arrange(list, cited.map((note) => tickOf(note).label));
      find();
    },
    /** Ids of those that are ticked, also where the search hides them. */
    read: () => boxes().filter((box) => box.checked).map((box) => box.value),
    /** @returns {boolean} Whether there is something to choose. */
    focus() {
      const first = bar.hidden ? boxes()[0] : search;
      first?.focus();
      return Boolean(first);
    },
  };
}

/**
 * What a row or a form builds on: a button that says it, and opens the choice. Each tick is done at
 * once.
 * @param {Context} context @param {Owner} owner @param {boolean} texts Whether there is room for
 *   what the other notes say.
 */
export function createLinks(context, owner, texts) {
  const { spec, words, store, uid } = context;
  const id = uid(`links-${owner.id}`);
  /** @type {ReturnType<typeof createChoice> | null} */
  let choice = null;
  let called = "";
  let drawn = "";
  const facts = h("span", { class: "clb-link-facts" });
  const panel = h("div", { class: "clb-choice", id: `${id}-choice`, hidden: true, onkeydown: left });
  const button = context.readonly ? h("div", { class: "clb-plain" }, facts) : h("button", {
    type: "button", class: "clb-input clb-links-button", id, "data-act": "links", hidden: true,
    "aria-expanded": "false", "aria-controls": panel.id, onclick: () => (choice ? close() : open()),
  }, facts, h("span", { class: "clb-caret", "aria-hidden": "true", text: "▾" }));
  const element = h("div", { class: "clb-box" }, button);

  function open() {
    choice = createChoice(context, {
      done: close,
      ticked(target, on) {
        store.do({ kind: on ? "link" : "unlink", version: owner.version, note: owner.id, target });
      },
    });
    panel.replaceChildren(choice.element, h("div", { class: "clb-tools" },
      h("button", { type: "button", class: "clb-button", onclick: close, text: words.say("done") })));
    show();
    drawChoice(store.look().cited);
    enter();
  }

  function enter() {
    if (!choice?.focus()) panel.querySelector("button").focus();
  }

  function close() {
    choice = null;
    button.focus();
    show();
    panel.replaceChildren();
  }

  function show() {
    panel.hidden = !choice;
    button.setAttribute("aria-expanded", String(Boolean(choice)));
    owner.changed();
  }

  /** @param {KeyboardEvent} event */
  function left(event) {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  }

  /** @param {Cited[]} cited */
  function drawChoice(cited) {
    const note = owner.note();
    if (!choice || !note) return;
    choice.legend.textContent = words.say("cell_of", { field: words.say("builds_on"), note: called });
    const wanted = { blocks: owner.block.cites, topic: spec.board.topic || owner.topic(), linked: note.links };
    const inside = () => panel.contains(panel.ownerDocument.activeElement);
    const had = inside();
    choice.draw(referable(cited, wanted), note.links);
    if (had && !inside()) enter(); // what had the focus is no longer there
  }

  return {
    element,
    panel,
    button,
    /** @param {string} name How the note is called. @param {Cited[]} cited */
    draw(name, cited) {
      const note = owner.note();
      const on = linked(note, cited);
      const state = JSON.stringify([name, on, !note]);
      called = name;
      if (state !== drawn) {
        drawn = state;
        const parts = linkFacts(context, note, cited, texts);
        facts.replaceChildren(...(parts.length || !note ? parts.flatMap((part) => [part, " "]) : [words.say("none")]));
        if (!context.readonly) {
          const links = on.map((n) => (texts ? `${n.spoken} ${n.text}` : n.spoken)).join(", ");
          button.setAttribute("aria-label", words.say("links_of", { note: name, links: links || words.say("no_links") }));
          button.hidden = !note;
        }
      }
      drawChoice(cited);
    },
  };
}
