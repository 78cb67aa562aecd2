"""What an instructor calls in a notebook: collect a class, look at it, settle, grade, report.

Each act does what one terminal command does, and shows the result. Files go into a folder of
the work folder, and nowhere else.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from framingkit import course
from framingkit.agreement import (
    MAP_STYLE,
    change_words,
    class_map_html,
    contest_html,
    map_key_html,
    marked_words,
    shared_words,
    two_places,
)
from framingkit.base import (
    PASSAGE_STYLE,
    WIDGET_TOKENS,
    Figure,
    Page,
    counted,
    described_bars,
    element,
    keeping,
    passage_html,
    sentences_page,
    table_html,
    write_atomic,
)
from framingkit.errors import FramingkitError
from framingkit.hand_ins import (
    CLASS_FILE,
    SMALLEST_GROUP,
    ClassFile,
    Collected,
    collect,
    writing_class,
)
from framingkit.notebook.settling import Settling, open_settling
from framingkit.reports import (
    Report,
    TextReport,
    agreement_rows,
    grade,
    make_report,
    merge_marks,
    report_page,
)
from framingkit.work import work_folder

_HEADER = ("Code", "Learners", "Shared, of 100", "Alpha", "Its interval", "In words")

_TOO_FEW = f"Fewer than {SMALLEST_GROUP} learners: counts would show who tagged what."


GRADES, WRITTEN, PAGES = "grades.csv", "written.csv", "feedback"
MARKED, REPORT = "grades-with-marks.csv", "report.html"


def collect_class(source: str | Path, before: str | Path | None = None) -> "Classroom":
    """Collect the hand-ins of a class, and open it at work.

    Its files are kept in the work folder. To only open a class file that was collected before,
    use ``read_class``.

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
    show_map_style()
    return open_class(source, before)


def show_map_style() -> None:
    """Give a notebook the look of the maps of a class."""
    from framingkit.widgets import show_style

    show_style(f"{WIDGET_TOKENS}\n{PASSAGE_STYLE}\n{MAP_STYLE}")


def open_class(source: str | Path, before: str | Path | None = None) -> "Classroom":
    """Collect a class as `collect_class` does, and show nothing."""
    name, earlier = _name_of(Path(source)), None
    collection = collected(Path(source), name)
    if before:
        other = _name_of(Path(before))
        other += "-before" if other.casefold() == name.casefold() else ""
        earlier = collected(Path(before), other).class_file
    return Classroom(collection, make_report(collection.class_file, earlier), earlier)


def _name_of(source: Path) -> str:
    """Name the folder for the files of a class, also if its hand-ins are in “.” or “..”."""
    source = source.resolve()
    return (source.stem if source.is_file() else source.name) or "class"


def collected(source: Path, name: str) -> Collected:
    """Collect hand-ins into the class file of a folder of the work folder."""
    if not source.exists():
        raise FramingkitError(
            f"There is no “{source.name}” here. Put the folder of hand-ins beside this notebook, "
            "or write its whole path."
        )
    target = work_folder() / name / CLASS_FILE
    with writing_class(source, target) as kept:
        done = collect(source, target)
    return replace(done, sentences=(*done.sentences, *kept))


