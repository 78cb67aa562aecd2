"""Hands an answer sheet in where a server has a folder for it, as a JupyterHub can.

The server says where, in ``FRAMINGKIT_HAND_IN_FOLDER``; this is the one place that reads it. The
folder belongs to one learner and is made by the server, never here. Each hand-in is a file of its
own, so none is ever replaced.
"""

import os
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from framingkit.base import disk
from framingkit.errors import FramingkitError
from framingkit.work.sheet import sheet_to_bytes

_FOR_THE_GROUP = 0o640  # the folder gives its files to the group of instructors


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Where and when a sheet was handed in."""

    path: Path
    at: datetime

    def sentence(self) -> str:
        """Say so to the learner, with the time of the server and the name of its zone.

        Examples
        --------
        >>> from datetime import UTC
        >>> at = datetime(2026, 5, 3, 14, 32, tzinfo=UTC)
        >>> HandedIn(Path("x/sun.answers.json"), at).sentence()
        'Handed in at 14:32 (UTC) on 3 May 2026, as sun.answers.json.'
        """
        day = f"{self.at.day} {self.at:%B %Y}"
        return f"Handed in at {self.at:%H:%M (%Z)} on {day}, as {self.path.name}."


def hand_in_folder() -> Path | None:
    """Give the folder in which this learner hands in; None where there is none.

    Examples
    --------
    >>> from unittest.mock import patch
    >>> with patch.dict(os.environ, FRAMINGKIT_HAND_IN_FOLDER=""):
    ...     print(hand_in_folder())
    None
    """
    named = os.environ.get("FRAMINGKIT_HAND_IN_FOLDER")
    return Path(named).absolute() if named else None


def hand_in(sheet: dict[str, Any]) -> HandedIn | None:
    """Put an answer sheet into the hand-in folder; None where there is none.

    Raises
    ------
    FramingkitError
        If the folder is not there, or does not take the file. Nothing was handed in then.
    """
    folder = hand_in_folder()
    if folder is None:
        return None
    if not folder.is_dir():
        raise FramingkitError(
            "It was not handed in: the hand-in folder of this server is not there. Send the file "
            "to your teacher yourself, and say so."
        )
    at = time.time()
    stamp = time.strftime("%Y-%m-%d-%H%M%S", time.gmtime(at))
    path = folder / f"{sheet['coder']}.{stamp}.answers.json"
    try:
        path = disk.write_beside(path, sheet_to_bytes(sheet), _FOR_THE_GROUP)
    except FramingkitError as error:
        raise FramingkitError(
            f"It was not handed in. {error} Send the file to your teacher yourself, and say so."
        ) from None
    return HandedIn(path, datetime.fromtimestamp(at).astimezone())
