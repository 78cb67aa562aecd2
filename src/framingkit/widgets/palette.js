/** The codes to choose from: a row of buttons, a list that opens at the selection, and a card that explains. */

import { make, walk } from "./dom.js";

/** @typedef {import("./types").Code} Code */

/** @param {number} index @returns {string} the key that chooses a code: 1 to 9, then 0 */
export function keyOf(index) {
  return index < 10 ? String((index + 1) % 10) : "";
}

/** A card with the definition and the rule of one code. @param {Code[]} codes */
export function codeCard(codes) {
  const card = make("div", { class: "fk-card" });
  const show = (/** @type {Code | undefined} */ code) => {
    if (!code) {
      card.replaceChildren(make("p", {}, "Point at a code, or move to it with Tab, to read when to use it."));
      return;
    }
    card.replaceChildren(
      make("p", {}, make("b", {}, `${code.chip} ${code.name}. `), code.definition),
      make("p", {}, make("b", {}, "Rule: "), code.rule),
      make("p", {}, make("b", {}, "Example: "), code.example, " ", make("b", {}, "But not: "), code.near_miss),
    );
  };
  show(undefined);
  return { card, show };
}

/**
 * One button for each code; one of them is a tab stop, the arrow keys walk.
 * @param {Code[]} codes @param {string} label @param {(code: Code) => void} choose @param {(code?: Code) => void} explain
 */
export function codeButtons(codes, label, choose, explain) {
  const buttons = codes.map((code, index) =>
    make(
      "button",
      {
        type: "button",
        class: "fk-code",
        style: `--u:var(--u${index})`,
        tabindex: index ? -1 : 0,
        "aria-keyshortcuts": keyOf(index) || null,
        // pressing must not take the selection out of the text
        onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
        onclick: () => choose(code),
        onpointerenter: () => explain(code),
        onfocus: () => explain(code),
      },
      make("kbd", { "aria-hidden": "true" }, keyOf(index)),
      make("i", { class: "fk-chip", "aria-hidden": "true" }, code.chip),
      code.name,
    ),
  );
  const row = make("div", { class: "fk-codes", role: "toolbar", "aria-label": label }, ...buttons);
  row.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => walk(event, buttons));
  return { row, buttons };
}

/** The list of codes that opens beside the selected words. */
export class Palette {
  /**
   * @param {Code[]} codes @param {(code: Code) => void} choose @param {() => void} leave
   */
  constructor(codes, choose, leave) {
    const { card, show } = codeCard(codes);
    const { row, buttons } = codeButtons(codes, "Choose a code for the selected words", choose, show);
    this.first = buttons[0];
    this.leave = leave;
    this.box = make("div", { class: "fk-palette", role: "group", "aria-label": "Codes", popover: "manual", hidden: true }, row, card);
    this.box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Escape") return;
      this.close();
      this.leave();
    });
  }

  /** @param {DOMRect} words where the selected words end */
  open(words) {
    this.box.hidden = false;
    this.box.showPopover?.();
    const { offsetWidth: width, offsetHeight: height } = this.box;
    const below = words.bottom + 12;
    const top = below + height < innerHeight ? below : Math.max(4, words.top - height - 12);
    // without the popover API the box is placed inside the widget, not on the page
    const origin = this.box.showPopover ? { left: 0, top: 0 } : this.box.parentElement.getBoundingClientRect();
    this.box.style.left = `${Math.max(4, Math.min(words.left, innerWidth - width - 8)) - origin.left}px`;
    this.box.style.top = `${top - origin.top}px`;
  }

  close() {
    if (this.box.hidden) return;
    this.box.hidePopover?.();
    this.box.hidden = true;
  }

  get isOpen() {
    return !this.box.hidden;
  }
}
