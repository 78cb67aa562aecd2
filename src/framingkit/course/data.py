"""Load articles, codebooks and readings by id or path; questions and the record by id.

The kit's files are beside the code in a source checkout, or in ``_kit`` inside the package once
it is installed; each is read once and then kept. Files of your own are read each time. A
reference reading can also be written to a file.
"""

import contextlib
import functools
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from framingkit.base import parse_tables, read_bytes, read_text, shown, write_atomic
from framingkit.course.codebooks import Codebook, parse_codebook
from framingkit.course.documents import Document, parse_document
from framingkit.course.exercises import (
    Exercise,
    Misconception,
    parse_exercises,
    parse_misconceptions,
)
from framingkit.course.items import Item, parse_items
from framingkit.course.materials import Material, parse_materials
from framingkit.course.readings import AnnotationSet, Reference, parse_reference, reference_to_toml
from framingkit.course.record import (
    ClaimLedger,
    Distance,
    Fact,
    Publisher,
    parse_claims,
    parse_distances,
    parse_facts,
    parse_publishers,
)
from framingkit.course.sources import Finding, Work, parse_findings, parse_works
from framingkit.course.spans import check_quote
from framingkit.errors import FramingkitError

_PACKAGE = Path(__file__).parent.parent


def kit_folder() -> Path:
    """Return the folder that holds data/, notebooks/ and exercises/.

    Raises
    ------
    FramingkitError
        If there is no such folder, because the kit was copied only in part.
    """
    for folder in (_PACKAGE / "_kit", _PACKAGE.parent.parent):
        if (folder / "data").is_dir():
            return folder
    raise FramingkitError(
        "The kit's data folder is missing, so there is nothing to read. Install the kit again."
    )


def list_articles() -> tuple[str, ...]:
    """Return the ids of all articles.

    Examples
    --------
    >>> "alaska-summit" in list_articles()
    True
    """
    return tuple(sorted(path.parent.name for path in _data().glob("articles/*/document.toml")))


def list_lessons() -> tuple[str, ...]:
    """Return the ids of all lessons that have questions, in teaching order."""
    return _ids("items", ".toml")


def load_article(source: str | Path = "alaska-summit") -> Document:
    """Load an article of the kit by its id, or one of your own by its path.

    Parameters
    ----------
    source
        An id, or the path of a folder with the files ``document.toml`` and ``article.txt``, or
        the path of its ``document.toml``. A text is a path if it contains a slash or a backslash,
        or ends in ``.toml``.

    Raises
    ------
    FramingkitError
        If there is no such article, or its text has changed.

    Examples
    --------
    >>> load_article().text_of("headline")[:23]
    'US rolls out red carpet'
    """
    path = _path(source)
    if path is None:
        return kit_article(str(source))
    with _named("article", path):
        return _article(path if path.suffix == ".toml" else path / "document.toml")


def load_codebook(source: str | Path = "diplomatic-framing") -> Codebook:
    """Load a codebook of the kit by its id, or one of your own by the path of its TOML file.

    Examples
    --------
    >>> load_codebook().code("game_metaphor").chip
    'GM'
    """
    path = _path(source)
    if path is None:
        return _kit_codebook(str(source))
    with _named("codebook", path):
        return parse_codebook(read_text(path))


def load_reference(source: str | Path = "alaska-summit") -> Reference:
    """Load a reference reading with its reasons: the kit's own of an article, or a TOML file.

    Examples
    --------
    >>> load_reference().within("headline")[0].span.quote
    'US rolls out'
    """
    path = _path(source)
    if path is None:
        return _kit_reference(str(source))
    with _named("reference reading", path):
        return parse_reference(read_text(path))


def load_annotations(
    source: str | Path = "alaska-summit", coder: str | None = None
) -> AnnotationSet:
    """Load the tags of a reference reading, without their reasons.

    Parameters
    ----------
    source
        As for `load_reference`.
    coder
        Whose tags they have to be, if that matters.
    """
    reading = load_reference(source)
    _known(coder or reading.coder, (reading.coder,), "coder")
    return reading.annotation_set


def _path(source: str | Path) -> Path | None:
    """Return the path that is meant, or None for an id, which never looks like a path."""
    if isinstance(source, Path) or "/" in source or "\\" in source or source.endswith(".toml"):
        return Path(source).expanduser()
    return None


@contextlib.contextmanager
def _named(what: str, path: Path) -> Iterator[None]:
    """Name the file in what is wrong with it; what it holds is shown in bounded length."""
    try:
        yield
    except FramingkitError as error:
        raise FramingkitError(
            f"The {what} “{shown(path.name)}” could not be loaded. {shown(str(error), 500)}"
        ) from None


@functools.cache
def kit_article(id: str) -> Document:
    """Load an article of the kit: also for an id that somebody else wrote, never from a path."""
    known = _known(id, list_articles(), "article")
    return _article(_data() / "articles" / known / "document.toml")


def _article(path: Path) -> Document:
    return parse_document(read_text(path), read_bytes(path.with_name("article.txt")))


