/** The codes to choose from: a row in the bar, the list that opens at the selected words, and their rules. */

import { button, fill, make, walk } from "./dom.js";

/** @typedef {import("./types").Code} Code */

const DOCKED = "(max-width: 620px), (max-height: 480px)";
const TAPPED = "(max-width: 620px), (pointer: coarse)";

/** @param {number} index @returns {string} the key that chooses a code: 1 to 9, then 0 */
export function keyOf(index) {
  return index < 10 ? String((index + 1) % 10) : "";
}

/** The signs of a code: its chip, or its key, chip and line. @param {Code} code @param {string} [key] @returns {HTMLElement[]} */
export function signs({ chip, look }, key) {
  const box = make("i", { class: "fk-chip", style: look, "aria-hidden": "true" }, chip);
  if (key === undefined) return [box];
  return [make("kbd", { "aria-hidden": "true" }, key), box, make("i", { class: "fk-line", style: look })];
}

/**
 * One button for each code; one of them is a tab stop, the arrow keys walk.
 * @param {import("./tag_store").TagStore} store @param {string} label
 * @param {(code: Code, event: PointerEvent) => void} choose @param {(code: Code) => void} [point]
 */
export function codeButtons({ offered }, label, choose, point) {
  const buttons = offered.map((code, index) => {
    const explain = () => point?.(code);
    return make("button", {
        type: "button",
        class: "fk-code",
        title: code.name,
        tabindex: index ? -1 : 0,
        "aria-keyshortcuts": keyOf(index) || null,
        onclick: (/** @type {PointerEvent} */ event) => choose(code, event),
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
  let armed = -1;
  let known = "";
  const rule = make("p", { class: "fk-rule", "aria-live": "polite" });
  /** @param {string} title @param {string} text */
  const tell = (title, text) => rule.replaceChildren(make("b", {}, title), " ", text);
  /** @param {Code} code */
  const explain = ({ name, short }) => tell(name + ".", short);
  /** @param {number} index */
  const arm = (index) => {
    armed = index;
    buttons.forEach((one, n) => one.toggleAttribute("data-armed", n === index));
  };
  /** A finger sees the rule first: the second tap tags. @param {Code} code @param {PointerEvent} event */
  const pick = (code, event) => {
    const index = offered.indexOf(code);
    if (!event.detail || armed === index || !matchMedia(TAPPED).matches) return choose(code);
    arm(index);
    tell(code.name + ".", `${code.short} ${words.tap_again}`);
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
    isOpen: false,

    /** @param {string} quote the words @param {DOMRect} place where they are @param {DOMRect} sentence and their sentence */
    open(quote, { left, top }, sentence) {
      this.isOpen = true;
      const isNew = known !== quote;
      if (isNew) {
        known = quote;
        arm(-1);
        tell(quote, matchMedia(TAPPED).matches ? words.tap : fill(words.press, keyOf(Math.min(9, offered.length) - 1)));
      }
      box.togglePopover?.(true);
      box.classList.toggle("fk-docked", matchMedia(DOCKED).matches);
      const { offsetHeight: high, offsetWidth: wide } = box;
      const below = sentence.bottom + 8;
      const above = sentence.top - high - 8;
      const at = below + high < innerHeight ? below : above;
      if (at < 4) box.classList.add("fk-docked");
      box.style.left = `${Math.max(8, Math.min(left - 12, innerWidth - wide - 8))}px`;
      box.style.top = `${at}px`;
      // the docked list is never over the words: what scrolls them moves up, once
      const over = Math.min(sentence.bottom + 12 - innerHeight + high, top - 64);
      if (!isNew || over < 0 || !box.matches(".fk-docked")) return;
      /** @type {HTMLElement | null} */
      let one = host;
      while (one && (one.scrollHeight <= one.clientHeight || !/auto|scroll/.test(getComputedStyle(one).overflowY))) one = one.parentElement;
      (one || window).scrollBy(0, over);
    },

    close() {
      this.isOpen = false;
      known = "";
      box.togglePopover?.(false);
    },

    enter() {
      buttons[0].focus();
    },
  };
}

/** What the codes mean, each folded under its short rule. @param {import("./tag_store").TagStore} store */
export function codeCards({ offered, words }) {
  const cards = offered.map((code, index) => {
    /** @param {string} title @param {string} text */
    const part = (title, text) => [make("dt", {}, title), make("dd", { dir: "auto" }, text)];
    return make("details", { class: "fk-card" },
      make("summary", {}, ...signs(code, keyOf(index)), make("b", {}, code.name), " ", make("span", {}, code.short)),
      make("dl", {},
        ...part(words.meaning, code.definition),
        ...part(words.rule, code.rule),
        ...part(words.example, code.example),
        ...part(words.but_not, code.near_miss),
      ),
    );
  });
  return {
    box: make("div", {}, ...cards),

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
