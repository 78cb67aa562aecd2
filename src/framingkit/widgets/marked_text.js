/**
 * The text with its tags: sections of about 6,000 characters that the browser may skip while
 * they are off screen, in them paragraphs, in them flat <mark> pieces. A tag repaints only
 * the paragraphs it touches, so the length of the text does not matter.
 */

import { countBelow, trimmed } from "./offsets.js";
import { make } from "./dom.js";

const LANES = 4;
const SECTION = 6000;

/** @typedef {import("./types").Tag} Tag */
/** @typedef {import("./types").Paragraph} Paragraph */

export class MarkedText {
  /**
   * @param {import("./tag_store").TagStore} store @param {HTMLElement} host @param {HTMLElement} scroller
   */
  constructor(store, host, scroller) {
    this.store = store;
    this.host = host;
    this.numbers = new Map(store.numbers);
    let start = 0;
    /** @type {Paragraph[]} */
    this.paragraphs = store.text.split("\n").map((words) => {
      const end = start + words.length;
      const element = make("p", { dir: "auto" }, words || make("br"));
      const paragraph = { start, end, element, tags: new Map(), near: false, stale: false };
      start = end + 1;
      return paragraph;
    });
    this.owners = new Map(this.paragraphs.map((one) => [one.element, one]));
    /** @type {Map<Element, Paragraph[]>} */
    this.sections = new Map();
    this.watchSections(scroller);
    this.repaintAll();
    for (const place of this.numbers.keys()) this.paint(this.at(place));
  }

