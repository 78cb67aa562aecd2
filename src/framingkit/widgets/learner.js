/** Says who is at work, and lets somebody else begin or go on. The Python twin is learner.py. */

import { button, each, fill, freshId, make } from "./dom.js";
import { actsOf } from "./leftovers.js";
import { mount } from "./mount.js";
import { missingOf, otherWay, saveFile } from "./sheet_file.js";
import { Store } from "./store.js";

/** @typedef {{coder: string, learner: string, class: string, place: string, fresh: boolean, fixed: boolean, others: [string, string][], sentences: string[], calm: string[], urgent: string[]}} Who */

const DECLINED = "framingkit-declined";
/** No answer sheet is larger, and a notebook's server takes no larger message. */
const LARGEST_FILE = 8e6;
const ASKED = "framingkit-download";

/** @typedef {{lesson: string, site: string, begun: boolean, done: string[], counts: [number, number], next: string}} Progress */

class LearnerStore extends Store {
  wish = "";
  // the strip above the lesson has a button too: jupyter/extension/lesson.js
  asked = () => this.download();

  /** @type {Who | undefined} */
  who;
  /** @type {Progress | undefined} */
  progress;

  /** @param {import("./types").Message} message */
  receive(message) {
    const { who, progress, kind, wish, name = "", text } = message;
    const had = this.who?.urgent[0];
    if (who) {
      this.who = /** @type {Who} */ (who);
      this.resume();
    }
    if (progress) {
      this.progress = progress;
      // the strip above the lesson reads it: jupyter/labextensions
      dispatchEvent(new CustomEvent("framingkit-progress", { detail: { ...progress, coder: this.who?.coder } }));
    }
    if (kind === "class") this.unlink();
    if (who || progress) this.takeClass();
    if (who && (had || who.urgent[0])) this.tellStrip("storage", who.urgent);
    if (kind === "sheet" && text && wish === this.wish) saveFile(name, text);
    if (/^(sheet|said)$/.test(kind)) this.heard(message.said || message.sentences || []);
    super.receive(message);
  }

  enter() {
    addEventListener(ASKED, this.asked);
    super.enter();
  }

  leave() {
    removeEventListener(ASKED, this.asked);
    super.leave();
  }

  /** The class that a link of the site named, until Python has it: src/framingkit/start/site.js. */
  get linked() {
    const { site } = this.progress || {};
    try {
      return (site && localStorage[`${site}-class`]) || "";
    } catch {
      return "";
    }
  }

  /** Tell Python the class when something is done: a learner who did nothing is nobody yet. */
  takeClass() {
    if (this.linked && this.progress?.begun) this.delivery.post({ kind: "class", name: this.linked });
  }

  unlink() {
    try {
      localStorage.removeItem(`${this.progress?.site}-class`);
    } catch {}
  }

  /** Ask for the file with all answers. */
  download() {
    const { delivery, words } = this;
    this.wish = freshId();
    this.say([words.making]);
    this.post({ kind: "sheet", wish: this.wish, lacking: missingOf(delivery.learner, words) });
  }

  /** Go on from a file that was downloaded. @param {{name: string, text: string}} file @param {boolean} begin as whoever made it */
  goOnFrom(file, begin = false) {
    this.say([this.words.reading]);
    this.file = file;
    this.post({ kind: "continue", ...file, begin });
  }

  /** @param {object} content a question that has to be answered */
  post(content) {
    const { delivery, words } = this;
    delivery.post(content);
    clearTimeout(this.late);
    this.late = setTimeout(() => this.say([words.no_answer]), 4 * delivery.patience);
  }

  /** @param {string[]} sentences */
  heard(sentences) {
    clearTimeout(this.late);
    this.tellStrip("file", sentences);
  }

  /** @param {string[]} said */
  say(said) {
    for (const view of this.views) view.told({ kind: "said", said });
    this.tellStrip("file", said);
  }

  /** The strip above the lesson shows it too. @param {string} about @param {string[]} sentences */
  tellStrip(about, sentences) {
    const { lesson } = this.progress || {};
    dispatchEvent(new CustomEvent("framingkit-progress", { detail: { lesson, said: [about, sentences.join(" ")] } }));
  }

  /** Learners with acts in this browser that are on no disk, each with their code name and how many. */
  left() {
    /** @type {Map<string, {coder: string, count: number, place: string}>} */
    const found = new Map();
    for (const { learner, coder, place, id } of actsOf(() => true)) {
      if (learner === this.who?.learner || !coder || !id) continue;
      const one = found.get(learner) || { coder, count: 0, place };
      found.set(learner, { ...one, count: one.count + 1 });
    }
    return found;
  }

  /** A name that was only just made up gives way to the one whose acts wait here, of the same folder. */
  resume() {
    const same = [...this.left()].filter(([learner, { place }]) => place === this.who?.place && !this.declined().includes(learner));
    if (!this.who?.fresh) return;
    if (same.length === 1) this.goOn(same[0][0], same[0][1].coder, true);
    // until then Python cannot know that nothing is missing
    else this.delivery.post({ kind: "nobody" });
  }

