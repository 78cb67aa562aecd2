/** The file with all answers, as a browser saves it. The Python twin is sheet_file.py. */

import { button, fill, make } from "./dom.js";
import { actsOf } from "./leftovers.js";

/** What any tool of this browser has not saved yet of a learner, as words for each tool. @param {string} learner @param {Record<string, any>} words @returns {string[]} */
export function missingOf(learner, words) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  /** @type {Map<string, {held?: object}>} what Python has, but no storage yet, is in the file too */
  const waiting = /** @type {any} */ (globalThis).framingkitWaiting;
  const left = actsOf((one) => one === learner).filter(({ id }) => !waiting.get(id)?.held);
  for (const { tool } of left) counts.set(tool, (counts.get(tool) || 0) + 1);
  return [...counts].map(([tool, count]) => fill(count === 1 ? words.one_act : words.acts, tool || words.elsewhere, count));
}

/** @param {string} name @param {string} text */
export function saveFile(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** For a page that may not save files, which it is not told. @param {string} text @param {Record<string, any>} words */
export function otherWay(text, words) {
  const area = make("textarea", { rows: 4, readonly: true, "aria-label": words.text, spellcheck: "false" });
  const said = make("span", { role: "status" });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = words.copied;
    } catch {
      area.select();
      said.textContent = document.execCommand("copy") ? words.copied : words.not_copied;
    }
  };
  // a large file costs nothing before somebody asks for it
  const showText = () => (area.value = text);
  return make("details", { ontoggle: showText }, make("summary", {}, words.no_file), make("p", {}, words.other_way), area, make("div", { class: "fk-row" }, button(words.copy, copy), said));
}
