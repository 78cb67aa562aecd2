/** Shows short sentences one after another: tag words, or say that nothing is there. The Python twin is practice.py. */

import { AnswerStore } from "./answer_store.js";
import { badge, refusals } from "./delivery.js";
import { announcer, button, each, fill, make } from "./dom.js";
import { MarkedText } from "./marked_text.js";
import { mount } from "./mount.js";
import { Offsets } from "./offsets.js";
import { codeButtons, codeCards, keyOf } from "./palette.js";
import { stateIcon } from "./state_icon.js";

/** @typedef {import("./types").Code} Code */
/** @typedef {import("./types").Tag} Tag */
/** @typedef {{target: string, text: string, place: number, count: number, round: string[]}} Shown a sentence, and how the round before it went */

class PracticeStore extends AnswerStore {
  /** @param {import("./types").Model} model */
  constructor(model) {
    super(model);
    /** @type {Code[]} */
    const codes = model.get("codes");
    this.codes = new Map(codes.map((code) => [code.id, code]));
    this.offered = codes.slice(0, model.get("offered"));
    /** @type {Shown} the sentence that comes now */
    this.current = model.get("current");
  }

  /** @param {import("./types").Message} message */
  receive(message) {
    this.current = message.current || this.current;
    super.receive(message);
  }
}

