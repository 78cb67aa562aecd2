/** Gives a learner all answers as one file. The Python twin is hand_in.py. */

import { AnswerStore } from "./answer_store.js";
import { badge } from "./delivery.js";
import { atFocus, button, each, fill, freshId, make } from "./dom.js";
import { mount } from "./mount.js";
import { missingOf, otherWay, saveFile } from "./sheet_file.js";
import { stateIcon } from "./state_icon.js";

/** The item whose answer names the class; see work/class_name.py. */
const CLASS = "class-name";

/** A code name is nobody else's business: it is not copied into the model, which a notebook may save. */
class NameStore extends AnswerStore {
  mirror() {}
}

/** A box for a name, which is kept when it is left. */
class NameField {
  /** The name that the box was filled with. */
  shown = "";
  /** @type {string[]} the acts that kept it, or tried to */
  acts = [];

  /** @param {NameStore} store @param {string} target @param {number} longest @param {string} label @param {string} hint */
  constructor(store, target, longest, label, hint) {
    this.store = store;
    this.target = target;
    this.problem = make("p", { class: "fk-problem", id: freshId(), role: "alert" });
    this.hint = make("p", { class: "fk-hint", id: freshId() }, hint);
    // cleared while typing, not when the field is left: the button must not move under a mouse
    const typed = () => {
      this.refuse("");
      store.delivery.dismiss();
    };
    this.input = make("input", { type: "text", id: freshId(), maxlength: longest, autocomplete: "off", spellcheck: "false", autocapitalize: "none", "aria-describedby": `${this.problem.id} ${this.hint.id}`, oninput: typed, onchange: () => this.keep() });
    this.label = make("label", { class: "fk-label", for: this.input.id }, label);
  }

  get parts() {
    return [this.label, this.input, this.problem, this.hint];
  }

  /** @param {boolean} isHidden */
  hide(isHidden) {
    for (const part of this.parts) part.hidden = isHidden;
  }

  /** @returns {string} the name in use */
  get saved() {
    return this.store.answers.get(this.target)?.response.text || "";
  }

  keep() {
    const name = this.input.value.trim();
    if (name !== this.saved) this.acts.push(this.store.put(this.target, { text: name }));
  }

  /** Whether it is this name that Python did not take. @param {string[]} ids */
  isAmong(ids) {
    return this.acts.some((id) => ids.includes(id));
  }

  /** @param {string} sentence */
  refuse(sentence) {
    this.problem.textContent = sentence;
    this.input.setAttribute("aria-invalid", String(Boolean(sentence)));
    if (sentence) this.input.focus();
  }

  clear() {
    this.input.value = this.shown = "";
    this.refuse("");
  }

  changed() {
    const { input, saved } = this;
    const isHere = input === atFocus();
    if (saved === this.shown || (isHere && input.value !== this.shown) || this.problem.textContent) return;
    input.value = this.shown = saved;
    // whoever is in the field already is about to type: that takes the place of the name, and does not follow it
    if (isHere) input.select();
  }
}