  /** @param {HTMLElement} scroller */
  watchSections(scroller) {
    const { sections } = this;
    this.eye = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries)
          for (const one of sections.get(target) || []) {
            one.near = isIntersecting;
            if (isIntersecting && one.stale) this.paint(one);
          }
      },
      { root: scroller, rootMargin: "600px 0px" },
    );
    for (let rest = this.paragraphs; rest.length; ) {
      const limit = rest[0].start + SECTION;
      const count = Math.max(1, countBelow(rest, (one) => one.end < limit));
      const part = rest.slice(0, count);
      const section = make("section", {}, ...part.map((one) => one.element));
      const lines = count + (part[count - 1].end - part[0].start) / 70;
      section.style.containIntrinsicSize = `auto ${Math.round(lines * 36)}px`;
      sections.set(section, part);
      this.host.append(section);
      this.eye.observe(section);
      rest = rest.slice(count);
    }
    if (sections.size > 1) this.host.classList.add("fk-long");
    else for (const one of this.paragraphs) one.near = true;
  }

  /** @param {number} place @returns {Paragraph} the paragraph that holds a place */
  at(place) {
    return this.paragraphs[Math.max(1, countBelow(this.paragraphs, (one) => one.start <= place)) - 1];
  }

  /** @param {Tag | null | undefined} tag @returns {Paragraph[]} */
  touchedBy(tag) {
    if (!tag) return [];
    const first = countBelow(this.paragraphs, (one) => one.end <= tag.start);
    return this.paragraphs.slice(first, countBelow(this.paragraphs, (one) => one.start < tag.end));
  }

  repaintAll() {
    for (const one of this.paragraphs) one.tags.clear();
    for (const tag of this.store.tags.values())
      for (const one of this.touchedBy(tag)) one.tags.set(tag.id, tag);
    for (const one of this.paragraphs) this.repaint(one);
  }

  /** @param {import("./types").Change[]} changes */
  update(changes) {
    const dirty = new Set();
    for (const { id, before } of changes) {
      const now = this.store.tags.get(id);
      for (const one of this.touchedBy(before)) one.tags.delete(id);
      for (const one of this.touchedBy(now)) one.tags.set(id, /** @type {Tag} */ (now));
      for (const one of [...this.touchedBy(before), ...this.touchedBy(now)]) dirty.add(one);
    }
    for (const one of dirty) this.repaint(one);
  }

  /** @param {Paragraph} one */
  repaint(one) {
    if (!one.tags.size && !one.element.querySelector("mark")) return;
    if (one.near) this.paint(one);
    else one.stale = true;
  }

  /** @param {Paragraph} one */
  paint(one) {
    one.stale = false;
    const kept = one.element.contains(getSelection()?.focusNode ?? null) && this.selection();
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    one.element.replaceChildren(...this.pieces(one));
    if (!kept) return;
    this.select(...kept);
    // a selection in the text pulls the focus there, away from the button that was pressed
    focused?.focus();
  }

  /** @param {Paragraph} paragraph @returns {(Node | string)[]} */
  pieces({ start, end, tags }) {
    if (start === end) return [make("br")];
    const waiting = [...tags.values()].sort(inReadingOrder);
    const looks = this.looksOf(waiting);
    const cuts = new Set([start, end]);
    for (const tag of waiting) cuts.add(Math.max(start, tag.start)).add(Math.min(end, tag.end));
    for (const place of this.numbers.keys()) if (start <= place && place < end) cuts.add(place);
    const edges = [...cuts].sort((a, b) => a - b);
    /** @type {Tag[]} */
    let open = [];
    return edges.slice(0, -1).flatMap((from, n) => {
      const begun = waiting.splice(0, countBelow(waiting, (tag) => tag.start <= from));
      open = open.filter((tag) => tag.end > from).concat(begun);
      const words = this.store.text.slice(from, edges[n + 1]);
      const piece = open.length ? this.piece(words, open, begun.filter((tag) => tag.start >= start), looks) : words;
      const number = this.numbers.get(from);
      // the number is drawn by the style sheet: as text it would count as part of the article
      return number ? [make("span", { class: "fk-number", "data-number": number }), piece] : [piece];
    });
  }

  /**
   * Give every tag its underline and its name, and tags that overlap different lines.
   * @param {Tag[]} tags in reading order @returns {Map<Tag, [string, string]>}
   */
  looksOf(tags) {
    const { store } = this;
    /** @type {number[]} */
    const ends = [];
    const looks = new Map();
    for (const tag of tags) {
      let lane = 0;
      while (ends[lane] > tag.start) lane += 1;
      ends[lane] = tag.end;
      const line = lane < LANES ? `--l${lane}:var(--u${store.slots.get(tag.label)});` : "";
      looks.set(tag, [line, store.code(tag.label).name + (tag.note && ` (note: ${tag.note})`)]);
    }
    return looks;
  }

  /**
   * @param {string} words @param {Tag[]} open the tags that cover them @param {Tag[]} begun those that begin here
   * @param {Map<Tag, [string, string]>} looks
   */
  piece(words, open, begun, looks) {
    const mark = document.createElement("mark");
    const named = (/** @type {Tag[]} */ tags) => tags.map((tag) => looks.get(tag)?.[1]).join("; ");
    mark.textContent = words;
    mark.setAttribute("style", open.map((tag) => looks.get(tag)?.[0]).join(""));
    mark.setAttribute("aria-description", named(open));
    if (begun.length) {
      const chips = begun.slice(0, LANES).map((tag) => this.store.code(tag.label).chip);
      if (begun.length > LANES) chips.push(`+${begun.length - LANES}`);
      mark.dataset.chips = chips.join("·");
      mark.dataset.names = named(begun) + ": ";
    }
    return mark;
  }

  /** @param {Node} node @param {number} offset @returns {number} the place in the text */
  placeOf(node, offset) {
    const element = node instanceof Element ? node : node.parentElement;
    const inside = this.owners.get(/** @type {any} */ (element?.closest("p")));
    if (inside) {
      const range = document.createRange();
      range.selectNodeContents(inside.element);
      range.setEnd(node, offset);
      return inside.start + range.toString().length;
    }
    // between paragraphs, as after Ctrl+A
    const next = element?.children[offset];
    const owner = this.owners.get(/** @type {any} */ (next?.querySelector("p") || next));
    return owner ? owner.start : this.store.text.length;
  }

  /** @returns {[number, number] | null} anchor and focus, if both lie in this text */
  selection() {
    const { anchorNode, anchorOffset, focusNode, focusOffset } = /** @type {Selection} */ (getSelection());
    if (!anchorNode || !focusNode || !this.host.contains(anchorNode) || !this.host.contains(focusNode)) return null;
    return [this.placeOf(anchorNode, anchorOffset), this.placeOf(focusNode, focusOffset)];
  }

  /** @returns {[number, number] | null} the selected words without white space at the edges */
  chosen() {
    const both = this.selection();
    if (!both) return null;
    const [start, end] = trimmed(this.store.text, ...both);
    return start < end ? [start, end] : null;
  }

  /** @param {number} place @returns {[Node, number]} */
  nodeAt(place) {
    const one = this.at(place);
    if (one.stale) this.paint(one);
    let rest = place - one.start;
    const walker = document.createTreeWalker(one.element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const { length } = /** @type {Text} */ (node);
      if (rest <= length) return [node, rest];
      rest -= length;
    }
    return [one.element, 0];
  }

  /** @param {number} anchor @param {number} focus */
  select(anchor, focus) {
    getSelection()?.setBaseAndExtent(...this.nodeAt(anchor), ...this.nodeAt(focus));
  }

  /** Show a place and select it. @param {number} start @param {number} end */
  reveal(start, end) {
    this.select(start, end);
    const show = () => this.at(start).element.scrollIntoView({ block: "nearest" });
    show();
    // in a long text the section had only a guessed height before it came into view
    requestAnimationFrame(show);
  }

  /** Put back what an input method or a browser's add-on changed, which a page cannot forbid. */
  repair() {
    const kept = this.selection();
    this.host.replaceChildren(...this.sections.keys());
    for (const [section, part] of this.sections) section.replaceChildren(...part.map((one) => one.element));
    for (const one of this.paragraphs)
      if (one.near) this.paint(one);
      else one.stale = true;
    if (kept) this.select(...kept);
  }

  /** @param {number} place @returns {Tag | undefined} the shortest tag at a place */
  tagAt(place) {
    return [...this.at(place).tags.values()]
      .filter((tag) => tag.start <= place && place <= tag.end)
      .sort((a, b) => a.end - a.start - (b.end - b.start))[0];
  }
}

/** @param {Tag} a @param {Tag} b @returns {number} */
export function inReadingOrder(a, b) {
  return a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1);
}
