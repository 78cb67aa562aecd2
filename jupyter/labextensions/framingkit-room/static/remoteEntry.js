// Two small things that JupyterLab has no setting for. Only run.py and "framingkit open" load this.
// Side bars start closed on a narrow window. And a link to a heading lands on it: such links are
// written as GitHub and other viewers need them, and JupyterLab leaves capitals and full stops.
(() => {
  const NARROW = 1400;
  const WAIT = 100;
  const TRIES = 50;
  /** @param {string} id */
  const plain = (id) => id.toLowerCase().replace(/[^\p{L}\p{N}_-]/gu, "");

  /** @param {string} wanted @param {number} tries */
  const land = (wanted, tries) => {
    /** @type {NodeListOf<HTMLElement>} */
    const all = document.querySelectorAll("[data-jupyter-id]");
    const heading = [...all].filter((one) => plain(one.dataset.jupyterId || "") === wanted && one.checkVisibility()).at(-1);
    if (heading) {
      heading.scrollIntoView();
    } else if (tries) {
      setTimeout(land, WAIT, wanted, tries - 1);
    }
  };

  /** @param {any} event */
  const follow = (event) => {
    const link = event.target.closest?.(".jp-RenderedHTMLCommon a[href]");
    const address = link?.dataset.commandlinkerArgs ?? link?.getAttribute("href") ?? "";
    const wanted = /#([^"?]+)/.exec(address)?.[1];
    if (wanted && !link.classList.contains("jp-InternalAnchorLink")) {
      setTimeout(land, WAIT, plain(decodeURIComponent(wanted)), TRIES);
    }
  };

  /** @param {any} shell */
  const makeRoom = (shell) => {
    if (innerWidth < NARROW) {
      shell.collapseLeft?.();
      shell.collapseRight?.();
    }
  };

  // not waited for: JupyterLab is restored only when every extension is active
  /** @param {any} app */
  const activate = (app) => {
    document.addEventListener("click", follow);
    app.restored.then(() => makeRoom(app.shell));
  };

  const plugin = { id: "framingkit-room:plugin", autoStart: true, activate };
  (/** @type {any} */ (window)._JUPYTERLAB ||= {})["framingkit-room"] = {
    init() {},
    get: async () => () => ({ __esModule: true, default: plugin }),
  };
})();
