import assert from "node:assert/strict";
import { test } from "node:test";

import { heed } from "../../clusterlab/widgets/static/jupyter.js";

class Plain {
  heard = [];
  comm = { on_msg: (/** @type {any} */ f) => { this.tell = f; } };
  /** @param {any} message */
  async _handle_comm_msg(message) { this.heard.push(message); }
}

class Gated extends Plain {
  async _handle_comm_msg() { throw new Error("[anywidget] Failed to initialize model."); }
}

/** @param {any} whole */
const proxy = (whole) => ({
  get: () => "m1",
  widget_manager: { get_model: async (/** @type {string} */ id) => (id === "m1" ? whole : null) },
});

test("what the kernel says comes through a gate that gave up", async () => {
  const whole = new (class extends Gated {})();
  await heed(proxy(whole));
  await whole.tell("hello");
  assert.deepEqual(whole.heard, ["hello"]);
});

test("where there is no gate, or no such model, nothing is changed", async () => {
  const whole = new Plain();
  await heed(proxy(whole));
  assert.equal(whole.tell, undefined);
  await heed(proxy(null));
  await heed({ get: () => "m1" });
  await heed({ get: () => "m1", widget_manager: { get_model() { throw new Error("none"); } } });
  await heed({ get: () => "m1", widget_manager: { get_model: () => Promise.reject(new Error("gone")) } });
});
