"""The capstone keeps its own rules: exact quotations, frames of the codebook, equal minutes."""

import re
from pathlib import Path

import nbformat
from for_each import for_each

from framingkit.course.data import load_article, load_codebook, load_items

ROOT = Path(__file__).parents[2]
ITEMS = {
    item.id: item
    for lesson in ("05-capstone", "exercises-05-capstone")
    for item in load_items(lesson)
}
FRAMES = {frame.name: frame.indicators for frame in load_codebook().frames}
QUOTING = {
    "memo": "trade-summit",
    "ex-memo": "trade-summit",
    "ex-entman-grid": "trade-summit",
    "ex-both-gain": "trade-summit",
    "who-speaks": "trade-summit",
    "ex-log-fair-words": "mail-trains",
}
OWN_WORDS = 15
"""A longer piece in quotation marks is the writer's own opening, not a quotation."""


def cell(id: str) -> str:
    lesson = nbformat.read(ROOT / "notebooks" / "05-capstone.ipynb", as_version=4)
    (found,) = (one.source for one in lesson.cells if one.id == id)
    return str(found)


def quotations(text: str) -> list[str]:
    found = (one.strip(",. ") for one in re.findall(r"“([^”]+)”", text))
    return [one for one in found if len(one.split()) < OWN_WORDS and one not in FRAMES]


@for_each({id: (id, document) for id, document in QUOTING.items()})
def test_a_possible_answer_quotes_its_text_exactly(quoting):
    id, document = quoting
    text = load_article(document).text.casefold()
    found = quotations(ITEMS[id].worked)

    assert len(found) >= 2
    assert [one for one in found if one.casefold() not in text] == []


def test_the_frames_shown_with_the_new_opening_are_those_of_the_codebook():
    shown = re.findall(r"^\| \*\*(.+?)\*\* \| (.+) \|$", cell("memo"), re.MULTILINE)

    assert len(shown) == 3
    for name, questions in shown:
        assert tuple(questions.split(" | ")) == tuple(FRAMES[name])


def test_the_minutes_of_the_memo_are_those_of_its_question():
    assert f"**Memo ({ITEMS['memo'].minutes} minutes).**" in cell("memo")
    assert f"**Another opening ({ITEMS['reframed-lead'].minutes} minutes).**" in cell("memo")
