"""One hand-in, which anybody may have written: checked as a whole, then tag by tag.

If something is wrong with a file as a whole, the file is refused. If something is wrong with one
tag, only that tag is left out. A tag on a text of the kit has to quote the words that are there.
Tags on other texts, or on other versions, are only checked for what holds everywhere.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from framingkit.base import parse_json, shown
from framingkit.errors import FramingkitError
from framingkit.work import TextVersion, check_sheet, is_code_name

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


MOST_SPANS = 5_000
"""Tags that one learner may hand in."""

_LONGEST_RESPONSE, _DEEPEST_RESPONSE = 40_000, 8
_ESCAPE, _HALF = re.compile(r"\\u[dD][89a-fA-F]"), re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class CheckedHandIn:
    """One hand-in that was read.

    ``tags`` holds columns for each text version. ``traces`` tell whose work it is: the ids of
    tags and the times of answers, which two people never share. ``left_out`` are sentences about
    tags that were left out.
    """

    coder: str
    operations: int
    tags: dict[TextVersion, dict[str, list[Any]]]
    responses: dict[str, dict[str, Any]]
    traces: frozenset[str]
    left_out: tuple[str, ...]


def read_hand_in(content: bytes, name: str, known: KnownTexts) -> CheckedHandIn:
    """Read a hand-in from the bytes of its file.

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
    label = shown(name)
    text = _decoded(content, label)
    sheet = check_sheet(parse_json(text, label), label)
    reason = _problem(sheet) or _unwritable(sheet, text)
    if reason:
        raise FramingkitError(f"“{label}” is damaged: {reason}.")
    tags, left_out = {}, []
    for number, document in enumerate(sheet["documents"]):
        version = TextVersion.read(document)
        tags[version], wrong = tag_columns(document["spans"], version, known)
        if wrong:
            index, reason = wrong[0]
            left_out.append(
                f"“{label}”: {len(wrong)} of {len(document['spans'])} tags on “{document['id']}” "
                f"were left out. The first is data.documents[{number}].spans[{index}]: {reason}."
            )
    return CheckedHandIn(
        sheet["coder"],
        int(sheet.get("operations", 0)),
        tags,
        dict(sorted((answer["item"], answer["response"]) for answer in sheet["responses"])),
        _traces(sheet),
        tuple(left_out),
    )


def _decoded(content: bytes, label: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FramingkitError(
            f"“{label}” is damaged: byte {error.start} is not UTF-8 text. Ask for the file as it "
            "was downloaded."
        ) from None


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
    twins = (
        _twin("data.documents", [TextVersion.read(document) for document in documents]),
        _twin("data.documents.spans", [span["id"] for text in documents for span in text["spans"]]),
        _twin("data.responses", [answer["item"] for answer in responses]),
    )
    return next(filter(None, twins), "")


def _twin(path: str, names: list[Any]) -> str:
    if len(set(names)) == len(names):
        return ""
    number = next(index for index, name in enumerate(names) if name in names[:index])
    words = getattr(names[number], "id", names[number])
    return f"{path}[{number}]: {shown(words, 80)!r} appears twice"


def _unwritable(sheet: dict[str, Any], text: str) -> str:
    """Find a response without bounds, and half characters, which no file can hold."""
    for number, answer in enumerate(sheet["responses"]):
        path, response = f"data.responses[{number}].response", answer["response"]
        if _deep(response, _DEEPEST_RESPONSE):
            return f"{path} is nested more than {_DEEPEST_RESPONSE} deep"
        if len(text) > _LONGEST_RESPONSE and len(json.dumps(response)) > _LONGEST_RESPONSE:
            return f"{path} has more than {_LONGEST_RESPONSE:,} characters"
    # Only an escape can bring half a character into UTF-8 text, so most sheets are not searched.
    return next(_halves(sheet), "") if _ESCAPE.search(text) else ""


def _halves(sheet: dict[str, Any]) -> Iterator[str]:
    for number, answer in enumerate(sheet["responses"]):
        if _HALF.search(json.dumps(answer["response"], ensure_ascii=False)):
            yield f"data.responses[{number}].response holds half of a character"
    for number, document in enumerate(sheet["documents"]):
        for index, span in enumerate(document["spans"]):
            if _HALF.search(span["label"] + span["quote"] + span.get("note", "")):
                yield f"data.documents[{number}].spans[{index}] holds half of a character"


def _deep(value: Any, left: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return left == 0 or any(_deep(part, left - 1) for part in inner)


def _traces(sheet: dict[str, Any]) -> frozenset[str]:
    ids = {span["id"] for document in sheet["documents"] for span in document["spans"]}
    answers = [answer for answer in sheet["responses"] if answer.get("at")]
    return frozenset(ids | {f"{answer['item']} {answer['at']}" for answer in answers})
