/** The tags of one model, shared by all its views; knows undo, and merges what others did. */

import { Delivery } from "./delivery.js";
import { Offsets } from "./offsets.js";

const MIRROR_WAIT = 400;

export class TagStore {
  /** @param {import("./types").Model} model */
  constructor(model) {
    this.model = model;
    /** @type {string} */
    this.text = model.get("text");
    /** @type {import("./types").Code[]} */
    this.codes = model.get("codes");
    this.offered = this.codes.slice(0, model.get("offered"));
    this.slots = new Map(this.codes.map((code, index) => [code.id, index]));
    this.offsets = new Offsets(this.text, model.get("start"));
    /** @type {[number, number][]} where each sentence starts, and its number */
    this.numbers = model.get("sentences").map((/** @type {number[]} */ [at, n]) => [this.offsets.fromPython(at), n]);
    /** @type {Map<string, import("./types").Tag>} */
    this.tags = new Map();
    /** @type {Map<string, [number, string]>} rank of the last word on each tag, also removed ones */
    this.ranks = new Map();
    /** @type {import("./types").Change[][]} */
    this.done = [];
    /** @type {import("./types").Change[][]} */
    this.undone = [];
    /** @type {Set<{changed: (changes: import("./types").Change[] | null, words: string) => void, told: (message: import("./types").Message) => void}>} */
    this.views = new Set();
    for (const tag of model.get("tags")) this.take(tag.id, tag, tag.seq, tag.client);
    this.delivery = new Delivery(model, (message) => this.receive(message));
    for (const tag of model.get("tags")) this.delivery.seen(tag.seq);
    this.merge(this.delivery.restored);
    const back = this.delivery.restored.length;
    this.greeting = back ? `${back} changes that this browser had kept are back.` : "";
  }

  /** @param {any} span Python's words for a tag @param {string} id @returns {import("./types").Tag} */
  inside(span, id) {
    const { label, note = "", confidence = null } = span;
    const [start, end] = [span.start, span.end].map((place) => this.offsets.fromPython(place));
    return { id, start, end, label, note, confidence };
  }

  /** @param {import("./types").Tag} tag */
  outside(tag) {
    const { start, end, label, note, confidence } = tag;
    const quote = this.text.slice(start, end);
    const at = this.offsets;
    return { start: at.toPython(start), end: at.toPython(end), label, quote, note, confidence };
  }

  /**
   * Take over a state unless a later one is known.
   * @param {string} id @param {any} span null if removed @param {number} seq @param {string} client
   * @returns {import("./types").Change | null}
   */
  take(id, span, seq = 0, client = "") {
    const [known, by] = this.ranks.get(id) || [-1, ""];
    if (known > seq || (known === seq && by >= client)) return null;
    this.ranks.set(id, [seq, client]);
    const before = this.tags.get(id) || null;
    const tag = span && this.inside(span, id);
    const fits = tag && tag.start >= 0 && tag.end <= this.text.length && tag.start < tag.end;
    if (fits) this.tags.set(id, tag);
    else this.tags.delete(id);
    return { id, before, after: fits ? tag : null };
  }

  /** @param {any[]} operations */
  merge(operations) {
    const changes = operations.map((one) => this.take(one.target, one.span || null, one.seq, one.client));
    const real = /** @type {import("./types").Change[]} */ (changes.filter(Boolean));
    if (real.length) this.tell(real, "");
  }

  /** @param {import("./types").Message} message */
  receive(message) {
    if (message.operations) this.merge(message.operations);
    if (message.kind === "state") this.replace(message.tags || []);
    // what Python would not take must not stay on the screen as if it were kept
    if (message.kind === "refused") this.delivery.knock(true);
    for (const view of this.views) view.told(message);
  }

  /** Python's whole state replaces ours, but for what Python does not have yet. @param {any[]} tags */
  replace(tags) {
    const unsent = [...this.delivery.pending.values()];
    this.tags.clear();
    this.ranks.clear();
    for (const tag of tags) this.take(tag.id, tag, tag.seq, tag.client);
    for (const one of unsent) this.take(one.target, one.span || null, one.seq, one.client);
    this.tell(null, "");
  }

