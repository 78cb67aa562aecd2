"""Where a text has words of the codebook's cue lists: questions for the teacher, and no tags.

A cue says nothing by itself. “Round” is a cue for a game metaphor, and a round table has none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from framingkit.course import Code, Codebook, Document, Span

MOST_OF_A_CODE = 12
"""Questions about one code; more would not be read."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of a cue list, with the code whose list that is."""

    span: Span
    code: Code
    sentence: int


def cues_in(article: Document, codebook: Codebook) -> list[Cue]:
    """Find the cues of all devices, in reading order.

    Examples
    --------
    >>> from framingkit.course import load_article, load_codebook
    >>> [cue.span.quote for cue in cues_in(load_article(), load_codebook())][:3]
    ['red carpet', 'move', 'cold']
    """
    found = [
        Cue(span, code, article.sentence_at(span.start).number)
        for code in codebook.devices
        for span in _of_code(article, code)
    ]
    return sorted(found, key=lambda cue: (cue.span.start, cue.span.end))


def _of_code(article: Document, code: Code) -> Iterator[Span]:
    if not code.cues:
        return
    words = sorted(map(_pattern, code.cues), key=len, reverse=True)
    count = 0
    for match in re.finditer(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", article.text, re.IGNORECASE):
        start, end = match.span()
        is_read = any(
            one.kind == "text" and one.start <= start < one.end for one in article.sections
        )
        if is_read and count < MOST_OF_A_CODE:
            count += 1
            yield Span(start, end, code.id, match[0])


def _pattern(cue: str) -> str:
    """Turn a cue into a pattern; a star stands for the rest of a word."""
    parts = (re.escape(part) for part in cue.strip().split("*"))
    return r"\w*".join(parts).replace(r"\ ", r"\s+")


def questions(article: Document, codebook: Codebook) -> str:
    """Write the cues as questions, part by part."""
    lines = [
        f"Questions on “{article.title}”, for you alone.",
        "",
        "Each line has words of a cue list of the codebook. A cue is no tag: decide by the rule,",
        "and look for what has no cue as well. Nothing here is shown to learners.",
    ]
    found = cues_in(article, codebook)
    for section in article.sections:
        here = [cue for cue in found if section.start <= cue.span.start < section.end]
        lines += ["", f"== {section.title}", *(["(no cue)"] if not here else [])]
        for cue in here:
            start, end = _around(article.text, cue.span, section.start, section.end)
            around = article.quote(start, end)
            rule = cue.code.short or cue.code.definition
            lines.append(
                f"- Sentence {cue.sentence}, {article.quote(cue.span.start, cue.span.end)} in "
                f"{around}: {cue.code.name.lower()}? {rule}"
            )
    return "\n".join(lines) + "\n"


def _around(text: str, span: Span, first: int, last: int) -> tuple[int, int]:
    """Take some words on each side, and no half ones."""
    start, end = max(first, span.start - 30), min(last, span.end + 30)
    while first < start < span.start and not text[start - 1].isspace():
        start += 1
    while span.end < end < last and not text[end].isspace():
        end -= 1
    return start, end
