"""A work log that was handed in instead of the answer sheet: what is in it becomes a sheet."""

from typing import Any

from framingkit.base import parse_json
from framingkit.errors import FramingkitError
from framingkit.work import (
    LOG_FORMAT,
    LOG_VERSION,
    State,
    TextVersion,
    answer_sheet,
    is_code_name,
    operation_from_json,
)


def is_log(text: str) -> bool:
    """Tell whether a text is a work log: its first line is the header of one."""
    return LOG_FORMAT in text.partition("\n")[0][:1000]


def sheet_of_log(text: str, label: str) -> dict[str, Any]:
    """Replay a log; lines that cannot be read are left out, as when the learner goes on with it.

    Raises
    ------
    FramingkitError
        If its header is damaged, or it was written by a newer framingkit.
    """
    first, *lines = text.split("\n")
    header = parse_json(first, label)
    if not isinstance(header, dict) or not is_code_name(str(header.get("coder", ""))):
        raise FramingkitError(f"“{label}” is damaged: its first line names no learner.")
    if header.get("schema") != LOG_VERSION:
        raise FramingkitError(
            f"“{label}” was made with a newer framingkit (log version {header.get('schema')!r:.20};"
            f" this kit reads version {LOG_VERSION}). Update framingkit, then try again."
        )
    state, texts = State(), dict[str, TextVersion]()
    learner = str(header.get("learner", ""))
    for line in filter(None, lines):
        try:
            data = parse_json(line, label)
            if data.get("kind") == "text":
                text_version = TextVersion.read(data)
                texts[text_version.key] = text_version
            elif data.get("kind") == "learner":
                learner = str(data["learner"])
            else:
                state.apply(operation_from_json(data), learner)
        except (FramingkitError, KeyError, AttributeError):
            continue
    return answer_sheet(header["coder"], state, texts, "", learner)
