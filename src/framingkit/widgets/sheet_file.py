"""The file with all answers, as a browser gets it. Its browser half is sheet_file.js."""

from typing import Any

import framingkit
from framingkit.base import counted, lasting
from framingkit.errors import FramingkitError
from framingkit.work import CLASS_NAME_ITEM, WorkLog, class_name_in, merge_copies, sheet_to_bytes


def made_sheet(log: WorkLog) -> tuple[dict[str, Any], list[str]]:
    """Build the answer sheet; say what its file holds, and where else it lies.

    Raises
    ------
    FramingkitError
        If it holds more than can be handed in.
    """
    version = framingkit.__version__
    merge_copies(log)  # a synced folder may have made some since the lesson was opened
    try:
        path = log.write_sheet(version)
        place = f"The same file is in your work folder: {path.parent.name}/{path.name}"
    except (FramingkitError, OSError) as error:
        place = str(error)
    sheet = log.sheet(version)
    tags, answers = sum(len(one["spans"]) for one in sheet["documents"]), _answers_in(sheet)
    named = class_name_in({one["item"]: one["response"] for one in sheet["responses"]})
    of_class = f" It says that you are in class {named}." if named else ""
    held = f"It holds {counted(tags, 'tag')} and {counted(answers, 'answer')}.{of_class}"
    name = name_of(sheet)
    made = f"Your answers are in the file {name}, which your browser was asked to save."
    if is_empty(sheet):
        made = f"The file {name}, which your browser was asked to save, is empty."
    # in a browser without a disk, the work folder is nowhere that a learner could look
    return sheet, [made, held, *([] if lasting.keepers else [place])]


def is_empty(sheet: dict[str, Any]) -> bool:
    """Tell whether a sheet holds no tag and no answer."""
    return not (_answers_in(sheet) or any(one["spans"] for one in sheet["documents"]))


def _answers_in(sheet: dict[str, Any]) -> int:
    """Count the answers; of which class somebody is answers no question."""
    return sum(one["item"] != CLASS_NAME_ITEM for one in sheet["responses"])


def name_of(sheet: dict[str, Any]) -> str:
    """Name the file that a browser saves."""
    return f"{sheet['coder']}.answers.json"


def file_of(sheet: dict[str, Any]) -> dict[str, str]:
    """Give a browser the file to save."""
    return {"name": name_of(sheet), "text": sheet_to_bytes(sheet).decode()}


def downloaded(log: WorkLog, lacking: Any) -> dict[str, Any]:
    """Give the file at any time, also in the middle of a lesson.

    Parameters
    ----------
    log
        The learner's log.
    lacking
        What the browser says that no tool has saved yet: words, or anything.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> log = WorkLog(pathlib.Path(tempfile.mkdtemp()) / "amber-heron-417.jsonl")
    >>> downloaded(log, ["Reading: Commentary"])["sentences"][-1]
    'It lacks what is not saved yet: Reading: Commentary.'
    """
    try:
        sheet, sentences = made_sheet(log)
    except FramingkitError as error:
        return {"sentences": [str(error)]}
    return file_of(sheet) | {"sentences": sentences + lacks(lacking)}


def lacks(lacking: Any) -> list[str]:
    """Say what a file does not hold."""
    tools = [str(one)[:200] for one in lacking[:50]] if isinstance(lacking, list) else []
    return [f"It lacks what is not saved yet: {'; '.join(tools)}."] if tools else []
