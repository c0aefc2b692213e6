import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createStore } from "../../clusterlab/widgets/static/store.js";
import { createBox, createClock, createLine, note, stateOf } from "./fakes.js";

let clock, line, box, store, looks, refused;

function open(options = {}, operations = [], state = stateOf([note("a"), note("b")])) {
  [clock, line, box, looks, refused] = [createClock(), createLine(state), createBox(operations), [], []];
  const onRefused = (operation, why) => refused.push([operation.id, why]);
  store = createStore(line, box, { me: "ann", clock, onRefused, ...options });
  store.watch((look) => looks.push(look));
}
function greet(more = {}) {
  line.hear({ kind: "board", client: store.client, ...more });
  line.taken();
}
beforeEach(() => {
  open();
  greet();
});

const look = () => store.look();
const text = (id) => look().boards.current?.notes[id]?.values.text;
const edit = (id, words, more = {}) => store.do({ kind: "edit", version: "current", note: id, values: { text: words }, ...more });
const add = (id, words) => store.do({ kind: "add", version: "current", note: id, block: "b", topic: "", values: { text: words } });
const changed = (revision, more = {}) => line.hear({ kind: "changed", revision, done: [], saved: "", steps: [], ...more });
const step = (id, words, heads, above = "") => (
  { version: "current", note: note(id, { values: { text: words }, heads }), above, operation: heads.at(-1) });
const order = () => look().boards.current.lists["/b"];

test("a page asks first what there is", () => {
  open();
  assert.deepEqual(line.sent, [{ kind: "hello", client: store.client, epoch: "e1", revision: 0 }]);
  assert.equal(look().link, "connecting");
  greet();
  assert.equal(look().link, "live");
});

test("a page to read only asks nothing", () => {
  open({ readonly: true });
  assert.deepEqual(line.sent, []);
  assert.equal(look().link, "readonly");
});

test("what somebody does shows at once and is sent with what they saw", () => {
  const done = edit("a", "A");
  assert.equal(text("a"), "A");
  assert.equal(done.author, "ann");
  assert.deepEqual(done.base, ["h-a"]);
  assert.deepEqual(line.sent, [{ kind: "do", client: store.client, operation: done }]);
  assert.deepEqual([...look().pending], ["a"]);
  assert.equal(look().waiting, 1);
  assert.deepEqual(box.read(), [done]);
  assert.equal(looks.at(-1).waiting, 1);
});

test("the base that was seen when the writing began is what is sent", () => {
  changed(1, { steps: [step("a", "Bob's", ["x"])] });
  assert.deepEqual(edit("a", "A", { base: ["h-a"] }).base, ["h-a"]);
});

test("an addition carries no base; what follows builds on it", () => {
  const first = add("n", "N");
  assert.equal("base" in first, false);
  assert.deepEqual(edit("n", "M").base, [first.id]);
  assert.equal(text("n"), "M");
});

test("the kernel's word replaces what was foretold", () => {
  const done = edit("a", "A ");
  changed(1, { done: [done.id], steps: [step("a", "A", [done.id])], saved: "2026-01-01T10:00:00Z" });
  assert.equal(text("a"), "A");
  assert.equal(look().waiting, 0);
  assert.equal(look().saved, "2026-01-01T10:00:00Z");
  assert.deepEqual(box.read(), []);
  assert.equal(clock.count, 0, "nothing is waited for any more");
});

test("what is on its way stands upon what others do meanwhile", () => {
  edit("a", "A");
  changed(1, { steps: [step("b", "Bob's", ["x"], "a")] });
  assert.deepEqual([text("a"), text("b"), look().waiting], ["A", "Bob's", 1]);
  assert.deepEqual(order(), ["a", "b"]);
});

test("the same acknowledgement twice, and one of another page, do no harm", () => {
  const done = edit("a", "A");
  changed(1, { done: [done.id], steps: [step("a", "A", [done.id])] });
  edit("a", "B");
  changed(1, { done: [done.id], steps: [step("a", "A", [done.id])] });
  changed(2, { done: [done.id, "other"] });
  assert.deepEqual([text("a"), look().waiting, look().boards.current.notes.a.heads.length], ["B", 1, 1]);
});

test("an old message changes nothing but acknowledges", () => {
  changed(1, { steps: [step("b", "Bob's", ["x"], "a")], saved: "2" });
  const done = edit("a", "A");
  changed(1, { done: [done.id], steps: [step("b", "older", ["w"], "a")], saved: "1" });
  assert.deepEqual([text("b"), look().waiting, look().saved], ["Bob's", 0, "2"]);
});

test("a gap in the revisions: the page asks for everything and takes nothing in between", () => {
  changed(2, { steps: [step("a", "late", ["x"])] });
  assert.deepEqual(line.taken(), [{ kind: "hello", client: store.client, epoch: "e1", revision: 0 }]);
  assert.equal(text("a"), "a");
  assert.ok(clock.next > 0, "the answer is waited for");
  clock.pass(clock.next);
  assert.equal(line.taken().length, 1, "and asked for again");
  greet({ state: stateOf([note("a", { values: { text: "late" } })], { revision: 2 }) });
  assert.equal(text("a"), "late");
  assert.equal(clock.count, 0);
});

test("a whole state closes a gap", () => {
  const done = edit("a", "A");
  line.taken();
  changed(7, { done: [done.id], steps: undefined, state: stateOf([note("c")], { revision: 7 }) });
  assert.deepEqual([text("c"), text("a"), look().waiting], ["c", undefined, 0]);
  changed(8, { steps: [step("c", "C", ["x"])] });
  assert.equal(text("c"), "C");
  assert.deepEqual(line.taken(), []);
});

test("an older whole state is passed over", () => {
  changed(1, { steps: [step("a", "new", ["x"])] });
  greet({ state: stateOf([note("a", { values: { text: "stale" } })], { revision: 0 }) });
  assert.equal(text("a"), "new");
  changed(1, { steps: undefined, state: stateOf([], { revision: 1 }) });
  assert.equal(text("a"), "new");
});

test("the state of a new kernel counts whatever its number", () => {
  changed(1, { steps: [step("a", "old", ["x"])] });
  greet({ state: stateOf([note("a", { values: { text: "new" } })], { epoch: "e2", revision: 0 }) });
  assert.equal(text("a"), "new");
});

test("what was asked for by another page is no answer", () => {
  line.hear({ kind: "board", client: "other", state: stateOf([], { revision: 5 }) });
  line.hear({ kind: "weather" });
  line.hear(null);
  assert.equal(text("a"), "a");
});

test("a whole board leaves what is on its way, and it is sent again in order", () => {
  const first = add("n", "N");
  const second = edit("n", "M");
  line.taken();
  line.hear({ kind: "board", client: store.client, state: stateOf([note("b")], { revision: 3 }) });
  assert.equal(text("n"), "M");
  assert.deepEqual(line.taken().map((m) => m.operation.id), [first.id, second.id]);
});

test("a refusal takes the change back and says why", () => {
  const done = edit("a", "A");
  line.hear({ kind: "refused", client: store.client, id: done.id, again: false, why: "too long" });
  assert.deepEqual([text("a"), look().waiting, store.canUndo], ["a", 0, false]);
  assert.deepEqual(refused, [[done.id, "too long"]]);
  assert.deepEqual(box.read(), []);
});

test("refusals of another page or of what nobody asked are passed over", () => {
  const done = edit("a", "A");
  line.hear({ kind: "refused", client: "other", id: done.id, again: false, why: "" });
  line.hear({ kind: "refused", client: store.client, id: "gone", again: false, why: "" });
  assert.deepEqual([text("a"), look().waiting, refused], ["A", 1, []]);
});

test("a busy journal is asked again, and the page says that it waits", () => {
  const done = edit("a", "A");
  line.taken();
  line.hear({ kind: "refused", client: store.client, id: done.id, again: true, why: "busy" });
  assert.deepEqual([text("a"), look().missed, look().waiting, refused], ["A", 1, 1, []]);
  clock.pass(clock.next);
  assert.equal(line.taken()[0].kind, "hello");
  greetAndTake((sent) => assert.deepEqual(sent.map((m) => m.operation.id), [done.id]));
  changed(1, { done: [done.id], steps: [step("a", "A", [done.id])] });
  assert.deepEqual([look().missed, look().waiting], [0, 0]);
});

