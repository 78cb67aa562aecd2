"""What a learner did, as small facts that can be repeated and merged in any order.

An operation says: *this* span or item now looks like *this*. It carries the whole new
state, a sequence number that is larger than every number its author had seen, and the
author (a browser tab or a kernel). For each span and item the operation with the largest
``(seq, client)`` wins. So the same operations give the same answers in whatever way they
arrive, twice or late: two tabs and two kernels merge by putting their operations together.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import KeysView
from dataclasses import dataclass, field
from typing import Any

from framingkit.course import Span
from framingkit.errors import FramingkitError
from framingkit.work import limits

KINDS = ("tag", "change", "remove", "answer")
_HALF = re.compile("[\ud800-\udfff]")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,119}")
_LIMITS = {
    "label": limits.LONGEST_LABEL, "quote": limits.LONGEST_QUOTE, "note": limits.LONGEST_NOTE
}  # fmt: skip
Acts = dict[str, dict[str, list[list[int]]]]
"""Acts by learner and author, as ranges of their numbers: ``{learner: {client: [[1, 9]]}}``."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One action: a tag made, changed or removed, or an item answered.

    `target` is the span's id or the item's id. `document` is the document's key, empty for
    answers. `at` is the writer's clock in UTC: information only, nothing is decided by it.

    Examples
    --------
    >>> carpet = Span(2063, 2073, "ceremony_symbol", "red carpet", id="a-1")
    >>> Operation("tag", "a", 1, "a-1", "alaska-summit@614ee04e9591", carpet).id
    'a-1'
    """

    kind: str
    client: str
    seq: int
    target: str
    document: str = ""
    span: Span | None = None
    response: dict[str, Any] | None = None
    at: str = ""

    @property
    def id(self) -> str:
        """The name by which this operation is known everywhere."""
        return f"{self.client}-{self.seq}"

    @property
    def rank(self) -> tuple[int, str]:
        """The later of two operations on one target has the larger rank."""
        return (self.seq, self.client)

    @property
    def weight(self) -> int:
        """How many characters it brings into what is handed in."""
        if self.span is not None:
            return len(self.span.quote) + len(self.span.note) + len(self.span.label)
        return 0 if self.response is None else limits.size_of(self.response)


@dataclass(slots=True)
class State:
    """What all operations so far add up to.

    ``by`` tells under which learner id each operation was recorded. ``tags_on``, ``answered`` and
    ``weight`` count what now holds: tags by document, answers, and the characters of both.
    """

    by: dict[str, str] = field(default_factory=dict)
    latest: dict[tuple[str, str], Operation] = field(default_factory=dict)
    seq: int = 0
    tags_on: Counter[str] = field(default_factory=Counter)
    answered: int = 0
    weight: int = 0

    @property
    def seen(self) -> KeysView[str]:
        """The ids of all operations."""
        return self.by.keys()

    @property
    def tagged(self) -> int:
        """How many tags there are, on all documents together."""
        return self.tags_on.total()

    def apply(self, operation: Operation, learner: str = "") -> bool:
        """Take one operation in; False if it was known already."""
        if operation.id in self.by:
            return False
        self.by[operation.id] = learner
        self.seq = max(self.seq, operation.seq)
        key = (operation.document, operation.target)
        known = self.latest.get(key)
        if known is None or known.rank < operation.rank:
            self._count(known, -1)
            self._count(operation, 1)
            self.latest[key] = operation
        return True

    def _count(self, operation: Operation | None, sign: int) -> None:
        if operation is not None:
            if operation.span is not None:
                self.tags_on[operation.document] += sign
            self.answered += sign * (operation.response is not None)
            self.weight += sign * operation.weight

    def tags(self, document: str) -> list[Operation]:
        """List the operations behind the spans on a document, in reading order."""
        tags = [
            (operation.span.start, -operation.span.end, operation.target, operation)
            for (key, _), operation in list(self.latest.items())
            if key == document and operation.span is not None
        ]
        return [operation for *_, operation in sorted(tags, key=lambda tag: tag[:3])]

    def answer(self, item: str) -> dict[str, Any] | None:
        """Return the latest answer to an item; None if there is none."""
        latest = self.latest.get(("", item))
        return None if latest is None else latest.response

    def responses(self) -> dict[str, Operation]:
        """Map each answered item to its latest answer."""
        return {
            target: operation
            for (_, target), operation in sorted(self.latest.items())
            if operation.kind == "answer"
        }

    def acts(self) -> Acts:
        """Give every operation that is known, as ranges; those without a learner are left out.

        Examples
        --------
        >>> state = State({"tab-a-1": "b" * 16, "tab-a-2": "b" * 16, "tab-a-9": "b" * 16})
        >>> state.acts()
        {'bbbbbbbbbbbbbbbb': {'tab-a': [[1, 2], [9, 9]]}}
        """
        numbers: defaultdict[str, defaultdict[str, list[int]]]
        numbers = defaultdict(lambda: defaultdict(list))
        for id, learner in self.by.items():
            client, _, seq = id.rpartition("-")
            numbers[learner][client].append(int(seq))
        return {
            learner: {client: _ranges(sorted(clients[client])) for client in sorted(clients)}
            for learner, clients in sorted(numbers.items())
            if learner
        }


def _ranges(numbers: list[int]) -> list[list[int]]:
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ranges


def operation_to_json(operation: Operation) -> dict[str, Any]:
    """Write an operation as plain data; what is empty is left out."""
    names = ("id", "client", "seq", "kind", "target", "response", "document", "at")
    data = {name: getattr(operation, name) for name in names}
    data["span"] = None if operation.span is None else span_to_json(operation.span)
    return {name: value for name, value in data.items() if value not in (None, "")}


def span_to_json(span: Span) -> dict[str, Any]:
    """Write a span as plain data; an empty note and no confidence are left out."""
    names = ("start", "end", "label", "quote", "note", "confidence")
    data = {name: getattr(span, name) for name in names}
    return {name: data[name] for name in names if name == "quote" or data[name] not in (None, "")}


def operation_from_json(data: Any) -> Operation:
    """Read an operation from plain data that anybody may have written.

    Raises
    ------
    FramingkitError
        If a field is missing or not of its kind; the sentence names the field.
    """
    if not isinstance(data, dict):
        raise FramingkitError(f"An operation has to be an object, but this is {data!r:.60}.")
    kind = data.get("kind")
    if kind not in KINDS:
        raise FramingkitError(f"kind has to be one of {', '.join(KINDS)}, not {kind!r:.60}.")
    client, target = _name(data, "client"), _name(data, "target")
    seq = _whole(data, "seq", 1, limits.HIGHEST_SEQ)
    document = "" if kind == "answer" else _name(data, "document")
    span = _span(data.get("span"), target) if kind in ("tag", "change") else None
    response = _response(data.get("response")) if kind == "answer" else None
    at = data.get("at")
    clock = at if isinstance(at, str) and len(at) <= 40 and _is_text(at) else ""
    return Operation(str(kind), client, seq, target, document, span, response, clock)


def _span(data: Any, target: str) -> Span:
    if not isinstance(data, dict):
        raise FramingkitError("A tag needs a span with start, end, label and quote.")
    for key, limit in _LIMITS.items():
        value = data.get(key, "")
        if not isinstance(value, str) or len(value) > limit or not _is_text(value):
            raise FramingkitError(f"span.{key} has to be text of at most {limit} characters.")
    start, end = _whole(data, "start", 0, 2**40), _whole(data, "end", 1, 2**40)
    sure = None if data.get("confidence") is None else _whole(data, "confidence", 0, 100)
    label, quote, note = (str(data.get(key, "")) for key in _LIMITS)
    return Span(start, end, label, quote, note, sure, target)


def _response(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
        raise FramingkitError("An answer needs a response, for example {'choice': 'a'}.")
    try:
        text = json.dumps(data, ensure_ascii=False, allow_nan=False)
    except (ValueError, TypeError, RecursionError) as error:
        raise FramingkitError(f"An answer has to be plain text and numbers ({error}).") from None
    if limits.is_deep(data):
        raise FramingkitError(
            f"An answer may have lists at most {limits.DEEPEST_RESPONSE} deep inside each other."
        )
    if limits.size_of(data) > limits.LONGEST_RESPONSE or not _is_text(text):
        raise FramingkitError(
            f"An answer may have at most {limits.LONGEST_RESPONSE:,} characters, all of them whole."
        )
    return data


def _is_text(value: str) -> bool:
    """Half a surrogate pair is no character: it could not be written to a file."""
    return value.isascii() or _HALF.search(value) is None


def _name(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise FramingkitError(f"{key} has to be a short name, but it is {value!r:.60}.")
    return value


def _whole(data: dict[str, Any], key: str, low: int, high: int) -> int:
    value = data.get(key)
    if type(value) is not int or not low <= value <= high:
        raise FramingkitError(f"{key} has to be a whole number from {low} to {high}.")
    return value
