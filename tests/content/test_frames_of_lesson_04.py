"""What lesson 04 and its workbook say about frames is what the codebook and the readings say."""

import re
from pathlib import Path

import nbformat
from for_each import for_each

from framingkit.course.data import load_codebook, load_items, load_reference

ROOT = Path(__file__).parents[2]
PASSAGES = {
    "Fisheries talks": "fisheries-talks",
    "A bridge opening": "bridge-opening",
    "A visa dispute": "visa-dispute",
    "A cultural visit": "cultural-visit",
    "A water treaty": "water-treaty",
    "A cease-fire anniversary": "cease-fire-day",
    "An island lighthouse": "island-lighthouse",
    "A city for the talks": "host-city",
}
ASKED = (
    r"Which (?:of these frames is (present)|is the (primary) frame), by the rule, "
    r"in the (\w+) of “(.+)”\?"
)
ITEMS = [item for item in load_items("exercises-04-open-ending") if item.id.startswith("ex-frame-")]
HEARSAY = "said to be planned for autumn"


def test_the_questions_in_the_reminder_are_those_of_the_codebook():
    notebook = nbformat.read(ROOT / "notebooks" / "04-open-ending.ipynb", as_version=4)
    (reminder,) = [cell.source for cell in notebook.cells if cell.id == "two-frames"]

    for id in ("strategic_game", "security_conflict", "cooperation"):
        frame = load_codebook().code(id)
        assert f"| {frame.name} | {' | '.join(frame.indicators)} |" in reminder


def test_ten_sections_are_asked_for():
    assert len(ITEMS) == 10


@for_each(ITEMS)
def test_exactly_one_of_the_frames_on_offer_fits_the_reading(item):
    present, primary, section, title = re.fullmatch(ASKED, item.prompt).groups()
    reading = load_reference(PASSAGES[title]).section_frames
    (mine,) = [one for one in reading if one.section == section]
    names = {id: load_codebook().code(id).name for id in (mine.primary, *mine.secondary)}
    wanted = [names[mine.primary]] if primary else list(names.values())
    fitting = [option for option in item.options if option.text in wanted]

    assert [option.correct for option in fitting] == [True]
    assert present or mine.status == "clear"


def test_model_answers_and_upper_samples_keep_hearsay_as_hearsay():
    items = {item.id: item for item in load_items("exercises-04-open-ending")}
    page = (ROOT / "docs" / "instructor-guide" / "samples-exercises.md").read_text(encoding="utf-8")
    rows = page.split("### `ex-plain-ending`")[1].split("###")[0].splitlines()
    solution = nbformat.read(ROOT / "exercises/solutions/04-open-ending.ipynb", as_version=4)
    (model,) = [cell.source for cell in solution.cells if cell.id == "answer-4-6"]

    assert HEARSAY in items["ex-plain-ending"].worked
    assert HEARSAY in " ".join(model.split())
    assert all(HEARSAY in row for row in rows if row.startswith(("| 2 |", "| 3 |")))
