"""Marks that people gave to written answers: added to the grades, compared between markers."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from framingkit.base import Cell, counted, header_line, read_table, read_text, replacing, table_line
from framingkit.errors import FramingkitError
from framingkit.reports.grades import MARKS, TABLE_LIMIT
from framingkit.reports.plan import CODE_NAME

Marks = dict[tuple[str, str], int]


def read_marks(path: str | Path) -> tuple[Marks, int]:
    """Read the marks of a table of written answers.

    Returns
    -------
    tuple of dict and int
        The mark for each question and code name, and how many answers have none yet.

    Raises
    ------
    FramingkitError
        If a mark is not a whole number from 0 to 3, or an answer appears twice.
    """
    path = Path(path)
    what = f"“{path.name}”"
    marks: Marks = {}
    seen = set()
    text = read_text(path, TABLE_LIMIT)
    for number, row in enumerate(read_table(text, what, ["item", CODE_NAME, "mark"]), start=1):
        item, coder, mark = row["item"], row[CODE_NAME], row["mark"].strip()
        if (item, coder) in seen:
            raise FramingkitError(f"{what} has the answer {item} of {coder} twice.")
        seen.add((item, coder))
        if mark:
            marks[item, coder] = _mark(mark, f"{what}, answer {number} ({coder})")
    return marks, len(seen) - len(marks)


def _mark(text: str, where: str) -> int:
    for mark in MARKS:
        if text in (str(mark), f"{mark}.0", f"{mark},0"):
            return mark
    raise FramingkitError(f"{where}: a mark is 0, 1, 2 or 3, but this is {text!r:.40}.")


@dataclass(frozen=True, slots=True)
class MarkerAgreement:
    """How far two markers agree.

    ``exact`` is the share of answers with the same mark. Where ``exact`` or ``kappa`` is None,
    ``reason`` says why it cannot be worked out.
    """

    both: int
    exact: float | None
    kappa: float | None
    reason: str

    @property
    def sentence(self) -> str:
        """Say it in one sentence."""
        if self.exact is None:
            return f"Agreement of the two markers: n/a, because {self.reason}."
        chance = f"n/a, because {self.reason}" if self.kappa is None else f"{self.kappa:.2f}"
        return (
            f"The two markers gave the same mark to {self.exact:.0%} of {self.both} answers; "
            f"Cohen's kappa is {chance}."
        )


def marker_agreement(first: Marks, second: Marks) -> MarkerAgreement:
    """Compare the marks that two people gave to the same answers.

    Examples
    --------
    >>> same = {("what-chess-hides", "mara"): 2, ("what-chess-hides", "amber"): 3}
    >>> marker_agreement(same, same).sentence
    "The two markers gave the same mark to 100% of 2 answers; Cohen's kappa is 1.00."
    """
    pairs = [(first[answer], second[answer]) for answer in first.keys() & second.keys()]
    if not pairs:
        return MarkerAgreement(0, None, None, "no answer was marked by both")
    size, same = len(pairs), sum(mark == other for mark, other in pairs)
    mine, theirs = (Counter(marks) for marks in zip(*pairs, strict=True))
    # Whole numbers until one division, so that the result does not depend on the order.
    chance = sum(mine[mark] * theirs[mark] for mark in MARKS)
    if chance == size * size:
        reason = "both gave the same single mark throughout"
        return MarkerAgreement(size, same / size, None, reason)
    kappa = (same * size - chance) / (size * size - chance)
    return MarkerAgreement(size, same / size, kappa, "")


def merge_marks(
    grades: str | Path, written: str | Path, target: str | Path, second: str | Path | None = None
) -> list[str]:
    """Add marks to a table of grades; return sentences about what was done.

    Parameters
    ----------
    grades
        The table of scores.
    written
        The table of written answers, with marks.
    target
        The table to write: the grades, a column for each question, and the sum of the marks.
    second
        The same answers as another person marked them: the mean of both counts.

    Raises
    ------
    FramingkitError
        If a table is damaged or cannot be written.
    """
    grades, written = Path(grades), Path(written)
    marks, unmarked = read_marks(written)
    have = "has" if len(marks) == 1 else "have"
    rest = "has" if unmarked == 1 else "have"
    sentences = [
        f"{written.name}: {counted(len(marks), 'answer')} {have} a mark, {unmarked:,} {rest} none "
        "yet."
    ]
    merged: dict[tuple[str, str], float] = dict(marks)
    if second is not None:
        others, _ = read_marks(second)
        sentences.append(marker_agreement(marks, others).sentence)
        merged |= {answer: (marks.get(answer, mark) + mark) / 2 for answer, mark in others.items()}
    coders = _write(grades, Path(target), merged)
    strangers = {coder for _, coder in merged} - coders
    if strangers:
        people = counted(len(strangers), "marked learner")
        sentences.append(f"{grades.name} has no row for {people}.")
    return sentences


def _write(grades: Path, target: Path, marks: dict[tuple[str, str], float]) -> set[str]:
    """Write the table; return the code names in it."""
    items = sorted({item for item, _ in marks})
    coders: set[str] = set()
    rows = read_table(read_text(grades, TABLE_LIMIT), f"“{grades.name}”", [CODE_NAME])
    with replacing(target) as file:
        for row in rows:
            if not coders:
                written = [f"{item}: mark" for item in items]
                file.write(header_line([*row, *written, "written_marks"]))
            own: list[Cell] = [marks.get((item, row[CODE_NAME])) for item in items]
            given = [mark for mark in own if isinstance(mark, int | float)]
            total = sum(given) if given else None
            file.write(table_line([*map(_number, row.values()), *own, total]))
            coders.add(row[CODE_NAME])
    return coders


def _number(text: str) -> Cell:
    """Keep a number a number, and everything else as it is: an id such as 007 is no number."""
    for kind in (int, float):
        try:
            if str(kind(text)) == text:
                return kind(text)
        except ValueError:
            continue
    return text
