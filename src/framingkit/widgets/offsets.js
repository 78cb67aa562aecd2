/**
 * Places in a text. Python counts characters (code points) from the start of the whole
 * document, JavaScript counts UTF-16 units of the part that is shown. Only this module
 * translates; every other one here counts UTF-16 units.
 */

// an older Firefox has none
const LETTERS = Intl.Segmenter && new Intl.Segmenter();

/** @typedef {{start: number, end: number}} Place */

export class Offsets {
  /** @param {string} text @param {number} first Python's offset of the first character shown */
  constructor(text, first) {
    this.first = first;
    /** Where the characters start that take two units. */
    this.pairs = [...text.matchAll(/[^\0-\uffff]/gu)].map((match) => match.index);
  }

  /** @param {number} unit @returns {number} */
  toPython(unit) {
    return this.first + unit - countBelow(this.pairs, (pair) => pair < unit);
  }

  /** @param {number} offset @returns {number} */
  fromPython(offset) {
    const point = offset - this.first;
    return point + countBelow(this.pairs, (pair, before) => pair - before < point);
  }

  /** @param {Place} span with Python's offsets @returns {Place} */
  placeOf({ start, end }) {
    return { start: this.fromPython(start), end: this.fromPython(end) };
  }
}

/** @param {string} text @returns {number} how many characters Python counts in it */
export function lengthInPython(text) {
  return new Offsets(text, 0).toPython(text.length);
}

/**
 * How many leading items hold, when those that hold come first.
 * @template T @param {ArrayLike<T>} items @param {(item: T, index: number) => boolean} holds
 */
export function countBelow(items, holds) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items[middle], middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Leave white space at the edges out, and take a letter that was cut in two in whole.
 * @param {string} text @param {number} start @param {number} end @returns {Place | null}
 */
export function trimmed(text, start, end) {
  if (start > end) [start, end] = [end, start];
  const words = text.slice(start, end).trimStart();
  start = end - words.length;
  end = start + words.trimEnd().length;
  // what cannot be seen cannot be read either
  if (!/[^\s\p{DI}]/u.test(words)) return null;
  if (!LETTERS) return { start, end };
  // a window is enough: the longest joined emoji has 35 units, and a whole book takes long to cut
  const from = Math.max(0, start - 64);
  const letters = LETTERS.segment(text.slice(from, end + 64));
  /** @type {any} */
  const first = letters.containing(start - from);
  /** @type {any} */
  const last = letters.containing(end - 1 - from);
  return { start: from + first.index, end: from + last.index + last.segment.length };
}
