/** What Python says about the tags: notes in the margin, level with their sentence, and a filter. */

import { atFocus, button, fill, make } from "./dom.js";
import { signs } from "./palette.js";
import { wordsKey } from "./tag_store.js";

/** @typedef {import("./types").Note} Note */

const NOTES = 50;
const GROUPS = ["all", "match", "think", "missed"];

/**
 * @param {import("./tag_store").TagStore} store
 * @param {{marked: import("./marked_text").MarkedText, show: (place: Note) => void, keep: (id: string) => void}} text
 */
export function comparison(store, { marked, show, keep }) {
  const { words } = store;
  /** @type {Map<Note, HTMLElement>} */
  const notes = new Map();
  const sum = make("p");
  const filters = GROUPS.map((group) => button("", () => choose(group), { class: `fk-is-${group}` }));
  const result = make("div", { class: "fk-result", hidden: true }, sum, ...filters);
  const list = make("ol", { class: "fk-notes" });
  /** @type {HTMLElement[]} the notes on sentences for which the button waits */
  let later = [];
  const more = button(words.more_notes, () => {
    const next = later.splice(0, NOTES);
    list.append(...next);
    more.hidden = !later[0];
    align();
    // a button that is gone drops the focus to the page
    next[0]?.querySelector("summary")?.focus({ preventScroll: true });
  });
  const box = make("div", { class: "fk-remarks", tabindex: -1, role: "region", "aria-label": words.comparison }, list, more);

  /** @param {string} chosen the group that is shown; the style sheet hides the others */
  const choose = (chosen) => {
    list.dataset.group = chosen;
    GROUPS.forEach((group, n) => {
      const { length } = [...notes.keys()].filter((note) => !n || note.group === group);
      filters[n].textContent = fill(words.filters[n], length);
      filters[n].setAttribute("aria-pressed", String(group === chosen));
    });
    align();
  };

  /** @param {number} number @param {Note[]} some the notes on one sentence */
  const sentence = (number, some) => {
    const groups = GROUPS.map((group, n) => {
      const rows = some.filter((note) => note.group === group).map(row);
      return make("div", { class: `fk-group fk-is-${group}` }, make("p", { class: "fk-state" }, words.groups[n]), ...rows);
    });
    return Object.assign(make("li", {}, make("small", {}, `${number}`), ...groups), { note: some[0] });
  };

  /** @param {Note} note */
  const row = (note) => {
    const code = store.code(note.label);
    const look = () => {
      show(note);
      head.focus();
    };
    const head = make("summary", { onclick: look },
      make("span", { class: "fk-again" }, words.look_again),
      make("span", { class: "fk-what" }, ...signs(code), make("span", { class: "fk-aloud" }, code.name + ": "), make("span", { class: "fk-quote", dir: "auto" }, store.wordsOf(note))),
    );
    const acts = note.group === "think" ? [button(words.keep, () => keep(note.id)), button(words.drop, () => store.remove(note.id))] : [];
    const element = make("details", { open: note.open, ontoggle: align }, head, make("p", { dir: "auto" }, note.reason), ...acts);
    notes.set(note, element);
    return element;
  };

  /** Put each note level with its sentence, as far as those before it leave room. */
  const align = () => {
    const { left, top } = list.getBoundingClientRect();
    // a text that is not painted as a whole cannot be measured
    const isBeside = !marked.isLong && left > marked.host.getBoundingClientRect().right;
    list.classList.toggle("fk-beside", isBeside);
    let free = 0;
    for (const one of isBeside ? list.children : []) {
      if (!one.offsetHeight) continue;
      free = Math.max(free, marked.selection.boxOf(store.sentencesOf(one.note)[0]).top - top);
      one.style.top = `${free}px`;
      free += one.offsetHeight + 8;
    }
    list.style.minHeight = `${free}px`;
  };

  const close = () => {
    notes.clear();
    store.found.clear();
    list.replaceChildren();
    result.hidden = more.hidden = true;
  };

  return {
    result,
    box,
    align,
    close,

    /** A note goes with the tag that caused it. @param {import("./types").Change[]} changes */
    follow(changes) {
      const { size } = notes;
      for (const [note, element] of notes)
        for (const { id, after } of changes) {
          const isGone = note.id
            ? note.id === id && wordsKey(after || {}) !== wordsKey(note)
            : after?.label === note.label && after.start < note.end && note.start < after.end;
          if (isGone) {
            if (element.contains(atFocus())) box.focus();
            element.remove();
            notes.delete(note);
            store.found.delete(id);
          }
        }
      if (notes.size === size) return;
      sum.textContent = "";
      choose(list.dataset.group);
    },

    /** @param {import("./types").Message} message @returns {string} what was found */
    tell({ summary, remarks }) {
      close();
      /** @type {Map<number, Note[]>} */
      const sentences = new Map();
      const tags = new Map([...store.tags.values()].map((tag) => [wordsKey(tag), tag]));
      for (const told of remarks) {
        const note = { ...told, ...store.offsets.placeOf(told) };
        // the tag that caused it; it may be gone by now
        /** @type {any} */
        const tag = note.group === "missed" ? {} : tags.get(wordsKey(note));
        if (!tag) continue;
        note.id = tag.id;
        store.found.set(tag.id, note.group === "match" ? "✓" : "?");
        if (!sentences.has(note.number)) sentences.set(note.number, []);
        sentences.get(note.number)?.push(note);
      }
      marked.paragraphs.forEach((one) => marked.repaint(one));
      later = [...sentences].map(([number, some]) => sentence(number, some));
      more.click();
      sum.textContent = summary;
      result.hidden = false;
      choose("all");
      return sum.textContent;
    },
  };
}
