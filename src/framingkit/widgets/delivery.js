/**
 * Brings operations to Python and says truthfully how far they got. What Python has not
 * confirmed yet lies in this browser's storage, and is sent again until it is confirmed:
 * operations may arrive twice, but none may be missing. Each names the learner whose act it is,
 * so that it never becomes somebody else's.
 */

import { atFocus, button, each, fill, freshId, make } from "./dom.js";

const ASIDE = "framingkit-aside/";

/** @typedef {import("./types").Message} Message */
/** @typedef {import("./types").Operation} Operation */

/** @type {any} */
const page = globalThis;

/** @type {Map<string, {learner: string, tool: string}>} what no tool of this page has confirmed yet, for the hand-in */
const waiting = (page.framingkitWaiting ||= new Map());

/** @param {string} start @returns {string[]} */
const namesIn = (start) => Object.keys(localStorage).filter((name) => name.startsWith(start)).sort();

/** @param {string} text @returns {any[]} what somebody may have kept: anything */
export function actsIn(text) {
  try {
    return [].concat(JSON.parse(text));
  } catch {
    // nobody can read it
    return [null];
  }
}

/** Keep what cannot be used, for whoever looks for it. @param {string} text */
function setAside(text) {
  const old = namesIn(ASIDE);
  while (old.length > 19) localStorage.removeItem(old.shift() || "");
  localStorage.setItem(freshId(ASIDE + Date.now()), text);
}

export class Delivery {
  client = freshId("tab-");
  seq = 0;
  /** @type {Map<string, Operation>} */
  pending = new Map();
  /** @type {Operation[]} */
  fresh = [];
  kept = true;
  state = "connecting";
  reason = "";
  /** @type {string[]} why acts were not accepted, until a later one is */
  refused = [];
  refusedAt = 0;
  /** @type {Set<() => void>} */
  watchers = new Set();
  /** @type {number | undefined} the number of the last news that came */
  news;
  /** @type {Map<string, object>} the learners of this page, with what is kept beside their acts */
  learners = new Map();

  /** @param {import("./types").Model} model @param {(message: Message) => void} receive */
  constructor(model, receive) {
    this.model = model;
    this.receive = receive;
    /** @type {string} */
    const key = model.get("key");
    this.learner = key.split("/")[0];
    /** What is done here, as a part of names in the storage. */
    this.purpose = key.slice(this.learner.length);
    /** @type {string} what is done here, in words */
    this.tool = model.get("tool");
    this.learners.set(this.learner, { tool: this.tool });
    this.patience = model.get("patience");
    this.restored = this.adopt();
    model.on("msg:custom", (message) => this.onmessage(message));
    model.on("comm_live_update destroy", () => this.become("offline"));
  }

  /** What is not confirmed of the learner at work. */
  get unsent() {
    return [...this.pending.values()].filter((one) => one.learner === this.learner);
  }

  /** @param {string} learner */
  folder(learner) {
    return `framingkit/${learner}${this.purpose}/`;
  }

  /** Take over what an earlier page of this learner left unconfirmed; what is damaged is set aside. */
  adopt() {
    const { learner } = this;
    const folder = this.folder(learner);
    try {
      const left = namesIn(folder).filter((name) => name !== folder + this.client);
      const damaged = left.filter((name) => {
        const acts = actsIn(localStorage[name]);
        const good = acts.filter((one) => this.isAct(one));
        for (const act of good) {
          this.hold({ ...act, learner });
          this.seen(act.seq);
        }
        return good.length < acts.length;
      });
      this.keep();
      // the storage may be too full for a second copy: then the first one must stay
      if (this.kept)
        for (const name of left) {
          if (damaged.includes(name)) setAside(localStorage[name]);
          localStorage.removeItem(name);
        }
    } catch {
      this.keep();
    }
    return this.unsent;
  }

  /** Whether anybody could have done this here. @param {any} one */
  isAct(one) {
    const { id, client, seq, kind, target, span, response } = one || {};
    const what = this.model.get("answers") ? response : kind === "remove" ? one : span;
    return id === `${client}-${seq}` && Number.isInteger(seq) && seq > 0 && seq < 2 ** 40 && target === `${target}` && what instanceof Object;
  }

