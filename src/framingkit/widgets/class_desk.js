/** A teacher's way from hand-ins to marks, with buttons. The Python twin is class_desk.py. */

import { badge } from "./delivery.js";
import { announcer, atFocus, button, each, fill, freshId, make } from "./dom.js";
import { MarkingView } from "./marking.js";
import { mount } from "./mount.js";
import { addressOf, MOST, partsOf } from "./transfer.js";
import { Store } from "./store.js";

/** @typedef {import("./types").Message} Message */
/** @typedef {string | {heading: string, columns: string[], rows: string[][]}} Said */

/** The screen that the picture of a report shows. */
const SCREEN = 1366;
const PATIENCE = 8000;
/** What platforms give points out of. */
const POINTS = [5, 6, 10, 12, 15, 20, 25, 30, 50, 100];
const TYPES = /** @type {Record<string, string>} */ ({ html: "text/html", zip: "application/zip" });

class DeskStore extends Store {
  /** @type {Record<string, any>} all that Python told */
  desk = {};
  /** @type {Map<string, (told: Message) => void>} who waits for an answer */
  waiting = new Map();

  /** @param {Message} message */
  receive(message) {
    if (message.desk) this.desk = message.desk;
    this.waiting.get(message.wish)?.(message);
    this.waiting.delete(message.wish);
    super.receive(message);
  }

  /** @param {string} kind @param {object} content @returns {Promise<Message>} */
  ask(kind, content = {}) {
    const wish = freshId();
    return new Promise((done) => {
      this.waiting.set(wish, done);
      this.delivery.post({ kind, wish, ...content });
    });
  }
}

class ClassDeskView {
  step = 0;
  /** @type {Record<string, any>} what is chosen in the menus */
  chosen = { names: true };
  /** @type {{name: string, address: string} | undefined} the report, as a browser opens it */
  page;

  /** @param {DeskStore} store @param {HTMLElement} root */
  constructor(store, root) {
    const { words } = store;
    this.store = store;
    this.words = words;
    this.root = root;
    this.stepButtons = words.steps.map((/** @type {string} */ name, /** @type {number} */ step) => button(name, () => this.go(step), {}));
    this.title = make("p", { class: "fk-title", role: "heading", "aria-level": 3, tabindex: -1 });
    this.body = make("div", { class: "fk-step" });
    this.problem = make("p", { class: "fk-problem", role: "alert" });
    this.aloud = announcer();
    this.busy = make("p", { class: "fk-busy", "aria-hidden": "true" });
    this.input = make("input", { type: "file", multiple: true, hidden: true, accept: ".zip,.json,.csv,.txt", onchange: () => this.send() });
    root.append(make("nav", { "aria-label": words.title }, make("ol", { class: "fk-steps" }, ...this.stepButtons.map((/** @type {Node} */ one) => make("li", {}, one)))), badge(store.delivery), this.title, this.body, this.busy, this.problem, this.aloud.line, this.input);
    this.marking = new MarkingView(store);
    this.stopping = new AbortController();
    root.addEventListener("keydown", (event) => event.stopPropagation(), { signal: this.stopping.signal });
    this.draw();
  }

  /** @param {number} step */
  go(step) {
    this.step = step;
    this.refuse("");
    this.draw();
    this.title.focus();
  }

  /** @param {string} sentence */
  refuse(sentence) {
    this.problem.textContent = sentence;
  }

  /** @param {string} sentence */
  say(sentence) {
    this.busy.textContent = sentence;
    this.aloud.say(sentence);
  }

  /** Ask Python for something; what went wrong is a sentence beside the button. @param {string} kind @param {object} content */
  async act(kind, content = {}) {
    const { words } = this;
    atFocus()?.closest?.(".fk-row,li,.fk-step>p")?.after(this.problem);
    this.refuse("");
    this.say(words.working);
    const late = setTimeout(() => this.say(words.late), PATIENCE);
    const told = await this.store.ask(kind, content);
    clearTimeout(late);
    this.say("");
    this.refuse(told.problem || "");
    return told;
  }

