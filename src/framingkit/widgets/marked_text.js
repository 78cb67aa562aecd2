/**
 * The text with its tags: sections of about 6,000 characters that the browser may skip while
 * they are off screen, in them paragraphs, in them flat <mark> pieces. A tag repaints only
 * the paragraphs it touches, so the length of the text does not matter.
 */

import { countBelow, paragraphsOf, trimmed } from "./offsets.js";
import { make } from "./dom.js";

const LANES = 4;
const SECTION = 6000;

/** @typedef {import("./types").Tag} Tag */

export class MarkedText {
  /**
   * @param {import("./tag_store").TagStore} store @param {HTMLElement} host @param {HTMLElement} scroller
   */
  constructor(store, host, scroller) {
    this.store = store;
    this.text = store.text;
    this.host = host;
    this.bounds = paragraphsOf(this.text);
    /** @type {Map<number, number>} the number of the sentence that starts at a place */
    this.numbers = new Map(store.numbers);
    /** @type {Map<string, Tag>[]} the tags that touch each paragraph */
    this.touching = this.bounds.map(() => new Map());
    this.near = new Uint8Array(this.bounds.length);
    this.stale = new Uint8Array(this.bounds.length);
    /** @type {HTMLElement[]} */
    this.paragraphs = this.bounds.map((_, i) => make("p", { dir: "auto" }, ...this.pieces(i)));
    this.watchSections(scroller);
    this.repaintAll();
  }

