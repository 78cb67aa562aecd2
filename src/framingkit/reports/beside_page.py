"""A learner beside a class on one section: as static HTML and as plain data for a browser.

Nothing of the class is read before the learner's own reading is saved. The class comes from a
class file, or from the sample class: a folder of 30 hand-ins that were constructed for this kit.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from framingkit.agreement import (
    LEVELS,
    MAP_STYLE,
    class_map_html,
    contest_html,
    contest_words,
    cut_line,
    map_key_html,
    marked_words,
)
from framingkit.base import Html, element, list_html, passage_html, read_bytes
from framingkit.course import AnnotationSet, Span, split_lines
from framingkit.hand_ins import SMALLEST_GROUP, KnownTexts, LearnerTags, read_class, read_hand_in
from framingkit.reports.beside import ClassView, class_view
from framingkit.work import FirstReading, TextVersion

WHY: tuple[str, ...] = (
    "First your own reading, then the class: what others tagged can pull your own eye.",
    "When you have tagged this section, say so. Your current tags are saved as your first reading, "
    "and the class is shown. You can go on tagging afterwards.",
)
_TOO_FEW = (
    f"Fewer than {SMALLEST_GROUP} learners tagged this section, so no counts are shown: they would "
    "show who tagged what."
)
_MOST, _SPLIT = "The most frequent tags", "Where the class is split"
_COUNTED = "Each line counts all tags with this code on these words, or on a part of them."
_NO_SPLIT = (
    "The class is not split here: on no words is the smaller side a quarter of the learners."
)


def view_data(view: ClassView) -> dict[str, Any]:
    """Give what a browser shows: words and counts, for all codes and for each.

    Examples
    --------
    >>> from framingkit.reports.beside import class_view
    >>> from framingkit.course import load_article
    >>> view_data(class_view([], load_article(), "ending", []))["views"]
    []
    """
    if view.readers < SMALLEST_GROUP:
        return {"said": [_TOO_FEW], "views": []}
    splits = [
        {"words": view.document.quote(contest.start, contest.end), "yours": view.yours(contest)}
        | asdict(contest_words(contest, view.document, view.codes))
        for contest in view.contests
    ]
    return {
        "said": [_readers_words(view)],
        "views": [_label_data(view, label) for label in (None, *view.used)],
        "splits": splits,
        "words": {"most": _MOST, "counted": _COUNTED, "split": _SPLIT, "none": _NO_SPLIT},
        "levels": list(LEVELS[1:]),
    }


def _readers_words(view: ClassView) -> str:
    return (
        f"{view.readers:,} learners tagged this section. Words that fewer than {view.least:,} of "
        "them tagged are not marked, nor are the edges of words that three times as many tagged."
    )


def _label_data(view: ClassView, label: int | None) -> dict[str, Any]:
    """Give paragraphs of pieces: words, number of the sentence, level, learners, a sentence."""
    document, section = view.document, view.document.section(view.section_id)
    numbers = {sentence.start: sentence.number for sentence in document.sentences()}
    words = marked_words(view.words(label), document)
    paragraphs = [
        [
            [piece, number, shade.level, shade.coders, view.on(shade, label)]
            if shade
            else [piece, number, 0, 0, ""]
            for number, piece, shade in cut_line(document.text, line, words, numbers)
        ]
        for line in split_lines(document.text, section.start, section.end)
    ]
    name = "All codes" if label is None else view.codes[label].name
    return {"name": name, "paragraphs": paragraphs, "lines": view.lines(label)}


def view_html(title: str, sentences: Sequence[str], view: ClassView) -> Html:
    """Show the same as static HTML, with the counts of all codes together.

    Parameters
    ----------
    title, sentences
        What it is, and what to begin with.
    view
        The class on the section.
    """
    if view.readers < SMALLEST_GROUP:
        return list_html(title, [*sentences, _TOO_FEW])
    splits = [
        element(
            "li",
            contest_html(contest, view.document, view.codes),
            element("p", view.yours(contest)),
        )
        for contest in view.contests
    ]
    return passage_html(
        list_html(title, [*sentences, _readers_words(view)]),
        element("style", Html(MAP_STYLE)),
        map_key_html(view.readers),
        class_map_html(
            view.document, marked_words(view.words(None), view.document), view.section_id
        ),
        list_html(_MOST, [*view.lines()]),
        element("p", _COUNTED),
        element("p", element("strong", _SPLIT)),
        element("ol", *splits) if splits else element("p", _NO_SPLIT),
    )


@dataclass(slots=True)
class BesideClass:
    """One learner and one class on one section.

    Parameters
    ----------
    reading
        The learner's first reading, saved or still to come.
    readers
        Gives what each learner of the class tagged; called once, when the class may be shown.
    source
        A sentence that says who these learners are.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from framingkit import course
    >>> from framingkit.work import WorkLog
    >>> log = WorkLog(pathlib.Path(tempfile.mkdtemp()) / "amber-heron-417.jsonl")
    >>> reading = FirstReading(log, course.load_article(), course.load_codebook(), "ending")
    >>> str(BesideClass(reading, list, "Nobody."))
    'alaska-summit, ending: own first reading not kept yet'
    """

    reading: FirstReading
    readers: Callable[[], Sequence[AnnotationSet]]
    source: str
    counted: ClassView | None = field(default=None, repr=False)

    def __str__(self) -> str:
        """Return a line that depends on the class and the first reading alone."""
        kept, view = self.reading.kept(), self.view()
        state = "own first reading not kept yet"
        if kept is not None and view is not None:
            state = f"{view.readers} learners, own first reading {len(kept)} tags"
        return f"{self.reading.document.id}, {self.reading.section_id}: {state}"

    @property
    def title(self) -> str:
        """The section's title."""
        return self.reading.document.section(self.reading.section_id).title

    def view(self) -> ClassView | None:
        """Count the class once, and put the learner's current tags beside it."""
        if self.reading.kept() is None:
            return None
        if self.counted is None:
            document, codes = self.reading.document, self.reading.codebook.devices
            self.counted = class_view(self.readers(), document, self.reading.section_id, codes)
        return replace(self.counted, mine=tuple(self.reading.tags()))

    def data(self) -> dict[str, Any]:
        """Give what a browser may show; nothing before the learner's own reading is saved."""
        view = self.view()
        if view is None:
            return {}
        data = view_data(view)
        return data | {"said": [self.source, *self.reading.sentences(), *data["said"]]}

    def html(self) -> str:
        """Give the same as static HTML."""
        view, title = self.view(), f"The class map: {self.title}"
        if view is None:
            return list_html(title, WHY)
        return view_html(title, [self.source, *self.reading.sentences()], view)


