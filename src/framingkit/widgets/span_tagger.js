/**
 * Tag words of a text. The Python twin is span_tagger.py.
 *
 * Three ways lead to a tag: select words by mouse, touch or keyboard and press the key of a
 * code; choose the code in the list that opens beside the words; or type the words.
 */

import { announcer, atFocus, button, each, fill, make } from "./dom.js";
import { badge, refusals } from "./delivery.js";
import { MarkedText } from "./marked_text.js";
import { mount } from "./mount.js";
import { openingList } from "./opening_list.js";
import { codeButtons, codeCards, keyOf } from "./palette.js";
import { comparison } from "./remarks.js";
import { sideTabs } from "./side_tabs.js";
import { tagList } from "./tag_list.js";
import { TagStore } from "./tag_store.js";
import { wordSearch } from "./word_search.js";

/** @typedef {import("./offsets").Place} Place */

/** One view. @param {TagStore} store @param {HTMLElement} root */
function tagger(store, root) {
  const { model, offered, words } = store;
  const voice = announcer();
  const stopping = new AbortController();
  let isDown = false;
  let listing = 0;
  /** @type {number | undefined} where words begin for which the list does not open by itself */
  let revealed;
  /** @type {Place | null} */
  let last = null;
  /** @type {number | undefined} */
  let resting;

  /** @param {Place} place */
  const show = (place) => {
    host.focus({ preventScroll: true });
    revealed = place.start;
    selection.reveal(place);
  };

  /** Close the list of codes, and do not open it for a selection that has not come to rest yet. */
  const close = () => {
    clearTimeout(resting);
    palette.close();
  };

  const leave = () => {
    close();
    host.focus();
    // the browser may tell of the selection only now
    revealed = selection.words()?.start;
  };

  /** Open the list of codes when a selection has come to rest. */
  const settle = () => {
    clearTimeout(resting);
    const place = selection.words();
    if (place) last = place;
    else if (!palette.box.contains(atFocus())) palette.close();
    // words that are only shown, from a list, are not there to be tagged
    if (place?.start === revealed) return;
    revealed = undefined;
    resting = setTimeout(() => {
      if (!isDown && selection.words()) openPalette();
    }, 150);
  };

  const openPalette = () => {
    const place = selection.words();
    if (!place) return;
    const all = store.sentencesOf(place);
    const whole = { ...all[0], end: all[all.length - 1].end };
    palette.open(store.quote(place), selection.boxOf(place), selection.boxOf(whole));
  };

  const enterPalette = () => {
    if (!selection.words()) return voice.say(words.select);
    openPalette();
    palette.enter();
  };

  /** @param {import("./types").Code} code */
  const tag = ({ id }) => {
    const place = selection.words();
    if (!place) return voice.say(words.select);
    // without a selection the paragraph need not restore it, which would make the browser lay it out twice
    selection.known.removeAllRanges();
    const { start, end } = place;
    selection.set(store.add([place], id) ? end : start, end);
    selection.isExact = false;
    if (palette.box.contains(atFocus())) host.focus();
    close();
  };

  /** A code of the bar: tag what is selected, or explain the code. @param {import("./types").Code} code */
  const tagOrExplain = (code) => {
    if (selection.words()) return tag(code);
    side.show("codes");
    cards.open(code);
    voice.say(words.select);
  };

  /** Go to the list of tags, and there to the note of one. @param {string} [id] */
  const enterList = (id) => {
    side.show("tags");
    if (id) list.write(id);
    else list.enter();
  };

  const removeHere = () => {
    const place = selection.ends();
    const found = place && marked.tagAt(Math.min(...place));
    if (found) store.remove(found.id);
    else voice.say(words.no_tag);
  };

  const escape = () => {
    close();
    back.focus();
    voice.say(words.left);
  };

  /** @param {KeyboardEvent} event */
  const onkeydown = (event) => {
    const key = event.key.toLowerCase();
    if (event.shiftKey || event.altKey) selection.isExact = event.altKey;
    // the key of a digit may give another sign, such as & or the digit of another script
    const digit = event.shiftKey || key[1] || /\d/.test(key) ? key : event.code.slice(-1) || key;
    const code = offered.find((_, index) => keyOf(index) === digit);
    const withControl = { y: store.redo, z: event.shiftKey ? store.redo : store.undo };
    const alone = {
      enter: enterPalette,
      f2: () => enterList(),
      escape,
      delete: removeHere,
      backspace: removeHere,
      ...(code && { [key]: () => tag(code) }),
    };
    /** @type {Record<string, () => void>} */
    const acts = event.ctrlKey || event.metaKey ? withControl : event.altKey ? { enter: enterPalette } : alone;
    const act = acts[key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  /** The list follows a moment later: the mark in the text comes first. */
  const listSoon = () => {
    listing ||= setTimeout(() => {
      listing = 0;
      list.rebuild();
    }, 50);
  };

  /** @param {import("./types").Change[]} changes @param {string} sentence */
  const changed = (changes, sentence) => {
    remarks.follow(changes);
    marked.update(changes);
    // disabling the button that has the focus would drop the focus to the page
    back.setAttribute("aria-disabled", String(!store.done.length));
    forth.setAttribute("aria-disabled", String(!store.undone.length));
    if (sentence) voice.say(sentence);
    if (!changes.length) return;
    // the codes have been read when a tag is made
    if (sentence && side.now === "codes") side.show("tags");
    listSoon();
  };

  /** @param {import("./types").Message} message */
  const told = (message) => {
    if (message.kind === "comparison") {
      side.show("notes");
      voice.say(remarks.tell(message));
      remarks.box.focus({ preventScroll: true });
    }
    if (message.kind === "learner") remarks.close();
  };

  /** @param {Event} event */
  const forbid = (event) => event.preventDefault();
  /** @param {InputEvent} event */
  const mend = (event) => event.isComposing || marked.lay();
  const [first, ...others] = model.get("help");
  const host = make("div", {
    class: "fk-text",
    contenteditable: "true",
    role: "textbox",
    "aria-multiline": "true",
    "aria-readonly": "true",
    "aria-label": model.get("title"),
    "aria-description": first,
    spellcheck: "false",
    inputmode: "none",
    translate: "no",
    "data-gramm": "false",
    tabindex: 0,
    onbeforeinput: forbid,
    onpaste: forbid,
    oncut: forbid,
    ondrop: forbid,
    ondragstart: forbid,
    oninput: mend,
    oncompositionend: mend,
    onkeydown,
    onpointerdown: () => (isDown = true),
    // whoever goes on elsewhere must not find the list of codes over it
    onfocusout: (/** @type {FocusEvent} */ event) => palette.box.contains(event.relatedTarget) || close(),
  });
  const back = button(words.undo, store.undo);
  const forth = button(words.redo, store.redo);
  const ask = button(words.compare, () => store.delivery.post({ kind: "compare" }), {
    class: "fk-primary",
    hidden: !model.get("comparable"),
  });
  const scroller = make("div", { class: "fk-scroll" });
  const { row } = codeButtons(store, words.codes, tagOrExplain);
  const palette = openingList(store, tag, leave, host);
  const cards = codeCards(store, first);
  const marked = new MarkedText(store, host, scroller);
  const { selection } = marked;
  const list = tagList(store, { show, chosen: () => selection.words() || last, leave, count: (title) => (side.tabs[0].textContent = title) });
  const remarks = comparison(store, { marked, show, keep: enterList });
  const side = sideTabs(words.side, {
    tags: [words.list, list.box],
    codes: [fill(words.codes_tab, offered.length), cards.box],
    notes: [words.feedback, remarks.box],
  });
  side.show(store.tags.size ? "tags" : "codes");
  list.rebuild();
  scroller.append(make("div", { class: "fk-sheet" }, make("p", { class: "fk-kicker" }, model.get("kicker")), host), side.box);
  root.append(
    make("div", { class: "fk-bar" }, row, back, forth, badge(store.delivery), ask),
    refusals(store.delivery),
    remarks.result,
    scroller,
    wordSearch(store, show),
    make("details", { class: "fk-search" }, make("summary", {}, words.keys), make("ul", {}, ...each("li", others))),
    palette.box,
    voice.line,
  );
  const eye = new ResizeObserver(remarks.align);
  eye.observe(host);

  const { signal } = stopping;
  /** @param {any} event */
  const release = ({ altKey }) => {
    if (!isDown) return;
    isDown = false;
    selection.isExact = altKey;
    selection.snap();
    settle();
  };
  // the list stays with its words
  const follow = () => palette.isOpen() && openPalette();
  const acts = { pointerup: release, pointercancel: release, selectionchange: settle, scroll: follow };
  for (const [name, act] of Object.entries(acts)) document.addEventListener(name, act, { capture: true, signal });
  root.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      voice.say(words.saves);
    }
    event.stopPropagation();
  }, { signal });
  changed([], store.greeting);

  const stop = () => {
    clearTimeout(resting);
    eye.disconnect();
    stopping.abort();
  };
  return { changed, told, stop };
}

export default () => mount(["span-tagger"], TagStore, tagger);
