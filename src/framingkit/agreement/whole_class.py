"""How far a whole class agrees: every coefficient, for each code and for all of them together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from framingkit.agreement.alpha import krippendorff_alpha, positive_agreement, totals
from framingkit.agreement.coefficients import Coefficient, Interval
from framingkit.agreement.columns import ClassSpans
from framingkit.agreement.heat import ClassHeat, class_heat
from framingkit.agreement.intervals import CoderAgreement, agreement_by_coder
from framingkit.course import Code, Codebook


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


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """All coefficients of one class, and what they were made of."""

    heat: ClassHeat
    overall: CodeAgreement
    by_code: tuple[CodeAgreement, ...]
    by_coder: CoderAgreement


def used_codes(
    spans: ClassSpans, codebook: Codebook, always: Sequence[Code] = ()
) -> tuple[ClassSpans, tuple[Code, ...]]:
    """Keep the labels that somebody used, and the core codes; renumber them.

    Parameters
    ----------
    spans
        A class whose labels number the codes in ``codebook.codes``.
    codebook
        The codes.
    always
        Codes that are kept as well.
    """
    counts = np.bincount(spans.label, minlength=spans.labels)
    wanted = {code.id for code in (*codebook.core, *always)}
    kept = [
        label for label, code in enumerate(codebook.codes) if counts[label] or code.id in wanted
    ]
    number = np.zeros(spans.labels, dtype=spans.label.dtype)
    number[kept] = np.arange(len(kept))
    codes = tuple(codebook.codes[label] for label in kept)
    return replace(spans, label=number[spans.label], labels=len(kept)), codes


def measure_agreement(spans: ClassSpans, codes: tuple[Code, ...]) -> Agreement:
    """Compute every coefficient of a class, for each code and for all of them."""
    heat = class_heat(spans)
    sums = totals(heat)
    by_coder = agreement_by_coder(heat, sums)
    tags = np.bincount(spans.label, minlength=spans.labels)

    def row(code: Code | None, labels: list[int], interval: Interval) -> CodeAgreement:
        positive, alpha = positive_agreement(sums, labels), krippendorff_alpha(sums, labels)
        count = int(tags[labels].sum())
        return CodeAgreement(code, _coders(heat, labels), count, positive, alpha, interval)

    overall = row(None, list(range(len(codes))), by_coder.interval_micro)
    by_code = (row(code, [label], by_coder.intervals[label]) for label, code in enumerate(codes))
    return Agreement(heat, overall, tuple(by_code), by_coder)


def _coders(heat: ClassHeat, labels: Iterable[int]) -> int:
    """Count the people who gave any of these labels to text that they have read."""
    used = np.zeros(heat.coders, dtype=bool)
    for label in labels:
        coder, start, end = heat.marked.of(label)
        used[coder[start < end]] = True
    return int(used.sum())
