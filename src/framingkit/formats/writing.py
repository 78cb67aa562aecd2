"""Write annotated texts in a format, and say what it cannot hold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from framingkit.base import (
    counted,
    keeping,
    read_bytes,
    refuse_inputs,
    refuse_strange,
    write_atomic,
)
from framingkit.course import list_articles, load_codebook, load_reference, reference_to_toml
from framingkit.errors import FramingkitError
from framingkit.formats import (
    brat,
    doccano,
    hypothesis,
    label_studio,
    ours,
    qdpx,
    tables,
    tei,
    w3c,
    xmi,
)
from framingkit.formats.kit_files import read_reading
from framingkit.formats.model import Annotations
from framingkit.formats.placing import assembled
from framingkit.formats.reading import Text, read_annotations
from framingkit.formats.readings import NO_REASON, reading_of
from framingkit.formats.recognising import format_of


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how it is written, and what it cannot hold, each with a reason."""

    ending: str
    write: Callable[[Annotations], bytes]
    loses: tuple[str, ...] = ()


_NO_SECTIONS = "the sections of a text, and where it is from"
_EMPTY = "coders who tagged nothing"
_UNOPENED = "texts that nobody opened"
_NEW_IDS = "tags without an id get one"
_CONTROLS = "control characters, which become U+FFFD, one for one"
_NO_CODES = "what codes are called and mean"

FORMATS = {
    "framingkit": Format(".json", ours.write),
    "w3c": Format(".jsonld", w3c.write),
    "csv": Format(".csv", tables.write, (
        "the text", _EMPTY, _NO_CODES, "zero characters, which become ␀",
    )),
    "qdpx": Format(".qdpx", qdpx.write, (
        _NO_SECTIONS, _EMPTY, "the ids of codes: a code has its name",
        "how sure a coder was: it becomes the last line of the note",
        f"in notes and names, {_CONTROLS}",
    )),
    "xmi": Format(".zip", xmi.write, (_NO_SECTIONS, _UNOPENED, _NO_CODES, _CONTROLS)),
    "brat": Format(".zip", brat.write, (
        _NO_SECTIONS, _UNOPENED, _NO_CODES, "the ids of tags, which are numbered", "titles",
        "signs in labels and names other than a-z, 0-9, - and _, which become _",
        "lines and double spaces in notes, and the spaces at their ends",
        "spaces and line ends at the edges of a tag",
        "how sure a coder was: it becomes the end of the note",
    )),
    "doccano": Format(".jsonl", doccano.write, (
        _NO_SECTIONS, _UNOPENED, _NO_CODES, "notes", "how sure a coder was", "the ids of tags",
    )),
    "label-studio": Format(".json", label_studio.write, (_NO_SECTIONS, _NO_CODES, _NEW_IDS)),
    "hypothesis": Format(".json", hypothesis.write, (
        "the text", _EMPTY, _NO_CODES,
        "how sure a coder was: it becomes the last line of the note",
        "in the name of a coder, what comes after an @", _NEW_IDS,
    )),
    "tei": Format(".xml", tei.write, (
        _NO_SECTIONS, _CONTROLS, "the definitions of codes",
        "how sure a coder was: it becomes the last line of the note",
    )),
}  # fmt: skip
"""The formats, by the name that is given to the command."""


def export_annotations(
    format: str,
    sources: Sequence[str | Path],
    output: Path | None = None,
    text: Sequence[Text] = (),
    codebook: str | Path | None = None,
    coder: str = "",
) -> list[str]:
    """Write tags for another program.

    Parameters
    ----------
    format
        One of `FORMATS`.
    sources
        Answer sheets, class files, readings or any other files with tags; or the id of an article
        of the kit, for its reference reading.
    output
        The file to write; by default ``annotations`` with the ending of the format.
    text, codebook, coder
        As for `read_annotations`.

    Returns
    -------
    list of str
        What was written, and what the format could not hold.

    Raises
    ------
    FramingkitError
        If there is no such format, a source cannot be read, or somebody's file would be replaced.
    """
    chosen = _chosen(format)
    annotations = together([_read(one, text, codebook, coder) for one in sources])
    path = output or Path(f"annotations{chosen.ending}")
    refuse_inputs([path], [Path(source) for source in sources])
    return write_annotations(annotations, path, format)


def write_annotations(annotations: Annotations, path: str | Path, format: str) -> list[str]:
    """Write tags that are in memory to a file; see `export_annotations`.

    Parameters
    ----------
    annotations
        What was read, or put together with `annotations_of`.
    path
        The file to write.
    format
        One of `FORMATS`.

    Returns
    -------
    list of str
        What was written, and what the format could not hold.

    Raises
    ------
    FramingkitError
        If there is no such format, or somebody's file would be replaced.
    """
    chosen = _chosen(format)
    said = _write(Path(path), chosen.write(annotations), annotations)
    return [*said, *_lost(chosen)]


