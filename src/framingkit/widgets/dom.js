/** Makes elements. Text only ever becomes text: there is no way to give markup here. */

/**
 * @param {string} tag @param {Record<string, any>} settings attributes, and listeners as onclick …
 * @param {...(Node | string)} children @returns {any}
 */
export function make(tag, settings = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(settings)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if ((value ?? false) !== false) element.setAttribute(name, value === true ? "" : value);
  }
  // JupyterLab looks for this on the element that has the focus: on the root alone it does nothing
  if (/^(button|input|select|textarea|summary)$/.test(tag) || "tabindex" in settings)
    element.setAttribute("data-lm-suppress-shortcuts", "true");
  element.append(...children);
  return element;
}

/**
 * @param {string} text @param {() => void} act @param {Record<string, any>} settings
 * @param {...(Node | string)} children what comes after the text
 */
export function button(text, act, settings = {}, ...children) {
  return make("button", { type: "button", onclick: act, ...settings }, text, ...children);
}

/** @param {string} start @returns {string} an id that nothing else has */
export function freshId(start = "framingkit-") {
  return start + Math.random().toString(36).slice(2, 10);
}

/** Put values into a sentence where it says {0}, {1} … @param {string} sentence @param {...any} values */
export function fill(sentence, ...values) {
  return sentence.replace(/\{(\d)\}/g, (_, place) => values[place]);
}

/** One element for each sentence. @param {string} tag @param {string[]} sentences @returns {HTMLElement[]} */
export function each(tag, sentences) {
  return sentences.map((one) => make(tag, {}, one));
}

/** A line that screen readers speak when it changes, also when the same words come twice. */
export function announcer() {
  const line = make("p", { class: "fk-aloud", role: "status" });
  /** @param {string} text */
  const say = (text) => {
    line.textContent = text + (line.textContent === text ? "\u00a0" : "");
  };
  return { line, say };
}

/** What has the focus, also where a notebook shows a widget in a shadow root. @param {any} root @returns {any} */
export function atFocus({ activeElement } = document) {
  return activeElement?.shadowRoot ? atFocus(activeElement.shadowRoot) : activeElement;
}

/**
 * Let the arrow keys walk through a row of elements of which one is a tab stop.
 * @param {KeyboardEvent} event @param {HTMLElement[]} items
 */
export function walk(event, items) {
  const here = items.indexOf(atFocus());
  const steps = /** @type {Record<string, number>} */ ({
    ArrowDown: here + 1,
    ArrowRight: here + 1,
    ArrowUp: here - 1,
    ArrowLeft: here - 1,
    Home: 0,
    End: items.length - 1,
  });
  const next = items[steps[event.key]];
  if (here < 0 || !(event.key in steps)) return;
  event.preventDefault();
  if (!next) return;
  items[here].tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
