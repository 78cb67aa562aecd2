"""A course of a teacher's own for the tests: made of one of the saved pages, and run once."""

from pathlib import Path

from saved_pages import newspaper_with_cards

from framingkit.authoring import Made, begin, make_lesson

ABOUT = {
    "source": "The Tern, constructed", "date": "3 May 2026", "language": "en",
    "rights": "CC BY 4.0, written for the kit",
}  # fmt: skip
ARTICLE = "two-ports-one-timetable"
LESSON = f"01-{ARTICLE}"


def source_in(folder: Path) -> Path:
    """Save a page as a browser would."""
    path = folder / "ports.html"
    path.write_text(newspaper_with_cards(), encoding="utf-8")
    return path


def make_course(folder: Path, source: Path) -> Made:
    """Make a course of a page, as the command does."""
    return make_lesson(begin(source, folder, ABOUT).draft, folder)
