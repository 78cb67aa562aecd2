"""The map of a class as static HTML: each number stands in the text, before its words.

How many learners tagged some words is also shown by the kind of line below them, and by a
shade. Without any style the numbers are left, and they say it all.
"""

import itertools
from collections.abc import Iterator, Sequence

from framingkit.class_map import LEVELS, ShadedWords
from framingkit.documents import Document, Section, split_lines
from framingkit.markup import Html, element
from framingkit.passages import MISSING_PICTURE

MAP_STYLE = """
.framingkit-map { line-height: 2; }
.framingkit-map p { max-width: 42em; margin: 0 0 0.8em; }
.framingkit-map mark { color: inherit; background: none; padding: 0.1em 0.1em 0; }
.framingkit-map mark, .framingkit-map .framingkit-key mark { print-color-adjust: exact; }
.framingkit-map .framingkit-level-1 { border-bottom: 2px dotted; }
.framingkit-map .framingkit-level-2 { border-bottom: 2px dashed;
  background: rgb(230 140 0 / 14%); }
.framingkit-map .framingkit-level-3 { border-bottom: 2px solid;
  background: rgb(230 140 0 / 28%); }
.framingkit-map .framingkit-level-4 { border-bottom: 5px double;
  background: rgb(230 140 0 / 42%); }
.framingkit-map sup { border: 1px solid currentColor; border-radius: 3px; font-size: 0.65em;
  font-weight: bold; line-height: 1; padding: 0 0.2em; margin-inline-end: 0.2em; }
.framingkit-map small { color: inherit; }
.framingkit-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
"""
"""The style of the map, once for each page."""


def class_map_html(
    document: Document,
    words: Sequence[ShadedWords],
    section_id: str | None = None,
    brief: bool = False,
) -> Html:
    """Show a text with the number of learners before the words that they tagged.

    Parameters
    ----------
    document
        The text.
    words
        From a `class_map.ClassMap`: its ``tagged``, or one of its ``by_label``.
    section_id
        A section; without it, the whole document.
    brief
        Only the sentences with shaded words.

    Raises
    ------
    FramingkitError
        If the section is unknown.

    Examples
    --------
    >>> from framingkit.course import load_article
    >>> page = class_map_html(load_article(), [ShadedWords(2699, 2708, 12, 30)], "ending")
    >>> "12" in page and "framingkit-level-2" in page
    True
    """
    sections = document.sections if section_id is None else [document.section(section_id)]
    numbers = {one.start: one.number for one in document.sentences()}
    paragraphs = [
        paragraph
        for section in sections
        for paragraph in _paragraphs(document, section, words, numbers, brief)
    ]
    return element("div", *paragraphs, class_="framingkit-map")


def map_key_html(readers: int) -> Html:
    """Explain numbers and lines once, above the first map.

    Examples
    --------
    >>> "three quarters or more" in map_key_html(30)
    True
    """
    entries = [
        element("li", element("mark", "words", class_=f"framingkit-level-{level}"), f" {name}")
        for level, name in enumerate(LEVELS)
        if level
    ]
    said = (
        "The number before some words says how many learners tagged them. The line below the "
        f"words shows the share of the learners who tagged that part (at most {readers:,}):"
    )
    return element(
        "div", element("p", said), element("ul", *entries, class_="framingkit-key"),
        class_="framingkit-map",
    )  # fmt: skip


def _paragraphs(
    document: Document,
    section: Section,
    words: Sequence[ShadedWords],
    numbers: dict[int, int],
    brief: bool,
) -> list[Html]:
    if section.kind == "missing-picture":
        return [] if brief else [element("p", element("em", MISSING_PICTURE))]
    lines = split_lines(document.text, section.start, section.end)
    if brief:
        sentences = [(one.start, one.end) for one in document.sentences(section.id)]
        lines = [
            (start, end)
            for start, end in sentences
            if any(one.start < end and start < one.end for one in words)
        ]
    return [element("p", *_pieces(document.text, line, words, numbers), dir="auto")
            for line in lines]  # fmt: skip


def _pieces(
    text: str, line: tuple[int, int], words: Sequence[ShadedWords], numbers: dict[int, int]
) -> Iterator[str]:
    for number, piece, shaded in cut_line(text, line, words, numbers):
        if number:
            yield element("small", f"[{number}] ", dir="ltr")
        yield _mark(piece, shaded) if shaded else piece


def cut_line(
    text: str, line: tuple[int, int], words: Sequence[ShadedWords], numbers: dict[int, int]
) -> Iterator[tuple[int, str, ShadedWords | None]]:
    """Cut a line of a text where shaded words or sentences begin or end.

    Parameters
    ----------
    text, line
        The text, and where the line starts and ends in it.
    words
        The shaded words of the text.
    numbers
        The numbers of sentences by their start.

    Yields
    ------
    tuple
        The number of the sentence that begins here or 0, the piece, and its shade if any.
    """
    start, end = line
    shaded = {one.start: one for one in words if start <= one.start < end}
    cuts = {start, end, *numbers, *shaded, *(one.end for one in shaded.values())}
    for left, right in itertools.pairwise(sorted(cut for cut in cuts if start <= cut <= end)):
        yield numbers.get(left, 0), text[left:right], shaded.get(left)


def _mark(words: str, shaded: ShadedWords) -> Html:
    # A listener hears "12 of 30 learners:" and then the words.
    # No space stands outside the hidden part: a line must not break between number and words.
    spoken = element("span", f" of {shaded.readers:,} learners: ", class_="framingkit-hidden")
    chip = element("sup", f"{shaded.coders:,}", spoken, dir="ltr")
    return element("mark", chip, words, class_=f"framingkit-level-{shaded.level}")