function greetAndTake(check) {
  line.hear({ kind: "board", client: store.client });
  check(line.taken());
}

test("what builds on something that is tried again waits for it", () => {
  const first = add("n", "N");
  const second = edit("n", "M");
  line.hear({ kind: "refused", client: store.client, id: first.id, again: true, why: "busy" });
  line.hear({ kind: "refused", client: store.client, id: second.id, again: false, why: "no such note" });
  assert.deepEqual([text("n"), look().waiting, refused], ["M", 2, []]);
  line.taken();
  greetAndTake((sent) => assert.deepEqual(sent.map((m) => m.operation.id), [first.id, second.id]));
  changed(1, { done: [first.id], steps: [step("n", "N", [first.id], "b")] });
  line.hear({ kind: "refused", client: store.client, id: second.id, again: false, why: "no" });
  assert.deepEqual(refused, [[second.id, "no"]]);
});

test("without an answer the page says so and asks again, ever more slowly", () => {
  edit("a", "A");
  assert.equal(clock.next, 4000);
  clock.pass(3999);
  assert.equal(look().missed, 0);
  clock.pass(1);
  assert.equal(looks.at(-1).missed, 1);
  const waits = [];
  for (let i = 0; i < 12; i += 1) {
    waits.push(clock.next);
    clock.pass(clock.next);
  }
  assert.ok(waits.every((wait, i) => i === 0 || wait >= waits[i - 1]), String(waits));
  assert.ok(waits[0] >= 3000 && waits[0] < 6000 && waits.at(-1) === 30000, String(waits));
  assert.equal(line.sent.filter((m) => m.kind === "hello").length, 13);
  greet();
  assert.equal(look().missed, 0);
  assert.equal(clock.next, 4000);
});

test("what others write is no answer to what this page waits for", () => {
  edit("a", "A");
  for (let i = 1; i < 4; i += 1) {
    clock.pass(1500);
    changed(i, { steps: [step("b", `Bob's ${i}`, [`x${i}`], "a")] });
  }
  assert.equal(look().missed, 1);
  assert.ok(line.sent.some((m) => m.kind === "hello"), "it was never asked again");
});

test("a kernel that is gone: all stays, and is sent when it comes back", () => {
  line.up = false;
  const first = edit("a", "A");
  assert.equal(looks.at(-1).link, "stopped");
  const second = add("n", "N");
  assert.deepEqual([text("a"), text("n"), look().waiting], ["A", "N", 2]);
  assert.deepEqual(box.read(), [first, second]);
  assert.equal(clock.count, 0);
  line.up = true;
  line.lost();
  assert.equal(look().link, "stopped");
  assert.deepEqual(line.taken().map((m) => m.kind), ["hello"]);
  line.hear({ kind: "board", client: store.client, state: stateOf([note("a"), note("b")], { epoch: "e2" }) });
  assert.deepEqual(line.taken().map((m) => m.operation.id), [first.id, second.id]);
  assert.deepEqual([text("a"), text("n"), look().link], ["A", "N", "live"]);
});

test("a line that says it is down stops the waiting", () => {
  edit("a", "A");
  line.lost();
  assert.deepEqual([look().link, clock.count], ["stopped", 0]);
  line.taken();
  edit("b", "B");
  assert.deepEqual(line.taken(), []);
  assert.equal(look().waiting, 2);
});

test("what an earlier page could not send is shown and sent", () => {
  const old = { id: "old", kind: "edit", version: "current", note: "a", values: { text: "kept" }, base: ["h-a"] };
  const gone = { ...old, id: "gone", version: "another" };
  open({}, [old, gone]);
  assert.deepEqual([text("a"), look().kept, look().waiting], ["kept", 2, 2]);
  line.taken();
  greetAndTake((sent) => assert.deepEqual(sent.map((m) => m.operation.id), ["old", "gone"]));
  changed(1, { done: ["old"], steps: [step("a", "kept", ["old"])] });
  assert.deepEqual([box.read().map((o) => o.id), look().waiting], [["gone"], 1]);
});