  /** @param {HTMLElement} scroller */
  watchSections(scroller) {
    /** @type {Map<Element, [number, number]>} */
    const sections = new Map();
    this.eye = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          const [first, last] = sections.get(entry.target) || [0, -1];
          for (let i = first; i <= last; i += 1) {
            this.near[i] = +entry.isIntersecting;
            if (entry.isIntersecting && this.stale[i]) this.paint(i);
          }
        }
      },
      { root: scroller, rootMargin: "600px 0px" },
    );
    for (let first = 0; first < this.bounds.length; ) {
      let last = first;
      while (last + 1 < this.bounds.length && this.bounds[last + 1][1] - this.bounds[first][0] < SECTION) last += 1;
      const section = make("section", {}, ...this.paragraphs.slice(first, last + 1));
      const lines = (this.bounds[last][1] - this.bounds[first][0]) / 70 + (last - first + 1);
      section.style.containIntrinsicSize = `auto ${Math.round(lines * 36)}px`;
      sections.set(section, [first, last]);
      this.host.append(section);
      this.eye.observe(section);
      first = last + 1;
    }
    if (sections.size > 1) this.host.classList.add("fk-long");
    else this.near.fill(1);
  }

  /** @param {number} place @returns {number} the paragraph that holds a place */
  at(place) {
    return Math.max(0, countBelow(this.bounds, ([start]) => start <= place) - 1);
  }

  /** @param {Tag} tag @returns {number[]} */
  touchedBy(tag) {
    const first = this.at(tag.start);
    const found = [];
    for (let i = first; i < this.bounds.length && this.bounds[i][0] < tag.end; i += 1) found.push(i);
    return found;
  }

  repaintAll() {
    for (const tags of this.touching) tags.clear();
    for (const tag of this.store.tags.values())
      for (const i of this.touchedBy(tag)) this.touching[i].set(tag.id, tag);
    for (let i = 0; i < this.bounds.length; i += 1) this.repaint(i);
  }

  /** @param {import("./types").Change[]} changes */
  update(changes) {
    const dirty = new Set();
    for (const { id, before } of changes) {
      const now = this.store.tags.get(id);
      for (const old of before ? this.touchedBy(before) : []) {
        this.touching[old].delete(id);
        dirty.add(old);
      }
      for (const i of now ? this.touchedBy(now) : []) {
        this.touching[i].set(id, /** @type {Tag} */ (now));
        dirty.add(i);
      }
    }
    for (const i of dirty) this.repaint(i);
  }

  /** @param {number} i */
  repaint(i) {
    if (this.near[i]) this.paint(i);
    else this.stale[i] = 1;
  }

  /** @param {number} i */
  paint(i) {
    this.stale[i] = 0;
    const paragraph = this.paragraphs[i];
    if (!this.touching[i].size && !paragraph.querySelector("mark")) return;
    const kept = paragraph.contains(getSelection()?.focusNode ?? null) ? this.selection() : null;
    paragraph.replaceChildren(...this.pieces(i));
    if (kept) this.select(...kept);
  }

  /** @param {number} i @returns {(Node | string)[]} */
  pieces(i) {
    const [start, end] = this.bounds[i];
    if (start === end) return [make("br")];
    const tags = [...this.touching[i].values()].sort(inReadingOrder);
    const lanes = lanesOf(tags);
    const cuts = new Set([start, end]);
    for (const tag of tags) cuts.add(Math.max(start, tag.start)).add(Math.min(end, tag.end));
    for (const place of this.numbers.keys()) if (start <= place && place < end) cuts.add(place);
    const edges = [...cuts].sort((a, b) => a - b);
    /** @type {Tag[]} */
    let open = [];
    let next = 0;
    return edges.slice(0, -1).flatMap((from, n) => {
      open = open.filter((tag) => tag.end > from);
      const waiting = next;
      while (next < tags.length && tags[next].start <= from) open.push(tags[next++]);
      const begun = tags.slice(waiting, next).filter((tag) => tag.start >= start);
      const words = this.text.slice(from, edges[n + 1]);
      const piece = open.length ? this.piece(words, open, begun, lanes) : words;
      const number = this.numbers.get(from);
      // the number is drawn by the style sheet: as text it would count as part of the article
      return number ? [make("span", { class: "fk-number", "data-number": number }), piece] : [piece];
    });
  }

  /**
   * @param {string} words @param {Tag[]} open the tags that cover them @param {Tag[]} begun those that begin here
   * @param {Map<Tag, number>} lanes
   */
  piece(words, open, begun, lanes) {
    const { store } = this;
    const mark = document.createElement("mark");
    mark.textContent = words;
    let style = "";
    for (const tag of open) {
      const lane = /** @type {number} */ (lanes.get(tag));
      if (lane < LANES) style += `--l${lane}:var(--u${store.slots.get(tag.label)});`;
    }
    mark.style.cssText = style;
    const names = open.map((tag) => store.code(tag.label).name + (tag.note && ` (note: ${tag.note})`));
    mark.setAttribute("aria-description", names.join("; "));
    if (begun.length) {
      const chips = begun.slice(0, LANES).map((tag) => store.code(tag.label).chip);
      if (begun.length > LANES) chips.push(`+${begun.length - LANES}`);
      mark.dataset.chips = chips.join("·");
      mark.dataset.names = begun.map((tag) => store.code(tag.label).name).join(", ") + ": ";
    }
    return mark;
  }

  /** @param {Node} node @param {number} offset @returns {number | null} the place in the text */
  placeOf(node, offset) {
    if (node === this.host) return offset ? this.text.length : 0;
    const element = node instanceof Element ? node : node.parentElement;
    const section = element === this.host ? null : element?.closest("section");
    if (!section || !this.host.contains(section)) return null;
    const paragraph = /** @type {HTMLElement | null | undefined} */ (
      element?.closest("p") || section.children[offset] || section.lastElementChild
    );
    const i = paragraph ? this.paragraphs.indexOf(paragraph) : -1;
    if (i < 0) return null;
    const [start, end] = this.bounds[i];
    if (element === section) return offset < section.children.length ? start : end;
    const range = document.createRange();
    range.selectNodeContents(this.paragraphs[i]);
    range.setEnd(node, offset);
    return Math.min(start + range.toString().length, end);
  }

  /** @returns {[number, number] | null} anchor and focus, if both lie in this text */
  selection() {
    const chosen = getSelection();
    if (!chosen?.anchorNode || !chosen.focusNode || !this.host.contains(chosen.anchorNode)) return null;
    const anchor = this.placeOf(chosen.anchorNode, chosen.anchorOffset);
    const focus = this.placeOf(chosen.focusNode, chosen.focusOffset);
    return anchor === null || focus === null ? null : [anchor, focus];
  }

  /** @returns {[number, number] | null} the selected words without white space at the edges */
  chosen() {
    const both = this.selection();
    if (!both) return null;
    const [start, end] = trimmed(this.text, ...both);
    return start < end ? [start, end] : null;
  }

  /** @param {number} place @returns {[Node, number]} */
  nodeAt(place) {
    const i = this.at(place);
    if (this.stale[i]) this.paint(i);
    let rest = place - this.bounds[i][0];
    const walker = document.createTreeWalker(this.paragraphs[i], NodeFilter.SHOW_TEXT);
    /** @type {Node | null} */
    let last = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const { length } = /** @type {Text} */ (node);
      if (rest <= length) return [node, rest];
      rest -= length;
      last = node;
    }
    return last ? [last, /** @type {Text} */ (last).length] : [this.paragraphs[i], 0];
  }

  /** @param {number} anchor @param {number} focus */
  select(anchor, focus) {
    getSelection()?.setBaseAndExtent(...this.nodeAt(anchor), ...this.nodeAt(focus));
  }

  /** Show a place and select it. @param {number} start @param {number} end */
  reveal(start, end) {
    const i = this.at(start);
    this.paragraphs[i].scrollIntoView({ block: "nearest" });
    this.select(start, end);
    // in a long text the section had only a guessed height before it came into view
    requestAnimationFrame(() => this.paragraphs[i].scrollIntoView({ block: "nearest" }));
  }

  /** Put back what an input method changed, which no browser lets a page forbid. */
  repair() {
    this.paragraphs.forEach((paragraph, i) => {
      if (paragraph.textContent !== this.text.slice(...this.bounds[i])) paragraph.replaceChildren(...this.pieces(i));
    });
  }

  /** @param {number} place @returns {Tag | undefined} the shortest tag at a place */
  tagAt(place) {
    return [...this.touching[this.at(place)].values()]
      .filter((tag) => tag.start <= place && place <= tag.end)
      .sort((a, b) => a.end - a.start - (b.end - b.start))[0];
  }
}

/** @param {Tag} a @param {Tag} b @returns {number} */
export function inReadingOrder(a, b) {
  return a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1);
}

/** Give tags that overlap different underlines. @param {Tag[]} tags in reading order */
function lanesOf(tags) {
  /** @type {number[]} */
  const ends = [];
  const lanes = new Map();
  for (const tag of tags) {
    let lane = 0;
    while (ends[lane] > tag.start) lane += 1;
    ends[lane] = tag.end;
    lanes.set(tag, lane);
  }
  return lanes;
}
