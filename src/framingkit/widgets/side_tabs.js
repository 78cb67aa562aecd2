/** The column beside the text: one part at a time, and a row of buttons for them. */

import { button, make } from "./dom.js";

/** @param {string} label @param {Record<string, [string, HTMLElement]>} parts the title and the content of each */
export function sideTabs(label, parts) {
  const names = Object.keys(parts);
  const tabs = names.map((name) => button(parts[name][0], () => side.show(name)));
  const row = make("div", { class: "fk-tabs", role: "group", "aria-label": label }, ...tabs);
  const side = {
    now: "",
    tabs,
    box: make("div", { class: "fk-side" }, row, ...names.map((name) => parts[name][1])),

    /** @param {string} name */
    show(name) {
      side.now = name;
      for (const one of names) parts[one][1].hidden = one !== name;
      tabs.forEach((tab, n) => tab.setAttribute("aria-pressed", String(names[n] === name)));
    },
  };
  return side;
}
