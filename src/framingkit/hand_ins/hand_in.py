"""One hand-in, which anybody may have written: checked as a whole, then tag by tag.

If something is wrong with a file as a whole, the file is refused. If something is wrong with one
tag, only that tag is left out. A tag on a text of the kit has to quote the words that are there.
Tags on other texts, or on other versions, are only checked for what holds everywhere.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from framingkit.base import shown
from framingkit.errors import FramingkitError
from framingkit.hand_ins.kinds import decoded, hand_in_text, parsed
from framingkit.hand_ins.logs import is_log, sheet_of_log
from framingkit.work import (
    CLASS_NAME_ITEM,
    DEEPEST_RESPONSE,
    HAND_IN_BYTES,
    LONGEST_RESPONSE,
    MOST_TAGS,
    TextVersion,
    check_class_name,
    check_sheet,
    is_code_name,
    is_deep,
    size_of,
)

FARTHEST = 2**40
"""No offset and no count is larger: beyond that, numbers no longer fit into an array."""


@dataclass(frozen=True, slots=True)
class KnownTexts:
    """What this kit can check tags against: texts and labels, by id and sha256."""

    texts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    labels: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def knows(self, version: TextVersion) -> bool:
        """Tell whether the kit has this very text and this very codebook."""
        codebook = (version.codebook, version.codebook_sha256)
        return (version.id, version.sha256) in self.texts and codebook in self.labels


def tag_columns(
    spans: list[dict[str, Any]], version: TextVersion, known: KnownTexts
) -> tuple[dict[str, list[Any]], list[tuple[int, str]]]:
    """Put the good tags of one text into columns, in reading order; the same tag counts once.

    Returns
    -------
    tuple of dict and list
        The columns, and the index and the reason of each tag that was left out.
    """
    text = known.texts.get((version.id, version.sha256))
    labels = known.labels.get((version.codebook, version.codebook_sha256))
    kept: dict[Any, dict[str, Any]] = {}
    wrong = []
    for index, span in enumerate(spans):
        reason = _wrong(span, text, labels)
        reading_order = (span["start"], -span["end"], span["label"])
        if reason:
            wrong.append((index, reason))
        elif not kept.get(reading_order, {}).get("note"):
            kept[reading_order] = span
    ordered = [kept[key] for key in sorted(kept)]
    columns = {name: [span[name] for span in ordered] for name in ("start", "end", "label")}
    if not known.knows(version):
        columns["quote"] = [span["quote"] for span in ordered]
    if any(span.get("note") for span in ordered):
        columns["note"] = [span.get("note", "") for span in ordered]
    if any("confidence" in span for span in ordered):
        columns["confidence"] = [span.get("confidence") for span in ordered]
    return columns, wrong


def _wrong(span: dict[str, Any], text: str | None, labels: frozenset[str] | None) -> str:
    """Say why one tag cannot be counted; an empty text if it can."""
    start, end, quote, sure = span["start"], span["end"], span["quote"], span.get("confidence")
    # JSON Schema calls 3.0 an integer; Python cannot cut a text with it.
    if not (type(start) is int and type(end) is int and (sure is None or type(sure) is int)):
        return "a number is not written as a whole number"
    if not 0 <= start < end <= (FARTHEST if text is None else len(text)):
        return f"{shown(str(start), 20)} to {shown(str(end), 20)} is not in the text"
    if quote != text[start:end] if text is not None else len(quote) != end - start:
        return f"the words {shown(quote, 40)!r} are not at {start} to {end}"
    if labels is not None and span["label"] not in labels:
        return f"the codebook has no code {shown(span['label'], 40)!r}"
    return ""


MOST_SPANS = MOST_TAGS
"""Tags that one learner may hand in."""

MOST_PARTS = 1_000_000
"""Values, lists and objects in one hand-in; more are nobody's work, and would fill the memory."""

_ESCAPE, _HALF = re.compile(r"\\u[dD][89a-fA-F]"), re.compile("[\ud800-\udfff]")
_FLAT = frozenset({str, int, float, bool, type(None)})
# Without a way back, so that no step is kept in memory; one that never ends is a text as well.
_STRINGS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\Z)', re.DOTALL)


@dataclass(frozen=True, slots=True)
class CheckedHandIn:
    """One hand-in that was read.

    ``tags`` holds columns for each text version, and ``spans`` the same tags one by one, each with
    its id. ``acts`` are all acts behind them, by learner id and author, if the sheet names them;
    ``answers`` has the responses with act and time. ``left_out`` are sentences about tags that were
    left out. ``course`` is the id of a teacher's own course; the kit's has none.
    """

    coder: str
    learner: str
    operations: int
    acts: dict[str, dict[str, list[tuple[int, int]]]]
    spans: dict[TextVersion, list[dict[str, Any]]]
    tags: dict[TextVersion, dict[str, list[Any]]]
    answers: dict[str, dict[str, Any]]
    left_out: tuple[str, ...]
    course: str = ""

    @property
    def responses(self) -> dict[str, dict[str, Any]]:
        """The responses by item."""
        return {item: answer["response"] for item, answer in self.answers.items()}


def read_hand_in(content: bytes, name: str, known: KnownTexts) -> CheckedHandIn:
    """Read a hand-in, or a work log, from the bytes of its file.

    Raises
    ------
    FramingkitError
        If it is not an answer sheet, is damaged, or goes beyond a limit; the sentence names
        the file, the spot in it, and the reason.

    Examples
    --------
    >>> read_hand_in(b"{}", "amber.answers.json", KnownTexts())
    Traceback (most recent call last):
    framingkit.errors.FramingkitError: “amber.answers.json” is not an answer sheet. Hand in the
    file that ends in .answers.json, which the button “Download my answers” gives you.
    """
    text = hand_in_text(content, name, HAND_IN_BYTES)
    return read_text(decoded(content, shown(name)) if text is None else text, name, known)


