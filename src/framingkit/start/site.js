/**
 * The start page of a site: reads in the browser's own storage what is done, says it, and leads on.
 * The page is whole without it. How the work is stored: src/framingkit/site/__init__.py.
 */
(() => {
  const { lessons, words } = JSON.parse(document.getElementById("course").textContent);
  const find = (name, inside = document) => inside.querySelector(name);
  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const make = (tag, settings, ...inside) => {
    const one = Object.assign(document.createElement(tag), settings);
    one.append(...inside);
    return one;
  };
  const aloud = (said) => make("span", { className: "aloud" }, said);

  /* The link of a class carries what it says after "#", which no server sees. */
  const carried = new URLSearchParams(location.hash.slice(1));
  const asked = lessons.find(({ number }) => number === carried.get("lesson"));
  const NAME = "framingkit-class";
  try {
    if (carried.get("class")) localStorage.setItem(NAME, carried.get("class").slice(0, 40));
    const name = localStorage.getItem(NAME);
    if (name) find("#class").textContent = fill(words.class, { name });
  } catch {
    if (carried.get("class")) find("#class").textContent = fill(words.class, { name: carried.get("class") });
  }
  if (asked) location.replace(asked.href);

  const ended = (request) =>
    new Promise((good, bad) => {
      request.onsuccess = () => good(request.result);
      request.onerror = () => bad(request.error);
    });

  /** Open the storage; null if nothing was ever kept in it. */
  const openStorage = () => {
    const request = indexedDB.open("framingkit");
    let isNew = false;
    request.onupgradeneeded = () => {
      isNew = true;
      request.transaction.abort();
    };
    return ended(request).catch((error) => {
      if (isNew) return null;
      throw error;
    });
  };

  /** Give who worked here last, and all acts in that learner's log. */
  const read = async () => {
    const storage = await openStorage();
    if (!storage) return {};
    try {
      const both = storage.transaction(["files", "lines"]);
      const chosen = await ended(both.objectStore("files").get("chosen.json"));
      const { log, coder } = JSON.parse(chosen || "{}");
      if (!log) return {};
      const kept = await ended(both.objectStore("lines").getAll(IDBKeyRange.bound([log, ""], [log, "\uffff"])));
      return { coder, acts: kept.map(({ line }) => act(line)).filter(Boolean) };
    } finally {
      storage.close();
    }
  };

  const act = (line) => {
    try {
      const one = JSON.parse(line.replace(/^\u001e/, ""));
      return one.target ? one : null;
    } catch {
      return null;
    }
  };

  /** Of all acts on one target, the last one holds. */
  const latest = (acts) => {
    const held = new Map();
    for (const one of acts) {
      const key = `${one.document || ""} ${one.target}`;
      const known = held.get(key);
      if (!known || known.seq < one.seq || (known.seq === one.seq && known.client < one.client)) held.set(key, one);
    }
    return [...held.values()];
  };

  /** Tell of each part of a lesson whether it is done; the same rule as in work/progress.py. */
  const look = (lesson, answers, tags) => {
    const kept = lesson.parts.map(({ items, tagged }) => [
      ...items.map((id) => answers.has(id)),
      ...tagged.map(([id, start, end]) => tags.some((tag) => tag.document.startsWith(`${id}@`) && start <= tag.span.start && tag.span.start < end)),
    ]);
    const done = [];
    kept.forEach((acts, place) => {
      const later = kept.slice(place + 1).filter((others) => others.length).map((others) => others.some(Boolean));
      done.push(acts.length ? acts.every(Boolean) : later.length ? later.some(Boolean) : Boolean(done.at(-1)));
    });
    const now = lesson.parts.find((part, place) => !done[place] && !part.optional);
    return { lesson, done, now, isBegun: kept.flat().some(Boolean) };
  };

  const bar = ({ lesson, done, now }) => {
    const core = lesson.parts.map((part, place) => [part, done[place]]).filter(([part]) => !part.optional);
    const bits = core.map(([part, isDone]) => {
      const bit = make("i", { className: isDone ? "d" : part === now ? "n" : "" });
      bit.style.flex = part.minutes;
      return bit;
    });
    const row = make("span", { className: "bar", ariaHidden: "true" }, ...bits);
    return make("span", {}, fill(words.parts, { done: core.filter(([, isDone]) => isDone).length, all: core.length }), row);
  };

  const drawCard = (one, current) => {
    const { lesson, now, isBegun } = one;
    const card = find(`[data-lesson="${lesson.number}"]`);
    card.className = `card ${now ? (one === current ? "now" : "new") : "done"}`;
    const kind = one === current ? "button main" : "button";
    const [told, word, look, said] = !now
      ? [make("b", { className: "ok" }, words.done), words.again, "", words.at]
      : isBegun
        ? [bar(one), words.on, kind, words.with]
        : [make("span", {}, words.new), words.start, kind, words.lesson];
    const way = make("a", { href: lesson.href, className: look }, word, aloud(` ${fill(said, lesson)}`));
    find(".foot", card).replaceChildren(told, way);
  };

  const drawWays = (all, current) => {
    const begun = all.some(({ isBegun }) => isBegun);
    const { lesson, now, isBegun } = current || all.at(-1);
    const said = !current ? words.finished : fill(isBegun ? words.goOn : begun ? words.goOnWith : words.begin, { ...lesson, part: now.name });
    const ways = [make("a", { href: current ? lesson.href : "#doors", className: "button main big" }, said)];
    if (begun) ways.push(make("a", { href: `${lesson.href}${lesson.ticket}`, className: "button big" }, words.handIn));
    find(".go").replaceChildren(...ways);
    const done = all.filter((one) => !one.now).length;
    const open = all.filter((one) => one.now && one.isBegun).length;
    find(".line p").textContent = fill(words.count, { done, begun: open, left: all.length - done - open });
  };

  const say = (sentence, isTrouble) => {
    const kept = find(".kept");
    kept.textContent = sentence;
    kept.classList.toggle("trouble", Boolean(isTrouble));
  };

  const counted = (number, what) => `${number} ${what}${number === 1 ? "" : "s"}`;

  const sayKept = (coder, answers, tags, at) => {
    const when = new Date(at);
    const time = Number.isNaN(when.getTime()) ? "" : fill(words.since, { at: when.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" }) });
    say(`${fill(words.kept, { coder, tags: counted(tags, "tag"), answers: counted(answers, "answer") })} ${time}`);
  };

  const draw = async () => {
    let work;
    try {
      work = await read();
    } catch {
      say(words.blocked, true);
      return;
    }
    const held = latest(work.acts || []);
    const answered = held.filter(({ kind, response }) => kind === "answer" && response);
    const answers = new Set(answered.map(({ target }) => target));
    const tags = held.filter(({ kind, span }) => kind !== "remove" && span);
    const all = lessons.map((lesson) => look(lesson, answers, tags));
    const home = (id) => all.find(({ lesson }) => lesson.parts.some(({ items }) => items.includes(id)));
    const times = answered.filter(({ target }) => home(target)).sort((one, two) => (one.at < two.at ? 1 : -1));
    const last = times.length ? home(times[0].target) : null;
    const left = all.filter(({ now }) => now);
    const current = [last, ...left.filter((one) => last && one.lesson.number > last.lesson.number), ...left].find((one) => one && one.now);
    for (const one of all) drawCard(one, current);
    drawWays(all, current);
    if (!held.length) return;
    const named = held.find(({ target }) => target === words.codeName);
    const at = held.map((one) => one.at).sort().at(-1);
    sayKept(named?.response?.text || work.coder, answers.size - Number(Boolean(named)), tags.length, at);
  };

  /* Another tab keeps something, or this page comes back from where it was left. */
  if ("BroadcastChannel" in window) new BroadcastChannel("framingkit").onmessage = () => draw();
  addEventListener("pageshow", ({ persisted }) => persisted && draw());
  document.addEventListener("visibilitychange", () => document.hidden || draw());
  draw();
})();
