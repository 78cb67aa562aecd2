"""From hand-ins to scores: framingkit beside nbgrader, and framingkit with many learners.

    python bench/classroom.py nbgrader BIN     the 30 sample learners; BIN holds nbgrader's program
    python bench/classroom.py many 30 10000 100000

nbgrader needs an environment of its own: `python -m venv FOLDER`, then
`FOLDER/bin/pip install -r bench/requirements-nbgrader.txt`, and BIN is `FOLDER/bin`.

All are measured as commands: wall time, processor time with all child processes, and the memory
of the largest process. framingkit runs before, between and after the runs of nbgrader, and its
middle run counts, so that both meet the same other work on the computer. The benchmark stops if
the two give a learner other points.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from nbgrader_course import ASSIGNMENT, write_source, write_submissions

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "sample-class"
FRAMINGKIT = (sys.executable, "-c", "from framingkit.cli import main; main()")
SHEETS = [json.loads(path.read_bytes()) for path in sorted(SAMPLE.glob("*.answers.json"))]


@dataclass(frozen=True, slots=True)
class Cost:
    """What commands cost."""

    wall: float = 0.0
    cpu: float = 0.0
    megabytes: float = 0.0

    def __add__(self, other: "Cost") -> "Cost":
        largest = max(self.megabytes, other.megabytes)
        return Cost(self.wall + other.wall, self.cpu + other.cpu, largest)


MEASURE = """
import json, resource, subprocess, sys, time
began = time.perf_counter()
subprocess.run(sys.argv[2:], check=True, cwd=sys.argv[1], stdout=sys.stderr)
wall, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


def cost(folder: Path, *command: str) -> Cost:
    """Run a command and measure it with all its children, in a process of its own."""
    run = [sys.executable, "-c", MEASURE, str(folder), *command]
    done = subprocess.run(run, check=True, capture_output=True, text=True)
    return Cost(*json.loads(done.stdout))


def cells_of(one: Cost) -> list[str]:
    return [f"{one.wall:.1f} s", f"{one.cpu:.1f} s", f"{one.megabytes:.0f} MB"]


def middle(costs: Iterable[Cost]) -> Cost:
    found = list(costs)
    return Cost(*(median(getattr(one, name) for one in found) for name in Cost.__slots__))


def ours(folder: Path, source: Path, feedback: bool) -> Cost:
    """Collect and grade a class."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    more = ["--feedback", "pages"] if feedback else []
    return cost(folder, *FRAMINGKIT, "collect", str(source)) + cost(
        folder, *FRAMINGKIT, "grade", "class.jsonl.gz", "-o", "grades.csv",
        "--to-read", "written.csv", *more,
    )  # fmt: skip


def theirs(folder: Path, ready: Path, program: Path) -> tuple[Cost, Cost]:
    """Grade the same class with nbgrader and write its table of scores; then also feedback."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ready, folder)
    nbgrader = str(program / "nbgrader")
    scores = cost(folder, nbgrader, "autograde", ASSIGNMENT) + cost(folder, nbgrader, "export")
    return scores, scores + cost(folder, nbgrader, "generate_feedback", ASSIGNMENT)


def prepare(folder: Path, program: Path, lean: bool) -> None:
    """Make a course for nbgrader; what an instructor does once is not measured."""
    os.environ["PATH"] = f"{program}{os.pathsep}{os.environ['PATH']}"
    write_source(folder, SHEETS, lean)
    cost(folder, str(program / "nbgrader"), "generate_assignment", ASSIGNMENT)
    write_submissions(folder, SHEETS)


def rows(path: Path, name: str) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row[name]: row for row in csv.DictReader(file)}


POINTS = """
import json, sys
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as book:
    print(json.dumps({
        one.student.id: sum(
            grade.auto_score or 0 for notebook in one.notebooks for grade in notebook.grades
            if grade.name.startswith("t-") and grade.name != "t-tags"
        )
        for one in book.assignment_submissions(sys.argv[1])
    }))
"""


def check_points(mine: Path, other: Path, program: Path) -> None:
    """Stop if a learner has other points for the closed questions than with nbgrader."""
    command = [str(program / "python"), "-c", POINTS, ASSIGNMENT]
    done = subprocess.run(command, check=True, capture_output=True, cwd=other)
    own, found = rows(mine / "grades.csv", "code_name"), json.loads(done.stdout)
    for name, points in found.items():
        assert abs(float(own[name]["item_points"]) - points) < 1e-9, (name, own[name], points)
    assert len(found) == len(rows(other / "grades.csv", "student_id")) == len(SHEETS)


