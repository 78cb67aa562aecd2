"""Plain words in place of tagged phrases: the same passage with less framing.

Whoever rewrites decides what counts. A phrase that got plain words carries no device any more,
unless the learner says that it still does. Where two phrases share words, only one of them can
be replaced: the one that begins first, and of two that begin together the longer. What is stored
is read with care, because anybody may have written it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from framingkit.base import Html, article_html, element, paragraph_html, passage_html, table_html
from framingkit.course import Codebook, Document, Fact, Section, Span, check_quote, reading_order
from framingkit.errors import FramingkitError
from framingkit.feedback.changes import code_counts

NOTHING = ("-", "–", "—")
"""What a learner writes to leave words out."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to rewrite, and the labels of the tags on exactly these words."""

    start: int
    end: int
    quote: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """Plain words for the text from `start` to `end`; `carries` means: the device is still there.

    Examples
    --------
    >>> Wording(2148, 2158, "official welcome").is_blank, Wording(2148, 2158, " - ").shown
    (False, '')
    """

    start: int
    end: int
    plain: str
    carries: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written yet."""
        return not self.plain.strip()

    @property
    def shown(self) -> str:
        """What the passage shows instead; nothing if the words are left out."""
        words = " ".join(self.plain.split())
        return "" if words in NOTHING else words


@dataclass(frozen=True, slots=True)
class Version:
    """One learner's version of one section."""

    document: Document
    section_id: str
    spans: tuple[Span, ...]
    wordings: tuple[Wording, ...]
    kept: tuple[str, ...]
    facts: tuple[Fact, ...]

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """What can be rewritten: tagged words, and words that have plain words already."""
        labels: dict[tuple[int, int], set[str]] = {}
        for span in self.spans:
            labels.setdefault((span.start, span.end), set()).add(span.label)
        for wording in self.wordings:
            if not wording.is_blank:
                labels.setdefault((wording.start, wording.end), set())
        return tuple(
            Phrase(start, end, self.document.text[start:end], tuple(sorted(labels[start, end])))
            for start, end in sorted(labels, key=lambda words: (words[0], -words[1]))
        )

    @property
    def applied(self) -> tuple[Wording, ...]:
        """The wordings that are shown in the passage, in reading order, none over another."""
        taken: list[Wording] = []
        for wording in sorted(self.wordings, key=lambda wording: (wording.start, -wording.end)):
            if not wording.is_blank and not (taken and wording.start < taken[-1].end):
                taken.append(wording)
        return tuple(taken)

    @property
    def pieces(self) -> tuple[tuple[str, Wording | None], ...]:
        """The section cut where words are replaced, each piece as the text has it."""
        section, text = self.document.section(self.section_id), self.document.text
        pieces: list[tuple[str, Wording | None]] = []
        reached = section.start
        for wording in self.applied:
            before, replaced = text[reached : wording.start], text[wording.start : wording.end]
            pieces += [(before, None), (replaced, wording)] if before else [(replaced, wording)]
            reached = wording.end
        return (*pieces, (text[reached : section.end], None))

    @property
    def plain_text(self) -> str:
        """The section in the learner's words."""
        return "".join(wording.shown if wording else words for words, wording in self.pieces)

    @property
    def remaining(self) -> tuple[Span, ...]:
        """The tags whose device is still there: new words for a part of it do not remove it."""
        gone = [wording for wording in self.applied if not wording.carries]
        return tuple(
            span
            for span in self.spans
            if not any(words.start <= span.start and span.end <= words.end for words in gone)
        )

    def counts(self, codebook: Codebook) -> list[tuple[str, int, int]]:
        """Count the devices of each code before and after, the most frequent first."""
        counts = code_counts(self.spans, self.remaining, codebook)
        return sorted(counts, key=lambda row: (-row[1], row[0]))


LONGEST_WORDING = 2_000
"""Characters that the plain words for one phrase may have."""


def read_version(
    response: Mapping[str, Any],
    document: Document,
    section_id: str,
    spans: Iterable[Span],
    facts: Iterable[Fact],
) -> Version:
    """Read a version from the form in which it is stored.

    Raises
    ------
    FramingkitError
        If it is not of that form, or was made on other words than the text has.

    Examples
    --------
    >>> from framingkit.course import load_article
    >>> saved = {"wordings": [{"start": 2699, "end": 2708, "quote": "Handshake", "plain": "Deal"}]}
    >>> read_version(saved, load_article(), "ending", (), ()).plain_text[:25]
    'Open ending – Deal or new'
    """
    section = document.section(section_id)
    wordings, kept = response.get("wordings", []), response.get("facts", [])
    if not isinstance(wordings, list) or not isinstance(kept, list):
        raise FramingkitError("Plain words come as a list of wordings and a list of statements.")
    inside = [span for span in reading_order(spans) if section.start <= span.start < section.end]
    own = tuple(fact for fact in facts if fact.section == section_id)
    read = tuple(_wording(wording, document, section) for wording in wordings)
    return Version(document, section_id, tuple(inside), read, tuple(map(str, kept)), own)


