// What a page tells of its own speed: put into it before anything else runs.

window.watched = (() => {
  const PATIENCE = 60_000;
  const frame = () => new Promise(requestAnimationFrame);
  const painted = () => frame().then(frame);
  let keys = [];
  let committed = null;

  addEventListener("keydown", (event) => {
    const sample = { key: event.key, painted: 0, saved: 0, at: event.timeStamp };
    keys.push(sample);
    if (event.key === "Enter") committed = { sample, sent: false };
    // From when the system had the key, so that waiting behind other work counts.
    painted().then(() => { sample.painted = performance.now() - event.timeStamp; });
  }, true);

  new MutationObserver((changes) => {
    const state = changes.findLast(({ target }) => target.matches(".clb"))?.target.dataset.state;
    if (!committed || !state) return;
    if (state === "saving") committed.sent = true;
    if (state !== "saved" || !committed.sent) return;
    committed.sample.saved = performance.now() - committed.sample.at;
    committed = null;
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-state"] });

  return {
    /** Run a cell; how long until so many elements stand on the page, and two frames more. */
    async run(index, selector, count) {
      const notebook = window.jupyterapp.shell.currentWidget.content;
      notebook.activeCellIndex = index;
      const began = performance.now();
      const ran = window.jupyterapp.commands.execute("notebook:run-cell");
      for (let found = 0; found !== count; found = document.querySelectorAll(selector).length) {
        if (performance.now() > began + PATIENCE) throw new Error(`${found} of ${count} ${selector}`);
        await frame();
      }
      await painted();
      const took = performance.now() - began;
      await ran;
      return took;
    },
    /** Give the keys pressed since the last time, once all of them are painted. */
    async keys() {
      await painted();
      await painted();
      const all = keys;
      keys = [];
      return all;
    },
    saved: () => keys.some(({ saved }) => saved > 0),
  };
})();
