"""A class counted in plain Python, as in a browser without numpy: the same as with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framingkit import course
from framingkit.agreement.columns import class_spans
from framingkit.agreement.heat import class_heat, class_map
from framingkit.agreement.plain import PlainClass, plain_class
from framingkit.agreement.splits import class_contests
from framingkit.course import AnnotationSet, Span
from framingkit.errors import FramingkitError
from framingkit.hand_ins import sample_hand_ins
from framingkit.reports.beside_page import readers_of
from framingkit.work import FirstReading, WorkLog

ARTICLE, CODEBOOK = course.load_article(), course.load_codebook()
MOST = 6
LABELS = [code.id for code in CODEBOOK.devices[:3]]


def with_numpy(readers, codes):
    spans = class_spans(readers, [code.id for code in codes], ARTICLE)
    contests = class_contests(spans, ARTICLE, codes, MOST)
    return PlainClass(class_map(class_heat(spans), ARTICLE), contests)


@pytest.mark.parametrize("section", ["lead", "context", "agenda", "commentary", "ending"])
def test_the_sample_class_is_counted_as_with_numpy(tmp_path, section):
    log = WorkLog(tmp_path / "amber-heron-417.jsonl")
    readers = readers_of(sample_hand_ins(), FirstReading(log, ARTICLE, CODEBOOK, section))
    assert len(readers) > 20

    assert plain_class(readers, ARTICLE, CODEBOOK.devices, MOST) == with_numpy(
        readers, CODEBOOK.devices
    )


# tags that begin and end near each other, so that they overlap, touch and lie within each other
TAGS = st.lists(
    st.builds(
        lambda start, length, label: Span(start, start + length, label),
        st.integers(2680, 2760),
        st.integers(1, 40),
        st.sampled_from([*LABELS, "a-code-that-does-not-count"]),
    ),
    max_size=6,
)


@given(st.lists(TAGS, max_size=9))
def test_any_class_is_counted_as_with_numpy(tags):
    readers = [AnnotationSet(ARTICLE.id, f"reader-{n}", tuple(own)) for n, own in enumerate(tags)]
    codes = CODEBOOK.devices[:3]

    assert plain_class(readers, ARTICLE, codes, MOST) == with_numpy(readers, codes)


def test_a_tag_outside_the_text_is_refused_in_the_same_words():
    beyond = Span(13, len(ARTICLE.text) + 1, LABELS[0])
    readers = [AnnotationSet(ARTICLE.id, "mara", (beyond,))]
    said = []
    for count in (plain_class, lambda readers, *_: with_numpy(readers, CODEBOOK.devices)):
        with pytest.raises(FramingkitError) as refused:
            count(readers, ARTICLE, CODEBOOK.devices, MOST)
        said.append(str(refused.value))

    assert said[0] == said[1]
    assert "the length of the text" in said[0]
