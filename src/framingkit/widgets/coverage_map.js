/** Shows texts on one event part by part; a mark in one shows its counterparts. The Python twin is coverage_map.py. */

import { atFocus, button, each, fill, freshId, make, walk } from "./dom.js";
import { mount } from "./mount.js";

/**
 * @typedef {[string, number, number[], number[]]} Stretch words, number of the sentence, marks that begin, marks that go on
 * @typedef {{about: string, paragraphs: [string, Stretch[]][]}} Cell
 * @typedef {{key: string, report: number, chip: string, name: string, look: string, said: string}} Mark
 * @typedef {{name: string, keys: [string, string][], marks: Mark[], rows: {title: string, cells: Cell[]}[]}} MarkedView
 */

/** There is nothing to share: no view changes anything. */
class CoverageStore {
  /** @type {Set<CoverageView>} */
  views = new Set();

  /** @param {import("./types").Model} model */
  constructor(model) {
    this.model = model;
  }

  enter() {}

  leave() {}

  stop() {}
}

class CoverageView {
  /** @param {CoverageStore} store @param {HTMLElement} root */
  constructor({ model }, root) {
    /** @type {Record<string, string>} */
    this.words = model.get("words");
    /** @type {{names: string[], views: MarkedView[]}} */
    this.texts = model.get("texts");
    /** @type {HTMLElement[]} the marked words, which the arrow keys walk through */
    this.stops = [];
    /** which of them was chosen last */
    this.here = -1;
    const { words } = this;
    const { names, views } = this.texts;
    this.kind = make("select", { id: freshId(), onchange: () => this.change() }, ...each("option", views.map((one) => one.name)));
    this.only = make("select", { id: freshId(), onchange: () => this.draw() });
    /** @param {KeyboardEvent} event */
    const onkeydown = (event) => (event.key === "Enter" ? this.next(event) : walk(event, this.stops));
    this.grid = make("div", { class: "fk-texts", style: `--texts:${names.length}`, onkeydown });
    this.line = make("p", { class: "fk-line", role: "status" });
    this.press = button(words.next, () => this.next(), { hidden: true });
    this.stopping = new AbortController();
    root.addEventListener("keydown", (event) => event.stopPropagation(), { signal: this.stopping.signal });
    root.append(
      make("p", { class: "fk-title" }, fill(words.heading, names.join(", "))),
      make("p", { class: "fk-hint" }, words.about),
      make("div", { class: "fk-row" }, ...(views.length > 1 ? [make("label", { for: this.kind.id }, words.mark), this.kind] : []), make("label", { for: this.only.id }, words.only), this.only),
      this.grid,
      make("div", { class: "fk-foot" }, this.line, this.press),
    );
    this.change();
  }

  /** @returns {MarkedView} what is chosen to be marked */
  view() {
    return this.texts.views[this.kind.selectedIndex];
  }

  change() {
    const all = make("option", { value: "" }, this.words.all);
    this.only.replaceChildren(all, ...this.view().keys.map(([key, name]) => make("option", { value: key }, name)));
    this.draw();
  }

  draw() {
    this.stops = [];
    this.here = -1;
    this.grid.replaceChildren(
      ...this.view().rows.map(({ title, cells }) =>
        make("section", { "aria-label": title }, make("p", { class: "fk-part", role: "heading", "aria-level": 4 }, title), ...cells.map((one) => this.cell(one))),
      ),
    );
    if (this.stops[0]) this.stops[0].tabIndex = 0;
    this.line.textContent = this.words.hint;
    this.press.hidden = true;
  }

  /** @param {Cell} cell */
  cell({ about, paragraphs }) {
    const lines = paragraphs.map(([rank, parts]) => make("p", { dir: "auto", class: rank && `fk-${rank}` }, ...parts.flatMap((one) => this.stretch(one))));
    return make("div", { role: "group", "aria-label": about }, make("p", { class: "fk-of", "aria-hidden": "true" }, about), ...lines);
  }

  /** @param {Stretch} stretch @returns {(Node | string)[]} */
  stretch([words, number, begun, going]) {
    // the style sheet draws numbers and chips: they are no part of a text
    const sign = number ? [make("span", { class: "fk-number", "data-number": number })] : [];
    const { marks } = this.view();
    const isShown = (/** @type {number} */ one) => !this.only.value || marks[one].key === this.only.value;
    const over = [...begun, ...going].filter(isShown);
    if (!over.length) return [...sign, words];
    const chips = begun.filter(isShown).map((one) => marks[one].chip);
    const looks = over.map((one) => marks[one].look).filter(Boolean);
    const [first, second] = looks.map((one) => (one.match(/var\(.*?\)/g) || [])[1]);
    const style = first ? `${looks[0]};--l0:${first};--l1:${second || "none"}` : null;
    const names = over.map((one) => marks[one].name).join("; ");
    const act = () => this.say(mark);
    const mark = make("mark", { tabindex: -1, role: "button", style, "data-marks": over.join(" "), "data-chips": chips.join("·") || null, "aria-description": names, onfocus: act, onclick: () => mark.focus() }, words);
    this.stops.push(mark);
    return [...sign, mark];
  }

  /** @param {HTMLElement} mark @returns {Mark[]} what some words are marked with */
  marksOf({ dataset }) {
    return (dataset.marks || "").split(" ").map((one) => this.view().marks[+one]);
  }

  /** Say what the words have in common with the other texts. @param {HTMLElement} mark */
  say(mark) {
    const marks = this.marksOf(mark);
    const keys = marks.map((one) => one.key);
    const isSame = (/** @type {HTMLElement} */ one) => this.marksOf(one).some((other) => keys.includes(other.key));
    for (const one of this.stops) {
      one.tabIndex = one === mark ? 0 : -1;
      one.toggleAttribute("data-here", one === mark);
      one.toggleAttribute("data-same", one !== mark && isSame(one));
    }
    this.here = this.stops.indexOf(mark);
    this.line.textContent = [...new Set(marks.map((one) => one.said))].join(" ");
    this.press.hidden = !this.stops.some((one) => one.hasAttribute("data-same"));
  }

  /** Go to the next words with the same mark, also when they are in another text. @param {Event} [event] */
  next(event) {
    const mark = this.stops[this.here];
    if (!mark || (event && atFocus() !== mark)) return;
    event?.preventDefault();
    const same = this.stops.filter((one) => one === mark || one.hasAttribute("data-same"));
    same[(same.indexOf(mark) + 1) % same.length].focus();
  }

  stop() {
    this.stopping.abort();
  }
}

export default () => mount(["form", "coverage-map"], CoverageStore, (store, root) => new CoverageView(store, root));
