"""Count for each part of a lesson what it takes: words to read, words to type, acts, minutes.

Usage, from the top folder of the kit::

    python tools/count_minutes.py          print all lessons and workbooks
    python tools/count_minutes.py 03       only those whose names begin so
    python tools/count_minutes.py --page   write the table of docs/instructor-guide/minutes.md

The method is that of ``docs/instructor-guide/minutes.md``: 180 words read in a minute, 25 typed,
5 seconds for a click, tag or choice; a quarter more for thinking. What no program can see, such as
how many words a learner tags in a text of their own, is in ``BY_HAND``.
"""

import html
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from framingkit import course
from framingkit.course import Item

KIT = Path(__file__).parents[1]
FILES = [*sorted(KIT.glob("notebooks/[0-9]*.ipynb"))]
FILES += sorted(KIT.glob("exercises/solutions/[0-9]*.ipynb"))
READ, TYPED, SECONDS, THINKING = 180, 25, 5, 1.25
REMARK = 15
"""Words of what the tagger says to one tag after a comparison."""


@dataclass(frozen=True, slots=True)
class Effort:
    """Words to read, words to type, and acts: clicks, tags and choices."""

    read: int = 0
    typed: int = 0
    acts: int = 0

    def __add__(self, other: "Effort") -> "Effort":
        """Put two efforts one after the other."""
        return Effort(self.read + other.read, self.typed + other.typed, self.acts + other.acts)

    @property
    def check_figure(self) -> float:
        """The minutes that reading, typing and acting take, without thinking."""
        return self.read / READ + self.typed / TYPED + self.acts * SECONDS / 60

    @property
    def minutes(self) -> int:
        """The minutes to write into a lesson: a quarter more, in whole minutes."""
        return max(1, round(self.check_figure * THINKING))


BY_HAND = {
    ("05", "First reading"): Effort(950, 0, 20),
    ("05", "Activity A"): Effort(900, 250, 60),
    ("05", "Optional"): Effort(500, 40, 30),
}
"""What a learner does with a text of their own: about 450 words, ten tags with reasons."""

PAGE = KIT / "docs" / "instructor-guide" / "minutes.md"
BEGIN, END = "<!-- counted -->", "<!-- end -->"
WHY = {
    "00, the article": "the ground rules come first",
    "00, stop and discuss": "talk: what is left",
    "01, stop and discuss": "talk: what is left",
    "02, stop and discuss": "talk: what is left",
    "03, stop and discuss": "talk: what is left",
    "04, stop and discuss": "talk: what is left",
    "03, activity A": "the passage is read a second time",
    "02, optional": "the whole article is at hand and read again in part",
    "03, optional": "the class map is walked through, word by word",
    "05, optional": "choosing, and frames of a text of one’s own",
    "2.2": "the passage is searched again",
    "2.3": "the passage is read again",
    "2.7": "planning two orders",
    "5.2": "part of the tags is there from lesson 05",
    "5.6": "planning",
    "5.9": "planning; the words of a whole memo",
}
"""Why the minutes of a part differ from the count by three or more."""

_ITEMS = {item.id: item for lesson in course.list_lessons() for item in course.load_items(lesson)}
_CORE = [code.id for code in course.load_codebook().core]
_OTHERS = {
    "hand_in(": Effort(0, 0, 2),
    "rewrite(": Effort(150, 20, 8),
    "class_map(": Effort(200, 0, 8),
    # a dozen of the marks is chosen, and what the line says of each is read
    "coverage(": Effort(360, 0, 12),
    # ten sentences with their replies; five are tagged, and each has its button to go on
    "practice(": Effort(350, 0, 25),
}
_READ_BELOW = (
    "read(", "code(", "source_notes(", "distance(", "chart(", "coverage_chart(", "count_words(",
)  # fmt: skip


def words(text: str) -> int:
    """Count the words of a text without its tags and addresses."""
    text = re.sub(r"\]\([^)]*\)", "]", re.sub(r"<[^>]+>|`[^`]*`", " ", text))
    return len(text.split())


def parts(path: Path) -> dict[str, Effort]:
    """Return the effort of each part of a lesson, by its heading."""
    heading, found = "", dict[str, Effort]()
    notebook: Any = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            named = re.search(r"^## (.+)$", cell.source, re.MULTILINE)
            heading = named[1] if named else heading
        found[heading] = found.get(heading, Effort()) + effort_of(cell)
    for (lesson, start), effort in BY_HAND.items():
        for name in found:
            own = path.name.startswith(lesson) and path.parent.name == "notebooks"
            if own and re.sub(r"^Part \w+\. ", "", name).startswith(start):
                found[name] += effort
    return found


def effort_of(cell: Any) -> Effort:
    """Return what one cell takes; what is folded away for those who type code is left out."""
    if cell.cell_type == "markdown":
        folded = r"<details>\s*<summary>[^<]*(?:[Cc]ode|tool)[^<]*</summary>.*?</details>"
        return Effort(words(re.sub(folded, "", cell.source, flags=re.DOTALL)))
    acts = re.findall(r"\.(\w+\()([^)]*)", cell.source.replace("fk.open_lesson(", ""))
    shown = Effort(_shown(cell)) if any(name in _READ_BELOW for name, _ in acts) else Effort()
    return sum((_effort_of_act(name, said) for name, said in acts), shown)


