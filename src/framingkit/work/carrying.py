"""A text of one's own is changed, and its tags go along: what still fits is placed, the rest told.

A tag goes from the version before to the version in use by two acts, so the log still tells where
it was made, and it counts once in the hand-in. What could not be placed for certain stays where it
was; it is there again when that version is used again, and is tried again with every later one.
"""

import contextlib
import difflib
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from framingkit.base import counted, disk, places_of, quoted
from framingkit.course import Document, Span, load_codebook
from framingkit.errors import FramingkitError
from framingkit.work.first_reading import Milestone
from framingkit.work.log import WorkLog, utc_now
from framingkit.work.operations import Operation
from framingkit.work.own_text import find_own_text, keep_own_text, make_document, used_sentences
from framingkit.work.sheet import TextVersion

# Measured on the article with random edits: of 2,400 tags none comes to a wrong place after one
# edit, 0.2 % after twenty, and 99 % are kept; trust in the best place alone gives 1.6 and 24 %.
_CONTEXT, _LIKE_ENOUGH, _MARGIN = 32, 0.75, 0.1
_MOST_PLACES, _CLOSELY = 200, 5  # of like words: how many are looked at
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
        if before is None or not _is_akin(before.text, document.text):
            elsewhere += len(spans)
            continue
        change = _Change(before.text, document.text)
        placed = [(span, change.placed(span)) for span in spans]
        kept += _move(log, text, document, [(old, new) for old, new in placed if new])
        left += [old for old, new in placed if not new]
        _copy_milestones(log, text, document, change)
    return _told(kept, left, elsewhere)


def _is_akin(before: str, after: str) -> bool:
    """Tell a changed text from another one: half of the shorter one's pieces are in both."""
    old, new = (
        {text[start : start + _PIECE] for start in range(max(1, len(text) - _PIECE + 1))}
        for text in (unicodedata.normalize("NFKC", before), unicodedata.normalize("NFKC", after))
    )
    return 2 * len(old & new) >= min(len(old), len(new))


def _version(text: TextVersion, document: Document) -> TextVersion:
    return replace(text, id=document.id, sha256=document.sha256)


def _move(
    log: WorkLog, text: TextVersion, document: Document, pairs: list[tuple[Span, Span]]
) -> int:
    """Write both acts for each tag, first the new one: a crash in between loses nothing."""
    version = _version(text, document)
    known = {tag.span.key for tag in log.state.tags(version.key) if tag.span}
    # the acts of one go have an author of their own: nobody else counts on
    client, seq, acts = "carry-" + secrets.token_hex(4), log.state.seq, list[Operation]()
    for old, new in pairs:
        # an id is used once in a hand-in, also if somebody tags both versions
        id = f"{old.id.partition('@')[0][:100]}@{document.sha256[:8]}"
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


def _copy_milestones(
    log: WorkLog, text: TextVersion, document: Document, change: "_Change"
) -> None:
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


@dataclass(frozen=True)
class _Change:
    """How one text became another.

    Examples
    --------
    >>> change = _Change("A hot day. A hot nite.", "Yes: a hot day. A hot night.")
    >>> change.placed(Span(2, 5, "loaded_word", "hot")).start
    7
    """

    before: str
    after: str

    def quoted(self, span: Span) -> Span:
        return replace(span, quote=self.before[span.start : span.end])

    def placed(self, span: Span) -> Span | None:
        """Place a span on the same words in the same context; None if that is not certain."""
        likely, is_untouched = self._likely(span)
        places = sorted(places_of(span.quote, self.after), key=lambda place: abs(place[0] - likely))
        places = [place for place in places[:_MOST_PLACES] if self._fits(span, *place)]
        if is_untouched and places and places[0][0] == likely:
            certain = self._likeness(span, *places[0]) >= _LIKE_ENOUGH
            places = places[:1] if certain else places
        # where nothing near has changed, there is no need to measure
        same = [one for one in places if all(a == b for a, b in self._around(span, *one))]
        looked_at = same or self._best(span, places)
        ranked = sorted((self._likeness(span, *one), one) for one in looked_at)
        if not ranked or ranked[-1][0] < _LIKE_ENOUGH:
            return None
        if len(ranked) > 1 and ranked[-1][0] - ranked[-2][0] < _MARGIN:
            return None
        start, end = ranked[-1][1]
        return replace(span, start=start, end=end, quote=self.after[start:end])

    def _best(self, span: Span, places: list[tuple[int, int]]) -> set[tuple[int, int]]:
        """Choose the places to look at closely: the nearest, and those with the same neighbours."""

        def same(place: tuple[int, int]) -> int:
            pairs = self._around(span, *place)
            return sum(_same_start(old, new) for old, new in pairs)

        return {*places[:_CLOSELY], *sorted(places, key=same, reverse=True)[:_CLOSELY]}

    def _likely(self, span: Span) -> tuple[int, bool]:
        """Tell where a span should be, and whether all that changed is before or after it."""
        same_start, same_end = self._same
        if span.end <= same_start:
            return span.start, True
        longer = len(self.after) - len(self.before)
        return span.start + longer, span.start >= len(self.before) - same_end

    @cached_property
    def _same(self) -> tuple[int, int]:
        """How many characters are the same at the start and at the end."""
        start = _same_start(self.before, self.after)
        return start, _same_start(self.before[start:][::-1], self.after[start:][::-1])

    def _fits(self, span: Span, start: int, end: int) -> bool:
        """Tell whether words begin and end words here as they did there."""
        old = self.before[max(span.start - 1, 0) : span.start], self.before[span.end : span.end + 1]
        new = self.after[max(start - 1, 0) : start], self.after[end : end + 1]
        return [one.isalnum() for one in old] == [one.isalnum() for one in new]

    def _around(self, span: Span, start: int, end: int) -> list[tuple[str, str]]:
        """Give the letters before (from the span outwards) and after: there and here."""
        old, new = self.before, self.after
        before = old[max(0, span.start - _CONTEXT) : span.start][::-1]
        after = old[span.end : span.end + _CONTEXT]
        return [
            (before, new[max(0, start - len(before)) : start][::-1]),
            (after, new[end : end + len(after)]),
        ]

    def _likeness(self, span: Span, start: int, end: int) -> float:
        """Compare the letters around a span with those around other words, from 0 to 1."""
        pairs = self._around(span, start, end)
        length = sum(len(old) for old, _ in pairs)
        return sum(len(old) * _ratio(old, new) for old, new in pairs) / length if length else 1.0


@lru_cache(maxsize=4096)
def _ratio(old: str, new: str) -> float:
    if old == new:
        return 1.0
    old, new = (unicodedata.normalize("NFKC", text) for text in (old, new))
    return difflib.SequenceMatcher(None, old, new, autojunk=False).ratio()


def _same_start(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))


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
