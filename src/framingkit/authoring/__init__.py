"""A text of a teacher's own to a lesson: read, correct, make, mark up, check, and give away."""

from framingkit.authoring.check import GOOD, LOOK, WRONG, Row, check_course, table_of
from framingkit.authoring.comparison import make_comparison
from framingkit.authoring.course_files import FOR_TEACHERS, CourseFolder, folder_named, new_codebook
from framingkit.authoring.draft import ABOUT, Draft, Part
from framingkit.authoring.making import Made, Previewed, begin, make_lesson, run_again
from framingkit.authoring.moving import move_course, move_sheets
from framingkit.authoring.own_questions import Asked, add_question
from framingkit.authoring.packing import learners_files, pack_course
from framingkit.authoring.preview import preview, read_preview, with_about
from framingkit.authoring.reading import (
    Written,
    draft_reading,
    reading_from,
    reading_path,
    write_reading,
)
from framingkit.authoring.running import clean, differences, execute