def _wording(data: Any, document: Document, section: Section) -> Wording:
    if not isinstance(data, dict) or not isinstance(data.get("plain"), str):
        raise FramingkitError("Each wording needs start, end, quote and plain words.")
    if len(data["plain"]) > LONGEST_WORDING:
        raise FramingkitError(
            f"Plain words for one phrase have at most {LONGEST_WORDING:,} characters."
        )
    start, end = data.get("start"), data.get("end")
    span = Span(start, end, "wording", data.get("quote", ""))  # type: ignore[arg-type]
    check_quote(span, document.text)
    if not (section.start <= span.start and span.end <= section.end):
        raise FramingkitError("These plain words are for another section.")
    return Wording(span.start, span.end, data["plain"], data.get("carries") is True)


def version_response(version: Version) -> dict[str, Any]:
    """Write a version in the form in which it is stored."""
    text = version.document.text
    wordings = [
        {"start": words.start, "end": words.end, "quote": text[words.start : words.end]}
        | {"plain": words.plain, "carries": words.carries}
        for words in sorted(version.wordings, key=lambda words: (words.start, words.end))
        if not words.is_blank
    ]
    return {"wordings": wordings, "facts": sorted(version.kept)}


def latest_version(
    response: Mapping[str, Any] | None,
    document: Document,
    section_id: str,
    spans: Iterable[Span],
    facts: Iterable[Fact],
) -> Version:
    """Read a stored version; what cannot be read counts as not written."""
    try:
        return read_version(response or {}, document, section_id, spans, facts)
    except FramingkitError:
        return read_version({}, document, section_id, spans, facts)


def rewrite_item(document_key: str, section_id: str) -> str:
    """Make the item's id; a changed text gets another one."""
    return f"rewrite.{document_key}.{section_id}"


_LONGER = 1.25
"""From this many times the words of the text on, a version is called long."""


def remarks_on(version: Version) -> list[str]:
    """Say what a version does, without calling anything right or wrong.

    Examples
    --------
    >>> from framingkit.course import load_article
    >>> from framingkit.feedback import read_version
    >>> remarks_on(read_version({}, load_article(), "ending", (), ()))[0][:52]
    'You have not tagged anything in this section yet. Ta'
    """
    if not version.phrases:
        return [
            "You have not tagged anything in this section yet. Tag some words: they appear "
            "here, and you can say them in plain words."
        ]
    quote, applied = version.document.quote, version.applied
    replaced = [(words.start, words.end) for words in applied]
    remarks = [f"{_on_phrases(version)} {devices_sentence(version)}"]
    remarks += [
        f"Your plain words for {quote(wording.start, wording.end)} are saved but not shown, "
        "because another phrase that you rewrote contains some of the same words."
        for wording in version.wordings
        if not wording.is_blank and (wording.start, wording.end) not in replaced
    ]
    cut = ", ".join(quote(words.start, words.end) for words in applied if not words.shown)
    if cut:
        remarks.append(f"You left out {cut}. Does a reader now miss something?")
    return remarks + ([_on_length(version), *_on_facts(version)] if applied else [])


def _on_phrases(version: Version) -> str:
    number = len(version.phrases)
    written = sum(not wording.is_blank for wording in version.wordings)
    if not written:
        return "No phrase has plain words yet."
    if written == number:
        return "The one phrase has plain words." if number == 1 else "Every phrase has plain words."
    return f"{written} of {number} phrases {'has' if written == 1 else 'have'} plain words."


def devices_sentence(version: Version) -> str:
    """Count the devices before and after in one sentence."""
    before, after = len(version.spans), len(version.remaining)
    noun = "device" if before == 1 else "devices"
    verb = "stays" if after == 1 else "stay"
    return f"You tagged {before} {noun} here; {after} of them {verb} in your plain words."


def _on_length(version: Version) -> str:
    before = len(version.document.text_of(version.section_id).split())
    after = len(version.plain_text.split())
    remark = f"The text has {before} words here; your version has {after}."
    if after > before * _LONGER:
        remark += " Plain words are often short: can you say it in fewer?"
    return remark


def _on_facts(version: Version) -> list[str]:
    missing = [fact.plain for fact in version.facts if fact.id not in version.kept]
    if not version.facts:
        return []
    if not missing:
        return ["You ticked every statement as still there."]
    if len(missing) == len(version.facts):
        return ["You have not ticked any statement yet. Read your version: which are still there?"]
    verb = "is" if len(missing) == 1 else "are"
    return [
        f"{len(missing)} of {len(version.facts)} statements {verb} not ticked, for example: "
        f"{missing[0]} Read your version again: is it still there?"
    ]


def version_html(version: Version, codebook: Codebook) -> Html:
    """Show the text and the plain words in one passage, the counts, and the remarks."""
    lines: list[list[str]] = [[]]  # a line end outside of a replaced phrase begins a paragraph
    for words, wording in version.pieces:
        if wording:
            lines[-1].append(element("del", words))
            lines[-1] += [" ", element("ins", wording.shown)] if wording.shown else []
        else:
            first, *rest = words.split("\n")
            lines[-1].append(first)
            lines += [[line] for line in rest]
    full = [line for line in lines if any(piece.strip() for piece in line)]
    body = [article_html(*(paragraph_html("", *line) for line in full))] if full else []
    notes = [element("li", sentence) for sentence in remarks_on(version)]
    counts = version.counts(codebook)
    rows = [(name, str(before), str(after)) for name, before, after in counts]
    header = ("Device", "As written", "In your plain words")
    table = [table_html("Devices before and after", header, rows)] if rows else []
    legend = element(
        "p", "Words with a line through them are replaced; the words after them are yours."
    )
    top = [legend] if version.applied else []
    return passage_html(*top, *body, element("ul", *notes), *table)
