/** What tools of this browser could not save yet: on this page, and in the storage. */

import { actsIn } from "./delivery.js";

/** @typedef {{id: string, learner: string, tool: string, coder: string, place: string}} Left */

const PLACE = /^framingkit\/([a-z]+)\/(?!settle\/).+\/tab-\w+$/;

/** @param {(learner: string) => boolean} wanted @returns {Left[]} acts that are not confirmed, each once */
export function actsOf(wanted) {
  /** @type {Map<string, Left>} */
  const found = new Map();
  /** @type {Map<string, any>} */
  const here = /** @type {any} */ (globalThis).framingkitWaiting || new Map();
  for (const [id, one] of here) if (wanted(one.learner)) found.set(id, { id, coder: "", place: "", ...one });
  try {
    for (const name of Object.keys(localStorage)) {
      const learner = name.match(PLACE)?.[1] || "";
      if (learner && wanted(learner)) for (const act of actsIn(localStorage[name])) found.set(act?.id, { ...act, learner });
    }
  } catch {} // the storage is forbidden
  return [...found.values()].filter(({ id }) => typeof id === "string");
}
