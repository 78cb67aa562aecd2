"""The tokens: what is written is readable on its ground, in light and dark, and nothing is lost."""

import re

import pytest

from framingkit.base import PAGE_TOKENS, WIDGET_TOKENS, code_look
from framingkit.base.tokens import CODES
from framingkit.course import load_codebook

LAB = 'body[data-jp-theme-light="false"]'
LENT = {"light": "#ffffff", "dark": "#111111"}  # what JupyterLab lends as a ground
GROUNDS = ("ground", "desk", "sheet", "sunk", "lent")
STATES = ("ok", "think", "miss", "alarm")
TEXT, GRAPHIC = 4.5, 3.0


def block(css, head):
    """Give the colours between the braces after the first such head."""
    inside = css.partition(head + "{")[2].partition("}")[0]
    found = re.findall(r"--fk-([\w-]+):(?:var\([\w-]+,)?(#[0-9a-f]{6})\)?;", inside)
    return dict(found)


def colours(theme):
    light = block(WIDGET_TOKENS, ":root,:host")
    values = light if theme == "light" else light | block(WIDGET_TOKENS, LAB)
    return values | {"lent": LENT[theme]}


def luminance(colour):
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def pairs():
    """Name what is set on what, and the least contrast of the two."""
    for ground in GROUNDS:
        texts = ("ink", "ink-2", "ink-3", "accent", *STATES)
        yield from ((text, ground, TEXT) for text in texts)
        yield from ((line, ground, GRAPHIC) for line in ("edge", "accent-line", *CODES))
    # the letters of a chip have the colour of the ground
    yield from ((ground, code, TEXT) for code in CODES for ground in ("ground", "sheet", "lent"))
    yield from ((ground, state, TEXT) for state in STATES for ground in ("ground", "sheet"))
    yield from (("on-accent", ground, TEXT) for ground in ("accent", "accent-hover"))
    yield from ((text, "accent-soft", TEXT) for text in ("ink", "ink-2", "accent"))
    yield from ((code, "accent-soft", GRAPHIC) for code in CODES)
    yield from (("heat-ink", f"heat-{step}", TEXT) for step in (1, 2, 3, 4))
    for state in STATES:
        yield from ((text, f"{state}-soft", TEXT) for text in (state, "ink", "ink-2"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_has_four_and_a_half_to_one_and_graphics_three(theme):
    values = colours(theme)

    weak = [
        f"{one} on {ground}: {contrast(values[one], values[ground]):.2f}, not {least}"
        for one, ground, least in pairs()
        if contrast(values[one], values[ground]) < least
    ]
    assert weak == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_steps_of_heat_go_one_way_in_lightness_and_can_be_told_apart_in_grey(theme):
    values = colours(theme)
    steps = [luminance(values[f"heat-{step}"]) for step in (1, 2, 3, 4)]

    assert steps == sorted(steps, reverse=theme == "light")
    contrasts = [contrast(values[f"heat-{step}"], values[f"heat-{step + 1}"]) for step in (1, 2, 3)]
    assert min(contrasts) >= 1.2, contrasts


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_device_of_the_kit_has_a_colour_and_a_line_of_its_own(theme):
    css = WIDGET_TOKENS.partition(LAB)[0 if theme == "light" else 2]
    lines = {name: re.search(f'--fk-{name}-line:url\\("([^"]+)"\\)', css)[1] for name in CODES}
    shapes = {re.sub("%23[0-9a-f]{6}", "", line) for line in lines.values()}
    values = colours(theme)

    assert [
        device.chip.lower()
        for device in load_codebook().devices
        if device.chip.lower() not in CODES
    ] == []
    assert len(shapes) == len({values[name] for name in CODES}) == len(CODES) == 14
    assert [name for name in CODES if values[name].replace("#", "%23") not in lines[name]] == []
    assert all("height='6'" in line for line in lines.values())


def test_a_strange_code_gets_one_of_the_looks_and_always_the_same():
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    looks = {code_look(one + other) for one in letters for other in letters}

    assert code_look("CS") == "--c:var(--fk-cs);--l:var(--fk-cs-line)"
    assert looks == {code_look(name.upper()) for name in CODES}


def test_both_kinds_have_every_name_in_every_block_and_need_nothing_else():
    used = set(re.findall(r"--fk-[\w-]+(?=:)", WIDGET_TOKENS))

    assert set(re.findall(r"--fk-[\w-]+(?=:)", PAGE_TOKENS)) == used
    dark = set(re.findall(r"--fk-[\w-]+(?=:)", WIDGET_TOKENS.partition(LAB)[2].partition("}")[0]))
    forced = set(re.findall(r"--fk-[\w-]+(?=:)", WIDGET_TOKENS.partition("forced-colors")[2]))
    assert dark == forced
    assert re.findall(r"url\((?!\"data:)|@import|/\*", PAGE_TOKENS + WIDGET_TOKENS) == []
    assert len(WIDGET_TOKENS.encode()) <= 14_000


def test_dark_holds_on_a_screen_only_and_a_page_of_our_own_does_not_ask_jupyterlab():
    for css, heads in (
        (WIDGET_TOKENS, [LAB]),
        (PAGE_TOKENS, ['[data-fk-theme="dark"]', ".fk-page"]),
    ):
        before_forced = css.partition("@media (forced-colors")[0]
        for head in heads:
            for found in re.finditer(re.escape(head), before_forced):
                media = before_forced[: found.start()].rpartition("@media")[2]
                assert media.startswith(" screen"), head
    assert "data-jp-theme" not in PAGE_TOKENS
    assert "prefers-color-scheme" not in WIDGET_TOKENS