  /** Show the step again; what had the focus has it again, or the title. */
  draw() {
    const { words, step } = this;
    const { desk } = this.store;
    const held = atFocus();
    const key = this.body.contains(held) && (held.dataset.key || "-");
    this.stepButtons.forEach((/** @type {HTMLElement} */ one, /** @type {number} */ number) => {
      one.setAttribute("aria-current", number === step ? "step" : "false");
      one.toggleAttribute("data-done", [desk.class, desk.class, desk.report, desk.sheets, desk.filled].map(Boolean)[number]);
    });
    this.title.textContent = fill(words.step, step + 1, words.steps.length, words.steps[step]);
    this.root.append(this.problem);
    const steps = [this.handIns, this.ofClass, this.report, this.marks, this.giveBack];
    const parts = step && !desk.class ? [make("p", {}, words.first), this.row(button(fill(words.on, words.steps[0]), () => this.go(0)))] : steps[step].call(this);
    this.body.replaceChildren(...parts);
    // the form of the marks is the same as before, with whoever types in it
    if (key) (this.body.contains(held) ? held : this.body.querySelector(`[data-key="${CSS.escape(key)}"]`) || this.title).focus();
  }

  /** @param {...(Node | string)} parts */
  row(...parts) {
    return make("div", { class: "fk-row" }, ...parts);
  }

  /** A button that asks Python. @param {string} text @param {string} kind @param {() => object} content @param {Record<string, any>} settings */
  press(text, kind, content = () => ({}), settings = {}) {
    return button(text, () => this.act(kind, content()), { "data-key": kind + text, ...settings });
  }

  onward() {
    const { words, step } = this;
    return this.row(button(fill(words.on, words.steps[step + 1]), () => this.go(step + 1), { class: "fk-main-button" }));
  }

  /** A menu that remembers what was chosen. @param {string} name @param {string} label @param {string[][]} options @param {() => void} then */
  menu(name, label, options, then = () => {}) {
    const id = freshId();
    const change = () => {
      this.chosen[name] = select.value;
      then();
    };
    const select = make("select", { id, "data-key": name, onchange: change }, ...options.map(([value, text]) => make("option", { value }, text)));
    if (options.some(([value]) => value === this.chosen[name])) select.value = this.chosen[name];
    else this.chosen[name] = select.value;
    return make("p", {}, make("label", { for: id }, label), select);
  }

  /** @param {string} name @param {string} label @param {() => void} then */
  check(name, label, then = () => {}) {
    const change = () => {
      this.chosen[name] = box.checked;
      then();
    };
    const box = make("input", { type: "checkbox", checked: this.chosen[name], "data-key": name, onchange: change });
    return make("label", { class: "fk-option" }, box, make("span", {}, label));
  }

  /** Sentences and tables, as Python gives them. @param {Said[]} said */
  reply(said) {
    return make("div", { class: "fk-reply" }, ...(said || []).map((one) => (typeof one === "string" ? make("p", {}, one) : this.table(one.heading, one.columns, one.rows))));
  }

  /** @param {string} heading @param {string[]} columns @param {string[][]} rows */
  table(heading, columns, rows) {
    const head = columns.some(Boolean) ? [make("thead", {}, make("tr", {}, ...columns.map((one) => make("th", { scope: "col" }, one))))] : [];
    const lines = rows.map(([first, ...rest]) => make("tr", {}, make("th", { scope: "row" }, first), ...each("td", rest)));
    return make("div", { class: "fk-table" }, make("table", {}, make("caption", {}, heading), ...head, make("tbody", {}, ...lines)));
  }

  /** @param {string} title @param {string[]} lines */
  folded(title, lines) {
    return make("details", {}, make("summary", {}, title), make("ul", {}, ...each("li", lines)));
  }

  // step 1

  handIns() {
    const { words } = this;
    const { place, problem } = this.store.desk;
    if (!place) return [make("p", {}, problem || words.connecting)];
    const go = (/** @type {string} */ text, /** @type {string} */ to) => this.press(text, "look", () => ({ to }));
    const ways = [place.up && go(words.up, ".."), place.start && go(words.start, "start"), place.downloads && go(words.downloads, "downloads"), go(words.again, "")].filter(Boolean);
    const folders = place.folders.map((/** @type {string} */ name) => make("li", {}, go(name, name)));
    return [
      make("p", {}, words.choose),
      make("p", { class: "fk-kicker" }, fill(words.here, place.name)),
      place.offers.length ? make("ul", { class: "fk-offers" }, ...place.offers.map((/** @type {any[]} */ one) => this.offer(one))) : make("p", {}, words.none_here),
      ...(place.tables.length ? [this.menu("expected", words.expected, [["", words.no_list], ...place.tables])] : []),
      this.row(...ways),
      ...(folders.length ? [make("details", {}, make("summary", {}, words.folders), make("ul", { class: "fk-folders" }, ...folders))] : []),
      make("details", {}, make("summary", {}, words.send), make("p", {}, words.send_why), this.row(button(words.send, () => this.input.click()))),
      make("p", { class: "fk-kicker" }, words.samples),
      this.row(this.taking(words.sample, "sample"), this.taking(words.sample_after, "sample-after")),
    ];
  }

