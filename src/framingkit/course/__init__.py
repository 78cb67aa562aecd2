"""The kit's data as frozen values: texts, codebooks, readings, questions and the record."""

from framingkit.course.anchoring import CONTEXT, Change, context_of, placed_by_quote
from framingkit.course.codebooks import Code, Codebook, parse_codebook
from framingkit.course.data import (
    codes_on_offer,
    find_reference,
    kit_article,
    kit_reading,
    list_articles,
    list_lessons,
    load_annotations,
    load_article,
    load_claims,
    load_codebook,
    load_distances,
    load_exercises,
    load_facts,
    load_findings,
    load_items,
    load_materials,
    load_misconceptions,
    load_practice,
    load_publishers,
    load_reference,
    load_works,
    read_reference,
    write_reference,
)
from framingkit.course.documents import MISSING_PICTURE, Document, Section, Sentence, parse_document
from framingkit.course.events import KINDS, Event, EventClaim, Telling, Voice, event_of, load_event
from framingkit.course.exercises import Exercise, Misconception
from framingkit.course.items import Item, Option, parse_items
from framingkit.course.materials import Material
from framingkit.course.outlines import LessonPart, Outline, lesson_parts, load_outlines, parts_of
from framingkit.course.place import (
    COURSE_FILE,
    Course,
    choose_course,
    folders,
    forget,
    is_course_id,
    kept,
    kit_folder,
    read_course,
    this_course,
    working_on,
)
from framingkit.course.practice import DEVICE, NEAR_MISS, PLAIN, PracticeSentence
from framingkit.course.readings import (
    AnnotationSet,
    NearMiss,
    Reference,
    ReferenceSpan,
    SectionFrames,
    parse_reference,
    reference_to_toml,
)
from framingkit.course.record import (
    Claim,
    ClaimLedger,
    Distance,
    Fact,
    Location,
    Publisher,
    distance_km,
    publisher_of,
)
from framingkit.course.sentences import split_lines
from framingkit.course.sources import Finding, Work
from framingkit.course.spans import Span, check_quote, check_seen, reading_order
