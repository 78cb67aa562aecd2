/** The codes to choose from: a row of buttons, a list that opens at the selection, and a card that explains. */

import { button, make, walk } from "./dom.js";

/** @typedef {import("./types").Code} Code */

/** @param {number} index @returns {string} the key that chooses a code: 1 to 9, then 0 */
export function keyOf(index) {
  return index < 10 ? String((index + 1) % 10) : "";
}

/**
 * One button for each code, and a card with the definition and the rule of the one that is pointed at.
 * One of the buttons is a tab stop, the arrow keys walk.
 * @param {import("./tag_store").TagStore} store @param {string} label @param {(code: Code) => void} choose
 */
export function codeButtons({ offered, words }, label, choose) {
  /** @param {string} title @param {string} text @param {string} [tag] */
  const line = (title, text, tag = "span") => make("p", {}, make("b", {}, title), make(tag, {}, text));
  const card = make("div", { class: "fk-card" }, line("", words.point));
  const buttons = offered.map((code, index) => {
    const explain = () =>
      card.replaceChildren(
        line(`${code.chip} ${code.name}. `, code.definition),
        line(words.rule, code.rule),
        line(words.example, code.example, "em"),
        line(words.but_not, code.near_miss),
      );
    return button("", () => choose(code), {
        class: "fk-code",
        style: `--u:var(--u${index})`,
        tabindex: index ? -1 : 0,
        "aria-keyshortcuts": keyOf(index) || null,
        // pressing must not take the selection out of the text
        onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
        onpointerenter: explain,
        onfocus: explain,
      },
      make("kbd", { "aria-hidden": "true" }, keyOf(index)),
      make("i", { class: "fk-chip", "aria-hidden": "true" }, code.chip),
      code.name,
    );
  });
  /** @param {KeyboardEvent} event */
  const onkeydown = (event) => walk(event, buttons);
  const row = make("div", { class: "fk-codes", role: "toolbar", "aria-label": label, onkeydown }, ...buttons);
  return { row, card, buttons };
}

/**
 * The list of codes that opens beside the selected words.
 * @param {import("./tag_store").TagStore} store @param {(code: Code) => void} choose @param {() => void} leave
 */
export function openingList(store, choose, leave) {
  const { row, card, buttons } = codeButtons(store, store.words.choose, choose);
  /** @param {KeyboardEvent} event */
  const onkeydown = (event) => {
    if (event.key === "Escape") leave();
  };
  // an older browser has no popovers: there the list is always below the text
  const box = make("div", { class: "fk-palette", role: "group", "aria-label": store.words.codes, popover: "manual", onkeydown }, row, card);
  return {
    box,
    isOpen: false,

    /** @param {DOMRect} words where the selected words end */
    open({ left, top, bottom }) {
      this.isOpen = true;
      box.togglePopover?.(true);
      const below = bottom + 12;
      const place = below + box.offsetHeight < innerHeight ? below : top - box.offsetHeight - 12;
      box.style.left = `${Math.max(4, Math.min(left, innerWidth - box.offsetWidth - 8))}px`;
      box.style.top = `${Math.max(4, place)}px`;
    },

    close() {
      this.isOpen = false;
      box.togglePopover?.(false);
    },

    enter() {
      buttons[0].focus();
    },
  };
}

/** @param {Code[]} codes @param {string} chosen @param {Record<string, any>} settings */
export function codeSelect(codes, chosen, settings) {
  return make("select", settings, ...codes.map(({ id, name }) => make("option", { value: id, selected: id === chosen }, name)));
}
