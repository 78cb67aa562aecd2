"""One article: its unchangeable text, its sections and its sentences.

The text is exactly what the file holds; sections and sentences are ranges into it.
Nothing here ever rewrites the text, so every offset stays true.
"""

import bisect
import functools
import hashlib
from dataclasses import dataclass, replace

from framingkit.base import parse_toml, quoted
from framingkit.course.sentences import split_sentences
from framingkit.errors import FramingkitError

KINDS = ("text", "missing-picture")
_LONGEST_HEADING = 100  # characters


@dataclass(frozen=True, slots=True)
class Section:
    """A named part of the article; ``kind`` is "text" or "missing-picture"."""

    id: str
    title: str
    start: int
    end: int
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, a heading or a list entry, numbered from 1 through the whole document."""

    number: int
    section: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """An article as it was found, divided into sections; where it is from is in words of people.

    Examples
    --------
    >>> Document("d", "T", "It is hot.", "", (Section("lead", "Lead", 0, 10),)).text_of("lead")
    'It is hot.'
    """

    id: str
    title: str
    text: str
    sha256: str
    sections: tuple[Section, ...]
    note: str = ""
    source: str = ""
    date: str = ""
    language: str = ""
    rights: str = ""

    @classmethod
    def of_text(cls, id: str, text: str, title: str = "", note: str = "") -> "Document":
        """Make a document of one section, called “text”, from any text.

        Raises
        ------
        FramingkitError
            If there is no text.

        Examples
        --------
        >>> Document.of_text("weather", "It is hot.").section("text").end
        10
        """
        if not text:
            raise FramingkitError(f"The text {id!r} is empty. Give one with words in it.")
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        sections = (Section("text", "The text", 0, len(text)),)
        return cls(id, title or id, text, digest, sections, note)

    def section(self, section_id: str) -> Section:
        """Return a section by its id; an unknown id raises FramingkitError with the choices."""
        for section in self.sections:
            if section.id == section_id:
                return section
        choices = ", ".join(repr(section.id) for section in self.sections)
        raise FramingkitError(
            f"The article {self.id!r} has no section {section_id!r}. Choose one of: {choices}."
        )

    def text_of(self, section_id: str) -> str:
        """Return the words of one section."""
        section = self.section(section_id)
        return self.text[section.start : section.end]

    def sentences(self, section_id: str | None = None) -> tuple[Sentence, ...]:
        """Return the numbered sentences of the document or of one section.

        A section of kind "missing-picture" has none, because there is nothing to read.
        """
        sentences = _numbered(self.text, self.sections)
        if section_id is None:
            return sentences
        section = self.section(section_id)
        return tuple(sentence for sentence in sentences if sentence.section == section.id)

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence that holds a character; between two sentences, the first of them.

        Examples
        --------
        >>> text = "It is hot. It is hotter."
        >>> Document("d", "T", text, "", (Section("lead", "Lead", 0, 24),)).sentence_at(14).number
        2
        """
        sentences = self.sentences() or (Sentence(1, "", 0, len(self.text)),)
        after = bisect.bisect_right(sentences, offset, key=lambda sentence: sentence.start)
        return sentences[max(after, 1) - 1]

    def rank(self, start: int, end: int) -> str:
        r"""Say what a line of the text is: "headline", "heading", or "" for a paragraph.

        The first line of a section is a heading if it is short, without a full stop at its end,
        and more lines follow.

        Examples
        --------
        >>> sections = (Section("headline", "H", 0, 4), Section("end", "E", 5, 19))
        >>> document = Document("d", "T", "Ice!\nOpen end\nHot.", "", sections)
        >>> [document.rank(*line) for line in ((0, 4), (5, 13), (14, 18))]
        ['headline', 'heading', '']
        """
        section = next((one for one in self.sections if one.start <= start < one.end), None)
        if section is None or section.start != start:
            return ""
        if section.id == "headline":
            return "headline"
        short = end - start <= _LONGEST_HEADING and end < section.end
        return "heading" if short and self.text[end - 1] != "." else ""

    def quote(self, start: int, end: int, longest: int | None = None) -> str:
        """Quote words on one line; what is longer than `longest` characters is cut.

        Examples
        --------
        >>> words = Document("d", "T", "The red carpet is there.", "", ())
        >>> words.quote(4, 14), words.quote(4, 24, longest=12)
        ('“red carpet”', '“red carpet…”')
        """
        words = " ".join(self.text[start:end].split())
        if longest is not None and len(words) > longest:
            words = words[: longest - 1].rstrip() + "…"
        return quoted(words)


@functools.lru_cache(maxsize=64)
def _numbered(text: str, sections: tuple[Section, ...]) -> tuple[Sentence, ...]:
    """Cut a text once, however often its sentences are asked for."""
    ranges = (
        (section.id, start, end)
        for section in sections
        if section.kind == "text"
        for start, end in split_sentences(text, section.start, section.end)
    )
    return tuple(Sentence(number, *where) for number, where in enumerate(ranges, start=1))


def parse_document(toml_text: str, article_bytes: bytes) -> Document:
    """Make a document from its description and the bytes of its article.

    Raises
    ------
    FramingkitError
        If the article is not the one described, or the sections do not fit it.

    Examples
    --------
    >>> parse_document('id = "a"', b"Hot.")
    Traceback (most recent call last):
    framingkit.errors.FramingkitError: In document.toml the field 'title' is missing. Add it.
    """
    table = parse_toml(toml_text, "document.toml")
    described = table.read(
        Document,
        names={"text": ()},
        text="",
        sections=lambda file: file.rows("sections", "section", Section, {"kind": KINDS}),
        note=lambda file: file.text("note", "").strip(),
    )
    name, sha256 = described.id, hashlib.sha256(article_bytes).hexdigest()
    if sha256 != described.sha256:
        raise FramingkitError(
            f"The article {name!r} has changed: its sha256 is {sha256}, but document.toml names "
            f"{described.sha256}. Put the original article.txt back, because every offset depends "
            "on it."
        )
    try:
        document = replace(described, text=article_bytes.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise FramingkitError(
            f"The article {name!r} is not UTF-8 text (byte {error.start}). Save it as UTF-8."
        ) from None
    _check_sections(document)
    return document


def _check_sections(document: Document) -> None:
    if not document.sections:
        raise FramingkitError(f"The article {document.id!r} has no sections. Add at least one.")
    reached, last = 0, len(document.text)
    for section in document.sections:
        if not reached <= section.start < section.end <= last:
            raise FramingkitError(
                f"Section {section.id!r} of {document.id!r} runs from {section.start} to "
                f"{section.end}, but it must hold text between {reached} and {last}, after the "
                "one before."
            )
        reached = section.end


MISSING_PICTURE = "The picture is missing here, so its framing cannot be read."
