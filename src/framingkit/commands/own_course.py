"""What a teacher does with a course of their own in a terminal: make, mark up, check, give away."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from framingkit.base import read_text, say, write_atomic
from framingkit.errors import FramingkitError

if TYPE_CHECKING:
    from framingkit.authoring import Previewed

COURSE = "my-course"
_ASKED = {
    "title": "Its title",
    "source": "Who published it, and where (a name, an address)",
    "date": "When (or: unknown)",
    "language": "Its language, such as en",
    "rights": "Its licence, or on what ground you use it (or: unknown)",
}


def add_to(app: typer.Typer) -> None:
    """Add the commands to the ``framingkit`` command."""
    app.command("new-lesson")(new_lesson)
    app.command("new-comparison")(new_comparison)
    app.command("run-again")(run_again_command)
    app.command("new-codebook")(new_codebook_command)
    app.command("move-codes")(move_codes)
    for command in (reading, check, pack):
        app.command(command.__name__)(command)


def new_lesson(
    source: Annotated[
        Path,
        typer.Argument(metavar="SOURCE", help="A .txt, .md, .html or .docx file, or its preview."),
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", help="The folder of your course; by default the one at hand."),
    ] = None,
    title: Annotated[str, typer.Option(help="The title of the text.")] = "",
    origin: Annotated[str, typer.Option("--source", help="Who published it, and where.")] = "",
    date: Annotated[str, typer.Option(help="When it was published.")] = "",
    language: Annotated[str, typer.Option(help="Its language, such as en.")] = "",
    rights: Annotated[str, typer.Option(help="Its licence, or why you may use it.")] = "",
    codebook: Annotated[Path | None, typer.Option(help="A codebook of your own.")] = None,
    encoding: Annotated[str, typer.Option(help="Of an older text, such as cp1252.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Take the preview as it is.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Replace the lesson on this text.")
    ] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Leave an earlier preview aside.")] = False,
) -> None:
    """For instructors: make a lesson and a workbook from an article."""
    from framingkit.authoring import begin, make_lesson

    folder = output or _at_hand()
    given = {"title": title, "source": origin, "date": date, "language": language,
             "rights": rights}  # fmt: skip
    found = begin(source, folder, {name: text for name, text in given.items() if text}, encoding,
                  fresh)  # fmt: skip
    say(*found.sentences)
    if is_at_a_terminal() and not yes:
        found = _asked(found.path, folder, found.draft.about, found.draft.says)
    elif found.draft.missing or not yes:
        raise FramingkitError(_next_step(found.path, found.draft.missing))
    say(*make_lesson(found.draft, folder, codebook, again).sentences, error=False)


def new_comparison(
    texts: Annotated[
        list[str], typer.Argument(metavar="TEXT", help="Two to four texts of the course, by id.")
    ],
    folder: Annotated[Path, typer.Option("-o", help="The folder of your course.")] = Path(),
    again: Annotated[bool, typer.Option("--again", help="Replace this comparison.")] = False,
) -> None:
    """For instructors: make a lesson that compares two to four texts on one event."""
    from framingkit.authoring import make_comparison

    say(*make_comparison(texts, folder, again).sentences, error=False)


def is_at_a_terminal() -> bool:
    """Tell whether somebody can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def _next_step(path: Path, missing: list[str]) -> str:
    """Say what to do with a preview."""
    lacks = f" It still lacks: {', '.join(missing)}." if missing else ""
    return (
        f"Nothing was made yet. Look at the preview, correct it, and save it: {path}.{lacks} Then "
        "run the same command again, with --yes."
    )


def _asked(path: Path, folder: Path, about: dict[str, str], says: dict[str, str]) -> "Previewed":
    """Ask what is missing, and wait until the preview has been looked at."""
    from framingkit.authoring import begin, with_about

    told = {}
    for name, question in _ASKED.items():
        if not about.get(name):
            hint = f" [the page says: {says[name]}]" if says.get(name) else ""
            told[name] = str(typer.prompt(f"{question}{hint}"))
    write_atomic(path, with_about(read_text(path), told).encode())
    typer.prompt(
        f"Now open {path}, correct it, and save it. Then press Enter",
        default="",
        show_default=False,
    )
    return begin(path, folder, {})


