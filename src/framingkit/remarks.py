"""The sentences that a learner reads beside a tag.

The reference reading is one reading. So a tag "matches" it or has no counterpart in it, a
reason is always given, and nothing is ever called right or wrong.
"""

import re
from dataclasses import dataclass

from framingkit.annotations import NearMiss, ReferenceSpan
from framingkit.codebooks import Codebook
from framingkit.documents import Document
from framingkit.spans import Span, quoted

KINDS = (
    "match", "match-debatable", "other-label-accepted", "boundary", "other-label", "near-miss",
    "extra", "missed", "missed-debatable",
)  # fmt: skip

_WORD = re.compile(r"\S*\w\S*")
_SLACK = 2  # words that two readings of the same stretch may differ by without a remark
_LONGEST = 70
_MANY = 3  # tags without counterpart before over-tagging is named


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark on one stretch of text; ``label`` is the learner's, or the missed one."""

    kind: str
    start: int
    end: int
    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes remarks in the words of one document and one codebook."""

    document: Document
    codebook: Codebook

    def on_match(self, tag: Span, entry: ReferenceSpan) -> Remark:
        """Remark on a tag with the entry's own label, and on words it has more or less."""
        name = self._name(entry.span.label)
        difference = self._difference(tag, entry.span)
        kind = "match" if entry.status == "clear" else "match-debatable"
        said = f"matches the reference reading: {name}. {entry.rationale}"
        if entry.status == "debatable":
            said += f" It is debatable; another reading: {entry.alternative}"
        if difference:
            kind, said = "boundary", f"{said} {difference}"
        return self._remark(kind, tag, said)

    def on_accepted(self, tag: Span, entry: ReferenceSpan) -> Remark:
        """Remark on a tag with a label that counts as well."""
        mine, theirs = self._name(tag.label), self._name(entry.span.label)
        said = (
            f"is tagged {theirs} in the reference reading, and your {mine} counts as well: "
            f"{entry.alternative}"
        )
        return self._remark("other-label-accepted", tag, said)

    def on_near_miss(self, tag: Span, near_miss: NearMiss) -> Remark:
        """Remark on words that only look like the device."""
        said = f"looks like {self._name(tag.label)} but does not meet its rule: {near_miss.why}"
        return self._remark("near-miss", tag, said)

    def on_other_label(self, tag: Span, entry: ReferenceSpan) -> Remark:
        """Remark on words that the reference reading gives another label."""
        mine, theirs = self._quote(tag), self._quote(entry.span)
        where = "" if theirs == mine else f" on {theirs}"
        said = (
            f"is {self._name(tag.label)} for you; the reference reading has "
            f"{self._name(entry.span.label)}{where}: {entry.rationale} {self._ask(tag)}"
        )
        return self._remark("other-label", tag, said)

    def on_extra(self, tag: Span, twin: ReferenceSpan | None) -> Remark:
        """Remark on a tag without counterpart; a `twin` is an entry another tag has already."""
        if twin:
            said = (
                f"belongs to {self._quote(twin.span)} ({self._name(tag.label)}), "
                "which another tag of yours has already. One tag is enough."
            )
        else:
            said = f"has none of these labels in the reference reading. {self._ask(tag)}"
        return self._remark("extra", tag, said)

    def on_missed(self, entry: ReferenceSpan) -> Remark:
        """Remark on an entry that no tag goes with."""
        name = self._name(entry.span.label)
        if entry.status == "clear":
            said = f"is {name} in the reference reading; you have not tagged it so. "
            said += entry.rationale
            return self._remark("missed", entry.span, said)
        said = (
            f"could be {name}: {entry.rationale} Another reading: {entry.alternative} "
            "You may well leave it without a tag."
        )
        return self._remark("missed-debatable", entry.span, said)

    def _remark(self, kind: str, span: Span, said: str) -> Remark:
        number = sum(one.start <= span.start for one in self.document.sentences())
        sentence = f"[{max(number, 1)}] {self._quote(span)} {said}"
        return Remark(kind, span.start, span.end, span.label, sentence)

    def _name(self, label: str) -> str:
        return self.codebook.code(label).name

    def _quote(self, span: Span) -> str:
        words = " ".join(self.document.text[span.start : span.end].split())
        if len(words) > _LONGEST:
            words = words[: _LONGEST - 1].rstrip() + "…"
        return quoted(words)

    def _ask(self, tag: Span) -> str:
        rule = self.codebook.code(tag.label).decision_rule
        return f"Why did you choose {self._name(tag.label)}? Its rule: {rule}"

    def _difference(self, tag: Span, other: Span) -> str:
        """Name the words that one of two stretches has and the other has not."""
        more, less = self._only_in(tag, other), self._only_in(other, tag)
        if sum(map(len, [*more, *less])) <= _SLACK:
            return ""
        parts = []
        if more:
            parts.append(f"Your tag also takes in: “{_join(more)}”.")
        if less:
            parts.append(f"Your tag leaves out: “{_join(less)}”.")
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


def no_tags(has_entries: bool) -> str:
    """Say one sentence to a learner who has tagged nothing.

    Examples
    --------
    >>> no_tags(has_entries=False)
    'You have no tag here, and for these labels the reference reading has none either.'
    """
    if has_entries:
        return (
            "You have no tag here yet. Read one sentence at a time and ask which of its words "
            "could be plainer; one tag is enough to begin."
        )
    return "You have no tag here, and for these labels the reference reading has none either."


def summarise(tagged: int, matched: int, clear: int, found: int) -> tuple[str, ...]:
    """Say how many of a learner's tags match and how many of the clear entries they found.

    Examples
    --------
    >>> summarise(14, 9, 11, 8)[0]
    '9 of your 14 tags match the reference reading.'
    """
    verb = "matches" if matched == 1 else "match"
    sentences = [f"{matched} of your {tagged} tags {verb} the reference reading."]
    if tagged == 1 and matched:
        sentences = ["Your one tag matches the reference reading."]
    elif tagged == 1:
        sentences = ["Your one tag has no counterpart in the reference reading."]
    if clear > 1:
        sentences.append(f"You found {found} of its {clear} clear entries.")
    elif clear == 1:
        sentences.append("You found its one clear entry." if found else "It has one clear entry.")
    else:
        sentences.append("For these labels it has no clear entry here.")
    lonely = tagged - matched
    if lonely >= _MANY and lonely * 3 > tagged:
        sentences.append(
            f"{lonely} of your {tagged} have no counterpart. Tagging everything finds everything "
            "but tells nothing: keep the tags whose rule you can defend."
        )
    return tuple(sentences)
