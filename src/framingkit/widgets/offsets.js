/**
 * Places in a text. Python counts characters (code points) from the start of the whole
 * document, JavaScript counts UTF-16 units of the part that is shown. Only this module
 * translates; every other one here counts UTF-16 units.
 */

// an older Firefox has none
const LETTERS = Intl.Segmenter && new Intl.Segmenter();
const WORDS = Intl.Segmenter && new Intl.Segmenter("en", { granularity: "word" });
const REACH = 400;
const EDGE = /(?![%&@#*])[\s\p{P}]/u;
const PAIRED = /["“”„«»()]/;

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
export function trimmed(text, start, end, parts = LETTERS) {
  if (start > end) [start, end] = [end, start];
  const words = text.slice(start, end).trimStart();
  start = end - words.length;
  end = start + words.trimEnd().length;
  // what cannot be seen cannot be read either
  if (!/[^\s\p{DI}]/u.test(words)) return null;
  if (!parts) return { start, end };
  // the part between two spaces is enough: a whole book takes long to cut
  const far = Math.max(0, start - REACH);
  const from = far + text.slice(far, start).search(/\S*$/);
  const to = end + text.slice(end, end + REACH).search(/\s|$/);
  const cut = parts.segment(text.slice(from, to));
  /** @type {any} */
  const first = cut.containing(start - from);
  /** @type {any} */
  const last = cut.containing(end - 1 - from);
  return { start: from + first.index, end: from + last.index + last.segment.length };
}

/**
 * The words that a selection means: whole ones, without the signs at their edges. Quotation marks and
 * brackets stay where both of a pair are there.
 * @param {string} text @param {number} start @param {number} end @returns {Place | null}
 */
export function wholeWords(text, start, end) {
  const place = trimmed(text, start, end, WORDS);
  if (!place) return null;
  ({ start, end } = place);
  /** @param {string} sign an even number of marks is one of pairs @returns {boolean} */
  const isLoose = (sign) => EDGE.test(sign) && !(PAIRED.test(sign) && text.slice(start, end).split(PAIRED).length % 2);
  while (start < end && isLoose(text[start])) start += 1;
  while (start < end && isLoose(text[end - 1])) end -= 1;
  return start < end ? { start, end } : null;
}
