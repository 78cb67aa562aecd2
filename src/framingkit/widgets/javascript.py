"""Joins the JavaScript modules of a widget into the one module that a notebook loads.

A widget in a notebook gets one piece of JavaScript and cannot import its neighbours. The files
beside this one are plain modules that browsers, editors and the type checker understand. They
are put one behind another, without their import lines, the word ``export``, comments, and the
spaces and line ends that only a reader needs. For that they keep four rules, which tests check:
an import fills one line, the names at the top level differ between files, no string goes over a
line end, and a division has spaces around it, because any other slash begins a regular expression.
"""

import re
from functools import cache
from pathlib import Path

from framingkit.base import PASSAGE_STYLE, WIDGET_TOKENS, disk

_FOLDER = Path(__file__).parent
_IMPORT = re.compile(r'^import \{ .* \} from "\./(\w+)\.js";$', re.MULTILINE)
_LEFT_OUT = re.compile(
    _IMPORT.pattern
    + r"|^export (?!default)"
    + r"|^[ ]*/\*(?:(?!\*/).)*\*/$"  # a comment with nothing else on its lines
    + r"|^[ ]*//.*?$",
    re.MULTILINE | re.DOTALL,
)

# a string, a template, a comment, a regular expression, a sign with the spaces beside it, or a word
_TOKEN = re.compile(
    r'"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|(/\*.*?\*/ ?|//[^\n]*)'
    r"|/(?![ */])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+/| *([-+*]?=|[][{}()=*?:;,<>&|!]) *"
    r"| ([-+]) (?![-+])|\b(const)\b",
    re.DOTALL,
)

# after these signs, and before those, a line end says nothing
_LINE_END = re.compile(r"(?<=[{},(\[;])\n(?!export)|;?\n(?=\})|\n(?=[)\],.?:])")


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
    """Leave out what only the files and their readers need."""
    code = _TOKEN.sub(_squeezed, _LEFT_OUT.sub("", source))
    lines = (line.strip() for line in code.splitlines())
    return _LINE_END.sub("", "\n".join(line for line in lines if line))


def _squeezed(token: re.Match[str]) -> str:
    comment, *signs, const = token.groups()
    if const:
        return "let"  # which means the same once the type checker has seen the files
    return "" if comment else next(filter(None, signs), token[0])


@cache
def style(*names: str) -> str:
    """Put style sheets one behind another, after the tokens and that of what is read beside."""
    sheets = (disk.read_text(_FOLDER / f"{name}.css") for name in names)
    return "\n".join([WIDGET_TOKENS, PASSAGE_STYLE, *sheets])