  /** @returns {string[]} who was left on purpose */
  declined() {
    try {
      return JSON.parse(localStorage[DECLINED]);
    } catch {
      return [];
    }
  }

  /** @param {string} learner @param {string} coder @param {boolean} alone nobody asked for it */
  goOn(learner, coder, alone = false) {
    this.delivery.post({ kind: "go", learner, coder, alone });
  }

  startAnew() {
    try {
      localStorage[DECLINED] = JSON.stringify([...this.left().keys(), this.who?.learner].slice(-50));
    } catch {} // then they are offered back again
    this.delivery.post({ kind: "else" });
  }
}

class LearnerView {
  /** @param {LearnerStore} store @param {HTMLElement} root */
  constructor(store, root) {
    const { words, delivery } = store;
    this.store = store;
    this.words = words;
    this.line = make("p", { class: "fk-who", id: freshId(), tabindex: -1 });
    this.done = make("p", { class: "fk-done" });
    this.notes = make("div", { class: "fk-notices" });
    this.calm = make("p", { class: "fk-calm" });
    this.said = make("div", { class: "fk-said", role: "status" });
    this.offers = make("div", { class: "fk-row" });
    this.select = make("select", {});
    const go = button(words.go, () => this.goOn(this.select.value, this.select.selectedOptions[0]?.textContent));
    this.known = make("span", { class: "fk-known" }, make("label", {}, words.go_on_as, " ", this.select), " ", go);
    this.acts = make("div", { class: "fk-row", role: "group", "aria-label": words.not_you }, make("span", {}, words.not_you), button(words.start, () => store.startAnew()), this.known);
    this.input = make("input", { type: "file", accept: ".json,application/json", hidden: "", onchange: () => this.read() });
    this.files = make("div", { class: "fk-row" }, button(words.download, () => store.download()), button(words.continue, () => this.input.click()), this.input);
    root.append(this.line, this.done, this.notes, this.offers, this.acts, this.files, this.calm, this.said);
    this.stopping = new AbortController();
    root.addEventListener("keydown", (event) => event.stopPropagation(), { signal: this.stopping.signal });
    this.follow = () => this.draw();
    delivery.watchers.add(this.follow);
    this.draw();
  }

  /** @param {string} learner @param {string} coder */
  goOn(learner, coder) {
    this.line.focus();
    this.store.goOn(learner, coder);
  }

  /** Read the file that was chosen. */
  async read() {
    const { store, words, input } = this;
    const [file] = input.files || [];
    if (!file) return;
    try {
      if (file.size > LARGEST_FILE) store.say([words.large]);
      else store.goOnFrom({ name: file.name, text: await file.text() });
    } catch {
      store.say([words.unread]);
    }
    // the same file can be chosen again
    input.value = "";
  }

  draw() {
    const { store, words } = this;
    const { who, delivery } = store;
    const isHere = Boolean(who) && !/^(offline|connecting)$/.test(delivery.state);
    const ofClass = who?.class || store.linked;
    const line = who && isHere ? fill(ofClass ? words.you_in_class : words.you, who.coder, ofClass) : delivery.state === "connecting" ? words.connecting : words.alone;
    if (this.line.textContent !== line) this.line.textContent = line;
    this.drawDone();
    for (const box of [this.done, this.notes, this.calm, this.files, this.acts, this.offers]) box.hidden = !isHere;
    if (!who || !isHere) return;
    this.acts.hidden = who.fixed;
    this.notes.replaceChildren(...each("p", [...(delivery.reason ? [delivery.reason] : []), ...who.sentences]));
    this.calm.textContent = who.calm.join(" ");
    const names = who.others.map(([coder, learner]) => make("option", { value: learner }, coder));
    this.select.replaceChildren(...names);
    this.known.hidden = !names.length;
    const left = [...store.left()];
    this.offers.replaceChildren(...left.map(([learner, { coder, count }]) => button(fill(count === 1 ? words.offer_one : words.offer, coder, count), () => this.goOn(learner, coder))));
    this.offers.hidden = who.fixed || !left.length;
  }

  drawDone() {
    const { done, done_one, next } = this.words;
    const { counts: [count, all] = [0, 0], next: part } = this.store.progress || {};
    const line = all ? `${fill(count === 1 ? done_one : done, count, all)}${part ? fill(next, part) : "."}` : "";
    if (this.done.textContent !== line) this.done.textContent = line;
  }

  changed() {}

  /** @param {import("./types").Message} message */
  told({ kind, said, sentences, offer, text }) {
    const { store, words } = this;
    const { file } = store;
    if (said) this.said.replaceChildren(...each("p", said));
    if (offer && file) this.said.append(button(fill(words.begin, offer), () => store.goOnFrom(file, true)));
    if (kind === "sheet") this.said.replaceChildren(...each("p", sentences), ...(text ? [otherWay(text, words)] : []));
    if (/state|progress/.test(kind)) this.draw();
  }

  stop() {
    this.stopping.abort();
    this.store.delivery.watchers.delete(this.follow);
  }
}

export default () => mount(["learner"], LearnerStore, (store, root) => new LearnerView(store, root));