class HandInView {
  /** @param {NameStore} store @param {HTMLElement} root */
  constructor(store, root) {
    this.store = store;
    const { words } = store;
    this.name = new NameField(store, store.model.get("target"), 80, words.name, words.renames);
    this.ofClass = new NameField(store, CLASS, 40, words.class_name, words.class_may_go);
    // whoever has no class is not asked for one
    this.ofClass.hide(true);
    this.said = make("div", { class: "fk-reply", role: "status" });
    const row = make("div", { class: "fk-row" }, button(words.download, () => this.ask(), { class: "fk-main-button" }), badge(store.delivery));
    this.open = make("div", { class: "fk-open" });
    root.append(...this.name.parts, ...this.ofClass.parts, this.open, row, this.said);
    this.list(store.model.get("parts"), false);
    this.wish = "";
    this.heard = "";
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

  /** Say what is not answered yet, part by part. @param {[string, string[]][]} parts @param {boolean} isKnown Python says so */
  list(parts, isKnown = true) {
    const { words, model } = this.store;
    const asked = model.get("asked");
    const left = parts.reduce((sum, [, prompts]) => sum + prompts.length, 0);
    if (!asked || !isKnown) return this.open.replaceChildren();
    this.open.dataset.state = left ? "open" : "kept";
    const line = left ? fill(words.open, asked - left, asked) : fill(words.done, asked);
    const boxes = parts.map(([title, prompts]) =>
      make("details", {}, make("summary", {}, fill(prompts.length === 1 ? words.one_left : words.left, title || words.lesson, prompts.length)), make("ul", {}, ...each("li", prompts))),
    );
    this.open.replaceChildren(make("p", {}, stateIcon(left ? "open" : "kept"), line), ...boxes);
  }

  ask() {
    this.name.keep();
    this.ofClass.keep();
    this.halt();
    this.say([this.store.words.making]);
    const { delivery } = this.store;
    if (delivery.state === "offline") delivery.become("connecting");
    delivery.knock();
    this.since = Date.now();
    this.clock = setInterval(() => this.goOn(), 250);
    this.goOn();
  }

  /** Stop waiting for what is not saved. */
  halt() {
    clearInterval(this.clock);
    this.clock = undefined;
    this.wish = "";
  }

  missing() {
    return missingOf(this.store.delivery.learner, this.store.words);
  }

  /** Go on with a download when everything is on disk; say what it waits for, and if nobody answers. */
  goOn() {
    const { delivery, words } = this.store;
    const isAlone = delivery.state === "offline";
    if (isAlone && (this.clock || this.wish)) {
      this.halt();
      this.say([words.alone]);
    } else if (this.clock) {
      const missing = this.missing();
      if (!missing.length) this.demand([]);
      else if (Date.now() - (this.since || 0) < 2 * delivery.patience) this.say([words.waiting, ...missing]);
      else this.say([words.missing, ...missing, ...(delivery.reason ? [delivery.reason] : []), words.lacks], button(words.without, () => this.demand(missing)));
    }
  }

  /** @param {string[]} lacking what the file will not hold */
  demand(lacking) {
    const { delivery } = this.store;
    this.halt();
    this.wish = freshId();
    delivery.post({ kind: "sheet", wish: this.wish, lacking });
    delivery.wait();
  }

  changed() {
    this.name.changed();
    this.ofClass.changed();
    if (this.ofClass.saved) this.ofClass.hide(false);
  }

  /** @param {import("./types").Message} message */
  told(message) {
    const { kind, wish, name, text, sentences, parts, ids = [], state = "" } = message;
    const [reason] = this.store.delivery.refused;
    if (parts) this.list(parts);
    if (kind === "learner") {
      this.halt();
      this.name.clear();
      this.ofClass.clear();
      this.ofClass.hide(true);
      this.say([]);
    } else if (kind === "refused" && reason) {
      this.halt();
      this.say([]);
      (this.ofClass.isAmong(ids) ? this.ofClass : this.name).refuse(reason);
    } else if (kind === "sheet" && wish === this.wish) {
      this.wish = "";
      if (text) saveFile(name, text);
      this.say(sentences, ...(text ? [otherWay(text, this.store.words)] : []));
      this.said.dataset.state = state;
    }
  }

  /** @param {string[]} sentences @param {HTMLElement[]} more */
  say(sentences, ...more) {
    const now = sentences.join();
    // a screen reader need not hear the same again, and a button keeps the focus
    if (now === this.heard) return;
    this.heard = now;
    this.said.dataset.state = "";
    this.said.replaceChildren(...each("p", sentences), ...more);
  }

  stop() {
    this.halt();
    this.stopping?.abort();
    if (this.follow) this.store.delivery.watchers.delete(this.follow);
  }
}

export default () => mount(["form", "hand-in"], NameStore, (store, root) => new HandInView(store, root));
