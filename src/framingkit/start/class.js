/** Makes the link of a class from what a teacher chooses; nothing is sent anywhere. */
(() => {
  const find = (id) => document.getElementById(id);
  const site = new URL("./", location.href);
  const draw = () => {
    const chosen = { lesson: find("lesson").value, class: find("name").value.trim().replace(/\s+/g, " ") };
    const said = Object.entries(chosen).filter(([, value]) => value);
    const place = said.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
    const address = `${site.href}${place && "#"}${place}`;
    find("link").href = address;
    find("link").textContent = address;
    const words = [chosen.lesson && ` --lesson ${chosen.lesson}`, chosen.class && ` --class "${chosen.class.replace(/["\\$`]/g, "")}"`];
    find("command").textContent = `framingkit class-link "${site.href}"${words.join("")} -o link.html`;
    find("said").textContent = "";
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(find("link").textContent);
      find("said").textContent = find("said").dataset.good;
    } catch {
      getSelection().selectAllChildren(find("link"));
      find("said").textContent = find("said").dataset.bad;
    }
  };
  for (const id of ["lesson", "name"]) find(id).addEventListener("input", draw);
  find("copy").addEventListener("click", copy);
  draw();
})();
