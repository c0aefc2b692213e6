// The door for a page in one file: no kernel, no network; what is written stays in the browser.

import { mount } from "./frame.js";
import { createStore } from "./store.js";
import { createDrafts, createOutbox, memory, storage } from "./keep.js";
import { boardOf, createLine, createShelf, staying } from "./alone.js";
import { csvOf, rowsOf } from "./tidy.js";
import { createWords } from "./words.js";
import { h } from "./dom.js";
import { newId } from "./board.js";
import { createPresence } from "./presence.js";
import { VIEWS } from "./views.js";

const root = document.documentElement;
const data = JSON.parse(document.getElementById("offline-data")?.textContent ?? "");
const { spec } = data;
data.state.boards = Object.fromEntries(Object.entries(data.state.boards)
  .map(([version, places]) => [version, boardOf(/** @type {any} */ (places))]));
const words = createWords(spec);
const place = storage();
const lasting = typeof Storage === "function" && place instanceof Storage;
const shelf = createShelf(place, spec.board.key);
const line = createLine(data, shelf);
/** @type {any} */
let view = null;
const store = createStore(line, createOutbox(memory(), spec.board), {
  onRefused: (operation, why) => view?.context.refused(operation, why),
});

const button = h("button", {
  type: "button", class: "clb-button clb-primary", onclick: save, text: words.say("page_save"),
});
const files = h("p", { class: "offline-files" });
const stay = h("p", { class: "offline-stay", dir: "auto", hidden: true });
const lost = h("p", { class: "offline-lost", role: "alert", hidden: true, text: words.say("page_lost") });
const bar = h("div", { class: "clb offline-bar", lang: spec.language, dir: spec.direction },
  h("div", { class: "offline-save" }, button, files), stay, lost);

const changes = () => line.entries().filter(({ at }) => at > shelf.saved());

function save() {
  const entries = line.entries();
  const copy = `${shelf.copy()}/${entries.length}`;
  const rows = rowsOf({
    shape: data.table, given: data.state.boards, boards: line.boards(),
    operations: entries.map((entry) => entry.operation), copy,
    topics: spec.kind.topics.map((/** @type {any} */ t) => t.id),
    blocks: spec.kind.blocks.map((/** @type {any} */ b) => b.id),
  });
  const url = URL.createObjectURL(new Blob([csvOf(data.table.columns, rows)], { type: "text/csv" }));
  const link = h("a", { href: url, download: data.file, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
  shelf.save(Math.max(Date.now(), entries[entries.length - 1]?.at ?? 0));
  draw();
  view.context.announce(files.textContent);
}

function draw() {
  const entries = line.entries();
  const waiting = changes().length;
  const saved = shelf.saved();
  files.textContent = waiting ? words.count("page_unsaved", waiting)
    : saved ? words.say("page_file", { time: words.time(new Date(saved).toISOString()), file: data.file })
      : words.say("page_unchanged");
  const gone = staying(data.state.boards, line.boards(), entries, saved);
  stay.hidden = !gone.length;
  stay.textContent = words.say("page_stay", {
    notes: gone.map((note) => `${note.spoken} ${note.values.text ?? ""}`.trim()).join(" · "),
  });
  lost.hidden = lasting && line.kept;
  root.dataset.changed = String(entries.length > 0);
}

const dark = matchMedia("(prefers-color-scheme: dark)");
const theme = () => document.body.classList.toggle("clb-dark", dark.matches);
theme();
dark.addEventListener("change", theme);
addEventListener("beforeprint", () => document.body.classList.remove("clb-dark"));
addEventListener("afterprint", theme);

const el = /** @type {HTMLElement} */ (document.getElementById("offline-live"));
el.append(bar);
const drafts = createDrafts(place, spec.board, createPresence(place, newId()));
view = mount({ el, spec, store, drafts, views: VIEWS });
store.watch(draw);
draw();
root.dataset.live = "true";

addEventListener("storage", (event) => {
  if (!shelf.owns(event.key)) return;
  line.look();
  draw();
});
addEventListener("beforeunload", (event) => {
  if (changes().length && !(lasting && line.kept)) event.preventDefault();
});
