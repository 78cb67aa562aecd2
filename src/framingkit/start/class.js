/** Makes the link of a class from what a teacher chooses; nothing is sent anywhere. */
(() => {
  /** @template {HTMLElement} [One=HTMLElement] @param {string} id @returns {One} what the page has for sure */
  const find = (id) => /** @type {One} */ (document.getElementById(id));
  /** @type {HTMLSelectElement} */
  const lesson = find("lesson");
  /** @type {HTMLInputElement} */
  const name = find("name");
  /** @type {HTMLAnchorElement} */
  const link = find("link");
  const said = find("said");
  const site = new URL("./", location.href);
  const draw = () => {
    const chosen = { lesson: lesson.value, class: name.value.trim().replace(/\s+/g, " ") };
    // the same rule as in work/class_name.py
    const isStrange = /[<>\p{C}\p{Zl}\p{Zp}]/u.test(chosen.class);
    if (isStrange) chosen.class = "";
    const carried = Object.entries(chosen).filter(([, value]) => value);
    const place = carried.map(([part, value]) => `${part}=${encodeURIComponent(value)}`).join("&");
    const address = `${site.href}${place && "#"}${place}`;
    link.href = address;
    link.textContent = address;
    const words = [chosen.lesson && ` --lesson ${chosen.lesson}`, chosen.class && ` --class "${chosen.class.replace(/["\\$`]/g, "")}"`];
    find("command").textContent = `framingkit class-link "${site.href}"${words.join("")} -o link.html`;
    said.textContent = (isStrange && said.dataset.strange) || "";
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link.href);
      said.textContent = said.dataset.good || "";
    } catch {
      getSelection()?.selectAllChildren(link);
      said.textContent = said.dataset.bad || "";
    }
  };
  for (const one of [lesson, name]) one.addEventListener("input", draw);
  find("copy").addEventListener("click", copy);
  draw();
})();
