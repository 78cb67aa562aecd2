"""A text of one's own is changed, and its tags go along: what still fits is placed, the rest told.

A tag goes from the version before to the version in use by two acts, so the log still tells where
it was made, and it counts once in the hand-in. What could not be placed for certain stays where it
was; it is there again when that version is used again, and is tried again with every later one.
"""

import contextlib
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from framingkit.base import counted, disk, quoted
from framingkit.course import Change, Document, Span, load_codebook
from framingkit.errors import FramingkitError
from framingkit.work.first_reading import Milestone
from framingkit.work.log import WorkLog, utc_now
from framingkit.work.operations import Operation
from framingkit.work.own_text import find_own_text, keep_own_text, make_document, used_sentences
from framingkit.work.sheet import TextVersion

_PIECE = 8  # letters; words would not do where scripts have no spaces between them
_LISTED = 20


def put_to_use(log: WorkLog, id: str, response: Mapping[str, Any]) -> tuple[Document, list[str]]:
    """Use a text that a learner brought, with what fits of the tags on the text before.

    Returns
    -------
    Document and list of str
        The text, and what to tell the learner.

    Raises
    ------
    FramingkitError
        If it cannot be used, or the disk does not take it.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> log = WorkLog(pathlib.Path(tempfile.mkdtemp()) / "amber-heron-417.jsonl")
    >>> put_to_use(log, "own-text", {"text": "It is hot."})[1][0]
    '“My text” has 3 words in 1 sentence.'
    """
    parts = {name: str(response.get(name, "")) for name in ("text", "title", "source", "date")}
    document = make_document(id, **parts, parts=response.get("parts") is True)
    log.refresh()
    earlier = _earlier(log, document)
    used = {**response, "used": document.sha256}
    if log.state.answer(id) != used:
        log.act("answer", id, response=used)
    keep_own_text(log.path.parent, document)
    *sentences, next_step = used_sentences(document)
    with contextlib.suppress(FramingkitError):  # the tags are safe where they are
        sentences += _carry_all(log, document, earlier)
    return document, [*sentences, next_step]


def _earlier(log: WorkLog, document: Document) -> dict[TextVersion, Document | None]:
    """Find the other versions of a text that have tags, and their words where they are known."""
    found: dict[TextVersion, Document | None] = {}
    for text in list(log.texts.values()):
        is_other = text.id == document.id and text.sha256 != document.sha256
        if is_other and log.state.tags(text.key):
            answers = [{"used": text.sha256}, *_answers(log, text)]
            documents = (find_own_text(log.path.parent, text.id, answer) for answer in answers)
            found[text] = next((one for one in documents if one), None)
    return found


def _answers(log: WorkLog, text: TextVersion) -> Iterable[dict[str, Any]]:
    """Read from the log all answers that name a version of a text."""
    with contextlib.suppress(OSError):
        for line in log.path.read_bytes().split(b"\n"):
            if text.sha256.encode() in line:
                with contextlib.suppress(FramingkitError, UnicodeDecodeError):
                    data = disk.parse_json(line.decode(), log.path.name)
                    if isinstance(data, dict) and isinstance(data.get("response"), dict):
                        yield data["response"]


def _carry_all(
    log: WorkLog, document: Document, earlier: Mapping[TextVersion, Document | None]
) -> list[str]:
    kept, left, elsewhere = 0, list[Span](), 0
    for text, before in earlier.items():
        spans = [tag.span for tag in log.state.tags(text.key) if tag.span]
        if before is None or not is_akin(before.text, document.text):
            elsewhere += len(spans)
            continue
        change = Change(before.text, document.text)
        placed = [(span, change.placed(span)) for span in spans]
        kept += move_tags(log, text, document, [(old, new) for old, new in placed if new])
        left += [old for old, new in placed if not new]
        copy_milestones(log, text, document, change)
    return _told(kept, left, elsewhere)


def is_akin(before: str, after: str) -> bool:
    """Tell a changed text from another one: half of the shorter one's pieces are in both."""
    old, new = (
        {text[start : start + _PIECE] for start in range(max(1, len(text) - _PIECE + 1))}
        for text in (unicodedata.normalize("NFKC", before), unicodedata.normalize("NFKC", after))
    )
    return 2 * len(old & new) >= min(len(old), len(new))


def new_id(id: str, document: Document) -> str:
    """Give a tag the id that it has on this version of its text.

    Examples
    --------
    >>> new_id("p.1@a0a0a0a0", Document("d", "", "", "0123456789", ()))
    'p.1@01234567'
    """
    return f"{id.partition('@')[0][:100]}@{document.sha256[:8]}"


def _version(text: TextVersion, document: Document) -> TextVersion:
    return replace(text, id=document.id, sha256=document.sha256)


def move_tags(
    log: WorkLog, text: TextVersion, document: Document, pairs: list[tuple[Span, Span]]
) -> int:
    """Write both acts for each tag, first the new one: a crash in between loses nothing."""
    version = _version(text, document)
    known = {tag.span.key for tag in log.state.tags(version.key) if tag.span}
    # the acts of one go have an author of their own: nobody else counts on
    client, seq, acts = "carry-" + secrets.token_hex(4), log.state.seq, list[Operation]()
    for old, new in pairs:
        # an id is used once in a hand-in, also if somebody tags both versions
        id = new_id(old.id, document)
        if new.key not in known or old.note:
            seq += 1
            span = replace(new, id=id)
            acts += [Operation("tag", client, seq, id, version.key, span, at=utc_now())]
        seq += 1
        acts += [Operation("remove", client, seq, old.id, text.key, at=utc_now())]
    if acts:
        log.open_text(version)
        log.record(acts)
    return len(pairs)


def copy_milestones(log: WorkLog, text: TextVersion, document: Document, change: "Change") -> None:
    """Let the tags that were kept under a name go along too, where they fit."""
    for answer in list(log.state.responses().values()):
        response = answer.response or {}
        if response.get("document") != text.key or "milestone" not in response:
            continue
        name = str(response["milestone"])
        tags = Milestone(log, text, name).tags() or ()
        milestone = Milestone(log, _version(text, document), name)
        placed = [change.placed(change.quoted(span)) for span in tags]
        if milestone.tags() is None and any(placed):
            milestone.keep([span for span in placed if span])


def _told(kept: int, left: list[Span], elsewhere: int) -> list[str]:
    """Say which tags went along, and list the others."""
    sentences = [f"{counted(kept, 'tag')} went along from the text before."] if kept else []
    if left:
        sentences.append(
            f"{counted(len(left), 'tag')} did not, because the tagged words or those around them "
            "have changed. Tag again what you still need:"
        )
        names = {code.id: code.name for code in load_codebook().devices}
        for span in left[:_LISTED]:
            note = f". Your note: {span.note}" if span.note else ""
            words = quoted(" ".join(span.quote.split())[:200])
            sentences.append(f"{words}: {names.get(span.label, span.label)}{note}")
        if len(left) > _LISTED:
            sentences.append(f"And {len(left) - _LISTED:,} more.")
    if elsewhere:
        sentences.append(
            f"{counted(elsewhere, 'tag')} on other texts stay with them. Use such a text again to "
            "see its tags."
        )
    return sentences
