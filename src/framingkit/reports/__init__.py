"""What is shown of a class: the report, marks, feedback sheets, and a learner beside a class.

A name is loaded when it is first used: a learner sees a class where no numpy is installed.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from framingkit.reports.beside_page import WHY, BesideClass, readers_of
    from framingkit.reports.grades import grade, read_key
    from framingkit.reports.markers import compare_tables
    from framingkit.reports.marking import Given, Marked, MarkingTable, UnsavedError, WrittenAnswer
    from framingkit.reports.marks import merge_marks
    from framingkit.reports.page import report_page, write_report
    from framingkit.reports.parts import usual_processes
    from framingkit.reports.report import Report, make_report
    from framingkit.reports.returning import Wanted, filled_path, preview_grades, return_grades
    from framingkit.reports.roll import read_expected
    from framingkit.reports.sheet_page import day_words
    from framingkit.reports.student_sheets import write_sheets
    from framingkit.reports.text import TextReport
    from framingkit.reports.text_part import agreement_rows

_HOMES = {
    "BesideClass": "beside_page",
    "Given": "marking",
    "Marked": "marking",
    "MarkingTable": "marking",
    "Report": "report",
    "TextReport": "text",
    "UnsavedError": "marking",
    "WHY": "beside_page",
    "Wanted": "returning",
    "WrittenAnswer": "marking",
    "agreement_rows": "text_part",
    "compare_tables": "markers",
    "day_words": "sheet_page",
    "filled_path": "returning",
    "grade": "grades",
    "make_report": "report",
    "merge_marks": "marks",
    "preview_grades": "returning",
    "read_expected": "roll",
    "read_key": "grades",
    "readers_of": "beside_page",
    "report_page": "page",
    "return_grades": "returning",
    "usual_processes": "parts",
    "write_report": "page",
    "write_sheets": "student_sheets",
}


def __getattr__(name: str) -> Any:
    """Load a name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
