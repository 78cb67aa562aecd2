/**
 * Tag words of a text. The Python twin is span_tagger.py.
 *
 * Three ways lead to a tag: select words by mouse, touch or keyboard and press the key of a
 * code; choose the code in the list that opens beside the words; or type the words.
 */

import { announcer, button, each, make } from "./dom.js";
import { badge, refusals } from "./delivery.js";
import { MarkedText } from "./marked_text.js";
import { mount } from "./mount.js";
import { codeButtons, keyOf, openingList } from "./palette.js";
import { comparison } from "./remarks.js";
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
  let isWaiting = false;
  let revealed = -1;
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
  };

  /** Open the list of codes when a selection has come to rest. */
  const settle = () => {
    clearTimeout(resting);
    const place = selection.words();
    if (place) last = place;
    else if (!palette.box.contains(document.activeElement)) palette.close();
    // words that are only shown, from a list, are not there to be tagged
    if (place?.start === revealed) return;
    revealed = -1;
    resting = setTimeout(() => {
      if (!isDown && selection.words()) openPalette();
    }, 150);
  };

  const openPalette = () => {
    const box = [...(getSelection()?.getRangeAt(0).getClientRects() || [])].pop();
    if (box) palette.open(box);
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
    getSelection()?.removeAllRanges();
    const { start, end } = place;
    selection.set(store.add([place], id) ? end : start, end);
    if (palette.box.contains(document.activeElement)) host.focus();
    close();
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
    // the key of a digit may give another sign, such as & or the digit of another script
    const digit = event.shiftKey || key[1] || /\d/.test(key) ? key : event.code.slice(-1) || key;
    const code = offered.find((_, index) => keyOf(index) === digit);
    const withControl = { y: store.redo, z: event.shiftKey ? store.redo : store.undo };
    const alone = {
      enter: enterPalette,
      f2: list.enter,
      escape,
      delete: removeHere,
      backspace: removeHere,
      ...(code && { [key]: () => tag(code) }),
    };
    /** @type {Record<string, () => void>} */
    const acts = event.ctrlKey || event.metaKey ? withControl : event.altKey ? {} : alone;
    const act = acts[key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  /** The list follows when the browser has time: the mark in the text comes first. */
  const listSoon = () => {
    if (isWaiting) return;
    isWaiting = true;
    const rebuild = () => {
      isWaiting = false;
      list.rebuild();
    };
    // Safari has no idle callbacks
    if ("requestIdleCallback" in window) requestIdleCallback(rebuild, { timeout: 200 });
    else setTimeout(rebuild, 50);
  };

  /** @param {import("./types").Change[]} changes @param {string} sentence */
  const changed = (changes, sentence) => {
    marked.update(changes);
    // disabling the button that has the focus would drop the focus to the page
    back.setAttribute("aria-disabled", String(!store.done.length));
    forth.setAttribute("aria-disabled", String(!store.undone.length));
    if (sentence) voice.say(sentence);
    if (changes.length) listSoon();
  };

  /** @param {import("./types").Message} message */
  const told = (message) => {
    if (message.kind === "comparison") remarks.tell(message);
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
  const scroller = make("div", { class: "fk-scroll" }, host);
  const { row, card } = codeButtons(store, words.codes, tag);
  const palette = openingList(store, tag, leave);
  const marked = new MarkedText(store, host, scroller);
  const { selection } = marked;
  const list = tagList(store, { show, chosen: () => selection.words() || last, leave });
  const remarks = comparison(store, show);
  root.append(
    make("p", { class: "fk-help" }, first),
    row,
    make("div", { class: "fk-tools" }, back, forth, badge(store.delivery)),
    refusals(store.delivery),
    make("div", { class: "fk-main" }, scroller, make("div", { class: "fk-side" }, card, list.box)),
    wordSearch(store, show),
    make("details", { class: "fk-search" }, make("summary", {}, words.keys), make("ul", {}, ...each("li", others))),
    remarks.box,
    palette.box,
    voice.line,
  );

  const { signal } = stopping;
  const release = () => {
    if (isDown) settle();
    isDown = false;
  };
  // the list stays with its words
  const follow = () => palette.isOpen && openPalette();
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
    stopping.abort();
  };
  return { changed, told, stop };
}

export default () => mount(["span-tagger"], TagStore, tagger);
