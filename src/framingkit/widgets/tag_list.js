/** The tags as a real list: jump, change the code, add a note, say how sure you are, remove. */

import { button, make, walk } from "./dom.js";
import { inReadingOrder } from "./marked_text.js";
import { countBelow } from "./offsets.js";

const PAGE = 200;
const SURE = [[null, "not said"], [25, "a guess (25 of 100)"], [50, "half sure (50)"], [75, "quite sure (75)"], [100, "certain (100)"]];

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
    /** @type {Map<string, HTMLElement>} */
    this.rows = new Map();
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

  rebuild() {
    this.order = [...this.store.tags.values()].sort(inReadingOrder);
    this.rows.clear();
    const rows = this.order.slice(0, this.shown).map((tag) => this.row(tag));
    this.list.replaceChildren(...rows);
    this.finish();
  }

  finish() {
    const { size } = this.store.tags;
    this.title.textContent = size === 1 ? "Your tags: 1" : `Your tags: ${size}`;
    this.more.hidden = size <= this.shown;
    this.list.hidden = !size;
    if (!this.list.querySelector(".fk-jump[tabindex='0']")) {
      const first = this.list.querySelector(".fk-jump");
      if (first) first.tabIndex = 0;
    }
  }

  /** @param {import("./types").Change[]} changes */
  update(changes) {
    for (const { id } of changes) {
      const now = this.store.tags.get(id);
      const old = this.rows.get(id);
      const focused = old?.contains(document.activeElement);
      const field = focused ? /** @type {HTMLElement} */ (document.activeElement).dataset.field : undefined;
      old?.remove();
      this.rows.delete(id);
      if (!now) continue;
      const rows = /** @type {HTMLElement[]} */ ([...this.list.children]);
      const place = countBelow(rows, (row) => {
        const other = this.store.tags.get(row.dataset.id || "");
        return !other || inReadingOrder(other, now) < 0;
      });
      if (place >= this.shown) continue;
      this.list.insertBefore(this.row(now), rows[place] || null);
      if (focused) this.rows.get(id)?.querySelector(/** @type {any} */ (`[data-field="${field}"]`))?.focus();
    }
    this.finish();
  }

  /** @param {Tag} tag */
  row(tag) {
    const code = this.store.code(tag.label);
    const quote = this.store.quote([tag.start, tag.end]);
    const settings = { class: "fk-jump", tabindex: -1, "data-field": "jump", "aria-expanded": this.editing === tag.id };
    const jump = button("", () => this.toggle(tag.id), settings);
    const chip = make("i", { class: "fk-chip", "aria-hidden": "true" }, code.chip);
    jump.append(chip, make("b", {}, code.name), " ", make("q", { dir: "auto" }, quote));
    const away = { class: "fk-away", "aria-label": `Remove ${code.name}: ${quote}`, tabindex: -1 };
    const row = make("li", { "data-id": tag.id }, jump, button("×", () => this.remove(tag.id), away));
    if (tag.note && this.editing !== tag.id) row.append(make("p", { dir: "auto" }, `Note: ${tag.note}`));
    if (this.editing === tag.id) row.append(this.editor(tag));
    this.rows.set(tag.id, row);
    return row;
  }

  /** @param {Tag} tag */
  editor(tag) {
    const { store } = this;
    const codes = make("select", { "data-field": "code", onchange: () => {
      store.change(tag.id, { label: codes.value }, `Now tagged as ${store.code(codes.value).name}.`);
    } }, ...store.codes.map((code) => make("option", { value: code.id, selected: code.id === tag.label }, code.name)));
    const note = make("textarea", { "data-field": "note", rows: 2, maxlength: 4000, dir: "auto", onchange: () => {
      store.change(tag.id, { note: note.value }, "Note kept.");
    } }, tag.note);
    const sure = make("select", { "data-field": "sure", onchange: () => {
      store.change(tag.id, { confidence: sure.value ? +sure.value : null }, "Kept how sure you are.");
    } }, ...SURE.map(([value, words]) => make("option", { value: value ?? "", selected: value === tag.confidence }, String(words))));
    return make(
      "div",
      { class: "fk-edit" },
      make("label", {}, "Code ", codes),
      make("label", {}, "Why? (a note for yourself and your class) ", note),
      make("label", {}, "How sure are you? ", sure),
      button("Use the words I have selected now", () => this.resize(tag.id), { "data-field": "words" }),
    );
  }

  /** @param {string} id */
  resize(id) {
    const words = this.text.words();
    if (!words) return this.store.tell([], "Select other words in the text first, then press this button.");
    this.store.change(id, { start: words[0], end: words[1] }, `Now on “${this.store.quote(words)}”.`);
  }

  /** Open or close the fields of one tag, and show its words. @param {string} id */
  toggle(id) {
    const before = this.editing;
    this.editing = before === id ? "" : id;
    const both = [before, id].filter((one) => this.store.tags.has(one));
    this.update(both.map((one) => ({ id: one, before: null, after: null })));
    const tag = this.store.tags.get(id);
    if (tag && this.editing) this.text.show(tag);
    this.rows.get(id)?.querySelector(/** @type {any} */ (".fk-jump"))?.focus();
  }

  /** @param {string} id */
  remove(id) {
    const row = this.rows.get(id);
    const next = /** @type {HTMLElement | null} */ (row?.nextElementSibling || row?.previousElementSibling);
    this.store.remove(id);
    const target = /** @type {HTMLElement | null | undefined} */ (next?.querySelector(".fk-jump"));
    if (target) target.focus();
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
