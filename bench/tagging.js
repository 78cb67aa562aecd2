// Times one act at a time. "Work" is what keeps the page from answering: the handler of the act,
// and the frame that shows it (from the start of requestAnimationFrame to the first task after
// it, which comes when the page is laid out and painted). The handler starts from a task of its
// own: inside requestAnimationFrame, layout and paint would not be counted.

const task = (act) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = act;
  port2.postMessage(0);
};
const rest = (time) => new Promise((done) => setTimeout(done, time));
const frame = () =>
  new Promise((done) => requestAnimationFrame(() => {
    const start = performance.now();
    task(() => done(performance.now() - start));
  }));
const timed = (act) =>
  new Promise((done) => task(async () => {
    const start = performance.now();
    act();
    const handler = performance.now() - start;
    done([handler, await frame()]);
  }));

class Model {
  constructor(traits) {
    this.traits = traits;
    this.heard = [];
  }
  get(name) {
    return this.traits[name];
  }
  set(name, value) {
    this.traits[name] = value;
  }
  on(event, act) {
    if (event === "msg:custom") this.heard.push(act);
  }
  off() {}
  send({ kind, client, operations }) {
    const answers = { hello: { kind: "welcome", client, before: 0, news: 0 } };
    if (operations) answers.operations = { kind: "saved", ids: operations.map((one) => one.id) };
    if (answers[kind]) setTimeout(() => this.heard.forEach((act) => act(answers[kind])), 5);
  }
}

const visible = (box, parts) => {
  const { top, bottom } = box.getBoundingClientRect();
  return parts.filter((one) => {
    const place = one.getBoundingClientRect();
    return place.bottom > top && place.top < bottom && one.textContent.length > 20;
  });
};

// the same places in every run
let seed = 20250815;
const chance = () => (seed = (seed * 16807) % 2147483647) / 2147483647;

function nodeAt(part, place) {
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() && place > walker.currentNode.length) place -= walker.currentNode.length;
  return [walker.currentNode, place];
}

/** Choose words in what is on the screen, and put the selection on them. */
function selectWords(parts, number) {
  const part = parts[number % parts.length];
  const start = Math.floor(chance() * (part.textContent.length - 14));
  const end = start + 5 + (number % 9);
  getSelection().setBaseAndExtent(...nodeAt(part, start), ...nodeAt(part, end));
}

window.bench = {
  async mount(code, traits) {
    const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    const widget = (await import(url)).default();
    const model = (bench.model = new Model(traits));
    const el = document.createElement("div");
    const start = performance.now();
    widget.initialize({ model });
    document.querySelector("main").append(el);
    widget.render({ model, el });
    await frame();
    return performance.now() - start;
  },

  /** Open the feedback margin, with a note on every tag. */
  async margin() {
    const { tags } = bench.model.traits;
    const remarks = tags.map((tag, n) => ({ ...tag, group: ["match", "think"][n % 2], open: n % 2 > 0, number: 1 + (n >> 2), reason: "A reason of some words." }));
    bench.model.heard.forEach((act) => act({ kind: "comparison", summary: "", remarks }));
    await frame();
    const filters = [...document.querySelectorAll(".fk-result button")];
    return Number(filters[0].textContent.match(/\d+/)[0]);
  },

  select(number) {
    const host = document.querySelector(".fk-text");
    host.focus();
    const box = document.querySelector(".fk-scroll");
    selectWords(visible(box, [...host.querySelectorAll("p")]), number);
  },

  async tag(times) {
    const host = document.querySelector(".fk-text");
    const found = [];
    await rest(500);
    for (let number = 0; number < times; number += 1) {
      bench.select(number);
      await rest(260);
      const key = String(1 + (number % 8));
      const press = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
      found.push(await timed(() => host.dispatchEvent(press)));
      await rest(60);
    }
    return found;
  },

  /** Note for each key when it was pressed, when the page began with it, when its effect was painted, and when it was saved. */
  listen() {
    bench.keys = [];
    const since = () => performance.timeOrigin + performance.now();
    addEventListener("keydown", (event) => {
      const one = { pressed: performance.timeOrigin + event.timeStamp, chosen: since() };
      bench.keys.push(one);
      requestAnimationFrame(() => task(() => (one.painted = since())));
    }, true);
    const badge = document.querySelector(".fk-badge");
    new MutationObserver(() => {
      const one = bench.keys[bench.keys.length - 1];
      if (one && badge.dataset.state === "saved") one.saved = since();
    }).observe(badge, { attributes: true, attributeFilter: ["data-state"] });
  },

  /** The two plain ways: a tag makes the whole text again, as elements or as one string of HTML. */
  async whole(way, text, tags, times) {
    const box = document.createElement("div");
    box.className = "whole";
    document.querySelector("main").append(box);
    const build = { elements, html }[way];
    const start = performance.now();
    build(box, text, tags);
    await frame();
    const mount = performance.now() - start;
    const found = [];
    for (let number = 0; number < times; number += 1) {
      await rest(60);
      const at = 20 + ((number * 37) % 400);
      found.push(await timed(() => build(box, text, tags.concat([{ start: at, end: at + 8 }]))));
    }
    return { mount, found };
  },
};

/** Cut a text where a tag begins or ends; say which pieces are tagged. */
function pieces(text, tags) {
  const edges = new Map([[0, 0], [text.length, 0]]);
  for (const { start, end } of tags) {
    edges.set(start, (edges.get(start) || 0) + 1);
    edges.set(end, (edges.get(end) || 0) - 1);
  }
  const cuts = [...edges.keys()].sort((a, b) => a - b);
  let depth = 0;
  return cuts.slice(0, -1).map((from, n) => {
    depth += edges.get(from);
    return [text.slice(from, cuts[n + 1]), depth];
  });
}

function elements(box, text, tags) {
  box.replaceChildren(
    ...pieces(text, tags).map(([words, depth]) => {
      if (!depth) return words;
      const mark = document.createElement("mark");
      mark.textContent = words;
      return mark;
    }),
  );
}

function html(box, text, tags) {
  const safe = (words) => words.replace(/[&<]/g, (sign) => (sign === "&" ? "&amp;" : "&lt;"));
  const made = pieces(text, tags).map(([words, depth]) =>
    depth ? `<mark>${safe(words)}</mark>` : safe(words),
  );
  box.innerHTML = made.join("");
}
