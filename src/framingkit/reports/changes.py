"""What a class changed between two hand-ins: tags kept, added, dropped, moved or relabelled.

Only learners who tagged the text both times are compared, each with themselves. More agreement
afterwards says that people came closer, and not that they read better.
"""

from collections import Counter
from dataclasses import dataclass, field, replace

import numpy as np

from framingkit.agreement import (
    Agreement,
    CodeAgreement,
    Coefficient,
    Interval,
    PerCoder,
    TagColumns,
    jackknife_interval,
    measure_agreement,
    section_readers,
    used_codes,
)
from framingkit.course import Code, Codebook, Document
from framingkit.feedback import compare_tags
from framingkit.hand_ins import SMALLEST_GROUP, LearnerTags

KINDS = ("kept", "added", "dropped", "moved", "relabelled")


@dataclass(frozen=True, slots=True)
class AgreementChange:
    """Agreement of the same learners at two times, and the difference of the two alphas."""

    before: CodeAgreement
    after: CodeAgreement
    change: Coefficient
    interval: Interval


@dataclass(frozen=True, slots=True)
class TextChanges:
    """What became of the tags on one text.

    ``learners`` tagged it both times, ``changed`` of them differently; ``once`` tagged it only
    one time. ``counts`` has the tags of each of `KINDS`; ``by_code`` the same for each code, a
    new code counting for the tag's first one; ``relabelled`` counts pairs of codes, most frequent
    first. With fewer than five learners only ``learners``, ``once``, ``counts`` and ``overall``.
    """

    document: Document
    learners: int
    once: int
    counts: dict[str, int]
    overall: AgreementChange
    changed: int | None = None
    by_code: tuple[tuple[Code, dict[str, int]], ...] = ()
    relabelled: tuple[tuple[Code, Code, int], ...] = ()
    agreement: tuple[AgreementChange, ...] = ()


@dataclass(slots=True)
class ChangeTally:
    """Counts what became of the tags on one text, learner by learner."""

    before: TagColumns
    after: TagColumns
    once: int = 0
    changed: int = 0
    counts: dict[str, Counter[str]] = field(
        default_factory=lambda: {kind: Counter() for kind in KINDS}
    )
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, before: LearnerTags | None, after: LearnerTags | None) -> None:
        """Add one learner's tags at both times."""
        if not (before and after and before.start and after.start):
            self.once += bool((before and before.start) or (after and after.start))
            return
        self.before.add(before)
        self.after.add(after)
        changes = compare_tags(before.spans, after.spans)
        self.changed += bool(
            changes.added or changes.removed or changes.moved or changes.relabelled
        )
        self.counts["kept"].update(span.label for span in changes.kept)
        self.counts["added"].update(span.label for span in changes.added)
        self.counts["dropped"].update(span.label for span in changes.removed)
        self.counts["moved"].update(old.label for old, _ in changes.moved)
        self.counts["relabelled"].update(old.label for old, _ in changes.relabelled)
        self.pairs.update((old.label, new.label) for old, new in changes.relabelled)


def text_changes(tally: ChangeTally, document: Document, codebook: Codebook) -> TextChanges:
    """Work out what a report says about the changes on one text.

    Who tagged a section at either time has read it both times: so the same people are compared
    on the same words.

    Raises
    ------
    FramingkitError
        If a tag lies outside the text.
    """
    then, now, enough = _agreements(tally, document, codebook)
    whole = TextChanges(
        document,
        tally.before.coders,
        tally.once,
        {kind: tally.counts[kind].total() for kind in KINDS},
        _change(then, now, None),
    )
    if not enough:
        return whole
    pairs = sorted(tally.pairs.items(), key=lambda row: (-row[1], row[0]))
    return replace(
        whole,
        changed=tally.changed,
        by_code=_by_code(tally, codebook),
        relabelled=tuple(
            (codebook.code(old), codebook.code(new), count) for (old, new), count in pairs
        ),
        agreement=tuple(_change(then, now, label) for label in range(len(then.by_code))),
    )


def _agreements(
    tally: ChangeTally, document: Document, codebook: Codebook
) -> tuple[Agreement, Agreement, bool]:
    """Compute agreement at both times; also tell whether there are enough readers for more."""
    both = [columns.spans(len(document.text)) for columns in (tally.before, tally.after)]
    readers = section_readers(document, both, SMALLEST_GROUP)
    codes = [code for spans in both for code in used_codes(spans, codebook)[1]]
    then, now = (
        measure_agreement(*used_codes(replace(spans, read=readers.ranges), codebook, codes))
        for spans in both
    )
    return then, now, not readers.small


def _by_code(tally: ChangeTally, codebook: Codebook) -> tuple[tuple[Code, dict[str, int]], ...]:
    rows = [
        (code, {kind: tally.counts[kind][code.id] for kind in KINDS}) for code in codebook.codes
    ]
    return tuple((code, counts) for code, counts in rows if any(counts.values()))


def _change(then: Agreement, now: Agreement, label: int | None) -> AgreementChange:
    """Compare alpha at two times; the jackknife leaves each learner out of both at once."""
    (before, old), (after, new) = (_with_jackknife(time, label) for time in (then, now))
    change = _difference(before.alpha, after.alpha)
    without = PerCoder(new.values - old.values, old.defined & new.defined)
    took_part = np.bincount(then.heat.read.coder, minlength=then.heat.coders) > 0
    return AgreementChange(before, after, change, jackknife_interval(change, without, took_part))


def _with_jackknife(agreement: Agreement, label: int | None) -> tuple[CodeAgreement, PerCoder]:
    if label is None:
        return agreement.overall, agreement.by_coder.alpha_without_micro
    return agreement.by_code[label], agreement.by_coder.alpha_without[label]


def _difference(before: Coefficient, after: Coefficient) -> Coefficient:
    if before.exact is None or after.exact is None:
        return Coefficient(None, before.reason or after.reason)
    return Coefficient(after.exact - before.exact)
