"""What a researcher calls, on a class and on two coders."""

import shutil

import pytest

import framingkit as fk
from framingkit.course import Document, Reference, ReferenceSpan, Section, kit_folder
from framingkit.hand_ins.collect import collect


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    path = tmp_path_factory.mktemp("class") / "class.jsonl.gz"
    collect(fk.sample_hand_ins(), path)
    return fk.read_class(path)


def test_two_coders_are_compared_in_one_line_also_when_its_module_was_loaded(found):
    import framingkit.agreement.pairs  # noqa: F401

    mara, ben, *_ = fk.class_annotations(found)

    pair = fk.pair_agreement(mara, ben, names=("mara", "ben"))

    assert 0 < pair.f1.value < 1
    assert pair.sentences[0] == f"mara has {len(mara.spans)} tags, ben has {len(ben.spans)}."


def test_a_class_has_a_coefficient_for_each_code_and_for_each_person(found):
    sets = fk.class_annotations(found)

    agreement = fk.class_agreement(sets)

    assert len(sets) == 30
    assert 0.3 < agreement.overall.alpha.value < 0.6
    assert agreement.overall.interval.low < agreement.overall.alpha.value
    names = [row.code.id for row in agreement.by_code]
    assert names == [code.id for code in fk.load_codebook().codes if code.id in names]


def test_unread_sections_are_missing_values_and_not_disagreement(found):
    (full, *_) = fk.class_annotations(found)
    headline = fk.AnnotationSet(full.document_id, "ill", full.within(0, 100).spans)

    assert headline.spans
    assert fk.class_agreement([full, headline]).overall.alpha.value == 1.0


def test_nobody_to_compare_is_a_sentence():
    with pytest.raises(fk.FramingkitError, match="Give one set of tags for each person"):
        fk.class_agreement([])


OWN = Document(
    "harbour", "The harbour", "A red carpet of cranes. It is always hot here.", "0" * 64,
    (Section("text", "The text", 0, 46),),
)  # fmt: skip
CRANES = fk.AnnotationSet("harbour", "mara", (fk.Span(2, 12, "ceremony_symbol", "red carpet"),))


def test_two_coders_are_compared_on_a_text_that_the_kit_does_not_have():
    hot = fk.AnnotationSet("harbour", "ben", (*CRANES.spans, fk.Span(30, 36, "booster")))

    pair = fk.pair_agreement(CRANES, hot, document=OWN)

    assert pair.sentences[-1] == "[2] “always”: only they tag it Booster."
    assert fk.class_agreement([CRANES, hot], document=OWN).overall.alpha.value < 1


def test_a_coder_is_compared_with_a_reading_of_another_text():
    entry = ReferenceSpan(CRANES.spans[0], "text", "clear", "It is a picture.", "", ())
    reading = Reference("harbour", "ben", (entry,), (), ())

    comparison = fk.compare_with_reference(CRANES, "text", reference=reading, document=OWN)

    assert comparison.summary[0] == "Your one tag matches the reference reading."


def test_a_text_that_the_kit_does_not_have_must_be_given():
    with pytest.raises(fk.FramingkitError, match="There is no article 'harbour'"):
        fk.pair_agreement(CRANES, CRANES)


def test_a_text_codes_and_an_answer_sheet_of_ones_own_are_loaded_by_their_paths(tmp_path):
    kit = kit_folder() / "data"
    folder = shutil.copytree(kit / "articles" / "trade-summit", tmp_path / "my text")
    codes = shutil.copy(kit / "codebooks" / "diplomatic-framing.toml", tmp_path / "codes.toml")
    sheet = next(fk.sample_hand_ins().glob("*.answers.json"))

    article, codebook = fk.load_article(folder), fk.load_codebook(str(codes))
    mine = fk.read_sheet(str(sheet)).annotations("alaska-summit")

    assert (article.id, codebook.id) == ("trade-summit", "diplomatic-framing")
    assert fk.pair_agreement(mine, mine, codebook=codebook).f1.value == 1.0
    both = fk.load_annotations("trade-summit")
    assert fk.pair_agreement(both, both, document=article, codebook=codebook).f1.value == 1.0
