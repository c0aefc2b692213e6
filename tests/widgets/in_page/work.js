// What a person does all morning: random edits and moves through the page's own buttons and keys.
([seed, name, count]) => {
  let state = seed;
  const random = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const root = document.querySelector('.clb');
  const pick = (list) => list[random(list.length)];
  const ARROWS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];
  const press = (element, key, more = {}) => element.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
  const work = { typed: [], moves: 0, done: false, wrong: '' };
  window.work = work;

  function edit(note) {
    note.click();
    const area = root.querySelector('.clb-editor .clb-edit');
    const text = `${name} ${work.typed.length}`;
    area.value = text;
    area.dispatchEvent(new InputEvent('input', { bubbles: true }));
    press(area, 'Enter');
    work.typed.push(text);
  }

  function move(note) {
    note.focus();
    press(note, pick(ARROWS), { altKey: true });
    work.moves += 1;
  }

  async function go() {
    for (let i = 0; i < count; i += 1) {
      const note = pick([...root.querySelectorAll('.clb-note')]);
      if (random(2)) edit(note);
      else move(note);
      // Other people's news come in between, at times several at once.
      await new Promise((after) => { setTimeout(after, random(40)); });
    }
  }
  go().catch((error) => { work.wrong = String(error); }).finally(() => { work.done = true; });
}
