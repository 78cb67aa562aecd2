"""Which sets of tags can be compared at all."""

from collections import Counter
from collections.abc import Sequence

from framingkit.course import AnnotationSet, Document
from framingkit.errors import FramingkitError


def check_text(annotation_sets: Sequence[AnnotationSet], document: Document) -> None:
    """Refuse sets of tags on another text.

    Raises
    ------
    FramingkitError
        With a sentence that names the person and both texts.

    Examples
    --------
    >>> from framingkit.course import load_article
    >>> check_text([AnnotationSet("tagger-tour", "mara", ())], load_article())
    Traceback (most recent call last):
    framingkit.errors.FramingkitError: The tags of 'mara' were made on 'tagger-tour', but the text
    is 'alaska-summit'. Load the text they were made on.
    """
    for tagged in annotation_sets:
        if tagged.document_id != document.id:
            raise FramingkitError(
                f"The tags of {tagged.coder!r} were made on {tagged.document_id!r}, but the text "
                f"is {document.id!r}. Load the text they were made on."
            )


def check_people(annotation_sets: Sequence[AnnotationSet]) -> None:
    """Refuse two sets of tags by one person.

    Raises
    ------
    FramingkitError
        With a sentence that names the person.

    Examples
    --------
    >>> check_people([AnnotationSet("alaska-summit", name, ()) for name in ("mara", "ben")])
    """
    coders = Counter(tagged.coder for tagged in annotation_sets)
    twins = [coder for coder, sets in coders.items() if sets > 1]
    if twins:
        raise FramingkitError(
            f"Two sets of tags are by {twins[0]!r}, who would agree with themselves. Give one set "
            "for each person."
        )


def check_within(places: Sequence[tuple[int, int]], length: int) -> None:
    """Refuse tags outside a text; a class file may hold any numbers.

    Raises
    ------
    FramingkitError
        With a sentence that names the first one.

    Examples
    --------
    >>> check_within([(13, 23)], length=2964)
    """
    for number, (start, end) in enumerate(places):
        if not 0 <= start < end <= length:
            raise outside(number, start, end, length)


def outside(number: int, start: int, end: int, length: int) -> FramingkitError:
    """Say which tag lies outside a text."""
    return FramingkitError(
        f"Tag {number} runs from {start} to {end}, but it needs 0 <= start < end <= {length}, "
        "the length of the text. Use the text it was made on."
    )
