/** One notebook shown as a form: hides code, runs the form's cells, says how things stand. */

import { Bar } from "./bar.js";
import { isCurrent, parts } from "./cells.js";

const VIEW = "application/vnd.jupyter.widget-view+json";
/** How long a kernel that is well may take to say so, in milliseconds. */
const PATIENCE = 15_000;
/** The tag of cells that say something about the canvases, such as what is still open. */
const FOLLOWS = "follows-canvases";
/** How long a person pauses before such cells are run, in milliseconds. */
const PAUSE = 1_500;
/** Keys that edit a notebook together with Ctrl; others, such as to save, stay. */
const EDITING = new Set(["a", "c", "v", "x", "y", "z", "m", "-", "_", "enter"]);

/**
 * @typedef {import("./plugin.js").Form} Form
 * @typedef {import("./plugin.js").Page} Page
 */

export class FormPanel {
  /** @type {ReadonlyMap<string, string>} */
  #placed;
  #page;
  #context;
  #bar;
  /** Texts that the kernel has run since it started, by cell id. @type {Map<string, string>} */
  #ran = new Map();
  #busy = false;
  /** Whether the kernel may have started anew since the last look. */
  #due = false;
  #failed = false;
  /** Whether somebody wrote on a canvas since what follows them was run. */
  #written = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;
  #settled = false;
  #frame = 0;
  isDisposed = false;

