"""Contested places as static HTML: what the class said, and a question to talk about."""

from collections.abc import Sequence

from framingkit.class_contests import BOUNDARY, TAG_OR_NOT, ClassReading, Contest
from framingkit.codebooks import Code
from framingkit.documents import Document
from framingkit.markup import Html, element
from framingkit.spans import quoted
from framingkit.visible import counted


def contest_html(contest: Contest, document: Document, codes: Sequence[Code]) -> Html:
    """Show one contested place.

    Parameters
    ----------
    contest
        The place, from `class_contests.class_contests`.
    document
        The text.
    codes
        The code of each label of the class, in its order.

    Examples
    --------
    >>> from framingkit.class_contests import ClassReading
    >>> from framingkit.course import load_article, load_codebook
    >>> one = Contest(1, 13, 23, (ClassReading(13, 23, 0, 16),), 0, 14, 30)
    >>> page = contest_html(one, load_article(), [load_codebook().code("ceremony_symbol")])
    >>> "16 of 30" in page and "14 of 30 learners: no tag" in page
    True
    """
    return element(
        "div",
        element("p", f"The sentence: {sentence_of(contest, document)}", dir="auto"),
        element("ul", *(element("li", one) for one in contest_lines(contest, document, codes))),
        element("p", element("strong", "To discuss: "), prompt(contest, document, codes)),
    )


def contest_lines(contest: Contest, document: Document, codes: Sequence[Code]) -> list[str]:
    """Say how many learners gave each reading of a place, and how many none."""
    said = [_said(one, contest, document, codes) for one in contest.readings]
    if contest.further:
        said.append(f"{counted(contest.further, 'further reading')} of these words")
    if contest.silent:
        said.append(f"{contest.silent:,} of {contest.readers:,} learners: no tag on these words")
    return said


def words_of(start: int, end: int, document: Document) -> str:
    """Quote some words of a text in one line.

    Examples
    --------
    >>> from framingkit.course import load_article
    >>> words_of(13, 23, load_article())
    '“red carpet”'
    """
    return quoted(" ".join(document.text[start:end].split()))


def sentence_of(contest: Contest, document: Document) -> str:
    """Return the sentence that a place lies in, with its number."""
    one = document.sentences()[contest.sentence - 1]
    return f"[{one.number}] {' '.join(document.text[one.start : one.end].split())}"


def _said(
    reading: ClassReading, contest: Contest, document: Document, codes: Sequence[Code]
) -> str:
    words = words_of(reading.start, reading.end, document)
    people = f"{reading.coders:,} of {contest.readers:,} learners"
    return f"{people}: {codes[reading.label].name} on {words}"


def prompt(contest: Contest, document: Document, codes: Sequence[Code]) -> str:
    """Ask a question that helps the class to talk about a place."""
    code = codes[contest.readings[0].label]
    rule = f"The rule of {code.name}: {code.decision_rule}"
    rival = contest.rival
    if rival is None or contest.kind == TAG_OR_NOT:
        return f"Is it {code.name} or not? {rule} Let each side give its best reason."
    if contest.kind == BOUNDARY:
        sides = sorted((contest.readings[0], rival), key=lambda one: one.end - one.start)
        one, other = (words_of(side.start, side.end, document) for side in sides)
        return (
            f"Both tags are {code.name}. Is {one} enough, or does the device need {other}? {rule}"
        )
    second = codes[rival.label]
    return (
        f"{code.name} or {second.name}? {rule} The rule of {second.name}: "
        f"{second.decision_rule} Can both be kept? Say “A because …, B because …”."
    )
