/** Says tagged phrases in plain words, and flips the passage. The Python twin is plain_words.py. */

import { AnswerStore } from "./answer_store.js";
import { fill, freshId, make } from "./dom.js";
import { FormView, paragraphs, tableOf } from "./form_view.js";
import { mount } from "./mount.js";
import { Offsets } from "./offsets.js";

/** @typedef {{start: number, end: number, quote: string, names: string[]}} Phrase */
/** @typedef {{start: number, end: number, quote: string, plain: string, carries: boolean}} Wording */

class PlainWordsView extends FormView {
  /** @param {AnswerStore} store @param {HTMLElement} root */
  constructor(store, root) {
    super(store, root);
    const { model, words } = this;
    this.limits = model.get("limits");
    /** @type {string} */
    this.text = model.get("text");
    this.offsets = new Offsets(this.text, model.get("start"));
    /** @type {Map<string, {phrase: Phrase, item: HTMLElement, names: HTMLElement, area: HTMLTextAreaElement, carries: HTMLInputElement}>} */
    this.rows = new Map();
    this.list = make("ol", { class: "fk-phrases" });
    this.facts = model.get("facts").map((/** @type {{id: string, text: string}} */ fact) => this.tick(fact.text, fact.id));
    this.factsBox = make("fieldset", { class: "fk-facts" }, make("legend", { class: "fk-prompt" }, words.facts), ...this.facts.map((/** @type {HTMLInputElement} */ one) => one.parentNode));
    this.passage = make("div", { class: "fk-passage" });
    this.remarks = make("div", { class: "fk-remarks" });
    /** @type {{sentences: string[], counts: [string, number, number][]}} what to say before the first answer */
    this.opening = model.get("reply");
    const title = make("p", { class: "fk-title" }, fill(words.heading, model.get("title")));
    const how = make("p", {}, fill(words.how, this.limits.nothing[0]));
    root.append(this.notices, title, how, this.list, this.other, this.row, this.sides(), this.passage, this.factsBox, this.remarks);
    this.take(model.get("phrases"));
    this.begin();
  }

  /** @param {string} words @param {string} value @returns {HTMLInputElement} a checkbox in its label */
  tick(words, value) {
    const box = make("input", { type: "checkbox", value });
    make("label", { class: "fk-option" }, box, make("span", { dir: "auto" }, words));
    return box;
  }

  sides() {
    const name = freshId();
    this.radios = Object.entries(/** @type {Record<string, string>} */ (this.words.sides)).map(([value, side]) => {
      const radio = make("input", { type: "radio", name, value, onchange: () => this.draw() });
      radio.checked = value === "both";
      make("label", { class: "fk-side" }, radio, side);
      return radio;
    });
    const legend = make("legend", { class: "fk-prompt" }, this.words.passage);
    return make("fieldset", { class: "fk-sides" }, legend, ...this.radios.map((radio) => radio.parentNode));
  }

  /** Show these phrases; what is written already stays. @param {Phrase[]} phrases */
  take(phrases) {
    const keys = new Map(phrases.map((one) => [`${one.start}-${one.end}`, one]));
    for (const [key, row] of this.rows)
      if (!keys.has(key) && row.area.value.trim()) keys.set(key, { ...row.phrase, names: [] });
    const ordered = [...keys.entries()].sort(([, a], [, b]) => a.start - b.start || b.end - a.end);
    for (const [key, row] of this.rows) if (!keys.has(key)) row.item.remove();
    const old = this.rows;
    this.rows = new Map(ordered.map(([key, phrase]) => [key, old.get(key) || this.rowOf(phrase)]));
    ordered.forEach(([key, phrase], place) => {
      const row = /** @type {any} */ (this.rows.get(key));
      row.names.textContent = phrase.names.join(", ") || this.words.not_tagged;
      // moving a row would take the focus off its field
      if (this.list.children[place] !== row.item) this.list.insertBefore(row.item, this.list.children[place] || null);
    });
  }

  /** @param {Phrase} phrase */
  rowOf(phrase) {
    const { words } = this;
    const [quote, label, carry] = [freshId(), freshId(), freshId()];
    const area = make("textarea", { rows: 1, maxlength: this.limits.longest, dir: "auto", "aria-labelledby": `${label} ${quote}` });
    const carries = make("input", { type: "checkbox", "aria-labelledby": `${carry} ${quote}` });
    const names = make("span", { class: "fk-names" });
    const item = make("li", {},
      make("p", { class: "fk-phrase" }, make("q", { id: quote, dir: "auto" }, phrase.quote), " ", names),
      make("label", { class: "fk-plain" }, make("span", { id: label }, words.plain), area),
      make("label", { class: "fk-carries" }, carries, make("span", { id: carry }, words.carries)),
    );
    return { phrase, item, names, area, carries };
  }

