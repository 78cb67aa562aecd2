/** The tags as a real list: jump, change the code, add a note, say how sure you are, remove. */

import { atFocus, button, fill, make, walk } from "./dom.js";
import { inReadingOrder } from "./marked_text.js";
import { codeSelect, signs } from "./palette.js";

const PAGE = 200;
const PAUSE = 700;

/** @typedef {import("./types").Tag} Tag */
/** @typedef {import("./offsets").Place} Place */

/**
 * @param {import("./tag_store").TagStore} store
 * @param {{show: (place: Place) => void, chosen: () => Place | null, leave: () => void, count: (title: string) => void}} text
 */
export function tagList(store, text) {
  const { words, offered } = store;
  let shown = PAGE;
  let editing = "";
  /** @type {number | undefined} */
  let typing;
  /** @type {WeakMap<Tag, HTMLElement>} a tag that changes is another object, and gets another row */
  const rows = new WeakMap();

  /** Make the list again, and give the focus back to the same field of the same tag. */
  const rebuild = () => {
    const { size } = store.tags;
    const focused = atFocus();
    const isHere = list.contains(focused);
    // nothing may pull away a field that somebody is writing in; leaving it makes the list again
    if (isHere && focused.matches("textarea,input")) return;
    const held = isHere && focused.closest("li")?.dataset.id;
    const order = [...store.tags.values()].sort(inReadingOrder).slice(0, shown);
    const { children } = list;
    order.forEach((tag, n) => {
      const row = (tag.id !== editing && rows.get(tag)) || rowOf(tag);
      if (children[n] !== row) list.insertBefore(row, children[n] || null);
    });
    while (children.length > order.length) list.lastChild.remove();
    text.count(fill(words.tags, size));
    more.hidden = size <= shown;
    list.hidden = !size;
    empty.hidden = size > 0;
    const old = stop();
    const now = fieldOf(held) || old || list.querySelector(".fk-jump");
    if (old) old.tabIndex = -1;
    if (now) now.tabIndex = 0;
    if (!held) return;
    // the tag that had the focus may be gone
    const next = fieldOf(held, focused.dataset.field) || now;
    if (next) next.focus();
    else text.leave();
  };

  /** @param {unknown} id @param {string} name @returns {HTMLElement | null} */
  const fieldOf = (id, name = "jump") => list.querySelector(`[data-id="${id}"] [data-field="${name}"]`);

  /** @returns {HTMLElement | null} the row that Tab leads to */
  const stop = () => list.querySelector(".fk-jump[tabindex='0']");

  /** @param {Tag} tag */
  const rowOf = (tag) => {
    const { id, label, note } = tag;
    const code = store.code(label);
    const { name } = code;
    const quote = store.quote(tag);
    const isOpen = editing === id;
    const row = make(
      "li",
      { "data-id": id },
      button("", () => toggle(id), { class: "fk-jump", tabindex: -1, "data-field": "jump", "aria-expanded": String(isOpen) },
        make("small", {}, `${store.sentencesOf(tag)[0].number}`),
        ...signs(code),
        make("span", { class: "fk-quote", dir: "auto" }, store.wordsOf(tag)),
        " ",
        make("b", {}, name),
      ),
      button(words.note_word, () => write(id), { class: "fk-pen", "aria-label": `${words.note_word}: ${name} ${quote}`, "data-field": "pen", tabindex: -1 }),
      button("×", () => remove(id), { class: "fk-away", "aria-label": fill(words.remove, name, quote), tabindex: -1 }),
    );
    if (isOpen) row.append(editor(tag));
    else {
      if (note) row.append(make("p", { dir: "auto" }, fill(words.note, note)));
      rows.set(tag, row);
    }
    return row;
  };

  /** @param {Tag} tag */
  const editor = ({ id, label, note, confidence }) => {
    /** @param {HTMLInputElement} field */
    const keep = ({ value, dataset: { field } }) => {
      clearTimeout(typing);
      const sure = value === "" ? null : Math.max(0, Math.min(100, Math.round(+value)));
      const now = field === "confidence" ? sure : value;
      /** @type {any} */
      const known = store.tags.get(id);
      if (known?.[field || ""] !== now) store.change(id, { [field || ""]: now }, words.changed);
    };
    const code = store.code(label);
    // a code that is not on offer must not look like another one
    const codes = offered.includes(code) ? offered : [code, ...offered];
    return make(
      "div",
      {
        class: "fk-edit",
        oninput: (/** @type {any} */ { target }) => {
          clearTimeout(typing);
          typing = setTimeout(keep, PAUSE, target);
        },
        onchange: (/** @type {any} */ { target }) => keep(target),
        onfocusout: () => setTimeout(rebuild),
      },
      make("label", {}, words.code, codeSelect(codes, label, { "data-field": "label" })),
      make("label", {}, words.why, make("textarea", { "data-field": "note", rows: 2, maxlength: 4000, dir: "auto" }, note)),
      make("label", {}, words.sure, make("input", { "data-field": "confidence", type: "number", min: 0, max: 100, step: 5, value: confidence })),
      button(words.move, () => resize(id), { "data-field": "words" }),
    );
  };

  /** @param {string} id */
  const resize = (id) => {
    const place = text.chosen();
    if (place) store.change(id, place, fill(words.moved, store.quote(place)));
    else store.tell([], words.select_others);
  };

  /** Open or close the fields of one tag, and show its words. @param {string} id */
  const toggle = (id) => {
    editing = editing === id ? "" : id;
    const tag = store.tags.get(id);
    if (tag && editing) text.show(tag);
    rebuild();
    fieldOf(id)?.focus();
  };

  /** Open a tag at its note. @param {string} id */
  const write = (id) => {
    if (editing !== id) toggle(id);
    fieldOf(id, "note")?.focus();
  };

  /** @param {string} id */
  const remove = (id) => {
    const row = fieldOf(id)?.parentElement;
    /** @type {any} */
    const next = row?.nextElementSibling || row?.previousElementSibling;
    store.remove(id);
    if (next) fieldOf(next.dataset.id)?.focus();
    else text.leave();
  };

  /** @param {KeyboardEvent} event */
  const onkeydown = (event) => {
    /** @type {any} */
    const target = event.target;
    if (["Escape", "F2"].includes(event.key)) {
      event.preventDefault();
      text.leave();
    }
    if (!target.matches(".fk-jump")) return;
    if (["Delete", "Backspace"].includes(event.key)) {
      event.preventDefault();
      remove(target.closest("li")?.dataset.id || "");
    }
    walk(event, [...list.querySelectorAll(".fk-jump")]);
  };

  const empty = make("p", {}, words.empty);
  const list = make("ol", { class: "fk-list", "aria-label": words.list, onkeydown });
  const more = button(words.more, () => {
    shown += PAGE;
    rebuild();
  });
  return { box: make("div", { class: "fk-tags" }, empty, list, more), rebuild, write, enter: () => stop()?.focus() };
}
