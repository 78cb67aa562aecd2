/**
 * The fields of a question, one kind each. A field reads and writes the response of its kind, and
 * sends an input event when it was edited.
 */

import { announcer, button, each, fill, freshId, make } from "./dom.js";
import { countWords } from "./form_view.js";

/** @typedef {import("./types").Asked} Asked */
/** @typedef {import("./types").Field} Field */
/** @typedef {Record<string, any>} Words */

/** Radio buttons or checkboxes. @param {Asked} item @returns {Field} */
function optionsField(item) {
  const several = item.kind === "several";
  const name = freshId();
  const inputs = item.options.map((option) =>
    make("input", { type: several ? "checkbox" : "radio", name, value: option.id }),
  );
  const rows = item.options.map((option, index) =>
    make("label", { class: "fk-option", dir: "auto" }, inputs[index], make("span", {}, option.text)),
  );
  const box = make("fieldset", { class: "fk-options" }, make("legend", { class: "fk-prompt", dir: "auto" }, item.prompt), ...rows);
  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  return {
    box,
    read: () => (several ? { choices: chosen() } : { choice: chosen()[0] || "" }),
    write: (response) => {
      const ids = several ? response.choices || [] : [response.choice];
      for (const input of inputs) input.checked = ids.includes(input.value);
    },
    isBlank: () => !chosen().length,
  };
}

/** A list whose rows can be moved. @param {Asked} item @param {Words} words @returns {Field} */
function orderField(item, words) {
  const voice = announcer();
  /** @type {Map<string, HTMLElement>} */
  const rows = new Map();
  const list = make("ol", { class: "fk-order" });
  const order = () => [...list.children].map((row) => /** @type {HTMLElement} */ (row).dataset.id || "");
  const settle = () => {
    const all = [...list.children];
    all.forEach((row, place) => {
      const [up, down] = row.querySelectorAll("button");
      // disabling the button that has the focus would drop the focus to the page
      up.setAttribute("aria-disabled", String(place === 0));
      down.setAttribute("aria-disabled", String(place === all.length - 1));
    });
  };
  for (const { id, text } of item.options) {
    const move = (/** @type {number} */ by, /** @type {HTMLElement} */ pressed) => {
      const row = /** @type {HTMLElement} */ (rows.get(id));
      const beside = by < 0 ? row.previousElementSibling : row.nextElementSibling;
      if (!beside) return voice.say(fill(by < 0 ? words.first : words.last, text));
      // the neighbour moves, not this row: moving it would take the focus off its button
      if (by < 0) row.after(beside);
      else row.before(beside);
      settle();
      pressed.focus();
      voice.say(fill(words.moved, text, order().indexOf(id) + 1, rows.size));
      list.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const up = button(words.up, () => move(-1, up), { "aria-label": `${words.up}: ${text}` });
    const down = button(words.down, () => move(1, down), { "aria-label": `${words.down}: ${text}` });
    rows.set(id, make("li", { "data-id": id, dir: "auto" }, make("span", {}, text), up, down));
  }
  list.append(...rows.values());
  settle();
  const legend = make("legend", { class: "fk-prompt", dir: "auto" }, item.prompt);
  return {
    box: make("fieldset", { class: "fk-options" }, legend, list, voice.line),
    read: () => ({ order: order() }),
    write: (response) => {
      for (const id of response.order || rows.keys()) list.append(rows.get(id) || "");
      settle();
    },
    isBlank: () => false,
  };
}

/**
 * A number from 0 to 100 that counts only once it was set on purpose.
 * @param {Words} words @param {string} prompt @param {string} style
 */
export function sureField(words, prompt, style) {
  const number = make("span", { class: "fk-number", "aria-hidden": "true" });
  let given = false;
  const show = (/** @type {boolean} */ now) => {
    given = now;
    number.textContent = now ? fill(words.given, range.value) : words.not_given;
    range.setAttribute("aria-valuetext", number.textContent);
  };
  // pressing where the handle is sends no event
  const press = () => range.dispatchEvent(new Event("input", { bubbles: true }));
  const range = make("input", { type: "range", min: 0, max: 100, value: 50, oninput: () => show(true), onpointerup: press });
  const ends = make("span", { class: "fk-ends", "aria-hidden": "true" }, ...each("span", words.ends));
  const title = make("span", { class: style, dir: "auto" }, prompt);
  const box = make("label", { class: "fk-sure" }, title, range, number, ends);
  show(false);
  return {
    box,
    read: () => (given ? Number(range.value) : undefined),
    confirm: () => show(true),
    /** @param {number | null | undefined} value */
    write: (value) => {
      range.value = value ?? 50;
      show(value != null);
    },
  };
}

/** @param {Asked} item @param {Words} words @returns {Field} */
function confidenceField(item, words) {
  const sure = sureField(words, item.prompt, "fk-prompt");
  return {
    box: sure.box,
    read: () => ({ confidence: sure.read() }),
    write: (response) => sure.write(response.confidence),
    isBlank: () => sure.read() === undefined,
    // pressing the button says: yes, this number
    confirm: sure.confirm,
  };
}

/** A text with its number of words. @param {Asked} item @param {Words} words @returns {Field} */
function writtenField(item, words) {
  const count = make("p", { class: "fk-count", id: freshId() });
  const show = () => {
    const written = countWords(area.value, words);
    count.textContent = item.min_words ? fill(words.goal, written, item.min_words) : written;
  };
  const area = make("textarea", { id: freshId(), rows: 6, maxlength: 20000, dir: "auto", "aria-describedby": count.id, oninput: () => show() });
  const label = make("label", { class: "fk-prompt", for: area.id, dir: "auto" }, item.prompt);
  show();
  return {
    box: make("div", { class: "fk-written" }, label, area, count),
    area,
    read: () => ({ text: area.value }),
    write: (response) => {
      if (area.value !== (response.text || "")) area.value = response.text || "";
      show();
    },
    isBlank: () => !area.value.trim(),
  };
}

/** @param {Asked} item @param {Words} words @returns {Field} */
export function fieldOf(item, words) {
  if (item.kind === "written") return writtenField(item, words);
  if (item.kind === "confidence") return confidenceField(item, words);
  return item.kind === "order" ? orderField(item, words) : optionsField(item);
}
