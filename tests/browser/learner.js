/** A learner at work in a tagger on the test page: fast, and telling which operations came of it. */

window.learner = {
  buried: new Set(),

  /** Do something in a view; return the operations that came of it and what the badge then says. */
  async act(wire, kind, number, digit) {
    const { model } = framingkitTest.mounted[wire];
    const root = document.querySelector(`[data-wire="${wire}"]`);
    const made = [];
    model.send = (content) => {
      if (content.kind === "operations") made.push(...content.operations);
      return Object.getPrototypeOf(model).send.call(model, content);
    };
    this[kind](root, number, digit);
    await null; // operations are sent in a microtask
    await null;
    delete model.send;
    return { made, badge: this.badge(wire) };
  },

  badge(wire) {
    return document.querySelector(`[data-wire="${wire}"] .fk-badge`).textContent;
  },

  /** Tag one word of the text with the code of a digit. */
  tag(root, number, digit) {
    this.select(root, number, 0);
    this.press(root, String(digit));
  },
  remove(root, number) {
    this.select(root, number, 1);
    this.press(root, "Delete");
  },
  undo(root) {
    this.press(root, "z", true);
  },
  redo(root) {
    this.press(root, "y", true);
  },
  /** Give a tag of the list another code or a note. */
  change(root, number, digit) {
    const rows = [...root.querySelectorAll(".fk-list li")];
    if (!rows.length) return;
    const id = rows[number % rows.length].dataset.id;
    const row = () => root.querySelector(`.fk-list li[data-id="${id}"]`);
    row().querySelector(".fk-jump").click();
    const field = row()?.querySelector(number % 2 ? "select" : "textarea");
    if (!field) return;
    field.value = number % 2 ? field.options[digit % field.options.length].value : `because ${number}`;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    row()?.querySelector(".fk-jump").click();
  },

  words(root) {
    return [...root.querySelectorAll(".fk-text p")].flatMap((paragraph) =>
      [...paragraph.textContent.matchAll(/\p{L}{3,}/gu)].map(({ index, 0: word }) => [paragraph, index, index + word.length]),
    );
  },
  /** Select a word, or put the cursor into it. */
  select(root, number, inside) {
    const all = this.words(root);
    const [paragraph, start, end] = all[number % all.length];
    const places = inside ? [start + 1, start + 1] : [start, end];
    root.querySelector(".fk-text").focus();
    getSelection().setBaseAndExtent(...places.flatMap((place) => this.nodeAt(paragraph, place)));
  },
  nodeAt(paragraph, place) {
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (place <= node.length) return [node, place];
      place -= node.length;
    }
    throw new Error("no such place");
  },
  press(root, key, ctrlKey = false) {
    const event = new KeyboardEvent("keydown", { key, ctrlKey, bubbles: true, cancelable: true });
    root.querySelector(".fk-text").dispatchEvent(event);
  },

  /** What the list of a view shows: id, code and note of each tag. */
  shown(wire) {
    const rows = document.querySelectorAll(`[data-wire="${wire}"] .fk-list li`);
    return [...rows].map((row) => [row.dataset.id, row.querySelector("b").textContent, row.querySelector("p")?.textContent || ""]);
  },
  /** In how many places this browser keeps operations. */
  kept() {
    return Object.keys(localStorage).filter((name) => name.startsWith("framingkit/")).length;
  },

  /** Take a view away, as running its cell again does. */
  bury(wire) {
    this.carry ||= window.toPython;
    window.toPython = (to, sent) => (this.buried.has(to) ? new Promise(() => {}) : this.carry(to, sent));
    this.buried.add(wire);
    for (const end of framingkitTest.mounted[wire].ends) end?.();
  },
};
