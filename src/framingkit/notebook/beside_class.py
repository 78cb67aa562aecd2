"""Compare oneself with a class: by the map, or by plain functions; one’s own reading comes first.

What counts a class is loaded when the class is asked for, so that a lesson opens without it.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from framingkit import course
from framingkit.base import Page, shown
from framingkit.errors import FramingkitError
from framingkit.notebook.text import ARTICLE, AtWork, document_of, in_sentences, sentence_page
from framingkit.work import FirstReading

if TYPE_CHECKING:
    from framingkit.reports import BesideClass
    from framingkit.widgets import ClassMap

SAMPLE = (
    "These are 30 constructed learners, made for this kit. They are not real people, and their "
    "tags are neither right nor wrong."
)


@in_sentences(FramingkitError)
def class_map(
    lesson: AtWork, section: str, class_file: str = "", document: str = ARTICLE
) -> "ClassMap":
    """Show how a class tagged a section, after the learner's own reading is kept.

    Without `class_file`, it is ``class.jsonl.gz`` in the work folder, or else the sample class.
    """
    from framingkit.widgets import ClassMap

    return ClassMap(_beside(lesson, section, class_file, document))


@in_sentences(FramingkitError)
def first_reading(lesson: AtWork, section: str, document: str = ARTICLE) -> Page:
    """Keep the learner's current tags in a section, so that the class may be shown."""
    reading = _reading(lesson, section, document)
    reading.keep()
    return sentence_page(" ".join(reading.sentences()))


@in_sentences(FramingkitError)
def class_page(lesson: AtWork, section: str, class_file: str = "", document: str = ARTICLE) -> Page:
    """Show what the class map shows, as a page to read."""
    beside = _beside(lesson, section, class_file, document)
    return Page(beside.html(), f"The class map: {beside}")


def _beside(lesson: AtWork, section: str, class_file: str, document: str) -> "BesideClass":
    from framingkit.hand_ins import CLASS_FILE, sample_hand_ins
    from framingkit.reports import BesideClass, readers_of

    reading = _reading(lesson, section, document)
    path = Path(class_file) if class_file else lesson.log.path.parent / CLASS_FILE
    is_sample = not class_file and not path.exists()
    if is_sample and not course.this_course().is_kit:
        raise FramingkitError(
            f"There is no class to show yet. When your teacher gives you its file, {CLASS_FILE}, "
            "put it into your folder “work”, and run this cell again (Shift+Enter)."
        )
    source = sample_hand_ins() if is_sample else path
    return BesideClass(
        reading,
        lambda: readers_of(source, reading),
        SAMPLE if is_sample else f"This class comes from the file “{shown(path.name)}”.",
    )


def _reading(lesson: AtWork, section: str, document: str) -> FirstReading:
    text = document_of(lesson.log, document)
    text.section(section)
    lesson.log.refresh()
    return FirstReading(lesson.log, text, course.load_codebook(), section)
