"""Annotated texts in the files of other programs: read, checked, placed and written."""

from framingkit.formats.model import Annotations, annotations_of
from framingkit.formats.reading import document_of, read_annotations
from framingkit.formats.writing import (
    FORMATS,
    export_annotations,
    import_annotations,
    write_annotations,
)
