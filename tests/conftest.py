"""Shared set-up of the tests."""

import sys
from pathlib import Path

import hypothesis
import pytest

# The files that take a processor longest, in this order: when two files run at a time, the last
# ones have to be short, or one half of the computer waits for the other.
LONG = (
    "browser/test_lab_ready.py", "browser/test_site_storage.py", "browser/test_site_firefox.py",
    "browser/test_lab.py", "browser/test_site.py", "browser/test_lab_start.py",
    "browser/test_storage_page.py", "browser/test_lab_many.py", "browser/test_layout.py",
    "deploy/test_jupyterhub.py", "browser/test_two_courses.py",
    "browser/test_lab_learner.py", "browser/test_question_page.py", "browser/test_forms_layout.py",
    "hostile/test_class_files.py", "browser/test_looks.py", "browser/test_slides_page.py",
    "browser/test_tagger_look.py", "browser/test_tagger_feedback.py", "browser/test_schedules.py",
)  # fmt: skip

# Reading a notebook loads jsonschema, which would build a grammar of web addresses for two seconds
# in every process of the tests. It does without if the package is not there.
sys.modules.setdefault("rfc3987_syntax", None)

# The same examples on every machine and every run, and no example database in the checkout.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, database=None)
# Fewer of them for `python run.py test quick`, which names this profile.
hypothesis.settings.register_profile(
    "quick", hypothesis.settings.get_profile("ci"), max_examples=20
)
hypothesis.settings.load_profile("ci")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of long files first; no test depends on the order."""
    here = Path(__file__).parent
    ranks = {here / name: rank for rank, name in enumerate(LONG)}
    items.sort(key=lambda item: ranks.get(item.path, len(ranks)))
