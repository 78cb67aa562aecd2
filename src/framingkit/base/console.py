"""What a terminal is shown: it never raises, and nothing in a name or a file acts there.

Terminals and redirected outputs have code pages that know few letters, pipes break, and a program
may be started without any output. A control character could move the cursor or hide words.
"""

import codecs
import contextlib
import io
import os
import sys
from typing import TextIO

from framingkit.base.words import shown

_ERRORS = "framingkit-console"
_PLAIN = {
    "“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "–": "-", "—": "-", "−": "-",
    "\u2500": "-", "\u2501": "-",
}  # fmt: skip


def say(*sentences: str, error: bool = True) -> None:
    """Write sentences for people, each on a line of its own.

    Parameters
    ----------
    sentences
        What to say. What cannot be seen, and what the terminal has no letter for, is written as
        its number.
    error
        Whether to write beside the output of the program, where other programs do not read.
    """
    stream = sys.stderr if error else sys.stdout
    if stream is None:
        return
    lines = "\n".join(sentences).split("\n")
    text = "".join(f"{shown(line, len(line) + 1)}\n" for line in lines)
    try:
        encoding = stream.encoding or "utf-8"
        stream.write(text.encode(encoding, _ERRORS).decode(encoding))
        stream.flush()
    except (OSError, ValueError, LookupError):
        _silence(stream)  # nobody is listening; what was to be done is done all the same


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
