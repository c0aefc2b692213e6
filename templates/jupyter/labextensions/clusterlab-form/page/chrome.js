/** What is around a form: side bars, title, status line and most menus go while code is hidden. */

const MENUS = new Set(["jp-mainmenu-file", "jp-mainmenu-view", "jp-mainmenu-help"]);

export class Chrome {
  #shell;
  #bar;
  /** @type {any[] | null} the menus as they were */
  #menus = null;
  #reduced = false;

  /**
   * @param {any} app
   * @param {any} bar the main menu, where there is one
   */
  constructor(app, bar) {
    this.#shell = app.shell;
    this.#bar = bar;
  }

  /** @param {boolean} wish */
  reduce(wish) {
    const reduced = wish && this.#shell.mode === "single-document";
    document.body.classList.toggle("clusterlab-form-calm", reduced);
    if (reduced !== this.#reduced) this.#reduced = reduced;
    else if (!reduced) return;
    for (const side of ["left", "right"]) {
      if (this.#shell.isSideTabBarVisible(side) === reduced) {
        this.#shell.toggleSideTabBarVisibility(side);
      }
    }
    if (reduced) {
      this.#shell.collapseLeft();
      this.#shell.collapseRight();
    }
    if (this.#shell.isTopInSimpleModeVisible() === reduced) {
      this.#shell.toggleTopInSimpleModeVisibility();
    }
    for (const part of this.#shell.layout) {
      if (part.id === "jp-bottom-panel") part.setHidden(reduced);
    }
    this.#reduceMenus(reduced);
  }

  /** @param {boolean} reduced */
  #reduceMenus(reduced) {
    if (!this.#bar) return;
    if (reduced) {
      const other = [...this.#bar.menus].filter((menu) => !MENUS.has(menu.id));
      if (!other.length) return;
      this.#menus ??= [...this.#bar.menus];
      for (const menu of other) this.#bar.removeMenu(menu);
    } else if (this.#menus) {
      this.#menus.forEach((menu, index) => this.#bar.insertMenu(index, menu));
      this.#menus = null;
    }
  }
}
