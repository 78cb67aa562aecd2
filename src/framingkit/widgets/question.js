/** Asks one question. The Python twin is question.py. */

import { AnswerStore, plainly } from "./answer_store.js";
import { button, fill, make } from "./dom.js";
import { FormView, paragraphs } from "./form_view.js";
import { mount } from "./mount.js";
import { fieldOf, sureField } from "./question_fields.js";

class QuestionView extends FormView {
  /** @param {AnswerStore} store @param {HTMLElement} root */
  constructor(store, root) {
    super(store, root);
    /** @type {import("./types").Asked} */
    this.item = this.model.get("item");
    this.field = fieldOf(this.item, this.words);
    this.sure = this.item.confidence ? sureField(this.words, this.words.sure, "fk-label") : null;
    /** @type {import("./types").Reply | null} */
    this.shown = null;
    this.more = make("div", { class: "fk-more" });
    this.row.prepend(button(this.item.button, () => this.commit(), { class: "fk-main-button" }));
    root.append(this.notices, this.field.box, ...(this.sure ? [this.sure.box] : []), this.other, this.row, this.reply, this.more);
    this.begin();
  }

  /** A text is saved while it is written; a choice counts only once the button says so. */
  get savesAlone() {
    return Boolean(this.field.area);
  }

  read() {
    const confidence = this.sure?.read();
    return { ...this.field.read(), ...(confidence === undefined ? {} : { confidence }) };
  }

  /** @param {Record<string, any>} response */
  write(response) {
    this.field.write(response);
    this.sure?.write(response.confidence);
  }

  isBlank() {
    return this.field.isBlank();
  }

  edited() {
    if (this.savesAlone) this.say([]);
    super.edited();
  }

  /** The button: save the answer, and show what there is to say about it. */
  commit() {
    const { answer } = this;
    this.field.confirm?.();
    if (!answer && this.isBlank()) return this.say([["", this.item.blank]]);
    this.shown = null;
    this.other.replaceChildren();
    if (!answer || plainly(this.read()) !== plainly(answer.response)) return this.save(true);
    answer.draft = false;
    this.store.tell();
  }

  /** @param {Record<string, any>} response */
  preview({ text }) {
    return typeof text === "string" ? [make("blockquote", { dir: "auto" }, text.slice(0, 300))] : [];
  }

  unsavedWords() {
    if (this.isBlank()) return "";
    return this.savesAlone ? super.unsavedWords() : fill(this.words.press, this.item.button);
  }

  refresh() {
    const { answer } = this;
    if (!answer || answer.draft || this.other.childNodes.length) return;
    const { reply } = answer;
    if (!reply && /offline|unsaved/.test(this.delivery.state))
      return this.say([["", this.words.wait]]);
    if (!reply || this.shown === reply) return;
    this.shown = reply;
    this.say(reply.sentences);
    this.more.replaceChildren(...reply.more.map(([title, lines]) => make("details", {}, make("summary", {}, title), ...paragraphs(lines))));
  }

  clear() {
    super.clear();
    this.shown = null;
    this.more.replaceChildren();
  }

  /** @param {[string, string][]} sentences each with the option it is about, if any */
  say(sentences) {
    const rows = sentences.map(([about, sentence]) => {
      const title = about ? [make("strong", {}, about)] : [];
      return make("p", { dir: "auto" }, ...title, sentence);
    });
    this.reply.replaceChildren(...rows);
  }
}

export default () => mount(["question"], AnswerStore, (store, root) => new QuestionView(store, root));
