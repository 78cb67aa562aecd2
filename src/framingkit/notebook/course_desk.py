"""What the buttons of a teacher's desk do: from an article to a lesson that is ready.

Each button does what one command does. What has been typed stays on the page when something is in
the way.
"""

import base64
import binascii
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framingkit.authoring import (
    ABOUT,
    Asked,
    CourseFolder,
    begin,
    check_course,
    folder_named,
    make_lesson,
    pack_course,
    run_again,
    table_of,
    with_about,
)
from framingkit.base import read_text, write_atomic
from framingkit.course import COURSE_FILE, read_course
from framingkit.errors import FramingkitError
from framingkit.notebook.course_reading import ReadingForm
from framingkit.work import work_folder

if TYPE_CHECKING:
    from framingkit.widgets import CourseDesk

Part = dict[str, Any]
_LINE = "-------- The text begins below this line. --------"
_ASKED = {
    "title": ("Title", "As the article has it."),
    "source": ("Who published it, and where", "A name and an address."),
    "date": ("Date", "When it was published; or: unknown."),
    "language": ("Language", "Such as: en."),
    "rights": ("Licence or ground", "Its licence, or on what ground you use it; or: unknown."),
}
_SIGNS = (
    "“==” begins a part whose name is not in the text, “##” one whose name is a heading of the "
    "text. A star after the name: learners tag this part. “??” is left out: take the sign away to "
    "keep the line."
)
_MADE = (
    "The lesson and its workbook are made. Open the lesson, choose Run All Cells in the menu Run, "
    "and tag the text as your learners will. Write the reason for each tag into its note. Then "
    "come back for the next step."
)
_NEW = "a new course"


def make_course(folder: str | Path | None = None) -> "CourseDesk":
    """Show a desk with buttons at which a lesson is made from an article.

    Parameters
    ----------
    folder
        Where courses lie; by default beside the folder of these notebooks.
    """
    from framingkit.base import PASSAGE_STYLE, WIDGET_TOKENS
    from framingkit.widgets import CourseDesk, show_style

    show_style(f"{WIDGET_TOKENS}\n{PASSAGE_STYLE}")
    return CourseDesk(Desk(Path(folder) if folder else work_folder().parent))