@functools.cache
def _kit_codebook(id: str) -> Codebook:
    return parse_codebook(_text("codebooks", id, "codebook"))


@functools.cache
def _kit_reference(id: str) -> Reference:
    return parse_reference(_text("annotations", id, "reference reading", ".reference.toml"))


@functools.cache
def load_items(lesson: str) -> tuple[Item, ...]:
    """Load the questions of a lesson."""
    return parse_items(_text("items", lesson, "lesson"))


@functools.cache
def load_claims(id: str = "alaska-summit") -> ClaimLedger:
    """Load what an article claims, with verdicts and evidence."""
    return parse_claims(_text("claims", id, "claim ledger"))


@functools.cache
def load_publishers() -> dict[str, Publisher]:
    """Load who publishes the pages that claim ledgers cite, by host."""
    return parse_publishers(read_text(_data() / "publishers.toml"))


@functools.cache
def load_works() -> dict[str, Work]:
    """Load the works that the kit names, by id.

    Examples
    --------
    >>> load_works()["brugman-2019"].year
    '2019'
    """
    return parse_works(read_text(_data() / "sources.toml"))


@functools.cache
def load_findings() -> tuple[Finding, ...]:
    """Load what the kit says about research, each thing with its works."""
    return parse_findings(read_text(_data() / "research.toml"), load_works())


@functools.cache
def load_misconceptions() -> dict[int, Misconception]:
    """Load the misconceptions that questions find, by number."""
    return parse_misconceptions(read_text(_data() / "misconceptions.toml"))


@functools.cache
def load_materials() -> tuple[Material, ...]:
    """Load what questions are asked about, where they leave their lesson."""
    return parse_materials(read_text(_data() / "materials.toml"))


@functools.cache
def load_distances(id: str = "alaska-summit") -> tuple[Distance, ...]:
    """Load distances that put a number of an article beside others."""
    return parse_distances(_text("distances", id, "list of distances"))


@functools.cache
def load_facts(id: str = "alaska-summit") -> tuple[Fact, ...]:
    """Load what a rewriting of an article must keep; an article may have none."""
    known = id in _ids("facts", ".toml")
    return parse_facts(_text("facts", id, "list of facts")) if known else ()


def _data() -> Path:
    return kit_folder() / "data"


def _ids(folder: str, ending: str) -> tuple[str, ...]:
    paths = (_data() / folder).glob(f"*{ending}")
    return tuple(sorted(path.name.removesuffix(ending) for path in paths))


def _text(folder: str, id: str, what: str, ending: str = ".toml") -> str:
    return read_text(_data() / folder / (_known(id, _ids(folder, ending), what) + ending))


def _known(id: str, ids: tuple[str, ...], what: str) -> str:
    """Return the id if it is one of the known ones, so that no path is ever made from others."""
    if id in ids:
        return id
    choices = ", ".join(map(repr, ids)) or "none is there yet"
    raise FramingkitError(f"There is no {what} {id!r}. Choose one of: {choices}.")


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
        If it is on another text, quotes words that are not there, or names a code or a section
        that does not exist. The sentence names the file.
    """
    with _named("reference reading", path):
        reading = parse_reference(read_text(path))
        _check(reading, document or kit_article(reading.document_id), load_codebook())
    return reading


def _check(reading: Reference, document: Document, codebook: Codebook) -> None:
    if reading.document_id != document.id:
        raise FramingkitError(
            f"It is a reading of {reading.document_id!r}, but the text is {document.id!r}. "
            "Give a reading of this text."
        )
    for entry in reading.spans:
        check_quote(entry.span, document.text)
        codebook.code(entry.span.label)
        document.section(entry.section)
    for miss in reading.near_misses:
        check_quote(miss.span, document.text)


@dataclass(frozen=True, slots=True)
class _Task:
    """A section that a lesson lets learners tag; without codes, the core codes are on offer."""

    document: str
    section: str
    codes: tuple[str, ...] = ()


def codes_on_offer() -> dict[tuple[str, str], Collection[str]]:
    """Return the codes that lessons and workbooks offer, by document and section.

    A section that is tagged in two places gets the codes of both. In one that is not among them
    the core codes are on offer.
    """
    text = read_text(_data() / "span-tasks.toml")
    tables = parse_tables(text, "the list of tasks", "task", "task")
    tasks: list[_Task | Exercise] = [table.read(_Task) for table in tables]
    core = [code.id for code in load_codebook().core]
    codes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for task in [*tasks, *load_exercises()]:
        if task.section:
            codes[task.document, task.section].update(task.codes or core)
    return dict(codes)


@functools.cache
def load_exercises() -> tuple[Exercise, ...]:
    """Load all exercises of the workbooks, in their order.

    Examples
    --------
    >>> load_exercises()[0].number
    '0.0'
    """
    return parse_exercises(read_text(_data() / "exercises.toml"))


def kit_reading(document: Document) -> Reference | None:
    """Find the kit's reference reading of a text; None if the text is not the kit's."""
    known = document.id in list_articles() and kit_article(document.id) == document
    return load_reference(document.id) if known else None
