"""A learner beside a class: nothing of the class is read before the own reading is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from framingkit.annotations import AnnotationSet
from framingkit.class_view_pages import WHY, view_data, view_html
from framingkit.class_views import ClassView, class_view
from framingkit.first_readings import FirstReading
from framingkit.markup import list_html


@dataclass(slots=True)
class BesideClass:
    """One learner and one class on one section.

    Parameters
    ----------
    reading
        The learner's first reading, kept or still to come.
    readers
        Gives what each learner of the class tagged; called once, when the class may be seen.
    source
        A sentence that says who these learners are.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from framingkit import course
    >>> from framingkit.work_log import WorkLog
    >>> log = WorkLog(pathlib.Path(tempfile.mkdtemp()) / "amber-heron-417.jsonl")
    >>> reading = FirstReading(log, course.load_article(), course.load_codebook(), "ending")
    >>> str(BesideClass(reading, list, "Nobody."))
    'alaska-summit, ending: own first reading not kept yet'
    """

    reading: FirstReading
    readers: Callable[[], Sequence[AnnotationSet]]
    source: str
    counted: ClassView | None = field(default=None, repr=False)

    def __str__(self) -> str:
        """Return a line that depends on the class and the first reading alone."""
        kept, view = self.reading.kept(), self.view()
        state = "own first reading not kept yet"
        if kept is not None and view is not None:
            state = f"{view.readers} learners, own first reading {len(kept)} tags"
        return f"{self.reading.document.id}, {self.reading.section_id}: {state}"

    @property
    def title(self) -> str:
        """The section's title."""
        return self.reading.document.section(self.reading.section_id).title

    def view(self) -> ClassView | None:
        """Count the class once, and put the learner's tags of now beside it."""
        if self.reading.kept() is None:
            return None
        if self.counted is None:
            document, codes = self.reading.document, self.reading.codebook.devices
            self.counted = class_view(self.readers(), document, self.reading.section_id, codes)
        return replace(self.counted, mine=tuple(self.reading.tags()))

    def data(self) -> dict[str, Any]:
        """Give what a browser may show; nothing while the own reading is not kept."""
        view = self.view()
        if view is None:
            return {}
        data = view_data(view)
        return data | {"said": [self.source, *self.reading.sentences(), *data["said"]]}

    def html(self) -> str:
        """Give the same as static HTML."""
        view, title = self.view(), f"The class map: {self.title}"
        if view is None:
            return list_html(title, WHY)
        return view_html(title, [self.source, *self.reading.sentences()], view)