  /** Do something new. @param {import("./types").Change[]} changes @param {string} words */
  act(changes, words) {
    this.done.push(changes);
    this.undone.length = 0;
    this.carryOut(changes, words);
  }

  /** @param {import("./types").Change[]} changes @param {string} words */
  carryOut(changes, words) {
    for (const { id, before, after } of changes) {
      const kind = after ? (before ? "change" : "tag") : "remove";
      const span = after ? this.outside(after) : undefined;
      const one = this.delivery.deliver({ kind, target: id, span });
      this.ranks.set(id, [one.seq, one.client]);
      if (after) this.tags.set(id, after);
      else this.tags.delete(id);
    }
    this.tell(changes, words);
  }

  /**
   * @param {import("./types").Change[][]} from @param {import("./types").Change[][]} to
   * @param {string} words @param {string} nothing
   */
  swap(from, to, words, nothing) {
    const last = from.pop();
    if (!last) return this.tell([], nothing);
    const back = last.map(({ id, before, after }) => ({ id, before: after, after: before }));
    to.push(back);
    this.carryOut(back, words);
  }

  undo() {
    this.swap(this.done, this.undone, "Undone.", "There is nothing to undo.");
  }

  redo() {
    this.swap(this.undone, this.done, "Done again.", "There is nothing to do again.");
  }

  /** @param {[number, number][]} places @param {string} label @returns {boolean} */
  add(places, label) {
    const known = new Set();
    for (const tag of this.tags.values()) if (tag.label === label) known.add(tag.start * 2 ** 26 + tag.end);
    const fresh = places.filter(([start, end]) => !known.has(start * 2 ** 26 + end));
    const name = this.code(label).name;
    if (!fresh.length) {
      this.tell([], `That is tagged as ${name} already.`);
      return false;
    }
    const changes = fresh.map(([start, end]) => {
      const id = this.delivery.client + "." + Math.random().toString(36).slice(2, 10);
      return { id, before: null, after: { id, start, end, label, note: "", confidence: null } };
    });
    const what = fresh.length > 1 ? `${fresh.length} places` : this.quote(fresh[0]);
    this.act(changes, `Tagged ${what} as ${name}.`);
    return true;
  }

  /** @param {string} id @param {Partial<import("./types").Tag>} parts @param {string} words */
  change(id, parts, words) {
    const before = this.tags.get(id);
    if (before) this.act([{ id, before, after: { ...before, ...parts } }], words);
  }

  /** @param {string} id */
  remove(id) {
    const before = this.tags.get(id);
    if (!before) return;
    const words = `Removed ${this.code(before.label).name} from ${this.quote([before.start, before.end])}.`;
    this.act([{ id, before, after: null }], words);
  }

  /** @param {import("./types").Change[] | null} changes null: everything may differ @param {string} words */
  tell(changes, words) {
    for (const view of this.views) view.changed(changes, words);
    if (changes && !changes.length) return;
    clearTimeout(this.mirror);
    // a copy in the model, not sent: it is what "save widget state" puts into the notebook
    this.mirror = setTimeout(() => {
      const copy = [...this.tags.values()].map((tag) => {
        const [seq, client] = this.ranks.get(tag.id) || [0, ""];
        return { id: tag.id, seq, client, ...this.outside(tag) };
      });
      this.model.set("tags", copy);
    }, MIRROR_WAIT);
  }

  /** @param {string} label @returns {import("./types").Code} */
  code(label) {
    const slot = this.slots.get(label);
    if (slot !== undefined) return this.codes[slot];
    return { id: label, name: label, chip: "??", definition: "", rule: "", example: "", near_miss: "" };
  }

  /** @param {[number, number]} place @returns {string} the words in quotation marks, unless they bring their own */
  quote([start, end]) {
    const words = this.text.slice(start, end).replace(/\s+/g, " ");
    const short = words.length > 80 ? words.slice(0, 79) + "…" : words;
    return /^["“]/.test(short) ? short : `“${short}”`;
  }

  stop() {
    clearTimeout(this.mirror);
    this.delivery.stop();
  }
}
