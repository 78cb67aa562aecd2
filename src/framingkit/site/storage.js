/**
 * The browser's half of keeping work: one IndexedDB database, and news between the tabs of a site.
 * Python runs this file in its worker and gets a function; the Python twin is browser.py.
 */

/** @typedef {{file: string, id: string, line: string, at: number}} Line */

/** @param {string} name of the database @param {(news: string) => void} hear what happened, as JSON */
(name, hear) => {
  const VERSION = 1;
  /** @type {Promise<IDBDatabase> | undefined} */
  let opened;
  /** @type {BroadcastChannel | undefined} an old browser has none: then other tabs hear when they look */
  const tabs = "BroadcastChannel" in globalThis ? new BroadcastChannel(name) : undefined;
  if (tabs) tabs.onmessage = ({ data }) => hear(JSON.stringify(data));

  /** @param {string} what */
  const gone = (what) => {
    opened = undefined;
    hear(JSON.stringify({ gone: what }));
  };

  /** @returns {Promise<IDBDatabase>} */
  const open = () =>
    (opened ||= new Promise((resolve, reject) => {
      const asked = indexedDB.open(name, VERSION);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("lines", { keyPath: ["file", "id"] });
        asked.result.createObjectStore("files");
      };
      asked.onsuccess = () => {
        const base = asked.result;
        base.onclose = () => gone("cleared");
        // a newer site, or somebody who clears the storage, waits for us
        base.onversionchange = ({ newVersion }) => {
          base.close();
          gone(newVersion ? "newer" : "cleared");
        };
        resolve(base);
      };
      asked.onerror = () => {
        opened = undefined;
        reject(asked.error);
      };
    }));

  /**
   * Do something in one transaction; its result counts when the browser says that all of it is on disk.
   * @param {(lines: IDBObjectStore, files: IDBObjectStore) => () => unknown} act returns what gives the result @returns {Promise<unknown>}
   */
  const within = async (act) => {
    const base = await open();
    return new Promise((resolve, reject) => {
      const all = base.transaction(["lines", "files"], "readwrite", { durability: "strict" });
      all.onabort = () => reject(all.error || new DOMException("", "AbortError"));
      const result = act(all.objectStore("lines"), all.objectStore("files"));
      all.oncomplete = () => resolve(result());
    });
  };

  /** @param {Promise<unknown>} work @returns {Promise<string>} JSON: the result, or the name of the error */
  const told = (work) => work.then((result) => JSON.stringify({ result: result ?? null }), (error) => JSON.stringify({ error: `${error?.name || error}` }));

  return {
    /** Everything that is kept. */
    load: () =>
      told(
        within((lines, files) => {
          const [all, names, texts] = [lines.getAll(), files.getAllKeys(), files.getAll()];
          return () => ({ lines: all.result, files: names.result.map((one, n) => [one, texts.result[n]]) });
        }),
      ),

    /** Keep lines and other files; gives how many lines there are. @param {string} json */
    keep: (json) => {
      /** @type {{lines: Line[], files: [string, string][]}} */
      const batch = JSON.parse(json);
      const work = within((lines, files) => {
        for (const line of batch.lines) lines.put(line);
        for (const [file, text] of batch.files) files.put(text, file);
        const count = lines.count();
        return () => {
          if (batch.lines[0] || batch.files[0]) tabs?.postMessage(batch);
          return count.result;
        };
      });
      return told(work);
    },

    /** Keep a file unless there is one; gives the text that is there. @param {string} file @param {string} text */
    claim: (file, text) =>
      told(
        within((_, files) => {
          let there = text;
          const asked = files.get(file);
          asked.onsuccess = () => {
            if (asked.result === undefined) files.put(text, file);
            else there = asked.result;
          };
          return () => there;
        }),
      ),

    /** What the browser says about its storage. */
    facts: async () => {
      let persisted;
      try {
        persisted = await navigator.storage?.persisted();
      } catch {} // it does not say
      return JSON.stringify({ secure: globalThis.isSecureContext, persisted: Boolean(persisted) });
    },
  };
};
