/** Settles contested passages, one after the other. The Python twin is adjudication.py. */

import { AnswerStore, plainly } from "./answer_store.js";
import { announcer, button, fill, freshId, make } from "./dom.js";
import { FormView, paragraphs } from "./form_view.js";
import { mount } from "./mount.js";
import { Offsets } from "./offsets.js";
import { stateIcon } from "./state_icon.js";

/** @typedef {import("./types").Reading} Reading */
/** @typedef {import("./types").Contested} Contested */
/** @typedef {import("./types").Answer} Answer */
/** @typedef {Record<string, any>} Decided */

/** @param {Decided} response which readings are kept, without the reasons */
const gist = ({ choice = "", kept = [] }) =>
  plainly({ choice, kept: kept.map((/** @type {any} */ one) => [one.start, one.end, one.label]) });

/** The latest decision on each passage; knows undo. */
class DecisionStore extends AnswerStore {
  /** @type {{target: string, before: Decided, after: Decided}[]} */
  done = [];

  /** Note what can be undone; writing on at a reason is no step of its own. @param {string} target @param {Decided} after */
  note(target, after) {
    const last = this.done[this.done.length - 1];
    if (last && last.target === target && gist(last.after) === gist(after)) last.after = after;
    else this.done.push({ target, before: this.answers.get(target)?.response || NOTHING, after });
  }
}

const NOTHING = { choice: "", kept: [], because: "" };

class AdjudicationView extends FormView {
  /** @param {DecisionStore} all @param {HTMLElement} root */
  constructor(all, root) {
    super(all, root);
    const { words } = this;
    this.all = all;
    /** @type {any[]} */
    this.restored = []; // they are taken over already, each on its passage
    /** @type {Contested[]} */
    this.passages = this.model.get("passages");
    this.place = 0;
    this.drawn = "";
    this.voice = announcer();
    this.progress = make("p", { class: "fk-progress", role: "status" });
    this.bar = make("progress", { max: this.passages.length || 1, "aria-hidden": "true" });
    this.list = make("select", { onchange: () => this.go(Number(this.list.value), false) }, ...this.passages.map((_, place) => make("option", { value: place })));
    this.heading = make("p", { class: "fk-heading", tabindex: -1 });
    this.passage = make("div", { class: "fk-passage" });
    this.form = make("div", { class: "fk-form" });
    this.need = make("p", { class: "fk-need", id: freshId() });
    this.back = button(words.previous, () => this.go(this.place - 1));
    this.next = button(words.next, () => this.go(this.place + 1), { class: "fk-main-button" });
    this.undoing = button(words.undo, () => this.undo());
    const remarks = paragraphs(this.model.get("remarks"));
    root.append(this.notices, make("p", { class: "fk-title" }, this.model.get("title")), ...remarks);
    if (this.passages.length) this.build();
  }

  build() {
    const { words } = this;
    const choose = make("label", { class: "fk-choose" }, make("span", {}, words.go), this.list);
    const save = button(words.finish, () => this.finish());
    const steps = make("div", { class: "fk-row" }, this.back, this.next, this.undoing);
    this.root.append(
      make("div", { class: "fk-top" }, this.progress, this.bar, choose),
      this.heading,
      this.passage,
      this.form,
      this.need,
      this.other,
      steps,
      this.codes(),
      this.row,
      save,
      this.reply,
      this.voice.line,
    );
    this.begin();
  }

  open() {
    this.turnToOpen();
    super.open();
  }

  turnToOpen() {
    const open = this.passages.findIndex((one) => !this.all.answers.get(one.target)?.response.choice);
    this.turn(Math.max(open, 0));
  }

  codes() {
    const rows = /** @type {string[][]} */ (Object.values(this.model.get("codes")));
    const told = rows.map(([name, what, rule]) => make("p", { dir: "auto" }, make("strong", {}, name), `: ${what} `, make("em", {}, rule)));
    return make("details", { class: "fk-codes" }, make("summary", {}, this.words.codes), ...told);
  }

  get target() {
    return this.contested.target;
  }

  /** Where nothing is contested, there is nothing to save. */
  get savesAlone() {
    return this.passages.length > 0;
  }

  changed() {
    if (this.passages.length) super.changed();
  }

  get contested() {
    return this.passages[this.place];
  }

  /** Show a passage. @param {number} place */
  turn(place) {
    this.place = place;
    this.drawn = "";
    this.fill();
    this.write(this.answer?.response || NOTHING);
    this.kept = plainly(this.read());
    this.known = plainly(this.answer?.response);
  }

  /** Go to a passage, and begin to read there. @param {number} place @param {boolean} focus */
  go(place, focus = true) {
    this.moved = true;
    this.save();
    if (!this.passages[place]) return this.voice.say(place < 0 ? this.words.first : this.words.last);
    if (place !== this.place) {
      this.other.replaceChildren();
      this.turn(place);
      this.show();
    }
    if (focus) this.heading.focus();
  }

