"""A work log that was handed in instead of the answer sheet: what is in it becomes a sheet."""

from typing import Any

from framingkit.errors import FramingkitError
from framingkit.work import LOG_FORMAT, LogLines, NewerLogError


def is_log(text: str) -> bool:
    """Tell whether a text is a work log: its first line is the header of one."""
    return LOG_FORMAT in text.partition("\n")[0][:1000]


def sheet_of_log(text: str, label: str) -> tuple[dict[str, Any], int]:
    """Replay a log; return the sheet, and how many lines could not be read.

    Raises
    ------
    FramingkitError
        If it was written by a newer framingkit, or holds more than can be handed in.
    """
    lines, unread = LogLines(label), 0
    try:
        # No line holds such an end, or a zero, itself: editors and crashed disks put them there.
        for line in filter(None, text.replace("\r", "\n").replace("\0", "").split("\n")):
            try:
                lines.take(line.encode())
            except NewerLogError:
                raise
            except (FramingkitError, LookupError, TypeError, ValueError, AttributeError):
                unread += 1
        return lines.sheet(""), unread
    except FramingkitError as error:
        raise FramingkitError(f"“{label}” cannot be read as a work log: {error}") from None
