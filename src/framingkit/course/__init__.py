"""The kit's data as frozen values: texts, codebooks, readings, questions and the record."""

from framingkit.course.codebooks import Code, Codebook
from framingkit.course.data import (
    codes_on_offer,
    event_of,
    kit_article,
    kit_folder,
    kit_reading,
    list_articles,
    list_lessons,
    load_annotations,
    load_article,
    load_claims,
    load_codebook,
    load_distances,
    load_event,
    load_exercises,
    load_facts,
    load_findings,
    load_items,
    load_materials,
    load_misconceptions,
    load_publishers,
    load_reference,
    load_works,
    read_reference,
    write_reference,
)
from framingkit.course.documents import MISSING_PICTURE, Document, Section, Sentence, parse_document
from framingkit.course.events import KINDS, Event, EventClaim, Telling, Voice
from framingkit.course.exercises import Exercise, Misconception
from framingkit.course.items import Item, Option
from framingkit.course.materials import Material
from framingkit.course.outlines import LessonPart, Outline, lesson_parts, load_outlines, parts_of
from framingkit.course.readings import (
    AnnotationSet,
    NearMiss,
    Reference,
    ReferenceSpan,
    SectionFrames,
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