def _chosen(format: str) -> Format:
    if format not in FORMATS:
        raise FramingkitError(
            f"There is no format {format!r}. Choose one of: {', '.join(FORMATS)}."
        )
    return FORMATS[format]


def _read(
    source: str | Path, text: Sequence[Text], codebook: str | Path | None, coder: str
) -> Annotations:
    """Read a source: a file, or the reference reading of an article that is named by its id."""
    if str(source) not in list_articles():
        return read_annotations(source, text, codebook=codebook, coder=coder)
    content = reference_to_toml(load_reference(str(source))).encode()
    return assembled([read_reading(content, str(source), "")], (), load_codebook(codebook))


def together(parts: Sequence[Annotations]) -> Annotations:
    """Put the tags of several files together.

    Raises
    ------
    FramingkitError
        If two texts of one name differ, or one coder comes twice on a text.
    """
    texts = {text.id: text for part in parts for text in part.texts}
    sets = [tagged for part in parts for tagged in part.sets]
    keys = [(tagged.document_id, tagged.coder) for tagged in sets]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if any(texts[text.id].text != text.text for part in parts for text in part.texts):
        raise FramingkitError("Two texts of one name differ. Export them one by one.")
    if twice:
        raise FramingkitError(f"{twice[1]} tagged {twice[0]!r} in two of these files. Give one.")
    codes = {code.id: code for part in parts for code in part.codes}
    orphans = [orphan for part in parts for orphan in part.orphans]
    remarks = [remark for part in parts for remark in part.remarks]
    return Annotations(
        tuple(texts.values()), tuple(sets), tuple(codes.values()), tuple(orphans), tuple(remarks)
    )


def _lost(chosen: Format) -> list[str]:
    reasons = "; ".join(chosen.loses)
    return [f"This format cannot hold: {reasons}."] if reasons else []


def import_annotations(
    source: Path,
    output: Path,
    text: Sequence[Text] = (),
    codebook: str | Path | None = None,
    coder: str = "",
) -> list[str]:
    """Read tags that another program wrote, and write them as the kit's own.

    Parameters
    ----------
    source
        The file, archive or folder.
    output
        A name that ends in ``.toml`` makes a reference reading of one coder's tags on one text,
        one that ends in ``.json`` a file of all.
    text, codebook
        As for `read_annotations`.
    coder
        Whose tags are meant, if there are several coders.

    Returns
    -------
    list of str
        What was read and written, and what was left out.

    Raises
    ------
    FramingkitError
        If it cannot be read, or somebody's file would be replaced.
    """
    annotations = read_annotations(source, text, codebook=codebook, coder=coder)
    if output.suffix == ".toml":
        annotations = _of_one(annotations, coder)
        content, said = _reading(annotations)
    elif output.suffix == ".json":
        content, said = ours.write(annotations), []
    else:
        raise FramingkitError(
            f"“{output.name}” has to end in .toml, for a reference reading, or in .json, for all "
            "coders. Give such a name."
        )
    refuse_inputs([output], [source])
    return [*_write(output, content, annotations), *said]


def _of_one(annotations: Annotations, coder: str) -> Annotations:
    """Keep the tags of the one coder who is meant, on one text."""
    sets = [one for one in annotations.sets if coder in ("", one.coder)]
    if len(sets) != 1:
        names = ", ".join(annotations.coders) or "none"
        raise FramingkitError(
            "A reference reading holds the tags of one coder on one text, and here are "
            f"{len(sets)}. Choose one with --coder, or write a .json file. The coders are: {names}."
        )
    text = annotations.document(sets[0].document_id)
    return replace(annotations, texts=(text,), sets=(sets[0],))


def _reading(annotations: Annotations) -> tuple[bytes, list[str]]:
    reading, without = reading_of(annotations.sets[0], annotations.document())
    said = [
        f"{counted(without, 'entry', 'entries')} without a reason: look for "
        f"“{NO_REASON}” in the file, and say for each whether it is clear or debatable."
    ] * bool(without)
    return reference_to_toml(reading).encode(), said


def _write(path: Path, content: bytes, annotations: Annotations) -> list[str]:
    refuse_strange(path, _holds_tags, "a file of tags")
    with keeping(path) as kept:
        write_atomic(path, content)
    tags = sum(len(tagged.spans) for tagged in annotations.sets)
    coders, texts = len(annotations.coders), len(annotations.texts)
    first = (
        f"“{path.name}” holds {counted(tags, 'tag')} by {counted(coders, 'coder')} on "
        f"{counted(texts, 'text')}."
    )
    return [first, *annotations.remarks, *kept]


def _holds_tags(path: Path) -> bool:
    """Tell whether a file that would be replaced is one of tags, and not something else."""
    try:
        return bool(format_of(read_bytes(path, 1 << 28), path.name))
    except FramingkitError:
        return False