@dataclass(frozen=True, slots=True)
class Classroom:
    """A class at hand: the file it was collected in, its report, and what it handed in before."""

    collection: Collected
    about: Report
    earlier: ClassFile | None = None

    def __repr__(self) -> str:
        """Return the same line for the same class."""
        return f"Classroom({self.about.learners} learners)"

    @property
    def folder(self) -> Path:
        """Where the files of this class are."""
        return self.collection.class_file.path.parent

    def text(self, id: str = "") -> TextReport:
        """Return the report on one text; without an id, the one that most learners tagged.

        Raises
        ------
        FramingkitError
            If nobody tagged it.
        """
        texts = [text for text in self.about.texts if id in ("", text.document.id)]
        if not texts:
            raise FramingkitError(f"Nobody in this class tagged {id or 'a text of this kit'!r}.")
        return max(texts, key=lambda text: text.learners)

    def collected(self) -> Page:
        """Say what was collected, left out and refused."""
        return sentences_page("Collected", self.collection.sentences)

    def who(self) -> Page:
        """Say who handed in, and how many tagged something in each section."""
        about, text = self.about, self.text()
        titles = {section.id: section.title for section in text.document.sections}
        rows = [(titles[id], f"{count:,}") for id, count in text.readers.items()]
        words = f"{counted(about.learners, 'learner')} handed in"
        names = "The names are not listed."
        if about.names:
            names = f"Code names: {', '.join(about.names)}."
        table = table_html("Who tagged something in each section", ("Section", "Learners"), rows)
        return Page(passage_html(element("p", f"{words}. {names}"), table), words)

    def map(self, section: str, code: str = "") -> Page:
        """Show how many learners tagged each word of a section, with any code or with one."""
        text = self.text()
        title = f"The class on “{text.document.section(section).title}”"
        if text.map is None:
            return sentences_page(title, [_TOO_FEW])
        shaded, name = text.map.tagged, "all codes"
        if code:
            ids = [known.id for known in text.codes]
            if code not in ids:
                raise FramingkitError(
                    f"This class has no code {code!r} to show. Choose one of: {', '.join(ids)}."
                )
            label = ids.index(code)
            shaded, name = text.map.by_label[label], text.codes[label].name
        key = map_key_html(text.map.readers.get(section, 0))
        words = class_map_html(text.document, marked_words(shaded, text.document), section)
        return Page(passage_html(key, words), f"{title}: {name}")

    def agreement(self) -> Page:
        """Say how far the class agrees, for all codes and for each."""
        text = self.text()
        rows = [[name, learners, *numbers] for name, learners, _, *numbers in agreement_rows(text)]
        words = f"Agreement: {shared_words(text.overall.positive)} tagged characters are shared"
        return Page(passage_html(table_html("Agreement on each code", _HEADER, rows)), words)

    def contested(self, most: int = 5) -> Page:
        """Show where the class is split, with questions to discuss."""
        text = self.text()
        contests = text.contests[:most]
        words = f"Where the class is split: {counted(len(contests), 'passage')}"
        items = [
            element(
                "li",
                element("p", element("strong", text.document.quote(contest.start, contest.end))),
                contest_html(contest, text.document, text.codes),
            )
            for contest in contests
        ]
        title = element("p", element("strong", words))
        return Page(passage_html(title, element("ol", *items)), words)

    def settle(self, section: str | None = None) -> Settling:
        """Open the contested passages, to decide on them together."""
        return open_settling(self.collection.class_file, self.text().document, section)

    def grade(self, reading: str | Path | None = None) -> Page:
        """Score closed questions and tags; list written answers; write a page for each learner.

        Marks and comments in an earlier table of written answers are carried over.

        Parameters
        ----------
        reading
            A file with a settled reading, to compare tags with in place of the reference reading.
        """
        sentences = grade(
            self.collection.class_file.path, self.folder / GRADES, self.folder / WRITTEN,
            self.folder / PAGES, reading=reading,
        )  # fmt: skip
        sentences.append(f"Written: {GRADES}, {WRITTEN}, and a page for each learner in {PAGES}.")
        return sentences_page("Graded", sentences)

    def merge(self) -> Page:
        """Add the marks that you wrote into the table of written answers to the scores."""
        target = self.folder / MARKED
        sentences = merge_marks(self.folder / GRADES, self.folder / WRITTEN, target)
        return sentences_page("Merged", [*sentences, f"Written: {MARKED}."])

    def changes(self) -> Page:
        """Say what learners changed between two hand-ins."""
        title, comparison = "Before and after", self.about.comparison
        if comparison is None:
            nothing = "There is one hand-in of each learner: nothing to compare."
            return sentences_page(title, [nothing])
        both = counted(comparison.both, "learner")
        sentences = [f"{both} handed in both times; only they are compared."]
        for text in comparison.texts:
            then, now = text.overall.before.alpha, text.overall.after.alpha
            counts = ", ".join(f"{kind}: {count:,}" for kind, count in text.counts.items())
            counts = counts or _TOO_FEW.removesuffix(".")
            sentences += [
                f"Tags on “{text.document.title}”. {counts[0].upper()}{counts[1:]}.",
                f"Alpha was {two_places(then.value)} and is {two_places(now.value)}. "
                f"{change_words(text.overall.change, text.overall.interval)}",
            ]
        return sentences_page(title, sentences)

    def chart(self) -> Figure:
        """Draw how far the class agrees on each code, the most alike first.

        matplotlib draws the picture, if it is there; the table of its numbers always comes along.

        Raises
        ------
        FramingkitError
            If nobody tagged a text, or fewer than five learners tagged any section of it.
        """
        known = [
            (round(100 * row.positive.value), row.code)
            for row in self.text().by_code
            if row.code and row.positive.value is not None
        ]
        if not known:
            raise FramingkitError(_TOO_FEW)
        known.sort(key=lambda pair: -pair[0])
        return described_bars(
            "How far the class agrees",
            [(code.name, shared) for shared, code in known],
            "Of 100 characters that one learner gave a code, this many have it from another.",
            "shared of 100", end=100, chips=[code.chip for _, code in known],
        )  # fmt: skip

    def report(self, lesson: str = "", names: bool = True) -> Page:
        """Write the report: one file that needs no other.

        Parameters
        ----------
        lesson
            The number of the lesson that its first screen is about, or "all"; without it, the one
            that most learners have begun.
        names
            Whether it holds the box for you alone, and code names.
        """
        about, path = self.about, self.folder / REPORT
        if lesson:
            about = make_report(self.collection.class_file, self.earlier, lesson=lesson)
        with keeping(path) as kept:
            write_atomic(path, report_page(about, course.load_misconceptions(), names))
        where = f"It is in the folder “{self.folder.name}” of your work folder."
        return sentences_page(
            "The report",
            [f"Written: {REPORT}. {where}", "Open it in a browser. It needs no other file.", *kept],
        )
