"""A learner's tags beside the reference reading, in sentences with reasons.

Overlap with the same label is enough for a match. Debatable entries are mentioned, but
leaving them out never counts against anybody.
"""

from collections.abc import Collection
from dataclasses import dataclass

from framingkit.annotations import AnnotationSet, NearMiss, Reference, ReferenceSpan
from framingkit.codebooks import Codebook
from framingkit.documents import Document
from framingkit.errors import FramingkitError
from framingkit.markup import Html, element, passage_html
from framingkit.pairing import accepted_label, closeness, pair, same_label
from framingkit.passages import MISSING_PICTURE
from framingkit.remarks import Remark, Writer, no_tags, summarise
from framingkit.spans import Span

# A tag that shares less than this with an entry is about other words, not another label for them.
_SAME_WORDS = 1 / 3


@dataclass(frozen=True, slots=True)
class Comparison:
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
) -> Comparison:
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
    offered = {codebook.code(code).id for code in codes}
    _check_documents(annotations, reference, document)
    if section.kind == "missing-picture":
        return Comparison(section_id, 0, 0, 0, 0, (MISSING_PICTURE,), ())
    inside = annotations.within(section.start, section.end).spans
    tags = [tag for tag in inside if tag.label in offered]
    # An entry whose own label is not on offer can still be met by a label that it accepts.
    entries = [
        entry
        for entry in reference.within(section_id)
        if offered & {entry.span.label, *entry.accepts}
    ]
    task = _Task(tags, entries, offered, reference.near_misses, Writer(document, codebook))
    return task.compare(section_id)


def _check_documents(annotations: AnnotationSet, reference: Reference, document: Document) -> None:
    for one in (annotations, reference):
        if one.document_id != document.id:
            raise FramingkitError(
                f"The tags of {one.coder!r} were made on {one.document_id!r}, but the article is "
                f"{document.id!r}. Load the article they were made on."
            )


@dataclass(frozen=True, slots=True)
class _Task:
    """The tags and the entries of one section, with the labels on offer there."""

    tags: list[Span]
    entries: list[ReferenceSpan]
    offered: set[str]
    near_misses: tuple[NearMiss, ...]
    writer: Writer

    def compare(self, section_id: str) -> Comparison:
        own, accepted = self.pairs()
        met = {*own.values(), *accepted.values()}
        clear = {
            place
            for place, entry in enumerate(self.entries)
            if entry.status == "clear" and entry.span.label in self.offered
        }
        counts = (len(self.tags), len(own) + len(accepted), len(clear), len(clear & met))
        if not self.tags:
            return Comparison(section_id, *counts, (no_tags(bool(self.entries)),), ())
        remarks = self.remarks(own, accepted)
        ordered = sorted(remarks, key=lambda one: (one.start, one.end, one.label))
        return Comparison(section_id, *counts, summarise(*counts), tuple(ordered))

    def pairs(self) -> tuple[dict[int, int], dict[int, int]]:
        """Pair tags with entries: by the entry's own label, then by a label it accepts."""
        own = pair(self.tags, self.entries, same_label)
        rest = [place for place in range(len(self.tags)) if place not in own]
        accepted = pair([self.tags[place] for place in rest], self.entries, accepted_label)
        return own, {rest[place]: theirs for place, theirs in accepted.items()}

    def remarks(self, own: dict[int, int], accepted: dict[int, int]) -> list[Remark]:
        named = {*own.values(), *accepted.values()}
        found = []
        for place, tag in enumerate(self.tags):
            if place in own:
                found.append(self.writer.on_match(tag, self.entries[own[place]]))
            elif place in accepted:
                found.append(self.writer.on_accepted(tag, self.entries[accepted[place]]))
            else:
                remark, other = self.on_lonely(tag)
                found.append(remark)
                named |= other
        return found + [
            self.writer.on_missed(entry)
            for place, entry in enumerate(self.entries)
            if place not in named and entry.span.label in self.offered
        ]

    def on_lonely(self, tag: Span) -> tuple[Remark, set[int]]:
        """Remark on a tag without counterpart; also give the entry that the remark names."""
        over = [
            (closeness(tag, entry.span), -place)
            for place, entry in enumerate(self.entries)
            if tag.overlaps(entry.span) and entry.span.label in self.offered
        ]
        for _, place in over:
            if same_label(tag, self.entries[-place]):
                return self.writer.on_extra(tag, self.entries[-place]), set()
        for near_miss in self.near_misses:
            if _is_near_miss(tag, near_miss):
                return self.writer.on_near_miss(tag, near_miss), set()
        close, place = max(over, default=(0.0, 0))
        if close >= _SAME_WORDS:
            return self.writer.on_other_label(tag, self.entries[-place]), {-place}
        return self.writer.on_extra(tag, None), set()


def _is_near_miss(tag: Span, near_miss: NearMiss) -> bool:
    words = Span(near_miss.start, near_miss.end, near_miss.not_label)
    inside = words.start <= tag.start and tag.end <= words.end
    return tag.label == words.label and (inside or closeness(tag, words) >= _SAME_WORDS)


def comparison_html(comparison: Comparison) -> Html:
    """Show a comparison as static HTML: the summary, then a list of remarks.

    Examples
    --------
    >>> "<ul>" in comparison_html(Comparison("ending", 0, 0, 2, 0, ("No tag yet.",), ()))
    False
    """
    remarks = [element("li", remark.sentence) for remark in comparison.remarks]
    found = [element("ul", *remarks)] if remarks else []
    return passage_html(element("p", " ".join(comparison.summary)), *found)
