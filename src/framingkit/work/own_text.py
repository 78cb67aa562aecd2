"""A text that a learner brings: made into a document once, and kept so that offsets stay true.

What a learner pasted is in the work log like every other answer, so it is never lost, and
is part of the hand-in. A copy in ``texts/<id>`` of the work folder has the form of the kit's own
articles. It is only as good as its sha256: another learner's text of the same name is never used
in its place.
"""

import contextlib
import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from framingkit.base import counted, disk, toml_table
from framingkit.course import Document, Section, load_article
from framingkit.errors import FramingkitError
from framingkit.work.limits import LONGEST_TEXT

OWN_TEXT = "own-text"
"""The id of a learner's own text unless another one is given."""

_ID = re.compile(r"own-text(-[a-z0-9]{1,20})?")
_FIELDS = {"title": 300, "source": 500, "date": 100}
_LINE_END = re.compile("\r\n|[\r\v\f\x85]")
_SIGNS = {
    **{code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\n\t"},
    **{code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)},
    **dict.fromkeys([0x7F, *range(0xD800, 0xE000)], "\ufffd"),
}
"""The sign for each control character; half of a surrogate pair is no character at all.

Controls from 128 on are most often quotation marks and dashes of an old Windows text.
"""
_PART = re.compile(r"\S(?:.|\n(?!\s*\n))*")


def is_own(id: str) -> bool:
    """Tell whether an id names a learner's own text.

    Examples
    --------
    >>> is_own("own-text"), is_own("own-text-2"), is_own("alaska-summit")
    (True, True, False)
    """
    return _ID.fullmatch(id) is not None


def check_text_id(id: str) -> str:
    """Return an id that can name an own text.

    Raises
    ------
    FramingkitError
        If it is another one: it becomes the name of a folder.
    """
    if not is_own(id):
        raise FramingkitError(
            f"A text of your own is called own-text or own-text-2, not {id!r:.60}."
        )
    return id


def clean(text: str) -> str:
    r"""Make line ends alike, drop byte-order marks, and show what could not be seen.

    Examples
    --------
    >>> clean("\ufeffRed\r\ncarpet\0")
    'Red\ncarpet␀'
    """
    return _LINE_END.sub("\n", text.replace("\ufeff", "")).translate(_SIGNS).strip("\n ")


def make_document(
    id: str, text: str, title: str = "", source: str = "", date: str = "", parts: bool = False
) -> Document:
    """Make a document from what a learner brought.

    Parameters
    ----------
    id
        Its name, ``own-text`` or ``own-text-2``.
    text, title, source, date
        As they were typed or pasted.
    parts
        Whether empty lines begin new sections; otherwise the one section is called ``text``.

    Raises
    ------
    FramingkitError
        If there is no text, or too much of it.

    Examples
    --------
    >>> make_document("own-text", "It is hot.").section("text").end
    10
    """
    words = clean(text)
    if not words.strip():
        raise FramingkitError("There is no text yet. Paste or type one, then use it.")
    if len(words) > LONGEST_TEXT:
        raise FramingkitError(
            f"This text has {len(words):,} characters; at most {LONGEST_TEXT:,} can be used. "
            "Use the part of it that you want to read closely."
        )
    name = " ".join(clean(title).split())[: _FIELDS["title"]] or "My text"
    note = [
        f"{what}: {' '.join(clean(value).split())[:500]}"
        for what, value in (("Source", source), ("Date", date))
        if value.strip()
    ]
    digest = hashlib.sha256(words.encode()).hexdigest()
    return Document(id, name, words, digest, _sections(words, parts), "\n".join(note))


def _sections(words: str, parts: bool) -> tuple[Section, ...]:
    spans = [match.span() for match in _PART.finditer(words)] if parts else []
    if len(spans) < 2:
        return (Section("text", "The text", 0, len(words)),)
    return tuple(
        Section(f"part-{number}", f"Part {number}", *span)
        for number, span in enumerate(spans, start=1)
    )


def check_own_text(response: Mapping[str, Any]) -> None:
    """Refuse an answer that does not hold a text and its details, or too much of them.

    Raises
    ------
    FramingkitError
        With a sentence that says what is wrong.
    """
    for name, most in (("text", LONGEST_TEXT), *_FIELDS.items()):
        value = response.get(name, "")
        if not isinstance(value, str) or len(value) > most:
            raise FramingkitError(f"The {name} may have at most {most:,} characters.")


def used_sentences(document: Document) -> list[str]:
    """Say what a text in use is, and what to do next."""
    words, sentences = len(document.text.split()), len(document.sentences())
    size = f"{counted(words, 'word')} in {counted(sentences, 'sentence')}"
    signs = ["Characters that cannot be seen are shown as signs such as ␀ or \ufffd."]
    return [
        f"“{document.title}” has {size}.",
        *(signs if re.search("[\u2400-\u241f\ufffd]", document.text) else []),
        "It is saved in your work folder, and is part of your answers when you hand in.",
        "Now run the cells below this one (Shift+Enter).",
    ]


def find_own_text(folder: Path, id: str, response: Mapping[str, Any] | None) -> Document | None:
    """Find the text in use: in the answer itself, or in the copy that was made when it was used.

    Parameters
    ----------
    folder
        The work folder.
    id
        The text's name.
    response
        The learner's latest answer to the item of this name; None if there is none.
    """
    if not response or not is_own(id):
        return None
    values = {name: str(response.get(name, "")) for name in ("text", *_FIELDS)}
    with contextlib.suppress(FramingkitError):
        document = make_document(id, **values, parts=response.get("parts") is True)
        if document.sha256 == response.get("used"):
            return document
    with contextlib.suppress(FramingkitError):
        document = load_article(folder / "texts" / id)
        if document.sha256 == response.get("used"):
            return document
    return None


def keep_own_text(folder: Path, document: Document) -> Path:
    """Write the copy in the work folder; the description comes last, so half a copy never fits.

    Raises
    ------
    FramingkitError
        If the disk does not take it.
    """
    copy = folder / "texts" / document.id
    disk.write_atomic(copy / "article.txt", document.text.encode())
    disk.write_atomic(copy / "document.toml", _toml(document).encode())
    return copy


def _toml(document: Document) -> str:
    names = ("id", "title", "sha256", "note")
    head = toml_table({name: getattr(document, name) for name in names})
    sections = (toml_table(asdict(section), "[[sections]]") for section in document.sections)
    return "\n".join([head, *sections])
