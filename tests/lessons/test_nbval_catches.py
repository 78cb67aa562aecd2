"""What nbval catches in a lesson, and what only our own checks catch.

Each sample is named ``<what>-<pass or fail>-<comment>.ipynb``: what it shows, and what strict
nbval says about it.
"""

import copy
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from for_each import for_each
from notebook_checks import problems

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.ipynb"))
EMPTY = [path for path in SAMPLES if path.stem.startswith(("never-run", "cleared"))]
STEADY = next(path for path in SAMPLES if path.stem.startswith("steady"))
NBVAL = [
    "--override-ini=addopts=",
    "--nbval",
    "--nbval-current-env",
    "--nbval-cell-timeout=60",
    "-p",
    "no:cacheprovider",
]


@pytest.fixture(scope="module")
def nbval_run(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """Run strict nbval on all samples at once, as the checks run it on the lessons."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", *NBVAL, "-q", "-rpf", "--tb=no", *map(str, SAMPLES)],
        env={**os.environ, "FRAMINGKIT_WORK": str(tmp_path_factory.mktemp("work"))},
        cwd=SAMPLES[0].parent,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_strict_nbval_says_what_the_sample_is_named_for(sample, nbval_run):
    said = nbval_run.stdout + nbval_run.stderr
    verdicts = set(re.findall(rf"^(PASSED|FAILED|ERROR) \S*{sample.name}", said, re.MULTILINE))

    assert nbval_run.returncode == 1, said  # some failed; a wrong option or a crash is 2 or more
    assert "ERROR" not in verdicts, said
    assert ("FAILED" if "-fail-" in sample.stem else "PASSED") in verdicts, said
    assert ("FAILED" in verdicts) == ("-fail-" in sample.stem), said


@for_each(EMPTY)
def test_a_cleared_or_never_run_lesson_is_caught_by_our_own_check(sample):
    assert any("cleared or never run" in problem for problem in problems(sample))


def test_a_lesson_in_good_order_has_no_problems():
    assert problems(STEADY) == []


def with_output(**output: Any) -> dict[str, Any]:
    return {"outputs": [{"output_type": "display_data", "metadata": {}, **output}]}


WIDGET = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}}
BROKEN = {
    "run out of order": ({"execution_count": 7}, "not run once from top to bottom"),
    "an error": (
        {"outputs": [{"output_type": "error", "ename": "KeyError", "evalue": "", "traceback": []}]},
        "stores an error: KeyError",
    ),
    "a warning": (
        {"outputs": [{"output_type": "stream", "name": "stderr", "text": "Warning"}]},
        "stderr",
    ),
    "a widget": (with_output(data=WIDGET), "widget view"),
    "a path on Linux": (
        with_output(data={"text/html": "/" + "home/mara/x"}),
        "path of one machine",
    ),
    "a path on Windows": (with_output(data={"text/plain": "C:" + "\\Users\\mara"}), "path of one"),
    "a time": (with_output(data={"text/plain": "2026-11-23 05:34"}), "date and time"),
    "a time of running": ({"metadata": {"execution": {}}}, "metadata.execution"),
    "a semicolon": ({"source": ["article.text_of('headline');"]}, "semicolon"),
}


@pytest.mark.parametrize(("change", "said"), BROKEN.values(), ids=BROKEN.keys())
def test_what_may_not_be_committed_is_named(change, said, tmp_path):
    notebook = json.loads(STEADY.read_text(encoding="utf-8"))
    broken = copy.deepcopy(notebook)
    broken["cells"][-1].update(change)
    path = tmp_path / "lesson.ipynb"
    path.write_text(json.dumps(broken), encoding="utf-8")

    found = problems(path)

    assert any(said in problem for problem in found), found


def test_stored_widget_state_is_named(tmp_path):
    notebook = json.loads(STEADY.read_text(encoding="utf-8"))
    notebook["metadata"]["widgets"] = {}
    path = tmp_path / "lesson.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")

    assert problems(path)[0].startswith("The notebook stores widget state")


def test_web_addresses_and_words_with_slashes_are_not_taken_for_paths(tmp_path):
    notebook = json.loads(STEADY.read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] = ["https://example.org/home/page, and/or, ../docs/work/x.md"]
    path = tmp_path / "lesson.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")

    assert problems(path) == []
