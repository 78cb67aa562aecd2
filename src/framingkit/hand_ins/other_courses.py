"""Hand-ins and class files of another course than the one at hand: left out, and said.

What learners hand in names a teacher's own course. Whoever collects it elsewhere would look their
tags up in the wrong texts. What names no course is taken: its tags are checked in any case.
"""

from collections import Counter

from framingkit.base import counted, shown
from framingkit.course import Course, this_course
from framingkit.errors import FramingkitError

_WAY = (
    "Run the command in the folder of that course (the one with course.toml), or name the folder: "
    "framingkit --course FOLDER"
)
_LISTED = 20


class OtherCourses:
    """Counts the hand-ins that belong to other courses.

    Examples
    --------
    >>> others = OtherCourses(Course("", "framingkit", "alaska-summit"))
    >>> others.is_of_this(""), others.is_of_this("ferry-7f3a")
    (True, False)
    >>> others.sentences()[0][:80]
    '1 hand-in of the course “ferry-7f3a” left out, because this is the kit’s own cou'
    """

    def __init__(self, course: Course) -> None:
        self.course = course
        self._counts: Counter[str] = Counter()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self._counts)

    def is_of_this(self, id: str) -> bool:
        """Tell whether a hand-in with this course can be taken, and count it if not."""
        if id in ("", self.course.id):
            return True
        self._counts[id] += 1
        return False

    def sentences(self) -> list[str]:
        """Say what was left out, and where it belongs."""
        here = f"the course “{self.course.id}”" if self.course.id else "the kit’s own course"
        listed = sorted(self._counts.items())[:_LISTED]
        return [
            f"{counted(count, 'hand-in')} of the course “{shown(id)}” left out, because this is "
            f"{here}. {_WAY} collect …"
            for id, count in listed
        ]


def refuse_another(id: str, name: str) -> None:
    """Refuse a class file of a course that is not at hand.

    Raises
    ------
    FramingkitError
        With the name of its course.
    """
    if id and id != this_course().id:
        raise FramingkitError(
            f"“{shown(name)}” is a class of the course “{id}”, which is not the course at hand. "
            f"{_WAY} …"
        )
