/** The two functions with which a notebook shows a widget. */

/**
 * What the views of one model share is here, once per model: a notebook gives every view a proxy
 * of the model, and takes what such a proxy listens to away together with its view.
 * @template {{views: Set<any>, enter: () => void, leave: () => void, stop: () => void}} Shared
 * @param {string[]} names of the widget's styles @param {new (model: import("./types").Model) => Shared} Store
 * @param {(store: Shared, root: HTMLElement) => {stop: () => void}} open makes a view
 */
export function mount(names, Store, open) {
  /** @type {import("./types").Model | undefined} the proxy that lasts as long as the model */
  let lasting;
  /** @type {Shared | undefined} */
  let store;
  return {
    /** @param {{model: import("./types").Model}} context */
    initialize({ model }) {
      lasting = model;
      return () => store?.stop();
    },
    /** @param {{model: import("./types").Model, el: HTMLElement}} context */
    render({ model, el }) {
      const shared = (store ||= new Store(lasting || model));
      const { views } = shared;
      // only what is shown asks for news: a cell that runs twice leaves a model without a view behind
      if (!views.size) shared.enter();
      el.classList.add("framingkit", ...names.map((name) => `framingkit-${name}`));
      const view = open(shared, el);
      views.add(view);
      return () => {
        views.delete(view);
        view.stop();
        if (!views.size) shared.leave();
      };
    },
  };
}
