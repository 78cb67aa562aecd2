"""Goes through all hand-ins that wait, and gives the learners of the class with what counts.

Who hands in once, under a name of their own, is passed on as he or she is. Where a code name or a
learner id appears again, the hand-ins are read a second time and sorted by person. Whatever then
was put together, kept apart or not counted becomes a sentence with the names of the files.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from framingkit.base import WaitingRows, counted, shown
from framingkit.hand_ins import acts
from framingkit.hand_ins.acts import Ranges, Together, acts_of, put_together
from framingkit.hand_ins.file import compact_json
from framingkit.hand_ins.hand_in import (
    FARTHEST,
    MOST_SPANS,
    CheckedHandIn,
    KnownTexts,
    read_text,
    tag_columns,
)
from framingkit.hand_ins.lines import is_too_long
from framingkit.hand_ins.people import Candidate, covers, labels, person_ids, sorted_by_person
from framingkit.work import TextVersion

MOST_NAMESAKES = 1_000
"""Hand-ins under one code name that are sorted by person; more are not a class but an attack."""

MOST_SHOWN = 60_000
"""Tags and answers that are compared under one code name; each needs memory."""

_LISTED = 10  # people, and files, that are named in one sentence
_ITEMS = 5

Numbering = Callable[[TextVersion], int | None]


@dataclass(frozen=True, slots=True)
class Owner:
    """One learner of the class.

    ``row`` is where the hand-in waits that counts; if several were put together, ``content`` is
    what they add up to. ``rows`` and ``files`` are those of all hand-ins, ``texts`` the numbers of
    the texts.
    """

    coder: str
    label: str
    person: str
    row: int
    content: str
    texts: str
    rows: list[int]
    files: list[str]


class Whose:
    """Finds out whose the hand-ins are that wait in a table.

    Parameters
    ----------
    table
        With the columns that `collect` gives it.
    known, number
        The kit's texts, and what gives each text version its number.
    foreign
        Learner ids of which other people's hand-ins hold acts.
    """

    def __init__(
        self, table: WaitingRows, known: KnownTexts, number: Numbering, foreign: set[str]
    ) -> None:
        self._table, self._known, self._number = table, known, number
        self.sentences: list[str] = []
        self.refusals: list[str] = []
        self._joined = _joined_names(table)
        self._own = self._files_of(foreign)
        self._shared: defaultdict[str, dict[str, int]] = defaultdict(dict)

    def _files_of(self, foreign: set[str]) -> dict[str, str]:
        """Map each of these learner ids to its own hand-in, if there is one."""
        rows = self._table.rows("learner", "file", where="learner <> ''", order="place")
        return {learner: file for learner, file in rows if learner in foreign} if foreign else {}

    def learners(self) -> Iterator[Owner]:
        """Give the learners one after the other, sorted by code name as far as possible."""
        columns = ("coder", "place", "texts", "foreign_ids", "person", "file")
        rows = self._table.rows(*columns, order="coder, place")
        for coder, group in groupby(rows, key=lambda row: str(row[0])):
            (_, row, texts, foreign, person, file), *more = group
            names = self._joined.get(coder, [coder])
            if not more and not foreign and names == [coder]:
                yield Owner(coder, coder, person, row, "", texts, [row], [file])
            elif coder == names[0]:
                yield from self._sorted(names)
        self.sentences += map(_of_one_folder, _by_holders(self._shared))

    def _sorted(self, names: list[str]) -> Iterator[Owner]:
        """Sort the hand-ins under some code names by person."""
        people = sorted_by_person(self._candidates(names))
        coders, ids = [person[0].coder for person in people], person_ids(people)
        called = labels(coders, ids)
        for name in names:
            of_name = [
                (label, person[0].file)
                for label, person in zip(called, people, strict=True)
                if person[0].coder == name
            ]
            self._tell_apart(name, sorted(of_name))
        self._tell_one_id(called, people)
        for label, id, person in zip(called, ids, people, strict=True):
            yield self._owner(label, id, person)

    def _candidates(self, names: list[str]) -> list[Candidate]:
        marks = ", ".join("?" * len(names))
        rows = self._table.rows("place", "file", "sheet", where=f"coder IN ({marks})",
                                values=tuple(names),
                                order="length(sheet), operations DESC, place")  # fmt: skip
        found: list[Candidate] = []
        count = 0
        for row, file, text in rows:  # the shortest first: a few long ones shut nobody out
            one = None
            if len(found) < MOST_NAMESAKES and count <= MOST_SHOWN:
                one = Candidate.of(row, file, read_text(text, file, self._known))
                count += len(one.acts.shown)
            if one and count <= MOST_SHOWN:
                found.append(one)
            else:
                self.refusals.append(
                    f"“{shown(file)}” was left out: more than {MOST_NAMESAKES:,} hand-ins, or "
                    f"{MOST_SHOWN:,} tags and answers, have the code name {names[0]}. Collect them "
                    "in parts."
                )
        return found

    def _tell_apart(self, name: str, people: list[tuple[str, str]]) -> None:
        """Say which people have one code name; each is given with a file."""
        if len(people) > 1:
            self.sentences.append(
                f"{len(people)} different people use the code name {name}. In the class they are "
                f"{_named(people)}."
            )

    def _tell_one_id(self, called: list[str], people: list[list[Candidate]]) -> None:
        """Say who has the learner id of somebody else, which two people never have by chance."""
        holders: defaultdict[str, dict[str, list[Candidate]]] = defaultdict(dict)
        for label, person in zip(called, people, strict=True):
            for one in person:
                holders[one.learner][label] = person
        for id, found in sorted(holders.items()):
            if id and len(found) > 1:
                held = [{shown_act.act for one in person for shown_act in one.acts.shown.values()}
                        for person in found.values()]  # fmt: skip
                times = Counter(act for acts_held in held for act in acts_held)
                both = sum(number > 1 for number in times.values())
                files = [(label, person[0].file) for label, person in sorted(found.items())]
                self.sentences.append(
                    f"{_named(files)} have one learner id, as if they had worked in one folder "
                    "without “Start as somebody else”. Tags and answers that are in more than one "
                    f"of these hand-ins, and count for each: {both}."
                )

    def _owner(self, label: str, id: str, person: list[Candidate]) -> Owner:
        """Find what counts of one person's hand-ins, and say it."""
        counting = [one for n, one in enumerate(person) if not _is_covered(one, n, person)]
        rows, files = [one.row for one in person], [one.file for one in person]
        self._tell_times(label, person, counting)
        away = self._tell_foreign(label, person, counting)
        if len(counting) == 1 and not away:
            first = counting[0].row
            ((texts,),) = self._table.rows("texts", where="place = ?", values=(first,))
            return Owner(person[0].coder, label, id, first, "", texts, rows, files)
        content, texts = self._merged(label, counting, away)
        return Owner(person[0].coder, label, id, 0, content, texts, rows, files)

    def _tell_times(self, label: str, person: list[Candidate], counting: list[Candidate]) -> None:
        names = sorted({one.coder for one in person})
        if len(names) > 1:
            self.sentences.append(
                f"{label} handed in under several code names: {', '.join(names)}."
            )
        less = [f"“{shown(one.file, 80)}”" for one in person if one not in counting]
        less[_LISTED:] = [f"{len(less) - _LISTED:,} more"] * (len(less) > _LISTED)
        inside = f" All acts in {', '.join(less)} are in what counts." if less else ""
        if len(counting) > 1:
            parts = [f"“{shown(one.file, 80)}” ({counted(one.operations, 'act')})"
                     for one in counting[:_LISTED]]  # fmt: skip
            self.sentences.append(
                f"{label} handed in {len(person)} times, and no hand-in holds everything. They "
                f"were put together act by act: {', '.join(parts)}.{inside}"
            )
        elif len(person) > 1:
            self.sentences.append(
                f"{label} handed in {len(person)} times. The hand-in with the most acts "
                f"counts: “{shown(counting[0].file)}”.{inside}"
            )

    def _tell_foreign(
        self, label: str, person: list[Candidate], counting: list[Candidate]
    ) -> dict[str, Ranges]:
        """Say which acts are somebody else's; return those that count in another hand-in."""
        own, away = {one.learner for one in person}, {}
        for id, shown_acts in sorted(_acts_by_author(counting).items()):
            if not id or id in own:
                continue
            there = self._held_by(id)
            held = sum(acts.holds(there, act) for act in shown_acts)
            if held:
                away[id] = there
                self.sentences.append(
                    f"{label} holds {held} tags and answers of the learner who handed in "
                    f"“{shown(self._own[id])}”. There they count, and not for {label}."
                )
            if held < len(shown_acts):
                self._shared[id][label] = len(shown_acts) - held
        return away

    def _held_by(self, learner: str) -> Ranges:
        """Find which of a learner's acts are in this learner's own hand-ins."""
        if learner not in self._own:
            return {}
        rows = self._table.rows("sheet", "file", where="learner = ?", values=(learner,))
        sheets = (read_text(text, file, self._known) for text, file in rows)
        return acts.joined(acts_of(sheet).held for sheet in sheets)

    def _merged(
        self, label: str, counting: list[Candidate], away: dict[str, Ranges]
    ) -> tuple[str, str]:
        """Put hand-ins together; give the content of the class file's line, and the texts."""
        parts = [acts.without(acts_of(sheet), away) for sheet in self._sheets(counting)]
        together = put_together(parts)
        self._tell_differing(label, together, counting)
        responses, tags = self._columns(together)
        exact = acts.count(acts.joined(
            held for part in parts for held in part.of_learner.values()))  # fmt: skip
        operations = max(exact, *(one.operations for one in counting if not one.acts.exact), 0)
        operations = min(operations, FARTHEST)  # a stranger's ranges may add up to more
        content = {"operations": operations, "tags": tags, "responses": responses}
        line = compact_json(content)
        many = sum(len(columns["start"]) for columns in tags) > MOST_SPANS
        if len(counting) > 1 and (many or is_too_long(line)):
            what = f"more than {MOST_SPANS:,} tags" if many else "longer texts than can be read"
            self.sentences.append(
                f"{label} has {what} in all hand-ins together. Only those in "
                f"“{shown(counting[0].file)}” count."
            )
            return self._merged(label, counting[:1], away)
        return line, ",".join(str(columns["text"]) for columns in tags)

    def _columns(self, together: Together) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Give responses by item and tags as columns, as the class file has them."""
        responses, spans = {}, defaultdict(list)
        for (version, name), one in sorted(together.shown.items(), key=lambda row: row[0][1]):
            if version is None:
                responses[name] = one.content
            else:
                spans[version].append(one.content)
        numbered = ((self._number(version), version, rows) for version, rows in spans.items())
        return responses, [
            {"text": number} | tag_columns(rows, version, self._known)[0]
            for number, version, rows in numbered
            if number is not None
        ]

    def _sheets(self, counting: list[Candidate]) -> Iterator[CheckedHandIn]:
        for one in counting:
            ((text,),) = self._table.rows("sheet", where="place = ?", values=(one.row,))
            yield read_text(text, one.file, self._known)

    def _tell_differing(self, label: str, together: Together, counting: list[Candidate]) -> None:
        items = {name: places for (text, name), places in together.differing.items() if not text}
        tags = len(together.differing) - len(items)
        said = [f"{name} (the one in “{shown(counting[places[0]].file, 60)}” counts)"
                for name, places in list(items.items())[:_ITEMS]]  # fmt: skip
        said += [f"{len(items) - _ITEMS} more"] * (len(items) > _ITEMS)
        said += [counted(tags, "tag")] * (tags > 0)
        if said:
            files = ", ".join(f"“{shown(one.file, 60)}”" for one in counting[:_ITEMS])
            self.sentences.append(
                f"{label} answered differently in {files}, and the later answer counts: "
                f"{'; '.join(said)}."
            )


def _named(people: list[tuple[str, str]]) -> str:
    """List people with a file of each."""
    named = [f"{label} (“{shown(file, 80)}”)" for label, file in people[:_LISTED]]
    more = f" and {len(people) - _LISTED:,} more (see the key file)"
    return f"{', '.join(named)}{more if len(people) > _LISTED else ''}"


def _is_covered(one: Candidate, place: int, person: list[Candidate]) -> bool:
    """Tell whether another hand-in holds all of this one; of equal ones the first counts."""
    return any(
        covers(other, one) and (n < place or not covers(one, other))
        for n, other in enumerate(person)
        if n != place
    )


def _acts_by_author(counting: list[Candidate]) -> dict[str, set[str]]:
    """Find the acts that hand-ins show, by the learner id under which they were recorded."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one in counting:
        for target, id in one.acts.authors().items():
            found[id].add(one.acts.shown[target].act)
    return found


