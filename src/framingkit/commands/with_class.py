"""What an instructor does with a class in a terminal: collect it, mark it, give marks back."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from framingkit.base import say, watched

CLASS = "class.jsonl.gz"
REPORT = "report.html"


def collect(
    source: Annotated[
        Path,
        typer.Argument(metavar="FOLDER|ZIP", help="The hand-ins, as your platform gives them."),
    ],
    output: Annotated[Path, typer.Option("-o", help="The class file to write.")] = Path(CLASS),
    key: Annotated[Path | None, typer.Option(help="Key file to write: who is who.")] = None,
) -> None:
    """For instructors: put hand-ins together into one class file."""
    from framingkit.hand_ins import collect, writing_class

    with writing_class(source, output, key) as kept:
        done = collect(source, output, lambda names: watched(names, len(names), "Reading"), key)
    say(*done.sentences, *kept)


def share(
    class_file: Annotated[Path, typer.Argument(metavar="CLASS", help="What collect has written.")],
    output: Annotated[Path, typer.Option("-o", help="The class file for learners to write.")],
    again: Annotated[
        bool, typer.Option("--again", help="Although it is almost an earlier copy.")
    ] = False,
) -> None:
    """For instructors: copy a class for learners, with tags and no names, answers or notes."""
    from framingkit.hand_ins import share_class, writing_class

    with writing_class(class_file, output) as kept:
        said = share_class(class_file, output, again)
    say(said, *kept)


def report(
    class_file: Annotated[Path, typer.Argument(metavar="CLASS", help="What collect has written.")],
    output: Annotated[Path, typer.Option("-o", help="The page to write.")] = Path(REPORT),
    before: Annotated[
        Path | None, typer.Option(help="What collect wrote earlier, before the discussion.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--json", help="The same numbers for programs.")
    ] = None,
    lesson: Annotated[
        str, typer.Option(help="Its number, or “all”. Without it: the lesson most learners began.")
    ] = "",
    expected: Annotated[
        Path | None, typer.Option(help="Who should hand in: a code name or id in each line.")
    ] = None,
    without_names: Annotated[
        bool, typer.Option("--without-names", help="Leave out what is for you alone.")
    ] = False,
    written: Annotated[Path | None, typer.Option(help="Written answers with marks.")] = None,
    second: Annotated[
        Path | None, typer.Option(help="The same, marked by another: how far do you agree?")
    ] = None,
    processes: Annotated[
        int | None, typer.Option(min=1, help="How many count a very large class together.")
    ] = None,
) -> None:
    """For instructors: one screen and two printed pages on how a class read, and an appendix."""
    from framingkit.reports import usual_processes, write_report

    if bool(written) != bool(second):
        raise typer.BadParameter("Two markers are compared: give both --written and --second.")
    if written and without_names:
        raise typer.BadParameter("--without-names leaves out what --written and --second add.")
    say(
        write_report(
            class_file, output, before, data,
            lambda groups, total: watched(groups, total, "Counting"),
            lesson, expected, not without_names,
            [one for one in (written, second) if one], processes or usual_processes(),
        )
    )  # fmt: skip


def grade(
    class_file: Annotated[Path, typer.Argument(metavar="CLASS", help="What collect has written.")],
    output: Annotated[Path, typer.Option("-o", help="The table of scores to write.")],
    to_read: Annotated[Path | None, typer.Option(help="Table of written answers to write.")] = None,
    feedback: Annotated[Path | None, typer.Option(help="Folder for a page per learner.")] = None,
    names: Annotated[Path | None, typer.Option(help="Key file: code_name, name.")] = None,
    id_column: Annotated[str, typer.Option(help="Which column of the key file to use.")] = "",
    reference: Annotated[
        Path | None, typer.Option(help="A reading to compare with, as a class settled it.")
    ] = None,
    per_task: Annotated[
        Path | None, typer.Option(help="Table to write with a column for each question.")
    ] = None,
) -> None:
    """For instructors: score a class, blind; written answers are listed to be read."""
    from framingkit.reports import grade, read_key

    if id_column and not names:
        raise typer.BadParameter("--id-column names a column of the key file: give --names too.")
    key = read_key(names, id_column) if names else None
    sentences = grade(
        class_file, output, to_read, feedback, key,
        lambda learners: watched(learners, len(learners), "Grading"), reference, per_task,
    )  # fmt: skip
    say(*sentences)


def merge(
    grades: Annotated[Path, typer.Argument(metavar="GRADES", help="What grade has written.")],
    written: Annotated[Path, typer.Argument(metavar="WRITTEN", help="The answers, with marks.")],
    output: Annotated[Path, typer.Option("-o", help="The table to write.")],
    second: Annotated[Path | None, typer.Option(help="The same, marked by another.")] = None,
    agreement: Annotated[
        Path | None, typer.Option(help="Page to write: how far the two markers agree.")
    ] = None,
) -> None:
    """For instructors: fold the marks of written answers into the scores."""
    from framingkit.reports import merge_marks

    if agreement and not second:
        raise typer.BadParameter("--agreement compares two markers: give --second too.")
    say(*merge_marks(grades, written, output, second, agreement))


def return_command(
    sheet: Annotated[
        Path, typer.Argument(metavar="SHEET", help="The grade sheet, as your platform exports it.")
    ],
    class_file: Annotated[Path, typer.Option("--class", help="What collect has written.")],
    grade_column: Annotated[str, typer.Option("--grade", help="The column for grades.")] = "",
    comment: Annotated[str, typer.Option(help="The column for comments.")] = "",
    id_column: Annotated[str, typer.Option("--id", help="The column of the ids.")] = "",
    marks: Annotated[
        Path | None, typer.Option(help="What grade or merge has written, with your marks.")
    ] = None,
    lesson: Annotated[str, typer.Option(help="Which lesson, such as 03; or all.")] = "",
    out_of: Annotated[float | None, typer.Option(min=0, help="The platform's points.")] = None,
    names: Annotated[Path | None, typer.Option(help="Key file: code_name, id.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Grades that are there too.")] = False,
    output: Annotated[Path | None, typer.Option("-o", help="The sheet to write.")] = None,
) -> None:
    """For instructors: fill your platform's grade sheet with marks and comments."""
    from framingkit.reports import Wanted, read_key, return_grades

    wanted = Wanted(grade_column, comment, id_column, lesson, out_of, replace)
    key = read_key(names) if names else None
    say(*return_grades(sheet, class_file, wanted, marks, output, key))


def feedback(
    class_file: Annotated[Path, typer.Argument(metavar="CLASS", help="What collect has written.")],
    output: Annotated[Path, typer.Option("-o", help="The folder for the sheets.")],
    lesson: Annotated[str, typer.Option(help="Which lesson, such as 03.")] = "",
    marks: Annotated[Path | None, typer.Option(help="Scores with marks and comments.")] = None,
    written: Annotated[Path | None, typer.Option(help="Written answers with marks.")] = None,
    packed: Annotated[Path | None, typer.Option("--zip", help="For Moodle, Canvas, ILIAS.")] = None,
    reference: Annotated[
        Path | None, typer.Option(help="A reading to compare with, as a class settled it.")
    ] = None,
    second: Annotated[Path | None, typer.Option(help="The answers, marked by another.")] = None,
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="Day of marking; today without it."),
    ] = None,
) -> None:
    """For instructors: write a sheet of feedback for each learner, of two pages at most."""
    from framingkit.reports import day_words, write_sheets

    say(
        *write_sheets(
            class_file, output, lesson, marks, written, packed,
            lambda learners: watched(learners, len(learners), "Writing"), reference, second,
            day_words(day or datetime.now()),
        )
    )  # fmt: skip
