/**
 * Places in a text. Python counts characters (code points) from the start of the whole
 * document, JavaScript counts UTF-16 units of the part that is shown. Only the class
 * Offsets translates; every other module here counts UTF-16 units.
 */

const LETTERS = typeof Intl.Segmenter === "function" ? new Intl.Segmenter() : null;

export class Offsets {
  /** @param {string} text @param {number} first Python's offset of the first character shown */
  constructor(text, first) {
    this.first = first;
    /** @type {number[]} where the characters start that take two units */
    this.pairs = [];
    for (const match of text.matchAll(/[\u{10000}-\u{10ffff}]/gu)) this.pairs.push(match.index);
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
 * @param {string} text @param {number} start @param {number} end @returns {[number, number]}
 */
export function trimmed(text, start, end) {
  if (start > end) [start, end] = [end, start];
  while (start < end && /\s/.test(text[start])) start += 1;
  while (end > start && /\s/.test(text[end - 1])) end -= 1;
  if (start === end || !LETTERS) return [start, end];
  // a window is enough: the longest joined emoji has 35 units, and a whole book takes long to cut
  const from = Math.max(0, start - 64);
  const letters = LETTERS.segment(text.slice(from, end + 64));
  const first = letters.containing(start - from);
  const last = letters.containing(end - 1 - from);
  if (first) start = from + first.index;
  if (last) end = from + last.index + last.segment.length;
  return [start, end];
}
