"""Facts about a layout in a browser: what overlaps, what is cut, what makes a page scroll sideways.

They are told by geometry alone, so they hold for any look. What lies over other things on purpose
(``position: fixed``, or a dialog) is left out, and so is what is only read aloud.
"""

from playwright.sync_api import Page

SIZES = ((1366, 768), (683, 384), (390, 844), (320, 640))
"""A small laptop, the same at 200 % zoom, a phone, and a small phone or a laptop at 400 %."""

_FAULTS = """
(root) => {
  const faults = [];
  const name = (one) => `<${one.localName} class="${one.className?.baseVal ?? one.className}"> ` +
    (one.textContent ?? "").trim().replace(/\\s+/g, " ").slice(0, 50);
  const hidden = (one) => {
    for (let at = one; at && at !== document; at = at.parentElement) {
      const style = getComputedStyle(at);
      const clipped = style.clipPath !== "none" || style.clip !== "auto";
      if (clipped && at.getBoundingClientRect().width < 3) return true;
      if (style.position === "fixed" || at.matches("dialog, [popover]")) return true;
      if (style.opacity === "0") return true;
    }
    return !one.checkVisibility({ visibilityProperty: true });
  };
  const scrolls = (one) => {
    for (let at = one; at && at !== document.body; at = at.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth) {
        return true;
      }
    }
    return false;
  };
  if (document.documentElement.scrollWidth > innerWidth) {
    faults.push(`sideways: ${document.documentElement.scrollWidth} px in ${innerWidth}`);
  }
  const all = [...root.querySelectorAll("*")].filter((one) => !one.closest("svg, style, script"));
  const seen = all.filter((one) => !hidden(one));
  for (const one of seen) {
    const box = one.getBoundingClientRect();
    if (box.width > 0 && (box.left < -1 || box.right > innerWidth + 1) && !scrolls(one)) {
      faults.push(`beyond the edge: ${name(one)}`);
    }
    const style = getComputedStyle(one);
    const cuts = /hidden|clip/.test(style.overflowX + style.overflowY);
    const field = one.matches("input, textarea, select");
    const wide = one.scrollWidth > one.clientWidth + 1;
    const tall = one.scrollHeight > one.clientHeight + 1;
    const inline = style.display === "inline" || style.display === "contents";
    const words = one.textContent.trim() !== "";
    const small = (cuts && (wide || tall)) || (one.matches("button") && wide);
    if (words && !field && !inline && small) {
      faults.push(`cut: ${name(one)}`);
    }
  }
  // the part of the page in which something can be seen, and what moves along with it
  const around = (one) => {
    const frame = { left: -1e6, top: -1e6, right: 1e6, bottom: 1e6 };
    let layer = null;
    for (let at = one; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.position === "sticky" && !layer) layer = at;
      if (style.overflowX !== "visible" || style.overflowY !== "visible") {
        const box = at.getBoundingClientRect();
        frame.left = Math.max(frame.left, box.left);
        frame.top = Math.max(frame.top, box.top);
        frame.right = Math.min(frame.right, box.right);
        frame.bottom = Math.min(frame.bottom, box.bottom);
      }
    }
    return [frame, layer];
  };
  const texts = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    const foreign = parent.closest("svg, style, script, option, textarea");
    if (!node.textContent.trim() || foreign || hidden(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const [frame, layer] = around(parent);
    for (const box of range.getClientRects()) {
      const slack = box.height * 0.24; // letters are lower than the box that a font asks for
      const text = { node, layer, left: Math.max(box.left + 1.5, frame.left),
        right: Math.min(box.right - 1.5, frame.right),
        top: Math.max(box.top + slack, frame.top),
        bottom: Math.min(box.bottom - slack, frame.bottom) };
      if (text.right > text.left + 1 && text.bottom > text.top + 1) texts.push(text);
    }
  }
  texts.sort((a, b) => a.top - b.top);
  for (let i = 0; i < texts.length; i += 1) {
    for (let j = i + 1; j < texts.length && texts[j].top < texts[i].bottom; j += 1) {
      const [a, b] = [texts[i], texts[j]];
      if (a.node !== b.node && a.layer === b.layer && a.left < b.right && b.left < a.right) {
        faults.push(`words over words: “${a.node.textContent.trim().slice(0, 30)}” and ` +
          `“${b.node.textContent.trim().slice(0, 30)}”`);
      }
    }
  }
  const controls = seen.filter((one) =>
    one.matches("button, a[href], input, select, textarea, summary, [role=button]") &&
    one.getBoundingClientRect().width > 1);
  for (let i = 0; i < controls.length; i += 1) {
    const a = controls[i].getBoundingClientRect();
    for (let j = i + 1; j < controls.length; j += 1) {
      if (controls[i].contains(controls[j]) || controls[j].contains(controls[i])) continue;
      const inText = [controls[i], controls[j]].every((one) => one.matches("a"));
      const b = controls[j].getBoundingClientRect();
      const deep = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      if (!inText && deep > 2 && wide > 2) {
        faults.push(`control over control: ${name(controls[i])} and ${name(controls[j])}`);
      }
    }
  }
  return [...new Set(faults)].slice(0, 12);
}"""


def layout_faults(page: Page, selector: str = "body") -> list[str]:
    """Name what is wrong with the layout of a part of a page, at its present size."""
    page.evaluate("document.fonts.ready.then(() => 0)")
    found: list[str] = page.locator(selector).first.evaluate(_FAULTS)
    return found


def faults_at_all_sizes(page: Page, selector: str = "body") -> list[str]:
    """Try every size, and put it before each fault."""
    wrong = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(60)
        wrong += [f"{width} px: {one}" for one in layout_faults(page, selector)]
    return wrong