def reading(
    sheet: Annotated[
        Path | None, typer.Argument(metavar="SHEET", help="Your answers; by default your work.")
    ] = None,
    article: Annotated[str, typer.Option(help="Which text; by default that of the course.")] = "",
    second: Annotated[
        Path | None, typer.Option(help="The answers of somebody else who tagged the text.")
    ] = None,
) -> None:
    """For instructors: make the reference reading of your text from your own tags and notes."""
    from framingkit.authoring import reading_from, run_again
    from framingkit.course import this_course

    course = _own_course()
    done = reading_from(course, article or this_course().article, sheet, second)
    run_again(course, done.reference.document_id)
    say(*done.sentences, error=False)


def _at_hand() -> Path:
    """Return the folder of the course at hand, or that of a first one."""
    from framingkit.course import this_course

    course = this_course()
    return Path(COURSE) if course.is_kit else course.folder


def _meant(folder: Path | None) -> Path:
    """Return the folder that is named, or that of the course at hand."""
    return _own_course() if folder is None else folder


def _own_course() -> Path:
    from framingkit.course import this_course

    course = this_course()
    if course.is_kit:
        raise FramingkitError(
            "This is not a course of your own. Go into its folder (the one with course.toml), or "
            "name it: framingkit --course FOLDER …"
        )
    return course.folder


def check(
    folder: Annotated[Path | None, typer.Argument(metavar="FOLDER", help="Your course.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Do not run the notebooks.")] = False,
) -> None:
    """For instructors: see in one table whether your course is ready for learners."""
    from framingkit.authoring import WRONG, check_course, table_of

    rows = check_course(_meant(folder), not quick)
    say(*table_of(rows), error=False)
    if any(row.state == WRONG for row in rows):
        raise typer.Exit(1)


def run_again_command(
    folder: Annotated[Path | None, typer.Argument(metavar="FOLDER", help="Your course.")] = None,
) -> None:
    """For instructors: run the notebooks of your course, after you have changed something."""
    from framingkit.authoring import execute

    folder = _meant(folder)
    for path in [*sorted(folder.glob("notebooks/[0-9]*.ipynb")),
                 *sorted(folder.glob("exercises/[0-9]*.ipynb"))]:  # fmt: skip
        execute(path)
        say(f"{path.relative_to(folder)} was run and stored.", error=False)


def pack(
    folder: Annotated[Path | None, typer.Argument(metavar="FOLDER", help="Your course.")] = None,
    output: Annotated[Path | None, typer.Option("-o", help="The zip file to write.")] = None,
) -> None:
    """For instructors: pack your course for learners, without what is for you alone."""
    from framingkit.authoring import pack_course

    folder = _meant(folder)
    target = output or folder.resolve().with_suffix(".zip")
    say(*pack_course(folder, target), error=False)


def new_codebook_command(
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What your codebook is called.")],
    output: Annotated[Path, typer.Option("-o", help="The file to write.")] = Path("codebook.toml"),
) -> None:
    """For instructors: write a codebook to fill in, with two devices and a frame as examples."""
    from framingkit.authoring import new_codebook

    new_codebook(output, title)
    say(
        f"Wrote “{output}”. Change it in any text editor; then: framingkit new-lesson ARTICLE "
        f"--codebook {output}",
        error=False,
    )


def move_codes(
    rules: Annotated[
        Path, typer.Argument(metavar="RULES", help="What becomes of each code that changes.")
    ],
    codebook: Annotated[Path, typer.Option(help="The new codebook.")],
    hand_ins: Annotated[Path | None, typer.Option(help="A folder of hand-ins to move.")] = None,
    before: Annotated[str, typer.Option(help="The id of their codebook.")] = "",
    output: Annotated[
        Path | None, typer.Option("-o", help="The folder for moved hand-ins.")
    ] = None,
) -> None:
    """For instructors: move the reading of your course, or hand-ins, to a changed codebook."""
    from framingkit.authoring import move_course, move_sheets
    from framingkit.course import this_course

    if hand_ins is None:
        say(*move_course(_own_course(), codebook, rules), error=False)
        return
    if output is None:
        raise typer.BadParameter(
            "Hand-ins are never changed: give a folder for the moved ones, -o."
        )
    known = before or this_course().codebook
    say(*move_sheets(hand_ins, output, known, codebook, rules), error=False)
