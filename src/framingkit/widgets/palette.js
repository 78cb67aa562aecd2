/** The codes to choose from: a row of buttons, a list that opens at the selection, and a card that explains. */

import { make, walk } from "./dom.js";

/** @typedef {import("./types").Code} Code */

/** @param {number} index @returns {string} the key that chooses a code: 1 to 9, then 0 */
export function keyOf(index) {
  return index < 10 ? String((index + 1) % 10) : "";
}

/** A card with the definition and the rule of one code. */
export function codeCard() {
  const card = make("div", { class: "fk-card" });
  const line = (/** @type {string} */ title, /** @type {string} */ words) => make("p", {}, make("b", {}, title), words);
  const show = (/** @type {Code} */ code) =>
    card.replaceChildren(
      line(`${code.chip} ${code.name}. `, code.definition),
      line("Rule: ", code.rule),
      line("Example: ", code.example),
      line("But not: ", code.near_miss),
    );
  card.append(line("", "Point at a code, or move to it with Tab, to read when to use it."));
  return { card, show };
}

/**
 * One button for each code; one of them is a tab stop, the arrow keys walk.
 * @param {Code[]} codes @param {string} label @param {(code: Code) => void} choose @param {(code: Code) => void} explain
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
    const { card, show } = codeCard();
    const { row, buttons } = codeButtons(codes, "Choose a code for the selected words", choose, show);
    this.first = buttons[0];
    this.shown = false;
    // an older browser has no popovers: there the list always stands below the text
    this.box = make("div", { class: "fk-palette", role: "group", "aria-label": "Codes", popover: "manual" }, row, card);
    this.box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Escape") leave();
    });
  }

  /** @param {DOMRect} words where the selected words end */
  open(words) {
    const { box } = this;
    this.shown = true;
    box.togglePopover?.(true);
    const below = words.bottom + 12;
    const top = below + box.offsetHeight < innerHeight ? below : words.top - box.offsetHeight - 12;
    box.style.left = `${Math.max(4, Math.min(words.left, innerWidth - box.offsetWidth - 8))}px`;
    box.style.top = `${Math.max(4, top)}px`;
  }

  close() {
    this.shown = false;
    this.box.togglePopover?.(false);
  }
}

/** @param {Code[]} codes @param {string} chosen @param {Record<string, any>} settings */
export function codeSelect(codes, chosen, settings) {
  return make("select", settings, ...codes.map(({ id, name }) => make("option", { value: id, selected: id === chosen }, name)));
}
