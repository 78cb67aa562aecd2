"""Joins the JavaScript modules of a widget into the one module that a notebook loads.

A widget in a notebook gets one piece of JavaScript and cannot import its neighbours. The files
beside this one are plain modules that browsers, editors and the type checker understand. They
are put one behind another, without their import lines, the word ``export``, whole-line comments
and indentation. For that they keep three rules, which tests check: an import fills one line, the
names at the top level differ between files, and no string goes over a line end.
"""

import re
from functools import cache
from pathlib import Path

from framingkit.base import PASSAGE_STYLE, disk

_FOLDER = Path(__file__).parent
_IMPORT = re.compile(r'^import \{ .* \} from "\./(\w+)\.js";$', re.MULTILINE)
_LEFT_OUT = re.compile(
    _IMPORT.pattern
    + r"|^export (?!default)"
    + r"|^[ ]*/\*(?:(?!\*/).)*\*/$"  # a comment with nothing else on its lines
    + r"|^[ ]*//.*?$",
    re.MULTILINE | re.DOTALL,
)


@cache
def join(name: str) -> str:
    """Join a module and all that it imports, each once, what is needed first.

    Parameters
    ----------
    name
        The file's name without its ending, for example ``span_tagger``.

    Returns
    -------
    str
        One module without imports.
    """
    return "\n".join(_bare(disk.read_text(_FOLDER / f"{part}.js")) for part in _order(name))


def _order(name: str) -> list[str]:
    """List a module after everything it imports."""
    parts: list[str] = []
    for needed in _IMPORT.findall(disk.read_text(_FOLDER / f"{name}.js")):
        parts += [part for part in _order(needed) if part not in parts]
    return [*parts, name]


def _bare(source: str) -> str:
    """Leave out what only the files need, and keep the words of every other line as they are."""
    lines = (line.strip() for line in _LEFT_OUT.sub("", source).splitlines())
    return "\n".join(line for line in lines if line)


@cache
def style(*names: str) -> str:
    """Put style sheets one behind another, after that of what is read beside a widget."""
    sheets = (disk.read_text(_FOLDER / f"{name}.css") for name in names)
    return "\n".join([PASSAGE_STYLE, *sheets])
