/** A teacher's way from an article to a lesson, with buttons. Python says what is on the page; its twin is course_desk.py. */

import { announcer, atFocus, button, each, fill, freshId, make } from "./dom.js";
import { mount } from "./mount.js";

/** @typedef {Record<string, any>} Part what Python wants on the page, by its kind */

class CourseDeskStore {
  /** @type {Set<CourseDeskView>} */
  views = new Set();

  /** @param {import("./types").Model} model */
  constructor(model) {
    this.model = model;
    this.page = model.get("page");
    /** @param {Part} message */
    this.hear = (message) => {
      if (message.kind !== "page") return;
      this.page = message.page;
      this.views.forEach((view) => view.draw());
    };
    model.on("msg:custom", this.hear);
  }

  enter() {}

  leave() {}

  stop() {
    this.model.off("msg:custom", this.hear);
  }
}

class CourseDeskView {
  /** @param {CourseDeskStore} store @param {HTMLElement} root */
  constructor(store, root) {
    this.store = store;
    this.model = store.model;
    this.words = this.model.get("words");
    this.root = root;
    /** @type {Map<string, HTMLInputElement>} */
    this.fields = new Map();
    this.title = make("p", { class: "fk-title", role: "heading", "aria-level": 3, tabindex: -1 });
    this.body = make("div", { class: "fk-step" });
    this.said = make("div", { class: "fk-reply" });
    this.problem = make("p", { class: "fk-problem", role: "alert" });
    this.aloud = announcer();
    root.append(this.title, this.body, this.problem, this.said, this.aloud.line);
    this.stopping = new AbortController();
    root.addEventListener("keydown", (event) => event.stopPropagation(), { signal: this.stopping.signal });
    this.draw();
  }

  stop() {
    clearTimeout(this.late);
    this.stopping.abort();
  }

  /** Show what Python says now; the title has the focus when another step has begun. */
  draw() {
    clearTimeout(this.late);
    const { page } = this.store;
    const isNew = this.step !== undefined && this.step !== page.step;
    const held = atFocus()?.dataset?.key;
    this.step = page.step;
    this.busy = false;
    this.title.textContent = page.title;
    this.fields.clear();
    this.body.replaceChildren(...page.parts.map((/** @type {Part} */ part) => this.part(part)));
    this.problem.textContent = page.problem;
    this.said.replaceChildren(...each("p", page.said));
    this.aloud.say(page.problem ? "" : page.said.join(" "));
    // where it is looked for: below the title of a new step, else below the button that was pressed
    (isNew ? this.title : this.body).after(this.problem, this.said);
    if (isNew) this.title.focus();
    else if (held) this.body.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus();
  }

  /** @param {Part} part @returns {HTMLElement} */
  part(part) {
    const key = { "data-key": part.name || part.act };
    switch (part.kind) {
      case "words":
        return make("p", {}, part.text);
      case "link":
        return make("p", {}, this.link(part));
      case "button":
        return button(part.text, () => this.act(part.act), { class: part.main ? "fk-main-button" : "", ...key });
      case "row":
        return make("div", { class: "fk-row" }, ...part.parts.map((/** @type {Part} */ one) => this.part(one)));
      case "group":
        return make("fieldset", {}, make("legend", {}, part.text), ...part.parts.map((/** @type {Part} */ one) => this.part(one)));
      case "table":
        return this.table(part);
      case "tick":
        return make("label", { class: "fk-option" }, this.kept(part, make("input", { type: "checkbox", ...key, ...(part.value && { checked: true }) })), make("span", {}, part.text));
      default:
        return this.field(part, key);
    }
  }

  /** @param {Part} part @param {object} key */
  field(part, key) {
    const hint = part.hint && make("span", { class: "fk-hint", id: freshId() }, part.hint);
    const about = { ...key, ...(hint && { "aria-describedby": hint.id }) };
    const made = this.kept(part, this.input(part, about));
    return make("label", { class: `fk-field fk-of-${part.kind}` }, make("span", {}, part.text), ...(hint ? [made, hint] : [made]));
  }

  /** @param {Part} part @param {object} about */
  input(part, about) {
    if (part.kind === "menu") {
      const options = part.options.map((/** @type {string[]} */ [value, text]) => make("option", { value, selected: value === part.value }, text));
      return make("select", about, ...options);
    }
    const box = part.kind === "area" ? make("textarea", { rows: part.rows || 3, dir: "auto", ...about }) : make("input", { dir: "auto", ...about, ...(part.kind === "file" && { type: "file", accept: part.accept }) });
    if (part.kind !== "file") box.value = part.value || "";
    return box;
  }

  /** @param {Part} part @param {any} input */
  kept(part, input) {
    this.fields.set(part.name, input);
    return input;
  }

  /** @param {Part} part */
  table(part) {
    const head = make("tr", {}, ...each("th", part.columns).map((one) => (one.setAttribute("scope", "col"), one)));
    const rows = part.rows.map((/** @type {string[]} */ row) => make("tr", {}, ...each("td", row)));
    return make("table", {}, make("caption", {}, part.text), make("thead", {}, head), make("tbody", {}, ...rows));
  }

  /** JupyterLab says where its addresses begin; elsewhere the path is only told. @param {Part} part */
  link(part) {
    const config = document.getElementById("jupyter-config-data")?.textContent;
    if (!config) return `${part.text}: ${part.path}`;
    const { baseUrl } = JSON.parse(config);
    const path = part.path.split("/").map(encodeURIComponent).join("/");
    return make("a", { href: `${baseUrl}lab/tree/${path}`, target: "_blank" }, part.text);
  }

  /** Ask Python to do what a button says, with all that is filled in. @param {string} act */
  async act(act) {
    if (this.busy) return;
    this.busy = true;
    this.problem.textContent = "";
    this.said.replaceChildren(make("p", {}, this.words.working));
    this.aloud.say(this.words.working);
    try {
      const values = Object.fromEntries(await Promise.all([...this.fields].map(async ([name, field]) => [name, await this.value(field)])));
      this.model.send({ act, values });
      this.late = setTimeout(() => this.refuse(this.words.late), 60000);
    } catch (error) {
      this.refuse(error instanceof Error ? error.message : String(error));
    }
  }

  /** @param {string} sentence */
  refuse(sentence) {
    this.busy = false;
    this.said.replaceChildren();
    this.problem.textContent = sentence;
  }

  /** @param {HTMLInputElement} field @returns {Promise<any>} */
  async value(field) {
    if (field.type === "checkbox") return field.checked;
    const file = field.type === "file" ? field.files?.[0] : null;
    if (field.type !== "file") return field.value;
    if (!file) return null;
    const most = this.model.get("most");
    if (file.size > most) throw new Error(fill(this.words.large, file.name, Math.round(most / 1e6)));
    const bytes = new Uint8Array(await file.arrayBuffer());
    let data = "";
    for (const byte of bytes) data += String.fromCharCode(byte);
    return { name: file.name, data: btoa(data) };
  }
}

export default () => mount(["form", "course-desk"], CourseDeskStore, (store, root) => new CourseDeskView(store, root));
