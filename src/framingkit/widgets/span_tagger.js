/**
 * Tag words of a text. The Python twin is span_tagger.py.
 *
 * Three ways lead to a tag: select words by mouse, touch or keyboard and press the key of a
 * code; choose the code in the list that opens beside the words; or type the words.
 */

import { announcer, button, make } from "./dom.js";
import { badge } from "./delivery.js";
import { MarkedText } from "./marked_text.js";
import { Palette, codeButtons, codeCard, keyOf } from "./palette.js";
import { Remarks } from "./remarks.js";
import { TagList } from "./tag_list.js";
import { TagStore } from "./tag_store.js";
import { WordSearch } from "./word_search.js";

class Tagger {
  /** @param {TagStore} store @param {HTMLElement} root */
  constructor(store, root) {
    this.store = store;
    this.root = root;
    this.down = false;
    this.voice = announcer();
    this.host = make("div", {
      class: "fk-text",
      contenteditable: "true",
      role: "textbox",
      "aria-multiline": "true",
      "aria-readonly": "true",
      "aria-label": store.model.get("title"),
      spellcheck: "false",
      inputmode: "none",
      translate: "no",
      "data-gramm": "false",
      tabindex: 0,
    });
    const scroller = make("div", { class: "fk-scroll" }, this.host);
    this.marked = new MarkedText(store, this.host, scroller);
    const show = (/** @type {number} */ start, /** @type {number} */ end) => {
      this.host.focus({ preventScroll: true });
      this.revealed = start;
      this.marked.reveal(start, end);
    };
    const leave = () => {
      this.palette.close();
      this.host.focus();
    };
    const words = () => this.marked.chosen() || this.last || null;
    this.list = new TagList(store, { show: (tag) => show(tag.start, tag.end), words, leave });
    this.remarks = new Remarks(store, { show });
    this.search = new WordSearch(store, { show });
    this.palette = new Palette(store.offered, (code) => this.tag(code.id), leave);
    this.assemble(scroller);
    this.listen();
    this.changed(null, store.greeting);
  }

  /** @param {HTMLElement} scroller */
  assemble(scroller) {
    const { store } = this;
    const { card, show } = codeCard();
    const { row } = codeButtons(store.offered, "Codes", (code) => this.tag(code.id), show);
    this.back = button("Undo", () => store.undo());
    this.forth = button("Redo", () => store.redo());
    const [first, ...others] = store.model.get("help");
    this.host.setAttribute("aria-description", first);
    const tools = make("div", { class: "fk-tools" }, this.back, this.forth, badge(store.delivery));
    const keys = make("ul", {}, ...others.map((/** @type {string} */ line) => make("li", {}, line)));
    const helping = make("details", { class: "fk-search" }, make("summary", {}, "All keys"), keys);
    const side = make("div", { class: "fk-side" }, card, this.list.box);
    const main = make("div", { class: "fk-main" }, scroller, side);
    this.notices = make("div", { class: "fk-notices" }, ...store.model.get("notices").map((/** @type {string} */ n) => make("p", {}, n)));
    this.root.append(make("p", { class: "fk-help" }, first), row, tools, this.notices, main, this.search.box, helping, this.remarks.box, this.palette.box, this.voice.line);
  }

