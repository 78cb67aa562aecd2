"""Annotated texts: what goes into a file of any format, and what comes out of one.

A file's reader gives a `FileContent`: tags as the file has them, whose places nobody has checked.
`placing` turns it into `Annotations`: texts, and for each text and coder one set of tags that fit.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from framingkit.course import AnnotationSet, Code, Codebook, Document, Section
from framingkit.errors import FramingkitError
from framingkit.formats.codes import codebook_of
from framingkit.formats.frames import frame_of


@dataclass(frozen=True, slots=True)
class Annotations:
    """Texts, and what each coder tagged in them.

    Parameters
    ----------
    texts
        The texts.
    sets
        For each text and coder one set of tags.
    codes
        The codes that are known: of a file, those that it names and those of the codebook.
    orphans
        Tags that could not be placed for certain, with the offsets that they came with.
    remarks
        Sentences about what was found again or left out.

    Examples
    --------
    >>> from framingkit.course import Span, load_article
    >>> mara = AnnotationSet("alaska-summit", "mara", (Span(13, 23, "ceremony_symbol"),))
    >>> Annotations((load_article(),), (mara,)).codebook.codes[0].name
    'ceremony_symbol'
    """

    texts: tuple[Document, ...]
    sets: tuple[AnnotationSet, ...]
    codes: tuple[Code, ...] = ()
    orphans: tuple[AnnotationSet, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def codebook(self) -> Codebook:
        """The codes of these tags: those that are known, and one for each other label."""
        return codebook_of(self.codes, self.labels)

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels that somebody used, from a to z."""
        return tuple(sorted({span.label for tagged in self.sets for span in tagged.spans}))

    @property
    def coders(self) -> tuple[str, ...]:
        """Everybody who tagged, from a to z."""
        return tuple(sorted({tagged.coder for tagged in self.sets}))

    def document(self, id: str = "") -> Document:
        """Return a text; without an id, the only one.

        Raises
        ------
        FramingkitError
            If there is no such text, or there are several and none is named.
        """
        found = [text for text in self.texts if id in ("", text.id)]
        if len(found) != 1:
            choices = ", ".join(repr(text.id) for text in self.texts) or "none"
            raise FramingkitError(
                f"One text is wanted, by its id, but this was {id!r}. The texts are: {choices}."
            )
        return found[0]

    def sets_on(self, id: str = "") -> tuple[AnnotationSet, ...]:
        """Return what each coder tagged in a text; without an id, in the only one."""
        wanted = self.document(id).id
        return tuple(tagged for tagged in self.sets if tagged.document_id == wanted)

    def to_frame(self) -> Any:
        """Return a table with a row for each tag, as pandas or polars, whichever is installed.

        Raises
        ------
        FramingkitError
            If neither is installed.
        """
        return frame_of(self.sets)


@dataclass(frozen=True, slots=True)
class FoundText:
    """A text as a file has it; one that only names it has no words.

    ``about`` is its source, date, language and rights, if they are known.
    """

    title: str = ""
    text: str | None = None
    sha256: str = ""
    sections: tuple[Section, ...] = ()
    note: str = ""
    about: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: Document) -> "FoundText":
        """Take a text that is known, with where it is from."""
        about = text.source, text.date, text.language, text.rights
        return cls(text.title, text.text, text.sha256, text.sections, text.note, about)


@dataclass(slots=True)
class Mark:
    """A tag as a file has it. What the file does not say is None or empty."""

    document: str
    coder: str
    label: str
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    before: str = ""
    after: str = ""
    note: str = ""
    confidence: int | None = None
    id: str = ""


@dataclass(slots=True)
class FileContent:
    """What was read from a file.

    ``coders`` has the text and the name of everybody, also of those without tags. ``utf16`` says
    that offsets count UTF-16 units. ``codes`` gives name and definition of a label.
    """

    texts: dict[str, FoundText] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    coders: list[tuple[str, str]] = field(default_factory=list)
    codes: dict[str, tuple[str, str]] = field(default_factory=dict)
    utf16: bool = False
    left_out: list[str] = field(default_factory=list)


def annotations_of(
    text: Document, sets: Iterable[AnnotationSet], codebook: Codebook | None = None
) -> Annotations:
    """Put sets of tags on one text together, with the codes that they use.

    Examples
    --------
    >>> annotations_of(Document.of_text("weather", "It is hot."), []).coders
    ()
    """
    tagged = tuple(sets)
    used = {span.label for one in tagged for span in one.spans}
    codes = tuple(code for code in codebook.codes if code.id in used) if codebook else ()
    return Annotations((text,), tagged, codes)
