/** Takes in a text of the learner's own. The Python twin is own_text.py. */

import { AnswerStore, plainly } from "./answer_store.js";
import { button, fill, freshId, make } from "./dom.js";
import { countWords, FormView } from "./form_view.js";
import { mount } from "./mount.js";
import { Offsets } from "./offsets.js";

class OwnTextView extends FormView {
  /** @param {AnswerStore} store @param {HTMLElement} root */
  constructor(store, root) {
    super(store, root);
    const { words } = this;
    /** The sha256 of the text in use. */
    this.used = "";
    /** @type {Record<string, any> | null} what this view saved last */
    this.saved = null;
    this.longest = this.model.get("longest");
    this.count = make("p", { class: "fk-count", id: freshId() });
    this.area = make("textarea", { rows: 12, dir: "auto", "aria-describedby": this.count.id });
    /** @type {Record<string, HTMLInputElement>} */
    this.details = Object.fromEntries(Object.keys(words.details).map((name) => [name, make("input", { maxlength: name === "date" ? 100 : 300, dir: "auto" })]));
    const fields = Object.entries(this.details).map(([name, field]) => make("label", { class: "fk-field" }, make("span", {}, words.details[name]), field));
    this.row.prepend(button(words.use, () => this.use(), { class: "fk-main-button" }));
    root.append(
      this.notices,
      make("p", { class: "fk-title" }, words.heading),
      ...fields,
      make("label", { class: "fk-field" }, make("span", {}, words.text), this.area),
      this.count,
      this.other,
      this.row,
      this.reply,
    );
    this.begin();
  }

  read() {
    const details = Object.fromEntries(Object.entries(this.details).map(([name, field]) => [name, field.value]));
    return { text: this.area.value, ...details, used: this.used };
  }

  /** @param {Record<string, any>} response */
  write(response) {
    if (this.area.value !== (response.text || "")) this.area.value = response.text || "";
    for (const [name, field] of Object.entries(this.details)) if (field.value !== (response[name] || "")) field.value = response[name] || "";
    this.used = response.used || "";
  }

  /** Which text is in use is Python's word, and no other answer. @param {Record<string, any>} response @param {string} now */
  news(response, now) {
    if (!this.saved || plainly({ ...this.saved, used: response.used }) !== now) return super.news(response, now);
    this.used = response.used;
    this.kept = now;
  }

  clear() {
    this.saved = null;
    super.clear();
  }

  isBlank() {
    const { used, ...texts } = this.read();
    return !used && !Object.values(texts).join("").trim();
  }

  get letters() {
    const { value } = this.area;
    return new Offsets(value, 0).toPython(value.length);
  }

  refresh() {
    const long = this.letters > this.longest;
    const [letters, most] = [this.letters, this.longest].map((number) => number.toLocaleString("en"));
    this.count.textContent = long ? fill(this.words.long, letters, most) : countWords(this.area.value, this.words);
    this.count.classList.toggle("fk-alarm", long);
    if (long) this.hint.textContent = "";
  }

  /** @param {Record<string, any>} response @param {boolean} draft */
  put(response, draft) {
    this.saved = response;
    super.put(response, draft);
  }

  /** A text that is too long would be refused, so it is not sent. @param {boolean} always */
  save(always = false) {
    if (this.letters <= this.longest) super.save(always);
  }

  use() {
    if (this.letters > this.longest) return this.area.focus();
    this.save();
    this.ask({ kind: "use" });
  }

  /** @param {import("./types").Message} message */
  told(message) {
    super.told(message);
    if (message.kind !== "used" || !this.answered()) return;
    this.used = message.used || this.used;
    this.save();
    this.respond(message.sentences);
  }
}

export default () => mount(["form", "own-text"], AnswerStore, (store, root) => new OwnTextView(store, root));
