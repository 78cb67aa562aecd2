"""The table of written answers to read and mark: written, and read again with what people put in.

Marks are somebody's work. When a class is graded again, they follow the person and the question
into the new table. What no longer belongs to anybody stays at its end.
"""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from framingkit.base import (
    Cell,
    Name,
    Row,
    WaitingRows,
    counted,
    header_line,
    read_table_file,
    refuse_changed,
    replacing,
    size,
    state_of,
    table_line,
)
from framingkit.course import Item
from framingkit.errors import FramingkitError
from framingkit.hand_ins import Learner
from framingkit.reports.people import (
    CODE_NAME,
    PERSON,
    Roster,
    by_owner,
    listed,
    name_of,
    person_of,
)

NOTE = "note"
TO_READ = (
    "item", CODE_NAME, "answer", "words", "mark", "comment", "question", "rubric", PERSON, NOTE,
)  # fmt: skip
_ABOUT = "question", "rubric"
CHANGED = "The answer has changed since it was marked."
GONE = "Nobody in this class gave this answer."


def read_written(path: Path) -> list[Row]:
    """Read a table of written answers, as `written_rows` does."""
    return list(written_rows(path))


def written_rows(path: Path) -> Iterator[Row]:
    """Read a table of written answers row by row, with or without marks.

    Raises
    ------
    FramingkitError
        If it is no such table.
    """
    return read_table_file(path, f"“{path.name}”", ["item", CODE_NAME, "mark"], TO_READ)


class WrittenTable:
    """Gathers the written answers of a class, and writes them with what people put in before.

    Parameters
    ----------
    path
        Where to write; what is there is read first.
    items
        The written questions of the class.

    Raises
    ------
    FramingkitError
        If there is another file at `path`.
    """

    def __init__(self, path: Path, items: Sequence[Item]) -> None:
        self._path, self._items = path, items
        self._expected = state_of(path)
        self._prompts = {" ".join(item.prompt.split()) for item in items}
        self._earlier = list(filter(self._is_worked_on, _rows_of(path)))
        self._added = [name for name in (*self._earlier, Row())[0] if name not in TO_READ]
        self._roster = Roster.about(self._earlier)
        self._waiting = WaitingRows(*_WAITING)
        self.answers = 0

    def __enter__(self) -> "WrittenTable":
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting.__exit__()

    def add(self, learner: Learner) -> None:
        """Keep a learner's answers until they can be sorted by question."""
        person = person_of(learner)
        self._roster.add(person, learner.coder)
        for number, item in enumerate(self._items):
            text = learner.responses.get(item.id, {}).get("text")
            if isinstance(text, str) and text.strip():
                # Whoever is read first is judged differently: so it is never the same learner.
                mixed = hashlib.sha256(f"{item.id}/{person}".encode()).hexdigest()
                whole = text.rstrip().encode("utf-8", "replace").decode()
                self._waiting.add((number, mixed, learner.coder, person, whole))

    def write(self) -> list[str]:
        """Write the table; return sentences about the marks that were there."""
        owned, left = by_owner(self._earlier, self._roster, f"“{self._path.name}”")
        claimed = {(row["item"].strip(), row.get(PERSON, "").strip().lower()): row for row in left}
        changed: list[str] = []
        with replacing(self._path, 0o600) as file:
            file.write(header_line([*TO_READ, *self._added]))
            for item, about, coder, person, text in self._answers():
                place = item.id, person
                if place not in owned and _is_same(claimed.get(place, Row()), text):
                    owned[place] = claimed.pop(place)  # the answer says that the id is right
                    left.remove(owned[place])
                earlier = owned.pop(place, Row())
                if earlier and not _is_same(earlier, text):
                    changed.append(f"{coder} ({item.id})")
                file.write(table_line(self._cells(earlier, item, about, coder, person, text)))
            left = sorted([*left, *owned.values()], key=lambda row: row.number)
            file.writelines(table_line(self._left(row)) for row in left)
            refuse_changed(self._path, self._expected)
        return list(self._sentences(changed, left))

    def _answers(self) -> Iterator[tuple[Item, tuple[str, str], str, str, str]]:
        """Give each answer; the first of each question has its prompt and rubric."""
        before = -1
        for number, _, coder, person, text in self._waiting.rows(*_WAITING):
            item = self._items[number]
            yield item, _about(item) if number != before else ("", ""), coder, person, text
            self.answers, before = self.answers + 1, number

    def _cells(
        self, earlier: Row, item: Item, about: tuple[str, str], coder: str, person: str, text: str
    ) -> list[Cell]:
        note = earlier.get(NOTE, "").replace(GONE, "").strip()
        if earlier and not _is_same(earlier, text):
            note = _noted(note, CHANGED)
        remarks = [earlier.get("comment", ""), *self._remarks(earlier)]
        work = earlier.get("mark", ""), "\n".join(filter(None, remarks))
        added = (earlier.get(name, "") for name in self._added)
        return [
            item.id, Name(coder), text, len(text.split()), *work, *about, person, note, *added,
        ]  # fmt: skip

    def _remarks(self, row: Row) -> list[str]:
        """Give what somebody wrote into the cells that hold the question and rubric elsewhere."""
        about = [text for name in _ABOUT if (text := row.get(name, "").strip())]
        if len(about) == len(_ABOUT):
            return []  # the kit fills both or none
        return [text for text in about if " ".join(text.split()) not in self._prompts]

    def _is_worked_on(self, row: Row) -> bool:
        """Tell whether somebody put something into a row, or it was cut in two."""
        return _has_work(row) or bool(self._remarks(row)) or not row.get("words", "0")[:1].isdigit()

    def _left(self, row: Row) -> list[Cell]:
        """Keep a row that is nobody's as it was, and say so in it."""
        kept = row | {NOTE: _noted(row.get(NOTE, ""), GONE), CODE_NAME: Name(row[CODE_NAME])}
        return [kept.get(name, "") for name in (*TO_READ, *self._added)]

    def _sentences(self, changed: list[str], left: list[Row]) -> Iterator[str]:
        if not self._earlier:
            return
        name = f"“{self._path.name}”"
        carried = len(self._earlier) - len(left)
        yield (
            f"{name} had marks or comments in {counted(len(self._earlier), 'row')}; those in "
            f"{counted(carried, 'row')} were carried over."
        )
        if changed:
            yield (
                f"Answers that changed after the mark ({len(changed):,}): {listed(changed)}. The "
                f"marks are kept, and the column “{NOTE}” says so. Read these answers again."
            )
        if left:
            yield (
                f"Rows whose learners or answers are not in this class ({len(left):,}): "
                f"{listed(map(name_of, left))}. They are kept at the end of {name}."
            )


