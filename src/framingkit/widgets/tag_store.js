/** The tags of one model, shared by all its views; knows undo, and merges what others did. */

import { fill, freshId } from "./dom.js";
import { Offsets } from "./offsets.js";
import { Store } from "./store.js";

const MIRROR_WAIT = 2000;

/** @typedef {import("./types").Tag} Tag */
/** @typedef {import("./types").Change} Change */
/** @typedef {import("./types").Message} Message */
/** @typedef {import("./types").Code} Code */
/** @typedef {import("./offsets").Place} Place */

/** What tags of the same words with the same code have in common. @param {any} tag @returns {string} */
export const wordsKey = ({ start, end, label }) => [start, end, label].join();

export class TagStore extends Store {
  /** @type {Map<string, Tag>} */
  tags = new Map();
  /** @type {Map<string, {seq: number, client: string}>} rank of the last word on each tag, also removed ones */
  ranks = new Map();
  /** @type {Change[][]} */
  done = [];
  /** @type {Change[][]} */
  undone = [];
  /** @type {Map<string, string>} the sign that a comparison gave to a tag, by its id */
  found = new Map();

  /** @param {import("./types").Model} model */
  constructor(model) {
    super(model);
    /** @type {string} */
    this.text = model.get("text");
    /** @type {Code[]} */
    const codes = model.get("codes");
    this.codes = new Map(codes.map((code) => [code.id, code]));
    this.offered = codes.slice(0, model.get("offered"));
    this.offsets = new Offsets(this.text, model.get("start"));
    /** @type {(Place & {number: any})[]} */
    this.sentences = model.get("sentences").map((/** @type {any} */ one) => ({ ...one, ...this.offsets.placeOf(one) }));
    /** @type {Map<number, number>} where each sentence starts, and its number */
    this.numbers = new Map(this.sentences.map(({ start, number }) => [start, number]));
    /** @type {string} "headline", "heading", or nothing: what the first line of the text is */
    this.heading = model.get("heading");
    for (const tag of model.get("tags")) this.take(tag);
    const { restored } = this.delivery;
    this.merge(restored);
    this.greeting = restored.length ? fill(this.words.restored, restored.length) : "";
  }

  /** @param {Tag} tag in Python's words */
  outside({ start, end, label, note, confidence }) {
    const quote = this.text.slice(start, end);
    const at = this.offsets;
    return { start: at.toPython(start), end: at.toPython(end), label, quote, note, confidence };
  }

  /**
   * Take over a state unless a later one is known.
   * @param {any} told an operation with a span (none if removed), or a tag of the first state
   * @returns {Change[]} the change, if it is one
   */
  take(told) {
    const { seq, client, target: id = told.id } = told;
    this.delivery.seen(seq);
    const known = this.ranks.get(id);
    if (known && (known.seq > seq || (known.seq === seq && known.client >= client))) return [];
    const span = told.target ? told.span : told;
    const after = span && { id, note: "", confidence: null, ...span, ...this.offsets.placeOf(span) };
    const fits = after && after.start >= 0 && after.end <= this.text.length && after.start < after.end;
    return [this.put(id, fits ? after : null, told)];
  }

  /** @param {string} id @param {Tag | null} after @param {{seq: number, client: string}} rank @returns {Change} */
  put(id, after, { seq, client }) {
    const before = this.tags.get(id) || null;
    this.ranks.set(id, { seq, client });
    if (after) this.tags.set(id, after);
    else this.tags.delete(id);
    return { id, before, after };
  }

  /** @param {any[]} operations */
  merge(operations) {
    const changes = operations.flatMap((one) => this.take(one));
    if (changes.length) this.tell(changes, "");
  }

  /** @param {Message} message */
  receive(message) {
    this.merge(message.operations || []);
    if (message.kind === "learner") this.done.length = this.undone.length = 0;
    if (/^(state|learner)$/.test(message.kind)) this.replace(message.tags || []);
    super.receive(message);
  }

  /** Python's whole state replaces ours, but for what Python does not have yet. @param {any[]} tags */
  replace(tags) {
    const old = [...this.tags.values()].map((tag) => ({ id: tag.id, before: tag, after: null }));
    this.tags.clear();
    this.ranks.clear();
    const now = [...tags, ...this.delivery.unsent].flatMap((one) => this.take(one));
    this.tell([...old, ...now], "");
  }

