/** Gives a learner all answers as one file. The Python twin is hand_in.py. */

import { AnswerStore } from "./answer_store.js";
import { badge } from "./delivery.js";
import { button, freshId, make } from "./dom.js";
import { mount } from "./mount.js";

class HandInView {
  /** @param {AnswerStore} store @param {HTMLElement} root */
  constructor(store, root) {
    this.store = store;
    /** @type {string} */
    this.target = store.model.get("target");
    this.said = make("div", { class: "fk-reply", role: "status" });
    this.problem = make("p", { class: "fk-problem", id: freshId(), role: "alert" });
    const kept = () => this.keepName();
    // cleared while typing, not when the field is left: the button must not move under a mouse
    const typed = () => this.refuse("");
    this.name = make("input", { type: "text", id: freshId(), maxlength: 80, autocomplete: "off", spellcheck: "false", autocapitalize: "none", "aria-describedby": this.problem.id, oninput: typed, onchange: kept });
    const label = make("label", { class: "fk-label", for: this.name.id }, store.words.name);
    const row = make("div", { class: "fk-row" }, button(store.words.download, () => this.ask(), { class: "fk-main-button" }), badge(store.delivery));
    root.append(label, this.name, this.problem, row, this.said);
    /** The code name that the field was filled with. */
    this.shown = "";
    this.wish = "";
    this.isWaiting = false;
    this.listen(root);
    this.changed();
  }

  /** @param {HTMLElement} root */
  listen(root) {
    this.stopping = new AbortController();
    const options = { signal: this.stopping.signal };
    root.addEventListener("keydown", (event) => event.stopPropagation(), options);
    this.follow = () => this.goOn();
    this.store.delivery.watchers.add(this.follow);
  }

  /** @returns {string} the code name in use */
  get saved() {
    return this.store.answers.get(this.target)?.response.text || "";
  }

  get isRenamed() {
    return this.name.value.trim() !== this.saved;
  }

  keepName() {
    if (this.isRenamed) this.store.put(this.target, { text: this.name.value.trim() });
  }

  /** @param {string} sentence */
  refuse(sentence) {
    this.problem.textContent = sentence;
    this.name.setAttribute("aria-invalid", String(Boolean(sentence)));
  }

  ask() {
    this.say([this.store.words.making]);
    this.isWaiting = true;
    this.keepName();
    this.goOn();
  }

  /** Go on with a download when the code name is on disk; say so if nobody answers. */
  goOn() {
    const { delivery, words } = this.store;
    if (this.isWaiting && !delivery.pending.size) {
      this.isWaiting = false;
      this.wish = freshId();
      delivery.post({ kind: "sheet", wish: this.wish });
      delivery.wait();
    } else if ((this.isWaiting || this.wish) && /offline|unsaved/.test(delivery.state)) {
      this.isWaiting = false;
      this.wish = "";
      this.say([delivery.state === "unsaved" ? delivery.reason : words.alone]);
    }
  }

  changed() {
    const isTyping = this.name === this.name.ownerDocument.activeElement && this.name.value !== this.shown;
    if (this.saved === this.shown || isTyping || this.problem.textContent) return;
    this.name.value = this.shown = this.saved;
  }

  /** @param {import("./types").Message} message */
  told(message) {
    if (message.kind === "refused") {
      this.isWaiting = false;
      this.refuse(message.reason || "");
      this.say([]);
      this.name.focus();
    }
    if (message.kind !== "sheet" || message.wish !== this.wish) return;
    this.wish = "";
    this.save(message.name, message.text);
    this.say(message.sentences);
  }

  /** @param {string} name @param {string} text */
  save(name, text) {
    const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }

  /** @param {string[]} sentences */
  say(sentences) {
    this.said.replaceChildren(...sentences.map((one) => make("p", {}, one)));
  }

  stop() {
    this.stopping?.abort();
    if (this.follow) this.store.delivery.watchers.delete(this.follow);
  }
}

export default () => mount(["hand-in"], AnswerStore, (store, root) => new HandInView(store, root));
