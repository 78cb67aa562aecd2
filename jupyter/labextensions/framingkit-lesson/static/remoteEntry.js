/**
 * Opens the kit's lessons ready, and shows the strip above them. Why so: docs/decisions/0007.
 * Nothing runs by itself but cells whose code is, cell by cell, that of a shipped lesson.
 */
(() => {
  const NAME = "framingkit-lesson";
  const BASE = document.currentScript.src;
  const SLOW = 20_000;
  const page = window;
  const store = localStorage;
  let shared;
  const take = async (name) => (await Object.values(shared[name]).at(-1).get())();
  const pause = (time) => new Promise((go) => setTimeout(go, time));
  const make = (tag, settings, ...inside) => {
    const one = Object.assign(document.createElement(tag), settings);
    one.append(...inside);
    return one;
  };

  /** SHA-256 of a text; crypto.subtle is missing where a server is reached by plain http. */
  const hash = (text) => {
    const bytes = new TextEncoder().encode(text);
    const words = new Uint32Array((((bytes.length + 8) >> 6) + 1) * 16);
    [...bytes, 128].forEach((byte, n) => (words[n >> 2] |= byte << (24 - 8 * (n & 3))));
    words[words.length - 1] = bytes.length * 8;
    const part = (number) => ((number % 1) * 2 ** 32) | 0;
    const turn = (x, n) => (x >>> n) | (x << (32 - n));
    const rounds = [];
    const sum = [];
    for (let n = 2; rounds.length < 64; n++) {
      let by = 2;
      while (n % by) by++;
      if (by < n) continue;
      if (sum.length < 8) sum.push(part(n ** (1 / 2)));
      rounds.push(part(n ** (1 / 3)));
    }
    for (let at = 0; at < words.length; at += 16) {
      const w = [...words.subarray(at, at + 16)];
      let [a, b, c, d, e, f, g, h] = sum;
      rounds.forEach((round, n) => {
        if (n > 15) {
          const [x, y] = [w[n - 15], w[n - 2]];
          w[n] = (w[n - 16] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + w[n - 7] + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10))) | 0;
        }
        const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + round + w[n];
        const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
      });
      [a, b, c, d, e, f, g, h].forEach((value, n) => (sum[n] = (sum[n] + value) | 0));
    }
    return sum.map((value) => (value >>> 0).toString(16).padStart(8, "0")).join("");
  };

  const source = (cell) => cell.model.sharedModel.getSource();
  const isCode = (cell) => cell.model.type === "code";
  const tags = (cell) => cell.model.getMetadata("tags") || [];

  class Opened {
    constructor(app, panel, id, lesson, { NotebookActions }) {
      Object.assign(this, { app, panel, id, lesson, actions: NotebookActions, live: false });
      this.said = new Map();
      this.notebook = panel.content;
      this.session = panel.sessionContext;
    }

    /** The cells of the kit, as they are now. */
    get kit() {
      return this.notebook.widgets.filter((cell) => isCode(cell) && this.lesson.cells.includes(cell.model.id));
    }

    get isExact() {
      return hash(this.kit.map(source).join("\0")) === this.lesson.hash;
    }

    /** What runs by itself: the kit's cells, and answer cells that are as they came; not what somebody wrote, nor the check of it. */
    get ready() {
      const { kit } = this;
      let own = false;
      return this.notebook.widgets.filter((cell) => {
        if (!isCode(cell)) return false;
        if (!kit.includes(cell)) {
          const given = source(cell) === "answer = ...";
          own ||= !given && tags(cell).includes("answer");
          return given;
        }
        const waits = own && tags(cell).includes("check");
        if (waits) own = false;
        return !waits;
      });
    }

    get place() {
      return `framingkit-place/${this.panel.context.path}`;
    }

    get scroller() {
      return this.notebook.outerNode || this.notebook.node;
    }

    /** Go to where the learner was; tools above may still grow, so look again until they do not. */
    async goBack() {
      const { notebook, scroller } = this;
      const [id, by] = JSON.parse(store[this.place] || "[]");
      const at = Math.max(notebook.widgets.findIndex((cell) => cell.model.id === id), 0);
      const moved = new AbortController();
      for (const kind of ["wheel", "keydown", "pointerdown"]) scroller.addEventListener(kind, () => moved.abort(), { signal: moved.signal });
      notebook.activeCellIndex = at;
      for (let n = 0; n < 12 && !moved.signal.aborted && !notebook.isDisposed; n++) {
        if (at) await notebook.scrollToItem(at, "start");
        scroller.scrollTop += at ? notebook.widgets[at].node.getBoundingClientRect().top - scroller.getBoundingClientRect().top + by : -scroller.scrollTop;
        await pause(150);
      }
      moved.abort();
    }

    remember() {
      const top = this.scroller.getBoundingClientRect().top;
      const cell = this.notebook.widgets.find((one) => one.node.getBoundingClientRect().bottom > top + 8);
      if (cell) store[this.place] = JSON.stringify([cell.model.id, Math.round(top - cell.node.getBoundingClientRect().top)]);
    }

    async run() {
      if (!this.isExact) return;
      await this.actions.runCells(this.notebook, this.ready, this.session);
      await this.goBack();
    }

    async open() {
      if (!this.isExact) return;
      while (!this.session.session?.kernel) {
        if (this.panel.isDisposed) return;
        await pause(100);
      }
      for (const cell of this.kit) cell.addClass("fk-kit");
      this.panel.addClass("fk-folded");
      await this.run();
      this.scroller.addEventListener("scroll", () => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.remember(), 300);
      });
    }
  }

  const activate = async (app, tracker) => {
    const given = await take("@jupyterlab/notebook");
    const lessons = fetch(new URL("lessons.json", BASE), { cache: "no-cache" }).then((one) => one.json());
    document.head.append(make("style", {}, ".fk-folded .fk-kit > .jp-Cell-inputWrapper { display: none }"));
    tracker.widgetAdded.connect(async (_, panel) => {
      await panel.context.ready;
      const first = panel.content.widgets.find(isCode);
      const id = /\bopen_lesson\("([\w-]+)"\)/.exec(first ? source(first) : "")?.[1];
      const lesson = id && Object.hasOwn(await lessons, id) && (await lessons)[id];
      if (lesson) new Opened(app, panel, id, lesson, given).open();
    });
  };

  (page._JUPYTERLAB ||= {})[NAME] = {
    init: (scope) => (shared = scope),
    async get() {
      const { INotebookTracker } = await take("@jupyterlab/notebook");
      const plugin = { id: `${NAME}:plugin`, autoStart: true, requires: [INotebookTracker], activate };
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();
