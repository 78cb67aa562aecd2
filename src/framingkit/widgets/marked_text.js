/**
 * The text with its tags: sections of about 2,000 characters that the browser may skip while
 * they are off screen, in them paragraphs, in them flat <mark> pieces. A tag repaints only
 * the paragraphs it touches, so the length of the text does not matter.
 */

import { atFocus, fill, make } from "./dom.js";
import { countBelow } from "./offsets.js";
import { TextSelection } from "./selection.js";

const LANES = 4;
const SECTION = 2000;
const LONG = 6000;

/** @typedef {import("./types").Tag} Tag */
/** @typedef {import("./types").Paragraph} Paragraph */
/** @typedef {import("./offsets").Place} Place */
/** @typedef {Place & {line: string, chip: string, colour?: string, name: string}} Look a tag as it is drawn */

export class MarkedText {
  /**
   * @param {import("./tag_store").TagStore} store @param {HTMLElement} host @param {HTMLElement} scroller
   */
  constructor(store, host, scroller) {
    this.store = store;
    this.host = host;
    this.selection = new TextSelection(this);
    const isLong = (this.isLong = store.text.length >= LONG);
    scroller.classList.toggle("fk-long", isLong);
    let start = 0;
    /** @type {Paragraph[]} */
    this.paragraphs = store.text.split("\n").map((words) => {
      const end = start + words.length;
      const isHeading = !start && store.heading;
      const settings = isHeading && { class: `fk-${store.heading}`, role: "heading", "aria-level": 3 };
      const element = make("p", { dir: "auto", ...settings }, words || make("br"));
      /** @type {Paragraph} */
      const paragraph = { start, end, element, tags: new Set(), near: !isLong, stale: false, drawn: [] };
      start = end + 1;
      return paragraph;
    });
    /** @type {Map<any, Paragraph[]>} */
    this.sections = new Map();
    /** @type {Paragraph[]} */
    let part = [];
    for (const one of this.paragraphs) {
      if (!part.length || one.end >= part[0].start + SECTION) this.sections.set(make("section"), (part = []));
      part.push(one);
    }
    for (const tag of store.tags.values()) for (const one of this.touchedBy(tag)) one.tags.add(tag);
    this.lay();
    this.watch(scroller);
  }

  /**
   * Put the paragraphs into the page; also put back what an input method or a browser's add-on
   * changed, which a page cannot forbid.
   */
  lay() {
    const kept = this.selection.ends();
    this.host.replaceChildren(...this.sections.keys());
    for (const [section, part] of this.sections) section.replaceChildren(...part.map((one) => one.element));
    for (const one of this.paragraphs) {
      one.drawn = [];
      this.repaint(one);
    }
    if (kept) this.selection.set(...kept);
  }

  /** Paint what comes near. @param {HTMLElement} root what scrolls */
  watch(root) {
    /** @param {IntersectionObserverEntry[]} entries */
    const show = (entries) => {
      for (const { target, isIntersecting } of entries)
        for (const one of this.sections.get(target) || []) {
          one.near = isIntersecting;
          if (isIntersecting && one.stale) this.paint(one);
        }
    };
    const eye = new IntersectionObserver(show, { root, rootMargin: "600px 0px" });
    for (const [section, part] of this.sections) {
      const lines = part.length + section.textContent.length / 70;
      section.style.containIntrinsicSize = `auto ${lines * 36}px`;
      eye.observe(section);
    }
  }

  /** @param {number} place @returns {Paragraph} the paragraph that holds a place */
  at(place) {
    return this.paragraphs[Math.max(1, countBelow(this.paragraphs, (one) => one.start <= place)) - 1];
  }

  /** @param {Tag | null} tag @returns {Paragraph[]} */
  touchedBy(tag) {
    if (!tag) return [];
    const first = countBelow(this.paragraphs, (one) => one.end <= tag.start);
    return this.paragraphs.slice(first, countBelow(this.paragraphs, (one) => one.start < tag.end));
  }

  /** @param {import("./types").Change[]} changes */
  update(changes) {
    const dirty = new Set();
    for (const { before, after } of changes) {
      for (const one of this.touchedBy(before)) {
        if (before) one.tags.delete(before);
        dirty.add(one);
      }
      for (const one of this.touchedBy(after)) {
        if (after) one.tags.add(after);
        dirty.add(one);
      }
    }
    for (const one of dirty) this.repaint(one);
  }

  /** Paint a paragraph now, or when it comes near. @param {Paragraph} one */
  repaint(one) {
    if (one.near) this.paint(one);
    else one.stale = true;
  }

