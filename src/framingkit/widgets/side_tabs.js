/** The column beside the text: one panel at a time, and a row of tabs for them. */

import { button, make, walk } from "./dom.js";

/** @param {string} label @param {Record<string, [string, HTMLElement]>} parts the title and the content of each panel */
export function sideTabs(label, parts) {
  /** @type {Record<string, [HTMLElement, HTMLElement]>} */
  const made = {};
  for (const [name, [title, content]] of Object.entries(parts)) {
    const show = () => side.show(name);
    const panel = make("div", { class: `fk-panel-${name}`, role: "tabpanel", "aria-label": title }, content);
    made[name] = [button(title, show, { role: "tab", onfocus: show }), panel];
  }
  const both = Object.values(made);
  const tabs = both.map(([tab]) => tab);
  /** @param {KeyboardEvent} event */
  const onkeydown = (event) => walk(event, tabs);
  const row = make("div", { class: "fk-tabs", role: "tablist", "aria-label": label, onkeydown }, ...tabs);
  const side = {
    now: "",
    box: make("div", { class: "fk-side" }, row, ...both.map(([, panel]) => panel)),

    /** @param {string} name */
    show(name) {
      side.now = name;
      for (const [tab, panel] of both) {
        const isNow = tab === made[name][0];
        panel.hidden = !isNow;
        tab.setAttribute("aria-selected", String(isNow));
        tab.tabIndex = isNow ? 0 : -1;
      }
    },

    /** @param {string} name @param {string} title */
    title(name, title) {
      made[name][0].textContent = title;
    },
  };
  return side;
}