def beside_nbgrader(program: Path, folder: Path) -> None:
    """Print the table of both."""
    courses = {"a cell for each question": False, "all answers in one cell": True}
    runs: dict[str, list[tuple[Cost, Cost]]] = {"framingkit": [], **{one: [] for one in courses}}
    for name, lean in courses.items():
        prepare(folder / name, program, lean)

    def measure_ours() -> None:
        mine = folder / "mine"
        runs["framingkit"] += [(ours(mine, SAMPLE, False), ours(mine, SAMPLE, True))]

    measure_ours()
    for name in courses:
        runs[name].append(theirs(folder / "theirs", folder / name, program))
        check_points(folder / "mine", folder / "theirs", program)
        measure_ours()
    print("| 30 hand-ins | wall | CPU | memory | wall, ratio | CPU, ratio |")
    print("|---|---|---|---|---|---|")
    for place, what in enumerate(("scores", "scores and feedback pages")):
        own = middle(pair[place] for pair in runs["framingkit"])
        for name, costs in runs.items():
            one = middle(pair[place] for pair in costs)
            who = name if name == "framingkit" else f"nbgrader, {name}"
            ratios = [f"{one.wall / own.wall:.0f}×", f"{one.cpu / own.cpu:.0f}×"]
            print(f"| {' | '.join([f'{who}: {what}', *cells_of(one), *ratios])} |", flush=True)


def learner_id(number: int) -> str:
    """Make sixteen letters out of a number."""
    letters = "bcdfghjkmnpqrstvwxz"
    return "".join(letters[number // 19**place % 19] for place in range(16))


def hand_ins(folder: Path, learners: int) -> None:
    """Write hand-ins of many learners, each a sample learner under another name."""
    texts = [json.dumps(sheet, ensure_ascii=False, indent=1) for sheet in SHEETS]
    for number in range(learners):
        name = SHEETS[number % len(SHEETS)]["coder"]
        text = texts[number % len(SHEETS)].replace(name, f"learner-{number}", 1)
        text = text.replace('"tab-', f'"t{number}-')  # no two people share the ids of acts
        text = text.replace(SHEETS[number % len(SHEETS)].get("learner", "-"), learner_id(number))
        place = folder / f"group-{number // 1000}" / f"learner-{number}.answers.json"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def many(learners: int, folder: Path) -> None:
    """Print what each command costs with many learners."""
    source = folder / str(learners)
    hand_ins(source, learners)
    grade = ("grade", "class.jsonl.gz", "-o", "grades.csv", "--to-read", "written.csv")
    report = ("report", "class.jsonl.gz", "-o", "report.html", "--processes")
    commands = {
        "collect": ("collect", str(source)),
        "report": (*report, "1"),
        "report, two processes": (*report, "2"),
        "grade": grade,
        "grade, with marks in the tables": grade,
    }
    for path in folder.glob("*.csv*"):
        path.unlink()
    for name, command in commands.items():
        if name not in ("collect", "report", "grade"):
            mark(folder / "grades.csv")
        one = cost(folder, *FRAMINGKIT, *command)
        each = f"{one.cpu / learners * 1000:.2f} ms"
        print(f"| {' | '.join([f'{learners:,}', name, *cells_of(one), each])} |", flush=True)


def mark(table: Path) -> None:
    """Put a mark and a comment into every tenth row of a table of scores, if there is one."""
    if table.exists():
        with table.open(encoding="utf-8-sig", newline="") as file:
            names, *found = csv.reader(file)
        for row in found[::10]:
            row[names.index("mark")], row[names.index("comment")] = "2", "Look at the carpet again."
        with table.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows([names, *found])


def main() -> None:
    what, *arguments = sys.argv[1:] or [""]
    print(f"Load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors.\n")
    with tempfile.TemporaryDirectory() as name:
        if what == "nbgrader":
            beside_nbgrader(Path(arguments[0]).absolute(), Path(name))
        elif what == "many":
            print("| learners | command | wall | CPU | memory | CPU for one |")
            print("|---|---|---|---|---|---|")
            for learners in arguments:
                many(int(learners), Path(name))
        else:
            raise SystemExit(__doc__)
    print(f"\nLoad after: {os.getloadavg()[0]:.1f}.")


if __name__ == "__main__":
    main()
