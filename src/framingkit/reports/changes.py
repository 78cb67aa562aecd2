"""What a class changed between two hand-ins: tags kept, added, dropped, moved or relabelled.

Only learners who tagged the text both times are compared, each with themselves. More agreement
afterwards says that people came closer, and not that they read better.
"""

from collections import Counter
from collections.abc import Set
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
from framingkit.course import Code, Codebook, Document, Section, Span
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
    first. All these are about sections that at least `SMALLEST_GROUP` of the learners tagged;
    ``closed`` are the other sections that were tagged. If all are closed, there are only
    ``learners``, ``once`` and ``overall``.
    """

    document: Document
    learners: int
    once: int
    counts: dict[str, int]
    overall: AgreementChange
    closed: tuple[Section, ...]
    changed: int | None = None
    by_code: tuple[tuple[Code, dict[str, int]], ...] = ()
    relabelled: tuple[tuple[Code, Code, int], ...] = ()
    agreement: tuple[AgreementChange, ...] = ()


@dataclass(slots=True)
class ChangeTally:
    """Counts what became of the tags on one text, learner by learner and section by section.

    Only at the end it is known which sections enough learners have tagged. A tag belongs to the
    section in which it begins; ``changed`` counts learners by the sections that they changed.
    """

    document: Document
    before: TagColumns
    after: TagColumns
    once: int = 0
    changed: Counter[frozenset[str]] = field(default_factory=Counter)
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, before: LearnerTags | None, after: LearnerTags | None) -> None:
        """Add one learner's tags at both times."""
        if not (before and after and before.start and after.start):
            self.once += bool((before and before.start) or (after and after.start))
            return
        self.before.add(before)
        self.after.add(after)
        changes = compare_tags(before.spans, after.spans)
        first = {
            "kept": changes.kept,
            "added": changes.added,
            "dropped": changes.removed,
            "moved": [old for old, _ in changes.moved],
            "relabelled": [old for old, _ in changes.relabelled],
        }
        rows = [(kind, self._section(tag), tag.label) for kind in KINDS for tag in first[kind]]
        self.counts.update(rows)
        self.changed[frozenset(section for kind, section, _ in rows if kind != "kept")] += 1
        self.pairs.update(
            (self._section(old), old.label, new.label) for old, new in changes.relabelled
        )

    def _section(self, tag: Span) -> str:
        """Name the section in which a tag begins; empty if it is in none."""
        sections = self.document.sections
        around = (part.id for part in sections if part.start <= tag.start < part.end)
        return next(around, "")


def text_changes(tally: ChangeTally, codebook: Codebook) -> TextChanges:
    """Work out what a report says about the changes on one text.

    Who tagged a section at either time has read it both times: so the same people are compared
    on the same words.

    Raises
    ------
    FramingkitError
        If a tag lies outside the text.
    """
    then, now, readers = _agreements(tally, codebook)
    document = tally.document
    whole = TextChanges(
        document,
        tally.before.coders,
        tally.once,
        {},
        _change(then, now, None),
        tuple(document.section(id) for id, n in readers.items() if 0 < n < SMALLEST_GROUP),
    )
    shown = {id for id, learners in readers.items() if learners >= SMALLEST_GROUP}
    if not shown:
        return whole
    return replace(
        whole,
        changed=sum(n for sections, n in tally.changed.items() if not shown.isdisjoint(sections)),
        counts=_counts(tally, shown),
        by_code=_by_code(tally, codebook, shown),
        relabelled=_relabelled(tally, codebook, shown),
        agreement=tuple(_change(then, now, label) for label in range(len(then.by_code))),
    )


def _relabelled(
    tally: ChangeTally, codebook: Codebook, shown: Set[str]
) -> tuple[tuple[Code, Code, int], ...]:
    pairs = Counter[tuple[str, str]]()
    for (section, old, new), count in tally.pairs.items():
        pairs[old, new] += count * (section in shown)
    rows = sorted((+pairs).items(), key=lambda row: (-row[1], row[0]))
    return tuple((codebook.code(old), codebook.code(new), count) for (old, new), count in rows)


def _agreements(
    tally: ChangeTally, codebook: Codebook
) -> tuple[Agreement, Agreement, dict[str, int]]:
    """Compute agreement at both times; also count the readers of each section."""
    length = len(tally.document.text)
    both = [columns.spans(length) for columns in (tally.before, tally.after)]
    readers = section_readers(tally.document, both, SMALLEST_GROUP)
    codes = [code for spans in both for code in used_codes(spans, codebook)[1]]
    then, now = (
        measure_agreement(*used_codes(replace(spans, read=readers.ranges), codebook, codes))
        for spans in both
    )
    return then, now, readers.learners


def _by_code(
    tally: ChangeTally, codebook: Codebook, shown: Set[str]
) -> tuple[tuple[Code, dict[str, int]], ...]:
    rows = [(code, _counts(tally, shown, code.id)) for code in codebook.codes]
    return tuple((code, counts) for code, counts in rows if any(counts.values()))


def _counts(tally: ChangeTally, shown: Set[str], code: str = "") -> dict[str, int]:
    """Count the tags of each kind in open sections, of one code or of all."""
    counts = dict.fromkeys(KINDS, 0)
    for (kind, section, label), count in tally.counts.items():
        if section in shown and code in ("", label):
            counts[kind] += count
    return counts


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
