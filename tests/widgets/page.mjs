// A page without a screen: the store of the front end, driven line by line from a test.

import { createInterface } from "node:readline";

import { createStore } from "../../clusterlab/widgets/static/store.js";

const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
let waited = null;
const clock = { set: (f) => { waited = f; return f; }, clear: () => { waited = null; } };
const kept = new Map();
const outbox = {
  read: () => [...kept.values()],
  add: (operation) => kept.set(operation.id, operation),
  remove: (id) => kept.delete(id),
};
let store;
let hear;

const deeds = {
  open({ state }) {
    const line = {
      state: () => state, keep() {}, onLost() {}, close() {},
      send: (message) => { say({ send: message }); return true; },
      listen: (f) => { hear = f; },
    };
    store = createStore(line, outbox, { me: "page", clock, onRefused: (operation, why) => say({ refused: why }) });
  },
  /** Time passes without an answer. */
  wait() { waited?.(); },
  hear: ({ message }) => hear(message),
  /** Something random that a person could do on what the page shows. */
  act({ kind, which, other, id, words }) {
    const board = store.look().boards.current;
    const notes = Object.values(board.notes).filter((n) => !n.deleted).sort((a, b) => (a.id < b.id ? -1 : 1));
    const note = notes[which % notes.length]?.id;
    const place = { block: ["strengths", "threats"][other % 2], topic: "business" };
    const version = "current";
    if (kind === "add") store.do({ kind, version, note: id, ...place, after: note, values: { text: words } });
    else if (kind === "undo" || kind === "redo") store[kind]();
    else if (note && kind === "edit") store.do({ kind, version, note, values: { text: words } });
    else if (note && kind === "move") store.do({ kind, version, note, ...place, after: notes[other % notes.length].id });
  },
  show() {
    const { boards, waiting } = store.look();
    const { notes, lists } = boards.current;
    say({ shown: { notes, lists }, waiting, outbox: kept.size });
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  deeds[asked.deed](asked);
  say({ done: true });
}
