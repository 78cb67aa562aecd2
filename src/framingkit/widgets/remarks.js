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
    const { offsets } = this.store;
    const rows = message.remarks.map((/** @type {import("./types").Remark} */ remark) => {
      const row = make("li", { class: `fk-${remark.kind}` }, remark.sentence, " ");
      if (remark.end > remark.start) {
        const place = [offsets.fromPython(remark.start), offsets.fromPython(remark.end)];
        const settings = { "aria-label": `Show “${this.store.quote(/** @type {[number, number]} */ (place))}” in the text` };
        row.append(button("Show", () => this.text.show(place[0], place[1]), settings));
      }
      return row;
    });
    this.panel.replaceChildren(
      make("h4", { class: "fk-title" }, "Your tags and the reference reading"),
      ...message.summary.map((/** @type {string} */ sentence) => make("p", {}, sentence)),
      make("ul", {}, ...rows),
    );
    this.panel.hidden = false;
    this.panel.focus();
  }
}