  /** @param {any[]} offer */
  offer([key, name, isZip, count]) {
    const { words } = this;
    const files = count === 1 ? words.one_file : count ? fill(words.files, count) : words.many_files;
    return make("li", {}, make("span", {}, make("strong", { dir: "auto" }, name), ` · ${isZip ? words.zip : words.folder} · ${files}`), this.taking(words.take, key, { class: "fk-main-button", "aria-label": `${words.take}: ${name}` }));
  }

  /** @param {string} text @param {string} offer */
  taking(text, offer, settings = {}) {
    const take = async () => {
      const { problem } = await this.act("collect", { offer, expected: this.chosen.expected });
      if (problem) return;
      this.forget();
      this.marking = new MarkingView(this.store);
      this.go(1);
    };
    return button(text, take, settings);
  }

  /** Send the files that were chosen. */
  async send() {
    const { words, input } = this;
    const files = /** @type {File[]} */ ([...(input.files || [])]);
    input.value = "";
    if (files.reduce((sum, { size }) => sum + size, 0) > MOST) return this.refuse(words.large);
    for await (const { number, ...part } of partsOf(files)) {
      this.say(fill(words.sending, part.name, number + 1, files.length));
      const { problem, said } = await this.store.ask("upload", part);
      if (problem) this.refuse(problem);
      if (problem || part.last) this.say((said || []).join(" "));
      if (problem) return;
    }
  }

  // step 2

  ofClass() {
    const { words } = this;
    const about = this.store.desk.class;
    const facts = [[words.learners, about.learners], [words.hand_ins, about.hand_ins], [words.left_out, about.many_refused], [words.missing, about.expected ? about.missing.length : words.unknown]];
    return [
      make("p", { class: "fk-kicker", dir: "auto" }, about.name),
      make("dl", { class: "fk-facts" }, ...facts.map(([name, count]) => make("div", {}, make("dt", {}, name), make("dd", {}, `${count}`)))),
      ...(about.refused.length ? [this.table(words.refused_title, [words.file, words.why], about.refused)] : []),
      ...(about.missing.length ? [make("p", { class: "fk-prompt" }, words.missing_title), make("ul", { class: "fk-names" }, ...each("li", about.missing))] : []),
      ...(about.names.length ? [this.folded(words.names_title, about.names)] : []),
      ...(about.said.length ? [this.folded(fill(words.notes, about.said.length), about.said)] : []),
      this.onward(),
    ];
  }

  // step 3

  report() {
    const { words, chosen } = this;
    const { lessons, report, place } = this.store.desk;
    const others = place.offers.map((/** @type {string[]} */ [key, name]) => [key, name]);
    const wish = () => ({ lesson: chosen.lesson, before: chosen.before, names: chosen.names });
    if (report && !this.page) this.turn();
    return [
      make("p", {}, words.about_report),
      this.menu("lesson", words.lesson, [["", words.most], ...lessons, ["all", words.all]]),
      this.menu("before", words.before, [["", words.no_before], ...others, ["sample", words.sample]]),
      this.check("names", words.names),
      this.row(button(words.make_report, () => this.making(wish()), { class: "fk-main-button", "data-key": "report" })),
      ...(report ? [this.reply(report.said), ...this.picture(report.name), this.onward()] : []),
    ];
  }

  /** @param {object} wish */
  async making(wish) {
    this.forget();
    await this.act("report", wish);
  }

  /** Fetch the report, to open and to show it. */
  async turn() {
    this.page = { name: "", address: "" };
    const { data, name, problem } = await this.act("file", { what: "report" });
    if (problem) return;
    this.page = { name, address: addressOf(data, TYPES.html) };
    this.draw();
  }

