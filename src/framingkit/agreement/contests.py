"""The passages on which a class is split: who tagged what there, and a question to discuss.

Nobody is named and nothing is decided: such a passage is something to talk about. Who gave the
same code to "a diplomatic wind" and to "diplomatic wind" read these words alike. So tags of one
code that share words are counted as one reading before anything else: a class is split over
whether, and over which code, but not over where a tag ends.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from framingkit.base import (
    Html,
    article_html,
    chip_html,
    counted,
    element,
    number_html,
    paragraph_html,
)
from framingkit.course import Code, Document, Span
from framingkit.feedback import SAME_WORDS, closeness

OTHER_LABEL, TAG_OR_NOT = "other-label", "tag-or-not"
MOST_VARIANTS = 4

_WORDS = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class ClassVariant:
    """One way to tag some words, and how many learners chose it, or the same code nearby."""

    span: Span
    coders: int


VariantsOf = Callable[[int, int], tuple[list[ClassVariant], int]]


@dataclass(frozen=True, slots=True)
class Contest:
    """One contested passage, in the sentence with this number.

    ``variants`` begin with the tag that the class is split over; at most `MOST_VARIANTS` with
    the most frequent others on these words, and ``further`` counts those that are left out. Of
    ``readers`` learners ``silent`` tagged none of these words.
    """

    sentence: int
    start: int
    end: int
    variants: tuple[ClassVariant, ...]
    further: int
    silent: int
    readers: int

    @property
    def rival(self) -> ClassVariant | None:
        """The most frequent other tag on about the same words."""
        first, *others = self.variants
        return _rival(first, others)

    @property
    def kind(self) -> str:
        """What the class is split over: "other-label" or "tag-or-not"."""
        rival = self.rival
        return TAG_OR_NOT if rival is None or rival.coders < self.silent else OTHER_LABEL


def _rival(first: ClassVariant, others: Sequence[ClassVariant]) -> ClassVariant | None:
    close = (other for other in others if closeness(first.span, other.span) >= SAME_WORDS)
    return next(close, None)


MINORITY = 0.25


@dataclass(frozen=True, slots=True)
class ContestedPassage:
    """A stretch on which a class is split over one label.

    At most ``readers`` coders have read it. ``disagreements`` counts, over all characters, the
    pairs of coders of whom one gave the label and the other did not.
    """

    label: int
    start: int
    end: int
    readers: int
    disagreements: int


def chosen_contests(
    passages: Iterable[ContestedPassage],
    variants_of: VariantsOf,
    document: Document,
    codes: Sequence[Code],
    most: int,
) -> tuple[Contest, ...]:
    """Choose the passages with most disagreement, none of which share words.

    Parameters
    ----------
    passages
        All of them, the one with most disagreement first.
    variants_of
        Gives the tags that share a character with a stretch of text, the most frequent first, and
        how many learners gave them.
    document, codes
        The text, and the code of each label.
    most
        Choose at most this many.
    """
    contests: list[Contest] = []
    for passage in passages:
        if len(contests) == most:
            break
        if _WORDS.search(document.text, passage.start, passage.end):
            contest = _contest(variants_of, passage, document, codes)
            if not any(old.start < contest.end and contest.start < old.end for old in contests):
                contests.append(contest)
    return tuple(contests)


def _contest(
    variants_of: VariantsOf, passage: ContestedPassage, document: Document, codes: Sequence[Code]
) -> Contest:
    """Widen a passage to its most frequent tag, so that all its variants come into view."""
    inside, _ = variants_of(passage.start, passage.end)
    # On a contested passage somebody gave its label.
    label = codes[passage.label].id
    first = next(variant for variant in inside if variant.span.label == label)
    start, end = min(first.span.start, passage.start), max(first.span.end, passage.end)
    variants, coders = variants_of(start, end)
    others = [variant for variant in variants if variant != first]
    rival = _rival(first, others)
    # The rival is shown even if many tags inside these words are more frequent.
    frequent = [variant for variant in others if variant != rival][: MOST_VARIANTS - 2]
    named = [variant for variant in others if variant == rival or variant in frequent]
    return Contest(
        document.sentence_at(passage.start).number,
        start,
        end,
        (first, *named),
        len(others) - len(named),
        max(passage.readers - coders, 0),
        passage.readers,
    )


def contest_html(contest: Contest, document: Document, codes: Sequence[Code]) -> Html:
    """Show one contested passage.

    Parameters
    ----------
    contest
        The passage, from `class_contests`.
    document, codes
        The text, and the codes that its variants use.

    Examples
    --------
    >>> from framingkit.course import load_article, load_codebook
    >>> carpet = ClassVariant(Span(13, 23, "ceremony_symbol"), 16)
    >>> contest = Contest(1, 13, 23, (carpet,), 0, 14, 30)
    >>> page = contest_html(contest, load_article(), [load_codebook().code("ceremony_symbol")])
    >>> "16 of 30" in page and "14 of 30 learners: no tag" in page
    True
    """
    words = contest_words(contest, document, codes)
    chips = {code.id: code.chip for code in codes}
    own = [chip_html(chips[variant.span.label]) for variant in contest.variants]
    # a line that names no code comes after those that do
    starts = [[chip, " "] for chip in own] + [[] for _ in words.lines[len(own) :]]
    return element(
        "div",
        article_html(paragraph_html("", *_sentence(contest, document))),
        element(
            "ul",
            *(element("li", *start, line) for start, line in zip(starts, words.lines, strict=True)),
        ),
        element("p", element("strong", "To discuss: "), words.prompt),
    )


def _sentence(contest: Contest, document: Document) -> list[str]:
    """Show the sentence with its number, and the words of the passage marked in it."""
    sentence = document.sentences()[contest.sentence - 1]
    start, end = max(contest.start, sentence.start), min(contest.end, sentence.end)
    parts = ((sentence.start, start), (start, end), (end, sentence.end))
    before, inside, after = (document.text[left:right] for left, right in parts)
    return [number_html(sentence.number), before, element("mark", inside), after.rstrip()]


@dataclass(frozen=True, slots=True)
class ContestWords:
    """A passage in words: its sentence with the number, who chose what, and a question."""

    sentence: str
    lines: list[str]
    prompt: str


def contest_words(contest: Contest, document: Document, codes: Sequence[Code]) -> ContestWords:
    """Say how many learners chose each variant of a passage, and how many none."""
    by_id = {code.id: code for code in codes}
    lines = [
        f"{variant.coders:,} of {contest.readers:,} learners: {by_id[variant.span.label].name} on "
        f"{document.quote(variant.span.start, variant.span.end)}"
        for variant in contest.variants
    ]
    if contest.further:
        lines.append(f"{counted(contest.further, 'further reading')} of these words")
    if contest.silent:
        lines.append(f"{contest.silent:,} of {contest.readers:,} learners: no tag on these words")
    sentence = document.sentences()[contest.sentence - 1]
    words = " ".join(document.text[sentence.start : sentence.end].split())
    prompt = _prompt(contest, document, by_id)
    return ContestWords(f"[{sentence.number}] {words}", lines, prompt)


def _prompt(contest: Contest, document: Document, by_id: dict[str, Code]) -> str:
    """Ask a question that helps the class to talk about a passage."""
    first, rival = contest.variants[0], contest.rival
    code = by_id[first.span.label]
    rule = f"The rule of {code.name}: {code.decision_rule}"
    if rival is None or contest.kind == TAG_OR_NOT:
        return f"Is it {code.name} or not? {rule} Let each side give its best reason."
    second = by_id[rival.span.label]
    return (
        f"{code.name} or {second.name}? {rule} The rule of {second.name}: "
        f"{second.decision_rule} Can both be kept? Say “A because …, B because …”."
    )
