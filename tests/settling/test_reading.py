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
from framingkit.settling.contested import Decision, contested_stretches, decide, stretches
from framingkit.settling.reading import adjudicate

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


def settle(sets: list[AnnotationSet], *decisions: Decision):
    return adjudicate(sets, decisions, ARTICLE, CODEBOOK)


def test_what_everybody_tagged_alike_needs_no_decision():
    sets = two([tag("red carpet")], [tag("red carpet")])

    (entry,) = settle(sets).spans

    assert contested_stretches(sets) == ()
    assert (entry.status, entry.rationale) == ("clear", "All 2 readers tagged it so.")
    assert (entry.span.quote, entry.section, entry.span.id) == ("red carpet", "headline", "a01")


def test_overlapping_tags_lie_in_one_stretch_and_touching_ones_do_not():
    sets = two([Span(0, 5, "hedge"), Span(4, 9, "booster")], [Span(9, 12, "hedge")])

    assert [(one.start, one.end) for one in stretches(sets)] == [(0, 9), (9, 12)]


def test_a_stretch_names_its_readings_most_readers_first_and_who_is_silent():
    sets = [*two([tag("red carpet")], [tag("out red carpet"), tag("red carpet", "hedge")]),
            tags("ada", tag("out red carpet")), tags("tom")]  # fmt: skip

    (found,) = contested_stretches(sets)

    assert [(one.letter, one.label, one.coders) for one in found.readings] == [
        ("A", "ceremony_symbol", ("ben", "ada")),
        ("B", "ceremony_symbol", ("mara",)),
        ("C", "hedge", ("ben",)),
    ]
    assert found.silent == ("tom",)


def test_the_same_tag_twice_by_one_person_is_one_reading():
    sets = two([tag("red carpet"), tag("red carpet")], [tag("red carpet")])

    assert contested_stretches(sets) == ()


def test_a_tag_of_one_person_alone_is_contested():
    assert len(contested_stretches(two([tag("red carpet")], []))) == 1


def test_one_reading_kept_is_a_clear_entry_with_the_reason():
    (found,) = contested_stretches(OTHER_LABEL)

    (entry,) = settle(OTHER_LABEL, decide(found, {"A": "It is a ritual object."})).spans

    assert (entry.span.label, entry.status) == ("ceremony_symbol", "clear")
    assert (entry.rationale, entry.alternative) == ("It is a ritual object.", "")


def test_two_readings_kept_are_debatable_and_name_each_other():
    (found,) = contested_stretches(OTHER_LABEL)
    decision = decide(found, {"A": "It is a ritual object.", "B": "It praises the welcome."})

    first, second = settle(OTHER_LABEL, decision).spans

    assert decision.verdict == "both"
    assert first.status == second.status == "debatable"
    assert (first.rationale, second.rationale) == (
        "It is a ritual object.", "It praises the welcome.",
    )  # fmt: skip
    assert first.alternative == (
        "Also kept: Loaded word on “red carpet”, because: It praises the welcome."
    )
    assert "Ceremony symbol on “red carpet”" in second.alternative


def test_where_neither_is_kept_both_become_near_misses():
    (found,) = contested_stretches(OTHER_LABEL)

    settled = settle(OTHER_LABEL, decide(found, {}, neither="A real carpet was there."))

    assert settled.spans == ()
    assert settled.near_misses[0] == NearMiss(
        Span(13, 23, "ceremony_symbol", "red carpet"), "A real carpet was there.", "headline"
    )
    assert settled.near_misses[1].span.label == "loaded_word"


def test_a_reading_of_everybody_stays_clear_beside_one_that_somebody_added():
    sets = two([tag("red carpet")], [tag("red carpet"), tag("carpet", "loaded_word")])
    (found,) = contested_stretches(sets)

    first, second = settle(sets, decide(found, {"A": "A ritual object.", "B": "Praise."})).spans

    assert (first.status, second.status) == ("clear", "debatable")


def test_the_result_serves_as_reference_for_feedback():
    (found,) = contested_stretches(OTHER_LABEL)
    settled = settle(OTHER_LABEL, decide(found, {"A": "It is a ritual object.", "B": "Praise."}))

    for coder, label in enumerate(["ceremony_symbol", "loaded_word"]):
        mine = tags(f"learner-{coder}", tag("red carpet", label))
        told = compare_with_reference(mine, settled, ARTICLE, CODEBOOK, LABELS, "headline")
        assert (told.tagged, told.matched) == (1, 1)
    assert [span.label for span in settled.annotation_set.spans] == [
        "ceremony_symbol", "loaded_word",
    ]  # fmt: skip