test("another tab's acknowledgement empties the shared outbox", () => {
  const old = { id: "old", kind: "edit", version: "current", note: "a", values: { text: "kept" }, base: [] };
  box.add(old);
  changed(1, { done: ["old"] });
  assert.deepEqual(box.read(), []);
});

test("undo and redo of what is not confirmed yet", () => {
  const first = edit("a", "A");
  const second = edit("a", "AA");
  assert.equal(store.undo(), second);
  assert.equal(text("a"), "A");
  assert.equal(store.undo(), first);
  assert.deepEqual([text("a"), store.canUndo, store.canRedo, store.undo()], ["a", false, true, null]);
  store.redo();
  assert.equal(text("a"), "A");
  store.redo();
  assert.deepEqual([text("a"), store.canRedo, store.redo()], ["AA", false, null]);
  store.undo();
  assert.equal(text("a"), "A");
  assert.deepEqual(line.sent.map((m) => m.operation.kind), ["edit", "edit", "undo", "undo", "undo", "undo", "undo"]);
  assert.equal(line.sent[2].operation.target, second.id);
  assert.equal(line.sent[4].operation.target, line.sent[3].operation.id);
});

test("undo of what was confirmed shows at once too", () => {
  const done = edit("a", "A");
  changed(1, { done: [done.id], steps: [step("a", "A", [done.id])] });
  store.undo();
  assert.equal(text("a"), "a");
});

test("undo of a confirmed addition takes it away, redo brings it back", () => {
  const done = add("n", "N");
  changed(1, { done: [done.id], steps: [step("n", "N", [done.id], "b")] });
  assert.deepEqual(order(), ["a", "b", "n"]);
  store.undo();
  assert.equal(look().boards.current.notes.n.deleted, true);
  store.redo();
  assert.equal(look().boards.current.notes.n.deleted, false);
});

test("undo of a confirmed move puts the note back where it was", () => {
  const done = store.do({ kind: "move", version: "current", note: "b", topic: "", block: "b", after: "" });
  changed(1, { done: [done.id], steps: [step("b", "b", [done.id], "")] });
  assert.deepEqual(order(), ["b", "a"]);
  store.undo();
  assert.deepEqual(order(), ["a", "b"]);
});

test("undo after a whole board came", () => {
  const done = edit("a", "A");
  changed(1, { done: [done.id], steps: [step("a", "A", [done.id])] });
  greet({ state: stateOf([note("a", { values: { text: "A" }, heads: [done.id] })], { revision: 4 }) });
  store.undo();
  assert.equal(text("a"), "a");
});

test("undo does not foretell over what somebody else wrote since", () => {
  const done = edit("a", "A");
  changed(1, { done: [done.id], steps: [step("a", "A", [done.id])] });
  changed(2, { steps: [step("a", "Bob's", ["x"])] });
  store.undo();
  assert.equal(text("a"), "Bob's");
  assert.deepEqual(line.sent.at(-1).operation.base, ["x"]);
});

test("a new step ends what could be done again", () => {
  edit("a", "A");
  store.undo();
  edit("b", "B");
  assert.equal(store.canRedo, false);
});

test("an undo that was refused can be tried no more, nor done again", () => {
  edit("a", "A");
  store.undo();
  const { id } = line.sent.at(-1).operation;
  changed(1, { done: [line.sent.at(-2).operation.id], steps: [step("a", "A", [line.sent.at(-2).operation.id])] });
  line.hear({ kind: "refused", client: store.client, id, again: false, why: "" });
  assert.deepEqual([store.canUndo, store.canRedo], [false, false]);
});

test("what can be undone has an end", () => {
  for (let i = 0; i < 250; i += 1) edit("a", `A${i}`);
  let steps = 0;
  while (store.undo()) steps += 1;
  assert.ok(steps >= 200 && steps <= 201, String(steps));
});

