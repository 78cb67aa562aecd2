/**
 * What forms share. A form has `read`, `write`, `isBlank` and `refresh`; it calls `begin` once
 * its fields are there. Most forms save every change by themselves.
 */

import { plainly } from "./answer_store.js";
import { badge, refusals } from "./delivery.js";
import { atFocus, button, each, fill, make } from "./dom.js";

const REST = 1000;

export class FormView {
  /** @param {import("./answer_store.js").AnswerStore} store @param {HTMLElement} root */
  constructor(store, root) {
    const { model, delivery } = store;
    this.store = store;
    this.model = model;
    this.delivery = delivery;
    this.words = store.words;
    this.root = root;
    /** @type {any[]} */
    this.restored = delivery.restored;
    const sentences = [...model.get("notices")];
    if (this.restored.length) sentences.push(this.words.restored);
    this.notices = make("div", { class: "fk-notices", role: "status" }, ...each("p", sentences));
    this.badge = badge(delivery);
    this.hint = make("span", { class: "fk-hint" });
    this.row = make("div", { class: "fk-row" }, this.badge, this.hint, refusals(delivery));
    this.other = make("div", { class: "fk-other", role: "status" });
    this.reply = make("div", { class: "fk-reply", role: "status" });
    /** What the fields held when they were last saved or filled, and the answer that this view knows of. */
    this.kept = this.known = "";
    /** @type {object | null} what Python was asked and has not answered */
    this.asked = null;
    this.lost = false;
    this.stopping = new AbortController();
  }

  /** What is answered here. @returns {string} */
  get target() {
    return this.model.get("target");
  }

  get answer() {
    return this.store.answers.get(this.target);
  }

  /** Whether a change is saved as soon as it is made. */
  get savesAlone() {
    return true;
  }

  /** @returns {Record<string, any>} what the fields hold */
  read() {
    return {};
  }

  /** @param {Record<string, any>} _response */
  write(_response) {}

  isBlank() {
    return true;
  }

  /** Something was edited, saved or told: show what depends on it. */
  refresh() {}

  /** Fill the fields, and follow what happens. */
  begin() {
    const options = { signal: this.stopping.signal };
    this.root.addEventListener("input", () => this.edited(), options);
    this.root.addEventListener("change", () => this.save(), options);
    this.root.addEventListener("focusout", () => this.save(), options);
    addEventListener("pagehide", () => this.save(), options);
    this.root.addEventListener("keydown", (event) => this.pressed(event), options);
    this.follow = () => this.show();
    this.delivery.watchers.add(this.follow);
    try {
      this.open();
    } catch {
      this.restored = [];
      this.store.distrust();
      this.open();
    }
  }

  /** Show what is saved, and what an earlier page left: that may be anything. */
  open() {
    const { answer } = this;
    this.write(answer?.response || {});
    this.kept = plainly(this.read());
    this.known = plainly(answer?.response);
    const [lost] = this.restored.filter(({ response }) => plainly(response) !== this.known).slice(-1);
    if (lost) this.offer(lost.response);
    this.changed();
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if ((event.ctrlKey || event.metaKey) && (event.key === "Enter" || event.key.toLowerCase() === "s")) {
      event.preventDefault();
      this.commit();
    }
    event.stopPropagation();
  }

  /** A learner asks for saving. */
  commit() {
    this.save();
  }

  get isDirty() {
    return plainly(this.read()) !== this.kept;
  }

