/** The codes to choose from: their rules, and a row of buttons. */

import { button, make, walk } from "./dom.js";

/** @typedef {import("./types").Code} Code */

/** @param {number} index @returns {string} the key that chooses a code: 1 to 9, then 0 */
export function keyOf(index) {
  return index < 10 ? String((index + 1) % 10) : "";
}

/** The signs of a code: key, chip and line. @param {Code} code @param {string} [key] @returns {HTMLElement[]} */
export function signs({ chip, look }, key = "") {
  return [
    make("kbd", { "aria-hidden": "true" }, key),
    make("i", { class: "fk-chip", style: look, "aria-hidden": "true" }, chip),
    make("i", { class: "fk-line", style: look }),
  ];
}

/** What the codes mean, each folded under its short rule. @param {import("./tag_store").TagStore} store @param {string} help */
export function codeCards({ offered, words }, help) {
  const cards = offered.map((code, index) => {
    /** @param {string} title @param {string} text */
    const part = (title, text) => make("p", {}, make("b", {}, title), " ", text);
    return make("details", { class: "fk-card" },
      make("summary", {}, ...signs(code, keyOf(index)), make("b", {}, code.name), " ", make("span", {}, code.short)),
      part(words.meaning, code.definition),
      part(words.rule, code.rule),
      part(words.example, code.example),
      part(words.but_not, code.near_miss),
    );
  });
  return {
    box: make("div", { class: "fk-cards" }, make("p", { class: "fk-help" }, help), ...cards),

    /** @param {Code} code */
    open(code) {
      const card = cards[offered.indexOf(code)];
      card.open = true;
      card.firstChild.focus();
    },
  };
}

/** @param {Code[]} codes @param {string} chosen @param {Record<string, any>} settings */
export function codeSelect(codes, chosen, settings) {
  return make("select", settings, ...codes.map(({ id, name }) => make("option", { value: id, selected: id === chosen }, name)));
}

/**
 * One button for each code; one of them is a tab stop, the arrow keys walk.
 * @param {import("./tag_store").TagStore} store @param {string} label
 * @param {(code: Code) => void} choose @param {(code: Code, event: Event) => void} [point]
 */
export function codeButtons({ offered }, label, choose, point) {
  const buttons = offered.map((code, index) => {
    const explain = (/** @type {Event} */ event) => point?.(code, event);
    return button("", () => choose(code), {
        class: "fk-code",
        tabindex: index ? -1 : 0,
        "aria-keyshortcuts": keyOf(index) || null,
        // pressing must not take the selection out of the text
        onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
        onpointerenter: explain,
        onfocus: explain,
      },
      ...signs(code, keyOf(index)),
      make("span", {}, code.name),
    );
  });
  /** @param {KeyboardEvent} event */
  const onkeydown = (event) => walk(event, buttons);
  const row = make("div", { class: "fk-codes", role: "toolbar", "aria-label": label, onkeydown }, ...buttons);
  return { row, buttons };
}
