import pytest

from framingkit.course.readings import AnnotationSet, parse_reference
from framingkit.course.spans import Span
from framingkit.errors import FramingkitError

HEAD = 'document = "d"\ncoder = "reference"\n'
ENTRY = """
[[spans]]
id = "s01"
section = "lead"
start = 4
end = 7
quote = "hot"
label = "nature_metaphor"
status = "clear"
rationale = "Temperature."
"""
FRAMES = """
[[section_frames]]
section = "lead"
primary = "ceremony"
status = "clear"
rationale = "A carpet."
problem_definition = "A rare welcome."
scope = "episodic"
"""


def test_spans_are_kept_in_reading_order():
    late, early = Span(9, 12, "hedge"), Span(0, 3, "hedge")

    assert AnnotationSet("d", "mara", (late, early)).spans == (early, late)


def test_within_keeps_what_begins_inside_so_that_no_span_is_in_two_sections():
    crossing = Span(5, 15, "hedge")
    mine = AnnotationSet("d", "mara", (crossing,))

    assert mine.within(0, 10).spans == (crossing,)
    assert mine.within(10, 20).spans == ()
    assert mine.within(0, 5).spans == ()
    assert mine.within(0, 10).coder == "mara"


def test_an_entry_and_its_section_are_read():
    reference = parse_reference(HEAD + ENTRY + FRAMES)

    (entry,) = reference.within("lead")
    assert entry.span == Span(4, 7, "nature_metaphor", "hot", id="s01")
    assert reference.within("agenda") == ()
    assert reference.annotation_set.spans == (entry.span,)
    (frames,) = reference.section_frames
    assert frames.problem_definition == "A rare welcome."
    assert frames.moral_evaluation == ""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (ENTRY.replace('"clear"', '"debatable"'), "no other reading"),
        (ENTRY.replace('"clear"', '"certain"'), "'clear', 'debatable'"),
        (ENTRY + ENTRY, "'s01' is used twice"),
        (ENTRY.replace("end = 7", "end = 4"), "start < end"),
        (ENTRY.replace('rationale = "Temperature."', ""), "'rationale' is missing"),
        (FRAMES.replace("episodic", "epic"), "'episodic', 'thematic'"),
    ],
)
def test_a_reference_that_gives_no_reasons_is_refused(text, problem):
    with pytest.raises(FramingkitError, match=problem):
        parse_reference(HEAD + text)