_WAITING = ("question", "mixed", "coder", "person", "answer")


def _rows_of(path: Path) -> Iterator[Row]:
    if not size(path):
        return
    try:
        yield from written_rows(path)
    except FramingkitError as error:
        raise FramingkitError(
            f"{error} It is already there, and nothing was written over it. Move it, or give "
            "another name for the table of written answers."
        ) from None


def has_other_work(path: Path, backup: Path) -> bool:
    """Tell whether a backup has marks or comments for an answer that a table has none for."""
    try:
        kept = {key for row in filter(_has_work, _rows_of(path)) for key in _keys(row)}
        return any(kept.isdisjoint(_keys(row)) for row in filter(_has_work, written_rows(backup)))
    except FramingkitError:
        return True  # whatever it is, the kit has not made it


def _keys(row: Row) -> set[tuple[str, str]]:
    names = row[CODE_NAME].strip(), row.get(PERSON, "").strip().lower()
    return {(row["item"].strip(), name) for name in names if name}


def _has_work(row: Row) -> bool:
    ours = {*TO_READ} - {"mark", "comment", NOTE}
    return any(text.strip() for name, text in row.items() if name not in ours)


def _is_same(row: Row, text: str) -> bool:
    """Compare an answer with an earlier one; spreadsheets change line ends and spaces."""
    return row.get("answer", "").split() == text.replace("\0", "␀").split()


def _noted(note: str, sentence: str) -> str:
    return note if sentence in note else f"{note} {sentence}".strip()


def _about(item: Item) -> tuple[str, str]:
    """Give the question and its rubric."""
    return item.prompt, "\n".join(f"{mark}: {line}" for mark, line in enumerate(item.rubric))
