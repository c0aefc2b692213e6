/** The line above a form: the workshop's forms, what is going on, and the way to the code. */

/**
 * @typedef {import("./plugin.js").Form} Form
 * @typedef {import("./plugin.js").Page} Page
 * @typedef {{working: boolean, failed: boolean, rest: boolean, dirty: boolean, canvases: string}} State
 *   `canvases`: "" where all they hold is saved
 */

/**
 * Make an element; its text is only ever text.
 *
 * @param {string} tag
 * @param {string} name
 * @param {string} [text]
 */
function element(tag, name, text = "") {
  const made = document.createElement(tag);
  made.className = `clusterlab-form-${name}`;
  made.textContent = text;
  return made;
}

/**
 * @param {string} name
 * @param {string} text
 * @param {() => void} clicked
 */
function button(name, text, clicked) {
  const made = /** @type {HTMLButtonElement} */ (element("button", name, text));
  made.type = "button";
  made.addEventListener("click", clicked);
  return made;
}

export class Bar {
  #texts;
  #code;
  #save;
  #notice;
  #status;
  /** What the last attempt to save came to. */
  #saving = "";
  #dirty = false;
  /** What the worst of the canvases says. */
  #canvases = "";

  /**
   * @param {any} panel
   * @param {Form} form
   * @param {Page} page
   * @param {{again: () => void, rest: () => void, leave: () => Promise<void>}} actions
   */
  constructor(panel, form, page, actions) {
    const { run } = page;
    this.#texts = run.texts;
    const line = element("div", "bar");
    line.lang = run.language;
    const row = element("div", "row");
    this.#save = element("span", "save");
    this.#code = button("code", "", page.toggle);
    row.append(forms(form, page, actions.leave), this.#save, this.#code);
    this.#notice = element("div", "notice");
    this.#notice.setAttribute("role", "status");
    line.append(row, this.#notice);
    this.again = button("button", run.texts.again, actions.again);
    this.rest = button("button", run.texts.run_rest, actions.rest);

    const widget = new page.Widget();
    widget.addClass("clusterlab-form-header");
    widget.node.append(line);
    panel.contentHeader.addWidget(widget);
    // The panel's layout asks for a least height; it knows no height that follows from text.
    new ResizeObserver(() => {
      widget.node.style.minHeight = `${Math.ceil(line.getBoundingClientRect().height)}px`;
      panel.contentHeader.fit();
    }).observe(line);

    this.#status = element("div", "opening", run.texts.opening);
    this.#status.lang = run.language;
    this.#status.setAttribute("role", "status");
    panel.content.node.append(this.#status);
  }

  /** @param {boolean} shown */
  showCode(shown) {
    this.#code.textContent = shown ? this.#texts.hide : this.#texts.show;
  }

  /** @param {State} state */
  say({ working, failed, rest, dirty, canvases }) {
    const opening = working ? this.#texts.opening : "";
    if (this.#status.textContent !== opening) this.#status.textContent = opening;
    const notice = failed ? this.#texts.failed : rest ? this.#texts.rest : "";
    if ((this.#notice.firstChild?.textContent ?? "") !== notice) {
      this.#notice.replaceChildren();
      if (notice) {
        this.#notice.append(element("span", "words", notice), failed ? this.again : this.rest);
      }
    }
    this.#dirty = dirty;
    this.#canvases = canvases;
    this.#showSave();
  }

  /** @param {string} state */
  saving(state) {
    this.#saving = state;
    if (state === "completed") this.#dirty = false;
    this.#showSave();
  }

  #showSave() {
    const waits = this.#canvases && this.#canvases !== "saving";
    const failed = this.#saving.startsWith("failed") || waits;
    const started = this.#saving === "started" || this.#dirty || this.#canvases;
    const text = failed ? "unsaved" : started ? "saving" : "saved";
    if (this.#save.textContent !== this.#texts[text]) this.#save.textContent = this.#texts[text];
    this.#save.dataset.state = text;
  }
}

/**
 * @param {Form} form
 * @param {Page} page
 * @param {() => Promise<void>} leave to be done before the page goes
 */
function forms(form, page, leave) {
  const nav = element("nav", "forms");
  const others = page.run.forms.filter((other) => other.path !== form.path);
  const here = element("span", "here", form.title);
  nav.append(here);
  if (!others.length) return nav;
  nav.setAttribute("aria-label", page.run.texts.others);
  nav.append(element("span", "others", page.run.texts.others));
  for (const other of others) {
    const link = /** @type {HTMLAnchorElement} */ (element("a", "link", other.title));
    const path = other.path.split("/").map(encodeURIComponent).join("/");
    link.href = `${page.home}doc/tree/${path}`;
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      void leave().finally(() => location.assign(link.href));
    });
    nav.append(link);
  }
  return nav;
}
