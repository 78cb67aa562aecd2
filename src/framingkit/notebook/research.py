"""What a researcher calls: two coders side by side, and a whole class, on a text of the kit.

The modules behind these functions take the text and the codes as arguments, so that they serve
any text. Here both are those of the kit, found by the id that the tags carry.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from framingkit import course
from framingkit.agreement import PairAgreement, compare_pair
from framingkit.course import AnnotationSet
from framingkit.errors import FramingkitError
from framingkit.hand_ins import Class, class_sets

if TYPE_CHECKING:
    from framingkit.agreement import Agreement


def pair_agreement(
    first: AnnotationSet, second: AnnotationSet, names: tuple[str, str] | None = None
) -> PairAgreement:
    """Compare the tags of two people on an article of the kit.

    Parameters
    ----------
    first, second
        The tags of both. Without `names`, the first person is called "you" and the second "they".
    names
        What to call the two, for example their code names.

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
    document = course.kit_article(first.document_id)
    return compare_pair(first, second, document, course.load_codebook(), names)


def class_annotations(found: Class, id: str = "alaska-summit") -> tuple[AnnotationSet, ...]:
    """Return what each learner of a class tagged on an article of the kit.

    Learners who tagged another version of the article, or with another codebook, are left out,
    and so are those who tagged nothing in it.
    """
    return tuple(class_sets(found, course.kit_article(id)))


def class_agreement(annotation_sets: Sequence[AnnotationSet]) -> "Agreement":
    """Compute how far several people agree on an article of the kit.

    Krippendorff's nominal alpha on characters with an exact jackknife interval over people, and
    positive agreement, for each code and for all. Whoever tagged something in a section counts
    as its reader; sections that somebody has not read are missing values, not "no tag".

    Parameters
    ----------
    annotation_sets
        One set for each person, all on the same article. Labels that the codebook does not
        have are left out.

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
    from framingkit.agreement import class_spans, measure_agreement, section_readers, used_codes

    if not annotation_sets:
        raise FramingkitError("There is nobody to compare. Give one set of tags for each person.")
    document, codebook = course.kit_article(annotation_sets[0].document_id), course.load_codebook()
    labels = [code.id for code in codebook.codes]
    spans = class_spans(annotation_sets, labels, len(document.text))
    read = section_readers(document, [spans], fewest=1).ranges
    used, codes = used_codes(replace(spans, read=read), codebook)
    return measure_agreement(used, codes)
