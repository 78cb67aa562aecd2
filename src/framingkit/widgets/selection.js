/** What is selected in a text with tags: places in the text for the browser's nodes, and back. */

import { trimmed, wholeWords } from "./offsets.js";

/** @typedef {import("./offsets").Place} Place */

// one for all: until a range is collected as garbage, the browser adjusts it with every change of the page
const RANGE = document.createRange();

export class TextSelection {
  /** @param {import("./marked_text").MarkedText} marked */
  constructor(marked) {
    this.marked = marked;
    this.isExact = false;
  }

  /** What is selected, as the document knows it or the shadow root in which the text lies. @returns {any} */
  get known() {
    /** @type {any} */
    const root = this.marked.host.getRootNode();
    return root.getSelection?.() || getSelection();
  }

  /** @returns {[number, number] | null} anchor and focus, if both lie in this text */
  ends() {
    const { anchorNode, anchorOffset, focusNode, focusOffset } = this.known;
    if (![anchorNode, focusNode].every((node) => this.marked.host.contains(node))) return null;
    return [this.placeOf(anchorNode, anchorOffset), this.placeOf(focusNode, focusOffset)];
  }

  /** @returns {Place | null} the selected words: whole ones, or with Alt the exact letters */
  words() {
    const ends = this.ends();
    const { text } = this.marked.store;
    return ends && (this.isExact ? trimmed(text, ...ends) : wholeWords(text, ...ends));
  }

  /** Show which words are meant. */
  snap() {
    const [anchor, focus] = this.ends() || [0, 0];
    const place = this.words();
    if (!place) return;
    const { start, end } = place;
    this.set(anchor < focus ? start : end, anchor < focus ? end : start);
  }

  /** @param {Place} place @returns {DOMRect} where words are on the screen */
  boxOf({ start, end }) {
    RANGE.setStart(...this.nodeAt(start));
    RANGE.setEnd(...this.nodeAt(end));
    return RANGE.getBoundingClientRect();
  }

  /** @param {number} anchor @param {number} focus */
  set(anchor, focus) {
    this.known.setBaseAndExtent(...this.nodeAt(anchor), ...this.nodeAt(focus));
  }

  /** Select a place and bring it into view. @param {Place} place */
  reveal({ start, end }) {
    this.set(start, end);
    const show = () => this.marked.at(start).element.scrollIntoView({ block: "nearest" });
    show();
    // in a long text the section had only a guessed height before it came into view
    requestAnimationFrame(show);
  }

  /** @param {any} node @param {number} offset @returns {number} */
  placeOf(node, offset) {
    const { paragraphs, store } = this.marked;
    const inside = paragraphs.find(({ element }) => element.contains(node));
    if (inside) {
      RANGE.selectNodeContents(inside.element);
      RANGE.setEnd(node, offset);
      return inside.start + RANGE.toString().length;
    }
    // between paragraphs, as after Ctrl+A
    const next = node.childNodes[offset];
    return paragraphs.find(({ element }) => next?.contains(element))?.start ?? store.text.length;
  }

  /** @param {number} place @returns {[Node, number]} */
  nodeAt(place) {
    const paragraph = this.marked.at(place);
    if (paragraph.stale) this.marked.paint(paragraph);
    let rest = place - paragraph.start;
    const walker = document.createTreeWalker(paragraph.element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      /** @type {any} */
      const { length } = node;
      if (rest <= length) return [node, rest];
      rest -= length;
    }
    return [paragraph.element, 0];
  }
}
