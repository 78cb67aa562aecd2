"""The minutes of the parts agree with the words and acts in them, and the page says how."""

import re

import count_minutes
import pytest
from for_each import for_each

PARTS = list(count_minutes.counted_parts())


def test_the_table_of_the_page_is_that_of_the_lessons():
    text = count_minutes.PAGE.read_text(encoding="utf-8")

    assert count_minutes.with_table(text) == text


@for_each({part[0]: part for part in PARTS})
def test_a_part_has_the_minutes_that_its_words_and_acts_take_or_says_why_not(part):
    name, effort, written = part

    most = 1 if re.match(r"\d\d, ", name) else 2  # a lesson, or an exercise

    assert abs(written - effort.minutes) <= most or count_minutes.reason(name), effort.minutes


def test_a_figure_is_words_read_and_typed_and_acts():
    effort = count_minutes.Effort(360, 25, 12) + count_minutes.Effort(0, 25, 0)

    assert effort.check_figure == pytest.approx(2 + 2 + 1)
    assert effort.minutes == 6
