"""Whose a row of a table is: by an id of letters, and never by resemblance.

Spreadsheets change code names such as ``007``, ``1e5`` and ``may-5``, and people choose the same
ones. So each row has an id of letters, which no spreadsheet changes. A code name alone counts only
if it is exactly the same, one person has it, and it cannot have been another one before.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from framingkit.base import Row, shown, spreadsheet_image
from framingkit.errors import FramingkitError
from framingkit.hand_ins import Learner
from framingkit.work import learner_from

CODE_NAME, PERSON = "code_name", "person"
ITEM, LESSON = "item", "lesson"

_RESULT = re.compile("0|[1-9][0-9]*|[0-9]+(-[0-9]+)+")  # what a spreadsheet may make of a name
_ABOUT = {ITEM: ", with one question", LESSON: ", with one lesson"}
_NAMED = 20  # people who are listed by name in one sentence


def person_of(learner: Learner) -> str:
    """Return the id of a learner; in older class files it is made of the code name."""
    return learner.person or learner_from(learner.coder)


@dataclass(slots=True)
class Roster:
    """The people of a class or of a table, with whom rows of another table are compared.

    With ``wanted``, only people are kept who have one of these ids, code names, or images of them.

    Examples
    --------
    >>> roster = Roster()
    >>> roster.add("bcdf", "007")
    >>> roster.add("ghjk", "7")
    >>> roster.owner({"person": "bcdf", "code_name": "7"}, {"7"})
    'bcdf'
    >>> roster.owner({"code_name": "7"}, {"7"})
    ''
    """

    labels: dict[str, str] = field(default_factory=dict)
    wanted: frozenset[str] | None = None
    _ids: dict[str, list[str]] = field(default_factory=dict)
    _images: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def about(cls, rows: Iterable[Mapping[str, str]]) -> "Roster":
        """Make a roster of those only whose rows these may be: few of a large class."""
        wanted = set()
        for row in rows:
            label = row[CODE_NAME].strip()
            wanted |= {label, row.get(PERSON, "").strip().lower(), spreadsheet_image(label)}
        return cls(wanted=frozenset(wanted - {""}))

    def add(self, person: str, label: str) -> None:
        """Add somebody, unless no row can be theirs."""
        if self.wanted is not None and not self.wanted:
            return
        made, image = learner_from(label), spreadsheet_image(label)
        if self.wanted is not None and self.wanted.isdisjoint((person, label, made, image)):
            return
        self.labels[person] = label
        for name in (label, made):
            if self.wanted is None or name in self.wanted:
                self._ids.setdefault(name, []).append(person)
        if image:
            self._images.setdefault(image, set()).add(label)

    def owner(self, row: Mapping[str, str], named: Collection[str]) -> str:
        """Find the person of a row; nobody if that is not certain.

        Parameters
        ----------
        row
            A row with a code name, and perhaps an id.
        named
            All code names of the table that the row is from.
        """
        label, person = row[CODE_NAME].strip(), row.get(PERSON, "").strip().lower()
        if person in self.labels:
            return "" if self._is_anothers(label, person) else person
        made_of_name = self._ids.get(person, [])
        found = made_of_name or self._ids.get(label, [])
        if len(found) != 1:
            return ""
        if made_of_name:
            return found[0]
        # Two ids are two people, but an id that was made of a code name says no more than it.
        own = {learner_from(label), ""}
        if person.isalpha() and person not in own and found[0] not in own:
            return ""
        return found[0] if self.is_certain(label, named) else ""

    def _is_anothers(self, label: str, person: str) -> bool:
        """Tell whether a row has the id of one person and the code name of another.

        So it is when a column was sorted or filled down alone. A code name that a spreadsheet
        may have made of another one says nothing.
        """
        others = self._ids.get(label, [person])
        return person not in others and not _RESULT.fullmatch(label)

    def is_certain(self, label: str, named: Collection[str]) -> bool:
        """Tell whether a code name cannot have been another one of the class before.

        Those that a spreadsheet would make the same have to be in the table unchanged.
        """
        image = spreadsheet_image(label)
        rivals = self._images.get(image, set()) - {label} if image else set()
        return not _RESULT.fullmatch(label) or rivals.issubset(named)


def by_owner(
    rows: Iterable[Row], roster: Roster, what: str, column: str = ITEM
) -> tuple[dict[tuple[str, str], Row], list[Row]]:
    """Give the row of each question and person, and the rows that are not certainly somebody's.

    Parameters
    ----------
    rows, roster
        The rows of a table, and the people whose they may be.
    what
        How to name the table in an error.
    column
        Which column says what a row is about, if not the question.

    Raises
    ------
    FramingkitError
        If two rows have the same question and person.
    """
    rows = list(rows)
    named = {row[CODE_NAME].strip() for row in rows}
    owned: dict[tuple[str, str], Row] = {}
    strangers = []
    for row in rows:
        person = roster.owner(row, named)
        twin = owned.setdefault((row.get(column, "").strip(), person), row) if person else None
        if twin is None:
            strangers.append(row)
        elif twin is not row:
            raise FramingkitError(
                f"{what} has two rows for {roster.labels[person]}, {twin.number} and {row.number}"
                f"{_ABOUT[column] * (column in row)}. Keep one of them."
            )
    return owned, strangers


def name_of(row: Row, column: str = ITEM) -> str:
    """Name the person and the question of a row to people."""
    return f"{row[CODE_NAME].strip() or f'row {row.number}'} ({row[column].strip()})"


def listed(names: Iterable[str], most: int = _NAMED) -> str:
    """List people or things by name, the first twenty of them unless more are wanted.

    Examples
    --------
    >>> listed(["007", "amber", "007"])
    '007, amber'
    """
    once = list(dict.fromkeys(shown(name, 80) for name in names))
    more = [f"and {len(once) - most:,} more"] * (len(once) > most)
    return ", ".join([*once[:most], *more])