class Desk:
    """Where a teacher is on the way, and what was found so far."""

    names: tuple[str, ...] = (
        "The text", "The preview", "The lesson", "Your reading", "Your questions", "The check",
    )  # fmt: skip

    def __init__(self, place: Path) -> None:
        self.place = place
        self.step = 0
        self.folder: Path | None = None
        self.preview: Path | None = None
        self.says: dict[str, str] = {}
        self.article = ""
        self.rows: list[Any] = []
        self.form = ReadingForm()
        self.typed: dict[str, Any] = {}

    @property
    def course(self) -> Path:
        """The course at hand.

        Raises
        ------
        FramingkitError
            If there is none yet.
        """
        if self.folder is None or not (self.folder / COURSE_FILE).is_file():
            raise FramingkitError("There is no lesson yet. Begin with the first step.")
        return self.folder

    def page(self) -> dict[str, Any]:
        """Give what is on the page now."""
        pages = (
            self._text, self._preview, self._lesson, self.form.parts, self._questions, self._check,
        )  # fmt: skip
        title = f"Step {self.step + 1} of {len(self.names)}: {self.names[self.step]}"
        parts = [*pages[self.step](), self._ways()]
        return {"title": title, "step": self.step, "parts": parts}

    def act(self, name: str, values: dict[str, Any]) -> list[str]:
        """Do what a button says."""
        acts: dict[str, Callable[[], list[str]]] = {
            "read": self._read, "open": self._open, "make": self._make, "again": self._make_again,
            "take": self._take, "save": self._save, "ask": self._ask, "check": self._look,
            "pack": self._pack,
        }  # fmt: skip
        self.typed = values
        if name.startswith("step-") and name[5:] in "012345":
            self.step = int(name[5:])
            return []
        if name not in acts:
            raise FramingkitError("This button is not known. Run the cell again.")
        return acts[name]()

    def _said(self, name: str) -> str:
        value = self.typed.get(name)
        return value if isinstance(value, str) else ""

    # -- the pages -----------------------------------------------------------------------------

    def _ways(self) -> Part:
        """Offer the steps on both sides."""
        last = len(self.names) - 1 if self.folder and self.article else min(self.step, 1)
        ways = [
            {"kind": "button", "act": f"step-{step}", "text": f"{word}: {self.names[step]}"}
            for word, step in (("Back", self.step - 1), ("On", self.step + 1))
            if 0 <= step <= last
        ]
        return {"kind": "row", "parts": ways}

    def _courses(self) -> list[str]:
        return sorted(path.parent.name for path in self.place.glob(f"*/{COURSE_FILE}"))

    def _text(self) -> list[Part]:
        there = self._courses()
        known: list[Part] = [
            {"kind": "menu", "name": "course", "text": "Your course",
             "value": there[0] if there else "", "options": [[one, one] for one in [*there, _NEW]]},
            {"kind": "row", "parts": [
                {"kind": "button", "act": "open", "text": "Go on with this course"}]},
        ]  # fmt: skip
        return [
            *(known if there else []),
            {"kind": "field", "name": "name", "text": "Name of a new course", "value":
             self._said("name"), "hint": "It becomes a folder, such as my-course."},
            {"kind": "file", "name": "file", "text": "The article",
             "accept": ".html,.htm,.txt,.md,.docx",
             "hint": "A saved page (HTML only), a plain text, Markdown or a Word file."},
            {"kind": "area", "name": "pasted", "text": "Or paste it here", "rows": 6,
             "value": self._said("pasted"), "hint": "The first line is its title."},
            {"kind": "row", "parts": [
                {"kind": "button", "act": "read", "text": "Show the preview", "main": True}]},
        ]  # fmt: skip

    def _preview(self) -> list[Part]:
        if self.preview is None:
            return [{"kind": "words", "text": "Begin with the text."}]
        draft = begin(self.preview, self.place, {}).draft
        fields = []
        for name, (text, hint) in _ASKED.items():
            says = f" The page says: {self.says[name]}." if self.says.get(name) else ""
            value = self._said(name) or draft.about[name]
            fields.append({"kind": "field", "name": name, "text": text, "value": value,
                           "hint": hint + says})  # fmt: skip
        text = read_text(self.preview).partition(_LINE)[2].strip("\n")
        return [
            *fields,
            {"kind": "area", "name": "text", "text": "The text", "rows": 22,
             "value": self._said("text") or text, "hint": _SIGNS},
            {"kind": "row", "parts": [
                {"kind": "button", "act": "make", "text": "Make the lesson", "main": True},
                {"kind": "button", "act": "again", "text": "Make it again, in its place"},
            ]},
        ]  # fmt: skip

    def _lesson(self) -> list[Part]:
        names = [str(path.relative_to(self.place).as_posix())
                 for path in CourseFolder(self.course).notebooks(self._lesson_id)]  # fmt: skip
        return [
            {"kind": "words", "text": _MADE},
            *({"kind": "link", "text": f"Open {name}", "path": name} for name in names),
        ]  # fmt: skip

    @property
    def _lesson_id(self) -> str:
        return CourseFolder(self.course).lesson_of(self.article)

    def _questions(self) -> list[Part]:
        rows = [
            {"kind": "group", "text": f"Answer {letter}", "parts": [
                {"kind": "field", "name": f"answer-{letter}", "text": "Answer", "value":
                 self._said(f"answer-{letter}")},
                {"kind": "field", "name": f"reason-{letter}", "text": "Why it is, or is not, the "
                 "better answer", "value": self._said(f"reason-{letter}")},
                {"kind": "tick", "name": f"right-{letter}", "text": "This one is right",
                 "value": self.typed.get(f"right-{letter}") is True},
            ]}
            for letter in "abcd"
        ]  # fmt: skip
        return [
            {"kind": "words", "text": "A question about this text alone. Without answers, it is a "
             "question with a text field."},
            {"kind": "area", "name": "prompt", "text": "The question",
             "value": self._said("prompt")},
            *rows,
            {"kind": "row", "parts": [
                {"kind": "button", "act": "ask", "text": "Add the question", "main": True}]},
        ]  # fmt: skip

    def _check(self) -> list[Part]:
        table = [[row.state, row.what, row.says] for row in self.rows]
        shown = {"kind": "table", "text": table_of(self.rows)[-1] if table else "",
                 "columns": ["", "What", "What was found"], "rows": table}  # fmt: skip
        return [
            {"kind": "words", "text": "The check looks at every part of your course, and runs its "
             "notebooks. “look” is a hint; “wrong” has to be put right."},
            *([shown] if table else []),
            {"kind": "row", "parts": [
                {"kind": "button", "act": "check", "text": "Check the course", "main": True},
                {"kind": "button", "act": "pack", "text": "Pack it for learners"},
            ]},
        ]  # fmt: skip

    # -- what the buttons do -------------------------------------------------------------------

    def _read(self) -> list[str]:
        chosen = self._said("course")
        if chosen in self._courses():
            self.folder = self.place / chosen
        else:
            self.folder = folder_named(self.place, self._said("name"))
        source = self._source(CourseFolder(self.folder))
        found = begin(source, self.folder, {}, fresh=True)
        self.preview, self.says, self.step, self.typed = found.path, found.draft.says, 1, {}
        return list(found.sentences)

    def _source(self, course: CourseFolder) -> Path:
        """Keep what was sent or pasted, beside the preview that is made of it."""
        file, pasted = self.typed.get("file"), self._said("pasted")
        if isinstance(file, dict) and isinstance(file.get("data"), str):
            name, content = Path(str(file.get("name"))).name, _bytes_of(file["data"])
        elif pasted.strip():
            name, content = "pasted.txt", pasted.encode()
        else:
            raise FramingkitError("There is no text yet. Choose a file, or paste the article.")
        path = course.for_teachers(f"sources/{name}")
        write_atomic(path, content)
        return path

    def _open(self) -> list[str]:
        chosen = self._said("course")
        if chosen not in self._courses():
            raise FramingkitError("Choose one of your courses, or begin a new one below.")
        self.folder = self.place / chosen
        self.article, self.step, self.typed = read_course(self.folder).article, 2, {}
        return [f"You go on with “{chosen}”."]

    def _make(self, again: bool = False) -> list[str]:
        if self.preview is None or self.folder is None:
            raise FramingkitError("Begin with the text.")
        about = {name: self._said(name) for name in ABOUT}
        head = read_text(self.preview).partition(_LINE)[0]
        text = with_about(f"{head}{_LINE}\n\n{self._said('text')}\n", about)
        write_atomic(self.preview, text.encode())
        made = make_lesson(begin(self.preview, self.folder, about).draft, self.folder, again=again)
        self.article, self.step, self.typed = made.lesson[3:], 2, {}
        return list(made.sentences)

    def _make_again(self) -> list[str]:
        return self._make(again=True)

    def _take(self) -> list[str]:
        return self.form.take(self.course, self.article)

    def _save(self) -> list[str]:
        said = self.form.save(self.course, self.article, self.typed)
        run_again(self.course, self.article)
        return said

    def _ask(self) -> list[str]:
        from framingkit.authoring import add_question

        answers = [
            (self._said(f"answer-{letter}"), self._said(f"reason-{letter}"),
             self.typed.get(f"right-{letter}") is True)
            for letter in "abcd"
        ]  # fmt: skip
        filled = tuple(answer for answer in answers if answer[0].strip())
        said = add_question(self.course, self.article, Asked(self._said("prompt"), filled))
        self.typed = {}
        return said

    def _look(self) -> list[str]:
        self.rows = check_course(self.course)
        return table_of(self.rows)[-1:]

    def _pack(self) -> list[str]:
        return pack_course(self.course, self.course.with_name(f"{self.course.name}.zip"))


def _bytes_of(data: str) -> bytes:
    try:
        return base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        raise FramingkitError("The file did not arrive whole. Choose it again.") from None
