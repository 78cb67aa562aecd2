/** Shows the questions of one cell one at a time: each is a tool of its own, and all know who is in sight. */

import { atFocus, button, fill, make } from "./dom.js";
import { stateIcon } from "./state_icon.js";

/** @typedef {{turned: (focus: boolean) => void}} Seen */
/** @typedef {{now: number, isMoved: boolean, states: string[], views: Set<Seen>}} Shared */

/** The part of one question in its set. */
export class QuestionSet {
  /**
   * @param {[string, number, number]} spot the name of the set, the place in it and how many there are
   * @param {HTMLElement} root of the question @param {Record<string, any>} words @param {() => void} focus begins to read here
   */
  constructor([name, place, count], root, words, focus) {
    this.place = place;
    this.count = count;
    this.root = root;
    this.words = words;
    this.focus = focus;
    // each tool is a module of its own: what they share can only be global
    /** @type {Map<string, Shared>} */
    const sets = ((/** @type {any} */ (globalThis)).framingkitSets ||= new Map());
    /** @type {Shared} */
    this.shared = sets.get(name) || { now: 0, isMoved: false, states: [], views: new Set() };
    sets.set(name, this.shared);
    this.steps = make("ol", { class: "fk-steps", "aria-label": words.questions });
    this.next = button(words.next, () => this.go(place + 1), { hidden: true });
    this.shared.views.add(this);
    this.turned(false);
  }

  /** Say how the answer of this question is; the first that is not answered comes first. @param {string} state */
  is(state) {
    const { shared, place } = this;
    if (this.count === 1 || shared.states[place] === state) return;
    shared.states[place] = state;
    if (!shared.isMoved) shared.now = Math.max(0, [...Array(this.count).keys()].findIndex((one) => !shared.states[one]));
    for (const view of shared.views) view.turned(false);
  }

  /** Somebody is at work here: from now on only a button turns to another question. */
  stay() {
    this.shared.isMoved = true;
  }

  /** Somebody else begins with the first question that is open. */
  restart() {
    this.shared.isMoved = false;
  }

  /** @param {number} place */
  go(place) {
    this.stay();
    this.shared.now = place;
    for (const view of this.shared.views) view.turned(true);
  }

  /** Show this question if it is its turn. @param {boolean} focus */
  turned(focus) {
    const { place, count, shared, words } = this;
    if (count === 1) return;
    this.root.hidden = shared.now !== place;
    this.next.hidden = !shared.states[place] || place === count - 1;
    const buttons = [...Array(count).keys()].map((one) => {
      const isDone = /right|kept/.test(shared.states[one]);
      const name = fill(isDone ? words.step_done : words.step, one + 1, count);
      const step = button(String(one + 1), () => this.go(one), { "aria-label": name, "aria-current": one === place && "step" }, ...(isDone ? [stateIcon("kept")] : []));
      return make("li", {}, step);
    });
    // a button that has the focus keeps it
    if (!this.steps.contains(atFocus())) this.steps.replaceChildren(...buttons);
    if (focus && shared.now === place) this.focus();
  }

  stop() {
    this.shared.views.delete(this);
  }
}