def read_text(text: str, name: str, known: KnownTexts) -> CheckedHandIn:
    """Read a hand-in whose bytes were read as text already; see `read_hand_in`."""
    label = shown(name)
    log = is_log(text)
    if count_parts(max(text.split("\n"), key=len) if log else text) > MOST_PARTS:
        raise FramingkitError(
            f"“{label}” is damaged: it holds more than {MOST_PARTS:,} values, as no hand-in does."
        )
    made, unread = sheet_of_log(text, label) if log else (parsed(text, label), 0)
    sheet = check_sheet(made, label)
    reason = _problem(sheet) or _unwritable(sheet, text)
    if reason:
        raise FramingkitError(f"“{label}” is damaged: {reason}.")
    tags, spans, left_out = _tags(sheet, label, known)
    left_out += [f"“{label}”: {unread} of its lines cannot be read; left out."] * (unread > 0)
    answers, without = _answers(sheet, label)
    return CheckedHandIn(
        sheet["coder"],
        sheet.get("learner", ""),
        int(sheet.get("operations", 0)),
        sheet.get("acts", {}),
        spans,
        tags,
        answers,
        (*left_out, *without),
        sheet.get("course", ""),
    )


def _answers(sheet: dict[str, Any], label: str) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Give the answers by item, without a class name that no page could show; say so."""
    rows = sorted(sheet["responses"], key=itemgetter("item"))
    answers = {answer["item"]: answer for answer in rows}
    named = answers.get(CLASS_NAME_ITEM, {}).get("response", {"text": ""})
    try:
        check_class_name(named.get("text"))
    except FramingkitError as error:
        del answers[CLASS_NAME_ITEM]
        return answers, [f"“{label}”: its class name was left out. {error}"]
    return answers, []


def _tags(
    sheet: dict[str, Any], label: str, known: KnownTexts
) -> tuple[dict[TextVersion, Any], dict[TextVersion, Any], list[str]]:
    """Give the good tags of each text, as columns and one by one, and tell about the others."""
    tags, kept, left_out = {}, {}, []
    for number, document in enumerate(sheet["documents"]):
        version, spans = TextVersion.read(document), document["spans"]
        tags[version], wrong = tag_columns(spans, version, known)
        kept[version] = spans
        if wrong:
            index, reason = wrong[0]
            left_out.append(
                f"“{label}”: {len(wrong)} of {len(spans)} tags on “{document['id']}” "
                f"were left out. The first is data.documents[{number}].spans[{index}]: {reason}."
            )
            bad = {index for index, _ in wrong}
            kept[version] = [span for index, span in enumerate(spans) if index not in bad]
    return tags, kept, left_out


def count_parts(text: str) -> int:
    """Count values, lists and objects; signs in texts are only told apart if there are too many."""
    if len(text) <= MOST_PARTS:
        return 0
    signs = sum(map(text.count, ",[{"))
    return signs if signs <= MOST_PARTS else sum(map(_STRINGS.sub("", text).count, ",[{"))


def _problem(sheet: dict[str, Any]) -> str:
    """Find what the schema cannot: limits over the whole sheet, and what appears twice."""
    documents, responses = sheet["documents"], sheet["responses"]
    count = sum(len(document["spans"]) for document in documents)
    if not is_code_name(sheet["coder"]):
        return f"data.coder: {sheet['coder']!r} cannot be a code name, because systems reserve it"
    if count > MOST_SPANS:
        return f"data.documents: {count:,} tags, but at most {MOST_SPANS:,} are read"
    if sheet.get("operations", 0) > FARTHEST:
        return "data.operations: the number is too large"
    for clients in sheet.get("acts", {}).values():
        for ranges in clients.values():
            if not all(type(n) is int and first <= last for first, last in ranges
                       for n in (first, last)):  # fmt: skip
                return "data.acts: a range has to be two whole numbers, the smaller one first"
    twins = (
        _twin("data.documents", [TextVersion.read(document) for document in documents]),
        *(
            _twin(f"data.documents[{n}].spans", [span["id"] for span in document["spans"]])
            for n, document in enumerate(documents)
        ),
        _twin("data.responses", [answer["item"] for answer in responses]),
    )
    return next(filter(None, twins), "")


def _twin(path: str, names: list[Any]) -> str:
    if len(set(names)) == len(names):
        return ""
    first = {name: number for number, name in reversed(list(enumerate(names)))}
    number, name = next(pair for pair in enumerate(names) if first[pair[1]] != pair[0])
    words = getattr(name, "id", name)
    return f"{path}[{number}]: {shown(words, 80)!r} appears twice"


def _unwritable(sheet: dict[str, Any], text: str) -> str:
    """Find a response without bounds, and half characters, which no file can hold."""
    long = len(text) > LONGEST_RESPONSE
    for number, answer in enumerate(sheet["responses"]):
        response, reason = answer["response"], ""
        if not _FLAT.issuperset(map(type, response.values())) and is_deep(response):
            reason = f"is nested more than {DEEPEST_RESPONSE} deep"
        elif long and size_of(response) > LONGEST_RESPONSE:
            reason = f"has more than {LONGEST_RESPONSE:,} characters"
        if reason:
            return f"data.responses[{number}].response {reason}"
    # Only an escape can bring half a character into a text, so most sheets are not searched.
    return next(_halves(sheet, "data"), "") if _ESCAPE.search(text) else ""


def _halves(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, str) and _HALF.search(value):
        yield f"{path} holds half of a character"
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _halves(part, f"{path}[{number}]")
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _halves(key, f"a name in {path}")
            yield from _halves(part, f"{path}.{shown(key, 40)}")
