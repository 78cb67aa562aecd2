"""What a report says about one text: who read it, the map, agreement, contested places.

A section that fewer than five learners have read is left out of all of it, because otherwise
one could tell who tagged what.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from framingkit.agreement import (
    krippendorff_alpha,
    krippendorff_alpha_micro,
    positive_agreement,
    positive_agreement_micro,
    totals,
)
from framingkit.agreement_by_coder import CoderAgreement, agreement_by_coder
from framingkit.agreement_on_spans import exact_span_f1
from framingkit.class_columns import TagColumns, section_readers
from framingkit.class_contests import Contest, class_contests
from framingkit.class_heat import ClassHeat, class_heat
from framingkit.class_map import ClassMap, ShadedWords, class_map
from framingkit.class_spans import ClassSpans
from framingkit.codebooks import Code, Codebook
from framingkit.coefficients import Coefficient, Interval
from framingkit.documents import Document

FEWEST = 5
"""No group with fewer learners is broken down."""

ONE_IN = 100
"""Words are shown in a map if at least one learner in so many tagged them."""


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """How far a class agrees about one code, or with ``code`` None about all of them.

    ``learners`` and ``tags`` count who used it, and how often.
    """

    code: Code | None
    learners: int
    tags: int
    positive: Coefficient
    alpha: Coefficient
    interval: Interval


@dataclass(frozen=True, slots=True)
class TextReport:
    """One text as a class read it.

    ``learners`` and ``tags`` count everybody who tagged the text; ``readers`` those of each
    section. All that follows is about sections with at least `FEWEST` readers; if there is none,
    ``codes``, ``by_code`` and ``contests`` are empty, there is no map, and ``overall`` is about
    the whole text.
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
    map: ClassMap | None = None
    contests: tuple[Contest, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """All coefficients of one class, and what they were made of."""

    heat: ClassHeat
    overall: CodeAgreement
    by_code: tuple[CodeAgreement, ...]
    by_coder: CoderAgreement


def text_report(columns: TagColumns, document: Document, codebook: Codebook) -> TextReport:
    """Work out what a report says about one text.

    Parameters
    ----------
    columns
        The tags of everybody; its labels are the places in ``codebook.codes``.
    document, codebook
        The text and the codes.

    Raises
    ------
    FramingkitError
        If a tag lies outside the text.

    Examples
    --------
    >>> from framingkit.course import load_article, load_codebook
    >>> columns = TagColumns({code.id: n for n, code in enumerate(load_codebook().codes)})
    >>> text_report(columns, load_article(), load_codebook()).overall.alpha.reason
    'Agreement needs a text that at least two people have read.'
    """
    spans = columns.spans(len(document.text))
    readers = section_readers(document, [spans], FEWEST)
    small = not len(readers.ranges.coder)
    if small:
        readers = section_readers(document, [spans], 1)
    read, codes = used_codes(replace(spans, read=readers.ranges), codebook)
    found = agreement(read, codes)
    whole = TextReport(
        document, spans.coders, len(spans.coder), readers.learners,
        0 if small else readers.incomplete, found.overall, exact_span_f1(read),
    )  # fmt: skip
    if small:
        return whole
    return replace(
        whole,
        codes=codes,
        by_code=found.by_code,
        map=class_map(read, document, found.heat),
        contests=class_contests(read, found.heat, document),
    )


def frequent(words: Sequence[ShadedWords]) -> list[ShadedWords]:
    """Leave out words that hardly anybody tagged: in a large class somebody tags every word.

    Examples
    --------
    >>> frequent([ShadedWords(13, 23, 9, 1000), ShadedWords(24, 30, 10, 1000)])[0].coders
    10
    """
    return [one for one in words if one.coders * ONE_IN >= one.readers]


def used_codes(
    spans: ClassSpans, codebook: Codebook, always: Sequence[Code] = ()
) -> tuple[ClassSpans, tuple[Code, ...]]:
    """Keep the labels that somebody used, and the core codes; number them anew.

    Parameters
    ----------
    spans
        A class whose labels are the places in ``codebook.codes``.
    codebook
        The codes.
    always
        Codes that are kept as well.
    """
    counts = np.bincount(spans.label, minlength=spans.labels)
    wanted = {code.id for code in (*codebook.core, *always)}
    kept = [
        place for place, code in enumerate(codebook.codes) if counts[place] or code.id in wanted
    ]
    number = np.zeros(spans.labels, dtype=np.int32)
    number[kept] = np.arange(len(kept))
    codes = tuple(codebook.codes[place] for place in kept)
    return replace(spans, label=number[spans.label], labels=len(kept)), codes


def agreement(spans: ClassSpans, codes: tuple[Code, ...]) -> Agreement:
    """Compute every coefficient of a class, for each code and for all of them."""
    heat = class_heat(spans)
    sums, by_coder = totals(heat), agreement_by_coder(heat)
    tags = np.bincount(spans.label, minlength=spans.labels).tolist()
    rows = zip(
        codes, tags, positive_agreement(sums), krippendorff_alpha(sums), by_coder.intervals,
        strict=True,
    )  # fmt: skip
    by_code = tuple(
        CodeAgreement(code, _coders(heat, [label]), count, positive, alpha, interval)
        for label, (code, count, positive, alpha, interval) in enumerate(rows)
    )
    overall = CodeAgreement(
        None,
        _coders(heat, range(len(codes))),
        sum(tags),
        positive_agreement_micro(sums),
        krippendorff_alpha_micro(sums),
        by_coder.interval_micro,
    )
    return Agreement(heat, overall, by_code, by_coder)


def _coders(heat: ClassHeat, labels: Iterable[int]) -> int:
    """Count who gave one of these labels to text that they have read."""
    used = np.zeros(heat.coders, dtype=bool)
    for label in labels:
        coder, start, end = heat.marked.of(label)
        used[coder[start < end]] = True
    return int(used.sum())
