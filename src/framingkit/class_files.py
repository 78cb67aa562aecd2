"""Writes the class file: gzipped, the same bytes for the same class."""

import gzip
import io
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from framingkit.classes import FORMAT, SCHEMA, Class
from framingkit.saving import replacing

_LEVEL = 4  # of compression: higher ones take much more time for few bytes
_BLOCK = 1 << 18


def write_class(found: Class, learners: Iterable[tuple[str, str]]) -> None:
    """Write a class file to the path of `found`.

    Parameters
    ----------
    found
        What the header says.
    learners
        For each learner the code name, and tags and responses as JSON text.

    Raises
    ------
    FramingkitError
        If the disk is full or may not be written; an old file is untouched.
    """
    header = {
        "format": FORMAT, "schema": SCHEMA, "learners": found.learners, "hand_ins": found.hand_ins,
        "texts": [asdict(text) for text in found.texts], "items": list(found.items),
    }  # fmt: skip
    # Without a clock and a name, gzip writes the same bytes each time.
    with (
        replacing(found.path) as file,
        gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed,
        io.BufferedWriter(packed, _BLOCK) as lines,
    ):
        lines.write(_line(header))
        for coder, content in learners:
            lines.write(f'{{"coder":"{coder}",{content[1:]}\n'.encode())


def _line(data: dict[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
