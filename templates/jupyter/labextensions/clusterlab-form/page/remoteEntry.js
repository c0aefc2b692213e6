/**
 * What JupyterLab loads: a module federation container, written by hand.
 *
 * JupyterLab runs this file as a plain script, calls `init` with the modules that it shares and
 * then `get` for what package.json names. The folder is not called `static`: the server tells
 * browsers to keep what is in such a folder for a year, for it expects hashes in file names.
 */
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const here = new URL(".", script.src);
  /** @type {Record<string, Record<string, {get: () => any, from?: string}>>} */
  let scope = {};

  /** @param {string} name */
  async function shared(name) {
    const offers = Object.values(scope[name] ?? {});
    const offer = offers.find((o) => o.from?.startsWith("@jupyterlab/application")) ?? offers[0];
    if (!offer) throw new Error(`JupyterLab does not share ${name}`);
    return (await offer.get())();
  }

  /** @returns {Promise<void>} settled as soon as the page has the style sheet */
  function style() {
    return new Promise((resolve, reject) => {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = new URL("form.css", here).href;
      link.addEventListener("load", () => resolve());
      link.addEventListener("error", () => reject(new Error("form.css could not be loaded")));
      document.head.append(link);
    });
  }

  const modules = {
    "./extension": async () => {
      const { makePlugin } = await import(new URL("plugin.js", here).href);
      return makePlugin(shared);
    },
    "./style": style,
  };

  window._JUPYTERLAB ??= {};
  window._JUPYTERLAB["clusterlab-form"] = {
    /** @param {typeof scope} given */
    init(given) {
      scope = given;
    },
    /** @param {keyof typeof modules} name */
    async get(name) {
      const module = await modules[name]();
      return () => ({ __esModule: true, default: module });
    },
  };
})();
