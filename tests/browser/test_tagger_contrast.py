"""Words and lines stand out from what lies behind them, in both themes."""

import pytest
from playwright.sync_api import expect
from tagger_page import make_tagger, open_everything, select, with_reference

THEMES = ["light", "dark"]
# gives the luminance of any colour, and of what lies behind an element
_COLOURS = """
(root) => {
  const pixel = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgb = (colour) => {
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = colour;
    pixel.fillRect(0, 0, 1, 1);
    return [...pixel.getImageData(0, 0, 1, 1).data];
  };
  const behind = (one, colours = []) => {
    for (; one; one = one.parentElement) colours.push(getComputedStyle(one).backgroundColor);
    pixel.clearRect(0, 0, 1, 1);
    for (const colour of colours.reverse()) {
      pixel.fillStyle = colour;
      pixel.fillRect(0, 0, 1, 1);
    }
    return [...pixel.getImageData(0, 0, 1, 1).data];
  };
  const over = (front, [r, g, b]) => {
    pixel.fillStyle = `rgb(${r} ${g} ${b})`;
    pixel.fillRect(0, 0, 1, 1);
    pixel.fillStyle = front;
    pixel.fillRect(0, 0, 1, 1);
    return [...pixel.getImageData(0, 0, 1, 1).data];
  };
  const light = (rgba) => {
    const [r, g, b] = rgba
      .map((n) => n / 255)
      .map((n) => (n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [dark, bright] = [light(a), light(b)].sort((x, y) => x - y);
    return (bright + 0.05) / (dark + 0.05);
  };
"""
_LINES = (
    _COLOURS
    + """
  const ground = behind(root.querySelector(".fk-text"));
  const button = behind(root.querySelector(".fk-code"));
  const chips = [...root.querySelectorAll(".fk-bar .fk-chip")];
  return chips.map((one) => getComputedStyle(one).backgroundColor).flatMap((one) =>
    [ground, button].map((other) => contrast(over(one, other), other)));
}"""
)
_WORDS = (
    _COLOURS
    + """
  const found = {};
  for (const one of root.querySelectorAll("*")) {
    const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !one.checkVisibility() || one.closest("[aria-disabled=true], :disabled")) continue;
    const ground = behind(one);
    const name = `${one.tagName} ${one.className}`;
    const ratio = contrast(over(getComputedStyle(one).color, ground), ground);
    found[name] = Math.min(found[name] || 99, ratio);
  }
  const style = (one) => getComputedStyle(one, "::before");
  for (const one of root.querySelectorAll("mark[data-chips], .fk-number")) {
    const [own] = style(one).backgroundImage.match(/rgb[^)]*[)]/) || [];
    const ground = own ? rgb(own) : behind(one);
    found[`${one.tagName}::before`] = contrast(over(style(one).color, ground), ground);
  }
  return found;
}"""
)


@pytest.mark.parametrize("theme", THEMES)
def test_words_stand_out_from_their_ground(page, open_widget, tmp_path, theme):
    handle = open_widget(page, with_reference(tmp_path), theme)
    open_everything(handle)

    found = handle.root.evaluate(_WORDS)

    assert len(found) > 15
    assert {name: ratio for name, ratio in found.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_the_lines_under_words_stand_out_from_their_ground(page, open_widget, tmp_path, theme):
    handle = open_widget(page, make_tagger(tmp_path), theme)

    ratios = handle.root.evaluate(_LINES)

    assert len(ratios) == 16
    assert min(ratios) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_an_alarm_stands_out_from_its_ground(page, open_widget, tmp_path, theme):
    handle = open_widget(page, make_tagger(tmp_path), theme)
    expect(handle.root.locator(".fk-badge")).to_have_text("Saved")
    handle.drop_to_python = True
    select(handle, "red carpet")
    page.keyboard.press("1")
    expect(handle.root.locator(".fk-badge")).to_have_attribute("data-state", "offline")

    assert handle.root.evaluate(_WORDS)["SPAN fk-badge"] >= 4.5
