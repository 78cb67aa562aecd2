/**
 * Opens the kit's lessons ready, and shows the strip above them: docs/decisions/0007 says why so.
 * Nothing runs by itself but cells whose code is, cell by cell, that of a shipped notebook.
 * tools/make_extension.py writes what is shipped: this file without comments and indentation.
 */
(() => {
  /** @typedef {{id: string, type: string, getMetadata(name: string): any, setMetadata(name: string, value: any): void, sharedModel: {getSource(): string}}} CellModel */
  /** @typedef {{model: CellModel, node: HTMLElement, addClass(name: string): void}} Cell a cell as JupyterLab shows it */
  /** @typedef {{id: string, name: string, time: number, acts: string[]}} Part as tools/make_extension.py tells it */
  /** @typedef {Part & {n: number, state: string, title: string}} ShownPart */
  /** @typedef {{path: string, title: string, end: string, parts: Part[], cells: Record<string, string | null>}} Lesson */
  /** @typedef {{lessons: Record<string, Lesson>, words: Record<string, string>, before?: string}} Shipped */
  /** @typedef {{lesson?: string, site?: string, coder?: string, done?: string[], said?: [string, string]}} Told what widgets/learner.js says */

  const NAME = "framingkit-lesson";
  // @ts-expect-error a plain script always has one
  const BASE = document.currentScript.src;
  // so that no file beside the notebook can pass for the kit
  const GUARD = "import sys\nsys.path[:] = [place for place in sys.path if place]";
  /** @type {any} what JupyterLab shares */
  let shared;
  /** @param {string} name @returns {Promise<any>} */
  const take = async (name) => (await Object.values(shared[name]).at(-1).get())();
  /** @param {number} time */
  const pause = (time) => new Promise((go) => setTimeout(go, time));
  /** @param {Cell} cell */
  const source = (cell) => cell.model.sharedModel.getSource();
  /** @param {Cell} cell */
  const isCode = (cell) => cell.model.type === "code";
  /** @param {Cell} cell @param {string} tag */
  const has = (cell, tag) => cell.model.getMetadata("tags")?.includes(tag);
  /** @param {string} sentence @param {any[]} values */
  const fill = (sentence, ...values) => sentence.replace(/\{(\d)\}/g, (_, place) => values[place]);
  /** @template {keyof HTMLElementTagNameMap} Tag @param {Tag} tag @param {object} settings @param {(Node | string | number)[]} inside */
  const make = (tag, settings, ...inside) => {
    const one = Object.assign(document.createElement(tag), settings);
    // @ts-expect-error the browser makes words of a number
    one.append(...inside);
    return one;
  };
  /** @param {() => unknown} onclick @param {object} settings @param {(Node | string)[]} inside */
  const button = (onclick, settings, ...inside) => make("button", { onclick, ...settings }, ...inside);
  /** @param {string} kind @param {string} words */
  const span = (kind, words) => make("span", { className: `fk-${kind}` }, words);

  /**
   * One notebook that is, or was, a lesson of the kit.
   * @param {any} app @param {any} panel @param {string} id @param {Shipped} shipped @param {any} actions @param {any} Widget
   */
  function open({ commands }, panel, id, { lessons, words, before: first = "" }, actions, Widget) {
    const { content: notebook, sessionContext: session, context } = panel;
    const lesson = lessons[id];
    const scroller = notebook.outerNode || notebook.node;
    const row = make("div", { className: "fk-row" });
    const notes = make("div", { className: "fk-said", role: "status" });
    const menu = make("nav", { className: "fk-menu", popover: "auto", ariaLabel: words.menu });
    const node = make("section", { className: "fk-strip", ariaLabel: words.strip }, row, notes, menu);
    /** @type {Map<string, HTMLElement>} */
    const said = new Map();
    /** @type {Told} */
    let progress = {};
    /** Whether set-up has run in the kernel that is there. */
    let live = false;
    let isBack = false;
    /** @type {any} whether the learner went somewhere since the cells began to run */
    let moved;
    /** @type {any} */
    let slow;
    /** @type {any} */
    let later;

    /** The code cells of the kit, as they are now. @returns {Cell[]} */
    // @ts-expect-error JupyterLab says no types
    const kit = () => notebook.widgets.filter((cell) => lesson.cells[cell.model.id] && isCode(cell));
    const isExact = () => JSON.stringify(kit().map(source)) === JSON.stringify(Object.values(lesson.cells).filter(Boolean));

    /** What runs by itself: the kit's cells, and answer cells as they came; not what somebody wrote, nor the check of it. */
    const ready = () => {
      const ours = kit();
      let own = false;
      // @ts-expect-error JupyterLab says no types
      return notebook.widgets.filter((cell) => {
        if (!isCode(cell)) return false;
        const given = ours.includes(cell) || source(cell) === "answer = ...";
        const waits = own && has(cell, "check");
        own = has(cell, "answer") ? !given : own && !waits;
        return given && !waits;
      });
    };

    /** @param {string} about @param {string} [sentence] @param {(Node | string)[]} inside */
    const say = (about, sentence, ...inside) => {
      said.delete(about);
      if (sentence) said.set(about, make("p", {}, sentence, " ", ...inside));
      notes.replaceChildren(...said.values());
    };

    /** The parts, the one that is to be done now, and the next. A part of only words is done when something after it is. @returns {any[]} all, and those that are left */
    const parts = () => {
      /** @param {string} act */
      const done = (act) => progress.done?.includes(act);
      let after = false;
      /** @type {any} */
      const all = lesson.parts.map((part, n) => ({ ...part, n: n + 1 }));
      for (const part of all.toReversed()) {
        const { acts, name } = part;
        part.state = (acts[0] ? acts.every(done) : after) ? "done" : /^Optional/.test(name) ? "extra" : "come";
        after ||= acts.some(done);
      }
      // @ts-expect-error it has just got one
      const left = all.filter(({ state }) => state === "come");
      if (left[0]) left[0].state = "now";
      for (const part of all) part.title = fill(words.part, part.n, part.name, part.time, words[part.state]);
      return [all, ...left];
    };

    /** @param {string} id @returns {number} */
    // @ts-expect-error JupyterLab says no types
    const find = (id) => notebook.widgets.findIndex((cell) => cell.model.id === id);
    /** @param {string} id */
    const go = (id) => {
      notebook.activeCellIndex = find(id);
      notebook.scrollToItem(find(id), "start");
    };

    const saved = () => {
      // @ts-expect-error widgets/delivery.js puts it there
      const waiting = window.framingkitWaiting?.size;
      return waiting ? fill(words.waiting, waiting) : progress.coder ? words.saved : "";
    };

    const draw = () => {
      const [all, now, next] = parts();
      const folded = panel.hasClass("fk-folded");
      /** @param {ShownPart} part */
      const segment = ({ id, n, name, time, state, title }) => {
        const one = button(() => go(id), { title, ariaLabel: title }, make("b", {}, n), make("span", {}, ` ${state === "now" ? fill(words.minutes, name, time) : state === "done" ? "✓" : name}`));
        if (state === "now") one.ariaCurrent = "step";
        const item = make("li", { className: `is-${state}` }, one);
        // @ts-expect-error the browser makes words of it
        item.style.setProperty("--min", time);
        return item;
      };
      row.replaceChildren(
        button(() => show(all), { className: "fk-where" }, make("b", {}, lesson.title.split(":")[0]), span("count", now ? fill(words.count, now.n, all.length) : ""), " ▾"),
        make("ol", {}, ...all.map(segment)),
        span("next", next ? fill(words.next, next.name, next.time) : ""),
        span("who", progress.coder || ""),
        span("saved", saved()),
        button(() => go(lesson.end), {}, words.hand_in),
        progress.site ? button(() => dispatchEvent(new Event("framingkit-download")), { className: "fk-file" }, words.download) : "",
        button(() => fold(!folded), { className: "fk-code", ariaPressed: !folded }, words.code),
      );
    };

    /** @param {boolean} folded */
    const fold = (folded) => {
      localStorage["framingkit-code"] = folded ? "" : "shown";
      panel.toggleClass("fk-folded", folded);
      draw();
      // @ts-expect-error it is the button that was pressed
      row.lastChild.focus();
    };

    /** Show the menu. @param {ShownPart[]} all */
    const show = (all) => {
      const folder = context.path.replace(/[^/]*$/, "");
      /** @param {string} title @param {Node[]} links */
      const list = (title, links) => [make("h2", {}, title), make("ul", {}, ...links)];
      /** @param {string} name @param {string} href @param {() => void} act */
      // @ts-expect-error a link hears of the event
      const link = (name, href, act) => make("li", {}, make("a", { href, onclick: (event) => (event.preventDefault(), menu.hidePopover(), act()) }, name));
      const here = Object.values(lessons).map(({ path, title }) => [...path.split("/"), title]).filter(([kind]) => lesson.path.startsWith(kind));
      menu.replaceChildren(
        ...list(words.parts, all.map(({ title, id }) => link(title, "#", () => go(id)))),
        ...list(words.lessons, here.map(([, name, title]) => link(title, name, () => commands.execute("docmanager:open", { path: folder + name })))),
      );
      const { left, bottom } = row.getBoundingClientRect();
      Object.assign(menu.style, { left: `${left + 8}px`, top: `${bottom}px` });
      menu.showPopover();
    };

    const place = () => `framingkit-place/${context.path}`;
    /** How far a cell is from the top of what is in sight. */
    /** @param {Cell} cell */
    const below = (cell) => cell.node.getBoundingClientRect().top - scroller.getBoundingClientRect().top;

    /** Go to where the learner was; tools above may still grow, so look again until they do not. */
    const goBack = async () => {
      const [id, by] = JSON.parse(localStorage[place()] || "[]");
      const at = Math.max(find(id), 0);
      if (!moved) notebook.activeCellIndex = at;
      for (let n = at ? 40 : 1; n && !moved && !notebook.isDisposed; n--) {
        scroller.scrollTop = at ? scroller.scrollTop + below(notebook.widgets[at]) - by : 0;
        await pause(150);
      }
    };

    const remember = () => {
      // @ts-expect-error JupyterLab says no types
      const cell = notebook.widgets.find((one) => below(one) + one.node.offsetHeight > 8);
      if (isBack && cell) localStorage[place()] = JSON.stringify([cell.model.id, below(cell)]);
    };

    /** If nothing answers soon, say so. */
    const hurry = () => {
      clearTimeout(slow);
      slow = setTimeout(() => say("kernel", session.kernelDisplayName === session.noKernelName ? words.none : words.slow), 20_000);
    };

    /** What comes before set-up; on the site, the work that the browser keeps is brought back by it. */
    const guard = () => session.session.kernel.requestExecute({ code: `${GUARD}\n${first}`, silent: true, store_history: false });

    /** Run what may run. */
    const run = async () => {
      if (!isExact()) return say("kernel", words.changed);
      guard();
      hurry();
      moved = false;
      if (!(await actions.runCells(notebook, ready(), session))) lost(words.stopped);
      await goBack();
    };

    /** @param {string} sentence */
    const lost = (sentence) => {
      live = false;
      clearTimeout(slow);
      say("kernel", sentence, isExact() ? button(bringBack, {}, words.again) : words.run);
    };

    const bringBack = async () => {
      const kernel = session.session?.kernel;
      if (!kernel) await session.startKernel();
      else if (kernel.status === "dead") await session.restartKernel();
      else await kernel.reconnect();
      await run();
    };

    /** Cells of the kit stay as they are; what was copied from them belongs to the learner. */
    const protect = () => {
      for (const cell of notebook.widgets) {
        const { model, node } = cell;
        const isOurs = model.id in lesson.cells;
        if (isOurs || !(model.getMetadata("deletable") ?? 1)) for (const name of ["deletable", "editable"]) model.setMetadata(name, !isOurs);
        // strip.css gives words of the kit their look, and each sign that a callout begins with its shape
        if (isOurs) cell.addClass("fk-kit"), (node.dataset.sign = source(cell)[0]);
      }
    };

    /** Say what is unusual about where this notebook is. */
    const look = () => say("place", `/${context.path}`.endsWith(`/${lesson.path}`) ? "" : words.copy);

    /** What needs set-up gets it first: cells run in the order in which they are asked for. */
    /** @param {unknown} _ @param {{notebook: any, cell: Cell}} what */
    const before = (_, { notebook: other, cell }) => {
      const [setup] = kit();
      if (other !== notebook || !setup || source(setup) !== lesson.cells[setup.model.id]) return;
      if (cell === setup) say("kernel");
      else if (!live) guard(), actions.runCells(notebook, [setup], session);
      live = true;
    };

    const listen = () => {
      const tabs = new BroadcastChannel(NAME);
      tabs.onmessage = ({ data: [path, isNew] }) => {
        if (path !== context.path) return;
        say("twice", words.twice);
        if (isNew) tabs.postMessage([path]);
      };
      tabs.postMessage([context.path, true]);
      /** @param {any} event @returns {void} */
      const heard = ({ detail }) => {
        if (detail.lesson !== id) return;
        // the line about the learner may be out of sight
        // @ts-expect-error it holds what it is about, and a sentence
        if (detail.said) return say(...detail.said);
        clearTimeout(slow);
        progress = detail;
        say("file");
        draw();
      };
      addEventListener("framingkit-progress", heard);
      for (const kind of ["wheel", "keydown", "pointerdown"]) panel.node.addEventListener(kind, () => (moved = true));
      // @ts-expect-error it is in the row, whenever that is drawn
      const timer = setInterval(() => (row.querySelector(".fk-saved").textContent = saved()), 1000);
      panel.disposed.connect(() => {
        tabs.close();
        clearInterval(timer);
        removeEventListener("framingkit-progress", heard);
      });
      context.pathChanged.connect(look);
      actions.executionScheduled.connect(before);
      /** @param {unknown} _ @param {any} status */
      const isLost = (_, status) => (status.oldValue || /restarting|dead|disconnected/.test(status)) && lost(words.lost);
      for (const name of ["status", "connectionStatus", "kernel"]) session[`${name}Changed`].connect(isLost);
      scroller.addEventListener("scroll", () => {
        clearTimeout(later);
        later = setTimeout(remember, 300);
      });
    };

    const start = async () => {
      const strip = new Widget({ node });
      panel.contentHeader.addWidget(strip);
      const sizes = new ResizeObserver(() => {
        node.style.minHeight = `${row.offsetHeight + notes.offsetHeight + 1}px`;
        strip.parent?.fit();
      });
      for (const one of [row, notes]) sizes.observe(one);
      if (isExact()) protect();
      panel.toggleClass("fk-folded", isExact() && !localStorage["framingkit-code"]);
      draw();
      look();
      hurry();
      while (!session.session?.kernel) {
        if (panel.isDisposed) return;
        await pause(100);
      }
      listen();
      await run();
      isBack = true;
    };
    start();
  }

  /** @param {any} app @param {any} tracker */
  const activate = async (app, tracker) => {
    const [{ NotebookActions }, { Widget }] = await Promise.all([take("@jupyterlab/notebook"), take("@lumino/widgets")]);
    const asked = fetch(new URL("lessons.json", BASE), { cache: "no-cache" }).then((one) => one.json());
    document.head.append(make("link", { rel: "stylesheet", href: new URL("strip.css", BASE) }));
    // @ts-expect-error JupyterLab says no types
    tracker.widgetAdded.connect(async (_, panel) => {
      await panel.context.ready;
      const first = panel.content.widgets.find(isCode);
      const id = /\bopen_lesson\("([\w-]+)"\)/.exec(first ? source(first) : "")?.[1];
      const shipped = await asked;
      // @ts-expect-error without an id there is no such lesson
      if (Object.hasOwn(shipped.lessons, id)) open(app, panel, id, shipped, NotebookActions, Widget);
    });
  };

  // @ts-expect-error JupyterLab puts it there
  (window._JUPYTERLAB ||= {})[NAME] = {
    /** @param {any} scope */
    init: (scope) => (shared = scope),
    async get() {
      const { INotebookTracker } = await take("@jupyterlab/notebook");
      const plugin = { id: `${NAME}:plugin`, autoStart: true, requires: [INotebookTracker], activate };
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();