  /**
   * @param {any} panel
   * @param {any} context
   * @param {Form} form
   * @param {Page} page
   */
  constructor(panel, context, form, page) {
    this.panel = panel;
    this.#context = context;
    this.#page = page;
    oneSaveAtATime(context);
    this.#placed = new Map(Object.entries(form.cells));
    panel.addClass("clusterlab-form");
    // Whatever somebody chose for other notebooks: a canvas stays on the page.
    const content = panel.content;
    content.notebookConfig = { ...content.notebookConfig, windowingMode: "none" };
    this.#bar = new Bar(panel, form, page, {
      again: () => this.#again(),
      rest: () => this.#runRest(),
      leave: () => this.#save(),
    });
    this.showCode(page.codeShown());
    // The canvases themselves say that the program has stopped; a dialog would take what is typed.
    if (panel._onSessionStatusChanged) {
      context.sessionContext.statusChanged.disconnect(panel._onSessionStatusChanged, panel);
    }
    content.node.addEventListener("clusterlab:state", this.#heard);
    content.node.addEventListener("keydown", this.#keepKeys);
    content.node.addEventListener("contextmenu", this.#keepMenu);
    page.NotebookActions.executed.connect(this.#executed);
    context.sessionContext.statusChanged.connect(this.#status);
    context.model.contentChanged.connect(this.#changed);
    context.model.stateChanged.connect(this.#changed);
    context.saveState.connect(this.#saved);
    void this.#start();
  }

  dispose() {
    if (this.isDisposed) return;
    this.isDisposed = true;
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#later);
    this.#page.NotebookActions.executed.disconnect(this.#executed);
  }

  /** @param {boolean} shown */
  showCode(shown) {
    this.panel.toggleClass("clusterlab-form-calm", !shown);
    this.panel.toolbar.setHidden(!shown);
    this.#bar.showCode(shown);
    this.#mark();
  }

  /**
   * Run the cell around a place of the page again; all of the form's where the kernel is new.
   *
   * @param {Node} place
   */
  async runAround(place) {
    const cell = this.#cells.find((c) => c.model.type === "code" && c.node.contains(place));
    if (!cell || this.#busy) return;
    const count = await this.#ask(PATIENCE);
    if (count === null) {
      await this.#again(); // it hangs, or is gone
      return;
    }
    const fresh = count === 0;
    if (fresh) await this.#revive();
    const mine = this.#parts().runs.some((index) => this.#cells[index] === cell);
    if (!fresh || !mine) await this.#run([cell]);
  }

  get #cells() {
    return this.panel.content.widgets;
  }

  get #kernel() {
    return this.#context.sessionContext.session?.kernel;
  }

  #parts() {
    const texts = this.#cells.map((/** @type {any} */ cell) => ({
      id: cell.model.id,
      type: cell.model.type,
      source: cell.model.sharedModel.getSource(),
    }));
    return parts(texts, this.#placed);
  }

  async #start() {
    await this.#context.ready;
    this.#mark();
    await this.#context.sessionContext.ready;
    await this.#revive();
  }

  /** Let the form's cells show what the kernel has now; run those that do not. */
  async #revive() {
    this.#due = true;
    if (this.#busy) return;
    while (this.#due && !this.isDisposed) {
      this.#due = false;
      const count = await this.#ask();
      if (count === null) {
        this.#failed = !this.#due;
        break;
      }
      const alive = await this.#alive();
      this.#ran = count === 0 ? new Map() : recall(this.#kernel);
      const stale = this.#parts()
        .runs.map((index) => this.#cells[index])
        .filter((cell) => count === 0 || !isCurrent(shows(cell), count, alive))
        .filter((cell) => cell.model.executionState !== "running");
      if (stale.length) await this.#run(stale);
    }
    this.#settled = true;
    this.#mark();
  }

  /**
   * Ask how many cells the kernel has run since it started; null where none answers.
   *
   * @param {number} [limit] how long to wait, in milliseconds; by default for as long as it takes
   */
  async #ask(limit) {
    try {
      const question = { code: "", silent: true, store_history: false };
      const asked = this.#kernel?.requestExecute(question).done;
      const late = new Promise((_, refuse) => limit && setTimeout(refuse, limit));
      const answer = await Promise.race([asked, late]);
      return /** @type {number | null} */ (answer?.content.execution_count ?? null);
    } catch {
      return null; // it was stopped while it was asked
    }
  }

  /** @returns {Promise<Set<string>>} the widgets that the kernel has */
  async #alive() {
    const shown = this.#cells.some((/** @type {any} */ cell) => shows(cell).models.length);
    if (!shown) return new Set();
    try {
      const answer = await this.#kernel.requestCommInfo({ target_name: "jupyter.widget" });
      return new Set(Object.keys(answer.content.comms ?? {}));
    } catch {
      return new Set();
    }
  }

  /** @param {any[]} cells */
  async #run(cells) {
    this.#busy = true;
    this.#mark();
    try {
      const { sessionContext } = this.#context;
      const done = await this.#page.NotebookActions.runCells(
        this.panel.content,
        cells,
        sessionContext,
      );
      this.#failed = !done && !this.#due;
      // Whoever reloads the page finds what is on it now.
      await this.#save();
    } finally {
      this.#busy = false;
      this.#mark();
    }
  }

  async #save() {
    if (this.isDisposed || !this.#context.model.dirty) return;
    await this.#context.save().catch(() => {}); // JupyterLab has said why
  }

  async #again() {
    const { sessionContext } = this.#context;
    this.#failed = false;
    this.#settled = false;
    this.#mark();
    if (!this.#kernel) await sessionContext.startKernel();
    else await sessionContext.restartKernel();
    await this.#revive();
  }

  async #runRest() {
    if (this.#busy) return;
    await this.#run(this.#rest());
  }

  /** What still waits for a click. */
  #rest() {
    return this.#parts()
      .rest.map((index) => this.#cells[index])
      .filter((cell) => this.#ran.get(cell.model.id) !== cell.model.sharedModel.getSource());
  }

  /** Bring marks, words and buttons up to how things stand. */
  #mark() {
    if (this.isDisposed || !this.#context.isReady) return;
    const shown = this.#page.codeShown();
    const { own } = this.#parts();
    let any = false;
    this.#cells.forEach((/** @type {any} */ cell, /** @type {number} */ index) => {
      cell.toggleClass("clusterlab-form-own", own.has(index));
      if (cell.model.type === "code") unfold(cell, own.has(index) || shown);
      any ||= cell.model.type === "code" && cell.model.outputs.length > 0;
    });
    this.panel.toggleClass("clusterlab-form-empty", !any);
    const working = this.#busy || !this.#settled;
    this.#bar.say({
      working,
      failed: this.#failed && !working,
      rest: !working && this.#rest().length > 0,
      dirty: this.#context.model.dirty,
      canvases: canvases(this.panel.content.node),
    });
  }

  /** Run again, without a word, what says something about the canvases. */
  async #follow() {
    if (this.isDisposed || this.#busy || canvases(this.panel.content.node)) return;
    this.#written = false;
    const cells = this.#parts()
      .runs.map((index) => this.#cells[index])
      .filter((cell) => cell.model.getMetadata("tags")?.includes(FOLLOWS));
    if (!cells.length) return;
    const { sessionContext } = this.#context;
    await this.#page.NotebookActions.runCells(this.panel.content, cells, sessionContext);
    await this.#save();
  }

  /** @param {Event} event */
  #heard = (event) => {
    this.#changed();
    const { detail } = /** @type {CustomEvent} */ (event);
    if (detail === "saving") this.#written = true;
    clearTimeout(this.#later);
    if (this.#written) this.#later = setTimeout(() => void this.#follow(), PAUSE);
  };

  #changed = () => {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#mark();
    });
  };

  /**
   * @param {any} _sender
   * @param {string} state
   */
  #saved = (_sender, state) => this.#bar.saving(state);

  /**
   * @param {any} _sender
   * @param {string} status
   */
  #status = (_sender, status) => {
    if (/starting|dead|terminating/.test(status)) {
      this.#due = true;
    } else if (status === "idle" && this.#due && this.#settled && !this.#busy) {
      this.#settled = false;
      this.#mark();
      void this.#revive();
    }
  };

  /**
   * @param {any} _sender
   * @param {{notebook: any, cell: any}} args
   */
  #executed = (_sender, { notebook, cell }) => {
    if (notebook !== this.panel.content) return;
    this.#ran.set(cell.model.id, cell.model.sharedModel.getSource());
    remember(this.#kernel, this.#ran);
    this.#changed();
  };

  /** Whether the form's own cells are protected from keys meant for notebooks. */
  get #guards() {
    const { activeCell } = this.panel.content;
    return !this.#page.codeShown() && activeCell && !isTheirs(activeCell);
  }

  /** @param {KeyboardEvent} event */
  #keepKeys = (event) => {
    const chord = event.ctrlKey || event.metaKey;
    const passes = chord && !event.altKey && !EDITING.has(event.key.toLowerCase());
    if (this.#guards && !passes && !/^(Tab|F\d+)$/.test(event.key)) event.stopPropagation();
  };

  /** @param {MouseEvent} event */
  #keepMenu = (event) => {
    if (this.#guards) event.stopPropagation();
  };
}

