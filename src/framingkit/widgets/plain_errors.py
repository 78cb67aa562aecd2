"""Says in a sentence what Python says in many lines, when words were typed into a code cell."""

from types import TracebackType
from typing import Any

from IPython.core.getipython import get_ipython

from framingkit.base import quoted
from framingkit.widgets.words import words_for

_WORDS = words_for("typed")
_MARK = "_framingkit_is_plain"


def speak_plainly() -> None:
    """Let this notebook answer typed words with a sentence; elsewhere nothing changes."""
    shell = get_ipython()
    if shell is None or hasattr(shell, _MARK):
        return
    show = shell._showtraceback

    def shown(kind: type[BaseException], error: BaseException, lines: list[str]) -> None:
        sentence = plain_sentence(error)
        show(kind, error, [sentence] if sentence else lines)

    shell._showtraceback = shown  # type: ignore[assignment, method-assign]
    setattr(shell, _MARK, True)


def plain_sentence(error: Any) -> str:
    """Say what words in a code cell come to; nothing if the mistake is one of code.

    Examples
    --------
    >>> plain_sentence(ValueError("no letter"))
    ''
    >>> plain_sentence(SyntaxError("invalid syntax"))[:45]
    'Python cannot read this cell, so nothing in i'
    """
    if isinstance(error, SyntaxError):
        line = f", line {error.lineno}" if error.lineno else ""
        return str(_WORDS["not_code"]).format(f"{error.msg}{line}")
    if isinstance(error, NameError) and _is_of_the_cell(error.__traceback__):
        return str(_WORDS["no_name"]).format(quoted(str(error.name)))
    return ""


def _is_of_the_cell(trace: TracebackType | None) -> bool:
    """Tell whether an error is about a line of a cell, not about one of a function."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and trace.tb_frame.f_code.co_name == "<module>"
