"""What a terminal is shown: it never raises, and nothing in a name or a file acts there.

Terminals and redirected outputs have code pages that know few letters, pipes break, and a program
may be started without any output. A control character could move the cursor or hide words, and
square brackets would be commands to the library that sets tables: it only ever gets plain text.

A person at a terminal gets sentences that end between words, and tables. A pipe or a file gets
one sentence in each line, as programs read it.
"""

import codecs
import contextlib
import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TextIO, TypeVar

from framingkit.base.words import shown

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

Step = TypeVar("Step")

_ERRORS = "framingkit-console"
_PLAIN = {
    "“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "–": "-", "—": "-", "−": "-",
    "\u2500": "-", "\u2501": "-",
}  # fmt: skip


class Tabled(str):
    """A sentence that is a table too, where there is room for one.

    Everywhere it is used like any other sentence. Only a terminal shows the table in its place;
    rows under the same heading become one table.

    Parameters
    ----------
    sentence
        What it says in words.
    heading, columns, rows
        The table.

    Examples
    --------
    >>> said = Tabled("1 file refused.", "Refused", ("File", "Why"), [("a.json", "It is empty.")])
    >>> said, said.rows
    ('1 file refused.', (('a.json', 'It is empty.'),))
    """

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __new__(
        cls,
        sentence: str,
        heading: str = "",
        columns: Iterable[str] = (),
        rows: Iterable[Iterable[str]] = (),
    ) -> "Tabled":
        """Make a sentence, and note its table."""
        made = super().__new__(cls, sentence)
        made.heading, made.columns = heading, tuple(columns)
        made.rows = tuple(map(tuple, rows))
        return made


def say(*sentences: str, error: bool = True) -> None:
    """Write sentences for people, each on a line of its own.

    Parameters
    ----------
    sentences
        What to say; some may be `Tabled`. What cannot be seen, and what the terminal has no letter
        for, is written as its number.
    error
        Whether to write beside the output of the program, where other programs do not read.
    """
    stream = sys.stderr if error else sys.stdout
    if stream is None:
        return
    try:
        text = _set(stream, sentences) if stream.isatty() else _lines(sentences)
        encoding = stream.encoding or "utf-8"
        stream.write(text.encode(encoding, _ERRORS).decode(encoding))
        stream.flush()
    except (OSError, ValueError, LookupError):
        _silence(stream)  # nobody is listening; what was to be done is done all the same


def _lines(sentences: Iterable[str]) -> str:
    lines = "\n".join(sentences).split("\n")
    return "".join(f"{_plain(line)}\n" for line in lines)


def _plain(line: str) -> str:
    return shown(line, len(line) + 1)


def _set(stream: TextIO, sentences: Sequence[str]) -> str:
    """Set sentences and tables for a terminal, as wide as it is."""
    from rich.console import Console

    there = Console(file=stream)  # it knows the width, the colours, and what old windows cannot
    colours = None if there.legacy_windows else there.color_system
    paper = io.StringIO()
    console = Console(
        file=paper, width=there.width, legacy_windows=False,
        force_terminal=colours is not None,
        color_system=colours,  # type: ignore[arg-type]  # the name that rich itself gives
    )  # fmt: skip
    for part in _parts(sentences):
        _put(console, part)
    return paper.getvalue()


def _parts(sentences: Iterable[str]) -> Iterator[str]:
    """Give sentences in their order; tables with one heading come once, where the first one is."""
    tables: dict[str, list[Tabled]] = {}
    parts: list[str] = []
    for one in sentences:
        if isinstance(one, Tabled) and one.rows:
            if one.heading not in tables:
                parts.append(one)
            tables.setdefault(one.heading, []).append(one)
        else:
            parts += str(one).split("\n")
    for part in parts:
        if isinstance(part, Tabled):
            rows = (row for one in tables[part.heading] for row in one.rows)
            yield Tabled(part, part.heading, part.columns, rows)
        else:
            yield part


def _put(console: "Console", part: str) -> None:
    from rich.text import Text

    if isinstance(part, Tabled):
        console.print(Text(_plain(part.heading), "bold"))
        console.print(_table(part))
    else:
        line = _plain(part)
        # commands and pictures made of signs are no sentences: nothing may break their lines
        whole = line.startswith(" ") or not line.endswith((".", "?", "!"))
        console.print(Text(line), soft_wrap=whole, overflow=None if whole else "fold")


def _table(part: Tabled) -> "RenderableType":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, show_header=any(part.columns), pad_edge=False, show_edge=False)
    for name in part.columns:
        table.add_column(Text(_plain(name)), overflow="fold")
    for row in part.rows:
        table.add_row(*(Text(_plain(cell)) for cell in row))
    return table


def watched(steps: Iterable[Step], total: int, what: str) -> Iterator[Step]:
    """Show on a terminal how far a long run has come; elsewhere nothing is shown.

    Parameters
    ----------
    steps, total
        What is passed on, and how many there are.
    what
        What is done with them, in a word.

    Examples
    --------
    >>> list(watched(["amber-heron-417"], 1, "Reading"))
    ['amber-heron-417']
    """
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    hidden = not console.is_terminal
    yield from track(steps, what, total, console=console, disable=hidden, transient=True)


def prepare_console() -> None:
    """Let other libraries write to the terminal too, whatever letters it has."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_ERRORS)


def _in_other_letters(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(_PLAIN.get(sign, f"\\u{ord(sign):04x}") for sign in signs), error.end


codecs.register_error(_ERRORS, _in_other_letters)


def _silence(stream: TextIO) -> None:
    """Send to nowhere what Python would still write at the end of the program."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
