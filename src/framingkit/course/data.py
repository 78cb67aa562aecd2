"""Load articles, codebooks and readings by id or path; questions and the record by id.

By an id, the course at hand is asked first, and then the kit (`place`); each file is read once and
then kept. Files that are named by a path are read each time. A reference reading can also be
written to a file.
"""

import contextlib
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
from framingkit.course.place import (
    KIT_CODEBOOK,
    data_file,
    data_files,
    data_ids,
    folders,
    kept,
    own_lessons,
    this_course,
)
from framingkit.course.practice import PracticeSentence, parse_practice
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

_READING = ".reference.toml"


def list_articles() -> tuple[str, ...]:
    """Return the ids of all articles.

    Examples
    --------
    >>> "alaska-summit" in list_articles()
    True
    """
    paths = (path for one in folders() for path in one.glob("data/articles/*/document.toml"))
    return tuple(sorted({path.parent.name for path in paths}))


@kept
def list_lessons() -> tuple[str, ...]:
    """Return the ids of all lessons that have questions, in teaching order.

    A teacher's course has the kit's lessons too if their notebooks are in it.
    """
    files = data_ids("items/*.toml", ".toml")
    own = this_course().folder / "data" / "items" if own_lessons() else None
    return tuple(sorted(id for id, path in files.items() if own in (None, path.parent)))


def load_article(source: str | Path | None = None) -> Document:
    """Load an article of the course or the kit by its id, or one of your own by its path.

    Parameters
    ----------
    source
        An id, or the path of a folder with the files ``document.toml`` and ``article.txt``, or
        the path of its ``document.toml``. A text is a path if it contains a slash or a backslash,
        or ends in ``.toml``. Without it, the article of the course.

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
        return kit_article(this_course().article if source is None else str(source))
    with _named("article", path):
        return _article(path if path.suffix == ".toml" else path / "document.toml")


def load_codebook(source: str | Path | None = None) -> Codebook:
    """Load a codebook by its id, or by the path of its TOML file; by default the course's.

    Examples
    --------
    >>> load_codebook().code("game_metaphor").chip
    'GM'
    """
    path = _path(source)
    if path is None:
        return _kit_codebook(this_course().codebook if source is None else str(source))
    with _named("codebook", path):
        return parse_codebook(read_text(path))


def load_reference(source: str | Path | None = None) -> Reference:
    """Load a reference reading with its reasons: that of an article, or a TOML file.

    Examples
    --------
    >>> load_reference().within("headline")[0].span.quote
    'US rolls out'
    """
    path = _path(source)
    if path is None:
        return _kit_reference(this_course().article if source is None else str(source))
    with _named("reference reading", path):
        return parse_reference(read_text(path))


def find_reference(id: str) -> Reference | None:
    """Load the reference reading of an article; None where a teacher has not written one yet.

    Examples
    --------
    >>> find_reference("own-text") is None
    True
    """
    return _kit_reference(id) if id in _ids("annotations", _READING) else None


def load_annotations(source: str | Path | None = None, coder: str | None = None) -> AnnotationSet:
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


def _path(source: str | Path | None) -> Path | None:
    """Return the path that is meant, or None for an id, which never looks like a path."""
    if source is None:
        return None
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


@kept
def kit_article(id: str) -> Document:
    """Load an article by its id: also by one that somebody else wrote, never from a path."""
    known = _known(id, list_articles(), "article")
    return _article(data_file(f"articles/{known}/document.toml"))


def _article(path: Path) -> Document:
    return parse_document(read_text(path), read_bytes(path.with_name("article.txt")))


@kept
def _kit_codebook(id: str) -> Codebook:
    return parse_codebook(_text("codebooks", id, "codebook"))


@kept
def _kit_reference(id: str) -> Reference:
    return parse_reference(_text("annotations", id, "reference reading", _READING))


@kept
def load_items(lesson: str) -> tuple[Item, ...]:
    """Load the questions of a lesson."""
    return parse_items(_text("items", lesson, "lesson"))


@kept
def load_claims(id: str = "alaska-summit") -> ClaimLedger:
    """Load what an article claims, with verdicts and evidence."""
    return parse_claims(_text("claims", id, "claim ledger"))


@kept
def load_publishers() -> dict[str, Publisher]:
    """Load who publishes the pages that claim ledgers cite, by host."""
    return parse_publishers(read_text(data_file("publishers.toml")))


@kept
def load_works() -> dict[str, Work]:
    """Load the works that the kit names, by id.

    Examples
    --------
    >>> load_works()["brugman-2019"].year
    '2019'
    """
    return parse_works(read_text(data_file("sources.toml")))


@kept
def load_findings() -> tuple[Finding, ...]:
    """Load what the kit says about research, each thing with its works."""
    return parse_findings(read_text(data_file("research.toml")), load_works())


@kept
def load_misconceptions() -> dict[int, Misconception]:
    """Load the misconceptions that questions find, by number."""
    return parse_misconceptions(read_text(data_file("misconceptions.toml")))


@kept
def load_materials() -> tuple[Material, ...]:
    """Load what questions are asked about, where they leave their lesson."""
    files = data_files("materials.toml")
    return tuple(one for path in files for one in parse_materials(read_text(path)))


@kept
def load_practice() -> tuple[PracticeSentence, ...]:
    """Load the sentences to practise on, file by file.

    Examples
    --------
    >>> load_practice()[0].text
    'Nobody reads the small print of a visa form.'
    """
    paths = sorted(data_ids("practice/*.toml", ".toml").values())
    files = [(path.name, read_text(path)) for path in paths]
    return parse_practice(files, load_codebook(KIT_CODEBOOK))


@kept
def load_distances(id: str = "alaska-summit") -> tuple[Distance, ...]:
    """Load distances that put a number of an article beside others."""
    return parse_distances(_text("distances", id, "list of distances"))


@kept
def load_facts(id: str = "alaska-summit") -> tuple[Fact, ...]:
    """Load what a rewriting of an article must keep; an article may have none."""
    known = id in _ids("facts", ".toml")
    return parse_facts(_text("facts", id, "list of facts")) if known else ()


def _ids(folder: str, ending: str) -> tuple[str, ...]:
    return tuple(sorted(data_ids(f"{folder}/*{ending}", ending)))


def _text(folder: str, id: str, what: str, ending: str = ".toml") -> str:
    return read_text(data_file(f"{folder}/{_known(id, _ids(folder, ending), what)}{ending}"))


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
    tasks: list[_Task | Exercise] = [
        table.read(_Task)
        for path in data_files("span-tasks.toml")
        for table in parse_tables(read_text(path), "the list of tasks", "task", "task")
    ]
    core = [code.id for code in load_codebook().core]
    codes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for task in [*tasks, *load_exercises()]:
        if task.section:
            codes[task.document, task.section].update(task.codes or core)
    return dict(codes)


@kept
def load_exercises() -> tuple[Exercise, ...]:
    """Load all exercises of the workbooks, in their order.

    Examples
    --------
    >>> load_exercises()[0].number
    '0.0'
    """
    files = data_files("exercises.toml")
    found = [exercise for path in files for exercise in parse_exercises(read_text(path))]
    return tuple(one for one in found if one.lesson in list_lessons())


def kit_reading(document: Document) -> Reference | None:
    """Find the reference reading of a text; None if the text is no article at hand."""
    known = document.id in list_articles() and kit_article(document.id) == document
    return find_reference(document.id) if known else None
