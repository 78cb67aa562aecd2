/** What Python says about the tags, compared with the reference reading. */

import { button, each, fill, make } from "./dom.js";

/** @typedef {import("./types").Remark} Remark */

/** @param {import("./tag_store").TagStore} store @param {(place: import("./offsets").Place) => void} show */
export function comparison(store, show) {
  const { words } = store;
  const panel = make("div", { class: "fk-remarks", hidden: true, tabindex: -1, role: "region", "aria-label": words.comparison });
  const ask = button(words.compare, () => store.delivery.post({ kind: "compare" }));
  /** @param {Remark} remark */
  const row = (remark) => {
    const place = store.offsets.placeOf(remark);
    const name = fill(words.show_words, store.quote(place));
    return make("li", {}, remark.sentence, " ", button(words.show, () => show(place), { "aria-label": name }));
  };
  return {
    box: make("div", { class: "fk-compare", hidden: !store.model.get("comparable") }, ask, panel),

    close() {
      panel.hidden = true;
    },

    /** @param {import("./types").Message} message */
    tell({ summary, remarks }) {
      const [others, own] = [true, false].map((missed) =>
        remarks.filter((/** @type {Remark} */ one) => one.kind.startsWith("missed") === missed).map(row),
      );
      // what was not found stays folded: a learner may want to look again first
      const title = make("summary", {}, fill(words.more_places, others.length));
      panel.replaceChildren(
        make("h4", { class: "fk-title" }, words.compared),
        ...each("p", summary),
        make("ul", {}, ...own),
        make("details", { hidden: !others.length }, title, make("ul", {}, ...others)),
      );
      panel.hidden = false;
      panel.focus();
    },
  };
}
