/** The JupyterLab plugin: shows the notebooks that `clusterlab lab` placed as forms. */

import { Chrome } from "./chrome.js";
import { FormPanel } from "./panel.js";

/** The event by which a widget asks that its cell is run again. */
const RUN = "clusterlab:run";
const TOGGLE = "clusterlab-form:toggle-code";

/**
 * @typedef {{path: string, title: string, cells: Record<string, string>}} Form
 * @typedef {{forms: Form[], texts: Record<string, string>, language: string}} Run
 * @typedef {{
 *   run: Run, NotebookActions: any, Widget: any, home: string,
 *   codeShown: () => boolean, toggle: () => void, localPath: (path: string) => string,
 * }} Page what a panel needs of the page
 */

/**
 * @param {(name: string) => Promise<any>} shared gives a module that JupyterLab shares
 */
export async function makePlugin(shared) {
  const [{ PageConfig }, { NotebookActions }, { Widget }, { IMainMenu }] = await Promise.all([
    shared("@jupyterlab/coreutils"),
    shared("@jupyterlab/notebook"),
    shared("@lumino/widgets"),
    shared("@jupyterlab/mainmenu"),
  ]);
  return {
    id: "clusterlab-form:plugin",
    description: "Shows the notebooks of a workshop as forms.",
    autoStart: true,
    optional: [IMainMenu],
    /**
     * @param {any} app
     * @param {any} menu
     */
    activate(app, menu) {
      const told = PageConfig.getOption("clusterlabForm");
      if (!told) return;
      /** @type {Run} */
      const run = JSON.parse(told);
      start(app, menu, run, { NotebookActions, Widget, home: PageConfig.getBaseUrl() });
    },
  };
}

/**
 * @param {any} app
 * @param {any} menu
 * @param {Run} run
 * @param {{NotebookActions: any, Widget: any, home: string}} modules
 */
function start(app, menu, run, modules) {
  const forms = new Map(run.forms.map((form) => [form.path, form]));
  const chrome = new Chrome(app, menu);
  /** @type {Set<FormPanel>} */
  const panels = new Set();
  let shown = false;

  const isForm = () => [...panels].some((p) => p.panel === app.shell.currentWidget);
  const refresh = () => {
    const none = !app.shell.currentWidget && !shown;
    chrome.reduce(!shown && (none || isForm()));
    for (const panel of panels) panel.showCode(shown);
    app.commands.notifyCommandChanged(TOGGLE);
  };
  app.commands.addCommand(TOGGLE, {
    label: () => (shown ? run.texts.hide : run.texts.show),
    isEnabled: isForm,
    execute: () => {
      shown = !shown;
      refresh();
    },
  });
  menu?.viewMenu.addGroup([{ command: TOGGLE }], 0);

  /** @type {Page} */
  const page = {
    ...modules,
    run,
    codeShown: () => shown,
    toggle: () => app.commands.execute(TOGGLE),
    localPath: (path) => app.serviceManager.contents.localPath(path),
  };
  app.docRegistry.addWidgetExtension("Notebook", {
    /**
     * @param {any} panel
     * @param {any} context
     */
    createNew(panel, context) {
      const form = forms.get(page.localPath(context.path));
      if (!form) return undefined;
      const made = new FormPanel(panel, context, form, page);
      panels.add(made);
      panel.disposed.connect(() => {
        panels.delete(made);
        refresh();
      });
      refresh();
      return made;
    },
  });
  app.shell.currentChanged?.connect(refresh);
  void app.restored.then(refresh);
  document.addEventListener(RUN, (event) => {
    for (const panel of panels) void panel.runAround(/** @type {Node} */ (event.target));
  });
  document.documentElement.dataset.clusterlabForm = "1";
}