  keep() {
    try {
      for (const [learner, beside] of this.learners) {
        const name = this.folder(learner) + this.client;
        const acts = [...this.pending.values()].filter((one) => one.learner === learner);
        if (acts.length) localStorage.setItem(name, JSON.stringify(acts.map((one) => ({ ...one, ...beside }))));
        else localStorage.removeItem(name);
      }
      this.kept = true;
    } catch {
      // storage is full or forbidden; the badge says so
      this.kept = false;
    }
  }

  /** @param {Operation} act */
  hold(act) {
    this.pending.set(act.id, act);
    waiting.set(act.id, { learner: act.learner, tool: this.tool });
  }

  /** @param {string} id */
  drop(id) {
    this.pending.delete(id);
    waiting.delete(id);
  }

  /** @param {number} seq a number that is taken: ours must be larger */
  seen(seq) {
    this.seq = Math.max(this.seq, seq);
  }

  /** @param {{kind: any, target: string, span?: object, response?: object}} act */
  deliver(act) {
    const { client, learner } = this;
    const seq = ++this.seq;
    const operation = { id: `${client}-${seq}`, client, seq, learner, ...act };
    this.hold(operation);
    // what is done at once, as tagging all places, is kept and sent at once
    if (this.fresh.push(operation) === 1) queueMicrotask(() => this.flush());
    return operation;
  }

  flush() {
    if (this.fresh[0]) this.keep();
    this.sendAll(this.fresh.splice(0));
  }

  /** Ask whether somebody is there, and send everything unconfirmed. @param {boolean} all ask for the whole state */
  knock(all = false) {
    const { client, learner } = this;
    this.post({ kind: "hello", client, learner, version: all ? -1 : this.model.get("version") });
    this.sendAll([...this.pending.values()]);
    this.wait();
  }

  /** @param {Operation[]} operations */
  sendAll(operations) {
    if (!operations.length) return;
    if (this.state !== "offline") this.become("saving");
    while (operations.length) this.post({ kind: "operations", operations: operations.splice(0, 200) });
    this.wait();
  }

