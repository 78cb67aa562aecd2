"""From tags that differ, over decisions with reasons, to one reference reading."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framingkit.course.data import load_article, load_codebook, load_reference
from framingkit.course.readings import AnnotationSet, NearMiss, parse_reference, reference_to_toml
from framingkit.course.spans import Span
from framingkit.errors import FramingkitError
from framingkit.feedback.tags import compare_with_reference
from framingkit.settling.agenda import make_agenda
from framingkit.settling.contested import stretches
from framingkit.settling.decisions import KEEP_NONE, kept_response
from framingkit.settling.reading import settled_reading

ARTICLE, CODEBOOK = load_article(), load_codebook()
LABELS = [code.id for code in CODEBOOK.devices]


def tag(quote: str, label: str = "ceremony_symbol") -> Span:
    start = ARTICLE.text.index(quote)
    return Span(start, start + len(quote), label)


def tags(coder: str, *spans: Span) -> AnnotationSet:
    return AnnotationSet("alaska-summit", coder, spans)


def two(mine: list[Span], theirs: list[Span]) -> list[AnnotationSet]:
    return [tags("mara", *mine), tags("ben", *theirs)]


OTHER_LABEL = two([tag("red carpet")], [tag("red carpet", "loaded_word")])


def settle(sets: list[AnnotationSet], *reasons: dict[str, str] | str):
    """Settle the contested passages: keep some variants, each with a reason, or none and why."""
    agenda = make_agenda(sets, ARTICLE, CODEBOOK)
    responses = {
        passage.key: {"choice": KEEP_NONE, "kept": [], "because": because}
        if isinstance(because, str)
        else kept_response(passage, because)
        for passage, because in zip(agenda.passages, reasons, strict=True)
    }
    return settled_reading(agenda, responses, "two")


def contested(sets: list[AnnotationSet]):
    return [stretch for stretch in stretches(sets) if stretch.contested]


def test_what_everybody_tagged_alike_needs_no_decision():
    sets = two([tag("red carpet")], [tag("red carpet")])

    (entry,) = settle(sets).spans

    assert contested(sets) == []
    assert (entry.status, entry.rationale) == ("clear", "All 2 readers tagged it this way.")
    assert (entry.span.quote, entry.section, entry.span.id) == ("red carpet", "headline", "a01")


def test_overlapping_tags_lie_in_one_stretch_and_touching_ones_do_not():
    sets = two([Span(0, 5, "hedge"), Span(4, 9, "booster")], [Span(9, 12, "hedge")])

    assert [(one.start, one.end) for one in stretches(sets)] == [(0, 9), (9, 12)]


def test_a_stretch_names_its_variants_most_readers_first():
    sets = [*two([tag("red carpet")], [tag("out red carpet"), tag("red carpet", "hedge")]),
            tags("ada", tag("out red carpet")), tags("tom")]  # fmt: skip

    (stretch,) = contested(sets)

    assert [(one.letter, one.span.label, one.coders) for one in stretch.variants] == [
        ("A", "ceremony_symbol", ("ben", "ada")),
        ("B", "ceremony_symbol", ("mara",)),
        ("C", "hedge", ("ben",)),
    ]
    assert stretch.coders == ("mara", "ben", "ada", "tom")


def test_the_same_tag_twice_by_one_person_is_one_variant():
    sets = two([tag("red carpet"), tag("red carpet")], [tag("red carpet")])

    assert contested(sets) == []


def test_a_tag_of_one_person_alone_is_contested():
    assert len(contested(two([tag("red carpet")], []))) == 1


def test_one_variant_kept_is_a_clear_entry_with_the_reason():
    (entry,) = settle(OTHER_LABEL, {"A": "It is a ritual object."}).spans

    assert (entry.span.label, entry.status) == ("ceremony_symbol", "clear")
    assert (entry.rationale, entry.alternative) == ("It is a ritual object.", "")


def test_two_variants_kept_are_debatable_and_name_each_other():
    reasons = {"A": "It is a ritual object.", "B": "It praises the welcome."}

    first, second = settle(OTHER_LABEL, reasons).spans

    assert first.status == second.status == "debatable"
    assert (first.rationale, second.rationale) == (
        "It is a ritual object.", "It praises the welcome.",
    )  # fmt: skip
    assert first.alternative == (
        "Also kept: Loaded word on “red carpet”, because: It praises the welcome."
    )
    assert "Ceremony symbol on “red carpet”" in second.alternative


def test_where_neither_is_kept_both_become_near_misses():
    settled = settle(OTHER_LABEL, "A real carpet was there.")

    assert settled.spans == ()
    assert settled.near_misses[0] == NearMiss(
        Span(13, 23, "ceremony_symbol", "red carpet"), "A real carpet was there.", "headline"
    )
    assert settled.near_misses[1].span.label == "loaded_word"


def test_what_everybody_chose_stays_clear_beside_what_somebody_added():
    sets = two([tag("red carpet")], [tag("red carpet"), tag("carpet", "loaded_word")])

    first, second = settle(sets, {"A": "A ritual object.", "B": "Praise."}).spans

    assert (first.status, second.status) == ("clear", "debatable")


def test_the_result_serves_as_reference_for_feedback():
    settled = settle(OTHER_LABEL, {"A": "It is a ritual object.", "B": "Praise."})

    for coder, label in enumerate(["ceremony_symbol", "loaded_word"]):
        mine = tags(f"learner-{coder}", tag("red carpet", label))
        told = compare_with_reference(mine, settled, ARTICLE, CODEBOOK, LABELS, "headline")
        assert (told.tagged, told.matched) == (1, 1)
    assert [span.label for span in settled.annotation_set.spans] == [
        "ceremony_symbol", "loaded_word",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sets", "problem"),
    [
        ([tags("mara")], "sets are by: mara"),
        ([], "sets are by: nobody"),
        ([tags("mara"), tags("mara")], "are by 'mara'"),
    ],
)
def test_sets_that_cannot_be_settled_are_refused(sets, problem):
    with pytest.raises(FramingkitError, match=problem):
        stretches(sets)


def test_the_wrong_article_and_unknown_places_and_labels_are_refused():
    tour = [AnnotationSet("tagger-tour", name, ()) for name in ("mara", "ben")]
    outside = two([Span(10**6, 10**6 + 3, "hedge")], [Span(10**6, 10**6 + 3, "hedge")])
    unknown = two([tag("red carpet", "x")], [tag("red carpet", "x")])

    for sets in (tour, [tags("ada"), *tour]):
        with pytest.raises(FramingkitError, match="'mara' were made on 'tagger-tour'"):
            settle(sets)
    with pytest.raises(FramingkitError, match="lies in no section"):
        settle(outside)
    with pytest.raises(FramingkitError, match="has no code 'x'"):
        settle(unknown)
    with pytest.raises(FramingkitError, match="no reading 'C'. Choose one of: A, B"):
        settle(OTHER_LABEL, {"C": "It is."})


def test_the_reference_reading_of_the_kit_survives_toml():
    reference = load_reference()

    assert parse_reference(reference_to_toml(reference)) == reference


awkward = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from('"\\\n\t\x7f\x00'), min_size=1
).filter(str.strip)


@given(awkward, awkward)
def test_any_reason_survives_toml(first, second):
    settled = settle(OTHER_LABEL, {"A": first, "B": second})

    text = reference_to_toml(settled)

    assert tomllib.loads(text)["spans"][0]["rationale"] == first
    assert parse_reference(text) == settled


spans = st.builds(
    lambda start, size, label: Span(start, start + size, label),
    st.integers(0, 60), st.integers(2, 20), st.sampled_from(LABELS[:3]),
)  # fmt: skip


@given(st.lists(st.lists(spans, max_size=5), min_size=2, max_size=4))
def test_stretches_hold_every_variant_once_and_do_not_overlap(everybody):
    sets = [tags(f"coder-{number}", *own) for number, own in enumerate(everybody)]

    found = stretches(sets)

    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))
    keys = [variant.span.key for stretch in found for variant in stretch.variants]
    assert sorted(keys) == sorted({span.key for own in everybody for span in own})
    settled = settle(sets, *({"A": "So."} for _ in contested(sets)))
    assert len(settled.spans) >= len(found)


def test_a_tag_that_begins_between_two_sections_belongs_to_the_next():
    first, second, *_ = ARTICLE.sections
    across = Span(first.end, second.start + 2, "hedge")

    (entry,) = settle(two([across], [across])).spans

    assert first.end < second.start
    assert entry.section == second.id
