/**
 * Brings operations to Python and says truthfully how far they got. What Python has not
 * confirmed yet lies in this browser's storage, and is sent again until it is confirmed:
 * operations may arrive twice, but none may be missing.
 */

import { fill, freshId, make } from "./dom.js";

const CHUNK = 200;

/** @typedef {import("./types").Message} Message */
/** @typedef {import("./types").Operation} Operation */

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
  /** @type {Set<() => void>} */
  watchers = new Set();
  /** @type {number | undefined} the number of the last news that came */
  news;

  /** @param {import("./types").Model} model @param {(message: Message) => void} receive */
  constructor(model, receive) {
    this.model = model;
    this.receive = receive;
    this.folder = `framingkit/${model.get("key")}/`;
    this.patience = model.get("patience");
    this.restored = this.adopt();
    model.on("msg:custom", (/** @type {Message} */ message) => this.onmessage(message));
    model.on("comm_live_update destroy", () => this.become("offline"));
  }

  /** Take over what an earlier page left unconfirmed. */
  adopt() {
    /** @type {Operation[]} */
    const found = [];
    try {
      const left = Object.keys(localStorage).filter((name) => name.startsWith(this.folder));
      for (const name of left)
        try {
          found.push(...JSON.parse(localStorage[name]));
        } catch {} // nobody can read it
      for (const operation of found) {
        this.pending.set(operation.id, operation);
        this.seen(operation.seq);
      }
      this.keep();
      // the storage may be too full for a second copy: then the first one must stay
      if (this.kept) for (const name of left) localStorage.removeItem(name);
    } catch {
      this.kept = false;
    }
    return found;
  }

  keep() {
    try {
      const name = this.folder + this.client;
      if (this.pending.size) localStorage.setItem(name, JSON.stringify([...this.pending.values()]));
      else localStorage.removeItem(name);
      this.kept = true;
    } catch {
      this.kept = false; // storage is full or forbidden; the badge says so
    }
  }

  /** @param {number} seq a number that is taken: ours must be larger */
  seen(seq) {
    this.seq = Math.max(this.seq, seq);
  }

  /** @param {{kind: any, target: string, span?: object, response?: object}} act */
  deliver(act) {
    const { client } = this;
    const seq = ++this.seq;
    const operation = { id: `${client}-${seq}`, client, seq, ...act };
    this.pending.set(operation.id, operation);
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
    this.post({ kind: "hello", client: this.client, version: all ? -1 : this.model.get("version") });
    this.sendAll([...this.pending.values()]);
    this.wait();
  }

  /** @param {Operation[]} operations */
  sendAll(operations) {
    if (!operations.length) return;
    if (this.state !== "offline") this.become("saving");
    while (operations.length) this.post({ kind: "operations", operations: operations.splice(0, CHUNK) });
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
      const hear = (/** @type {any} */ whole) => {
        const handler = whole.__proto__.__proto__?._handle_comm_msg;
        if (handler) whole.comm?.on_msg(handler.bind(whole));
      };
      this.model.on("change", hear);
      this.model.set("patience", this.patience + 1);
      this.model.off("change", hear);
      this.again = setTimeout(() => this.knock(), (this.pending.size ? 2 : 8) * this.patience);
    }
    for (const watcher of this.watchers) watcher();
  }

  /** @param {Message} message */
  onmessage(message) {
    const missed = this.missed(message);
    for (const id of message.ids || []) this.pending.delete(id);
    if (message.ids) this.keep();
    this.receive(message);
    if (message.kind === "unsaved") this.become("unsaved", message.reason);
    else if (!this.pending.size && this.news !== undefined) this.become("saved");
    else if (this.state === "offline") {
      this.become(this.pending.size ? "saving" : "connecting");
      this.wait(); // the answer that we wait for may still get lost
    }
    // what Python would not take must not stay on the screen as if it were saved
    if (missed || message.kind === "refused") this.knock(true);
  }

  /** Whether news for this page got lost on the way. @param {Message} message */
  missed({ kind, client, before, news, ids = [], operations }) {
    if (news === undefined) return false;
    const known = this.news;
    if (kind === "state" || (kind === "welcome" && client === this.client)) this.news = news;
    if (kind === "state" || known === undefined) return false;
    const own = (/** @type {string} */ id) => this.pending.has(id) || id.startsWith(this.client + "-");
    const gap = before !== known || (news !== before && !operations && !ids.every(own));
    this.news = gap ? undefined : news; // until the whole state is here, no later news closes a gap
    return gap;
  }

  /** What the badge says; it never says more than is true. */
  words() {
    const words = this.model.get("words");
    const what = this.pending.size ? words[this.kept ? "kept" : "lost"] : "";
    return fill(words[this.state], what, this.reason);
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
    line.textContent = delivery.words();
    line.dataset.state = delivery.state;
  };
  delivery.watchers.add(show);
  show();
  return line;
}
