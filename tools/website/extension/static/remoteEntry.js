// What only a site needs: a way back to the start page, room on a phone, links from a lesson to the
// other lessons and the pages of words, and answers that somebody typed into a workbook of an older
// version, which are brought into the new one.

(() => {
  /** @typedef {{getMetadata(name: string): any, id: string, sharedModel: {getSource(): string, setSource(text: string): void}}} Model */
  /** @typedef {{content: {widgets: {model: Model}[]}, context: {path: string, ready: Promise<void>}}} Panel */
  /** @typedef {{get(path: string, options: object): Promise<{content: {cells: {id: string, source: string | string[], metadata: {tags?: string[]}}[]}}>}} Contents */

  const NAME = "framingkit-site";
  const HERE = new URL(/** @type {HTMLScriptElement} */ (document.currentScript).src);
  // .../v-1/extensions/framingkit-site/static/remoteEntry.js
  const START = new URL("../../../../", HERE).href;
  const VERSION = new URL("../../../", HERE);
  const EMPTY = "answer = ...";
  const STYLE = `
    .fks-home { align-items: center; display: inline-flex; min-height: 32px; padding: 0 16px;
      color: #52298c; font: 700 16px/1.3 var(--jp-ui-font-family, sans-serif); }
    [data-jp-theme-light="false"] .fks-home { color: #c6abf8; }
    .jp-NotebookTrustedStatus { display: none; }
    @media (max-width: 760px) { #menu-panel .lm-MenuBar { display: none; } }`;
  /** @type {any} what JupyterLab shares */
  let shared;
  /** @param {string} name */
  const take = async (name) => (await /** @type {any} */ (Object.values(shared[name]).at(-1)).get())();

  /** @param {any} Widget */
  const home = (Widget) => {
    const node = document.createElement("div");
    const link = document.createElement("a");
    Object.assign(link, { className: "fks-home", href: START, textContent: "← All lessons" });
    node.append(link);
    const widget = new Widget({ node });
    widget.id = NAME;
    return widget;
  };

  /** JupyterLite leads to the files themselves: lead to the lesson, or the page, that they hold. @param {Event} event */
  const lead = (event) => {
    /** @type {HTMLAnchorElement | null | undefined} */
    const link = /** @type {Element} */ (event.target).closest?.(".jp-RenderedHTMLCommon a[href]");
    const files = new URL("files/", VERSION).href;
    if (!link || !link.href.startsWith(files)) return;
    const { pathname, hash } = new URL(link.href);
    const path = pathname.slice(new URL(files).pathname.length);
    const page = /^lessons-\w+\/docs\/(.+)\.md$/.exec(path);
    if (path.endsWith(".ipynb")) link.href = new URL(`notebooks/index.html?path=${path}${hash}`, VERSION).href;
    else if (page) link.href = new URL(`pages/${page[1]}.html${hash}`, VERSION).href;
    else return;
    // JupyterLab would look for the file among its own; the browser follows the link
    event.stopImmediatePropagation();
  };

  /**
   * List the versions that this browser has opened before the present one, the oldest first.
   * @param {string} version @param {string} course what the storage of this course is called @returns {string[]}
   */
  const olderVersions = (version, course) => {
    const versions = `${course}-versions`;
    /** @type {string[]} */
    const all = JSON.parse(localStorage[versions] || "[]");
    const older = all.filter((one) => one !== version);
    localStorage[versions] = JSON.stringify([...older, version].slice(-9));
    return older;
  };

  /**
   * Give the answers in the copies of this notebook that older versions have left, newest last.
   * @param {Contents} contents @param {string} path @param {string} course @returns {Promise<Map<string, string>>}
   */
  const olderAnswers = async (contents, path, course) => {
    const [version, ...place] = path.split("/");
    const found = new Map();
    for (const older of olderVersions(version, course)) {
      try {
        const { content } = await contents.get([older, ...place].join("/"), { content: true });
        for (const cell of content.cells) {
          const text = [cell.source].flat().join("");
          if (cell.metadata.tags?.includes("answer") && text !== EMPTY) found.set(cell.id, text);
        }
      } catch {
        // this version had no such notebook
      }
    }
    return found;
  };

  /** @param {Contents} contents @param {Panel} panel */
  const carry = async (contents, panel) => {
    const [{ PageConfig }] = await Promise.all([take("@jupyterlab/coreutils"), panel.context.ready]);
    // the same name as that of the database: each course of an address has its own
    const [course] = PageConfig.getOption("contentsStorageName").split(" ");
    const open = panel.content.widgets.filter(
      ({ model }) => model.getMetadata("tags")?.includes("answer") && model.sharedModel.getSource() === EMPTY
    );
    const answers = await olderAnswers(contents, panel.context.path, course);
    for (const { model } of open) {
      const answer = answers.get(model.id);
      if (answer) model.sharedModel.setSource(answer);
    }
  };

  /** @param {any} app @param {any} tracker */
  const activate = async (app, tracker) => {
    const { Widget } = await take("@lumino/widgets");
    const style = document.createElement("style");
    style.textContent = STYLE;
    document.head.append(style);
    for (const kind of ["click", "auxclick"]) document.addEventListener(kind, lead, true);
    app.shell.add(home(Widget), "menu", { rank: 0 });
    tracker.widgetAdded.connect((/** @type {unknown} */ _, /** @type {Panel} */ panel) => carry(app.serviceManager.contents, panel).catch(console.warn));
  };

  (/** @type {any} */ (window)._JUPYTERLAB ||= {})[NAME] = {
    /** @param {object} scope */
    init: (scope) => (shared = scope),
    async get() {
      const { INotebookTracker } = await take("@jupyterlab/notebook");
      const plugin = { id: `${NAME}:plugin`, autoStart: true, requires: [INotebookTracker], activate };
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();