test("signs of new authors come with their notes", () => {
  changed(1, { steps: [step("a", "A", ["x"])], authors: { bob: "B" } });
  assert.deepEqual(look().authors, { bob: "B" });
  changed(2, { steps: [step("a", "AA", ["y"])] });
  assert.deepEqual(look().authors, { bob: "B" });
});

test("what is confirmed is kept for later views, without what is on its way", () => {
  edit("a", "A");
  changed(1, { steps: [step("b", "Bob's", ["x"], "a")] });
  const kept = line.kept.at(-1);
  assert.deepEqual([kept.revision, kept.boards.current.notes.a.values.text, kept.boards.current.notes.b.values.text], [1, "a", "Bob's"]);
});

test("a store that is closed waits for nothing and tells nobody", () => {
  edit("a", "A");
  const before = looks.length;
  store.close();
  assert.deepEqual([clock.count, line.closed], [0, true]);
  line.hear({ kind: "changed", revision: 1, done: [], saved: "", steps: [] });
  assert.equal(looks.length, before);
});

test("who watches no longer hears no more", () => {
  const heard = [];
  const stop = store.watch((now) => heard.push(now));
  edit("a", "A");
  stop();
  edit("a", "B");
  assert.equal(heard.length, 1);
});

test("taking back an addition does not take away what somebody else wrote since", () => {
  const first = add("n", "mine");
  changed(1, { done: [first.id], steps: [step("n", "mine", [first.id])] });
  changed(2, { steps: [step("n", "theirs", ["x"])] });
  const last = edit("n", "mine again");
  changed(3, { done: [last.id], steps: [step("n", "mine again", [last.id])] });
  assert.equal(store.stays("undo"), false);
  assert.equal(store.undo().id, last.id);
  assert.equal(store.stays("undo"), true);
  assert.equal(store.undo(), null);
  assert.equal(look().boards.current.notes.n.deleted, false);
  assert.equal(store.canUndo, false, "what lies before can be taken back next time");
});

test("nor does bringing back or deleting, once taken back or done again", () => {
  changed(1, { steps: [{ ...step("a", "a", ["x"]), note: note("a", { deleted: true, heads: ["x"] }) }] });
  store.do({ kind: "restore", version: "current", note: "a" });
  changed(2, { steps: [step("a", "theirs", ["y"])] });
  assert.deepEqual([store.stays("undo"), store.undo()], [true, null]);
  store.do({ kind: "delete", version: "current", note: "b" });
  store.undo();
  line.hear({ kind: "changed", revision: 3, done: [], saved: "", state: stateOf([note("a"), note("b", { heads: ["z"] })], { revision: 3 }) });
  assert.deepEqual([store.stays("redo"), store.redo()], [true, null]);
});

test("an addition on which only its own person wrote is taken back, also twice", () => {
  add("n", "mine");
  edit("n", "mine, longer");
  changed(1, { steps: [step("a", "somebody on another note", ["x"])] });
  store.undo();
  assert.equal(store.stays("undo"), false);
  assert.equal(store.undo().kind, "add");
  assert.equal(look().boards.current.notes.n.deleted, true);
  store.redo();
  assert.equal(look().boards.current.notes.n.deleted, false);
  changed(2, { steps: [step("n", "theirs", ["y"])] });
  assert.deepEqual([store.stays("undo"), store.undo()], [true, null]);
});

test("a page whose kernel lets it write again says so, and asks what there is", () => {
  open({ readonly: true });
  store.renew({ me: "bob", readonly: false });
  assert.equal(looks.at(-1).link, "connecting");
  assert.equal(line.taken()[0].kind, "hello");
  greet();
  assert.equal(edit("a", "A").author, "bob");
  store.renew({ readonly: true });
  assert.equal(looks.at(-1).link, "readonly");
});

test("of several who watch one leads, until it is gone", () => {
  const [one, two] = [() => {}, () => {}];
  store.close();
  const stop = store.watch(one);
  store.watch(two);
  assert.deepEqual([store.leads(one), store.leads(two)], [true, false]);
  stop();
  assert.equal(store.leads(two), true);
});
