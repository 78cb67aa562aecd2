"""A text was corrected after it was tagged: its tags go along, and none is lost on the way.

Of every text that is tagged a copy is kept in the work folder, ``texts/<id>@<sha256>.txt``. If the
lesson has another version later, each tag is placed by its words and their context. One without a
certain place stays on the version that it was made on. It is an *orphan*: the tagger lists it, and
the learner selects the words where it belongs.
"""

import contextlib
import hashlib
import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from framingkit.base import disk
from framingkit.course import Change, Document, Span
from framingkit.errors import FramingkitError
from framingkit.work.carrying import copy_milestones, is_akin, move_tags, new_id
from framingkit.work.log import WorkLog, utc_now
from framingkit.work.operations import Operation
from framingkit.work.own_text import is_own
from framingkit.work.sheet import TextVersion

_LONGEST = 2_000_000  # characters of a text of which a copy is kept


@dataclass(frozen=True, slots=True)
class Orphan:
    """A tag without a place in this version of its text.

    ``id`` is the one that the tag gets when it is placed; ``text`` and ``target`` say where it is
    now.
    """

    id: str
    text: TextVersion
    target: str
    span: Span


def keep_text(log: WorkLog, document: Document) -> None:
    """Keep a copy of a text that is tagged; if the disk does not take it, nothing is lost yet."""
    path = _copy(log, TextVersion(document.id, document.sha256, "", ""))
    if not is_own(document.id) and len(document.text) <= _LONGEST and not path.exists():
        with contextlib.suppress(FramingkitError):
            disk.write_atomic(path, document.text.encode())


def _copy(log: WorkLog, text: TextVersion) -> Path:
    return log.path.parent / "texts" / f"{text.key}.txt"


def _words(log: WorkLog, text: TextVersion) -> str | None:
    """Read the copy of a version; one that somebody changed is none."""
    with contextlib.suppress(FramingkitError, UnicodeDecodeError):
        content = disk.read_bytes(_copy(log, text), 4 * _LONGEST)
        if hashlib.sha256(content).hexdigest() == text.sha256:
            return content.decode()
    return None


def _earlier(log: WorkLog, document: Document) -> list[TextVersion]:
    """Find the other versions of a text that still have tags."""
    return [
        text
        for text in list(log.texts.values())
        if text.id == document.id
        and text.sha256 != document.sha256
        and not is_own(text.id)
        and log.state.tags(text.key)
    ]


def bring_along(log: WorkLog, document: Document) -> int:
    """Bring the tags on earlier versions of a text to this one, where they have a certain place.

    Returns
    -------
    int
        How many came along.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from framingkit.course import load_article
    >>> bring_along(WorkLog(pathlib.Path(tempfile.mkdtemp()) / "sun.jsonl"), load_article())
    0
    """
    came = 0
    for text in _earlier(log, document):
        with contextlib.suppress(FramingkitError):  # the tags are safe where they are
            came += _bring(log, text, document)
    return came


def _bring(log: WorkLog, text: TextVersion, document: Document) -> int:
    before = _words(log, text)
    keep_text(log, document)
    forget_placed(log, document)
    tags = [tag.span for tag in log.state.tags(text.key) if tag.span]
    if before is None:
        same = [(tag, tag) for tag in tags if _is_there(tag, document)]
        return move_tags(log, text, document, same)
    if not is_akin(before, document.text):
        return 0
    change = Change(before, document.text)
    placed = [(tag, change.placed(tag)) for tag in tags]
    moved = move_tags(log, text, document, [(old, new) for old, new in placed if new])
    copy_milestones(log, text, document, change)
    return moved


def _is_there(span: Span, document: Document) -> bool:
    return bool(span.quote) and document.text[span.start : span.end] == span.quote


def orphans_of(log: WorkLog, document: Document) -> list[Orphan]:
    """List the tags on earlier versions of a text that have no place in this one yet."""
    here = {
        operation.target
        for text in log.texts.values()
        if (text.id, text.sha256) == (document.id, document.sha256)
        for operation in log.state.tags(text.key)
    }
    return [
        Orphan(id, text, tag.target, tag.span)
        for text in _earlier(log, document)
        for tag in log.state.tags(text.key)
        if tag.span and (id := new_id(tag.target, document)) not in here
    ]


def place_orphan(log: WorkLog, document: Document, orphan: Orphan, start: int, end: int) -> None:
    """Place an orphan where a person says."""
    span = replace(orphan.span, start=start, end=end, quote=document.text[start:end], id=orphan.id)
    version = replace(orphan.text, id=document.id, sha256=document.sha256)
    log.open_text(version)
    keep_text(log, document)
    log.act("tag", orphan.id, document=version.key, span=span)
    forget_placed(log, document)


def suggestions(log: WorkLog, document: Document, orphan: Orphan) -> list[Span]:
    """Suggest where an orphan may belong, if its old text is known."""
    before = _words(log, orphan.text)
    change = Change(before or orphan.span.quote, document.text)
    where = orphan.span if before else replace(orphan.span, start=0, end=len(orphan.span.quote))
    return change.suggestions(where)


def forget_placed(log: WorkLog, document: Document) -> None:
    """Remove orphans from where they were, once they have a place: each tag counts once."""
    waiting = {orphan.target for orphan in orphans_of(log, document)}
    for text in _earlier(log, document):
        placed = [tag for tag in log.state.tags(text.key) if tag.target not in waiting]
        _remove(log, text, [tag.target for tag in placed])


def drop_orphan(log: WorkLog, document: Document, id: str) -> None:
    """Remove an orphan that nobody needs any more."""
    for orphan in orphans_of(log, document):
        if orphan.id == id:
            _remove(log, orphan.text, [orphan.target])


def _remove(log: WorkLog, text: TextVersion, targets: list[str]) -> None:
    client, first = "carry-" + secrets.token_hex(4), log.state.seq + 1
    log.record(
        [
            Operation("remove", client, seq, target, text.key, at=utc_now())
            for seq, target in enumerate(targets, start=first)
        ]
    )
