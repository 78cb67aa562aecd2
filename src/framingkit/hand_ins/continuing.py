"""Goes on from a file that was downloaded: on another computer, or after a storage was cleared.

The file is an answer sheet, so it holds tags and answers, and the numbers of all acts behind them.
What is here stays; what is new is added act by act; and a tag that is here, that the file knows and
no longer has, was taken away there. Nothing of another learner is ever mixed in.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from framingkit.base import counted, shown
from framingkit.errors import FramingkitError
from framingkit.hand_ins.acts import Ranges, acts_of, count, holds
from framingkit.hand_ins.hand_in import CheckedHandIn, KnownTexts, read_hand_in
from framingkit.work import (  # fmt: skip
    CLASS_NAME_ITEM,
    MOST_ACTS,
    UNREADABLE,
    LogLines,
    Operation,
    State,
    WorkLog,
    go_on_as,
    log_of,
    sift,
)

_OLDER = (
    "“{0}” does not say whose it is, as files of an older framingkit. Nothing of it was taken in, "
    "and your work here is untouched."
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A downloaded file that was checked, as the lines of a log."""

    coder: str
    learner: str
    lines: LogLines
    held: Ranges

    def is_of(self, log: WorkLog) -> bool:
        """Tell whether whoever is at work made it, or went on with it elsewhere."""
        return log.learner in {self.learner, *self.lines.state.by.values()}


def read_sheet_of_learner(content: bytes, name: str) -> Sheet:
    """Check a downloaded file as a hand-in is checked.

    Raises
    ------
    FramingkitError
        If it is no answer sheet, is damaged, goes beyond a limit, or names no learner.

    Examples
    --------
    >>> read_sheet_of_learner(b"[]", "list.json")
    Traceback (most recent call last):
    framingkit.errors.FramingkitError: “list.json” is not an answer sheet. Hand in the file that
    ends in .answers.json, which the button “Download my answers” gives you.
    """
    hand_in = read_hand_in(content, name, KnownTexts())
    acts = acts_of(hand_in)
    if not hand_in.learner or not acts.exact:
        raise FramingkitError(_OLDER.format(shown(name)))
    lines = LogLines(name, owner=hand_in.learner, coder=hand_in.coder)
    try:
        if count(acts.held) > 3 * MOST_ACTS:
            raise FramingkitError("It names more acts than anybody has done.")
        for line in _lines(hand_in):
            lines.take(json.dumps(line).encode())
    except UNREADABLE as error:
        raise FramingkitError(f"“{shown(name)}” is damaged: {error}") from None
    # of a file that was changed by hand, nobody knows what was taken away on purpose
    return Sheet(hand_in.coder, hand_in.learner, lines, {} if hand_in.left_out else acts.held)


def _lines(hand_in: CheckedHandIn) -> Iterator[dict[str, Any]]:
    """Write a sheet as the lines of a log: texts, tags, answers, and the numbers of all acts."""
    who = {
        act: learner
        for learner, clients in hand_in.acts.items()
        for client, ranges in clients.items()
        for first, last in ranges
        for act in (f"{client}-{seq}" for seq in range(first, last + 1))
    }
    for text, spans in hand_in.spans.items():
        yield {"kind": "text"} | asdict(text)
        for span in spans:
            act = str(span.get("act"))
            about = {"kind": "tag", "target": span["id"], "document": text.key, "span": span}
            yield _act(act, span) | about | {"learner": who.get(act)}
    for item, answer in hand_in.answers.items():
        act = str(answer.get("act"))
        about = {"kind": "answer", "target": item, "response": answer["response"]}
        yield _act(act, answer) | about | {"learner": who.get(act)}
    yield {"kind": "acts", "acts": hand_in.acts}


def _act(act: str, made: dict[str, Any]) -> dict[str, Any]:
    client, _, seq = act.rpartition("-")
    return {"client": client, "seq": int(seq) if seq.isdecimal() else 0, "at": made.get("at", "")}


def continue_from(log: WorkLog, content: bytes, name: str, begin: bool | None = False) -> list[str]:
    """Go on from a downloaded file; say how that went.

    Parameters
    ----------
    log
        The log of whoever is at work.
    content, name
        The file.
    begin
        If the file is somebody else's: go on as that learner; the work here stays whose it is.
        None where nobody may change who is at work, also if nothing is done yet.

    Raises
    ------
    FramingkitError
        If the file cannot be used, or is too much together with what is here: then nothing
        changed. An `OthersFileError` if somebody else made it, and `begin` does not allow that.
    """
    sheet = read_sheet_of_learner(content, name)
    if sheet.is_of(log):
        return _take_in(log, sheet)
    if begin is None or (log.state.seen and not begin):
        raise OthersFileError(sheet.coder, log.coder)
    there = log_of(sheet.learner)
    _check_room(there.state if there else State(), sheet)
    go_on_as(sheet.learner, log, sheet.coder)
    return [f"You are now {log.coder}.", *_take_in(log, sheet)]


class OthersFileError(FramingkitError):
    """The file is another learner's; ``coder`` says whose."""

    def __init__(self, coder: str, mine: str) -> None:
        self.coder = coder
        super().__init__(
            f"That file holds the work of {coder}, and you are {mine}, so nothing of it was taken "
            f"in. If you are {coder} too, choose “Go on as {coder}”. The work of {mine} stays here."
        )


def _check_room(state: State, sheet: Sheet) -> list[Operation]:
    """Give what would be new; refuse a sheet that does not fit beside what is here."""
    fresh = _fresh(state, sheet)
    _, refused = sift(state, fresh)
    if refused:
        raise FramingkitError(f"Nothing was taken in. {next(iter(refused.values()))}")
    return fresh


def _take_in(log: WorkLog, sheet: Sheet) -> list[str]:
    """Add what a sheet holds beyond a log; say what that was."""
    log.refresh()
    fresh = _check_room(log.state, sheet)
    again = _worked_on(log.state, sheet)
    log.merge(sheet.lines)
    gone = _taken_away(log.state, sheet)
    for tag in gone:
        log.act("remove", tag.target, document=tag.document)
    for tag in again:
        log.act("tag", tag.target, document=tag.document, span=tag.span)
    fresh += again
    if not (fresh or gone):
        return ["Everything in that file was here before."]
    tags = sum(one.span is not None for one in fresh)
    answers = sum(one.response is not None and one.target != CLASS_NAME_ITEM for one in fresh)
    news = f"{counted(tags, 'tag')} and {counted(answers, 'answer')} came from the file."
    away = f"{counted(len(gone), 'tag')} went, because you had removed them there."
    return [news, *([away] if gone else []), "Your other work here stays as it was."]


def _fresh(state: State, sheet: Sheet) -> list[Operation]:
    """List what a sheet shows, is not known here, and is not overtaken by what is here."""
    found = []
    for key, one in sheet.lines.state.latest.items():
        here = state.latest.get(key)
        if one.id not in state.by and (here is None or here.rank < one.rank):
            found.append(one)
    return found


def _worked_on(state: State, sheet: Sheet) -> list[Operation]:
    """List tags that were removed here by somebody who did not know what was done to them there."""
    return [
        one
        for key, one in sheet.lines.state.latest.items()
        if one.span is not None and one.id not in state.by
        if (here := state.latest.get(key)) is not None and here.span is None
        if here.rank > one.rank
    ]


def _taken_away(state: State, sheet: Sheet) -> list[Operation]:
    """List the tags here that a sheet knows the last act of, and does not have."""
    there = sheet.lines.state.latest
    return [
        one
        for key, one in state.latest.items()
        if one.span is not None and key not in there and holds(sheet.held, one.id)
    ]
