"""What a report says about one text: who read it, the map, agreement, contested passages.

A section that fewer than five learners have read is left out of all of it, because otherwise
one could tell who tagged what.
"""

from dataclasses import dataclass, replace

import numpy as np

from framingkit.agreement import (
    ClassSpans,
    CodeAgreement,
    Coefficient,
    Contest,
    HeatMap,
    class_contests,
    class_map,
    exact_span_f1,
    measure_agreement,
    section_readers,
    used_codes,
)
from framingkit.course import Code, Codebook, Document
from framingkit.hand_ins import SMALLEST_GROUP


@dataclass(frozen=True, slots=True)
class TextReport:
    """One text as a class read it.

    ``learners`` and ``tags`` count everybody who tagged the text; ``readers`` those of each
    section. All that follows is about sections with at least `SMALLEST_GROUP` readers. If there is
    none, ``codes``, ``by_code`` and ``contests`` are empty, there is no map, and ``overall`` is
    about the whole text.
    """

    document: Document
    learners: int
    tags: int
    readers: dict[str, int]
    incomplete: int
    overall: CodeAgreement
    exact: Coefficient
    codes: tuple[Code, ...] = ()
    by_code: tuple[CodeAgreement, ...] = ()
    map: HeatMap | None = None
    contests: tuple[Contest, ...] = ()


_NOT_COUNTED = Coefficient(None, "Whole tags were not counted here.")


def text_report(
    spans: ClassSpans, document: Document, codebook: Codebook, brief: bool = False
) -> TextReport:
    """Work out what a report says about one text.

    Parameters
    ----------
    spans
        The tags of everybody; their labels number the codes in ``codebook.codes``.
    document, codebook
        The text and the codes.
    brief
        Whether `exact` and `contests`, which take long in a large class, are left out.

    Raises
    ------
    FramingkitError
        If a tag lies outside the text.

    Examples
    --------
    >>> from framingkit.agreement import TagColumns
    >>> from framingkit.course import load_article, load_codebook
    >>> columns = TagColumns({code.id: n for n, code in enumerate(load_codebook().codes)})
    >>> spans = columns.spans(len(load_article().text))
    >>> text_report(spans, load_article(), load_codebook()).overall.alpha.reason
    'Agreement needs a text that at least two people have read.'
    """
    readers = section_readers(document, [spans], SMALLEST_GROUP)
    read, codes = used_codes(replace(spans, read=readers.ranges), codebook)
    agreement = measure_agreement(read, codes)
    overall, by_code = agreement.overall, agreement.by_code
    shaded = None if readers.small else class_map(agreement.heat, document)
    del agreement  # what each learner marked is large
    learners = int(np.count_nonzero(np.bincount(spans.coder)))
    whole = TextReport(
        document, learners, len(spans.coder), readers.learners, readers.incomplete,
        overall, _NOT_COUNTED if brief else exact_span_f1(read),
    )  # fmt: skip
    if readers.small:
        return whole
    contests = () if brief else class_contests(read, document, codes)
    return replace(whole, codes=codes, by_code=by_code, map=shaded, contests=contests)
