/** The codes to choose from: a row in the bar, the list that opens at the selected words, and their rules. */

import { button, make, walk } from "./dom.js";

/** @typedef {import("./types").Code} Code */

const DOCKED = "(max-width: 620px), (max-height: 480px), (pointer: coarse)";

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

/**
 * The list of codes that opens below the sentence of the selected words, or above it.
 * @param {import("./tag_store").TagStore} store @param {(code: Code) => void} choose @param {() => void} leave @param {HTMLElement} host
 */
export function openingList(store, choose, leave, host) {
  const { words, offered } = store;
  let armed = "";
  let known = "";
  const rule = make("p", { class: "fk-rule", "aria-live": "polite" });
  /** @param {Code} code @param {any} event what points at it */
  const explain = ({ id, name, short }, event) => {
    // a finger cannot point without tapping: its first tap shows the rule, and the second tags
    if (event.pointerType !== "touch") armed = id;
    rule.replaceChildren(make("b", {}, name + "."), " " + short);
  };
  /** @param {Code} code */
  const pick = (code) => {
    if (armed === code.id) return choose(code);
    armed = code.id;
    rule.prepend(words.tap_again + " ");
  };
  const { row, buttons } = codeButtons(store, words.choose, pick, explain);
  /** @param {KeyboardEvent} event */
  const onkeydown = (event) => {
    if (event.key === "Escape") leave();
  };
  // an older browser has no popovers: there the list is always below the text
  const box = make("div", { class: "fk-palette", role: "group", "aria-label": words.codes, popover: "manual", onkeydown }, row, rule);
  return {
    box,
    isOpen: () => known,

    /** @param {string} quote the words @param {DOMRect} place where they are @param {DOMRect} sentence and their sentence */
    open(quote, { left, top }, sentence) {
      const isNew = known !== quote;
      if (isNew) rule.replaceChildren(make("b", {}, quote), " " + words.press);
      known = quote;
      box.togglePopover?.(true);
      box.classList.toggle("fk-docked", matchMedia(DOCKED).matches);
      const high = box.offsetHeight;
      const below = sentence.bottom + 8;
      const at = below + high < innerHeight ? below : sentence.top - high - 8;
      if (at < 4) box.classList.add("fk-docked");
      box.style.left = `${Math.max(8, Math.min(left - 12, innerWidth - box.offsetWidth - 8))}px`;
      box.style.top = `${at}px`;
      // the docked list is never over the words: what scrolls them moves up, once
      const over = Math.min(below + high - innerHeight, top - 64);
      if (!isNew || over < 0 || !box.matches(".fk-docked")) return;
      let one = host;
      while (one.parentElement && (one.scrollHeight <= one.clientHeight || !/auto|scroll/.test(getComputedStyle(one).overflowY))) one = one.parentElement;
      one.scrollBy(0, over);
    },

    close() {
      known = armed = "";
      box.togglePopover?.(false);
    },

    enter() {
      buttons[0].focus();
    },
  };
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
