"""What a researcher calls: two coders side by side, a coder beside a reading, and a whole class.

The rooms behind these functions take the text and the codes as arguments, so that they serve any
text. Here both are those of the kit, found by the id that the tags carry, unless others are given.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from framingkit import course, feedback
from framingkit.base import (
    PASSAGE_STYLE,
    WIDGET_TOKENS,
    Html,
    Page,
    counted,
    element,
    passage_html,
    quoted,
)
from framingkit.course import AnnotationSet, Code, Codebook, Document, Reference
from framingkit.errors import FramingkitError
from framingkit.feedback import TagComparison

if TYPE_CHECKING:
    from framingkit.agreement import Agreement, ClassSpans, PairAgreement
    from framingkit.hand_ins import ClassFile


def compare_with_reference(
    annotations: AnnotationSet,
    section: str,
    codes: Collection[str] = (),
    *,
    reference: Reference | None = None,
    document: Document | None = None,
    codebook: Codebook | None = None,
) -> TagComparison:
    """Compare a coder's tags in one section with a reading.

    Parameters
    ----------
    annotations
        The tags.
    section
        The id of the section.
    codes
        The ids of the codes on offer; without them, the core codes.
    reference, document, codebook
        The reading, the text and the codes; without them, those of the kit.

    Raises
    ------
    FramingkitError
        If the tags belong to another document, or a code or the section is unknown.

    Examples
    --------
    >>> from framingkit.course import Span
    >>> mine = AnnotationSet("alaska-summit", "mara", (Span(2952, 2958, "booster"),))
    >>> compare_with_reference(mine, "ending", ["booster", "hedge"]).summary
    ('Your one tag matches the reference reading.', 'You found 1 of its 3 clear entries.')
    """
    text, codes_of_text = _text_and_codes(annotations, document, codebook)
    reading = reference or course.load_reference(text.id)
    offered = codes or [code.id for code in codes_of_text.core]
    return feedback.compare_with_reference(
        annotations, reading, text, codes_of_text, offered, section
    )


def pair_agreement(
    first: AnnotationSet,
    second: AnnotationSet,
    names: tuple[str, str] | None = None,
    *,
    document: Document | None = None,
    codebook: Codebook | None = None,
) -> "PairAgreement":
    """Compare the tags of two people.

    Parameters
    ----------
    first, second
        The tags of both. Without `names`, the first person is called "you" and the second "they".
    names
        What to call the two, for example their code names.
    document, codebook
        The text and the codes; without them, those of the kit.

    Raises
    ------
    FramingkitError
        If the sets are on two texts, or a label is not in the codebook.

    Examples
    --------
    >>> from framingkit.course import Span
    >>> mine = AnnotationSet("alaska-summit", "mara", (Span(2959, 2962, "nature_metaphor"),))
    >>> pair_agreement(mine, mine).f1.value
    1.0
    """
    from framingkit.agreement import compare_pair

    return compare_pair(first, second, *_text_and_codes(first, document, codebook), names)


def class_annotations(
    class_file: "ClassFile", document: str | Document = "alaska-summit"
) -> tuple[AnnotationSet, ...]:
    """Return what each learner of a class tagged on a text: an article of the kit, or another.

    Learners who tagged another version of the text, or with another codebook, are left out,
    and so are those who tagged nothing in it.
    """
    from framingkit.hand_ins import class_sets

    text = course.kit_article(document) if isinstance(document, str) else document
    return tuple(class_sets(class_file, text))


def class_agreement(
    annotation_sets: Sequence[AnnotationSet],
    *,
    document: Document | None = None,
    codebook: Codebook | None = None,
) -> "Agreement":
    """Compute how far several people agree on a text.

    Krippendorff's nominal alpha on characters with an exact jackknife interval over people, and
    positive agreement, for each code and for all. Whoever tagged something in a section counts
    as its reader; sections that somebody has not read are missing values, not "no tag".

    Parameters
    ----------
    annotation_sets
        One set for each person, all on the same text. Labels that the codebook does not
        have are left out.
    document, codebook
        The text and the codes; without them, those of the kit.

    Returns
    -------
    Agreement
        ``overall`` and ``by_code`` with ``alpha``, ``interval`` and ``positive``; ``by_coder``
        has each person beside the others.

    Raises
    ------
    FramingkitError
        If there is no set, the sets are on several texts, or two are by one person.

    Examples
    --------
    >>> reference = course.load_annotations()
    >>> twin = AnnotationSet(reference.document_id, "twin", reference.spans)
    >>> class_agreement([reference, twin]).overall.alpha.value
    1.0
    """
    from framingkit.agreement import measure_agreement

    return measure_agreement(*_columns(annotation_sets, document, codebook)[:2])


def class_map(
    annotation_sets: Sequence[AnnotationSet],
    *,
    document: Document | None = None,
    codebook: Codebook | None = None,
) -> Page:
    """Show a text with the number of people before the words that they tagged.

    Parameters
    ----------
    annotation_sets, document, codebook
        As for `class_agreement`.

    Examples
    --------
    >>> reference = course.load_annotations()
    >>> class_map([reference])
    Map of “US rolls out red carpet for Russian President Putin in Alaska”: 1 coder
    """
    from framingkit.agreement import MAP_STYLE, class_heat, class_map_html, map_key_html
    from framingkit.agreement import class_map as words_of

    spans, _, text = _columns(annotation_sets, document, codebook)
    words = words_of(class_heat(spans), text).tagged
    style = element("style", Html(f"{WIDGET_TOKENS}\n{PASSAGE_STYLE}\n{MAP_STYLE}"))
    said = f"Map of {quoted(text.title)}: {counted(spans.coders, 'coder')}"
    shown = passage_html(style, map_key_html(spans.coders), class_map_html(text, words))
    return Page(shown, said)


def disagreements(
    annotation_sets: Sequence[AnnotationSet],
    most: int = 6,
    *,
    document: Document | None = None,
    codebook: Codebook | None = None,
) -> list[str]:
    """Say in sentences over which passages people are split, the most contested first.

    Parameters
    ----------
    annotation_sets, document, codebook
        As for `class_agreement`.
    most
        Give at most this many.

    Examples
    --------
    >>> from framingkit.course import Span
    >>> mara = AnnotationSet("alaska-summit", "mara", (Span(13, 23, "ceremony_symbol"),))
    >>> ben = AnnotationSet("alaska-summit", "ben", (Span(13, 23, "loaded_word"),))
    >>> print(disagreements([mara, ben])[0].partition(": ")[2])
    1 of 2 learners: Ceremony symbol on “red carpet”; 1 of 2 learners: Loaded word on “red carpet”.
    """
    from framingkit.agreement import class_contests, contest_words

    spans, codes, text = _columns(annotation_sets, document, codebook)
    told = [
        contest_words(contest, text, codes) for contest in class_contests(spans, text, codes, most)
    ]
    return [f"{one.sentence.rstrip('.')}: {'; '.join(one.lines)}." for one in told]


def _columns(
    annotation_sets: Sequence[AnnotationSet], document: Document | None, codebook: Codebook | None
) -> "tuple[ClassSpans, tuple[Code, ...], Document]":
    """Put sets into columns; who tagged something in a section is its reader."""
    from framingkit.agreement import class_spans, section_readers, used_codes

    if not annotation_sets:
        raise FramingkitError("There is nobody to compare. Give one set of tags for each person.")
    text, codes = _text_and_codes(annotation_sets[0], document, codebook)
    spans = class_spans(annotation_sets, [code.id for code in codes.codes], text)
    read = section_readers(text, [spans], fewest=1).ranges
    return *used_codes(replace(spans, read=read), codes), text


def _text_and_codes(
    annotations: AnnotationSet, document: Document | None, codebook: Codebook | None
) -> tuple[Document, Codebook]:
    text = document or course.kit_article(annotations.document_id)
    return text, codebook or course.load_codebook()
