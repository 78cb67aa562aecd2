"""Whose a row of a platform's grade sheet is: by the id that the platform gave, never by a name.

The column with ids is found by what is in it, because its header is in the language of the site:
“Participant 55”, “Teilnehmer/in 55” and “Participante 55” are one learner of Moodle.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from framingkit.base import CellTable, shown
from framingkit.errors import FramingkitError

_KNOWN = {"id", "username", "orgdefinedid", "org defined id", "usr_id"}
_NUMBERED = re.compile(r"(?=.*[^\W\d_])\D*?(\d+)")
_SHORTENED = re.compile(r"\d+(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
_SHOWN = 3  # examples in an error

Keys = Mapping[str, frozenset[str]]
"""For each person, what may stand for them in a sheet, as :func:`keys_of_cell` writes it."""


def keys_of_cell(text: str) -> frozenset[str]:
    """Give the keys of a cell with an id: the whole of it, and the number after a word.

    Examples
    --------
    >>> sorted(keys_of_cell("Teilnehmer/in 55")), sorted(keys_of_cell("#4411"))
    (['=teilnehmer/in 55', 'N55'], ['=4411'])
    """
    whole = text.strip().removeprefix("#").casefold()
    numbered = _NUMBERED.fullmatch(whole)
    return frozenset([f"={whole}", *([f"N{int(numbered[1])}"] if numbered else [])])


def keys_of_ids(ids: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """Give each person's keys, from the ids that a platform put into names of files.

    Blackboard writes the title of the task before the user, with the same sign between them as
    there may be inside both. The title is what most of the names begin with.

    Examples
    --------
    >>> keys = keys_of_ids({"b": ["Blackboard Task_ana_b"], "c": ["Blackboard Task_cy"]})
    >>> sorted(keys["b"]), sorted(keys["c"])
    (['=ana_b'], ['=cy'])
    """
    named = {person: [id.partition(" ") for id in of_one] for person, of_one in ids.items()}
    titles = Counter(
        title
        for of_one in named.values()
        for platform, _, id in of_one
        if platform == "Blackboard"
        for title, _ in _splits(id)
    )
    return {
        person: frozenset(key for platform, _, id in of_one for key in _keys(platform, id, titles))
        for person, of_one in named.items()
        if of_one
    }


def _keys(platform: str, id: str, titles: Counter[str]) -> list[str]:
    if platform == "Moodle":
        return [f"N{int(id)}"]
    if platform != "Blackboard":
        return [f"={id.partition(' ')[0].casefold()}"]
    splits = _splits(id)
    most = max((titles[title] for title, _ in splits), default=0)
    return [f"={user.casefold()}" for title, user in splits if titles[title] == most]


def _splits(id: str) -> list[tuple[str, str]]:
    places = [found.start() for found in re.finditer("_", id)]
    return [(id[:place], id[place + 1 :]) for place in places]


@dataclass(slots=True)
class SheetRows:
    """Which row is whose. ``people`` maps persons to rows, ``others`` are rows of nobody.

    ``unclear`` says why somebody has no row although there is one.
    """

    column: int
    people: dict[str, int] = field(default_factory=dict)
    others: list[int] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)


def find_rows(
    table: CellTable, keys: Keys, labels: Mapping[str, str], column: int | None, own: set[int]
) -> SheetRows:
    """Find out whose the rows of a sheet are.

    Parameters
    ----------
    table
        The sheet.
    keys, labels
        What may stand for each person in the sheet, and how people are called to a teacher.
    column
        The column with ids, if the teacher has named it.
    own
        Columns that are filled, and so hold no ids.

    Raises
    ------
    FramingkitError
        If no column has ids of this class, two rows have one id, or a spreadsheet changed ids.
    """
    chosen = _id_column(table, keys, own) if column is None else column
    rows = _rows_with(table, chosen)
    _refuse_changed(table, chosen, rows)
    wanted = {key for one in keys.values() for key in one}
    if not any(keys_of_cell(table.said(row, chosen)) & wanted for row in rows):
        raise _strangers(table, chosen, rows, keys)
    places = _places(table, chosen, rows, wanted)
    return _matched(table, SheetRows(chosen), rows, places, keys, labels)


def _matched(
    table: CellTable,
    found: SheetRows,
    rows: list[int],
    places: dict[str, int],
    keys: Keys,
    labels: Mapping[str, str],
) -> SheetRows:
    owners: dict[int, list[str]] = {}
    for person, mine in keys.items():
        own = sorted({places[key] for key in mine if key in places})
        if len(own) > 1:
            numbers = ", ".join(str(row + 1) for row in own)
            found.unclear.append(f"{labels[person]} may be in several rows ({numbers})")
        for row in own:
            owners.setdefault(row, []).append(person if len(own) == 1 else "")
    for row, people in owners.items():
        if len(people) == 1 and people[0]:
            found.people[people[0]] = row
        elif named := sorted(labels[person] for person in people if person):
            found.unclear.append(f"row {row + 1} may be of {' or '.join(named)}")
    found.others = [row for row in rows if row not in owners]
    return found


def _rows_with(table: CellTable, column: int) -> list[int]:
    """Find the rows with an id; a row such as “Points Possible” has none."""
    return [n for n in range(table.head + 1, len(table.rows)) if table.said(n, column)]


def _places(table: CellTable, column: int, rows: list[int], wanted: set[str]) -> dict[str, int]:
    """Map keys to rows; an id that two rows have is an error."""
    places: dict[str, int] = {}
    for row in rows:
        for key in keys_of_cell(table.said(row, column)):
            if key in places and (key.startswith("=") or key in wanted):
                raise FramingkitError(
                    f"“{table.name}” has the id “{shown(table.said(row, column), 40)}” twice, in "
                    f"rows {places[key] + 1} and {row + 1}. Nothing was written. Download the "
                    "sheet again, with one row for each learner."
                )
            places[key] = row
    return places


def _refuse_changed(table: CellTable, column: int, rows: list[int]) -> None:
    for row in rows:
        said = table.said(row, column)
        if _SHORTENED.fullmatch(said):
            raise FramingkitError(
                f"“{table.name}” was saved by a spreadsheet that changed ids: in row {row + 1}, "
                f"“{table.columns[column]}” is “{shown(said, 40)}”. Nothing was written. Download "
                "the sheet again, and give it without opening it in a spreadsheet."
            )


def _id_column(table: CellTable, keys: Keys, own: set[int]) -> int:
    """Find the column that has most ids of the class; one with a known header comes first."""
    if not keys:
        raise FramingkitError(
            "The class file has no ids of a platform. Collect the class again from the folder or "
            "zip as your platform gives it, or give a table of code names and ids with --names."
        )
    counts = {}
    for column in range(len(table.columns)):
        rows = _rows_with(table, column)
        there = {key for row in rows for key in keys_of_cell(table.said(row, column))}
        mine = sum(not there.isdisjoint(one) for one in keys.values())
        known = table.columns[column].casefold() in _KNOWN
        # Points can look like ids by chance; those of a whole class do not.
        if column not in own and mine and (known or mine * 2 >= min(len(keys), len(rows))):
            counts[column] = known, mine, -column
    if counts:
        return max(counts, key=counts.__getitem__)
    _look_for_changed(table)
    raise _strangers(table, None, [], keys)


def _look_for_changed(table: CellTable) -> None:
    """Say so if a spreadsheet changed ids in any column."""
    for column in range(len(table.columns)):
        _refuse_changed(table, column, _rows_with(table, column))


def _strangers(
    table: CellTable, column: int | None, rows: list[int], keys: Keys
) -> FramingkitError:
    """Say that nobody of the class is in a sheet."""
    if len(table.rows) <= table.head + 1:
        return FramingkitError(f"“{table.name}” has no row below its header, so nobody is in it.")
    ours = sorted({key.lstrip("=N") for one in keys.values() for key in one})[:_SHOWN]
    where = ""
    if column is not None:
        said = [f"“{shown(table.said(row, column), 40)}”" for row in rows[:_SHOWN]]
        where = f" “{table.columns[column]}” has {', '.join(said) or 'nothing'};"
    return FramingkitError(
        f"Nobody of this class is in “{table.name}”.{where} the ids of the class are such as "
        f"{', '.join(shown(id, 40) for id in ours)}. Is it the sheet of another course or task? If "
        "not, name its column of ids with --id."
    )