  /** Put in the pieces that differ, between those at both ends that are the same. @param {Paragraph} one */
  paint(one) {
    const { element } = one;
    one.stale = false;
    const kept = element.contains(this.selection.known.focusNode) && this.selection.ends();
    const focused = atFocus();
    const nodes = [...element.childNodes];
    // what an input method changed cannot be compared
    const before = nodes.length === one.drawn.length ? one.drawn : [];
    const pieces = this.pieces(one);
    const now = (one.drawn = pieces.map((piece) => JSON.stringify(piece)));
    let first = 0;
    let last = nodes.length;
    let end = now.length;
    while (first < end && before[first] === now[first]) first += 1;
    while (last > first && end > first && before[last - 1] === now[end - 1]) (last -= 1), (end -= 1);
    for (const node of nodes.slice(first, last)) node.remove();
    for (const [tag, settings, words] of pieces.slice(first, end))
      element.insertBefore(tag ? make(tag, settings, words) : new Text(words), nodes[last] || null);
    if (!kept) return;
    this.selection.set(...kept);
    // a selection in the text pulls the focus there, away from the button that was pressed
    focused?.focus();
  }

  /** @param {Paragraph} paragraph @returns {[string, any, string][]} for each piece its element (none for plain words), its attributes and its words */
  pieces({ start, end, tags }) {
    if (start === end) return [["br", {}, ""]];
    const { numbers, text } = this.store;
    const waiting = this.looksOf([...tags].sort(inReadingOrder));
    const cuts = new Set([start, end]);
    for (const tag of waiting) cuts.add(Math.max(start, tag.start)).add(Math.min(end, tag.end));
    for (const place of numbers.keys()) if (start <= place && place < end) cuts.add(place);
    const edges = [...cuts].sort((a, b) => a - b);
    /** @type {Look[]} */
    let open = [];
    // how far the chips before reach, in letters of a chip; a letter of the text is mostly wider than eight tenths
    let free = 0;
    return edges.slice(0, -1).flatMap((from, n) => {
      const begun = waiting.splice(0, countBelow(waiting, (tag) => tag.start <= from));
      open = open.filter((tag) => tag.end > from).concat(begun);
      const words = text.slice(from, edges[n + 1]);
      const first = begun.filter((tag) => tag.start === from);
      const at = from * 0.8;
      const shift = Math.max(0, free - at);
      if (first[0]) free = at + shift + 1 + first.slice(0, LANES + 1).map((one) => one.chip).join("·").length;
      /** @type {[string, any, string]} */
      const piece = open.length ? ["mark", markOf(open, first, shift), words] : ["", 0, words];
      const number = numbers.get(from);
      // the number is drawn by the style sheet: as text it would count as part of the article
      return number ? [["span", { class: "fk-number", "data-number": number }, ""], piece] : [piece];
    });
  }

  /**
   * Give every tag its underline and its name, and tags that overlap different lines.
   * @param {Tag[]} tags in reading order @returns {Look[]}
   */
  looksOf(tags) {
    const { store } = this;
    /** @type {number[]} */
    const ends = [];
    return tags.map(({ id, start, end, label, note }) => {
      let lane = 0;
      while (ends[lane] > start) lane += 1;
      ends[lane] = end;
      const { chip, name, look } = store.code(label);
      const [colour, image] = look.match(/var\(.*?\)/g) || [];
      const line = lane < LANES && image ? `--l${lane}:${image};` : "";
      return { start, end, line, chip: chip + (store.found.get(id) || ""), colour, name: note ? fill(store.words.noted, name, note) : name };
    });
  }

  /** @param {number} place @returns {Tag | undefined} the shortest tag at a place */
  tagAt(place) {
    return [...this.at(place).tags]
      .filter((tag) => tag.start <= place && place <= tag.end)
      .sort((a, b) => a.end - a.start - (b.end - b.start))[0];
  }
}

/** The attributes of a mark. @param {Look[]} open the tags that cover them @param {Look[]} begun those that begin here @param {number} shift how far their chips go aside */
function markOf(open, begun, shift) {
  /** @param {Look[]} looks */
  const named = (looks) => looks.map((one) => one.name).join("; ");
  const chips = begun.slice(0, LANES).map((one) => one.chip);
  if (begun.length > LANES) chips.push(`+${begun.length - LANES}`);
  // a colour for each chip: all are two letters wide
  const colours = chips.map((_, n) => `${begun[n].colour} 0 ${((n + 1) * 100) / chips.length}%`);
  return {
    style: `--at:${shift}ch;--chips:linear-gradient(90deg,${colours});${open.map((one) => one.line).join("")}`,
    "aria-description": named(open),
    "data-chips": chips.join("·") || null,
    "data-names": begun.length > 0 && named(begun) + ": ",
  };
}

/** @param {Tag} a @param {Tag} b @returns {number} */
export function inReadingOrder(a, b) {
  return a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1);
}
