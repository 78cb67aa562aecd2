"""A table of tags for pandas or polars, whichever is there: neither is needed for anything else."""

import importlib
import importlib.util
from collections.abc import Iterable
from typing import Any

from framingkit.course import AnnotationSet
from framingkit.errors import FramingkitError

COLUMNS = ("document", "coder", "start", "end", "quote", "label", "note", "confidence", "id")
"""What a table of tags says of each, in this order."""


def frame_of(sets: Iterable[AnnotationSet]) -> Any:
    """Make a table with a row for each tag.

    Raises
    ------
    FramingkitError
        If neither pandas nor polars is installed.
    """
    spans = [(tagged, span) for tagged in sets for span in tagged.spans]
    columns: dict[str, list[Any]] = {
        "document": [tagged.document_id for tagged, _ in spans],
        "coder": [tagged.coder for tagged, _ in spans],
    } | {name: [getattr(span, name) for _, span in spans] for name in COLUMNS[2:]}
    for library in ("pandas", "polars"):
        if importlib.util.find_spec(library):
            return importlib.import_module(library).DataFrame(columns)
    raise FramingkitError(
        "A table needs pandas or polars, and neither is installed. Install one of them: pip "
        "install pandas. Or write a file: framingkit export --format csv."
    )
