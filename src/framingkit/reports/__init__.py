"""What is shown of a class: the report, marks, feedback sheets, and a learner beside a class."""

from framingkit.reports.beside_page import WHY, BesideClass, readers_of
from framingkit.reports.grades import grade, read_key
from framingkit.reports.marks import merge_marks
from framingkit.reports.page import report_page, write_report
from framingkit.reports.report import Report, make_report
from framingkit.reports.text import TextReport
from framingkit.reports.text_part import agreement_rows
