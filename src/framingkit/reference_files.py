"""Reference readings in files of one's own, as people settle them."""

from pathlib import Path

from framingkit import course
from framingkit.annotations import Reference, parse_reference
from framingkit.codebooks import Codebook
from framingkit.documents import Document
from framingkit.errors import FramingkitError
from framingkit.files import read_text
from framingkit.reference_toml import reference_to_toml
from framingkit.saving import write_atomic
from framingkit.spans import Span, check_quote


def write_reference(path: Path, reference: Reference) -> None:
    """Write a reference reading; the same reading gives the same bytes.

    Raises
    ------
    FramingkitError
        If the file cannot be written; an old one is untouched.
    """
    write_atomic(path, reference_to_toml(reference).encode())


def read_reference(path: Path, document: Document | None = None) -> Reference:
    """Read a reference reading, and check it against the text and the codes.

    Parameters
    ----------
    path
        The file, as `write_reference` writes it.
    document
        The text it has to be on; without one, the article of the kit that it names.

    Raises
    ------
    FramingkitError
        If it is on another text, quotes words that do not stand there, or names a code or a
        section that does not exist. The sentence names the file.
    """
    text = read_text(path)
    try:
        found = parse_reference(text)
        _check(found, document or course.load_article(found.document_id), course.load_codebook())
    except FramingkitError as error:
        raise FramingkitError(f"“{path.name}” cannot be used as a reading. {error}") from None
    return found


def _check(found: Reference, document: Document, codebook: Codebook) -> None:
    if found.document_id != document.id:
        raise FramingkitError(
            f"It is a reading of {found.document_id!r}, but the text is {document.id!r}. "
            "Give a reading of this text."
        )
    for entry in found.spans:
        check_quote(entry.span, document.text)
        codebook.code(entry.span.label)
        document.section(entry.section)
    for miss in found.near_misses:
        check_quote(Span(miss.start, miss.end, miss.not_label, miss.quote), document.text)
