"""A learner's tags beside the reference reading, in sentences with reasons.

The reference reading is one reading. So a tag "matches" it or has no counterpart in it, a reason
is always given, and nothing is ever called right or wrong. Overlap with the same label is enough
for a match. Debatable entries are mentioned, but leaving them out never counts against anybody.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from framingkit.base import Page, element, passage_html, quoted
from framingkit.course import (
    MISSING_PICTURE,
    AnnotationSet,
    Codebook,
    Document,
    NearMiss,
    Reference,
    ReferenceSpan,
    Span,
)
from framingkit.errors import FramingkitError
from framingkit.feedback.matching import SAME_WORDS, SpanTask, closeness, same_label

_WORD = re.compile(r"\S*\w\S*")
_SLACK = 2  # words that two readings of the same stretch may differ by without a remark
_LONGEST = 70
_UNPAIRED = ("extra", "near-miss", "other-label")
_MANY = 3  # tags without counterpart before over-tagging is named


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark on one stretch of text; ``label`` is the learner's, or the missed one.

    ``sentence`` says everything; ``reason`` is what is left to say beside the words themselves,
    where the label and the group are seen.
    """

    kind: str
    start: int
    end: int
    label: str
    sentence: str
    reason: str

    @property
    def group(self) -> str:
        """Which of three it is: "match", "think" again, or "missed"."""
        if self.kind.startswith("missed"):
            return "missed"
        return "think" if self.kind in _UNPAIRED else "match"


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes remarks on the tags of one section, in the words of its document and codebook."""

    document: Document
    codebook: Codebook
    task: SpanTask
    near_misses: tuple[NearMiss, ...]

    def remarks(
        self, tags: Sequence[Span], own: Mapping[int, int], accepted: Mapping[int, int]
    ) -> list[Remark]:
        """Remark on every tag, and on the entries that no remark on a tag names."""
        entries = self.task.entries
        named = [entries[index] for index in (*own.values(), *accepted.values())]
        remarks = []
        for index, tag in enumerate(tags):
            if index in own:
                remarks.append(self._on_match(tag, entries[own[index]]))
            elif index in accepted:
                remarks.append(self._on_accepted(tag, entries[accepted[index]]))
            else:
                remark, entry = self._on_unpaired(tag)
                remarks.append(remark)
                named += [entry] if entry else []
        for entry in entries:
            if entry.span.label in self.task.offered and entry not in named:
                remarks.append(self._on_missed(entry))
        return sorted(remarks, key=lambda remark: (remark.start, remark.end, remark.label))

    def _on_match(self, tag: Span, entry: ReferenceSpan) -> Remark:
        words = f"matches the reference reading: {self._name(tag)}."
        kind, reason = "match", entry.rationale
        if entry.status == "debatable":
            kind = "match-debatable"
            reason += f" It is debatable; another reading: {entry.alternative}"
        if difference := self._difference(tag, entry.span):
            kind, reason = "boundary", f"{reason} {difference}"
        return self._remark(kind, tag, f"{words} {reason}", reason)

    def _on_accepted(self, tag: Span, entry: ReferenceSpan) -> Remark:
        theirs, mine = self._name(entry.span), self._name(tag)
        words = f"is tagged {theirs} in the reference reading"
        as_well = f"and your {mine} counts as well: {entry.alternative}"
        reason = f"The reference reading has {theirs}, {as_well}"
        return self._remark("other-label-accepted", tag, f"{words}, {as_well}", reason)

    def _on_unpaired(self, tag: Span) -> tuple[Remark, ReferenceSpan | None]:
        """Remark on a tag without counterpart; also give the entry that the remark names."""
        code = self.codebook.code(tag.label)
        over = self.task.over(tag)
        for entry in over:
            if same_label(tag, entry):
                words = f"belongs to {self._quote(entry.span)} ({code.name}), which another of your"
                words += " tags already matches. One tag is enough."
                return self._remark("extra", tag, words, f"It {words}"), None
        for miss in self.near_misses:
            if _is_near_miss(tag, miss):
                words = f"looks like {code.name} but does not meet its rule: {miss.why}"
                return self._remark("near-miss", tag, words, f"It {words}"), None
        question = f"Why did you choose {code.name}? Its rule: "
        whole, short = question + code.decision_rule, question + (code.short or code.decision_rule)
        closest = max(over, key=lambda entry: closeness(tag, entry.span), default=None)
        if closest is None or closeness(tag, closest.span) < SAME_WORDS:
            none = "none of these labels"
            words = f"has {none} in the reference reading. {whole}"
            reason = f"The reference reading has {none} here. {short}"
            return self._remark("extra", tag, words, reason), None
        mine, theirs = self._quote(tag), self._quote(closest.span)
        where = self._name(closest.span) + ("" if theirs == mine else f" on {theirs}")
        there = f"he reference reading has {where}: {closest.rationale}"
        words = f"is tagged {code.name} by you; t{there} {whole}"
        return self._remark("other-label", tag, words, f"T{there} {short}"), closest

    def _on_missed(self, entry: ReferenceSpan) -> Remark:
        name, reason = self._name(entry.span), entry.rationale
        if entry.status == "clear":
            words = f"is tagged {name} in the reference reading; you did not tag it. {reason}"
            return self._remark("missed", entry.span, words, reason)
        reason += f" Another reading: {entry.alternative} You may well leave it without a tag."
        words = f"could be {name}: {reason}"
        return self._remark("missed-debatable", entry.span, words, f"It is debatable. {reason}")

    def _remark(self, kind: str, span: Span, words: str, reason: str) -> Remark:
        number = self.document.sentence_at(span.start).number
        sentence = f"[{number}] {self._quote(span)} {words}"
        return Remark(kind, span.start, span.end, span.label, sentence, reason)

    def _name(self, span: Span) -> str:
        return self.codebook.code(span.label).name

    def _quote(self, span: Span) -> str:
        return self.document.quote(span.start, span.end, _LONGEST)

    def _difference(self, tag: Span, other: Span) -> str:
        """Name the words that one of two stretches has and the other has not."""
        more, less = self._only_in(tag, other), self._only_in(other, tag)
        if sum(map(len, [*more, *less])) <= _SLACK:
            return ""
        parts = []
        if more:
            parts.append(f"Your tag also takes in: {quoted(_join(more))}.")
        if less:
            parts.append(f"Your tag leaves out: {quoted(_join(less))}.")
        # to praise the smallest stretch where words are missing would say two things at once
        rule = "The smallest stretch that still carries the device is best."
        parts.append("Does the device need these words?" if less and not more else rule)
        return " ".join(parts)

    def _only_in(self, span: Span, other: Span) -> list[list[str]]:
        """Give the words before the other stretch, and those after it; a side may be missing."""
        words = list(_WORD.finditer(self.document.text, span.start, span.end))
        before = [word.group() for word in words if word.end() <= other.start]
        after = [word.group() for word in words if word.start() >= other.end]
        return [side for side in (before, after) if side]


def _join(sides: list[list[str]]) -> str:
    return " … ".join(
        " ".join(words if len(words) <= 12 else [*words[:6], "…", *words[-5:]]) for words in sides
    )


NO_TAGS = (
    "You have no tag here yet. Read one sentence at a time and ask which of its words could be "
    "plainer; one tag is enough to begin."
)
NO_ENTRIES = "You have no tag here, and for these labels the reference reading has none either."


def summarise(
    tagged: int, matched: int, clear: int, clear_found: int, entries: bool = True
) -> tuple[str, ...]:
    """Say how many of a learner's tags match and how many of the clear entries they found.

    Examples
    --------
    >>> summarise(14, 9, 11, 8)[0]
    '9 of your 14 tags match the reference reading.'
    """
    if not tagged:
        return (NO_TAGS if entries else NO_ENTRIES,)
    verb = "matches" if matched == 1 else "match"
    sentences = [f"{matched} of your {tagged} tags {verb} the reference reading."]
    if tagged == 1:
        outcome = "matches" if matched else "has no counterpart in"
        sentences = [f"Your one tag {outcome} the reference reading."]
    if clear > 1:
        sentences.append(f"You found {clear_found} of its {clear} clear entries.")
    elif clear == 1:
        found_it = "You found its one clear entry."
        sentences.append(found_it if clear_found else "It has one clear entry.")
    else:
        sentences.append("For these labels it has no clear entry here.")
    unpaired = tagged - matched
    if unpaired >= _MANY and unpaired * 3 > tagged:
        sentences.append(
            f"{unpaired} of your {tagged} have no counterpart. Tagging everything finds everything "
            "but tells nothing: keep the tags whose rule you can defend."
        )
    return tuple(sentences)


@dataclass(frozen=True, slots=True)
class TagComparison:
    """What was found.

    ``tagged`` and ``matched`` count the learner's tags; ``clear`` and ``clear_found`` count
    the clear entries of the reference reading. Only labels on offer are counted.
    """

    section: str
    tagged: int
    matched: int
    clear: int
    clear_found: int
    summary: tuple[str, ...]
    remarks: tuple[Remark, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The summary, then every remark in reading order."""
        return (*self.summary, *(remark.sentence for remark in self.remarks))


