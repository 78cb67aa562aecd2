(() => {
const NAME = "framingkit-lesson";
const BASE = document.currentScript.src;
const GUARD = "import sys\nsys.path[:] = [place for place in sys.path if place]";
let shared;
const take = async (name) => (await Object.values(shared[name]).at(-1).get())();
const pause = (time) => new Promise((go) => setTimeout(go, time));
const source = (cell) => cell.model.sharedModel.getSource();
const isCode = (cell) => cell.model.type === "code";
const has = (cell, tag) => cell.model.getMetadata("tags")?.includes(tag);
const fill = (sentence, ...values) => sentence.replace(/\{(\d)\}/g, (_, place) => values[place]);
const make = (tag, settings, ...inside) => {
const one = Object.assign(document.createElement(tag), settings);
one.append(...inside);
return one;
};
const button = (onclick, settings, ...inside) => make("button", { onclick, ...settings }, ...inside);
const span = (kind, words) => make("span", { className: `fk-${kind}` }, words);
function open({ commands }, panel, id, { lessons, words, before: first = "" }, actions, Widget) {
const { content: notebook, sessionContext: session, context } = panel;
const lesson = lessons[id];
const scroller = notebook.outerNode || notebook.node;
const row = make("div", { className: "fk-row" });
const notes = make("div", { className: "fk-said", role: "status" });
const menu = make("nav", { className: "fk-menu", popover: "auto", ariaLabel: words.menu });
const node = make("section", { className: "fk-strip", ariaLabel: words.strip }, row, notes, menu);
const said = new Map();
let progress = {};
let live = false;
let isBack = false;
let moved;
let slow;
let later;
const kit = () => notebook.widgets.filter((cell) => lesson.cells[cell.model.id] && isCode(cell));
const isExact = () => JSON.stringify(kit().map(source)) === JSON.stringify(Object.values(lesson.cells).filter(Boolean));
const ready = () => {
const ours = kit();
let own = false;
return notebook.widgets.filter((cell) => {
if (!isCode(cell)) return false;
const given = ours.includes(cell) || source(cell) === "answer = ...";
const waits = own && has(cell, "check");
own = has(cell, "answer") ? !given : own && !waits;
return given && !waits;
});
};
const say = (about, sentence, ...inside) => {
said.delete(about);
if (sentence) said.set(about, make("p", {}, sentence, " ", ...inside));
notes.replaceChildren(...said.values());
};
const parts = () => {
const done = (act) => progress.done?.includes(act);
let after = false;
const all = lesson.parts.map((part, n) => ({ ...part, n: n + 1 }));
for (const part of all.toReversed()) {
const { acts, name } = part;
part.state = (acts[0] ? acts.every(done) : after) ? "done" : /^Optional/.test(name) ? "extra" : "come";
after ||= acts.some(done);
}
const left = all.filter(({ state }) => state === "come");
if (left[0]) left[0].state = "now";
for (const part of all) part.title = fill(words.part, part.n, part.name, part.time, words[part.state]);
return [all, ...left];
};
const find = (id) => notebook.widgets.findIndex((cell) => cell.model.id === id);
const go = (id) => {
notebook.activeCellIndex = find(id);
notebook.scrollToItem(find(id), "start");
};
const saved = () => {
const waiting = window.framingkitWaiting?.size;
return waiting ? fill(words.waiting, waiting) : progress.coder ? words.saved : "";
};
const draw = () => {
const [all, now, next] = parts();
const folded = panel.hasClass("fk-folded");
const segment = ({ id, n, name, time, state, title }) => {
const one = button(() => go(id), { title, ariaLabel: title }, make("b", {}, n), make("span", {}, ` ${state === "now" ? fill(words.minutes, name, time) : state === "done" ? "✓" : name}`));
if (state === "now") one.ariaCurrent = "step";
const item = make("li", { className: `is-${state}` }, one);
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
const fold = (folded) => {
localStorage["framingkit-code"] = folded ? "" : "shown";
panel.toggleClass("fk-folded", folded);
draw();
row.lastChild.focus();
};
const show = (all) => {
const folder = context.path.replace(/[^/]*$/, "");
const list = (title, links) => [make("h2", {}, title), make("ul", {}, ...links)];
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
const below = (cell) => cell.node.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
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
const cell = notebook.widgets.find((one) => below(one) + one.node.offsetHeight > 8);
if (isBack && cell) localStorage[place()] = JSON.stringify([cell.model.id, below(cell)]);
};
const hurry = () => {
clearTimeout(slow);
slow = setTimeout(() => say("kernel", session.kernelDisplayName === session.noKernelName ? words.none : words.slow), 20_000);
};
const guard = () => session.session.kernel.requestExecute({ code: `${GUARD}\n${first}`, silent: true, store_history: false });
const run = async () => {
if (!isExact()) return say("kernel", words.changed);
guard();
hurry();
moved = false;
if (!(await actions.runCells(notebook, ready(), session))) lost(words.stopped);
await goBack();
};
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
const protect = () => {
for (const cell of notebook.widgets) {
const { model, node } = cell;
const isOurs = model.id in lesson.cells;
if (isOurs || !(model.getMetadata("deletable") ?? 1)) for (const name of ["deletable", "editable"]) model.setMetadata(name, !isOurs);
if (isOurs) cell.addClass("fk-kit"), (node.dataset.sign = source(cell)[0]);
}
};
const look = () => say("place", `/${context.path}`.endsWith(`/${lesson.path}`) ? "" : words.copy);
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
const heard = ({ detail }) => {
if (detail.lesson !== id) return;
if (detail.said) return say(...detail.said);
clearTimeout(slow);
progress = detail;
say("file");
draw();
};
addEventListener("framingkit-progress", heard);
for (const kind of ["wheel", "keydown", "pointerdown"]) panel.node.addEventListener(kind, () => (moved = true));
const timer = setInterval(() => (row.querySelector(".fk-saved").textContent = saved()), 1000);
panel.disposed.connect(() => {
tabs.close();
clearInterval(timer);
removeEventListener("framingkit-progress", heard);
});
context.pathChanged.connect(look);
actions.executionScheduled.connect(before);
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
const activate = async (app, tracker) => {
const [{ NotebookActions }, { Widget }] = await Promise.all([take("@jupyterlab/notebook"), take("@lumino/widgets")]);
const asked = fetch(new URL("lessons.json", BASE), { cache: "no-cache" }).then((one) => one.json());
document.head.append(make("link", { rel: "stylesheet", href: new URL("strip.css", BASE) }));
tracker.widgetAdded.connect(async (_, panel) => {
await panel.context.ready;
const first = panel.content.widgets.find(isCode);
const id = /\bopen_lesson\("([\w-]+)"\)/.exec(first ? source(first) : "")?.[1];
const shipped = await asked;
if (Object.hasOwn(shipped.lessons, id)) open(app, panel, id, shipped, NotebookActions, Widget);
});
};
(window._JUPYTERLAB ||= {})[NAME] = {
init: (scope) => (shared = scope),
async get() {
const { INotebookTracker } = await take("@jupyterlab/notebook");
const plugin = { id: `${NAME}:plugin`, autoStart: true, requires: [INotebookTracker], activate };
return () => ({ __esModule: true, default: plugin });
},
};
})();
