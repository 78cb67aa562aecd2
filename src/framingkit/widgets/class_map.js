/** Shows how a class tagged a section, but only after one's own reading. The Python twin is class_map.py. */

import { atFocus, button, each, fill, freshId, make, walk } from "./dom.js";
import { mount } from "./mount.js";

/**
 * @typedef {[string, number, number, number, string]} Piece words, number of the sentence, level, learners, what to say
 * @typedef {{name: string, paragraphs: Piece[][], lines: string[]}} View
 * @typedef {{words: string, sentence: string, lines: string[], yours: string, prompt: string}} Split
 */

/** What the class gave, shared by all views of one model. */
class ClassStore {
  /** @type {Set<ClassMapView>} */
  views = new Set();

  /** @param {import("./types").Model} model */
  constructor(model) {
    this.model = model;
    model.on("change:shown", () => this.views.forEach((view) => view.draw()));
    model.on("msg:custom", ({ reason = "" }) => this.views.forEach((view) => view.refuse(reason)));
  }

  /** @param {string} kind @returns {boolean} whether somebody may have heard it */
  post(kind) {
    try {
      this.model.send({ kind });
      return true;
    } catch {
      return false;
    }
  }

  enter() {
    this.post("open");
  }

  leave() {
    this.post("bye");
  }

  stop() {}
}

class ClassMapView {
  /** @param {ClassStore} store @param {HTMLElement} root */
  constructor(store, root) {
    const { model } = store;
    this.store = store;
    this.model = model;
    /** @type {Record<string, string>} */
    this.words = model.get("words");
    this.body = make("div");
    this.problem = make("p", { class: "fk-problem", role: "alert" });
    /** @type {HTMLElement[]} the marked words, which the arrow keys walk through */
    this.stops = [];
    root.append(make("p", { class: "fk-title" }, fill(this.words.heading, model.get("title"))), this.body);
    this.stopping = new AbortController();
    root.addEventListener("keydown", (event) => event.stopPropagation(), { signal: this.stopping.signal });
    this.draw();
  }

  draw() {
    this.refuse("");
    this.shown = this.model.get("shown");
    const focused = atFocus();
    const [isHere, isNew] = [this.body.contains(focused), focused === this.press];
    this.body.replaceChildren(...(this.shown.views ? this.map() : this.curtain()));
    // what had the focus is gone; a class that has just come is read out from its first sentence
    if (isHere) ((isNew ? this.said : this.select) || this.press)?.focus();
  }

  /** What is here until the learner's own reading is kept. */
  curtain() {
    this.press = button(this.words.press, () => this.ask(), { class: "fk-main-button" });
    return [...each("p", this.model.get("why")), this.press, this.problem];
  }

  ask() {
    this.refuse("");
    const alone = () => this.refuse(this.words.alone);
    if (this.store.post("keep")) this.timer = setTimeout(alone, this.model.get("patience"));
    else alone();
  }

  /** @param {string} sentence */
  refuse(sentence) {
    clearTimeout(this.timer);
    this.problem.textContent = sentence;
  }

  map() {
    const { words } = this;
    const { said, views, splits, levels, words: titles } = this.shown;
    this.said = make("div", { tabindex: -1 }, ...each("p", said));
    if (!views.length) return [this.said];
    const before = this.select?.value;
    this.select = make("select", { id: freshId(), onchange: () => this.fill() }, ...views.map((/** @type {View} */ one) => make("option", {}, one.name)));
    if (views.some((/** @type {View} */ one) => one.name === before)) this.select.value = before;
    this.text = make("div", { class: "fk-map", onkeydown: (/** @type {KeyboardEvent} */ event) => walk(event, this.stops) });
    this.line = make("p", { class: "fk-line", role: "status" });
    this.list = make("ul");
    const key = levels.map((/** @type {string} */ name, /** @type {number} */ place) => make("li", {}, make("mark", { "data-level": place + 1 }, words.sample), ` ${name}`));
    this.fill();
    return [
      this.said,
      make("div", { class: "fk-row" }, make("label", { for: this.select.id }, words.codes), this.select),
      make("p", {}, words.key),
      make("ul", { class: "fk-key" }, ...key),
      make("div", { class: "fk-both" }, make("div", {}, make("div", { class: "fk-scroll" }, this.text), this.line), make("div", {}, make("p", { class: "fk-title" }, titles.most), this.list, make("p", { class: "fk-hint" }, titles.counted))),
      make("p", { class: "fk-title" }, titles.split),
      splits.length ? make("ol", {}, ...splits.map((/** @type {Split} */ one) => this.split(one))) : make("p", {}, titles.none),
    ];
  }

  /** Show the counts of the chosen code. */
  fill() {
    /** @type {View} */
    const view = this.shown.views[this.select.selectedIndex];
    this.stops = [];
    const paragraphs = view.paragraphs.map((one) => make("p", { dir: "auto" }, ...one.flatMap((piece) => this.piece(piece))));
    if (this.stops[0]) this.stops[0].tabIndex = 0;
    this.text.replaceChildren(...paragraphs);
    this.list.replaceChildren(...view.lines.map((one) => make("li", { dir: "auto" }, one)));
    this.line.textContent = this.words.hint;
  }

  /** @param {Piece} piece @returns {(Node | string)[]} */
  piece([words, number, level, learners, said]) {
    // the style sheet draws both numbers: they are no part of the article
    const sign = number ? [make("span", { class: "fk-number", "data-number": number })] : [];
    if (!level) return [...sign, words];
    const say = () => this.say(mark, said);
    // a screen reader speaks a line only when it changes
    const again = (/** @type {KeyboardEvent} */ { key }) => /^(Enter| )$/.test(key) && this.say(mark, this.line.textContent === said ? `${said}\u00a0` : said);
    const mark = make("mark", { tabindex: -1, role: "button", "data-level": level, "data-count": learners, onfocus: say, onclick: () => mark.focus(), onkeydown: again, onmouseenter: say }, words);
    this.stops.push(mark);
    return [...sign, mark];
  }

  /** @param {HTMLElement} mark @param {string} said */
  say(mark, said) {
    for (const one of this.stops) one.toggleAttribute("data-here", one === mark);
    this.line.textContent = said;
  }

  /** @param {Split} split */
  split({ words, sentence, lines, yours, prompt }) {
    return make(
      "li",
      {},
      make("p", { dir: "auto" }, make("strong", {}, words)),
      make("p", { dir: "auto" }, sentence),
      make("ul", {}, ...lines.map((one) => make("li", { dir: "auto" }, one))),
      make("p", { dir: "auto" }, yours),
      make("details", {}, make("summary", {}, this.words.discuss), make("p", { dir: "auto" }, prompt)),
    );
  }

  stop() {
    clearTimeout(this.timer);
    this.stopping.abort();
  }
}

export default () => mount(["form", "class-map"], ClassStore, (store, root) => new ClassMapView(store, root));