def compare_with_reference(
    annotations: AnnotationSet,
    reference: Reference,
    document: Document,
    codebook: Codebook,
    codes: Collection[str],
    section_id: str,
) -> TagComparison:
    """Compare a learner's tags in one section with the reference reading.

    Without any tag there are no remarks, so that nothing is given away before a try.

    Parameters
    ----------
    annotations, reference, document, codebook
        The tags, the reading to compare with, and the text and codes of both.
    codes
        The ids of the codes on offer; tags and entries with other labels are left out.
    section_id
        The section to compare.

    Raises
    ------
    FramingkitError
        If the tags belong to another document, or a code or the section is unknown.

    Examples
    --------
    >>> from framingkit import course
    >>> article, codebook = course.load_article(), course.load_codebook()
    >>> mine = AnnotationSet("alaska-summit", "mara", (Span(2952, 2958, "booster"),))
    >>> compare_with_reference(
    ...     mine, course.load_reference(), article, codebook, ["booster", "hedge"], "ending"
    ... ).summary
    ('Your one tag matches the reference reading.', 'You found 1 of its 3 clear entries.')
    """
    section = document.section(section_id)
    offered = [codebook.code(code).id for code in codes]
    _check_documents(annotations, reference, document)
    if section.kind == "missing-picture":
        return TagComparison(section_id, 0, 0, 0, 0, (MISSING_PICTURE,), ())
    task = SpanTask.of(section, reference, offered)
    tags = task.tags(annotations.spans)
    own, accepted = task.pairs(tags)
    counts = task.counts(tags, own, accepted)
    writer = Writer(document, codebook, task, reference.near_misses)
    remarks = writer.remarks(tags, own, accepted) if tags else []
    summary = summarise(*counts, entries=bool(task.entries))
    return TagComparison(section_id, *counts, summary, tuple(remarks))


def _check_documents(annotations: AnnotationSet, reference: Reference, document: Document) -> None:
    for tags in (annotations, reference):
        if tags.document_id != document.id:
            raise FramingkitError(
                f"The tags of {tags.coder!r} were made on {tags.document_id!r}, but the article "
                f"is {document.id!r}. Load the article they were made on."
            )


def _is_near_miss(tag: Span, near_miss: NearMiss) -> bool:
    words = near_miss.span
    inside = words.start <= tag.start and tag.end <= words.end
    return tag.label == words.label and (inside or closeness(tag, words) >= SAME_WORDS)


def comparison_page(comparison: TagComparison) -> Page:
    """Show a comparison as a page: the summary, then a list of remarks.

    Examples
    --------
    >>> nothing = TagComparison("ending", 0, 0, 2, 0, ("No tag yet.",), ())
    >>> "<ul>" in comparison_page(nothing).html
    False
    """
    summary = " ".join(comparison.summary)
    remarks = [element("li", remark.sentence) for remark in comparison.remarks]
    listed = [element("ul", *remarks)] if remarks else []
    return Page(passage_html(element("p", summary), *listed), summary)
