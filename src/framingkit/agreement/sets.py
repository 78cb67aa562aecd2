"""Which sets of tags can be compared at all."""

from collections import Counter
from collections.abc import Sequence

from framingkit.course import AnnotationSet, Document
from framingkit.errors import FramingkitError


def check_sets(annotation_sets: Sequence[AnnotationSet]) -> None:
    """Refuse sets of tags on several texts, or two by one person.

    Raises
    ------
    FramingkitError
        With a sentence that says which sets do not go together.

    Examples
    --------
    >>> check_sets([AnnotationSet("alaska-summit", name, ()) for name in ("mara", "ben")])
    """
    documents = sorted({tagged.document_id for tagged in annotation_sets})
    if len(documents) > 1:
        raise FramingkitError(
            f"The tags were made on {documents[0]!r} and on {documents[1]!r}. Compare the tags on "
            "one text."
        )
    coders = Counter(tagged.coder for tagged in annotation_sets)
    twins = [coder for coder, sets in coders.items() if sets > 1]
    if twins:
        raise FramingkitError(
            f"Two sets of tags are by {twins[0]!r}, who would agree with themselves. Give one set "
            "for each person."
        )


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