/**
 * How the worst of the canvases stands.
 *
 * @param {HTMLElement} node
 */
function canvases(node) {
  const found = [...node.querySelectorAll(".clb[data-state]")];
  const states = new Set(found.map((e) => /** @type {HTMLElement} */ (e).dataset.state));
  return ["stopped", "unconnected", "waiting", "saving"].find((state) => states.has(state)) ?? "";
}

/**
 * Let a save wait for the one before: JupyterLab would take the file that its own save has just
 * written for one that somebody else changed, and ask which of them to keep.
 *
 * @param {any} context
 */
function oneSaveAtATime(context) {
  const save = context.save.bind(context);
  let last = Promise.resolve();
  context.save = () => {
    const mine = last.then(save);
    last = mine.catch(() => {});
    return mine;
  };
}

/** @param {any} cell */
const isTheirs = (cell) => cell.model.type !== "code" || cell.hasClass("clusterlab-form-own");

/**
 * Open a cell's code whatever the file says, so that nobody runs code that was put out of sight;
 * or let the file decide again. Nothing of it is written to the file.
 *
 * @param {any} cell
 * @param {boolean} open
 */
function unfold(cell, open) {
  if (open === !cell.syncCollapse) return;
  cell.syncCollapse = !open;
  if (open) cell.inputHidden = false;
}

/**
 * What a kernel has run is kept over a reload of the page; a notebook's own counts may be made up.
 *
 * @param {any} kernel
 * @param {ReadonlyMap<string, string>} ran
 */
function remember(kernel, ran) {
  try {
    sessionStorage.setItem(`clusterlab-form:${kernel?.id}`, JSON.stringify([...ran]));
  } catch {
    // It is too much to keep: after a reload a button more is shown.
  }
}

/**
 * @param {any} kernel
 * @returns {Map<string, string>}
 */
function recall(kernel) {
  return new Map(JSON.parse(sessionStorage.getItem(`clusterlab-form:${kernel?.id}`) ?? "[]"));
}

/** @param {any} cell */
function shows(cell) {
  const { model } = cell;
  const models = [];
  for (let index = 0; index < (model.outputs?.length ?? 0); index++) {
    const view = model.outputs.get(index).data?.[VIEW];
    if (view) models.push(String(view.model_id));
  }
  return { trusted: model.trusted, count: model.executionCount ?? null, models };
}