  edited() {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.save(), REST);
    this.show();
  }

  /** Save what the fields hold, if it is new. @param {boolean} always also if it is not */
  save(always = false) {
    clearTimeout(this.pause);
    if (!always && (!this.savesAlone || !this.isDirty || (this.isBlank() && !this.answer))) return;
    const response = this.read();
    this.kept = this.known = plainly(response);
    this.put(response, !always);
  }

  /** @param {Record<string, any>} response @param {boolean} draft nobody asked for saving */
  put(response, draft) {
    this.store.put(this.target, response, draft, this.savesAlone);
  }

  /** The store has news. */
  changed() {
    const { answer } = this;
    const now = plainly(answer?.response);
    if (answer && now !== this.known) this.news(answer.response, now);
    this.known = now;
    this.show();
  }

  /** Somebody else answered. @param {Record<string, any>} response @param {string} now */
  news(response, now) {
    if (now === plainly(this.read())) this.kept = now;
    else if (this.isBusy()) this.offer(response);
    else {
      this.write(response);
      this.kept = plainly(this.read());
      this.other.replaceChildren();
    }
  }

  /** What a learner is writing, or wrote without a connection, is not to be written over. */
  isBusy() {
    const mine = this.store.unsent(this.target).some(({ response }) => plainly(response) === this.kept);
    const field = atFocus();
    const writing = this.root.contains(field) && field?.matches("textarea,input:not([type])");
    return this.isDirty || mine || Boolean(writing || this.delivery.refused[0]);
  }

  /** Offer an answer in place of the one that is shown. @param {Record<string, any>} response */
  offer(response) {
    const { words } = this;
    const put = (/** @type {boolean} */ theirs) => {
      if (theirs) this.write(response);
      this.other.replaceChildren();
      this.save(true);
      /** @type {HTMLElement | null} */ (this.root.querySelector("input,textarea,button"))?.focus();
    };
    this.other.replaceChildren(
      make("p", {}, words.another),
      ...this.preview(response),
      button(words.theirs, () => put(true)),
      button(words.mine, () => put(false)),
    );
  }

  /** What to show of an answer that is offered. @param {Record<string, any>} _response @returns {Node[]} */
  preview(_response) {
    return [];
  }

  show() {
    const { isDirty } = this;
    const { state } = this.delivery;
    this.hint.textContent = isDirty ? this.unsavedWords() : "";
    // “Saved” is about the answer that is shown, so it does not appear before that answer is saved
    this.badge.hidden = state === "saved" && (isDirty || !this.answer) && !this.delivery.refused[0];
    if (this.asked && /offline|unsaved/.test(state)) this.lost = true;
    if (this.asked && this.lost && state === "saved") this.ask(this.asked);
    this.refresh();
  }

  /** What to say while something is not saved. */
  unsavedWords() {
    return this.words.saving;
  }

  /** Ask Python about what is saved; it is asked again when a connection was missing. @param {object} content */
  ask(content) {
    this.asked = content;
    this.lost = /offline|unsaved/.test(this.delivery.state);
    this.delivery.post(content);
    if (this.lost) this.respond([this.words.wait]);
  }

  /** @returns {boolean} whether this view was waiting for an answer; now it has one */
  answered() {
    const waited = Boolean(this.asked);
    this.asked = null;
    return waited;
  }

  /** @param {string[]} sentences @param {Node[]} more */
  respond(sentences, ...more) {
    this.reply.replaceChildren(...paragraphs(sentences), ...more);
  }

  /** @param {import("./types").Message} message */
  told({ kind }) {
    if (kind === "learner") this.clear();
  }

  /** Somebody else is at work: nothing of the former learner stays. */
  clear() {
    clearTimeout(this.pause);
    this.asked = null;
    this.write({});
    this.kept = plainly(this.read());
    this.known = plainly({});
    for (const box of [this.other, this.reply]) box.replaceChildren();
  }

  stop() {
    this.save();
    this.stopping.abort();
    if (this.follow) this.delivery.watchers.delete(this.follow);
  }
}

/** @param {string} caption @param {string[]} header @param {(string | number)[][]} rows */
export function tableOf(caption, header, rows) {
  const top = make("tr", {}, ...header.map((name) => make("th", { scope: "col" }, name)));
  const body = rows.map(([first, ...rest]) =>
    make("tr", {}, make("th", { scope: "row", dir: "auto" }, String(first)), ...rest.map((cell) => make("td", { dir: "auto" }, String(cell)))),
  );
  return make("table", {}, make("caption", {}, caption), make("thead", {}, top), make("tbody", {}, ...body));
}

/** Say how many words a text has. @param {string} text @param {Record<string, string>} words */
export function countWords(text, words) {
  const count = text.trim().split(/\s+/).filter(Boolean).length;
  return count === 1 ? words.one_word : fill(words.many_words, count);
}

/** @param {string[]} sentences */
export function paragraphs(sentences) {
  return sentences.map((sentence) => make("p", { dir: "auto" }, sentence));
}
