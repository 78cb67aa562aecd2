/** "Type the words": find words in the text and tag them without selecting anything. */

import { atFocus, button, fill, make } from "./dom.js";
import { codeSelect } from "./palette.js";

/** @typedef {import("./offsets").Place} Place */


/**
 * Find words, whatever the quotation marks, dashes, spaces, capitals and hidden characters; accents
 * count unless the words are nowhere with them. Both sides become a key, which knows from which
 * letters it was made. The Python twin is base/search.py, and the same vectors are tried on both.
 * @param {string} words @param {string} text @param {string} [marks] more that is left out @returns {Place[]}
 */
function placesOf(words, text, marks = "") {
  // what cannot be seen, and points that Hebrew and Arabic can be written with or without
  const hidden = RegExp(`[\\p{DI}\u0640\u064b-\u0670\u0591-\u05c7${marks}]`, "gu");
  /** @type {Place[]} where each sign of the key comes from */
  let places = [];
  /** @param {string} text */
  const keyOf = (text) => {
    places = [];
    // white space, quotation marks, dashes, or a letter with its marks
    return text.replace(/(\s[\s\p{DI}]*)|(["'`´\p{Pi}\p{Pf}‚„ʼ׳״]+)|([\p{Pd}−]+)|\P{M}\p{M}*/gu, (part, space, quote, dash, start) => {
      // upper first: ß becomes SS, and the Turkish ı becomes I
      const letters = space ? " " : quote ? "'" : dash ? "-" : part.normalize("NFKD").toUpperCase().toLowerCase().replace(hidden, "");
      places.push(...Array(letters.length).fill({ start, end: start + part.length }));
      return letters;
    });
  };
  const wanted = keyOf(words);
  const key = keyOf(text);
  const found = [];
  for (let at = 0; wanted && (at = key.indexOf(wanted, at)) >= 0; ) {
    const { start } = places[at];
    at += wanted.length;
    const last = places[at - 1];
    // half a letter is none
    if (places[at] !== last) found.push({ start, end: last.end });
  }
  return found[0] || marks ? found : placesOf(words, text, "\\p{M}");
}

/** @param {import("./tag_store").TagStore} store @param {(place: Place) => void} show @returns {HTMLElement} */
export function wordSearch(store, show) {
  const { words } = store;
  /** @type {Place[]} */
  let places = [];
  let here = 0;

  const find = () => {
    places = placesOf(field.value.trim(), store.text);
    here = 0;
    say();
  };
  const say = () => {
    const { length } = places;
    one.disabled = all.disabled = !length;
    all.textContent = length > 1 ? fill(words.tag_places, length) : words.tag_all;
    const found = length ? fill(words.place, here + 1, length) : words.not_found;
    count.textContent = field.value.trim() && found;
  };
  /** @param {number} by */
  const step = (by) => {
    const { length } = places;
    if (!length) return;
    const focused = atFocus();
    here = (here + by + length) % length;
    show(places[here]);
    focused.focus();
    say();
  };
  /** @param {KeyboardEvent} event */
  const onkeydown = (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  };

  const field = make("input", { type: "search", dir: "auto", oninput: find, onkeydown });
  const count = make("span", { role: "status" });
  const code = codeSelect(store.offered, "", {});
  const one = button(words.tag_place, () => store.add([places[here]], code.value));
  const all = button("", () => store.add(places, code.value));
  say();
  return make(
    "details",
    { class: "fk-search" },
    make("summary", {}, words.search),
    make("label", {}, words.search_words, field),
    button(words.previous, () => step(-1)),
    button(words.next, () => step(1)),
    count,
    make("label", {}, words.code, code),
    one,
    all,
  );
}
