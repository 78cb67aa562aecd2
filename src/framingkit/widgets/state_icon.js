/** Small drawings beside a word: how an answer is. */

/** @type {Record<string, string>} */
const DRAWN = {
  right: "m3.5 8.5 3 3 6-7",
  partly: "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11zM8 2.5v11M9.7 3v10M11.4 4v8",
  wrong: "M13 8a5 5 0 1 1-1.6-3.7M13.2 2v3h-3",
  kept: "m3.5 8.5 3 3 6-7",
  other: "m4.5 4.5 7 7M11.5 4.5l-7 7",
  open: "M8 2.500 14 13H2zM8 6.500v3M8 11.200v.1",
};

/** @param {string} name @returns {SVGElement} for the eyes only: a word says the same */
export function stateIcon(name) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", DRAWN[name]);
  for (const [key, value] of Object.entries({ class: "fk-icon", viewBox: "0 0 16 16", "aria-hidden": "true" })) drawing.setAttribute(key, value);
  drawing.append(line);
  return drawing;
}
