/** Written answers, marked one by one and without names. */

import { badge, refusals } from "./delivery.js";
import { announcer, button, fill, freshId, make } from "./dom.js";

/**
 * @typedef {{mark: string, comment: string}} Given
 * @typedef {Given & {person: string, text: string, note: string, seen: Given}} Entry
 */

const SOON = 1000;

export class MarkingView {
  /** @type {Entry[]} */
  entries = [];
  place = 0;
  item = "";
  /** @type {Map<string, number>} how many answers to a question have a mark, as far as it changed here */
  counts = new Map();
  /** @type {Map<string, [Entry, Given]>} what was sent, by the id of the act */
  sent = new Map();

  /** @param {any} store */
  constructor(store) {
    const { words, delivery } = store;
    this.store = store;
    this.words = words;
    this.select = make("select", { id: freshId(), onchange: () => this.open(this.select.value) });
    this.title = make("p", { class: "fk-kicker", id: freshId() });
    this.text = make("blockquote", { class: "fk-answer", tabindex: 0, dir: "auto", "aria-labelledby": this.title.id });
    this.note = make("p", { class: "fk-hint" });
    this.levels = make("div", { class: "fk-levels", role: "group", "aria-label": words.answer_of });
    this.comment = make("textarea", { rows: 3, dir: "auto", maxlength: 5000, oninput: () => this.typed(), onchange: () => this.keep() });
    this.aloud = announcer();
    const row = make("div", { class: "fk-row" }, button(words.previous, () => this.go(-1)), button(words.next_one, () => this.go(1)), button(words.next_open, () => this.goOpen(), { class: "fk-main-button" }), badge(delivery));
    this.prompt = make("p", { class: "fk-prompt", dir: "auto" });
    this.form = make("div", {}, this.prompt, this.title, this.text, this.note, this.levels, make("label", { class: "fk-field" }, make("span", {}, words.comment), this.comment), button(words.quote, () => this.quote(), { class: "fk-quiet" }), row, refusals(delivery), make("p", { class: "fk-hint" }, words.keys));
    this.box = make("div", { class: "fk-marking", onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event) }, make("p", {}, make("label", { for: this.select.id }, words.question), this.select), this.form, this.aloud.line);
    this.form.hidden = true;
  }

  /** @returns {[string, string, string[], number, number][]} */
  get questions() {
    return this.store.desk.marking?.questions || [];
  }

  /** @returns {Entry} */
  get entry() {
    return this.entries[this.place];
  }

  /** List the questions, and open the first one. */
  draw() {
    if (this.item) this.counts.set(this.item, this.entries.filter(({ mark }) => mark).length);
    const counts = this.questions.map((one) => this.counts.get(one[0]) ?? one[4]);
    this.select.replaceChildren(...this.questions.map(([item, prompt, , all], place) => make("option", { value: item }, fill(this.words.left, prompt.length > 60 ? `${prompt.slice(0, 60)}…` : prompt, counts[place], all))));
    if (this.item) this.select.value = this.item;
    else if (this.questions[0]) this.open(this.questions[0][0]);
  }

  /** @param {string} item */
  async open(item, place = 0) {
    this.keep();
    const { answers, said, problem } = await this.store.ask("answers", { item });
    if (!answers) return this.aloud.say(problem || "");
    this.item = item;
    this.entries = answers.map((/** @type {string[]} */ [person, text, mark, comment, note]) => ({ person, text, mark, comment, note, seen: { mark, comment } }));
    this.restore();
    const open = this.entries.findIndex(({ mark }) => !mark);
    this.place = place || Math.max(open, 0);
    this.form.hidden = !this.entries[0];
    const [, prompt, rubric] = this.questions.find((one) => one[0] === item) || ["", "", []];
    this.prompt.textContent = prompt;
    const press = (/** @type {string} */ mark, /** @type {string} */ words) => button(words, () => this.mark(mark), { "data-mark": mark });
    this.levels.replaceChildren(...rubric.map((line, level) => press(`${level}`, fill(this.words.level, level, line))), press("", this.words.no_mark));
    this.show();
    this.draw();
    if (said[0]) this.aloud.say(said.join(" "));
  }

  /** What an earlier page could not save is shown, and is on its way. */
  restore() {
    for (const { target, response } of this.store.delivery.unsent) {
      const entry = this.entries.find(({ person }) => target === this.target(person));
      if (entry) Object.assign(entry, { mark: response.mark, comment: response.comment });
    }
  }

  /** @param {string} person */
  target(person) {
    return `${this.store.desk.marking?.room}/${this.item}/${person}`;
  }

  show() {
    const { entry, words } = this;
    if (!entry) return;
    this.title.textContent = fill(words.answer, this.place + 1, this.entries.length);
    this.text.textContent = entry.text;
    this.note.textContent = entry.note;
    if (this.comment.value !== entry.comment) this.comment.value = entry.comment;
    this.press();
  }

  press() {
    for (const one of this.levels.children) one.setAttribute("aria-pressed", String(one.dataset.mark === this.entry.mark));
  }

  /** @param {string} mark */
  mark(mark) {
    if (!this.entry) return;
    this.entry.mark = mark;
    this.press();
    this.put();
    this.aloud.say(mark ? fill(this.words.given, mark) : this.words.no_mark);
    this.draw();
  }

  typed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), SOON);
  }

  /** Save the comment if it has changed. */
  keep() {
    clearTimeout(this.timer);
    const { entry, comment } = this;
    if (!entry || entry.comment === comment.value.trim()) return;
    entry.comment = comment.value.trim();
    this.put();
  }

  put() {
    const { entry, store } = this;
    const { delivery } = store;
    const target = this.target(entry.person);
    // the later act holds all that an earlier one did
    for (const { id } of delivery.unsent.filter((/** @type {any} */ one) => one.target === target)) delivery.drop(id);
    const given = { mark: entry.mark, comment: entry.comment };
    const { id } = delivery.deliver({ kind: "answer", target, response: { ...given, seen: entry.seen } });
    this.sent.set(id, [entry, given]);
  }

  /** @param {number} step */
  go(step) {
    this.keep();
    const place = this.place + step;
    if (!this.entries[place]) return;
    this.place = place;
    this.show();
    this.text.focus();
  }

  /** Go to the next answer without a mark, from here on and then from the first. */
  goOpen() {
    const { length } = this.entries;
    const isOpen = (/** @type {number} */ step) => !this.entries[(this.place + step) % length].mark;
    const step = this.entries.findIndex((_, one) => isOpen(one + 1));
    if (step < 0) return this.aloud.say(this.words.all_marked);
    this.go(((this.place + step + 1) % length) - this.place);
  }

  /** Put the selected words of the answer into the comment. */
  quote() {
    const chosen = this.text.getRootNode().getSelection?.() || getSelection();
    const words = this.text.contains(chosen?.anchorNode) ? `${chosen}`.trim() : "";
    if (!words) return this.aloud.say(this.words.select);
    const before = this.comment.value.trimEnd();
    this.comment.value = `${before}${before && "\n"}"${words}": `;
    this.comment.focus();
    this.typed();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { key, ctrlKey, metaKey, altKey } = event;
    const field = /** @type {HTMLElement} */ (event.target);
    if (field.matches("textarea,select") || ctrlKey || metaKey || altKey) return;
    const steps = /** @type {Record<string, number>} */ ({ ArrowRight: 1, ArrowLeft: -1 });
    const levels = this.levels.childElementCount - 1;
    if (/^\d$/.test(key) && Number(key) < levels) this.mark(key);
    else if (steps[key]) this.go(steps[key]);
    else return;
    event.preventDefault();
  }

  /** @param {import("./types").Message} message */
  told({ kind, ids = [], said = [] }) {
    if (kind === "saved")
      for (const id of ids) {
        const [entry, given] = this.sent.get(id) || [];
        if (entry && given) entry.seen = given;
        this.sent.delete(id);
      }
    if (kind === "saved" && said[0]) this.aloud.say(said.join(" "));
    // what was not taken must not stay on the screen
    if (kind === "refused" && this.item) this.open(this.item, this.place);
  }

  stop() {
    this.keep();
    clearTimeout(this.timer);
  }
}
