"""What an instructor calls in a notebook: open a class, look at it, settle, grade, report.

Each act does what one terminal command does, and shows the result. Files go into a folder of
the work folder, and nowhere else.
"""

from dataclasses import dataclass
from pathlib import Path

from framingkit import course
from framingkit.agreement import (
    MAP_STYLE,
    alpha_words,
    change_words,
    class_map_html,
    contest_html,
    interval_words,
    map_key_html,
    shared_words,
    two_places,
)
from framingkit.base import (
    Html,
    Page,
    counted,
    element,
    passage_html,
    sentences_page,
    size,
    table_html,
    write_atomic,
)
from framingkit.errors import FramingkitError
from framingkit.hand_ins import SMALLEST_GROUP, Class, collect, read_class
from framingkit.notebook.adjudication import Adjudication, open_adjudication
from framingkit.reports import (
    BeforeAfter,
    Report,
    TextReport,
    grade,
    make_report,
    merge_marks,
    read_marks,
    report_page,
)
from framingkit.work import work_folder

_ALL = "All codes together"
_HEADER = ("Code", "Learners", "Shared, of 100", "Alpha", "Its interval", "In words")

_TOO_FEW = f"Fewer than {SMALLEST_GROUP} learners: counts would show who tagged what."


def who_page(about: Report, text: TextReport) -> Page:
    """Say who handed in, and how many learners tagged each section of a text."""
    titles = {one.id: one.title for one in text.document.sections}
    rows = [(titles[id], f"{count:,}") for id, count in text.readers.items()]
    words = f"{counted(about.learners, 'learner')} handed in"
    names = f"Code names: {', '.join(about.names)}." if about.names else "The names are not listed."
    table = table_html("Who tagged something in each section", ("Section", "Learners"), rows)
    return Page(passage_html(element("p", f"{words}. {names}"), table), words)


def map_page(text: TextReport, section: str, code: str) -> Page:
    """Show how many learners tagged each word of a section; without a code, with any."""
    title = text.document.section(section).title
    if text.map is None:
        return sentences_page(f"The class on “{title}”", [_TOO_FEW])
    places = {one.id: place for place, one in enumerate(text.codes)}
    if code and code not in places:
        raise FramingkitError(
            f"This class has no code {code!r} to show. Choose one of: {', '.join(places)}."
        )
    shaded = text.map.by_label[places[code]] if code else text.map.tagged
    name = text.codes[places[code]].name if code else "all codes"
    words = f"The class on “{title}”: {name}"
    return _page(
        words,
        map_key_html(text.map.readers.get(section, 0)),
        class_map_html(text.document, shaded, section),
    )


def agreement_page(text: TextReport) -> Page:
    """Show how far a class agrees, for all codes and for each."""
    rows = [
        (
            row.code.name if row.code else _ALL,
            f"{row.learners:,}",
            shared_words(row.positive),
            two_places(row.alpha.value),
            "n/a" if row.alpha.value is None else interval_words(row.interval),
            alpha_words(row.alpha, row.interval),
        )
        for row in (text.overall, *text.by_code)
    ]
    shared = shared_words(text.overall.positive)
    words = f"Agreement: {shared} tagged characters are shared"
    return Page(passage_html(table_html("Agreement on each code", _HEADER, rows)), words)


def contests_page(text: TextReport, most: int) -> Page:
    """Show the most contested places of a text."""
    found = text.contests[:most]
    words = f"Where the class is split: {counted(len(found), 'place')}"
    items = [
        element(
            "li",
            element("p", element("strong", text.document.quote(one.start, one.end))),
            contest_html(one, text.document, text.codes),
        )
        for one in found
    ]
    return _page(words, element("p", element("strong", words)), element("ol", *items))


def change_page(found: BeforeAfter | None) -> Page:
    """Say what became of the tags between two hand-ins."""
    title = "Before and after"
    if found is None:
        return sentences_page(title, ["There is one hand-in of each learner: nothing to compare."])
    said = [f"{counted(found.both, 'learner')} handed in both times; only they are compared."]
    for one in found.texts:
        then, now = one.overall.before.alpha, one.overall.after.alpha
        counts = ", ".join(f"{kind}: {count:,}" for kind, count in one.counts.items())
        said += [
            f"Tags on “{one.document.title}”. {counts.capitalize()}.",
            f"Alpha was {two_places(then.value)} and is {two_places(now.value)}. "
            f"{change_words(one.overall.change, one.overall.interval)}",
        ]
    return sentences_page(title, said)


def _page(words: str, *parts: Html) -> Page:
    return Page(passage_html(element("style", Html(MAP_STYLE)), *parts), words)


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