def test_an_open_stretch_is_named():
    with pytest.raises(FramingkitError, match="decision: 1. The first is “red carpet” at 13:23"):
        settle(OTHER_LABEL)


def test_a_decision_that_fits_no_stretch_is_refused():
    (found,) = contested_stretches(OTHER_LABEL)
    kept = decide(found, {"A": "It is a ritual object."})
    sets = two([tag("red carpet", "hedge")], [tag("red carpet", "loaded_word")])

    for wrong in ([Decision(0, 5, (), "Plain.")], [kept, kept]):
        with pytest.raises(FramingkitError, match="fits no contested stretch"):
            settle(OTHER_LABEL, *wrong)
    with pytest.raises(FramingkitError, match="a reading that nobody had"):
        settle(sets, kept)


@pytest.mark.parametrize(
    ("reasons", "neither", "problem"),
    [
        ({"A": " "}, "", "gives no reason"),
        ({}, "", "gives no reason"),
        ({"C": "It is."}, "", "no reading 'C'. Choose one of: A, B"),
        ({"A": "It is."}, "It is not.", "keeps A, but also"),
    ],
)
def test_a_decision_without_its_reasons_is_refused(reasons, neither, problem):
    (found,) = contested_stretches(OTHER_LABEL)

    with pytest.raises(FramingkitError, match=problem):
        decide(found, reasons, neither)


@pytest.mark.parametrize(
    ("sets", "problem"),
    [
        ([tags("mara")], "sets are by: mara"),
        ([], "sets are by: nobody"),
        ([tags("mara"), tags("mara")], "mara, mara"),
        ([tags("mara"), AnnotationSet("tagger-tour", "ben", ())], "Settle one text"),
    ],
)
def test_sets_that_cannot_be_settled_are_refused(sets, problem):
    with pytest.raises(FramingkitError, match=problem):
        stretches(sets)


def test_the_wrong_article_and_unknown_places_and_labels_are_refused():
    tour = [AnnotationSet("tagger-tour", name, ()) for name in ("mara", "ben")]
    outside = two([Span(10**6, 10**6 + 3, "hedge")], [Span(10**6, 10**6 + 3, "hedge")])
    unknown = two([tag("red carpet", "x")], [tag("red carpet", "x")])

    with pytest.raises(FramingkitError, match="made on 'tagger-tour'"):
        settle(tour)
    with pytest.raises(FramingkitError, match="lies in no section"):
        settle(outside)
    with pytest.raises(FramingkitError, match="has no code 'x'"):
        settle(unknown)


def test_the_reference_reading_of_the_kit_survives_toml():
    reference = load_reference()

    assert parse_reference(reference_to_toml(reference)) == reference


awkward = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from('"\\\n\t\x7f\x00'), min_size=1
).filter(str.strip)


@given(awkward, awkward)
def test_any_reason_survives_toml(first, second):
    (found,) = contested_stretches(OTHER_LABEL)
    settled = settle(OTHER_LABEL, decide(found, {"A": first, "B": second}))

    text = reference_to_toml(settled)

    assert tomllib.loads(text)["spans"][0]["rationale"] == first
    assert parse_reference(text) == settled


spans = st.builds(
    lambda start, size, label: Span(start, start + size, label),
    st.integers(0, 60), st.integers(1, 20), st.sampled_from(LABELS[:3]),
)  # fmt: skip


@given(st.lists(st.lists(spans, max_size=5), min_size=2, max_size=4))
def test_stretches_hold_every_reading_once_and_do_not_overlap(everybody):
    sets = [tags(f"coder-{number}", *own) for number, own in enumerate(everybody)]

    found = stretches(sets)

    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))
    readings = [(one.start, one.end, one.label) for stretch in found for one in stretch.readings]
    assert sorted(readings) == sorted({(s.start, s.end, s.label) for own in everybody for s in own})
    settled = settle(sets, *(decide(one, {"A": "So."}) for one in found if one.contested))
    assert len(settled.spans) >= len(found)
