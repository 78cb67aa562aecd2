/** The buttons of a class report: projector, the teacher's own box, print. Nothing is sent anywhere. */
(() => {
  const root = document.documentElement;
  const box = document.querySelector(".framingkit-private");
  const folded = [...document.querySelectorAll(".framingkit-appendix > details")];
  const wish = document.getElementById("with-appendix");
  const button = (name) => document.querySelector(`[data-do="${name}"]`);
  const press = (name, on) => button(name)?.setAttribute("aria-pressed", String(on));
  const open = (on) => {
    if (!box) return;
    box.hidden = !on;
    press("private", on);
    if (on) box.focus();
  };
  const project = (on) => {
    root.toggleAttribute("data-projector", on);
    press("project", on);
    button("project").textContent = on ? "Leave projector view" : "Projector view";
    if (on) open(false);
    scrollTo(0, 0);
  };
  const acts = {
    project: () => project(!root.hasAttribute("data-projector")),
    private: () => open(box.hidden),
    print: () => print(),
  };
  for (const [name, act] of Object.entries(acts)) button(name)?.addEventListener("click", act);
  addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && root.hasAttribute("data-projector")) project(false);
  });
  wish.addEventListener("change", () => root.toggleAttribute("data-appendix", wish.checked));
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = wish.checked ? folded.filter((one) => !one.open) : [];
    for (const one of opened) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
  });
  for (const one of document.querySelectorAll(".framingkit-tools, .framingkit-wish")) one.hidden = false;
})();
