/** "Type the words": find words in the text and tag them without selecting anything. */

import { button, fill, make } from "./dom.js";
import { codeSelect } from "./palette.js";

/** @typedef {import("./offsets").Place} Place */

/** @param {import("./tag_store").TagStore} store @param {(place: Place) => void} show @returns {HTMLElement} */
export function wordSearch(store, show) {
  const { words } = store;
  /** @type {Place[]} */
  let places = [];
  let here = 0;

  const find = () => {
    const wanted = field.value.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");
    const found = wanted ? [...store.text.matchAll(new RegExp(wanted, "giu"))] : [];
    places = found.map(({ index, 0: { length } }) => ({ start: index, end: index + length }));
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
  const step = (/** @type {number} */ by) => {
    const { length } = places;
    if (!length) return;
    const focused = /** @type {HTMLElement} */ (document.activeElement);
    here = (here + by + length) % length;
    show(places[here]);
    focused.focus();
    say();
  };
  const onkeydown = (/** @type {KeyboardEvent} */ event) => {
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
