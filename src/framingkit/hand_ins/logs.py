"""A work log that was handed in instead of the answer sheet: what is in it becomes a sheet."""

from typing import Any

from framingkit.errors import FramingkitError
from framingkit.work import LOG_FORMAT, LogLines


def is_log(text: str) -> bool:
    """Tell whether a text is a work log: its first line is the header of one."""
    return LOG_FORMAT in text.partition("\n")[0][:1000]


def sheet_of_log(text: str, label: str) -> dict[str, Any]:
    """Replay a log; lines that cannot be read are left out, as when the learner goes on with it.

    Raises
    ------
    FramingkitError
        If it was written by a newer framingkit, or holds more than can be handed in.
    """
    try:
        return LogLines(label).read(f"{text}\n".encode()).sheet("")
    except FramingkitError as error:
        raise FramingkitError(f"“{label}” cannot be read as a work log: {error}") from None
