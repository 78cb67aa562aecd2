/** The latest answers of one model, shared by all its views; merges what others answered. */

import { Store } from "./store.js";

/** @typedef {import("./types").Answer} Answer */
/** @typedef {Record<string, any>} Response */

/** @param {Response | undefined} response @returns {string} the same text for the same answer */
export function plainly(response) {
  return JSON.stringify(Object.entries(response || {}).sort());
}

export class AnswerStore extends Store {
  /** @type {Map<string, Answer>} by what they answer: most widgets ask for one thing only */
  answers = new Map();

  /** @param {import("./types").Model} model */
  constructor(model) {
    super(model);
    for (const answer of [...model.get("answers"), ...this.delivery.restored]) this.take(answer);
  }

  /** Take over an answer unless a later one is known; the same one may come again with its reply. @param {Answer} answer */
  take(answer) {
    const { target, seq, client } = answer;
    this.delivery.seen(seq);
    const known = this.answers.get(target);
    if (known && (known.seq > seq || (known.seq === seq && known.client > client))) return;
    const same = known?.seq === seq && known.client === client ? known : undefined;
    this.answers.set(target, { ...answer, reply: answer.reply || same?.reply, draft: same?.draft });
  }

  /** @param {import("./types").Message} message */
  receive(message) {
    const isWhole = /^(state|learner)$/.test(message.kind);
    if (isWhole) this.answers.clear();
    for (const answer of message.operations || message.answers || []) this.take(answer);
    if (isWhole) for (const answer of this.delivery.unsent) this.take(/** @type {any} */ (answer));
    super.receive(message);
    this.tell();
  }

  /** @param {string} target @returns {any[]} what Python has not confirmed */
  unsent(target) {
    return this.delivery.unsent.filter((operation) => operation.target === target);
  }

  /**
   * Keep an answer.
   * @param {string} target @param {Response} response @param {boolean} draft still being written: no reply wanted yet
   * @param {boolean} whole it holds all that an unconfirmed earlier one did, and storage is small
   * @returns {string} the id of this act
   */
  put(target, response, draft = false, whole = true) {
    if (whole) for (const { id } of this.unsent(target)) this.delivery.drop(id);
    const { id, seq, client } = this.delivery.deliver({ kind: "answer", target, response });
    this.answers.set(target, { target, seq, client, response, draft });
    this.tell();
    return id;
  }

  /** Forget what an earlier page left: it cannot be shown. */
  distrust() {
    const { delivery } = this;
    const ids = delivery.restored.map(({ id }) => id);
    delivery.giveUp(ids);
    delivery.done(ids);
    delivery.restored = [];
    this.answers.clear();
    for (const answer of this.model.get("answers")) this.take(answer);
  }

  tell() {
    for (const view of this.views) view.changed();
    this.mirror();
  }

  mirror() {
    // a copy in the model, not sent: it is what "save widget state" puts into the notebook
    this.model.set("answers", [...this.answers.values()]);
  }
}
