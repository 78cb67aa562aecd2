/** Names the frames of a section. The Python twin is frame_grid.py. */

import { AnswerStore } from "./answer_store.js";
import { button, make } from "./dom.js";
import { FormView, paragraphs, tableOf } from "./form_view.js";
import { mount } from "./mount.js";

/** @typedef {{id: string, name: string, definition: string, questions: string[]}} Frame */

const THERE = 2;

class FrameGridView extends FormView {
  /** @param {AnswerStore} store @param {HTMLElement} root */
  constructor(store, root) {
    super(store, root);
    const { model } = this;
    /** @type {Frame[]} */
    this.frames = model.get("frames");
    /** @type {Map<string, {boxes: HTMLInputElement[], state: HTMLElement}>} */
    this.rows = new Map();
    const grid = make("div", { class: "fk-frames" }, ...this.frames.map((frame) => this.frameBox(frame)));
    this.primary = this.choice([["", "Not chosen yet"], ...this.frames.map((frame) => [frame.id, frame.name])]);
    this.scope = this.choice([["", "Not chosen yet"], ...Object.entries(model.get("scopes")).map(([id, words]) => [id, `${id}: ${words}`])]);
    /** @type {Map<string, HTMLTextAreaElement>} */
    this.cells = new Map(Object.keys(model.get("questions")).map((name) => [name, make("textarea", { rows: 2, maxlength: model.get("longest"), dir: "auto" })]));
    const cells = Object.entries(model.get("questions")).map(([name, words]) => this.labelled(/** @type {string} */ (words), this.cells.get(name)));
    const press = button("Compare with the reference reading", () => this.compare(), { class: "fk-main-button" });
    if (model.get("comparable")) this.row.prepend(press);
    root.append(
      this.notices,
      make("p", { class: "fk-title" }, `The frames of this section: ${model.get("title")}`),
      make("p", {}, "Tick each question that you would answer with yes. A frame is there when at least two of its questions are ticked."),
      grid,
      this.labelled("The primary frame: most of the section supports it", this.primary),
      make("p", { class: "fk-prompt" }, "What does the section say? Write “none” where it says nothing."),
      make("div", { class: "fk-cells" }, ...cells),
      this.labelled("How wide does the section look?", this.scope),
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
    const indicators = {};
    for (const [id, { boxes }] of this.rows) {
      const yes = boxes.flatMap((box, place) => (box.checked ? [place + 1] : []));
      if (yes.length) indicators[id] = yes;
    }
    const cells = Object.fromEntries([...this.cells].map(([name, area]) => [name, area.value]));
    return { indicators, primary: this.primary.value, scope: this.scope.value, ...cells };
  }

  /** @param {Record<string, any>} response */
  write(response) {
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
      const words = yes < THERE ? `${yes} of ${boxes.length} ticked` : `${yes} of ${boxes.length} ticked: this frame is there`;
      if (state.textContent !== words) state.textContent = words;
      state.classList.toggle("fk-there", yes >= THERE);
    }
  }

  compare() {
    this.save();
    this.ask({ kind: "compare" });
    if (this.lost) this.reply.replaceChildren(...paragraphs(["The comparison comes when this notebook is connected again."]));
  }

  /** @param {import("./types").Message} message */
  told(message) {
    super.told(message);
    if (message.kind !== "comparison" || !this.answered()) return;
    const rows = message.rows.length ? [tableOf("What the frame does", ["Question", "You", "Reference reading"], message.rows)] : [];
    this.reply.replaceChildren(...paragraphs(message.sentences), ...rows);
  }
}

export default () => mount("form frame-grid", AnswerStore, (store, root) => new FrameGridView(store, root));
