/** The tags as a real list: jump, change the code, add a note, say how sure you are, remove. */

import { button, make, walk } from "./dom.js";
import { inReadingOrder } from "./marked_text.js";
import { codeSelect } from "./palette.js";

const PAGE = 200;
const PAUSE = 700;

/** @typedef {import("./types").Tag} Tag */

export class TagList {
  /**
   * @param {import("./tag_store").TagStore} store @param {{show: (tag: Tag) => void, words: () => [number, number] | null, leave: () => void}} text
   */
  constructor(store, text) {
    this.store = store;
    this.text = text;
    this.shown = PAGE;
    this.editing = "";
    /** @type {WeakMap<Tag, HTMLElement>} a tag that changes is another object, and gets another row */
    this.rows = new WeakMap();
    this.title = make("h4", { class: "fk-title" });
    this.list = make("ol", { class: "fk-list", "aria-label": "Your tags" });
    this.more = button("Show more tags", () => {
      this.shown += PAGE;
      this.rebuild();
    });
    this.list.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.onkey(event));
    this.box = make("div", { class: "fk-tags" }, this.title, this.list, this.more);
    this.rebuild();
  }

  /** Make the list anew, and give the focus back to the same field of the same tag. */
  rebuild() {
    const { size } = this.store.tags;
    const focused = /** @type {HTMLElement} */ (document.activeElement);
    // nothing may pull away a field that somebody is writing in; leaving it makes the list anew
    if (this.list.contains(focused) && focused.matches("textarea, input")) return;
    const held = this.list.contains(focused) ? [focused.closest("li")?.dataset.id, focused.dataset.field] : [];
    const order = [...this.store.tags.values()].sort(inReadingOrder).slice(0, this.shown);
    const { children } = this.list;
    order.forEach((tag, n) => {
      const row = (tag.id !== this.editing && this.rows.get(tag)) || this.row(tag);
      if (children[n] !== row) this.list.insertBefore(row, children[n] || null);
    });
    while (children.length > order.length) this.list.lastChild?.remove();
    this.title.textContent = `Your tags: ${size}`;
    this.more.hidden = size <= this.shown;
    this.list.hidden = !size;
    const old = this.list.querySelector(".fk-jump[tabindex='0']");
    const stop = this.field(held[0], "jump") || old || this.list.querySelector(".fk-jump");
    if (old) old.tabIndex = -1;
    if (stop) stop.tabIndex = 0;
    if (!held[0]) return;
    // the tag that had the focus may be gone
    const next = this.field(held[0], held[1]) || stop;
    if (next) next.focus();
    else this.text.leave();
  }

  /** @param {string | undefined} id @param {string | undefined} name @returns {HTMLElement | null} */
  field(id, name) {
    return this.list.querySelector(`[data-id="${id}"] [data-field="${name}"]`);
  }

  /** @param {Tag} tag */
  row(tag) {
    const code = this.store.code(tag.label);
    const quote = this.store.quote([tag.start, tag.end]);
    const settings = { class: "fk-jump", tabindex: -1, "data-field": "jump", "aria-expanded": String(this.editing === tag.id) };
    const jump = button("", () => this.toggle(tag.id), settings);
    const chip = make("i", { class: "fk-chip", "aria-hidden": "true" }, code.chip);
    jump.append(chip, make("b", {}, code.name), " ", make("span", { dir: "auto" }, quote));
    const away = { class: "fk-away", "aria-label": `Remove ${code.name}: ${quote}`, tabindex: -1 };
    const row = make("li", { "data-id": tag.id }, jump, button("×", () => this.remove(tag.id), away));
    if (tag.note && this.editing !== tag.id) row.append(make("p", { dir: "auto" }, `Note: ${tag.note}`));
    if (this.editing === tag.id) row.append(this.editor(tag));
    else this.rows.set(tag, row);
    return row;
  }

  /** @param {Tag} tag */
  editor(tag) {
    const keep = (/** @type {keyof Tag} */ field, /** @type {any} */ more) => ({
      "data-field": field,
      ...more,
      oninput: (/** @type {any} */ { target }) => {
        clearTimeout(this.typing);
        this.typing = setTimeout(() => this.keep(tag.id, field, target.value), PAUSE);
      },
      onchange: (/** @type {any} */ { target }) => this.keep(tag.id, field, target.value),
      onblur: () => setTimeout(() => this.rebuild()),
    });
    const { offered } = this.store;
    const code = this.store.code(tag.label);
    // a code that is not on offer must not look like another one
    const codes = offered.includes(code) ? offered : [code, ...offered];
    const sure = { type: "number", min: 0, max: 100, step: 5, value: tag.confidence };
    return make(
      "div",
      { class: "fk-edit" },
      make("label", {}, "Code ", codeSelect(codes, tag.label, keep("label", {}))),
      make("label", {}, "Why? ", make("textarea", keep("note", { rows: 2, maxlength: 4000, dir: "auto" }), tag.note)),
      make("label", {}, "How sure are you, from 0 to 100? ", make("input", keep("confidence", sure))),
      button("Move to the words I select", () => this.resize(tag.id), { "data-field": "words" }),
    );
  }

  /** @param {string} id @param {keyof Tag} field @param {string} value */
  keep(id, field, value) {
    clearTimeout(this.typing);
    const number = value === "" ? null : Math.max(0, Math.min(100, Math.round(+value)));
    const now = field === "confidence" ? number : value;
    if (this.store.tags.get(id)?.[field] !== now) this.store.change(id, { [field]: now }, "Kept.");
  }

  /** @param {string} id */
  resize(id) {
    const words = this.text.words();
    if (!words) return this.store.tell([], "Select other words in the text first.");
    this.store.change(id, { start: words[0], end: words[1] }, `Now on ${this.store.quote(words)}.`);
  }

  /** Open or close the fields of one tag, and show its words. @param {string} id */
  toggle(id) {
    this.editing = this.editing === id ? "" : id;
    const tag = this.store.tags.get(id);
    if (tag && this.editing) this.text.show(tag);
    this.rebuild();
    this.field(id, "jump")?.focus();
  }

  /** @param {string} id */
  remove(id) {
    const row = this.list.querySelector(`[data-id="${id}"]`);
    const next = row?.nextElementSibling || row?.previousElementSibling;
    this.store.remove(id);
    if (next) next.querySelector(".fk-jump").focus();
    else this.text.leave();
  }

  /** @param {KeyboardEvent} event */
  onkey(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key === "Escape" || event.key === "F2") {
      event.preventDefault();
      this.text.leave();
    }
    if (!target.classList.contains("fk-jump")) return;
    const id = target.closest("li")?.dataset.id || "";
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.remove(id);
    }
    walk(event, /** @type {HTMLElement[]} */ ([...this.list.querySelectorAll(".fk-jump")]));
  }

  enter() {
    this.list.querySelector(".fk-jump[tabindex='0']")?.focus();
  }
}
