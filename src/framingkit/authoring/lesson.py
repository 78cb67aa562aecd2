"""A lesson and a workbook for a text, on the template of the kit."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Any

from framingkit.authoring.level import Level, level_of
from framingkit.base import counted, parse_toml, quoted, read_text
from framingkit.course import Codebook, Document, Section

_TEMPLATES = Path(__file__).with_name("templates")
_SPECIAL = re.compile(r"([\\`*_{}\[\]#|~$])")
_MINUTES = {"set-up": 2, "warm-up": 1, "voices": 7, "show": 6, "ending": 6, "talk": 5,
            "exit": 5}  # fmt: skip
_FRAMES, _OPTIONAL, _OWN = 6, 15, 5
_TAGGED_IN_A_MINUTE = 20  # words: reading them with the rules in mind
_SHOWN_CODES, _SHOWN_FRAMES = 3, 3
_LONGEST_NAME, _TOOLS_IN_A_CELL = 22, 3  # characters that the strip above a lesson has room for
_MORE = (
    "Go on with the next parts in the same way. Select words, choose a code by its rule, and leave "
    "plain words alone."
)


def in_markdown(text: str) -> str:
    r"""Write a stranger's words so that a notebook shows them as they are.

    Examples
    --------
    >>> in_markdown("A *thaw* <b>at last</b>?")
    'A \\*thaw\\* &lt;b&gt;at last&lt;/b&gt;?'
    """
    safe = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", safe)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a notebook to be; it is code if ``is_code``."""

    id: str
    tag: str
    source: str
    is_code: bool = False
    metadata: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """What is to be done with a text: which parts are tagged, and what else there is for it.

    ``own`` are the ids of the teacher's own questions.
    """

    number: str
    article: Document
    codebook: Codebook
    tagged: tuple[str, ...]
    own: tuple[str, ...] = ()

    @property
    def lesson(self) -> str:
        """The id of the lesson."""
        return f"{self.number}-{self.article.id}"

    @property
    def level(self) -> Level:
        """How long the text is, and how hard."""
        return level_of(self.article.text, len(self.article.sentences()))

    def words_of(self, section: Section) -> int:
        """Count the words of a section."""
        return len(self.article.text_of(section.id).split())

    @property
    def parts(self) -> list[Section]:
        """All sections with a text, without the headline if there is more."""
        rest = [section for section in self.article.sections if section.id != "headline"]
        return rest or list(self.article.sections)

    @property
    def to_tag(self) -> list[Section]:
        """The sections that are tagged in the lesson."""
        return [section for section in self.parts if section.id in self.tagged] or self.parts[:1]

    @property
    def other(self) -> Section:
        """The section that is tagged in the workbook: the longest that the lesson leaves over."""
        rest = [section for section in self.parts if section not in self.to_tag]
        return max(rest or self.to_tag, key=self.words_of)

    @property
    def framed(self) -> Section:
        """The section whose frame is asked for: the longest that is tagged."""
        return max(self.to_tag, key=self.words_of)

    def test_codes(self, skip: int = 0) -> list[str]:
        """Choose the codes of a quick test: four core codes that have a near miss."""
        known = [code.id for code in self.codebook.core if code.near_miss and code.near_miss_why]
        return known[skip : skip + 4]

    @property
    def minutes(self) -> dict[str, int]:
        """How long each part takes."""
        words = sum(map(self.words_of, self.to_tag))
        return _MINUTES | {
            "passage": self.level.minutes,
            "rules": 3 + 3 * bool(self.test_codes()),
            "tagging": min(25, max(5, -(-words // _TAGGED_IN_A_MINUTE))),
            "frames": _FRAMES * bool(self.codebook.frames),
        }


def _values(plan: Plan) -> dict[str, str]:
    """Give every word that a template may ask for."""
    core = plan.codebook.core[:_SHOWN_CODES]
    return _text_values(plan) | _time_values(plan) | {
        "lesson": plan.lesson, "number": plan.number,
        "codes": ", ".join(f'"{code.id}"' for code in core),
        "codes_shown": f"{counted(len(core), 'code')} of the codebook",
        "frames": ", ".join(f'"{one.id}"' for one in plan.codebook.frames[:_SHOWN_FRAMES]),
        "own": ", ".join(f'"{id}"' for id in plan.own),
    }  # fmt: skip


def _text_values(plan: Plan) -> dict[str, str]:
    article = plan.article
    name = article.title.partition(": ")[0].strip(":?!. ") or "This text"
    if len(name) > _LONGEST_NAME:
        name = name[:_LONGEST_NAME].rsplit(" ", 1)[0] + " …"
    tagged = [quoted(in_markdown(section.title)) for section in plan.to_tag]
    first, framed, other = plan.to_tag[0], plan.framed, plan.other
    return {
        "id": article.id, "title": in_markdown(article.title), "name": in_markdown(name),
        "source": in_markdown(article.source), "date": in_markdown(_date(article.date)),
        "rights": in_markdown(article.rights.rstrip(".")),
        "language_note": _language_note(article.language), "tagged_names": _listed(tagged),
        "first": first.id, "first_name": in_markdown(first.title),
        "framed": framed.id, "framed_name": in_markdown(framed.title),
        "other": other.id, "other_name": in_markdown(other.title),
        "ending_name": in_markdown(article.sections[-1].title),
    }  # fmt: skip


def _time_values(plan: Plan) -> dict[str, str]:
    minutes = plan.minutes
    total = sum(minutes.values())
    reading = minutes["passage"] + minutes["set-up"]
    return {
        "minutes": str(total), "read": str(reading), "do": str(total - reading - minutes["talk"]),
        "optional": str(_OPTIONAL + _OWN * bool(plan.own)),
        "passage": _about(minutes["passage"]), "rules": _about(minutes["rules"]),
        "tagging": _about(minutes["tagging"] + minutes["voices"]),
    }  # fmt: skip


def _about(minutes: int) -> str:
    return counted(minutes, "minute")


def _date(date: str) -> str:
    return "date unknown" if date.casefold() == "unknown" else date


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _language_note(language: str) -> str:
    if language.casefold().startswith("en"):
        return ""
    return (
        "\nThe text is not in English. The rules of the codebook were written for English: where a "
        "rule does not fit the language, say so in a note.\n"
    )


def _there(plan: Plan) -> dict[str, bool]:
    """Say what the text and the codebook have something for."""
    return {
        "": True, "test": bool(plan.test_codes()), "test2": bool(plan.test_codes(4)),
        "frames": bool(plan.codebook.frames), "own": bool(plan.own),
    }  # fmt: skip


def lesson_cells(plan: Plan) -> list[Cell]:
    """Make the cells of the lesson."""
    return list(_cells("lesson.toml", plan))


def workbook_cells(plan: Plan) -> list[Cell]:
    """Make the cells of the workbook."""
    return list(_cells("workbook.toml", plan))


def _cells(template: str, plan: Plan) -> list[Cell]:
    values, there = _values(plan), _there(plan)
    file = parse_toml(read_text(_TEMPLATES / template), template)
    exercises = {row["key"]: row for row in exercise_rows(plan)}
    values["minutes"] = (
        str(sum(row["minutes"] for row in exercises.values()))
        if template == "workbook.toml"
        else values["minutes"]
    )
    made: list[Cell] = []
    for cell in file.fields["cell"]:
        if cell["id"] == "hand-in" and template == "workbook.toml":
            for row in exercises.values():
                made += _exercise_cells(row, values)
        if there[cell.get("needs", "")]:
            made += _filled(cell, values, plan)
    return made


def _filled(cell: Mapping[str, Any], values: dict[str, str], plan: Plan) -> list[Cell]:
    """Fill a cell in; one that is for each tagged part becomes cells of a few tools."""
    metadata = {"jp-MarkdownHeadingCollapsed": True} if cell.get("folded") else {}
    is_code = "code" in cell
    source = (cell["code"] if is_code else cell["words"]).strip("\n")
    if cell.get("for_each") != "tagged":
        filled = Template(source).substitute(values)
        return [Cell(cell["id"], cell["tag"], filled, is_code, metadata)]
    lines = [Template(source).substitute(values, section=one.id) for one in plan.to_tag]
    made = []
    for number, group in enumerate(batched(lines, _TOOLS_IN_A_CELL), start=1):
        more = f"-{number}" * (number > 1)
        made += [Cell(f"{cell['id']}-more{more}", cell["tag"], _MORE)] * (number > 1)
        made.append(Cell(f"{cell['id']}{more}", cell["tag"], "\n".join(group), True))
    return made


def batched(lines: Sequence[str], most: int) -> list[Sequence[str]]:
    """Cut a list into pieces of at most this many."""
    return [lines[start : start + most] for start in range(0, len(lines), most)]


def exercise_rows(plan: Plan) -> list[dict[str, Any]]:
    """List the exercises of the workbook, each with its number."""
    values, there = _values(plan), _there(plan)
    file = parse_toml(read_text(_TEMPLATES / "workbook.toml"), "workbook.toml")
    rows = [row for row in file.fields["exercise"] if there[row.get("needs", "")]]
    made = []
    for place, row in enumerate(rows, start=1):
        filled = {
            name: Template(value).substitute(values) if isinstance(value, str) else value
            for name, value in row.items()
        }
        filled["items"] = [Template(id).substitute(values) for id in row.get("items", ())]
        made.append(filled | {"number": f"{int(plan.number)}.{place}"})
    return made


def _exercise_cells(row: Mapping[str, Any], values: dict[str, str]) -> list[Cell]:
    name = row["number"].replace(".", "-")
    grader = {
        "grade": row["marking"] == "rubric", "grade_id": f"answer-{name}", "locked": False,
        "schema_version": 3, "solution": True, "task": False,
    } | ({"points": 3} if row["marking"] == "rubric" else {})  # fmt: skip
    heading = f"## Exercise {row['number']}: {row['title']} (about {_about(row['minutes'])})"
    return [
        Cell(f"exercise-{name}", "exercise", f"{heading}\n\n{row['words']}"),
        Cell(f"tool-{name}", "tool", row["tool"], True),
        Cell(f"answer-{name}", "answer", "answer = ...", True, {"nbgrader": grader}),
        Cell(f"check-{name}", "check", f'lesson.check("{row["number"]}", answer)', True),
    ]
