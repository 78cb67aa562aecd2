"""What a report says about one text: who read it, the map, agreement, contested places.

A section that fewer than five learners have read is left out of all of it, because otherwise
one could tell who tagged what.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from framingkit.agreement.alpha import (
    krippendorff_alpha,
    krippendorff_alpha_micro,
    positive_agreement,
    positive_agreement_micro,
    totals,
)
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


def measure_agreement(spans: ClassSpans, codes: tuple[Code, ...]) -> Agreement:
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
