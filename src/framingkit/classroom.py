"""What an instructor calls in a notebook: open a class, look at it, settle, grade, report.

Each act does what one terminal command does, and shows what it found. Files go into a folder of
the work folder, and nowhere else.
"""

from dataclasses import dataclass
from pathlib import Path

from framingkit import course
from framingkit.adjudications import Adjudication, open_adjudication
from framingkit.classes import Class, read_class
from framingkit.classroom_pages import (
    agreement_page,
    change_page,
    contests_page,
    map_page,
    who_page,
)
from framingkit.collection import collect
from framingkit.errors import FramingkitError
from framingkit.files import size
from framingkit.grade_files import grade
from framingkit.marking import merge_marks, read_marks
from framingkit.pages import Page, sentences_page
from framingkit.report import Report, make_report
from framingkit.report_pages import report_page
from framingkit.saving import write_atomic
from framingkit.text_report import TextReport
from framingkit.work_folder import work_folder

CLASS_FILE = "class.jsonl.gz"
GRADES, WRITTEN, PAGES = "grades.csv", "written.csv", "feedback"
MARKED, REPORT = "grades-with-marks.csv", "report.html"


def sample_hand_ins(after: bool = False) -> Path:
    """Return the folder of the sample class: hand-ins of constructed learners.

    Parameters
    ----------
    after
        The later hand-ins, of the half of the class that discussed its readings.

    Examples
    --------
    >>> sample_hand_ins().name
    'sample-class'
    """
    name = "sample-class-after" if after else "sample-class"
    return course.kit_folder() / "data" / name


def open_class(source: str | Path, before: str | Path | None = None) -> "Classroom":
    """Collect a class, and keep what was found in the work folder.

    Parameters
    ----------
    source
        A folder or a zip archive of hand-ins, as your platform gives them.
    before
        What the same class handed in earlier, for example before a discussion.

    Raises
    ------
    FramingkitError
        If there is no such folder, or no hand-in in it can be read.
    """
    found, said = _collected(Path(source))
    earlier = _collected(Path(before))[0] if before else None
    return Classroom(found, earlier, tuple(said), make_report(found, earlier))


def _collected(source: Path) -> tuple[Class, list[str]]:
    said: list[str] = []
    if not source.exists():
        raise FramingkitError(
            f"There is no “{source.name}” here. Put the folder of hand-ins beside this notebook, "
            "or write its whole path."
        )
    name = source.stem if source.is_file() else source.name
    target = work_folder() / name / CLASS_FILE
    collect(source, target, said.append)
    return read_class(target), said


@dataclass(frozen=True, slots=True)
class Classroom:
    """A class at hand: the file it was collected in, and its report."""

    found: Class
    earlier: Class | None
    said: tuple[str, ...]
    about: Report

    def __repr__(self) -> str:
        """Return the same line for the same class."""
        return f"Classroom({self.about.learners} learners)"

    @property
    def folder(self) -> Path:
        """Where the files of this class are."""
        return self.found.path.parent

    def text(self, id: str = "") -> TextReport:
        """Return what was found about one text; without an id, the one that most learners tagged.

        Raises
        ------
        FramingkitError
            If nobody tagged it.
        """
        found = [one for one in self.about.texts if id in ("", one.document.id)]
        if not found:
            raise FramingkitError(f"Nobody in this class tagged {id or 'a text of this kit'!r}.")
        return max(found, key=lambda one: one.learners)

    def collected(self) -> Page:
        """Say what was collected, left out and refused."""
        return sentences_page("Collected", self.said)

    def who(self) -> Page:
        """Say who handed in, and how many read each section."""
        return who_page(self.about, self.text())

    def map(self, section: str, code: str = "") -> Page:
        """Show how many learners tagged each word of a section, with any code or with one."""
        return map_page(self.text(), section, code)

    def agreement(self) -> Page:
        """Say how far the class agrees, for each code."""
        return agreement_page(self.text())

    def contested(self, most: int = 5) -> Page:
        """Show where the class is split, with questions to discuss."""
        return contests_page(self.text(), most)

    def settle(self, section: str | None = None) -> Adjudication:
        """Open the contested passages, to decide on them together."""
        return open_adjudication(self.found, self.text().document, section)

    def grade(self, reading: str | Path | None = None) -> Page:
        """Score closed questions and tags; list written answers; write a page for each learner.

        A table of written answers in which marks stand is never written again.

        Parameters
        ----------
        reading
            A file with a settled reading, to compare tags with in place of the reference reading.
        """
        written, path = self.folder / WRITTEN, Path(reading) if reading else None
        marked = bool(size(written)) and bool(read_marks(written)[0])
        said = grade(self.found.path, self.folder / GRADES, None if marked else written,
                     self.folder / PAGES, reading=path)  # fmt: skip
        if marked:
            said.append(f"{WRITTEN} has marks in it already, so it was left as it is.")
        listed = "" if marked else f"{WRITTEN}, "
        said.append(f"Written: {GRADES}, {listed}and a page for each learner in {PAGES}.")
        return sentences_page("Graded", said)

    def merge(self) -> Page:
        """Fold the marks that you wrote into the table of written answers into the scores."""
        target = self.folder / MARKED
        said = merge_marks(self.folder / GRADES, self.folder / WRITTEN, target)
        return sentences_page("Merged", [*said, f"Written: {MARKED}."])

    def changes(self) -> Page:
        """Say what learners changed between two hand-ins."""
        return change_page(self.about.comparison)

    def report(self) -> Page:
        """Write the report: one page that needs no other file."""
        path = self.folder / REPORT
        write_atomic(path, report_page(self.about, course.load_misconceptions()))
        where = f"It stands in the folder “{self.folder.name}” of your work folder."
        said = [f"Written: {REPORT}. {where}", "Open it in a browser. It needs no other file."]
        return sentences_page("The report", said)
