"""Read annotated texts from a file, an archive or a folder of any of the formats."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from framingkit.base import counted, disk, read_bytes, shown
from framingkit.course import Codebook, Document, list_articles, load_article, load_codebook
from framingkit.errors import FramingkitError
from framingkit.formats import (
    brat,
    doccano,
    hypothesis,
    kit_files,
    label_studio,
    ours,
    qdpx,
    tables,
    tei,
    w3c,
    xmi,
)
from framingkit.formats.model import Annotations, FileContent
from framingkit.formats.placing import assembled
from framingkit.formats.recognising import format_of
from framingkit.formats.sources import Files, files_at
from framingkit.formats.strangers import MOST_BYTES, plain_text

Text = str | Path | Document

_READERS: dict[str, Callable[[bytes, str, str], FileContent]] = {
    "framingkit": ours.read, "w3c": w3c.read, "csv": tables.read, "xmi": xmi.read,
    "doccano": doccano.read, "label-studio": label_studio.read, "hypothesis": hypothesis.read,
    "tei": tei.read, "sheet": kit_files.read_sheet, "reading": kit_files.read_reading,
}  # fmt: skip
_GZIP = b"\x1f\x8b"
_PASSED = (".txt", ".conf", "typesystem.xml", "initial_cas.xmi", "initial_cas.zip")
"""How the names of files end that lie beside tags; INCEpTION's first state has no coder."""


def read_annotations(
    path: str | Path,
    text: Text | Sequence[Text] = (),
    *,
    codebook: str | Path | Codebook | None = None,
    coder: str = "",
) -> Annotations:
    """Read tags from a file, an archive or a folder, of our own or of other programs.

    The format is found out by what is in a file: our own, W3C Web Annotation, CSV, QDPX, UIMA XMI,
    brat, doccano, Label Studio, Hypothesis, TEI, and the kit's answer sheets, class files and
    reference readings.

    Parameters
    ----------
    path
        The file, a zip, or a folder; of a folder all files are read that hold tags.
    text
        The text that was tagged: an article of the kit by its id, a path, or a document. It is
        needed where the file does not hold it. If the file holds an earlier version of it, tags
        are found again by their words and what is around them.
    codebook
        Labels that are the name of one of its codes get the id of the code. By default the codebook
        of the course at hand.
    coder
        Whose tags they are, where the file does not say so; by default the name of the file.

    Raises
    ------
    FramingkitError
        If there are no tags in it, it is damaged or too large, or its text is missing.

    Examples
    --------
    >>> from framingkit.course import kit_folder
    >>> read = read_annotations(kit_folder() / "data/sample-class/amber-crane-153.answers.json")
    >>> read.coders
    ('amber-crane-153',)
    """
    path = Path(path).expanduser()
    texts = [document_of(one) for one in ([text] if isinstance(text, Text) else text)]
    codes = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    contents = list(_contents(path, texts, coder))
    if not any(content.texts or content.marks or content.coders for content in contents):
        raise FramingkitError(
            f"“{shown(path.name)}” holds no tags in a format that is read here. Export it as W3C "
            "JSON-LD, QDPX, XMI, CSV, brat, doccano, Label Studio, Hypothesis or TEI."
        )
    return assembled(contents, texts, codes)


def document_of(text: Text) -> Document:
    """Find a text: one of the kit by its id, a folder of ours, or a file of plain text.

    Examples
    --------
    >>> document_of("alaska-summit").id
    'alaska-summit'
    """
    if isinstance(text, Document):
        return text
    path = Path(text).expanduser()
    if str(text) in list_articles():
        return load_article(str(text))
    if path.is_file() and path.suffix != ".toml":
        words = plain_text(read_bytes(path, MOST_BYTES), path.name)
        return Document.of_text(path.stem, words.replace("\r\n", "\n"))
    return load_article(path if path.exists() else text)


def _contents(path: Path, texts: Sequence[Document], coder: str) -> Iterator[FileContent]:
    """Read every file that holds tags; what holds none is counted."""
    if disk.beginning(path, 2) == _GZIP:
        yield kit_files.read_class_file(path, texts)
        return
    with files_at(path) as files:
        yield from _of_files(files, texts, coder)


def _of_files(files: Files, texts: Sequence[Document], coder: str) -> Iterator[FileContent]:
    passed = 0
    for name in files.names:
        if name.lower().endswith(_PASSED) and not files.alone:
            continue
        content = files.read(name)
        kind = format_of(content, name)
        if kind in ("zip", "class") and files.folder and not files.alone:
            yield from _contents(files.folder / name, texts, coder)
        elif kind == "zip" and files.inside:
            yield from _of_files(files.inside(name, content), texts, coder)
        elif kind == "brat":
            yield _brat(content, name, files, coder)
        elif kind == "qdpx":
            yield qdpx.read(content, name, coder or "coder", files.beside(name))
        elif kind in _READERS:
            yield _READERS[kind](content, name, coder or _named_by(name, kind))
        else:
            passed += 1
    if passed and not files.alone:
        yield FileContent(left_out=[f"{counted(passed, 'file')} without tags passed over."])


def _named_by(name: str, kind: str) -> str:
    """Say whose tags a file holds that names nobody: most often it has the name of its coder."""
    folders, _, file = name.rpartition("/")
    folder = folders.rpartition("/")[2]
    return folder if kind == "tei" and folder else file.partition(".")[0]


def _brat(content: bytes, name: str, files: Files, coder: str) -> FileContent:
    """Read the tags with the text beside them; a folder has the name of its coder."""
    text = name.rpartition(".")[0] + ".txt"
    if not files.has(text):
        raise FramingkitError(
            f"“{shown(name)}” needs its text beside it, called “{shown(text)}”. Put it there."
        )
    folder = name.rpartition("/")[0].rpartition("/")[2]
    return brat.read(content, name, coder or folder or "coder", files.read(text))
