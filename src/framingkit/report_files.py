"""Reads class files and writes the report on them: a page, and the same numbers as JSON."""

import json
from pathlib import Path
from typing import Any

from framingkit import course
from framingkit.classes import read_class
from framingkit.report import Watch, make_report
from framingkit.report_data import report_to_data
from framingkit.report_pages import report_page
from framingkit.saving import write_atomic
from framingkit.visible import counted


def write_report(
    path: Path,
    page: Path,
    before: Path | None = None,
    data: Path | None = None,
    watch: Watch = lambda groups, _: groups,
) -> str:
    """Write the report on a class; return a sentence about it.

    Parameters
    ----------
    path
        The class file.
    page
        The page to write.
    before
        The class file of an earlier hand-in of the same class, if any.
    data
        The JSON file to write, if any.
    watch
        As for `report.make_report`.

    Raises
    ------
    FramingkitError
        If a class file cannot be read or is damaged, or something cannot be written.
    """
    found = read_class(path)
    earlier = read_class(before) if before else None
    report = make_report(found, earlier, watch)
    write_atomic(page, report_page(report, course.load_misconceptions()))
    if data is not None:
        write_atomic(data, _json(report_to_data(report)))
    return f"Wrote the report on {counted(report.learners, 'learner')} to “{page.name}”."


def _json(data: dict[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