  listen() {
    const { host } = this;
    this.stopping = new AbortController();
    const options = { signal: this.stopping.signal };
    for (const name of ["beforeinput", "paste", "cut", "drop", "dragstart"])
      host.addEventListener(name, (/** @type {Event} */ event) => event.preventDefault(), options);
    for (const name of ["input", "compositionend"])
      host.addEventListener(name, (/** @type {any} */ event) => event.isComposing || this.marked.repair(), options);
    host.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.onkey(event), options);
    // whoever goes on elsewhere must not find the list of codes over it
    host.addEventListener("focusout", (/** @type {FocusEvent} */ event) => {
      if (!this.palette.box.contains(/** @type {Node | null} */ (event.relatedTarget))) this.palette.close();
    }, options);
    host.addEventListener("pointerdown", () => (this.down = true), options);
    for (const name of ["pointerup", "pointercancel"])
      document.addEventListener(name, () => {
        if (this.down) this.settle();
        this.down = false;
      }, options);
    document.addEventListener("selectionchange", () => this.settle(), options);
    // the list stays with its words
    document.addEventListener("scroll", () => this.palette.shown && this.openPalette(), { capture: true, ...options });
    this.root.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
        event.preventDefault();
        this.voice.say("Your tags save by themselves.");
      }
      event.stopPropagation();
    }, options);
  }

  /** Open the list of codes when a selection has come to rest. */
  settle() {
    clearTimeout(this.resting);
    const words = this.marked.chosen();
    if (words) this.last = words;
    else if (!this.palette.box.contains(document.activeElement)) this.palette.close();
    // words that are only shown, from a list, are not there to be tagged
    if (words?.[0] === this.revealed) return;
    this.revealed = -1;
    this.resting = setTimeout(() => {
      if (!this.down && this.marked.chosen()) this.openPalette();
    }, 150);
  }

  /** @param {string} label */
  tag(label) {
    const words = this.marked.chosen();
    if (!words) return this.voice.say("Select some words in the text first.");
    clearTimeout(this.resting);
    // without a selection the paragraph need not restore it, which would make the browser lay it out twice
    getSelection()?.removeAllRanges();
    const added = this.store.add([words], label);
    this.marked.select(words[added ? 1 : 0], words[1]);
    if (this.palette.box.contains(document.activeElement)) this.host.focus();
    this.palette.close();
  }

  /** @param {KeyboardEvent} event */
  onkey(event) {
    const { store } = this;
    const key = event.key.toLowerCase();
    const code = store.offered.find((_, index) => keyOf(index) === key);
    const again = () => store.redo();
    const withControl = { y: again, z: event.shiftKey ? again : () => store.undo() };
    const alone = {
      enter: () => this.enterPalette(),
      f2: () => this.list.enter(),
      escape: () => this.escape(),
      delete: () => this.removeHere(),
      backspace: () => this.removeHere(),
      [code ? key : "no key"]: () => this.tag(code?.id || ""),
    };
    const acts = event.ctrlKey || event.metaKey ? withControl : event.altKey ? {} : alone;
    const act = /** @type {Record<string, () => void>} */ (acts)[key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  openPalette() {
    const boxes = /** @type {Selection} */ (getSelection()).getRangeAt(0).getClientRects();
    if (boxes.length) this.palette.open(boxes[boxes.length - 1]);
  }

  enterPalette() {
    if (!this.marked.chosen()) return this.voice.say("Select some words in the text first.");
    this.openPalette();
    this.palette.first.focus();
  }

  escape() {
    this.palette.close();
    this.back.focus();
    this.voice.say("You left the text.");
  }

  removeHere() {
    const place = this.marked.selection();
    const tag = place && this.marked.tagAt(Math.min(...place));
    if (tag) this.store.remove(tag.id);
    else this.voice.say("No tag is at the cursor.");
  }

  /** @param {import("./types").Change[] | null} changes @param {string} words */
  changed(changes, words) {
    if (changes) this.marked.update(changes);
    else this.marked.repaintAll();
    // disabling the button that has the focus would drop the focus to the page
    this.back.setAttribute("aria-disabled", String(!this.store.done.length));
    this.forth.setAttribute("aria-disabled", String(!this.store.undone.length));
    if (words) this.voice.say(words);
    if (changes?.length !== 0) this.listSoon();
  }

  /** The list follows when the browser has time: the mark in the text comes first. */
  listSoon() {
    if (this.waiting) return;
    this.waiting = true;
    const rebuild = () => {
      this.waiting = false;
      this.list.rebuild();
    };
    // Safari has no idle callbacks
    if ("requestIdleCallback" in window) requestIdleCallback(rebuild, { timeout: 200 });
    else setTimeout(rebuild, 50);
  }

  /** @param {import("./types").Message} message */
  told(message) {
    if (message.kind === "comparison") this.remarks.show(message);
    if (message.kind !== "refused") return;
    this.notices.append(make("p", {}, message.reason || ""));
    this.voice.say(message.reason || "");
  }

  stop() {
    clearTimeout(this.resting);
    this.stopping?.abort();
    this.marked.eye?.disconnect();
  }
}

export default () => {
  // every view gets its own proxy of the model, so what views share lives here, once per model
  /** @type {TagStore | null} */
  let store = null;
  return {
    initialize: () => () => store?.stop(),
    /** @param {{model: import("./types").Model, el: HTMLElement}} context */
    render({ model, el }) {
      // only what is shown asks for news: a cell that runs twice leaves a model without a view behind
      if (!store) store = new TagStore(model);
      else if (!store.views.size) store.delivery.knock();
      const shared = store;
      el.classList.add("framingkit", "framingkit-span-tagger");
      const view = new Tagger(shared, el);
      shared.views.add(view);
      return () => {
        shared.views.delete(view);
        view.stop();
        if (!shared.views.size) shared.delivery.post({ kind: "bye", client: shared.delivery.client });
      };
    },
  };
};
