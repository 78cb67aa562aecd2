"""Words typed into a code cell come to a sentence; a mistake of code keeps all its lines."""

import nbclient
import nbformat
import pytest

OPEN = 'import framingkit as fk\nlesson = fk.open_lesson("03-commentary")'
NOT_CODE, NO_NAME, DEEP, OTHER = range(4)


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """Run cells in a real kernel, and give what each of them says of its mistake."""
    sources = [
        "The red carpet is a symbol.", "carpet", "def inner():\n    carpet\ninner()", "1 / 0",
    ]  # fmt: skip
    cells = [nbformat.v4.new_code_cell(source) for source in [OPEN, OPEN, *sources]]
    notebook = nbformat.v4.new_notebook(cells=cells)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRAMINGKIT_WORK", str(tmp_path_factory.mktemp("work")))
        nbclient.NotebookClient(notebook, kernel_name="python3", allow_errors=True).execute()
    return [cell.outputs[0] for cell in notebook.cells[2:]]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cell", "sentence"),
    [(NOT_CODE, "Python cannot read this cell"), (NO_NAME, "“carpet” is no name that this")],
)
def test_typed_words_come_to_one_sentence(said, cell, sentence):
    (line,) = said[cell].traceback
    assert line.startswith(sentence)
    assert "write in its box" in line
    assert "\n" not in line
    assert said[cell].output_type == "error"


@pytest.mark.slow
@pytest.mark.parametrize(("cell", "name"), [(DEEP, "NameError"), (OTHER, "ZeroDivisionError")])
def test_a_mistake_of_code_keeps_all_its_lines(said, cell, name):
    assert said[cell].ename == name
    assert len(said[cell].traceback) > 1
