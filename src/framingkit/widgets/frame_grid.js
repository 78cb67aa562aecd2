/** Names the frames of a section. The Python twin is frame_grid.py. */

import { AnswerStore } from "./answer_store.js";
import { button, fill, make } from "./dom.js";
import { FormView, tableOf } from "./form_view.js";
import { mount } from "./mount.js";
import { stateIcon } from "./state_icon.js";

/** @typedef {{id: string, name: string, definition: string, questions: string[]}} Frame */

class FrameGridView extends FormView {
  /** @param {AnswerStore} store @param {HTMLElement} root */
  constructor(store, root) {
    super(store, root);
    const { model, words } = this;
    /** @type {number} how many questions make a frame */
    this.needed = model.get("needed");
    /** @type {Frame[]} */
    this.frames = model.get("frames");
    /** @type {Map<string, {boxes: HTMLInputElement[], state: HTMLElement}>} */
    this.rows = new Map();
    /** @type {Record<string, any>} the answer in the fields, with what this grid does not show */
    this.whole = {};
    /** Whether the grid shows everything, and not only some frames. */
    this.isFull = Object.keys(model.get("questions")).length > 0;
    const grid = make("div", { class: "fk-frames" }, ...this.frames.map((frame) => this.frameBox(frame)));
    this.primary = this.choice([["", words.unchosen], ...this.frames.map((frame) => [frame.id, frame.name])]);
    this.scope = this.choice([["", words.unchosen], ...Object.entries(model.get("scopes")).map(([id, view]) => [id, `${id}: ${view}`])]);
    /** @type {Map<string, HTMLTextAreaElement>} */
    this.cells = new Map(Object.keys(model.get("questions")).map((name) => [name, make("textarea", { rows: 2, maxlength: model.get("longest"), dir: "auto" })]));
    const cells = Object.entries(model.get("questions")).map(([name, question]) => this.labelled(/** @type {string} */ (question), this.cells.get(name)));
    const press = button(words.compare, () => this.compare(), { class: "fk-main-button" });
    if (model.get("comparable")) this.row.prepend(press);
    root.append(
      this.notices,
      make("p", { class: "fk-title" }, fill(words.heading, model.get("title"))),
      make("p", {}, fill(words.how, this.needed)),
      grid,
      this.labelled(words.primary, this.primary),
      ...(this.isFull ? [make("p", { class: "fk-prompt" }, words.cells), make("div", { class: "fk-cells" }, ...cells), this.labelled(words.scope, this.scope)] : []),
      this.other,
      this.row,
      this.reply,
    );
    this.begin();
  }

  /** @param {Frame} frame */
  frameBox(frame) {
    const state = make("p", { class: "fk-state" });
    const boxes = frame.questions.map(() => make("input", { type: "checkbox" }));
    const rows = frame.questions.map((words, place) => make("label", { class: "fk-option" }, boxes[place], make("span", {}, words)));
    this.rows.set(frame.id, { boxes, state });
    return make("fieldset", {}, make("legend", {}, frame.name), make("p", { class: "fk-definition" }, frame.definition), ...rows, state);
  }

  /** @param {string[][]} options @returns {HTMLSelectElement} */
  choice(options) {
    return make("select", {}, ...options.map(([value, words]) => make("option", { value }, words)));
  }

  /** @param {string} words @param {HTMLElement | undefined} field */
  labelled(words, field) {
    return make("label", { class: "fk-field" }, make("span", {}, words), field || "");
  }

  read() {
    /** @type {Record<string, number[]>} */
    const indicators = { ...this.whole.indicators };
    for (const [id, { boxes }] of this.rows) {
      const yes = boxes.flatMap((box, place) => (box.checked ? [place + 1] : []));
      delete indicators[id];
      if (yes.length) indicators[id] = yes;
    }
    const cells = Object.fromEntries([...this.cells].map(([name, area]) => [name, area.value]));
    const scope = this.isFull ? this.scope.value : this.whole.scope || "";
    return { ...this.whole, indicators, primary: this.primary.value, scope, ...cells };
  }

  /** @param {Record<string, any>} response */
  write(response) {
    this.whole = response;
    const { primary } = response;
    if (primary && ![...this.primary.options].some((option) => option.value === primary))
      this.primary.append(make("option", { value: primary }, this.model.get("names")[primary] || primary));
    for (const [id, { boxes }] of this.rows)
      boxes.forEach((box, place) => (box.checked = (response.indicators?.[id] || []).includes(place + 1)));
    this.primary.value = response.primary || "";
    this.scope.value = response.scope || "";
    for (const [name, area] of this.cells) if (area.value !== (response[name] || "")) area.value = response[name] || "";
  }

  isBlank() {
    const { indicators, ...texts } = this.read();
    return !Object.keys(indicators).length && !Object.values(texts).join("").trim();
  }

  refresh() {
    for (const { boxes, state } of this.rows.values()) {
      const yes = boxes.filter((box) => box.checked).length;
      const isPresent = yes >= this.needed;
      const sentence = fill(isPresent ? this.words.present : this.words.ticked, yes, boxes.length);
      if (state.textContent !== sentence) state.replaceChildren(...(isPresent ? [stateIcon("kept")] : []), sentence);
      state.dataset.state = isPresent ? "kept" : "";
    }
  }

  compare() {
    this.save();
    this.ask({ kind: "compare" });
  }

  /** @param {import("./types").Message} message */
  told(message) {
    super.told(message);
    if (message.kind !== "comparison" || !this.answered()) return;
    const { compared, header } = this.words;
    this.respond(message.sentences, ...(message.rows.length ? [tableOf(compared, header, message.rows)] : []));
  }
}

export default () => mount(["form", "frame-grid"], AnswerStore, (store, root) => new FrameGridView(store, root));
