"""Builds the lessons as a site for any browser: docs/decisions/0009 says why in this way."""

import sys
from pathlib import Path

# The kit is not installed where the site is built: see run.py.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "src"))
