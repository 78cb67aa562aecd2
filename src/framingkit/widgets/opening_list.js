/** The list of codes that opens at the selected words. */

import { make } from "./dom.js";
import { codeButtons } from "./palette.js";

/** @typedef {import("./types").Code} Code */

const DOCKED = "(max-width: 620px), (max-height: 480px), (pointer: coarse)";

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
