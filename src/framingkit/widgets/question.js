/** Asks one question. The Python twin is question.py. */

import { AnswerStore, answering, plainly } from "./answer_store.js";
import { badge } from "./delivery.js";
import { button, make } from "./dom.js";
import { fieldOf, sureField } from "./question_fields.js";

const PAUSE = 1000;

class QuestionView {
  /** @param {AnswerStore} store @param {HTMLElement} root */
  constructor(store, root) {
    this.store = store;
    this.root = root;
    /** @type {import("./types").Asked} */
    this.item = store.model.get("item");
    const edited = () => this.edited();
    this.field = fieldOf(this.item, edited);
    this.sure = this.item.confidence ? sureField("How sure are you?", "fk-label", edited) : null;
    /** @type {import("./types").Reply | null} */
    this.shown = null;
    this.badge = badge(store.delivery);
    this.assemble();
    this.listen();
    if (store.answer) this.write(store.answer.response);
    /** What the fields held when they were last kept or filled: anything else is not kept yet. */
    this.kept = plainly(this.read());
    /** The answer this view knows of: any other one is news. */
    this.known = plainly(store.answer?.response);
    const [lost] = store.restored.filter((one) => plainly(one.response) !== this.known).slice(-1);
    if (lost) this.offer(lost.response);
    this.changed();
  }

  assemble() {
    const { store } = this;
    const sentences = [...store.model.get("notices")];
    if (store.restored.length) sentences.push("Your answer, which this browser had kept, is back.");
    this.notices = make("div", { class: "fk-notices", role: "status" }, ...sentences.map((one) => make("p", {}, one)));
    this.hint = make("span", { class: "fk-hint" });
    const press = button(this.item.button, () => this.check(), { class: "fk-main-button" });
    const row = make("div", { class: "fk-row" }, press, this.badge, this.hint);
    this.other = make("div", { class: "fk-other", role: "status" });
    this.reply = make("div", { class: "fk-reply", role: "status" });
    this.more = make("div", { class: "fk-more" });
    this.root.append(this.notices, this.field.box, ...(this.sure ? [this.sure.box] : []), this.other, row, this.reply, this.more);
  }

  listen() {
    this.stopping = new AbortController();
    const options = { signal: this.stopping.signal };
    this.field.area?.addEventListener("blur", () => this.save(true), options);
    addEventListener("pagehide", () => this.field.area && this.save(true), options);
    this.follow = () => this.refresh();
    this.store.delivery.watchers.add(this.follow);
    this.root.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && (event.key === "Enter" || event.key.toLowerCase() === "s")) {
        event.preventDefault();
        this.check();
      }
      event.stopPropagation();
    }, options);
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

  get isDirty() {
    return plainly(this.read()) !== this.kept;
  }

  /** Something was typed, ticked or moved. */
  edited() {
    clearTimeout(this.pause);
    if (this.field.area) {
      this.pause = setTimeout(() => this.save(true), PAUSE);
      this.say([]);
    }
    this.showHint();
  }

  /** The button: keep the answer, and show what there is to say about it. */
  check() {
    const { answer } = this.store;
    this.field.confirm?.();
    if (!answer && this.field.isBlank()) return this.say([["", this.item.blank]]);
    this.shown = null;
    this.take([]);
    if (plainly(this.read()) === plainly(answer?.response)) this.store.finish();
    else this.save(false);
  }

  /** @param {boolean} draft */
  save(draft) {
    clearTimeout(this.pause);
    if (draft && (!this.isDirty || (this.field.isBlank() && !this.store.answer))) return;
    const response = this.read();
    this.kept = this.known = plainly(response);
    this.store.put(response, draft);
  }

  /** The store has news. */
  changed() {
    const { answer } = this.store;
    const now = plainly(answer?.response);
    if (answer && now !== this.known) this.news(answer.response, now);
    this.known = now;
    this.refresh();
  }

  refresh() {
    this.showReply();
    this.showHint();
  }

  /** Somebody else answered. @param {Record<string, any>} response @param {string} now */
  news(response, now) {
    if (now === plainly(this.read())) this.kept = now;
    else if (this.isBusy()) this.offer(response);
    else {
      this.write(response);
      this.kept = plainly(this.read());
      this.take([]);
    }
  }

  /** What a learner is writing, or wrote without a connection, is not to be written over. */
  isBusy() {
    const { area } = this.field;
    const mine = this.store.unsent().some((one) => plainly(one.response) === this.kept);
    return this.isDirty || mine || Boolean(area?.value && area === area.ownerDocument.activeElement);
  }

  /** Offer an answer in place of the one that stands here. @param {Record<string, any>} response */
  offer(response) {
    const put = (/** @type {boolean} */ theirs) => {
      if (theirs) this.write(response);
      this.take([]);
      this.save(false);
      this.root.querySelector("button")?.focus();
    };
    const text = typeof response.text === "string" ? [make("blockquote", { dir: "auto" }, response.text.slice(0, 300))] : [];
    this.take([
      make("p", {}, "Another window has a different answer."),
      ...text,
      button("Take that answer", () => put(true)),
      button("Keep this answer", () => put(false)),
    ]);
  }

  /** @param {Node[]} parts */
  take(parts) {
    if (parts.length || this.other.childNodes.length) this.other.replaceChildren(...parts);
  }

  /** “Saved” is about the answer that stands here, so it is not shown before that one is kept. */
  showHint() {
    const { isDirty } = this;
    const waiting = this.field.area ? "Saving…" : `Not kept yet. Press “${this.item.button}”.`;
    this.hint.textContent = isDirty && !this.field.isBlank() ? waiting : "";
    this.badge.hidden = this.store.delivery.state === "saved" && (isDirty || !this.store.answer);
  }

  showReply() {
    const { answer, delivery } = this.store;
    if (!answer || answer.draft || this.other.childNodes.length) return;
    if (!answer.reply && /offline|unsaved/.test(delivery.state))
      return this.say([["", "A reply to your answer comes when this notebook is connected again."]]);
    if (!answer.reply || this.shown === answer.reply) return;
    this.shown = answer.reply;
    this.say(answer.reply.sentences);
    this.more.replaceChildren(...answer.reply.more.map(([title, lines]) => {
      const parts = lines.map((line) => make("p", { dir: "auto" }, line));
      return make("details", {}, make("summary", {}, title), ...parts);
    }));
  }

  /** @param {[string, string][]} sentences each with the option it is about, if any */
  say(sentences) {
    const rows = sentences.map(([about, sentence]) => {
      const title = about ? [make("strong", {}, about)] : [];
      return make("p", { dir: "auto" }, ...title, sentence);
    });
    this.reply.replaceChildren(...rows);
  }

  /** @param {import("./types").Message} message */
  told(message) {
    if (message.kind === "refused") this.notices.append(make("p", {}, message.reason || ""));
  }

  stop() {
    if (this.field.area) this.save(true);
    clearTimeout(this.pause);
    this.stopping?.abort();
    if (this.follow) this.store.delivery.watchers.delete(this.follow);
  }
}

export default () => answering("framingkit-question", (store, root) => new QuestionView(store, root));