def _tags_of_class(path: Path, text: TextVersion) -> Iterator[tuple[str, LearnerTags]]:
    """Give each learner of a class file, or of a folder of hand-ins, with the tags on a text.

    Tags on other versions of the text, or with another codebook, are left out.
    """
    if not path.is_dir():
        yield from read_class(path).tags_on(text)
        return
    for file in sorted(path.glob("*.answers.json")):
        hand_in = read_hand_in(read_bytes(file), file.name, KnownTexts())
        if columns := hand_in.tags.get(text):
            tags = columns["start"], columns["end"], columns["label"]
            yield hand_in.coder, LearnerTags(0, *tags, [], [], [])


def readers_of(path: str | Path, reading: FirstReading) -> list[AnnotationSet]:
    """Return what each learner tagged in the section of a reading; the others are left out.

    A tag that goes beyond the section is cut to it.

    Parameters
    ----------
    path
        A class file, or a folder of hand-ins.
    reading
        Whoever looks at the class; only codes for devices count.

    Raises
    ------
    FramingkitError
        If the file or a hand-in cannot be read.
    """
    section = reading.document.section(reading.section_id)
    devices = {code.id for code in reading.codebook.devices}
    readers = []
    for coder, tags in _tags_of_class(Path(path), reading.text):
        spans = tuple(
            Span(max(start, section.start), min(end, section.end), label)
            for start, end, label in zip(tags.start, tags.end, tags.label, strict=True)
            if start < section.end and section.start < end and label in devices
        )
        if spans:
            readers.append(AnnotationSet(reading.document.id, coder, spans))
    return readers
