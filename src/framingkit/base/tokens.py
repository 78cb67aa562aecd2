"""The design tokens, put together for tools in a notebook and for pages of our own.

`tokens.css` has each block once. In a notebook JupyterLab says on ``<body>`` that it is dark. A
page of our own (class ``fk-page`` on ``<html>``) follows the system or ``data-fk-theme="dark"``.
Dark values hold only on a screen, so paper falls back to the light ones by itself.

A custom property that uses ``var()`` takes its value where it is declared. So a line cannot refer
to the colour of its code: the dark lines are the light ones with another colour written into them.
"""

import re
from pathlib import Path

from framingkit.base import disk

CODES = ("gm", "wm", "nm", "pa", "cs", "sq", "eo", "mx", "he", "bo", "va", "lw", "mc", "ma")
"""The codes that have a look of their own, by their chips in small letters."""

_DARK = '[data-fk-theme="dark"]'
_IN_LAB = 'body[data-jp-theme-light="false"]'
_SYSTEM = ".fk-page:not([data-fk-theme])"
_SCHEME = "color-scheme:dark;"


def code_look(chip: str) -> str:
    """Give the look of a code, for a ``style`` attribute: its colour ``--c`` and its line ``--l``.

    A code that is not one of the kit's takes the look of one of them, always of the same one.

    Parameters
    ----------
    chip
        The two letters of the code.

    Examples
    --------
    >>> code_look("GM")
    '--c:var(--fk-gm);--l:var(--fk-gm-line)'
    >>> code_look("ZZ") == code_look("ZZ")
    True
    """
    name = code_key(chip)
    return f"--c:var(--fk-{name});--l:var(--fk-{name}-line)"


def code_key(chip: str) -> str:
    """Name the look of a code: its own, or the one that its letters lead to.

    Examples
    --------
    >>> code_key("CS"), code_key("ZZ")
    ('cs', 'eo')
    """
    known = chip.lower()
    return known if known in CODES else CODES[sum(map(ord, known)) % len(CODES)]


def _squeeze(css: str) -> str:
    """Leave out comments and the spaces that only a reader needs."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    # a quoted text stays whole: the spaces in a line drawn as SVG count
    parts = re.split(r'("[^"]*")', " ".join(bare.split()))
    return "".join(
        part if part.startswith('"') else re.sub(r"\s*([{}:;,])\s*", r"\1", part) for part in parts
    )


def _with_lines(dark: str, light: str) -> str:
    """Add to the dark values the line of each code in its dark colour."""
    lines = ""
    for name in CODES:
        [old], [new] = (re.findall(f"--fk-{name}:#(\\w+);", block) for block in (light, dark))
        [line] = re.findall(f'--fk-{name}-line:url\\("[^"]*"\\);', light)
        lines += line.replace(f"%23{old}", f"%23{new}")
    return dark + lines


def _compose(css: str) -> tuple[str, str]:
    """Make the tokens for a notebook and those for a page."""
    start = css.index(_DARK)
    dark = css[start + len(_DARK) + 1 : css.index("}", start)]
    light, rest = css[:start], css[start + len(_DARK) + len(dark) + 2 :]
    dark = _with_lines(dark, light)
    lab = f"{light}@media screen{{{_IN_LAB}{{{dark}}}}}{rest.replace(_DARK, _IN_LAB)}"
    lab = lab.replace(":root", ":root,:host")  # some notebooks show a widget in a shadow root
    system = f"@media screen and (prefers-color-scheme:dark){{{_SYSTEM}{{{_SCHEME}{dark}}}}}"
    chosen = f"@media screen{{{_DARK}{{{_SCHEME}{dark}}}}}"
    page = f"{light}{chosen}{system}{rest.replace(_DARK, f'{_DARK},{_SYSTEM}')}"
    return lab, page


_FILE = Path(__file__).with_name("tokens.css")


def token(name: str) -> str:
    """Give the light value of a token, for a picture that is drawn before it is shown.

    Examples
    --------
    >>> token("cs"), token("heat-3")
    ('#a01a63', '#c9b2ea')
    """
    return WIDGET_TOKENS.partition(f"--fk-{name}:")[2].partition(";")[0]


WIDGET_TOKENS, PAGE_TOKENS = _compose(_squeeze(disk.read_text(_FILE)))