def _by_holders(shared: dict[str, dict[str, int]]) -> list[dict[str, int]]:
    """Add up what the same people hold: one file can name a thousand learners."""
    together: dict[tuple[str, ...], Counter[str]] = {}
    for held in shared.values():
        together.setdefault(tuple(sorted(held)), Counter()).update(held)
    return [dict(held) for held in together.values()]


def _of_one_folder(held: dict[str, int]) -> str:
    """Say who holds the acts that were done before a folder was copied."""
    names = [f"{label} ({number})" for label, number in sorted(held.items())]
    more = f" and {len(names) - _LISTED:,} more" if len(names) > _LISTED else ""
    return (
        "Tags and answers that were made before a work folder was copied are in the hand-ins of "
        f"{', '.join(names[:_LISTED])}{more}. They count there, because nobody handed in what was "
        "copied. Ask whose they are if that may be somebody else."
    )


def _joined_names(table: WaitingRows) -> dict[str, list[str]]:
    """Map each code name that shares a learner id with others to all of these names, sorted."""
    joined: dict[str, list[str]] = {}
    rows = table.rows("learner", "coder", where="learner <> ''")
    for _, group in groupby(rows, key=lambda row: row[0]):
        names = {name for _, coder in group for name in joined.get(coder, [coder])}
        if 1 < len(names) <= MOST_NAMESAKES:
            joined |= dict.fromkeys(names, sorted(names))
    return joined
