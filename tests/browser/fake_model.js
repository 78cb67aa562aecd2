/** The part of a notebook that a widget sees: models, views, and messages to and from Python. */

/** Only offsets.js counts characters as Python does, and it takes no text apart for that. */
const { [Symbol.iterator]: each } = String.prototype;
String.prototype[Symbol.iterator] = function () {
  if (new Error().stack.includes("blob:")) throw new Error(`A widget takes a text apart by itself: ${this.slice(0, 30)}`);
  return each.call(this);
};

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

class BaseModel {
  _handle_comm_msg(content) {
    this.trigger("msg:custom", content, []);
  }
}

/** As anywidget makes it: a widget that took too long to load gets no message any more. */
class FakeModel extends BaseModel {
  constructor(traits) {
    super();
    this.traits = traits;
    this.listeners = [];
    this.changed = {};
    this.outbox = [];
    this.sent = 0;
    this.comm = { on_msg: (hear) => (this.hear = hear) };
    this.comm.on_msg((content) => this._handle_comm_msg(content));
  }
  _handle_comm_msg(content) {
    if (!window.framingkitTest.late) super._handle_comm_msg(content);
  }
  get(name) {
    return this.traits[name];
  }
  set(name, value) {
    this.traits[name] = value;
    this.changed[name] = value;
    this.trigger("change:" + name, this, value);
    this.trigger("change", this);
  }
  save_changes() {
    this.outbox.push({ traits: this.changed });
    this.changed = {};
  }
  send(content) {
    this.sent += 1;
    this.outbox.push({ content: JSON.parse(JSON.stringify(content)) });
    this.wake?.();
  }
  on(events, callback, owner) {
    for (const event of events.split(" ")) this.listeners.push([event, callback, owner]);
  }
  off(event, callback, owner) {
    const goes = ([name, one, whose]) => (!event || name === event) && (!callback || one === callback) && (!owner || whose === owner);
    this.listeners = this.listeners.filter((listener) => !goes(listener));
  }
  trigger(event, ...values) {
    for (const [name, callback] of [...this.listeners]) if (name === event) callback(...values);
  }
  /** Carry messages both ways, in order, until the page goes. */
  async pump(wire) {
    for (;;) {
      const news = await window.toPython(wire, this.outbox.splice(0));
      for (const one of news) {
        if (one.content) this.hear(one.content);
        else for (const [name, value] of Object.entries(one.traits)) this.receive(name, value);
      }
      if (!this.outbox.length) await Promise.race([sleep(20), new Promise((done) => (this.wake = done))]);
    }
  }
  receive(name, value) {
    this.traits[name] = value;
    this.trigger("change:" + name, this, value);
  }
}

/**
 * A notebook gives every view its own proxy of the model; a widget must not take it for another
 * one. What was listened to through a proxy ends with its view.
 */
const proxyOf = (model, owner) => {
  const own = {
    on: (events, callback) => model.on(events, callback, owner),
    off: (event, callback) => model.off(event, callback, owner),
  };
  return new Proxy(model, { get: (to, name) => own[name] || (typeof to[name] === "function" ? to[name].bind(to) : to[name]) });
};

window.framingkitTest = {
  mounted: {},
  late: false,
  /** Show views in a shadow root, as some notebooks do; no style of the page reaches them. */
  shadow: false,
  async mount(wire, esm, css, traits, views) {
    const model = new FakeModel(traits);
    const url = URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
    const loaded = (await import(url)).default;
    const widget = typeof loaded === "function" ? await loaded() : loaded;
    const mounted = { model, widget, css, ends: [] };
    if (!this.shadow) document.head.append(this.style(css));
    this.mounted[wire] = mounted;
    model.pump(wire);
    mounted.ends.push(await widget.initialize?.({ model: proxyOf(model, mounted) }));
    for (let view = 0; view < views; view += 1) await this.view(wire);
  },
  style: (css) => Object.assign(document.createElement("style"), { textContent: css }),
  async view(wire) {
    const { model, widget, css, ends } = this.mounted[wire];
    const el = document.createElement("div");
    el.dataset.wire = wire;
    let place = document.querySelector("main");
    if (this.shadow) {
      place = place.appendChild(document.createElement("div")).attachShadow({ mode: "open" });
      place.append(this.style(css));
    }
    place.append(el);
    const end = await widget.render({ model: proxyOf(model, el), el });
    ends.push(() => {
      model.off(null, null, el);
      end();
      el.remove();
    });
  },
};