  /** @param {string} name */
  picture(name) {
    const { words } = this;
    const { address } = this.page || {};
    if (!address) return [];
    const open = make("a", { href: address, target: "_blank", rel: "noopener", class: "fk-link", "data-key": "open", tabindex: 0 }, words.open);
    // without scripts and without a way in: it is only looked at
    const frame = make("iframe", { src: address, sandbox: "", title: words.picture, inert: true, tabindex: -1 });
    const box = make("div", { class: "fk-picture" }, frame);
    const fit = new ResizeObserver(() => (frame.style.transform = `scale(${box.clientWidth / SCREEN})`));
    fit.observe(box);
    return [this.row(open, this.fetching(name, "report")), make("figure", {}, box, make("figcaption", { class: "fk-hint" }, words.picture))];
  }

  /** A button with which a browser saves a file. @param {string} name @param {string} what */
  fetching(name, what) {
    const save = async () => {
      const { data, problem } = await this.act("file", { what });
      if (problem) return;
      const address = addressOf(data, TYPES[name.split(".").pop() || ""] || "text/csv");
      make("a", { href: address, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(address), 10000);
    };
    return button(fill(this.words.download, name), save, { "data-key": what });
  }

  forget() {
    if (this.page?.address) URL.revokeObjectURL(this.page.address);
    this.page = undefined;
  }

  // step 4

  marks() {
    const { words, chosen, marking } = this;
    const { marking: about, scored, sheets, lessons } = this.store.desk;
    this.suggest();
    const score = this.press(words.score, "score", undefined, { class: scored ? "" : "fk-main-button" });
    if (!scored) return [make("p", {}, words.scored), this.row(score)];
    if (about) marking.draw();
    return [
      make("p", {}, words.scored),
      this.row(score),
      this.reply(scored.said),
      ...(about ? [marking.box] : []),
      this.menu("sheet_lesson", words.sheet_lesson, lessons),
      this.row(this.press(words.finish, "finish", () => ({ lesson: chosen.sheet_lesson }), { class: "fk-main-button" })),
      ...(sheets ? [this.reply(sheets.said), this.row(this.fetching(sheets.name, "sheets")), this.onward()] : []),
    ];
  }

  /** Until somebody chooses another one, it is the lesson of the report. */
  suggest() {
    this.chosen.sheet_lesson ||= this.store.desk.class.number;
  }

  // step 5

  giveBack() {
    const { words, chosen } = this;
    const { place, sheet, lessons, filled } = this.store.desk;
    this.suggest();
    const open = () => chosen.sheet && this.act("sheet", { sheet: chosen.sheet });
    const parts = [
      make("p", {}, words.about_return),
      this.menu("sheet", words.sheets, [["", words.choose_sheet], ...place.tables], open),
      this.row(this.press(words.again, "look"), button(words.send, () => this.input.click())),
    ];
    if (!sheet || sheet.key !== chosen.sheet) return parts;
    const columns = sheet.columns.map((/** @type {string} */ name) => [name, name]);
    const look = () => this.preview();
    this.shown = make("div", {}, ...(filled ? [this.reply(filled.said), this.row(this.fetching(filled.name, "filled"))] : []));
    const fills = this.press(words.fill, "fill", () => this.wanted(), { class: "fk-main-button" });
    return [
      ...parts,
      this.menu("grade", words.grade_column, [["", words.leave], ...columns], look),
      this.menu("comment", words.comment_column, [["", words.leave], ...columns], look),
      this.menu("id", words.id_column, [["", words.find_it], ...columns], look),
      this.menu("sheet_lesson", words.lesson, [...lessons, ["all", words.all]], look),
      this.menu("out_of", words.out_of, [["", words.as_scored], ...POINTS.map((most) => [`${most}`, fill(words.points, most)])], look),
      this.check("replace", words.replace, look),
      this.row(button(words.preview, look), fills),
      this.shown,
    ];
  }

  wanted() {
    const { sheet_lesson, ...chosen } = this.chosen;
    return { ...chosen, lesson: sheet_lesson };
  }

  async preview() {
    const { grade, comment } = this.chosen;
    if (!grade && !comment) return this.shown?.replaceChildren();
    const { preview } = await this.act("preview", this.wanted());
    this.shown?.replaceChildren(...(preview ? [make("p", { class: "fk-prompt" }, this.words.would), this.reply(preview)] : []));
  }

  changed() {}

  /** @param {Message} message */
  told(message) {
    if (message.desk) this.draw();
    this.marking.told(message);
  }

  stop() {
    this.forget();
    this.marking.stop();
    this.stopping.abort();
  }
}

export default () => mount(["form", "class-desk"], DeskStore, (store, root) => new ClassDeskView(store, root));
