// A line and a clock that do what a test tells them.

/** A clock that stands still until it is told to go on. */
export function createClock() {
  let now = 0;
  let timers = [];
  return {
    set(f, ms) {
      const timer = { f, at: now + ms };
      timers.push(timer);
      return timer;
    },
    clear(timer) { timers = timers.filter((t) => t !== timer); },
    get next() { return timers.length ? Math.min(...timers.map((t) => t.at)) - now : null; },
    get count() { return timers.length; },
    pass(ms) {
      const until = now + ms;
      for (;;) {
        const due = timers.filter((t) => t.at <= until).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        now = due.at;
        timers = timers.filter((t) => t !== due);
        due.f();
      }
      now = until;
    },
  };
}

/** A line that keeps what is sent; `up` false: sending fails. */
export function createLine(state) {
  const line = {
    sent: [], kept: [], up: true, closed: false,
    state: () => state,
    keep: (kept) => line.kept.push(kept),
    send(message) {
      if (line.up) line.sent.push(structuredClone(message));
      return line.up;
    },
    listen: (f) => { line.hear = f; },
    onLost: (f) => { line.lost = f; },
    close: () => { line.closed = true; },
    /** What was sent since last time. */
    taken: () => line.sent.splice(0),
  };
  return line;
}

/** An outbox as one page's memory. */
export function createBox(operations = []) {
  let held = [...operations];
  return {
    read: () => [...held],
    add: (operation) => held.push(operation) > 0,
    remove: (id) => { held = held.filter((o) => o.id !== id); },
  };
}

export const note = (id, more = {}) => ({
  id, spoken: "S1", topic: "", block: "b", values: { text: id }, links: [], author: "bob",
  heads: [`h-${id}`], alternatives: [], deleted: false, ...more,
});

/** A state as the kernel's snapshot gives it. */
export function stateOf(notes, more = {}) {
  const lists = {};
  for (const n of notes) (lists[`${n.topic}/${n.block}`] ??= []).push(n.id);
  const board = { notes: Object.fromEntries(notes.map((n) => [n.id, n])), lists };
  return { epoch: "e1", revision: 0, saved: "", boards: { current: board }, cited: [], authors: {}, ...more };
}
