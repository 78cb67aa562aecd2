/**
 * The fields of a question, one kind each. A field reads and writes the response of its kind, and
 * sends an input event when it was edited.
 */

import { announcer, button, fill, freshId, make } from "./dom.js";
import { countWords } from "./form_view.js";
import { stateIcon } from "./state_icon.js";

/** @typedef {import("./types").Asked} Asked */
/** @typedef {import("./types").Field} Field */
/** @typedef {Record<string, any>} Words */

/** Set the words of a text in another type than those of the kit. @param {string} sentence @returns {(Node | string)[]} */
export function voiced(sentence) {
  const parts = sentence.split(/(“[^“”]+”)/);
  return parts.map((part, place) => (place % 2 ? make("span", { class: "fk-quote" }, part) : part));
}

/** @param {Asked} item @returns {HTMLElement} */
function legendOf(item) {
  return make("legend", { class: "fk-prompt", dir: "auto" }, ...voiced(item.prompt));
}

/** Radio buttons or checkboxes. @param {Asked} item @returns {Field} */
function optionsField(item) {
  const several = item.kind === "several";
  const name = freshId();
  const rows = item.options.map(({ id, text }) => {
    const input = make("input", { type: several ? "checkbox" : "radio", name, value: id });
    const why = make("p", { class: "fk-tell", id: freshId(), dir: "auto" });
    const label = make("label", { class: "fk-option", dir: "auto" }, input, make("span", {}, ...voiced(text)));
    return { id, input, why, box: make("div", { class: "fk-answer" }, label, why) };
  });
  const chosen = () => rows.filter(({ input }) => input.checked).map(({ id }) => id);
  return {
    box: make("fieldset", { class: "fk-options" }, legendOf(item), ...rows.map(({ box }) => box)),
    read: () => (several ? { choices: chosen() } : { choice: chosen()[0] || "" }),
    write: (response) => {
      const ids = several ? response.choices || [] : [response.choice];
      for (const { id, input } of rows) input.checked = ids.includes(id);
    },
    isBlank: () => !chosen().length,
    tell: (reasons) => {
      for (const { id, input, why, box } of rows) {
        const reason = reasons.find((one) => one.id === id);
        box.dataset.state = reason?.state || "";
        why.replaceChildren(...(reason ? [make("strong", {}, stateIcon(reason.state), reason.word), " ", ...voiced(reason.sentence)] : []));
        if (reason) input.setAttribute("aria-describedby", why.id);
        else input.removeAttribute("aria-describedby");
      }
    },
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
    rows.set(id, make("li", { "data-id": id, dir: "auto" }, make("span", {}, ...voiced(text)), up, down));
  }
  list.append(...rows.values());
  settle();
  return {
    box: make("fieldset", { class: "fk-options" }, legendOf(item), list, voice.line),
    read: () => ({ order: order() }),
    write: (response) => {
      for (const id of response.order || rows.keys()) list.append(rows.get(id) || "");
      settle();
    },
    isBlank: () => false,
  };
}

/** Name how sure somebody is: the nearest of the steps. @param {Words} words @param {number | undefined} value @returns {string} */
export function stepOf(words, value) {
  return value == null ? "" : words.steps[Math.round((value / 100) * (words.steps.length - 1))];
}

/**
 * How sure somebody is, in steps; none is chosen at first. A number between two steps, from an
 * earlier version or from a cell, is shown at the nearest one and stays what it is until another is chosen.
 * @param {Words} words @param {string} prompt
 */
export function sureField(words, prompt) {
  const name = freshId();
  /** @type {number | undefined} the number that came from elsewhere */
  let given;
  /** @type {string[]} */
  const steps = words.steps;
  const inputs = steps.map((_, place) => make("input", { type: "radio", name, value: (100 * place) / (steps.length - 1) }));
  const labels = steps.map((step, place) => make("label", {}, inputs[place], make("span", {}, step)));
  const title = make("legend", { class: "fk-prompt", dir: "auto" }, ...voiced(prompt));
  const nearest = () => inputs[steps.indexOf(stepOf(words, given))];
  return {
    box: make("fieldset", { class: "fk-sure" }, title, make("div", { class: "fk-scale" }, ...labels)),
    read: () => {
      const chosen = inputs.find((input) => input.checked);
      return chosen && chosen === nearest() ? given : chosen && Number(chosen.value);
    },
    /** @param {number | null | undefined} value */
    write: (value) => {
      given = value ?? undefined;
      for (const input of inputs) input.checked = input === nearest();
    },
  };
}

/** @param {Asked} item @param {Words} words @returns {Field} */
function confidenceField(item, words) {
  const sure = sureField(words, item.prompt);
  return {
    box: sure.box,
    read: () => ({ confidence: sure.read() }),
    write: (response) => sure.write(response.confidence),
    isBlank: () => sure.read() === undefined,
  };
}

/** A text with its number of words. @param {Asked} item @param {Words} words @returns {Field} */
function writtenField(item, words) {
  const count = make("span", { id: freshId() });
  const bar = make("i", { "aria-hidden": "true", hidden: !item.min_words });
  const show = () => {
    const written = countWords(area.value, words);
    count.textContent = item.min_words ? fill(words.goal, written, item.min_words) : written;
    bar.style.setProperty("--done", `${Math.min(100, (100 * parseInt(written, 10)) / item.min_words)}%`);
  };
  const area = make("textarea", { id: freshId(), rows: 6, maxlength: 20000, dir: "auto", "aria-describedby": count.id, oninput: () => show() });
  const label = make("label", { class: "fk-prompt", for: area.id, dir: "auto" }, ...voiced(item.prompt));
  show();
  return {
    box: make("div", { class: "fk-written" }, label, area, make("p", { class: "fk-count" }, bar, count)),
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
