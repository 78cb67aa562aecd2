"""From what files say to tags that fit their texts: nothing is moved by chance, nothing vanishes.

A tag whose words are where the file says stays there. Where they are not, because offsets count
something else or the text was corrected, it is found again by its words and what is around them
(`framingkit.course.anchoring`). What cannot be placed for certain becomes an orphan, and a sentence
says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from framingkit.base import beginning, counted, quoted, shown
from framingkit.course import (
    AnnotationSet,
    Change,
    Codebook,
    Document,
    Span,
    kit_article,
    list_articles,
    placed_by_quote,
)
from framingkit.errors import FramingkitError
from framingkit.formats.codes import with_names
from framingkit.formats.model import Annotations, FileContent, FoundText, Mark
from framingkit.formats.strangers import MOST_MARKS
from framingkit.formats.units import Units

_LISTED = 20


def assembled(
    contents: Iterable[FileContent], texts: Sequence[Document], codebook: Codebook
) -> Annotations:
    """Put the contents of one or more files together.

    Parameters
    ----------
    contents
        What was read.
    texts
        Texts that somebody gave: the tags go to them, also if a file has another version.
    codebook
        Labels that are the name of one of its codes get the id of it.

    Raises
    ------
    FramingkitError
        If a text is missing, or there is too much.
    """
    work = _Work(texts, codebook)
    for content in contents:
        work.add(content)
    return work.result()


@dataclass
class _Work:
    given: Sequence[Document]
    codebook: Codebook
    documents: dict[str, Document] = field(default_factory=dict)
    spans: dict[tuple[str, str], list[Span]] = field(default_factory=dict)
    orphans: dict[tuple[str, str], list[Span]] = field(default_factory=dict)
    codes: dict[str, tuple[str, str]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    anew: int = 0
    marks: int = 0

    def add(self, content: FileContent) -> None:
        self.marks += len(content.marks)
        if self.marks > MOST_MARKS:
            raise FramingkitError(
                f"These files hold more than {MOST_MARKS:,} tags, and no more are read at a time. "
                "Read them in several parts."
            )
        self.remarks += _grouped(content.left_out)
        wanted = [*content.texts, *(mark.document for mark in content.marks)]
        wanted += [document for document, _ in content.coders]
        keys = list(dict.fromkeys(wanted))
        places = {key: self._text(key, content.texts.get(key), len(keys)) for key in keys}
        for key, coder in content.coders:
            self.spans.setdefault((places[key].document.id, coder), [])
        names = self._names(content)
        for mark in content.marks:
            self._put(mark, places[mark.document], content.utf16, names)
        self.codes |= {names.get(label, label): said for label, said in content.codes.items()}

    def _text(self, key: str, found: FoundText | None, of: int) -> "_Text":
        """Find the text that is meant: the one that somebody gave, the file's own, or the kit's."""
        given = [text for text in self.given if text.id == key]
        given = given or [text for text in self.given if found and text.text == found.text]
        if not given and len(self.given) == 1 and (of == 1 or not found or found.text is None):
            given = list(self.given)
        own = found.text if found else None
        document = given[0] if given else _document(key, found)
        earlier = self.documents.setdefault(document.id, document)
        if earlier.text != document.text:
            if own is not None and not given:
                return _Text(earlier, own)
            raise FramingkitError(f"Two texts are called {document.id!r}. Read them one by one.")
        return _Text(earlier, own)

    def _names(self, content: FileContent) -> dict[str, str]:
        """Translate the names of codes into their ids, where the codebook has such a name."""
        ours = {code.name.casefold(): code.id for code in self.codebook.codes}
        known = {code.id for code in self.codebook.codes}
        labels = {*content.codes, *(mark.label for mark in content.marks)} - known
        return {label: ours[label.casefold()] for label in labels if label.casefold() in ours}

    def _put(self, mark: Mark, text: "_Text", utf16: bool, names: Mapping[str, str]) -> None:
        where = (text.document.id, mark.coder)
        label = names.get(mark.label, mark.label)
        place, moved = text.place(mark, utf16)
        self.anew += moved and place is not None
        try:
            span = _span(mark, label, place, text.document.text)
        except FramingkitError as error:
            self.remarks.append(f"A tag of {shown(mark.coder, 40)} was left out. {error}")
            return
        (self.orphans if place is None else self.spans).setdefault(where, []).append(span)

    def result(self) -> Annotations:
        sets = tuple(AnnotationSet(*key, tuple(spans)) for key, spans in self.spans.items())
        orphans = tuple(AnnotationSet(*key, tuple(spans)) for key, spans in self.orphans.items())
        used = {span.label: ("", "") for tagged in sets for span in tagged.spans}
        labels = self.codes | {label: self.codes.get(label, said) for label, said in used.items()}
        known = {code.id for code in self.codebook.codes}
        codes = with_names(
            {label: said for label, said in labels.items() if label in known or any(said)},
            self.codebook.codes,
        )
        remarks = (*self._moved(), *_told(orphans), *self.remarks, *_unknown(used, known))
        return Annotations(tuple(self.documents.values()), sets, codes, orphans, remarks)

    def _moved(self) -> list[str]:
        if not self.anew:
            return []
        return [
            f"{counted(self.anew, 'tag')} found again by the words, because the offsets in the "
            "file do not fit the text."
        ]


def _document(key: str, found: FoundText | None) -> Document:
    if found and found.text:
        made = Document.of_text(key or "text", found.text, found.title, found.note)
        fits = found.sections and found.sections[-1].end <= len(found.text)
        if fits and all(one.start < one.end for one in found.sections):
            known = (found.title, found.text, made.sha256, found.sections, found.note)
            return Document(key, *known, *found.about)
        return made
    if key in list_articles():
        return kit_article(key)
    raise FramingkitError(
        f"The text {shown(key, 80)!r} is not in the file, and the kit has none of that name. Give "
        "the text that was tagged: with --text, or as text=."
    )


@dataclass
class _Text:
    """A text to place tags on; ``own`` is the version that the file has of it."""

    document: Document
    own: str | None

    @cached_property
    def _change(self) -> Change:
        return Change(self.own or "", self.document.text)

    @cached_property
    def _units(self) -> Units:
        return Units(self.document.text if self.own is None else self.own)

    def place(self, mark: Mark, utf16: bool) -> tuple[tuple[int, int] | None, bool]:
        """Place a tag; tell whether it had to be found again."""
        before = self.document.text if self.own is None else self.own
        for wide in (utf16, not utf16):
            offsets = self._offsets(mark, wide)
            if offsets and _fits(mark.quote, before[slice(*offsets)]):
                if self.own is None or self.own == self.document.text:
                    return offsets, False
                moved = self._change.placed(_probe(*offsets, before[slice(*offsets)]))
                return (moved.start, moved.end) if moved else None, True
            if mark.quote is None:
                break
        if not mark.quote:
            return None, True
        probe = _probe(0, len(mark.quote), mark.quote)
        again = placed_by_quote(probe, mark.before, mark.after, self.document.text)
        return (again.start, again.end) if again else None, True

    def _offsets(self, mark: Mark, wide: bool) -> tuple[int, int] | None:
        start, end = mark.start, mark.end
        if start is None or end is None:
            return None
        if wide:
            start, end = self._units.from_utf16(start), self._units.from_utf16(end)
        length = len(self.document.text if self.own is None else self.own)
        if start is None or end is None or not 0 <= start < end <= length:
            return None
        return start, end


def _probe(start: int, end: int, quote: str) -> Span:
    return Span(start, end, "tag", quote)


def _fits(quote: str | None, words: str) -> bool:
    """Tell whether a quote is what the text has; line ends may be spaces, and zeros signs in it."""
    if quote is None or quote == words:
        return True
    return quote.split() == words.replace("\0", "␀").split() != []


def _span(mark: Mark, label: str, place: tuple[int, int] | None, text: str) -> Span:
    if place is None:
        # where the file says, as long as its words: of no use but to be told
        start, quote = mark.start or 0, mark.quote or ""
        end = start + max(len(quote), 1)
    else:
        (start, end), quote = place, text[slice(*place)]
    return Span(start, end, label, quote, mark.note, mark.confidence, mark.id)


def _grouped(sentences: Sequence[str]) -> list[str]:
    """Say each sentence once, and how often."""
    counts = {sentence: sentences.count(sentence) for sentence in dict.fromkeys(sentences)}
    return [one if many == 1 else f"{one} ({many:,} times)" for one, many in counts.items()]


def _told(orphans: Sequence[AnnotationSet]) -> list[str]:
    """List the tags without a place."""
    tags = [(one.coder, span) for one in orphans for span in one.spans]
    if not tags:
        return []
    listed = [
        f"{_words(span)} ({shown(span.label, 40)}, {shown(coder, 40)})"
        for coder, span in tags[:_LISTED]
    ]
    more = [f"and {len(tags) - _LISTED:,} more"] if len(tags) > _LISTED else []
    return [
        f"{counted(len(tags), 'tag')} without a certain place in the text, not counted: "
        f"{'; '.join([*listed, *more])}. Tag these words again where they belong."
    ]


def _words(span: Span) -> str:
    words = " ".join(span.quote.split())
    return quoted(beginning(words, 80)) if words else f"at {span.start}"


def _unknown(used: Mapping[str, object], known: set[str]) -> list[str]:
    names = sorted(set(used) - known)
    if not names or not known:
        return []
    listed = ", ".join(shown(name, 40) for name in names[:_LISTED])
    more = f" and {len(names) - _LISTED:,} more" if len(names) > _LISTED else ""
    return [f"{counted(len(names), 'label')} not in the codebook, kept as written: {listed}{more}."]
