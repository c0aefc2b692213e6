// How a store talks to its kernel through a Jupyter widget's model.

const GONE = new Set(["restarting", "autorestarting", "terminating", "dead"]);

/** @param {any} model @returns {import("./store.js").Line} */
export function lineOf(model) {
  /** @type {[string, (...given: any[]) => void][]} */
  const heard = [];
  const on = (/** @type {string} */ event, /** @type {(...given: any[]) => void} */ f) => {
    model.on(event, f);
    heard.push([event, f]);
  };
  /** @type {any} */
  let changed;
  /** @type {any} */
  let told;
  return {
    state: () => model.get("state"),
    // Only here: later views and a saved notebook show what is now. Never sent to the kernel.
    keep: (state) => {
      const plain = Object.entries(state.boards).map(([v, b]) => [v, { notes: b.notes, lists: b.lists }]);
      model.set("state", { ...state, boards: Object.fromEntries(plain) });
    },
    send(message) {
      try {
        model.send(message);
        return true;
      } catch {
        return false; // the kernel is gone
      }
    },
    listen: (f) => on("msg:custom", f),
    onLost(f) {
      on("comm_live_update", f);
      // JupyterLab tells widgets of a restart that somebody asked for, not of one after a crash.
      changed = model.widget_manager?.kernel?.statusChanged;
      told = (/** @type {any} */ _, /** @type {string} */ status) => {
        if (GONE.has(status)) f();
      };
      changed?.connect?.(told);
    },
    close() {
      changed?.disconnect?.(told);
      for (const [event, f] of heard) model.off(event, f);
    },
  };
}

/**
 * Hear the kernel whatever anywidget thinks of a model.
 *
 * It lets nothing through to one whose module took more than two seconds to come, as some do while a
 * page with many canvases opens on a slow computer. Whoever calls this is that module.
 *
 * @param {any} model
 */
export async function heed(model) {
  /** @type {any} */
  let whole;
  try {
    whole = await model.widget_manager.get_model(model.get("model"));
  } catch {
    return; // no such model here, or none to be had: all stays as it is
  }
  let gate = whole;
  while (gate && !Object.hasOwn(gate, "_handle_comm_msg")) gate = Object.getPrototypeOf(gate);
  const plain = gate && Object.getPrototypeOf(gate)._handle_comm_msg;
  if (plain) whole.comm?.on_msg?.((/** @type {unknown} */ message) => plain.call(whole, message));
}
