"""What the buttons of the class desk do: from a folder of hand-ins to marks in the grade sheet.

Each button does what one command in a terminal does, and says how it went. Files of a class go
into its folder in the work folder; only a filled grade sheet lies beside the sheet it was made of.
"""

import base64
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framingkit.base import Tabled, disk, read_cells, shown, state_of
from framingkit.course import load_outlines
from framingkit.errors import FramingkitError
from framingkit.hand_ins import REFUSED, Nearby, look_around, sample_hand_ins
from framingkit.notebook.classroom import (
    GRADES,
    MARKED,
    REPORT,
    WRITTEN,
    Classroom,
    collected,
    open_class,
    show_map_style,
)
from framingkit.notebook.uploads import Uploads
from framingkit.reports import (
    Given,
    MarkingTable,
    Wanted,
    day_words,
    filled_path,
    grade,
    make_report,
    merge_marks,
    preview_grades,
    read_expected,
    return_grades,
    write_report,
    write_sheets,
)
from framingkit.work import work_folder

if TYPE_CHECKING:
    from framingkit.widgets import ClassDesk

WITHOUT_NAMES = "report-without-names.html"
SHEETS, PACKED, UPLOADED = "sheets", "sheets.zip", "uploads"
_SAMPLES = {"sample": False, "sample-after": True}
_LARGEST = 200_000_000
_DOWNLOADS = "Downloads"

Answer = dict[str, Any]


def class_desk(folder: str | Path = "") -> "ClassDesk":
    """Show the class desk: choose hand-ins, see the class, report, mark, and return marks.

    Parameters
    ----------
    folder
        Where to look for hand-ins first; by default beside the notebook.
    """
    from framingkit.widgets import ClassDesk

    return ClassDesk(Desk(Path(folder) if folder else Path.cwd()))


