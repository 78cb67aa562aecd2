/** "Type the words": find words in the text and tag them without selecting anything. */

import { button, make } from "./dom.js";
import { codeSelect } from "./palette.js";

export class WordSearch {
  /**
   * @param {import("./tag_store").TagStore} store @param {{show: (start: number, end: number) => void}} text
   */
  constructor(store, text) {
    this.store = store;
    this.text = text;
    /** @type {[number, number][]} */
    this.places = [];
    this.here = 0;
    this.words = make("input", { type: "search", dir: "auto", oninput: () => this.find(), onkeydown: (/** @type {KeyboardEvent} */ e) => {
      if (e.key !== "Enter") return;
      e.preventDefault();
      this.step(e.shiftKey ? -1 : 1);
    } });
    this.count = make("span", { role: "status" }, "");
    this.code = codeSelect(store.offered, "", {});
    this.one = button("Tag this place", () => this.tag([this.places[this.here]]));
    this.all = button("Tag all places", () => this.tag(this.places));
    this.box = make(
      "details",
      { class: "fk-search" },
      make("summary", {}, "Tag by typing the words"),
      make("label", {}, "Words in the text ", this.words),
      button("Previous", () => this.step(-1)),
      button("Next", () => this.step(1)),
      this.count,
      make("label", {}, "Code ", this.code),
      this.one,
      this.all,
    );
    this.find();
  }

  find() {
    const wanted = this.words.value.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");
    this.places = [];
    if (wanted)
      for (const match of this.store.text.matchAll(new RegExp(wanted, "giu")))
        this.places.push([match.index, match.index + match[0].length]);
    this.here = 0;
    this.say();
  }

  say() {
    const { length } = this.places;
    this.one.disabled = this.all.disabled = !length;
    this.all.textContent = length > 1 ? `Tag all ${length} places` : "Tag all places";
    if (!this.words.value.trim()) this.count.textContent = "";
    else if (!length) this.count.textContent = "These words are not in this text.";
    else this.count.textContent = `Place ${this.here + 1} of ${length}.`;
  }

  /** @param {number} by */
  step(by) {
    const { length } = this.places;
    if (!length) return this.say();
    const focused = /** @type {HTMLElement} */ (document.activeElement);
    this.here = (this.here + by + length) % length;
    this.text.show(...this.places[this.here]);
    focused.focus();
    this.say();
  }

  /** @param {[number, number][]} places */
  tag(places) {
    this.store.add(places, this.code.value);
  }
}
