/** What Python says about the tags, compared with the reference reading. */

import { button, make } from "./dom.js";

export class Remarks {
  /**
   * @param {import("./tag_store").TagStore} store @param {{show: (start: number, end: number) => void}} text
   */
  constructor(store, text) {
    this.store = store;
    this.text = text;
    this.panel = make("div", { class: "fk-remarks", hidden: true, tabindex: -1, role: "region", "aria-label": "Comparison with the reference reading" });
    const ask = button("Compare with the reference reading", () => store.delivery.post({ kind: "compare" }));
    this.box = make("div", { class: "fk-compare", hidden: !store.model.get("comparable") }, ask, this.panel);
  }

  /** @param {import("./types").Message} message */
  show(message) {
    const [others, own] = [true, false].map((missed) =>
      message.remarks
        .filter((/** @type {import("./types").Remark} */ remark) => remark.kind.startsWith("missed") === missed)
        .map((/** @type {import("./types").Remark} */ remark) => this.row(remark)),
    );
    // what was not found stays folded: a learner may want to look again first
    const rest = make("details", {}, make("summary", {}, `Show ${others.length} more places of the reference reading`), make("ul", {}, ...others));
    rest.hidden = !others.length;
    this.panel.replaceChildren(
      make("h4", { class: "fk-title" }, "Your tags and the reference reading"),
      ...message.summary.map((/** @type {string} */ sentence) => make("p", {}, sentence)),
      make("ul", {}, ...own),
      rest,
    );
    this.panel.hidden = false;
    this.panel.focus();
  }

  /** @param {import("./types").Remark} remark */
  row(remark) {
    const { offsets } = this.store;
    const [start, end] = [remark.start, remark.end].map((place) => offsets.fromPython(place));
    const settings = { "aria-label": `Show ${this.store.quote([start, end])} in the text` };
    return make("li", {}, remark.sentence, " ", button("Show", () => this.text.show(start, end), settings));
  }
}
