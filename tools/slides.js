// One slide at a time: arrows, Page keys, Space, Home and End. Without this script all are shown
// one below the other, as they are on paper.
const page = document.documentElement;
const slides = [...document.querySelectorAll(".slide")];
const place = document.querySelector("output");
const [back, next, theme] = document.querySelectorAll("nav button");
let now = 0;

function show(number, silent) {
  now = Math.max(0, Math.min(slides.length - 1, number));
  slides.forEach((slide, index) => slide.classList.toggle("on", index === now));
  place.textContent = `${now + 1} of ${slides.length}`;
  back.disabled = now === 0;
  next.disabled = now === slides.length - 1;
  location.replace(`#${slides[now].id}`);
  scrollTo(0, 0);
  if (!silent) {
    slides[now].querySelector("h2").focus({ preventScroll: true });
  }
}

const STEPS = {
  ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1,
  Home: -Infinity, End: Infinity,
};

function change() {
  const dark = page.dataset.fkTheme
    ? page.dataset.fkTheme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  page.dataset.fkTheme = dark ? "light" : "dark";
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const pressed = event.target instanceof HTMLButtonElement && event.key === " ";
  if (event.key in STEPS && !pressed) {
    event.preventDefault();
    show(now + STEPS[event.key]);
  }
});
back.addEventListener("click", () => show(now - 1));
next.addEventListener("click", () => show(now + 1));
theme.addEventListener("click", change);
addEventListener("hashchange", () => {
  const found = slides.findIndex((slide) => `#${slide.id}` === location.hash);
  if (found >= 0 && found !== now) {
    show(found);
  }
});
page.classList.add("single");
show(slides.findIndex((slide) => `#${slide.id}` === location.hash), true);
