"""A pytest plugin for nbval: every notebook gets an empty work folder of its own.

So no output depends on what was done before, and one pytest can run them all.
"""

import os
import tempfile
from pathlib import Path

import pytest

_notebook: Path | None = None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Change the folder before nbval starts the kernel of the next notebook."""
    global _notebook
    if item.path.suffix == ".ipynb" and item.path != _notebook:
        _notebook = item.path
        # inside the folder that the checks take away in the end
        base = os.environ.setdefault("FRAMINGKIT_WORK_BASE", os.environ["FRAMINGKIT_WORK"])
        os.environ["FRAMINGKIT_WORK"] = tempfile.mkdtemp(dir=base)