/** One view. @param {PracticeStore} store @param {HTMLElement} root */
function practice(store, root) {
  const { model, words, offered, delivery } = store;
  const voice = announcer();
  const stopping = new AbortController();
  let isDown = false;
  /** Whether the reply that comes is also to be read out: somebody asked for it here. */
  let isAsked = false;
  /** @type {Shown} */
  let shown;
  /** @type {MarkedText} */
  let marked;
  /** @type {Map<string, string>} */
  let found;
  /** @type {Tag[]} */
  let tags = [];
  /** @type {any} the answer that is drawn, with its reply */
  let drawn;

  const answerHere = () => store.answers.get(shown.target);

  /** Show a sentence, as it is. @param {Shown} current */
  const open = (current) => {
    shown = current;
    found = new Map();
    tags = [];
    drawn = null;
    const none = { chip: "≠", look: "--c:var(--fk-ink-3)", name: words.looks };
    /** @type {any} what a text with tags needs of the store of a tagger */
    const text = { text: shown.text, heading: "", numbers: new Map(), tags: new Map(), words, found, code: (/** @type {string} */ id) => store.codes.get(id) || none };
    marked = new MarkedText(text, host, scroller);
    kicker.textContent = fill(words.step, shown.place, shown.count);
    draw();
  };

  /** Mark words. @param {Tag[]} now */
  const paint = (now) => {
    const gone = tags.map((tag) => ({ id: tag.id, before: tag, after: null }));
    tags = now;
    marked.update([...gone, ...now.map((tag) => ({ id: tag.id, before: null, after: tag }))]);
  };

  /** Show the answer to this sentence and the reply to it, as far as both are there. */
  const draw = () => {
    const answer = answerHere();
    /** @type {any} */
    const reply = answer?.reply;
    const isLost = Boolean(answer && !reply && /offline|unsaved/.test(delivery.state));
    offer.hidden = Boolean(reply);
    for (const one of [...buttons, nothing]) one.setAttribute("aria-disabled", String(Boolean(answer)));
    if (drawn === (reply || answer) && !isLost) return;
    drawn = reply || answer;
    const said = reply ? lines(reply) : isLost ? [make("p", {}, words.wait)] : [];
    box.replaceChildren(...said);
    box.dataset.state = reply?.state || "";
    paint(answer ? tagsOf(answer.response, reply) : []);
    if (!reply || !isAsked) return;
    isAsked = false;
    next.focus();
    voice.say([reply.title + ".", ...reply.sentences, ...store.current.round].join(" "));
  };

  /** The learner's tag, and what the reference reading has. @param {any} response @param {any} reply @returns {Tag[]} */
  const tagsOf = (response, reply) => {
    const offsets = new Offsets(shown.text, 0);
    /** @param {string} id @param {any} span @param {string} label */
    const tag = (id, span, label) => ({ id, note: "", confidence: null, label, ...offsets.placeOf(span) });
    const mine = response.label ? [tag("mine", response, response.label)] : [];
    const { label, ...place } = reply?.span || {};
    if (!label) return mine;
    const isFound = reply.state === "right" && mine[0];
    found.set("mine", isFound ? "✓" : "?");
    return isFound ? mine : [...mine, tag("reference", place, reply.isDevice ? label : "")];
  };

  /** @param {any} reply @returns {Node[]} */
  const lines = ({ state, title, sentences }) => {
    const { round } = store.current;
    next.textContent = round[0] ? words.again : words.next;
    return [
      make("p", { class: "fk-said" }, stateIcon(state), make("strong", {}, title)),
      ...each("p", sentences),
      ...(round[0] ? [make("div", { class: "fk-round" }, ...each("p", round))] : []),
      next,
    ];
  };

  /** Answer: the selected words have this code, or without one, nothing is here. @param {Code} [code] */
  const answer = (code) => {
    if (answerHere()) return next.isConnected && next.focus();
    const place = code && marked.selection.words();
    if (code && !place) {
      rule.textContent = words.select;
      return voice.say(words.select);
    }
    isAsked = true;
    const quote = place && shown.text.slice(place.start, place.end);
    const offsets = new Offsets(shown.text, 0);
    const tag = place && { start: offsets.toPython(place.start), end: offsets.toPython(place.end), label: code.id, quote };
    marked.selection.known.removeAllRanges();
    marked.selection.isExact = false;
    store.put(shown.target, tag || { nothing: true });
  };

  const goOn = () => {
    rule.textContent = "";
    open(store.current);
    host.focus();
    marked.selection.set(0, 0);
    voice.say(kicker.textContent || "");
  };

  /** @param {KeyboardEvent} event */
  const onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey) return;
    const key = event.key.toLowerCase();
    if (event.shiftKey || event.altKey) marked.selection.isExact = event.altKey;
    // the key of a digit may give another sign, such as & or the digit of another script
    const digit = event.shiftKey || key[1] || /\d/.test(key) ? key : event.code.slice(-1) || key;
    const code = offered.find((_, index) => keyOf(index) === digit);
    /** @type {Record<string, () => void>} */
    const acts = {
      n: () => answer(),
      enter: () => (answerHere() ? answer() : row.querySelector("button[tabindex='0']")?.focus()),
      escape: () => (answerHere() ? next : nothing).focus(),
      ...(code && { [key]: () => answer(code) }),
    };
    if (!acts[key]) return;
    event.preventDefault();
    acts[key]();
  };

  /** @param {Event} event */
  const forbid = (event) => event.preventDefault();
  /** @param {InputEvent} event */
  const mend = (event) => event.isComposing || marked.lay();
  const host = make("div", {
    class: "fk-text",
    contenteditable: "true",
    role: "textbox",
    "aria-multiline": "true",
    "aria-readonly": "true",
    "aria-label": words.label,
    "aria-description": words.how,
    spellcheck: "false",
    inputmode: "none",
    translate: "no",
    "data-gramm": "false",
    tabindex: 0,
    onbeforeinput: forbid,
    onpaste: forbid,
    oncut: forbid,
    ondrop: forbid,
    ondragstart: forbid,
    oninput: mend,
    oncompositionend: mend,
    onkeydown,
    onpointerdown: () => (isDown = true),
  });
  const kicker = make("p", { class: "fk-step" });
  const rule = make("p", { class: "fk-rule", "aria-live": "polite" });
  /** @param {Code} code */
  const explain = ({ name, short }) => rule.replaceChildren(make("b", {}, name + "."), " " + short);
  /** @type {any} what a row of codes needs of the store of a tagger */
  const codes = store;
  const { row, buttons } = codeButtons(codes, words.codes, answer, explain);
  const nothing = button(words.nothing, () => answer(), { class: "fk-nothing", "aria-keyshortcuts": "N" });
  const next = button(words.next, goOn, { class: "fk-primary" });
  const offer = make("div", { class: "fk-offer" }, row, nothing, rule);
  const box = make("div", { class: "fk-told", role: "region", "aria-label": words.reply });
  const scroller = make("div", { class: "fk-scroll" });
  scroller.append(make("div", { class: "fk-sheet" }, host), box);
  root.append(
    make("div", { class: "fk-bar" }, kicker, badge(delivery)),
    refusals(delivery),
    make("p", { class: "fk-how" }, words.how),
    scroller,
    offer,
    make("details", { class: "fk-search" }, make("summary", {}, words.cards), codeCards(codes, "").box),
    make("details", { class: "fk-search" }, make("summary", {}, words.keys), make("ul", {}, ...each("li", words.lines))),
    voice.line,
  );
  open(store.current);
  delivery.watchers.add(draw);

  const { signal } = stopping;
  /** @param {any} event */
  const release = ({ altKey }) => {
    if (!isDown) return;
    isDown = false;
    marked.selection.isExact = altKey;
    marked.selection.snap();
  };
  for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, release, { capture: true, signal });
  root.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      voice.say(words.saves);
    }
    event.stopPropagation();
  }, { signal });

  return {
    changed: draw,

    /** @param {import("./types").Message} message */
    told({ kind }) {
      // the whole state says nothing of sentences that are done: a learner goes on with the next one
      if (/^(state|learner)$/.test(kind) && !answerHere()) open(store.current);
    },
    stop() {
      delivery.watchers.delete(draw);
      stopping.abort();
    },
  };
}

export default () => mount(["span-tagger", "practice"], PracticeStore, practice);
