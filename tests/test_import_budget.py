"""The kit starts quickly: nothing heavy is loaded before it is used."""

import os
import subprocess
import sys

import pytest
from for_each import for_each

import framingkit

HEAVY = {
    "numpy", "matplotlib", "ipywidgets", "anywidget", "pandas", "fastjsonschema", "rich",
    "typer",
}  # fmt: skip
CLASS_ROOMS = ("hand_ins", "agreement", "settling", "reports")
ONE_LEARNER = """
import framingkit as fk
article = fk.load_article()
mine = fk.AnnotationSet("alaska-summit", "mara", (fk.Span(2959, 2962, "nature_metaphor"),))
fk.compare_with_reference(mine, "ending", ["nature_metaphor"])
fk.count_labels(mine, article)
"""


def loaded_after(code: str, whole: bool = False) -> set[str]:
    script = f"{code}\nimport sys\nprint(*sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return {name if whole else name.split(".")[0] for name in found.stdout.split()}


def cpu_milliseconds(code: str) -> float:
    """Return the least processor time of several fresh processes."""
    times = []
    for _ in range(5):
        child = subprocess.Popen([sys.executable, "-c", code])
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = status
        assert status == 0
        times.append(1000 * (usage.ru_utime + usage.ru_stime))
    return min(times)


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system does not tell a child's time")
def test_import_costs_at_most_20_milliseconds_of_processor_time():
    cost = cpu_milliseconds("import framingkit") - cpu_milliseconds("pass")

    assert cost <= 20


def test_import_loads_nothing_heavy():
    assert loaded_after("import framingkit") & HEAVY == set()


def test_opening_a_lesson_loads_nothing_of_a_class(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path))
    loaded = loaded_after('import framingkit as fk; fk.open_lesson("00-start-here")', whole=True)

    assert loaded & {"numpy", "matplotlib"} == set()
    rooms = {".".join(name.split(".")[:2]) for name in loaded if name.startswith("framingkit.")}
    assert rooms & {f"framingkit.{room}" for room in CLASS_ROOMS} == set()
    assert "framingkit.work" in rooms


def test_reading_and_comparing_need_nothing_heavy():
    assert loaded_after(ONE_LEARNER) & HEAVY == set()


@for_each([name for name in framingkit.__all__ if name != "open_lesson"])
def test_every_public_name_is_there(name):
    assert getattr(framingkit, name) is not None
    assert name in dir(framingkit)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="load_everything"):
        framingkit.load_everything  # noqa: B018
