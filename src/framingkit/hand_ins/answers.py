"""The answers of a class, each different one taken apart only once.

Most learners answer a question with one of a few values. In a line that the kit wrote, such an
answer is the same letters for everybody who gave it. So it gets a number when it is first met,
and later only its letters are looked up. Words of one's own are taken apart for each learner.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from framingkit.hand_ins.lines import quick_object

_LONGEST_LINE = 1 << 16  # bytes; whatever is longer has words, and is taken apart as a whole
_LONGEST, _MOST = 200, 20_000  # characters of an answer that gets a number, and how many do
_BEGIN, _BETWEEN, _END, _WORDS = ',"responses":{"', '},"', "}}}", '":{"text":'
_PLAIN_WORDS = re.compile(r'([\w.@-]++)":\{"text":"([^"\\\x00-\x1f]*+)"', re.ASCII)
_FLAT = frozenset({str, int, float, bool, type(None)})

Response = dict[str, Any]


class Answers(Mapping[str, Response]):
    """The answers of one learner by question: ``numbers`` of a book, and ``own`` ones beside.

    Examples
    --------
    >>> book = AnswerBook()
    >>> line = b'{"coder":"mara","tags":[],"responses":{"game":{"choice":"b"}}}'
    >>> answers = book.data_of(line)["responses"]
    >>> answers.numbers, answers["game"], book.answers
    ([0], {'choice': 'b'}, [('game', {'choice': 'b'})])
    """

    __slots__ = ("_all", "book", "numbers", "own")

    def __init__(self, book: "AnswerBook", numbers: list[int], own: dict[str, Response]) -> None:
        self.book, self.numbers, self.own = book, numbers, own
        self._all: dict[str, Response] | None = None

    def __getitem__(self, item: str) -> Response:
        if item in self.own:
            return self.own[item]
        if item not in self.book.items:
            raise KeyError(item)
        return self._known()[item]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known())

    def __len__(self) -> int:
        return len(self.numbers) + len(self.own)

    def __repr__(self) -> str:
        return repr(self._known())

    def _known(self) -> dict[str, Response]:
        if self._all is None:
            self._all = dict(map(self.book.answers.__getitem__, self.numbers)) | self.own
        return self._all


class AnswerBook:
    """The answers that learners have in common; ``answers`` has each with its question.

    Nobody may change a response that comes out of a book: others have the same one.
    """

    def __init__(self) -> None:
        self.answers: list[tuple[str, Response]] = []
        self.items: set[str] = set()
        self._numbers: dict[str, int] = {}
        self._item_of: list[str] = []

    def data_of(self, line: bytes) -> dict[str, Any] | None:
        """Take a line apart as the kit writes it; None if it is not sure to be one.

        Examples
        --------
        >>> data = AnswerBook().data_of(b'{"coder":"mara","tags":[],"responses":{"a":{"x":1}}}')
        >>> data["coder"], dict(data["responses"])
        ('mara', {'a': {'x': 1}})
        """
        if len(line) > _LONGEST_LINE:
            return None
        try:
            head, _, rest = line.decode().partition(_BEGIN)
        except UnicodeDecodeError:
            return None
        if not rest.endswith(_END):
            return None
        # An object and an object within it are what they are, whatever is beside them. So a
        # line is good if each of its members is, and no name comes twice.
        data = quick_object(f"{head}}}", _keys_of_head)
        answers = self._read(rest[: -len(_END)].split(_BETWEEN))
        if data is None or answers is None or "responses" in data:
            return None
        data["responses"] = answers
        return data

    def _read(self, members: list[str]) -> Answers | None:
        numbers: list[Any] = [*map(self._numbers.get, members)]
        own: dict[str, Response] = {}
        while None in numbers:
            place = numbers.index(None)
            member = members.pop(place)
            taken = self._taken_apart(member)
            if taken is None or taken[0] in own:
                return None
            if (number := self._note(member, *taken)) is None:
                own[taken[0]] = taken[1]
                del numbers[place]
            else:
                numbers[place] = number
                members.insert(place, member)
        items = {*map(self._item_of.__getitem__, numbers)}
        if len(items) < len(numbers) or not items.isdisjoint(own):
            return None
        return Answers(self, numbers, own)

    def _taken_apart(self, member: str) -> tuple[str, Response] | None:
        if words := _PLAIN_WORDS.fullmatch(member):
            return words[1], {"text": words[2]}
        data = quick_object(f'{{"{member}}}}}', _keys_of_member)
        if data is None or len(data) != 1:
            return None
        [(item, response)] = data.items()
        return (item, response) if type(response) is dict and is_shallow(response) else None

    def _note(self, member: str, item: str, response: Response) -> int | None:
        """Give an answer a number, if it may come again; words of one's own do not."""
        if _WORDS in member or len(member) > _LONGEST or len(self.answers) >= _MOST:
            return None
        number = self._numbers[member] = len(self.answers)
        self.answers.append((item, response))
        self._item_of.append(item)
        self.items.add(item)
        return number


def _keys_of_head(data: Mapping[str, Any]) -> int:
    tags = data.get("tags")
    if type(tags) is not list or not {dict}.issuperset(map(type, tags)):
        return -1
    return len(data) + sum(map(len, tags))


def _keys_of_member(data: Mapping[str, Any]) -> int:
    inside = [len(value) for value in data.values() if type(value) is dict]
    return len(data) + sum(inside) if len(inside) == len(data) else -1


def is_shallow(response: Response) -> bool:
    """Tell whether an answer is nested no deeper than any question needs.

    Examples
    --------
    >>> is_shallow({"choices": ["a", "b"]}), is_shallow({"a": [[[[[[[[[[[]]]]]]]]]]]})
    (True, False)
    """
    values = response.values()
    return all(type(value) in _FLAT or not _deep(value, 8) for value in values)


def checked_responses(responses: Any) -> dict[str, Response]:
    """Return the answers of a line that was taken apart as a whole, if they are answers.

    Raises
    ------
    ValueError
        With the reason why they are not.
    """
    try:
        for value in chain.from_iterable(map(dict.values, responses.values())):
            if type(value) not in _FLAT and _deep(value, 8):
                raise ValueError("an answer is nested too deeply")
    except (AttributeError, TypeError):
        raise ValueError("the answers are not objects by question") from None
    return responses  # type: ignore[no-any-return]


def _deep(value: Any, left: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value
    if _FLAT.issuperset(map(type, inner)):
        return False
    return left == 0 or any(type(part) not in _FLAT and _deep(part, left - 1) for part in inner)
