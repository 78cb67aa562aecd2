"""Things to read in a lesson, as static HTML: passages with their tags, codes, readings, lists.

The result needs no script and no style to be understood: every marked stretch begins with
a visible chip such as "GM", and a table below says what the chips mean. With the style of the kit
it looks like an article, and each code has the colour and the line that it has everywhere.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence

from framingkit.base import (
    Html,
    Page,
    article_html,
    chip_html,
    code_html,
    crowded,
    element,
    lanes,
    mark_look,
    number_html,
    paragraph_html,
    passage_html,
    quoted,
    sentences_page,
    table_html,
)
from framingkit.course import (
    MISSING_PICTURE,
    Code,
    Codebook,
    Document,
    Reference,
    Span,
    reading_order,
    split_lines,
)


def mark_html(
    document: Document,
    spans: Iterable[Span],
    codebook: Codebook,
    section_id: str,
    plain: bool = False,
) -> Html:
    r"""Show a section with its tags as static HTML; every sentence begins with its number.

    Parameters
    ----------
    document, spans, codebook
        The text, the tags on it and the codes that the tags name.
    section_id
        The section to show.
    plain
        Only the marked text: no style and no table of tags, to be put into other HTML.

    Raises
    ------
    FramingkitError
        If the section or the label of a span is unknown.

    Examples
    --------
    >>> from framingkit.course import load_article, load_codebook
    >>> span = Span(2699, 2708, "ceremony_symbol", "Handshake")
    >>> page = mark_html(load_article(), [span], load_codebook(), "ending", plain=True)
    >>> "CS</span>\u00a0</sup>Handshake</mark>" in page
    True
    """
    paragraphs, table = _marked(document, spans, codebook, section_id)
    article = article_html(*paragraphs)
    return article if plain else passage_html(article, *table)


def narrow_html(
    document: Document, spans: Iterable[Span], codebook: Codebook, section_id: str
) -> Html:
    """Show a section with its tags in the cell of a table: no sheet, and a narrow margin."""
    paragraphs, _ = _marked(document, spans, codebook, section_id)
    look = "--base:1rem;--gutter:2.2rem;border:0;padding:0;margin:0;background:none"
    return element("div", *paragraphs, class_="framingkit-article", style=look)


def _marked(
    document: Document, spans: Iterable[Span], codebook: Codebook, section_id: str
) -> tuple[list[Html], list[Html]]:
    """Make the paragraphs of a section, and the table of its tags if there are any."""
    section = document.section(section_id)
    if section.kind == "missing-picture":
        return [element("p", element("em", MISSING_PICTURE))], []
    whole = Span(section.start, section.end, "section")
    inside = [span for span in reading_order(spans) if span.overlaps(whole)]
    numbers = {sentence.start: sentence.number for sentence in document.sentences(section_id)}
    paragraphs = []
    for line in split_lines(document.text, section.start, section.end):
        pieces = _segments(document.text, line, inside, codebook, numbers)
        paragraphs.append(paragraph_html(document.rank(*line), *pieces))
    return paragraphs, [_tag_table(document, inside, codebook)] if inside else []


def _segments(
    text: str, line: tuple[int, int], spans: list[Span], codebook: Codebook, numbers: dict[int, int]
) -> list[str]:
    """Cut a line wherever a span or a sentence begins or ends; no mark is inside another."""
    start, end = line
    inside = [span for span in spans if span.start < end and start < span.end]
    rows = dict(zip(inside, lanes([(span.start, span.end) for span in inside]), strict=True))
    cuts = {start, end, *numbers, *(cut for span in inside for cut in (span.start, span.end))}
    no_room = crowded(sorted(one for one in numbers if start <= one < end))
    pieces: list[str] = []
    for left, right in itertools.pairwise(sorted(cut for cut in cuts if start <= cut <= end)):
        if left in numbers:
            pieces.append(number_html(numbers[left], left in no_room))
        over = {span: rows[span] for span in inside if span.start <= left and right <= span.end}
        fresh = [span for span in over if left in (span.start, start)]
        pieces.append(_segment(text[left:right], over, fresh, codebook))
    return pieces


def _segment(
    words: str, over: Mapping[Span, int], fresh: Iterable[Span], codebook: Codebook
) -> str:
    """Mark words that spans lie over, with a chip for each span that begins here."""
    if not over:
        return words
    codes = [(lane, codebook.code(span.label)) for span, lane in over.items()]
    # A chip has its own direction, so that it does not decide the direction of the line, and no
    # line ends between it and its words.
    chips = [
        element("sup", chip_html(codebook.code(span.label).chip), "\u00a0", dir="ltr")
        for span in fresh
    ]
    many = {"class_": "framingkit-many"} if len(over) > 1 else {}
    return element(
        "mark",
        *chips,
        words,
        title="; ".join(dict.fromkeys(code.name for _, code in codes)),
        style=mark_look((lane, code.chip) for lane, code in codes),
        **many,
    )


def _tag_table(document: Document, spans: list[Span], codebook: Codebook) -> Html:
    notes = any(span.note for span in spans)
    rows = []
    for span in spans:
        code = codebook.code(span.label)
        row = [_named(code), document.text[span.start : span.end]]
        number = document.sentence_at(span.start).number
        rows.append([*row, f"[{number}]", *([span.note] * notes)])
    header = ["Tag", "Words", "Sentence", *(["Note"] * notes)]
    return table_html("Tags in this passage", header, rows)


def _named(code: Code) -> Html:
    """Name a code with its chip, and draw its line; frames have none, for no words carry them."""
    if code.kind == "frame":
        return element("span", f"{code.chip} {code.name}")
    return code_html(code.chip, code.name)


def passage_page(document: Document, sections: Sequence[str], codebook: Codebook) -> Page:
    """Show sections of a text with numbered sentences and without tags."""
    titles = [document.section(section).title for section in sections]
    parts = [part for section in sections for part in _marked(document, [], codebook, section)[0]]
    return Page(passage_html(article_html(*parts)), f"The text: {', '.join(titles)}")


def tags_page(document: Document, spans: Sequence[Span], codebook: Codebook) -> Page:
    """Show all tags of a learner on a text, in the text and as a table."""
    words = f"Your tags: {len(spans)}"
    if not spans:
        return sentences_page(words, ["You have not tagged anything here yet."])
    starts = [span.start for span in spans]
    parts: list[Html] = []
    for section in document.sections:
        if any(section.start <= start < section.end for start in starts):
            paragraphs, table = _marked(document, spans, codebook, section.id)
            parts += [article_html(*paragraphs), *table]
    return Page(passage_html(*parts), words)


def reference_page(
    document: Document, reading: Reference, codebook: Codebook, section: str
) -> Page:
    """Show the reference reading of a section, with its reasons."""
    entries = reading.within(section)
    spans = [entry.span for entry in entries]
    rows = [
        (
            quoted(entry.span.quote),
            _named(codebook.code(entry.span.label)),
            entry.status,
            entry.rationale,
            entry.alternative,
        )
        for entry in entries
    ]
    words = f"The reference reading: {len(rows)} entries"
    table = table_html(words, ("Words", "Code", "Status", "Reason", "Another reading"), rows)
    marked = mark_html(document, spans, codebook, section, plain=True)
    # folded, because all cells run at once when a learner begins
    folded = element("details", element("summary", f"Show it: {len(rows)} entries"), marked, table)
    return Page(passage_html(folded), words)


def codes_page(codes: Sequence[Code]) -> Page:
    """Show what codes mean and how to decide."""
    cards = [
        element(
            "li",
            element("p", _named(code)),
            element("p", code.definition),
            _point("How to decide:", code.decision_rule),
            _point("Example:", element("em", code.example)),
            _point("Looks like it, but is not:", element("em", code.near_miss), code.near_miss_why),
        )
        for code in codes
    ]
    words = f"Codes: {', '.join(code.name for code in codes)}"
    return Page(passage_html(element("ul", *cards, class_="framingkit-codes")), words)


def _point(title: str, words: str, *more: str) -> Html:
    return element("p", element("b", title), " ", words, *(f" – {one}" for one in more))
