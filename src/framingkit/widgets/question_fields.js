/**
 * The fields of a question, one kind each. A field reads and writes the response of its kind, and
 * sends an input event when it was edited.
 */

import { announcer, button, freshId, make } from "./dom.js";

/** @typedef {import("./types").Asked} Asked */
/** @typedef {import("./types").Field} Field */

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

/** A list whose rows can be moved. @param {Asked} item @returns {Field} */
function orderField(item) {
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
      const last = `“${text}” is already ${by < 0 ? "first" : "last"}.`;
      if (!beside) return voice.say(last);
      // the neighbour moves, not this row: moving it would take the focus off its button
      if (by < 0) row.after(beside);
      else row.before(beside);
      settle();
      pressed.focus();
      voice.say(`“${text}” is now ${order().indexOf(id) + 1} of ${rows.size}.`);
      list.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const up = button("Move up", () => move(-1, up), { "aria-label": `Move up: ${text}` });
    const down = button("Move down", () => move(1, down), { "aria-label": `Move down: ${text}` });
    rows.set(id, make("li", { "data-id": id, dir: "auto" }, make("span", {}, text), up, down));
  }
  list.append(...rows.values());
  settle();
  const legend = make("legend", { class: "fk-prompt", dir: "auto" }, item.prompt);
  return {
    box: make("fieldset", { class: "fk-options" }, legend, list, voice.line),
    read: () => ({ order: order() }),
    write: (response) => {
      for (const id of response.order || []) list.append(rows.get(id) || "");
      settle();
    },
    isBlank: () => false,
  };
}

/**
 * A number from 0 to 100 that counts only once it was set on purpose.
 * @param {string} prompt @param {string} style
 */
export function sureField(prompt, style) {
  const number = make("span", { class: "fk-number", "aria-hidden": "true" });
  let given = false;
  const show = (/** @type {boolean} */ now) => {
    given = now;
    number.textContent = now ? `${range.value} of 100` : "not given yet";
    range.setAttribute("aria-valuetext", number.textContent);
  };
  // pressing where the handle is sends no event
  const press = () => range.dispatchEvent(new Event("input", { bubbles: true }));
  const range = make("input", { type: "range", min: 0, max: 100, value: 50, oninput: () => show(true), onpointerup: press });
  const ends = make("span", { class: "fk-ends", "aria-hidden": "true" }, make("span", {}, "0 = a guess"), make("span", {}, "100 = certain"));
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

/** @param {Asked} item @returns {Field} */
function confidenceField(item) {
  const sure = sureField(item.prompt, "fk-prompt");
  return {
    box: sure.box,
    read: () => ({ confidence: sure.read() }),
    write: (response) => sure.write(response.confidence),
    isBlank: () => sure.read() === undefined,
    // pressing the button says: yes, this number
    confirm: sure.confirm,
  };
}

/** A text with its number of words. @param {Asked} item @returns {Field} */
function writtenField(item) {
  const count = make("p", { class: "fk-count", id: freshId() });
  const goal = item.min_words ? `, at least ${item.min_words} are asked for` : "";
  const show = () => {
    const words = area.value.trim().split(/\s+/).filter(Boolean).length;
    count.textContent = `${words} ${words === 1 ? "word" : "words"}${goal}`;
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

/** @param {Asked} item @returns {Field} */
export function fieldOf(item) {
  if (item.kind === "written") return writtenField(item);
  if (item.kind === "confidence") return confidenceField(item);
  return item.kind === "order" ? orderField(item) : optionsField(item);
}
