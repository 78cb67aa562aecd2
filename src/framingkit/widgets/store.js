/** What the views of one model share: the messages to Python and from it. */

import { Delivery } from "./delivery.js";

/** @typedef {import("./types").Message} Message */

export class Store {
  /** @type {Set<{changed: (...news: any[]) => void, told: (message: Message) => void}>} */
  views = new Set();

  /** @param {import("./types").Model} model */
  constructor(model) {
    this.model = model;
    /** @type {Record<string, any>} the sentences and labels that people read */
    this.words = model.get("words");
    this.delivery = new Delivery(model, (message) => this.receive(message));
  }

  /** @param {Message} message */
  receive(message) {
    for (const view of this.views) view.told(message);
  }

  enter() {
    this.delivery.knock();
  }

  leave() {
    this.delivery.post({ kind: "bye", client: this.delivery.client });
  }

  stop() {
    this.delivery.stop();
  }
}
