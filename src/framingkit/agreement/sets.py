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
