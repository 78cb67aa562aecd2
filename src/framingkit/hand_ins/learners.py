"""One learner of a class file, and one text of its header: each checked in every part.

Whoever wrote a line, what comes out of it has the right types, and its tags lie in their text. If
something is wrong, a ValueError gives the reason.
"""

import operator
import re
import reprlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from framingkit import course
from framingkit.base import shown
from framingkit.course import AnnotationSet, Span
from framingkit.hand_ins.answers import Answers, checked_responses
from framingkit.hand_ins.hand_in import FARTHEST, MOST_SPANS
from framingkit.hand_ins.submitters import PLATFORM_ID
from framingkit.work import TextVersion, class_name_in, is_code_name

NAME = re.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,119}")
"""How texts, codebooks and questions may be called."""


MOST_IDS = 100
"""Ids of the platform that one learner can have: one for each hand-in under another one."""


@dataclass(frozen=True, slots=True)
class ClassText:
    """One version of a text that was tagged with one version of a codebook.

    ``known`` is True if this kit has both; then every tag was checked against the text, and
    quotes are left out, because the text has them.
    """

    version: TextVersion
    known: bool
    learners: int


@dataclass(frozen=True, slots=True)
class LearnerTags:
    """One learner's tags on one text, as columns: one entry of each for a tag.

    ``text`` is the number of the text in the class's ``texts``, from 0 on. ``quote``, ``note`` and
    ``confidence`` are empty if no tag has one.
    """

    text: int
    start: list[int]
    end: list[int]
    label: list[str]
    quote: list[str]
    note: list[str]
    confidence: list[int | None]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The tags as spans.

        Examples
        --------
        >>> LearnerTags(0, [13], [23], ["ceremony_symbol"], [], [], []).spans[0].key
        (13, 23, 'ceremony_symbol')
        """
        more = (self.quote or repeat(""), self.note or repeat(""), self.confidence or repeat(None))
        return tuple(map(Span, self.start, self.end, self.label, *more))

    def annotation_set(self, document_id: str, coder: str) -> AnnotationSet:
        """Return the tags as one coder's set."""
        return AnnotationSet(document_id, coder, self.spans)


@dataclass(frozen=True, slots=True)
class Learner:
    """One learner: the code name, the acts behind the answers, tags by text, responses by item.

    If several people of the class have one code name, ``coder`` is the name, a dot and letters.
    ``person`` is the same for the same person in another class file; empty in older files.
    ``ids`` are those that the school's platform gave this person, such as ``Moodle 55``.
    """

    coder: str
    operations: int
    tags: tuple[LearnerTags, ...]
    responses: Mapping[str, dict[str, Any]]
    person: str = ""
    ids: tuple[str, ...] = ()

    @property
    def code_name(self) -> str:
        """The code name alone.

        Examples
        --------
        >>> Learner("sun.kfdx", 1, (), {}).code_name
        'sun'
        """
        return self.coder.partition(".")[0]

    @property
    def class_name(self) -> str:
        """The class that the hand-in names; empty if it names none.

        Examples
        --------
        >>> Learner("sun", 1, (), {"class-name": {"text": "10b"}}).class_name
        '10b'
        """
        return class_name_in(self.responses)


def text_of(text: dict[str, Any], learners: int) -> ClassText:
    """Check one text of the header, in a class of this many learners."""
    names = text.get("version")
    if type(names) is not dict or set(names) != set(TextVersion.__slots__):
        raise ValueError(f"{told(names)} is not the version of a text")
    if not all(type(name) is str and NAME.fullmatch(name) for name in names.values()):
        raise ValueError("a text or a codebook has no proper name")
    if type(text.get("known")) is not bool:
        raise ValueError("it does not say whether a text is known")
    version = TextVersion(**names)
    # The file may come from another version of the kit, or from anybody.
    known = text["known"] and version in _kit_versions()
    return ClassText(version, known, whole(text, "learners", learners))


@course.kept
def _kit_versions() -> frozenset[TextVersion]:
    """Return the versions of all texts of the kit, with the kit's own codebook."""
    codebook = course.load_codebook()
    articles = map(course.kit_article, course.list_articles())
    return frozenset(TextVersion.of(article, codebook) for article in articles)


def told(value: object) -> str:
    """Show any value in few characters that can be seen."""
    return shown(reprlib.repr(value), 60)


def whole(data: Mapping[str, Any], name: str, most: int) -> int:
    """Return a field that has to be a whole number."""
    value = data.get(name)
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError(f"{name} is {told(value)}, and not a whole number from 0 to {most:,}")
    return value