class Desk:
    """A teacher's desk: the hand-ins that are at hand, and the class that was chosen.

    Parameters
    ----------
    start
        Where to look for hand-ins first.
    """

    def __init__(self, start: Path) -> None:
        self._start = self._folder = start.resolve()
        self._uploads = Uploads(work_folder() / UPLOADED)
        self._offers: dict[str, Path] = {}
        self._tables: dict[str, Path] = {}
        self._place: Answer = {}
        self._room: Classroom | None = None
        self._expected: Path | None = None
        self._table: MarkingTable | None = None
        self._filled: Path | None = None
        self._done: Answer = {}

    def open_class(self) -> Classroom:
        """Open the class that was chosen, or the sample class, as `collect_class` does."""
        show_map_style()
        return self._room or open_class(sample_hand_ins())

    def state(self) -> Answer:
        """Give all that the desk shows."""
        if not self._place:
            self.look({})
        lessons = [[one.number, f"Lesson {one.number}: {one.name}"] for one in load_outlines()]
        seen = {"place": self._place, "class": self._about(), "lessons": lessons}
        return seen | {"marking": self._marking()} | self._done

    # step 1: choose

    def look(self, wish: Answer) -> Answer:
        """Look around in the folder that is named, or again in this one."""
        to = wish.get("to")
        inner = {path.name: path for path in self._folders()} if to else {}
        known = {"..": self._folder.parent, "start": self._start, "downloads": _downloads()}
        goes = (known | inner).get(str(to), self._folder)
        nearby = self._nearby(goes)
        self._folder, sent = goes, self._sent()
        offers = [*nearby.offers, *sent.offers]
        self._offers = {f"{place}": offer.path for place, offer in enumerate(offers)}
        tables = [*nearby.tables, *sent.tables]
        self._tables = {f"{place}": path for place, path in enumerate(tables)}
        self._place = {
            "name": shown(goes.name or str(goes), 80), "up": goes.parent != goes,
            "start": goes != self._start,
            "downloads": _downloads().is_dir() and goes != _downloads(),
            "folders": [path.name for path in nearby.folders],
            "offers": [
                [key, shown(offer.path.name, 80), offer.is_zip, offer.count]
                for key, offer in zip(self._offers, offers, strict=True)
            ],
            "tables": [[key, shown(path.name, 80)] for key, path in self._tables.items()],
        }  # fmt: skip
        return {}

    def _folders(self) -> Iterable[Path]:
        return self._nearby(self._folder).folders

    def _nearby(self, folder: Path) -> Nearby:
        # a link to the folder of a server may lie beside the notebook; hand-ins have none
        ours = folder in (self._start, *self._start.parents, _downloads())
        return look_around(folder, work_folder(), links=ours)

    def _sent(self) -> Nearby:
        folder = self._uploads.folder
        return look_around(folder) if folder.is_dir() else Nearby((), (), ())

    def upload(self, wish: Answer) -> Answer:
        """Take in a part of a file; with the last one, all files are written."""
        if wish.get("first"):
            self._uploads.begin()
        self._uploads.add(wish.get("name"), wish.get("data"))
        if not wish.get("last"):
            return {}
        return {"said": self._uploads.write()} | self.look({})

    # step 2: the class

    def collect(self, wish: Answer) -> Answer:
        """Collect the class that was chosen, with the list of who should hand in."""
        source, expected = self._source(wish.get("offer")), wish.get("expected")
        table = self._known(self._tables, expected) if expected else None
        room = open_class(source)
        if table:
            about = make_report(room.collection.class_file, expected=read_expected(table))
            room = Classroom(room.collection, about)
        self._room, self._expected, self._table = room, table, None
        self._done, self._filled = {}, None
        return {}

    def _source(self, key: Any) -> Path:
        if key in _SAMPLES:
            return sample_hand_ins(after=_SAMPLES[key])
        return self._known(self._offers, key)

    @staticmethod
    def _known(paths: dict[str, Path], key: Any) -> Path:
        if str(key) not in paths:
            raise FramingkitError("Choose one of the list first.")
        return paths[str(key)]

    def _chosen(self) -> Classroom:
        if self._room is None:
            raise FramingkitError("Choose the hand-ins of a class first.")
        return self._room

    def _about(self) -> Answer | None:
        """Say who handed in, what was refused, and who is missing."""
        if self._room is None:
            return None
        about, sentences = self._room.about, self._room.collection.sentences
        tables = [one for one in sentences if isinstance(one, Tabled)]
        refused = [row for one in tables if one.heading == REFUSED for row in one.rows]
        missing = list(about.expected.missing) if about.expected else []
        return {
            "name": shown(self._room.folder.name, 80),
            "learners": about.learners, "hand_ins": about.hand_ins,
            "refused": refused[:200], "many_refused": len(refused),
            "said": [one for one in sentences if one not in tables][:50],
            "names": list(about.names), "missing": missing[:500],
            "expected": about.expected is not None,
            "lesson": about.front.scope.title,
            "number": about.front.scope.id[:2] if about.front.scope.outline else "",
        }  # fmt: skip

    # step 3: the report

    def report(self, wish: Answer) -> Answer:
        """Write the report."""
        room, before = self._chosen(), wish.get("before")
        earlier = None
        if before:
            source = self._source(before)
            earlier = collected(source, f"{room.folder.name}-before").class_file.path
        names = wish.get("names") is not False
        path = room.folder / (REPORT if names else WITHOUT_NAMES)
        said = write_report(
            room.collection.class_file.path, path, earlier, None,
            lesson=str(wish.get("lesson") or ""), expected=self._expected, names=names,
        )  # fmt: skip
        self._done["report"] = {"said": [said], "name": path.name}
        return {}

    # step 4: marks

    def score(self, _wish: Answer) -> Answer:
        """Score what can be scored, and list written answers; marks that are there stay."""
        room = self._chosen()
        scores, written = room.folder / GRADES, room.folder / WRITTEN
        said = grade(room.collection.class_file.path, scores, written)
        try:
            self._table = MarkingTable(written)
        except FramingkitError as error:  # such as too many answers: a spreadsheet remains
            said.append(str(error))
        self._done["scored"] = {"said": _shown(said)}
        return {}

    def _marking(self) -> Answer | None:
        if self._table is None:
            return None
        return {
            "room": self._chosen().folder.name,
            "questions": [
                [one.item, one.prompt, list(one.rubric), one.answers, one.done]
                for one in self._table.questions()
            ],
        }

    def answers(self, wish: Answer) -> Answer:
        """Give the answers to a question, without names."""
        if self._table is None:
            raise FramingkitError("Score the class first.")
        said = self._table.refresh()
        answers = [
            [one.person, one.text, one.given.mark, one.given.comment, one.note]
            for one in self._table.answers(str(wish.get("item")))
        ]
        return {"item": wish.get("item"), "answers": answers, "said": said}

    def mark(self, target: str, response: Answer) -> list[str]:
        """Save a mark and a comment; `target` names the class, the question and the person."""
        name, _, rest = target.partition("/")
        item, _, person = rest.partition("/")
        given, seen = (
            Given(str(one.get("mark", "")), str(one.get("comment", "")).strip())
            for one in (response, response.get("seen") or {})
        )
        return self._table_of(name).put(item, person, given, seen)

    def _table_of(self, name: str) -> MarkingTable:
        """Find the table of a class: what a browser kept may be of one that was chosen before."""
        if self._table and name == self._chosen().folder.name:
            return self._table
        path = work_folder() / name / WRITTEN
        if path.parent.parent != work_folder() or name == ".." or not disk.size(path):
            raise FramingkitError(f"There is no class “{shown(name, 80)}” to mark any more.")
        return MarkingTable(path)

    def finish(self, wish: Answer) -> Answer:
        """Add the marks to the scores, and make a sheet of feedback for each learner."""
        room, lesson = self._chosen(), str(wish.get("lesson") or "")
        said = self._merge(room)
        said += write_sheets(
            room.collection.class_file.path, room.folder / SHEETS, lesson,
            room.folder / MARKED, room.folder / WRITTEN, room.folder / PACKED,
            day=day_words(date.today()),
        )  # fmt: skip
        self._done["sheets"] = {"said": _shown(said), "name": PACKED}
        return {}

    def _merge(self, room: Classroom) -> list[str]:
        if "scored" not in self._done:
            raise FramingkitError("Score the class first.")
        found = self._table.refresh() if self._table else []
        return found + merge_marks(
            room.folder / GRADES, room.folder / WRITTEN, room.folder / MARKED
        )

    # step 5: return

    def sheet(self, wish: Answer) -> Answer:
        """Open a grade sheet, and name its columns."""
        path = self._known(self._tables, wish.get("sheet"))
        columns = [name for name in read_cells(path).columns if name]
        self._done["sheet"] = {"key": str(wish.get("sheet")), "columns": columns}
        self._done.pop("filled", None)
        return {}

    def preview(self, wish: Answer) -> Answer:
        """Say what would be filled."""
        path, wanted, scores = self._wanted(wish)
        file = self._chosen().collection.class_file.path
        return {"preview": _shown(preview_grades(path, file, wanted, scores))}

    def fill(self, wish: Answer) -> Answer:
        """Fill a copy of the grade sheet."""
        path, wanted, scores = self._wanted(wish)
        said = return_grades(path, self._chosen().collection.class_file.path, wanted, scores)
        target = filled_path(path)
        self._done["filled"] = {"said": _shown(said), "name": target.name}
        self._filled = target
        return {}

    def _wanted(self, wish: Answer) -> tuple[Path, Wanted, Path | None]:
        room, path = self._chosen(), self._known(self._tables, wish.get("sheet"))
        grade_column, comment, id_column, lesson = (
            str(wish.get(name) or "") for name in ("grade", "comment", "id", "lesson")
        )
        most = str(wish.get("out_of") or "")
        wanted = Wanted(
            grade_column, comment, id_column, lesson,
            float(most) if most.isdecimal() else None, wish.get("replace") is True,
        )  # fmt: skip
        if "scored" not in self._done:
            return path, wanted, None
        self._merge(room)
        return path, wanted, room.folder / MARKED

    def file(self, wish: Answer) -> Answer:
        """Give a browser one of the files that were made."""
        room = self._chosen()
        made = self._done.get("report", {}).get("name", REPORT)
        paths = {"report": room.folder / made, "sheets": room.folder / PACKED}
        if self._filled:
            paths["filled"] = self._filled
        path = paths.get(str(wish.get("what")))
        if path is None or not state_of(path):
            raise FramingkitError("This file is not made yet.")
        content = disk.read_bytes(path, _LARGEST)
        return {"name": path.name, "data": base64.b64encode(content).decode()}


def _downloads() -> Path:
    return Path.home() / _DOWNLOADS


def _shown(sentences: Iterable[str]) -> list[Any]:
    """Give sentences as they are, and tables cell by cell."""
    return [
        {"heading": one.heading, "columns": one.columns, "rows": one.rows}
        if isinstance(one, Tabled) and one.rows
        else one
        for one in sentences
    ]
