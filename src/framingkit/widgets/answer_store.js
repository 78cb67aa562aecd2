/** The latest answer to one item, shared by all views of one model; merges what others answered. */

import { Delivery } from "./delivery.js";

/** @typedef {import("./types").Answer} Answer */
/** @typedef {Record<string, any>} Response */

/** @param {Response | undefined} response @returns {string} the same text for the same answer */
export function plainly(response) {
  return JSON.stringify(Object.entries(response || {}).sort());
}

export class AnswerStore {
  /** @param {import("./types").Model} model */
  constructor(model) {
    this.model = model;
    /** @type {string} */
    this.target = model.get("target");
    /** @type {Answer | null} */
    this.answer = null;
    /** @type {Set<{changed: () => void, told: (message: import("./types").Message) => void}>} */
    this.views = new Set();
    for (const one of model.get("answers")) this.take(one);
    this.delivery = new Delivery(model, (message) => this.receive(message));
    /** @type {Answer[]} */
    this.restored = /** @type {any[]} */ (this.delivery.restored);
    for (const one of this.restored) this.take(one);
    for (const one of model.get("answers")) this.delivery.seen(one.seq);
  }

  /** Take over an answer unless a later one is known; the same one may come again with its reply. @param {Answer} one */
  take(one) {
    const known = this.answer;
    if (known && (known.seq > one.seq || (known.seq === one.seq && known.client > one.client))) return;
    const same = known && known.seq === one.seq && known.client === one.client;
    this.answer = { ...one, reply: one.reply || (same ? known.reply : undefined), draft: Boolean(same && known.draft) };
  }

  /** @param {import("./types").Message} message */
  receive(message) {
    if (message.kind === "state") this.answer = null;
    for (const one of message.operations || []) if (one.target === this.target) this.take(one);
    if (message.kind === "state") for (const one of this.unsent()) this.take(one);
    // what Python would not take must not stay here as if it were kept
    if (message.kind === "refused") this.delivery.knock(true);
    for (const view of this.views) view.told(message);
    this.tell();
  }

  /** @returns {Answer[]} what Python has not confirmed */
  unsent() {
    return /** @type {any[]} */ ([...this.delivery.pending.values()]);
  }

  /** Keep an answer. @param {Response} response @param {boolean} draft still being written: no reply wanted yet */
  put(response, draft) {
    const { pending } = this.delivery;
    // a later version of a text holds all that an unconfirmed earlier one did, and storage is small
    if ("text" in response) pending.clear();
    const one = this.delivery.deliver({ kind: "answer", target: this.target, response });
    this.answer = { seq: one.seq, client: one.client, response, draft };
    this.tell();
  }

  /** The answer as it stands is meant to be read now. */
  finish() {
    if (this.answer) this.answer.draft = false;
    this.tell();
  }

  tell() {
    for (const view of this.views) view.changed();
    // a copy in the model, not sent: it is what "save widget state" puts into the notebook
    this.model.set("answers", this.answer ? [this.answer] : []);
  }

  stop() {
    this.delivery.stop();
  }
}

/**
 * The two functions a notebook calls. Every view gets its own proxy of the model, so what views
 * share lives here, once per model.
 * @param {string} name @param {(store: AnswerStore, root: HTMLElement) => any} open makes a view
 */
export function answering(name, open) {
  /** @type {AnswerStore | null} */
  let store = null;
  return {
    /** @param {{model: import("./types").Model}} context */
    initialize({ model }) {
      store = new AnswerStore(model);
      return () => store?.stop();
    },
    /** @param {{model: import("./types").Model, el: HTMLElement}} context */
    render({ model, el }) {
      const shared = (store = store || new AnswerStore(model));
      el.classList.add("framingkit", name);
      const view = open(shared, el);
      shared.views.add(view);
      return () => {
        shared.views.delete(view);
        view.stop();
        if (!shared.views.size) shared.delivery.post({ kind: "bye", client: shared.delivery.client });
      };
    },
  };
}
