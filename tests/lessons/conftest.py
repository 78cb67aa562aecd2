"""Lets the lesson tests import the checks they share with the repository test."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
