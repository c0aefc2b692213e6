// The door for notebooks: one store per model, shared by all its views.

import { mount } from "./frame.js";
import { createStore } from "./store.js";
import { createDrafts, createOutbox, storage } from "./keep.js";
import { newId } from "./board.js";
import { createPresence } from "./presence.js";
import { VIEWS } from "./views.js";
import { heed, lineOf } from "./jupyter.js";

export default () => {
  /** @type {any} */
  let store;
  /** @type {Storage} */
  let place;
  const views = new Set();
  return {
    /** @param {{model: any}} given */
    initialize({ model }) {
      const spec = model.get("spec");
      void heed(model);
      place = storage();
      store = createStore(lineOf(model), createOutbox(place, spec.board), {
        me: spec.me,
        readonly: spec.readonly,
        onRefused(operation, why) {
          for (const view of views) view.refused(operation, why);
        },
      });
      const renew = () => store.renew({ me: model.get("spec").me, readonly: model.get("spec").readonly });
      model.on("change:spec", renew);
      return () => {
        model.off("change:spec", renew);
        store.close();
      };
    },
    /** @param {{model: any, el: HTMLElement}} given */
    render({ model, el }) {
      /** @type {any} */
      let view;
      const hook = document.documentElement.dataset.clusterlabForm;
      const again = hook ? () => el.dispatchEvent(new CustomEvent("clusterlab:run", { bubbles: true })) : null;
      const open = () => {
        view?.close();
        const spec = model.get("spec");
        const drafts = createDrafts(place, spec.board, createPresence(place, newId()));
        view = mount({ el, spec, store, drafts, views: VIEWS, again });
      };
      const entry = {
        /** @param {any} operation @param {string} why */
        refused: (operation, why) => view.context.refused(operation, why),
      };
      open();
      views.add(entry);
      model.on("change:spec", open);
      return () => {
        model.off("change:spec", open);
        views.delete(entry);
        view.close();
      };
    },
  };
};
