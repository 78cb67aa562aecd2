/** Asks one question. The Python twin is question.py. */

import { AnswerStore, plainly } from "./answer_store.js";
import { announcer, button, fill, make } from "./dom.js";
import { FormView, paragraphs } from "./form_view.js";
import { mount } from "./mount.js";
import { fieldOf, stepOf, sureField, voiced } from "./question_fields.js";
import { QuestionSet } from "./question_set.js";
import { stateIcon } from "./state_icon.js";

/** @typedef {import("./types").Reply} Reply */

class QuestionView extends FormView {
  /** @param {AnswerStore} store @param {HTMLElement} root */
  constructor(store, root) {
    super(store, root);
    const { words } = this;
    /** @type {import("./types").Asked} */
    this.item = this.model.get("item");
    this.field = fieldOf(this.item, words);
    this.sure = this.item.confidence ? sureField(words, words.sure) : null;
    /** @type {Reply | null} */
    this.shown = null;
    this.voice = announcer();
    /** Whether what is shown next is also to be read out: somebody asked for it here. */
    this.isAsked = false;
    // the reasons are read out too, and their place is elsewhere
    this.reply.removeAttribute("role");
    this.more = make("div", { class: "fk-more" });
    this.press = button(this.item.button, () => this.commit(), { class: "fk-main-button" });
    this.row.prepend(this.press);
    const { minutes } = this.item;
    const [, place, count] = this.model.get("spot");
    const about = minutes === 1 ? words.one_minute : fill(words.minutes, minutes);
    const line = count > 1 ? `${fill(words.step, place + 1, count)}. ${about}` : about;
    this.set = new QuestionSet(this.model.get("spot"), root, words, () => /** @type {HTMLElement | null} */ (this.field.box.querySelector("input,textarea,button"))?.focus());
    if (count > 1) this.press.after(this.set.next);
    const head = make("div", { class: "fk-head" }, make("p", { class: "fk-kicker" }, line), ...(count > 1 ? [this.set.steps] : []));
    root.append(this.notices, head, this.field.box, ...(this.sure ? [this.sure.box] : []), this.other, this.reply, this.row, this.more, this.voice.line);
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
    this.set.stay();
    this.unsay();
    super.edited();
  }

  /** The reply is about another answer: take it away. */
  unsay() {
    this.shown = null;
    this.say([]);
    this.more.replaceChildren();
  }

  /** The button: save the answer, and show what there is to say about it. */
  commit() {
    const { answer } = this;
    this.isAsked = true;
    this.set.stay();
    if (!answer && this.isBlank()) return this.say([this.item.blank], "open");
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
    this.set.is(answer && !answer.draft ? (answer.reply?.state || "").replace("open", "") : "");
    if (!answer || answer.draft || this.isDirty || this.other.childNodes.length) return;
    const { reply } = answer;
    if (!reply && /offline|unsaved/.test(this.delivery.state)) return this.say([this.words.wait], "open");
    if (!reply || this.shown === reply) return;
    this.shown = reply;
    this.tell(reply, answer.response);
  }

  /** Show how an answer is: the whole of it in a box, and each reason below its own option. @param {Reply} reply @param {Record<string, any>} response */
  tell({ state, title, reasons, sentences, others, more }, response) {
    const { words } = this;
    const step = this.sure && stepOf(words, response.confidence);
    const given = step ? [fill(words.said, step.toLowerCase())] : [];
    this.say([...given, ...sentences], state, title, reasons);
    this.more.replaceChildren(...more.map(([name, lines]) => make("details", {}, make("summary", {}, name), ...paragraphs(lines))));
    if (!others.length) return;
    const why = button(words.why_not, () => {
      this.field.tell?.([...reasons, ...others]);
      // the reasons appear above: whoever used the keyboard goes there, and the button is done
      this.root.querySelector("input")?.focus();
      why.remove();
    }, { class: "fk-quiet" });
    this.more.prepend(why);
  }

  clear() {
    this.set.restart();
    super.clear();
    this.unsay();
  }

  stop() {
    super.stop();
    this.set.stop();
  }

  /** @param {string[]} sentences @param {string} state @param {string} title @param {import("./types").Reason[]} reasons */
  say(sentences, state = "", title = "", reasons = []) {
    this.field.tell?.(reasons);
    const lines = sentences.map((one) => make("p", { dir: "auto" }, ...voiced(one)));
    const name = title ? [make("strong", {}, title)] : [];
    const box = sentences.length || title ? [stateIcon(state), make("div", {}, ...name, ...lines)] : [];
    this.reply.replaceChildren(...box);
    this.reply.dataset.state = state;
    // one button is filled: to go on, where there is nothing left to do here
    const isDone = /right|kept/.test(state) && !this.set.next.hidden;
    this.press.classList.toggle("fk-main-button", !isDone);
    this.set.next.classList.toggle("fk-main-button", isDone);
    if (this.isAsked && box.length) {
      const heard = reasons.map(({ word, sentence }) => `${word}: ${sentence}`);
      this.voice.say([...(title ? [`${title}.`] : []), ...heard, ...sentences].join(" "));
      this.isAsked = false;
    }
  }
}

export default () => mount(["form", "question"], AnswerStore, (store, root) => new QuestionView(store, root));