def _effort_of_act(name: str, said: str) -> Effort:
    asked = re.findall(r'"([\w-]+)"', said)
    if name == "tag(":
        return _tagging(said, asked)
    if name == "frames(":
        return _naming_frames(asked)
    if name == "ask(":
        return sum((_answering(_ITEMS[id]) for id in asked if id in _ITEMS), Effort())
    return _OTHERS.get(name, Effort())


def _shown(cell: Any) -> int:
    """Count the words that a cell shows."""
    total = 0
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        text = "".join(data.get("text/html") or data.get("text/plain") or "")
        text = re.sub(r"<(style|svg)\b.*?</\1>", "", text, flags=re.DOTALL)
        total += words(html.unescape(text))
    return total


def _answering(item: Item) -> Effort:
    """Return what a question takes: its words, its reply, and a possible answer."""
    right = [option for option in item.options if option.correct]
    read = [item.prompt, item.after, *(option.text for option in item.options)]
    read += [option.feedback for option in right]
    acts = {"choice": 2, "several": len(right) + 1, "order": len(item.options) + 1}
    effort = Effort(sum(map(words, read)), 0, acts.get(item.kind, 2) + item.confidence)
    if item.kind != "written":
        return effort
    shown = sum(map(words, (item.worked, item.dissent, *item.rubric)))
    return effort + Effort(shown, max(item.min_words, round(0.8 * words(item.worked))))


def _tagging(source: str, asked: list[str]) -> Effort:
    """Return what tagging a section takes: two acts for each clear entry, and the comparison."""
    named = re.search(r'document="([\w-]+)"', source)
    text = course.load_article(named[1]) if named else course.load_article()
    codes = [id for id in asked if any(id == code.id for code in course.load_codebook().devices)]
    section = next((section for section in text.sections if section.id in asked), None)
    if section is None:
        return Effort()
    tags = sum(
        entry.section == section.id
        and entry.status == "clear"
        and entry.span.label in (codes or _CORE)
        for entry in course.load_reference(text.id).spans
    )
    return Effort(words(text.text[section.start : section.end]) + REMARK * tags, 0, 3 * tags + 1)


def _naming_frames(asked: list[str]) -> Effort:
    """Return what a grid takes: the questions of its frames, two ticks each, the primary one."""
    frames = course.load_codebook().frames
    shown = [frame for frame in frames if frame.id in asked] or list(frames)
    read = sum(words(frame.definition) + sum(map(words, frame.indicators)) for frame in shown)
    return Effort(read + 60, 0, 2 * len(shown) + 2)


def name_of(path: Path, heading: str) -> str:
    """Name a part: the lesson, and the heading without its minutes."""
    place = f"workbook {path.name[:2]}" if path.parent.name == "solutions" else path.name[:2]
    title = re.sub(r"^Exercise ", "", re.sub(r" \(about .*\)$", "", heading))
    return title if title[:1].isdigit() else f"{place}, {title[:1].lower()}{title[1:]}"


def counted_parts() -> Iterator[tuple[str, Effort, int]]:
    """Give each part that has minutes: its name, its effort, and the minutes written there."""
    for path in FILES:
        for heading, effort in parts(path).items():
            written = re.search(r"\(about (\d+) minutes?", heading)
            if written:
                yield name_of(path, heading), effort, int(written[1])


def reason(name: str) -> str:
    """Say why the minutes of a part are not those that the count gives."""
    return next((why for start, why in WHY.items() if name.startswith(start)), "")


def table() -> str:
    """Write the table of the page on minutes."""
    rows = [
        f"| {name} | {effort.read:,} | {effort.typed} | {effort.acts} | "
        f"{effort.check_figure:.1f} | {written} | {reason(name)} |"
        for name, effort, written in counted_parts()
    ]
    header = ("Part", "Words to read", "Words to type", "Acts", "Check figure", "Written", "Why")
    return "\n".join([f"| {' | '.join(header)} |", "|---" * len(header) + "|", *rows])


def with_table(text: str) -> str:
    """Put the table into the page, between its two marks."""
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.split(END)[1]}"


def main(arguments: list[str]) -> int:
    """Print the check figure and the minutes of each part, or write the table."""
    if arguments == ["--page"]:
        text = with_table(PAGE.read_text(encoding="utf-8"))
        PAGE.write_text(text, encoding="utf-8", newline="\n")
        return 0
    for name, effort, written in counted_parts():
        if name.removeprefix("workbook ").startswith(tuple(arguments) or ("",)):
            figure = f"{effort.check_figure:5.1f} {effort.minutes:3} written {written:3}"
            count = f"{effort.read:5} read {effort.typed:4} typed {effort.acts:3} acts"
            print(f"{figure}  {count}  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