def entries(data: Mapping[str, Any], name: str, kind: type) -> list[Any]:
    """Return a field that has to be a list of values of one kind."""
    values = data.get(name)
    if type(values) is not list or not {kind}.issuperset(map(type, values)):
        raise ValueError(f"{name} is {told(values)}, and not a list of the right kind")
    return values


Limits = tuple[int, frozenset[str] | None]
"""How far the tags on a text may go, and which codes they may have, if that is known."""


def limits_of(texts: Sequence[ClassText]) -> list[Limits]:
    """Give the limits of each text."""
    codes = frozenset(code.id for code in course.load_codebook().codes)
    return [
        (len(course.kit_article(text.version.id).text), codes) if text.known else (FARTHEST, None)
        for text in texts
    ]


def learner_of(data: dict[str, Any], limits: Sequence[Limits]) -> Learner:
    """Check what a line holds; `limits` has one entry for each text of the class."""
    coder, person = data.get("coder"), data.get("person", "")
    if type(coder) is not str or not _is_learner_name(coder):
        raise ValueError(f"a learner cannot be called {told(coder)}")
    if type(person) is not str or not _PERSON.fullmatch(person):
        raise ValueError(f"a person cannot be called {told(person)}")
    tags = tuple([_tags(each, limits) for each in entries(data, "tags", dict)])
    _check_numbers(tags)
    acts = whole(data, "operations", FARTHEST)
    responses = data.get("responses")
    if type(responses) is not Answers:
        responses = checked_responses(responses)
    return Learner(coder, acts, tags, responses, person, _ids(data))


def _ids(data: dict[str, Any]) -> tuple[str, ...]:
    """Return what the platform called this person; older files say nothing about it."""
    if "ids" not in data:
        return ()
    ids = entries(data, "ids", str)
    if len(ids) > MOST_IDS or not all(map(PLATFORM_ID.fullmatch, ids)):
        raise ValueError(f"a platform cannot have called somebody {told(ids)}")
    return tuple(ids)


_PERSON, _APART = re.compile("[a-z]{0,64}"), re.compile("[a-z]{4,64}|[1-9][0-9]?")


def _is_learner_name(name: str) -> bool:
    """Tell whether this is a code name, perhaps with what tells several people apart.

    These are letters; in older files, a number.
    """
    first, _, apart = name.partition(".")
    return is_code_name(first) and (first == name or bool(_APART.fullmatch(apart)))


def _tags(data: dict[str, Any], limits: Sequence[Limits]) -> LearnerTags:
    text = whole(data, "text", len(limits) - 1)
    start, end = entries(data, "start", int), entries(data, "end", int)
    label = entries(data, "label", str)
    optional = [_optional(data, name, len(start)) for name in ("quote", "note", "confidence")]
    if not len(start) == len(end) == len(label):
        raise ValueError("the columns of the tags have different lengths")
    farthest, codes = limits[text]
    if start and not (
        min(start) >= 0 and max(end) <= farthest and all(map(operator.lt, start, end))
    ):
        raise ValueError(f"a tag has no words between 0 and {farthest:,}")
    if not (codes.issuperset(label) if codes else all(0 < len(code) <= 120 for code in label)):
        raise ValueError("a tag has a code that is not in the codebook")
    return LearnerTags(text, start, end, label, *optional)


_SURE = frozenset({None, *range(101)})
_OPTIONAL: dict[str, set[type]] = {"quote": {str}, "note": {str}, "confidence": {int, type(None)}}


def _optional(data: Mapping[str, Any], name: str, length: int) -> list[Any]:
    """Return a column that may be missing."""
    column = data.get(name)
    if column is None and name not in data:
        return []
    if type(column) is not list or not _OPTIONAL[name].issuperset(map(type, column)):
        raise ValueError(f"{name} is {told(column)}, and not a list of the right kind")
    if column and len(column) != length:
        raise ValueError("the columns of the tags have different lengths")
    if name == "confidence" and not _SURE.issuperset(column):
        raise ValueError("how sure somebody is goes from 0 to 100")
    return column


def _check_numbers(tags: tuple[LearnerTags, ...]) -> None:
    if len({each.text for each in tags}) < len(tags):
        raise ValueError("a text comes twice")
    count = sum(len(each.start) for each in tags)
    if count > MOST_SPANS:
        raise ValueError(f"there are {count:,} tags, but at most {MOST_SPANS:,} are read")


def keys_of(data: Mapping[str, Any]) -> int:
    """Count the keys in a line, if its answers hold no objects."""
    try:
        responses = data["responses"]
        inside = sum(map(len, data["tags"])) + sum(map(len, responses.values()))
        return len(data) + len(responses) + inside
    except (AttributeError, KeyError, TypeError):
        return -1
