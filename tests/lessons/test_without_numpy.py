"""The lessons run where neither numpy nor matplotlib is installed and no file can be locked.

So it is in a browser. The code of the cells runs as it is, in a process in which the imports of
both fail, and everything is shown as HTML.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BARE = """
import json, sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("numpy", "matplotlib"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Missing())
try:
    import fcntl
    del fcntl.flock, fcntl.LOCK_EX, fcntl.LOCK_NB
except ImportError:
    pass  # Windows
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.display_formatter.active_types = shell.display_formatter.format_types
for cell in json.load(sys.stdin):
    shell.run_cell(cell).raise_error()
assert not {"numpy", "matplotlib"} & {*sys.modules}
"""
COMPARE = """
lesson.add_tag("diplomatic wind", "nature_metaphor")
lesson.first_reading("commentary")
shown = lesson.class_map("commentary").shown
assert len(shown["views"]) > 3, shown
assert "data:image/png" not in lesson.chart("my tags by code")._repr_html_()
assert "█" in lesson.chart("my tags by code")._repr_html_()
assert "█" in lesson.coverage_chart("voices", "cable-talks-a", "cable-talks-b")._repr_html_()
"""


def code_of(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def run_bare(cells, folder):
    work = {"FRAMINGKIT_WORK": str(folder), "IPYTHONDIR": str(folder / "ipython")}

    return subprocess.run(
        [sys.executable, "-c", BARE], input=json.dumps(cells), capture_output=True, text=True,
        encoding="utf-8", env=os.environ | work, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["00-start-here", "03-commentary"])
def test_a_lesson_needs_no_numpy_no_matplotlib_and_no_lock(tmp_path, name):
    cells = code_of(ROOT / "notebooks" / f"{name}.ipynb")
    done = run_bare([*cells, COMPARE] if name.startswith("03") else cells, tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["notebooks", "exercises", "exercises/solutions"])
def test_all_lessons_and_workbooks_need_none_of_them(tmp_path, folder):
    paths = sorted((ROOT / folder).glob("0*.ipynb"))
    assert len(paths) == (7 if folder == "notebooks" else 6)
    done = run_bare([cell for path in paths for cell in code_of(path)], tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr
