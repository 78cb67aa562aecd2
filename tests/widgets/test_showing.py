"""What an act returns is shown once, wherever in a cell the act is: in a real kernel."""

import nbclient
import nbformat
import pytest

BEGIN = 'import framingkit as fk; lesson = fk.open_lesson("00-start-here")'


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """Run cells in one kernel; give what each of them showed, as plain text."""
    cells = [
        BEGIN,
        'lesson.read("headline")',
        'lesson.read("headline"); 1 + 1',
        'page = lesson.read("headline")',
        "page",
        'page = lesson.read("headline")\npage',
        'lesson.read("headline")\nlesson.read("headline")',
        'lesson.tag("headline")',
        "len(lesson.ask(*list(lesson.items)[:2]))",
        "lesson.ask(*list(lesson.items)[:2])",
        'lesson.tag("headline").annotations.coder == lesson.log.coder',
        'for section in ("headline", "lead"):\n    lesson.tag(section)',
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    folder = tmp_path_factory.mktemp("kernel")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRAMINGKIT_WORK", str(folder))
        nbclient.NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    return {cell.source: [shown(o) for o in cell.outputs] for cell in notebook.cells}


def shown(output):
    return output["data"]["text/plain"] if "data" in output else output.get("text", "")


READ, TAG = "The text: Headline", "SpanTagger(alaska-summit, headline: 0 tags)"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('lesson.read("headline")', [READ]),
        ('lesson.read("headline"); 1 + 1', [READ, "2"]),
        ('page = lesson.read("headline")', [READ]),
        ("page", [READ]),
        ('page = lesson.read("headline")\npage', [READ]),
        ('lesson.read("headline")\nlesson.read("headline")', [READ, READ]),
        ('lesson.tag("headline")', [TAG]),
        ('lesson.tag("headline").annotations.coder == lesson.log.coder', [TAG, "True"]),
        ('for section in ("headline", "lead"):\n    lesson.tag(section)',
         [TAG, "SpanTagger(alaska-summit, lead: 0 tags)"]),
    ],
)  # fmt: skip
def test_an_act_shows_once_what_it_returns(outputs, cell, words):
    assert outputs[cell] == words


def test_questions_are_shown_one_by_one_and_returned_together(outputs):
    *questions, number = outputs["len(lesson.ask(*list(lesson.items)[:2]))"]
    last = outputs["lesson.ask(*list(lesson.items)[:2])"]

    assert number == "2"
    assert len(questions) == len(last) == 2
    assert all(words.startswith("Question(") for words in last)


def test_a_lesson_begins_with_the_style_of_its_pages_and_no_page_repeats_it(outputs):
    assert outputs[BEGIN] == ["", "Learner()"]