  read() {
    const wordings = [...this.rows.values()].filter((row) => row.area.value.trim()).map(({ phrase, area, carries }) => {
      const { start, end, quote } = phrase;
      return { start, end, quote, plain: area.value, carries: carries.checked };
    });
    wordings.sort((a, b) => a.start - b.start || a.end - b.end);
    return { wordings, facts: this.facts.filter((/** @type {HTMLInputElement} */ box) => box.checked).map((/** @type {HTMLInputElement} */ box) => box.value).sort() };
  }

  /** @param {Record<string, any>} response */
  write({ wordings = [], facts = [] }) {
    /** @type {Map<string, Wording>} */
    const saved = new Map(wordings.map((/** @type {Wording} */ one) => [`${one.start}-${one.end}`, one]));
    const missing = [...saved.keys()].filter((key) => !this.rows.has(key));
    if (missing.length) this.take([...[...this.rows.values()].map((row) => row.phrase), ...missing.map((key) => ({ .../** @type {Wording} */ (saved.get(key)), names: [] }))]);
    for (const [key, row] of this.rows) {
      const plain = saved.get(key)?.plain || "";
      if (row.area.value !== plain) row.area.value = plain;
      row.carries.checked = Boolean(saved.get(key)?.carries);
    }
    for (const box of this.facts) box.checked = facts.includes(box.value);
  }

  isBlank() {
    const { wordings, facts } = this.read();
    return !wordings.length && !facts.length;
  }

  refresh() {
    const { answer } = this;
    this.factsBox.hidden = !this.facts.length || !this.rows.size;
    this.draw();
    const reply = /** @type {any} */ (answer ? answer.reply : this.opening);
    if (!reply && /offline|unsaved/.test(this.delivery.state)) return this.remark([this.words.wait]);
    if (reply) this.remark(reply.sentences, reply.counts);
  }

  /** @param {string[]} sentences @param {[string, number, number][]} counts */
  remark(sentences, counts = []) {
    const table = counts.length ? [tableOf(this.words.counts, this.words.header, counts)] : [];
    this.remarks.replaceChildren(...paragraphs(sentences), ...table);
  }

  /** The wordings that are in the passage: of two that share words, the first one. @returns {Wording[]} */
  applied() {
    /** @type {Wording[]} */
    const taken = [];
    const first = this.read().wordings.sort((a, b) => a.start - b.start || b.end - a.end);
    for (const one of first) if (!taken.length || one.start >= taken[taken.length - 1].end) taken.push(one);
    return taken;
  }

  draw() {
    const side = this.radios?.find((radio) => radio.checked)?.value;
    /** @type {HTMLElement[]} */
    const lines = [make("p", { dir: "auto" })];
    const add = (/** @type {number} */ start, /** @type {number} */ end) => {
      const [first, ...rest] = this.text.slice(start, end).split("\n");
      lines[lines.length - 1].append(first);
      for (const line of rest) lines.push(make("p", { dir: "auto" }, line));
    };
    let here = 0;
    for (const one of this.applied()) {
      const { start, end } = this.offsets.placeOf(one);
      add(here, start);
      const words = one.plain.trim().split(/\s+/).join(" ");
      const shown = this.limits.nothing.includes(words) ? "" : words;
      const line = lines[lines.length - 1];
      if (side !== "plain") line.append(make(side === "both" ? "del" : "mark", {}, one.quote));
      if (side === "both" && shown) line.append(" ");
      if (side !== "written" && shown) line.append(make("ins", {}, shown));
      here = end;
    }
    add(here, this.text.length);
    this.passage.replaceChildren(...lines.filter((line) => line.textContent?.trim()));
  }

  /** @param {import("./types").Message} message */
  told(message) {
    super.told(message);
    if (message.phrases) {
      this.take(message.phrases);
      this.opening = message.reply;
      if (this.answer) this.answer.reply = message.reply;
    }
  }
}

export default () => mount(["form", "plain-words"], AnswerStore, (store, root) => new PlainWordsView(store, root));
