"""The kit's own data: articles, codebooks, reference readings, questions and claims.

Everything is found by its id. The files lie beside the code in a source checkout, or in
``_kit`` inside the package once it is installed. A file is read once and then kept.
"""

import functools
from pathlib import Path

from framingkit.annotations import AnnotationSet, Reference, parse_reference
from framingkit.claims import ClaimLedger, parse_claims
from framingkit.codebooks import Codebook, parse_codebook
from framingkit.distances import Distance, parse_distances
from framingkit.documents import Document, parse_document
from framingkit.errors import FramingkitError
from framingkit.facts import Fact, parse_facts
from framingkit.files import read_bytes, read_text
from framingkit.items import Item, parse_items
from framingkit.misconceptions import Misconception, parse_misconceptions
from framingkit.publishers import Publisher, parse_publishers

_PACKAGE = Path(__file__).parent


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


@functools.cache
def load_article(id: str = "alaska-summit") -> Document:
    """Load an article.

    Raises
    ------
    FramingkitError
        If there is no such article or its text has changed.

    Examples
    --------
    >>> load_article().text_of("headline")[:23]
    'US rolls out red carpet'
    """
    folder = _data() / "articles" / _known(id, list_articles(), "article")
    return parse_document(read_text(folder / "document.toml"), read_bytes(folder / "article.txt"))


@functools.cache
def load_codebook(id: str = "diplomatic-framing") -> Codebook:
    """Load a codebook.

    Examples
    --------
    >>> load_codebook().code("game_metaphor").chip
    'GM'
    """
    known = _known(id, _ids("codebooks", ".toml"), "codebook")
    return parse_codebook(read_text(_data() / "codebooks" / f"{known}.toml"))


@functools.cache
def load_reference(id: str = "alaska-summit") -> Reference:
    """Load the reference reading of an article, with its reasons."""
    known = _known(id, _ids("annotations", ".reference.toml"), "reference reading")
    return parse_reference(read_text(_data() / "annotations" / f"{known}.reference.toml"))


def load_annotations(id: str = "alaska-summit", coder: str = "reference") -> AnnotationSet:
    """Load one coder's tags on an article; the kit ships those of the reference reading."""
    _known(coder, ("reference",), "coder")
    return load_reference(id).annotation_set


@functools.cache
def load_items(lesson: str) -> tuple[Item, ...]:
    """Load the questions of a lesson."""
    known = _known(lesson, list_lessons(), "lesson")
    return parse_items(read_text(_data() / "items" / f"{known}.toml"))


@functools.cache
def load_claims(id: str = "alaska-summit") -> ClaimLedger:
    """Load what an article claims, with verdicts and evidence."""
    known = _known(id, _ids("claims", ".toml"), "claim ledger")
    return parse_claims(read_text(_data() / "claims" / f"{known}.toml"))


@functools.cache
def load_publishers() -> dict[str, Publisher]:
    """Load who stands behind the pages that claim ledgers cite, by host."""
    return parse_publishers(read_text(_data() / "publishers.toml"))


@functools.cache
def load_misconceptions() -> dict[int, Misconception]:
    """Load the misconceptions that questions find, by number."""
    return parse_misconceptions(read_text(_data() / "misconceptions.toml"))


@functools.cache
def load_distances(id: str = "alaska-summit") -> tuple[Distance, ...]:
    """Load distances that put a number of an article beside others."""
    known = _known(id, _ids("distances", ".toml"), "list of distances")
    return parse_distances(read_text(_data() / "distances" / f"{known}.toml"))


@functools.cache
def load_facts(id: str = "alaska-summit") -> tuple[Fact, ...]:
    """Load what a rewriting of an article must keep; an article may come without."""
    if id not in _ids("facts", ".toml"):
        return ()
    return parse_facts(read_text(_data() / "facts" / f"{id}.toml"))


def _data() -> Path:
    return kit_folder() / "data"


def _ids(folder: str, ending: str) -> tuple[str, ...]:
    paths = (_data() / folder).glob(f"*{ending}")
    return tuple(sorted(path.name.removesuffix(ending) for path in paths))


def _known(id: str, ids: tuple[str, ...], what: str) -> str:
    """Return the id if it is one of the known ones, so that no path is ever made from others."""
    if id in ids:
        return id
    choices = ", ".join(repr(one) for one in ids) or "none is there yet"
    raise FramingkitError(f"There is no {what} {id!r}. Choose one of: {choices}.")