  /** Make the fields of the passage that is shown. */
  fill() {
    const { words } = this;
    const { readings, others } = this.contested;
    const name = freshId();
    const radio = (/** @type {string} */ value, /** @type {(Node | string)[]} */ ...parts) =>
      make("label", { class: "fk-option" }, make("input", { type: "radio", name, value }), make("span", {}, ...parts));
    const rows = readings.map((one) => radio(one.letter, ...this.said(one), make("span", { class: "fk-who", dir: "auto" }, one.who)));
    if (readings.length > 1) rows.push(radio("several", readings.length === 2 ? words.both : words.several));
    rows.push(radio("none", words.none), radio("later", words.later));
    const labels = new Set(readings.map((one) => one.label));
    const ask = readings.length > 1 && labels.size === 1 ? fill(words.ask_extent, readings[0].name) : words.ask;
    const legend = make("legend", {}, ask);
    this.choices = make("fieldset", { class: "fk-choices" }, legend, ...rows);
    /** @type {Map<string, HTMLInputElement>} */
    this.ticks = new Map(readings.map((one) => [one.letter, make("input", { type: "checkbox", value: one.letter })]));
    const ticked = readings.map((one) => make("label", { class: "fk-option" }, this.ticks?.get(one.letter) || "", make("span", {}, ...this.said(one))));
    this.which = make("fieldset", { class: "fk-which" }, make("legend", {}, words.which), ...ticked);
    /** @type {Map<string, HTMLTextAreaElement>} by letter; the reason for no tag at all is under "" */
    this.reasons = new Map([...readings.map((one) => one.letter), ""].map((letter) => [letter, make("textarea", { rows: 2, maxlength: this.model.get("longest"), dir: "auto", "aria-describedby": this.need.id })]));
    const fields = [...this.reasons].map(([letter, area]) => make("label", { class: "fk-field" }, make("span", {}, letter ? fill(words.because, letter) : words.none_because), area));
    this.form.replaceChildren(...(others ? [make("p", { class: "fk-others", dir: "auto" }, others)] : []), this.choices, this.which, ...fields);
  }

  get choice() {
    return this.choices?.querySelector("input:checked")?.value || "";
  }

  /** @returns {Reading[]} the readings that stay */
  get staying() {
    const { readings } = this.contested;
    const { choice } = this;
    if (choice !== "several") return readings.filter((one) => one.letter === choice);
    return readings.length === 2 ? readings : readings.filter((one) => this.ticks?.get(one.letter)?.checked);
  }

  read() {
    const { choice } = this;
    const kept = this.staying.map(({ letter, start, end, label }) => ({ start, end, label, because: this.reasons?.get(letter)?.value || "" }));
    const because = choice === "none" ? this.reasons?.get("")?.value || "" : "";
    return { choice: /^(|several|none|later)$/.test(choice) ? choice : "one", kept, because };
  }

  /** @param {Decided} response */
  write({ choice = "", kept = [], because = "" }) {
    /** @param {Reading} one */
    const find = (one) => kept.find((/** @type {any} */ it) => it.start === one.start && it.end === one.end && it.label === one.label);
    const { readings } = this.contested;
    const alone = readings.find(find)?.letter || "";
    for (const radio of this.choices?.querySelectorAll("input") || []) radio.checked = radio.value === (choice === "one" ? alone : choice);
    for (const one of readings) {
      const tick = this.ticks?.get(one.letter);
      if (tick) tick.checked = Boolean(find(one));
      this.reason(one.letter, find(one)?.because || "");
    }
    this.reason("", because);
  }

  /** @param {string} letter @param {string} words */
  reason(letter, words) {
    const area = this.reasons?.get(letter);
    if (area && area.value !== words) area.value = words;
  }

  isBlank() {
    return !this.choice;
  }

  /** @param {Decided} response @param {boolean} draft */
  put(response, draft) {
    this.moved = true;
    this.all.note(this.target, response);
    super.put(response, draft);
  }

  undo() {
    this.save();
    const step = this.all.done.pop();
    if (!step) return this.voice.say(this.words.no_undo);
    const place = this.passages.findIndex((one) => one.target === step.target);
    this.go(place, place !== this.place);
    this.all.put(step.target, step.before);
    this.voice.say(fill(this.words.undone, place + 1, this.words.states[this.stateOf(place)]));
  }

