"""Joins the JavaScript modules of a widget into the one module that a notebook loads.

A widget in a notebook gets one piece of JavaScript and cannot import its neighbours. The files
beside this one are plain modules that browsers, editors and the type checker understand. They
are put one behind the other as they are, without their import lines, comments and indentation.
For that they keep four rules, which tests check: an import stands on one line, the names at the
top level differ between files, no string goes over a line end, and none holds the word const.
"""

import re
from functools import cache
from pathlib import Path

from framingkit.base import PASSAGE_STYLE, disk

_FOLDER = Path(__file__).parent
_IMPORT = re.compile(r'^import \{ .* \} from "\./(\w+)\.js";$', re.MULTILINE)
_SPACE = re.compile(
    r'("(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`'  # a string stays as it is
    r"|(?<=[(=,:!&|?>\s])/(?![/*\s])(?:\\.|\[(?:\\.|[^]\n])*\]|[^/\\\n[])+/)"  # a pattern too
    r"|[,;](?=\s*\})|,(?=\s*[)\]])"  # a sign that only helps editors
    r"|\s*([=(){}\[\],;:?<>&|!*%])\s*"
    r"|(?<![-+\s])\s*([-+])(?!\s*[-+])\s*"  # a + +b must not become a++b
)
_COMMENT = re.compile(r"/\*\*.*?\*/[ ]?|(?:^|\s)// .*?$", re.DOTALL | re.MULTILINE)


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
    found: list[str] = []
    for part in _IMPORT.findall(disk.read_text(_FOLDER / f"{name}.js")):
        found += [one for one in _order(part) if one not in found]
    return [*found, name]


def _bare(source: str) -> str:
    lines = _COMMENT.sub("", _IMPORT.sub("", source)).splitlines()
    bare = (re.sub(r"^export (?!default)", "", line.strip()) for line in lines)
    # what never changes is checked before; to a browser the shorter word does the same
    bare = (re.sub(r"\bconst\b", "let", line) for line in bare)
    # strings stay as they are; around these signs a space says nothing to a browser
    return _SPACE.sub(r"\1\2\3", "\n".join(line for line in bare if line))


@cache
def style(*names: str) -> str:
    """Put style sheets one behind the other, after that of what is read beside a widget."""
    sheets = (disk.read_text(_FOLDER / f"{name}.css") for name in names)
    return "\n".join([PASSAGE_STYLE, *sheets])