  /** Do something new. @param {Change[]} changes @param {string} words */
  act(changes, words) {
    this.done.push(changes);
    this.undone.length = 0;
    this.carryOut(changes, words);
  }

  /** @param {Change[]} changes @param {string} words */
  carryOut(changes, words) {
    const real = changes.map(({ id, before, after }) => {
      const kind = after ? (before ? "change" : "tag") : "remove";
      const span = after ? this.outside(after) : undefined;
      // meanwhile another tab may have changed what was there before
      return this.put(id, after, this.delivery.deliver({ kind, target: id, span }));
    });
    // sending does not wait for painting
    this.delivery.flush();
    this.tell(real, words);
  }

  /** @param {Change[][]} from @param {Change[][]} to @param {string} words @param {string} nothing */
  swap(from, to, words, nothing) {
    const last = from.pop();
    if (!last) return this.tell([], nothing);
    const back = last.map(({ id, before, after }) => ({ id, before: after, after: before }));
    to.push(back);
    this.carryOut(back, words);
  }

  undo = () => this.swap(this.done, this.undone, this.words.undone, this.words.no_undo);

  redo = () => this.swap(this.undone, this.done, this.words.redone, this.words.no_redo);

  /** @param {Place[]} places @param {string} label @returns {boolean} */
  add(places, label) {
    const known = new Set();
    for (const tag of this.tags.values()) if (tag.label === label) known.add(wordsKey(tag));
    const fresh = places.filter((place) => !known.has(wordsKey({ ...place, label })));
    const { words } = this;
    const { name } = this.code(label);
    const [first, second] = fresh;
    if (first) {
      const what = second ? fill(words.places, fresh.length) : this.quote(first);
      const changes = fresh.map((place) => {
        const id = freshId(this.delivery.client + ".");
        return { id, before: null, after: { id, ...place, label, note: "", confidence: null } };
      });
      this.act(changes, fill(words.tagged, what, name));
    } else this.tell([], fill(words.known, name));
    return Boolean(first);
  }

  /** @param {string} id @param {Partial<Tag> | null} parts null: remove it @param {string} words */
  change(id, parts, words) {
    const before = this.tags.get(id);
    if (before) this.act([{ id, before, after: parts && { ...before, ...parts } }], words);
  }

  /** @param {string} id */
  remove(id) {
    const tag = this.tags.get(id);
    if (tag) this.change(id, null, fill(this.words.removed, this.code(tag.label).name, this.quote(tag)));
  }

  /** @param {Change[]} changes @param {string} words */
  tell(changes, words) {
    for (const view of this.views) view.changed(changes, words);
    if (!changes.length) return;
    clearTimeout(this.mirror);
    // a copy in the model, not sent: it is what "save widget state" puts into the notebook
    this.mirror = setTimeout(() => {
      const copy = [...this.tags.values()].map((tag) => ({ id: tag.id, ...this.ranks.get(tag.id), ...this.outside(tag) }));
      this.model.set("tags", copy);
    }, MIRROR_WAIT);
  }

  /** @param {string} label @returns {Code} */
  code(label) {
    return this.codes.get(label) || /** @type {Code} */ ({ id: label, name: label, chip: "??", look: "" });
  }

  /** @param {Place} place the sentences that hold it; between two, the place itself */
  sentencesOf(place) {
    const found = this.sentences.filter(({ start, end }) => start < place.end && place.start < end);
    return found[0] ? found : [{ number: "", ...place }];
  }

  /** @param {Place} place @returns {string} the words on one line; the first whole ones if they are many */
  wordsOf({ start, end }) {
    return this.text.slice(start, end).replace(/\s+/g, " ").replace(/^(?=.{81})(.{40,79}(?= )|.{79}).*/, "$1…");
  }

  /**
   * The words in curly quotation marks; a quotation among them gets single ones. The Python twin is
   * quoted in base/words.py.
   * @param {Place} place @returns {string}
   */
  quote(place) {
    const bare = this.wordsOf(place).replace(/^["“„]([^"“”„]*)["“”]$/, "$1");
    return `“${bare.replace(/[“„]|"(?=\w)/g, "‘").replace(/["”]/g, "’")}”`;
  }

  stop() {
    clearTimeout(this.mirror);
    super.stop();
  }
}