  /** How far a passage is; of the one that is shown, as it is being written. @param {number} place @returns {string} */
  stateOf(place) {
    const { target, readings } = this.passages[place];
    const saved = this.all.answers.get(target)?.response || NOTHING;
    const { choice = "", kept = [], because = "" } = this.choices && place === this.place ? this.read() : saved;
    if (!choice || choice === "later") return choice || "open";
    /** @type {string[]} */
    const given = kept.length ? kept.map((/** @type {any} */ one) => one.because) : [because];
    const known = kept.every((/** @type {any} */ one) => readings.some((it) => it.start === one.start && it.end === one.end && it.label === one.label));
    const enough = choice === "several" ? kept.length > 1 : kept.length === (choice === "one" ? 1 : 0);
    return known && enough && given.every((one) => one.trim()) ? "settled" : "unfinished";
  }

  refresh() {
    if (!this.choices) return;
    const states = this.passages.map((_, place) => this.stateOf(place));
    const count = states.filter((one) => one === "settled").length;
    const { words } = this;
    const progress = fill(words.progress, count, states.length);
    if (this.progress.textContent !== progress) this.progress.textContent = progress;
    this.bar.value = count;
    states.forEach((state, place) => (this.list.options[place].textContent = `${place + 1}. ${this.passages[place].words} – ${words.states[state]}`));
    this.list.value = this.place;
    const here = this.place;
    const look = /** @type {Record<string, string>} */ ({ settled: "kept", unfinished: "open" })[states[here]] || "";
    const heading = fill(words.heading, here + 1, states.length, words.states[states[here]]);
    if (this.heading.textContent !== heading) this.heading.replaceChildren(...(look ? [stateIcon(look)] : []), heading);
    this.heading.dataset.state = look;
    this.back.setAttribute("aria-disabled", String(here === 0));
    this.next.setAttribute("aria-disabled", String(here === states.length - 1));
    this.undoing.setAttribute("aria-disabled", String(!this.all.done.length));
    this.unfold(states[here]);
    this.draw();
  }

  /** Show the fields that belong to the choice. @param {string} state */
  unfold(state) {
    const { choice } = this;
    const letters = this.staying.map((one) => one.letter);
    const many = this.contested.readings.length > 2;
    if (this.which) this.which.hidden = choice !== "several" || !many;
    for (const [letter, area] of this.reasons || [])
      /** @type {HTMLElement} */ (area.parentNode).hidden = letter ? !letters.includes(letter) : choice !== "none";
    const few = choice === "several" && letters.length < 2;
    const need = few ? this.words.too_few : this.words.write;
    this.need.textContent = state === "unfinished" || few ? need : "";
  }

  /** Mark what was read here, and what stays. */
  draw() {
    const { text, start, sentences, readings } = this.contested;
    const stays = new Set(this.staying);
    const look = [this.place, ...[...stays].map((one) => one.letter)].join();
    if (look === this.drawn) return;
    this.drawn = look;
    const offsets = new Offsets(text, start);
    const numbers = new Map(sentences.map(([at, number]) => [offsets.fromPython(at), number]));
    const marks = readings.map((reading) => ({ reading, ...offsets.placeOf(reading) }));
    const edges = marks.flatMap((mark) => [mark.start, mark.end]);
    const breaks = [...text.matchAll(/\n/g)].flatMap(({ index }) => [index, index + 1]);
    const cuts = [...new Set([0, ...numbers.keys(), ...edges, ...breaks, text.length])].sort((a, b) => a - b);
    const lines = [make("p", { dir: "auto" })];
    cuts.slice(0, -1).forEach((from, number) => {
      const words = text.slice(from, cuts[number + 1]);
      if (words === "\n") return lines.push(make("p", { dir: "auto" }));
      const line = lines[lines.length - 1];
      if (numbers.has(from)) line.append(make("small", { dir: "ltr" }, `[${numbers.get(from)}] `));
      const over = marks.filter((mark) => mark.start <= from && from < mark.end);
      const chips = over.filter((mark) => mark.start === from).map((mark) => make("sup", { dir: "ltr" }, mark.reading.letter));
      const kept = over.some((mark) => stays.has(mark.reading));
      line.append(over.length ? make("mark", { class: kept && "fk-stays" }, ...chips, words) : words);
    });
    this.passage.replaceChildren(...lines.filter((line) => line.textContent?.trim()));
  }

  finish() {
    this.save();
    this.ask({ kind: "write" });
  }

  /** @param {import("./types").Message} message */
  told(message) {
    super.told(message);
    // a page that was loaded again learns only now how far everything is
    if (message.kind === "state" && !this.moved && this.choices) this.turnToOpen();
    if (message.kind === "written" && this.answered()) this.respond(message.sentences);
  }

  /** @param {Reading} one */
  said({ letter, name, words }) {
    const parts = [make("b", { class: "fk-letter" }, letter), " ", make("span", { class: "fk-name" }, name)];
    return [...parts, this.words.on, make("span", { dir: "auto" }, words)];
  }
}

export default () => mount(["form", "adjudication"], DecisionStore, (store, root) => new AdjudicationView(store, root));