  /** @param {object} content */
  post(content) {
    try {
      this.model.send(content);
    } catch {
      this.become("offline");
    }
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.become("offline"), this.patience);
  }

  /** @param {string} state @param {string} reason */
  become(state, reason = "") {
    this.state = state;
    this.reason = reason;
    this.stop();
    if (state === "offline" || state === "unsaved") {
      // Anywidget gives a widget two seconds to load. On a slow computer that is too short, and then
      // its handler drops every message, for good. So they are taken by the handler that it is
      // built on. A widget has a proxy of the model; the model itself comes with an event, so one is made.
      // Where a notebook's host is built in another way, everything stays as it is.
      /** @param {any} whole */
      const hear = (whole) => {
        const handler = whole.__proto__.__proto__?._handle_comm_msg;
        if (handler) whole.comm?.on_msg(handler.bind(whole));
      };
      this.model.on("change", hear);
      this.model.set("patience", this.patience + 1);
      this.model.off("change", hear);
      this.again = setTimeout(() => this.knock(), (this.unsent[0] ? 2 : 8) * this.patience);
    }
    this.show();
  }

  show() {
    for (const watcher of this.watchers) watcher();
  }

  /** @param {Message} message */
  onmessage(message) {
    const { kind, reason = "", reasons = [reason], ids = [], held = [], early } = message;
    const isRefused = kind === "refused";
    for (const id of held) Object.assign(waiting.get(id) || {}, { held });
    const moved = this.follow(message);
    const missed = this.missed(message);
    if (isRefused) this.refuse(ids, reasons);
    else if (ids.some((id) => (this.pending.get(id)?.seq || 0) > this.refusedAt)) this.refused = [];
    this.done(ids);
    this.receive(message);
    if (reason && !isRefused) this.become("unsaved", reason);
    else if (!this.unsent[0] && !early && this.news !== undefined && /^(welcome|state|saved)$/.test(kind)) this.become("saved");
    else if (this.state === "offline") {
      this.become(this.unsent[0] ? "saving" : "connecting");
      // the answer that we wait for may still get lost
      this.wait();
    } else this.show();
    // what Python would not take must not stay on the screen as if it were saved
    if (missed || isRefused) this.knock(true);
    else if (moved) this.sendAll(this.unsent);
  }

  /** Go on with the learner that Python names. @param {Message} message @returns {boolean} whether it is another one */
  follow({ learner, beside }) {
    if (!learner) return false;
    this.learners.set(learner, { tool: this.tool, ...beside });
    if (this.learner === learner) return false;
    // what is being written is the former learner's
    /** @type {any} */
    const field = atFocus();
    if (field?.matches("textarea,input")) field.blur();
    this.learner = learner;
    this.refused = [];
    this.news = undefined;
    this.restored = this.adopt();
    this.receive({ kind: "learner" });
    return true;
  }

  /** @param {string[]} ids @param {string[]} reasons */
  refuse(ids, reasons) {
    this.refused = [...new Set(this.refused.concat(reasons))];
    this.refusedAt = this.seq;
    this.giveUp(ids);
  }

  /** @param {string[]} ids of what cannot be used: it is set aside */
  giveUp(ids) {
    const acts = ids.flatMap((id) => this.pending.get(id) || []);
    // a full storage cannot keep them: the learner reads what was not accepted
    try {
      if (acts[0]) setAside(JSON.stringify(acts));
    } catch {}
  }

  /** @param {string[]} ids of what need not be sent again */
  done(ids) {
    for (const id of ids) this.drop(id);
    if (ids[0]) this.keep();
  }

  /** The learner has read why something was not accepted. */
  dismiss() {
    this.refused = [];
    this.show();
  }

  /** Whether news for this page got lost on the way. @param {Message} message */
  missed({ kind, client, before, news, ids = [], operations }) {
    if (news === undefined) return false;
    const known = this.news;
    if (kind === "state" || (kind === "welcome" && client === this.client)) this.news = news;
    if (kind === "state" || known === undefined) return false;
    /** @param {string} id */
    const own = (id) => this.pending.has(id) || id.startsWith(this.client + "-");
    const gap = before !== known || (news !== before && !operations && !ids.every(own));
    // until the whole state is here, no later news closes a gap
    this.news = gap ? undefined : news;
    return gap;
  }

  /** What the badge says; it never says more than is true. @param {unknown} way the button of the strip above the lesson that brings everything back, if it is there */
  words(way) {
    const words = this.model.get("words");
    const { state, refused } = this;
    if (state === "saved" && refused[0]) return fill(words.refused, refused[0]);
    const what = this.unsent[0] ? words[this.kept ? "kept" : "lost"] : "";
    return fill(words[state], what, this.reason || words[way ? "strip" : "menu"]);
  }

  stop() {
    clearTimeout(this.timer);
    clearTimeout(this.again);
  }
}

/** @param {Delivery} delivery @returns {HTMLElement} the line that says how far saving is */
export function badge(delivery) {
  const line = make("span", { class: "fk-badge" });
  const show = () => {
    line.textContent = delivery.words(line.closest(".jp-NotebookPanel")?.querySelector(".fk-strip>*>p>button"));
    line.dataset.state = delivery.refused[0] ? "refused" : delivery.state;
  };
  delivery.watchers.add(show);
  show();
  return line;
}

/** @param {Delivery} delivery @returns {HTMLElement} why acts were not accepted, in words */
export function refusals(delivery) {
  const box = make("div", { class: "fk-refused", role: "alert" });
  /** @type {string[]} */
  let shown = [];
  delivery.watchers.add(() => {
    const { refused } = delivery;
    if (shown === refused) return;
    shown = refused;
    const { refused: sentence, dismiss } = delivery.model.get("words");
    box.replaceChildren(...each("p", refused.map((reason) => fill(sentence, reason))));
    if (refused[0]) box.append(button(dismiss, () => delivery.dismiss()));
  });
  return box;
}
