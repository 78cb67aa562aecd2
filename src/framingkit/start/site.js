/**
 * The start page of a site: reads in the browser's own storage what is done, says it, and leads on.
 * The page is whole without it. How the work is stored: src/framingkit/site/__init__.py.
 */

(() => {
  /** @typedef {{name: string, minutes: number, optional: boolean, items: string[], tagged: [string, number, number][]}} Part */
  /** @typedef {{number: string, name: string, href: string, ticket: string, parts: Part[]}} Lesson what start/site_page.py tells */
  /** @typedef {{target: string, document?: string, seq: number, client: string, kind: string, at: string, response?: {text?: string}, span?: {start: number}}} Act a line of a log */
  /** @typedef {{coder?: string, acts: Act[]}} Work */
  /** @typedef {{lesson: Lesson, done: boolean[], now: Part | undefined, isBegun: boolean}} Progress */

  /** @template {HTMLElement} [One=HTMLElement] @param {string} name @param {ParentNode} inside @returns {One} what the page has for sure */
  const find = (name, inside = document) => /** @type {One} */ (inside.querySelector(name));
  /** @type {{lessons: Lesson[], words: Record<string, string>, storage: string}} */
  const { lessons, words, storage: STORAGE } = JSON.parse(find("#course").textContent || "");
  /** @param {string} sentence @param {Record<string, any>} values */
  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  /** @template {keyof HTMLElementTagNameMap} Tag @param {Tag} tag @param {Partial<HTMLElementTagNameMap[Tag]>} settings @param {(Node | string)[]} inside */
  const make = (tag, settings, ...inside) => {
    const one = Object.assign(document.createElement(tag), settings);
    one.append(...inside);
    return one;
  };
  /** @param {string} said */
  const aloud = (said) => make("span", { className: "aloud" }, said);

  /* The link of a class carries what it says after "#", which no server sees. */
  const carried = new URLSearchParams(location.hash.slice(1));
  const asked = lessons.find(({ number }) => number === carried.get("lesson"));
  /** Where the class of a link waits until a lesson takes it over: widgets/learner.js. */
  const WAITING = `${STORAGE}-class`;
  const LONGEST_NAME = 40;

  /** @param {string} name */
  const sayClass = (name) => (find("#class").textContent = name && fill(words.class, { name }));

  /** Take the class of the link; the same rule as in work/class_name.py. */
  const takeLink = () => {
    const name = (carried.get("class") || "").trim().replace(/\s+/g, " ");
    const isStrange = [...name].length > LONGEST_NAME || /[<>\p{C}\p{Zl}\p{Zp}]/u.test(name);
    if (isStrange) find("#class").textContent = words.strange;
    else if (name) sayClass(name);
    try {
      if (name && !isStrange) localStorage.setItem(WAITING, name);
      else if (!isStrange) sayClass(localStorage.getItem(WAITING) || "");
    } catch {} // a browser that keeps nothing says it below
    // whoever could not read that sentence would not know why no class is named
    if (asked && !isStrange) location.replace(asked.href);
  };

  /** @template Result @param {IDBRequest<Result>} request @returns {Promise<Result>} */
  const ended = (request) =>
    new Promise((good, bad) => {
      request.onsuccess = () => good(request.result);
      request.onerror = () => bad(request.error);
    });

  /** Open the storage; null if nothing was ever kept in it. @returns {Promise<IDBDatabase | null>} */
  const openStorage = () => {
    const request = indexedDB.open(STORAGE);
    let isNew = false;
    request.onupgradeneeded = () => {
      isNew = true;
      request.transaction?.abort();
    };
    return ended(request).catch((error) => {
      if (isNew) return null;
      throw error;
    });
  };

  /** Give who worked here last, and all acts in that learner's log. @returns {Promise<Work>} */
  const read = async () => {
    const storage = await openStorage();
    if (!storage) return { acts: [] };
    try {
      const both = storage.transaction(["files", "lines"]);
      const chosen = await ended(both.objectStore("files").get("chosen.json"));
      const { log, coder } = JSON.parse(chosen || "{}");
      if (!log) return { acts: [] };
      const kept = await ended(both.objectStore("lines").getAll(IDBKeyRange.bound([log, ""], [log, "\uffff"])));
      return { coder, acts: kept.flatMap(({ line }) => act(line) || []) };
    } finally {
      storage.close();
    }
  };

  /** @param {string} line @returns {Act | null} */
  const act = (line) => {
    try {
      const one = JSON.parse(line.replace(/^\u001e/, ""));
      return one.target ? one : null;
    } catch {
      return null;
    }
  };

  /** Of all acts on one target, the last one holds. @param {Act[]} acts */
  const latest = (acts) => {
    /** @type {Map<string, Act>} */
    const held = new Map();
    for (const one of acts) {
      const key = `${one.document || ""} ${one.target}`;
      const known = held.get(key);
      if (!known || known.seq < one.seq || (known.seq === one.seq && known.client < one.client)) held.set(key, one);
    }
    return [...held.values()];
  };

  /**
   * Tell of each part of a lesson whether it is done; the same rule as in work/progress.py.
   * @param {Lesson} lesson @param {Set<string>} answers @param {Act[]} tags @returns {Progress}
   */
  const look = (lesson, answers, tags) => {
    const kept = lesson.parts.map(({ items, tagged }) => [
      ...items.map((id) => answers.has(id)),
      ...tagged.map(([id, start, end]) => tags.some(({ document = "", span = { start: -1 } }) => document.startsWith(`${id}@`) && start <= span.start && span.start < end)),
    ]);
    /** @type {boolean[]} */
    const done = [];
    kept.forEach((acts, place) => {
      const later = kept.slice(place + 1).filter((others) => others.length).map((others) => others.some(Boolean));
      done.push(acts.length ? acts.every(Boolean) : later.length ? later.some(Boolean) : Boolean(done.at(-1)));
    });
    const now = lesson.parts.find((part, place) => !done[place] && !part.optional);
    return { lesson, done, now, isBegun: kept.flat().some(Boolean) };
  };

  /** @param {Progress} progress */
  const bar = ({ lesson, done, now }) => {
    const core = lesson.parts.map((part, place) => ({ part, isDone: done[place] })).filter(({ part }) => !part.optional);
    const bits = core.map(({ part, isDone }) => {
      const bit = make("i", { className: isDone ? "d" : part === now ? "n" : "" });
      bit.style.flex = `${part.minutes}`;
      return bit;
    });
    const row = make("span", { className: "bar", ariaHidden: "true" }, ...bits);
    return make("span", {}, fill(words.parts, { done: core.filter(({ isDone }) => isDone).length, all: core.length }), row);
  };

  /** @param {Progress} one @param {Progress | undefined} current */
  const drawCard = (one, current) => {
    const { lesson, now, isBegun } = one;
    const card = find(`[data-lesson="${lesson.number}"]`);
    card.className = `card ${now ? (one === current ? "now" : "new") : "done"}`;
    const kind = one === current ? "button main" : "button";
    const [word, look, said] = !now ? [words.again, "", words.at] : isBegun ? [words.on, kind, words.with] : [words.start, kind, words.lesson];
    const told = !now ? make("b", { className: "ok" }, words.done) : isBegun ? bar(one) : make("span", {}, words.new);
    const way = make("a", { href: lesson.href, className: look }, word, aloud(` ${fill(said, lesson)}`));
    find(".foot", card).replaceChildren(told, way);
  };

  /** @param {Progress[]} all @param {Progress | undefined} current */
  const drawWays = (all, current) => {
    const begun = all.some(({ isBegun }) => isBegun);
    const { lesson, now, isBegun } = current || all[all.length - 1];
    const said = !now ? words.finished : fill(isBegun ? words.goOn : begun ? words.goOnWith : words.begin, { ...lesson, part: now.name });
    const ways = [make("a", { href: current ? lesson.href : "#doors", className: "button main big" }, said)];
    if (begun) ways.push(make("a", { href: `${lesson.href}${lesson.ticket}`, className: "button big" }, words.handIn));
    find(".go").replaceChildren(...ways);
    const done = all.filter((one) => !one.now).length;
    const open = all.filter((one) => one.now && one.isBegun).length;
    find(".line p").textContent = fill(words.count, { done, begun: open, left: all.length - done - open });
  };

  /** @param {string} sentence @param {boolean} isTrouble */
  const say = (sentence, isTrouble = false) => {
    const kept = find(".kept");
    kept.textContent = sentence;
    kept.classList.toggle("trouble", isTrouble);
  };

  /** @param {number} number @param {string} what */
  const counted = (number, what) => `${number} ${what}${number === 1 ? "" : "s"}`;

  /** @param {string} coder @param {number} answers @param {number} tags @param {string} at */
  const sayKept = (coder, answers, tags, at) => {
    const when = new Date(at);
    const time = Number.isNaN(when.getTime()) ? "" : fill(words.since, { at: when.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" }) });
    say(`${fill(words.kept, { coder, tags: counted(tags, "tag"), answers: counted(answers, "answer") })} ${time}`);
  };

  const draw = async () => {
    /** @type {Work} */
    let work;
    try {
      work = await read();
    } catch {
      say(words.blocked, true);
      return;
    }
    const held = latest(work.acts);
    const answered = held.filter(({ kind, response }) => kind === "answer" && response);
    const about = [words.codeName, words.className].map((item) => answered.find(({ target }) => target === item)?.response?.text);
    const answers = new Set(answered.map(({ target }) => target).filter((item) => item !== words.codeName && item !== words.className));
    const tags = held.filter(({ kind, span }) => kind !== "remove" && span);
    const all = lessons.map((lesson) => look(lesson, answers, tags));
    /** @param {string} id */
    const home = (id) => all.find(({ lesson }) => lesson.parts.some(({ items }) => items.includes(id)));
    const times = answered.filter(({ target }) => home(target)).sort((one, two) => (one.at < two.at ? 1 : -1));
    const last = times.length ? home(times[0].target) : undefined;
    const left = all.filter(({ now }) => now);
    const current = [last, ...left.filter((one) => last && one.lesson.number > last.lesson.number), ...left].find((one) => one && one.now);
    for (const one of all) drawCard(one, current);
    drawWays(all, current);
    if (!held.length) return;
    const [coder, ofClass] = about;
    // a link that was opened just now is what its learner means
    if (ofClass && !find("#class").textContent) sayClass(ofClass);
    const at = held.map((one) => one.at).sort().at(-1);
    sayKept(coder || work.coder || "", answers.size, tags.length, at || "");
  };

  /* Another tab keeps something, or this page comes back from where it was left. */
  if ("BroadcastChannel" in window) new BroadcastChannel(STORAGE).onmessage = () => draw();
  addEventListener("pageshow", ({ persisted }) => persisted && draw());
  document.addEventListener("visibilitychange", () => document.hidden || draw());
  takeLink();
  draw();
})();
