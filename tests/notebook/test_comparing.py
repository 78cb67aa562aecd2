"""Texts compared in a lesson: by the readings of the kit, or by the learner's own tags."""

import pytest

import framingkit

CABLE = ("cable-talks-a", "cable-talks-b", "cable-talks-c")


@pytest.fixture
def lesson(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path))
    return framingkit.open_lesson("05-capstone", coder="amber-heron-417")


def test_the_same_comparison_as_a_map_as_a_page_and_as_a_chart(lesson):
    shown, page = lesson.coverage(*CABLE), lesson.coverage_page(*CABLE)

    assert repr(shown) == "CoverageMap(Report A, Report B, Report C)"
    assert repr(page) == "Coverage: Report A, Report B, Report C"
    assert page.html in shown._static_html()
    assert "“neighbourly”" in page.html
    assert "Report A: most in nobody who can be found (3)." in repr(
        lesson.coverage_chart("voices", *CABLE)
    )


def test_a_learners_own_tags_and_frames_are_compared(lesson):
    lesson.add_tag("Perhaps", "hedge", document="cable-talks-a")
    answers = {"ceremony": [1, 2]}
    lesson.answer_frames("lead", "ceremony", indicators=answers, document="cable-talks-a")
    page = lesson.coverage_page(*CABLE[:2], whose="mine").html

    assert "Report A (211 words, 1 tag: your tags)" in page
    assert "“Perhaps” [18]" in page
    assert "<td>Ceremony and symbol</td><td>not named</td>" in page


def test_a_text_of_ones_own_is_compared_by_ones_own_tags(lesson):
    lesson.use_text("A cold summit opens in Skell.", title="Cold")
    lesson.add_tag("cold", "nature_metaphor", document="own-text")
    page = lesson.coverage_page("own-text", "cable-talks-c").html

    assert "Cold (6 words, 1 tag: your tags)" in page
    assert "no such part" in page
    assert "Who speaks" not in page


def test_claims_are_compared_without_showing_a_tag(lesson):
    shown = lesson.coverage(*CABLE, by="claims")
    page = shown._static_html()

    assert [view["name"] for view in shown.texts["views"]] == ["Claims"]
    assert "Who tells what" in page
    assert "<mark" not in page
    assert "Ceremony symbol" not in page
    assert "Who tells what" not in lesson.coverage_page(*CABLE, by="codes").html


@pytest.mark.parametrize(
    ("texts", "more", "said"),
    [
        (CABLE, {"by": "frames"}, "by “codes” or by “claims”"),
        (("cable-talks-a", "bridge-opening"), {"by": "claims"}, "Nobody has written down yet"),
        (CABLE[:1], {}, "needs 2 to 4 different texts"),
        (("cable-talks-a", "own-text"), {}, "There is no text of your own yet"),
        (("cable-talks-a", "nothing"), {}, "There is no article"),
        (CABLE, {"whose": "ours"}, "or leave it out"),
    ],
)
def test_what_cannot_be_compared_is_answered_with_a_sentence(lesson, texts, more, said):
    assert said in repr(lesson.coverage(*texts, **more))
    assert said in repr(lesson.coverage_page(*texts, **more))
