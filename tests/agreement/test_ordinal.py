"""Agreement on ordered values: a published example, another library, and what has no number."""

import json
import random
from fractions import Fraction
from pathlib import Path

import krippendorff
import numpy as np
from for_each import for_each

from framingkit.agreement.ordinal import ordinal_alpha

TABLES = json.loads(
    Path(__file__).with_name("published_agreement.json").read_text(encoding="utf-8")
)["tables"]


def by_unit(rows):
    return [[one for one in unit if one is not None] for unit in zip(*rows, strict=True)]


def test_it_is_the_alpha_that_krippendorff_printed_for_his_example_with_gaps():
    (rows,) = [case["rows"] for case in TABLES if case["id"].startswith("krippendorff-2011-c")]
    assert round(ordinal_alpha(by_unit(rows)).value, 3) == 0.815


@for_each(range(40))
def test_it_is_what_another_library_finds(seed):
    chance = random.Random(seed)
    marks = [None, 0, 1, 2, 3] if seed % 2 else [None, 1, 3]  # also where a mark is never given
    size, people = chance.randint(6, 40), chance.randint(2, 4)
    rows = [[chance.choice(marks) for _ in range(size)] for _ in range(people)]
    found = ordinal_alpha(by_unit(rows), fewest=0).value
    table = [[np.nan if one is None else one for one in row] for row in rows]
    expected = krippendorff.alpha(table, level_of_measurement="ordinal", value_domain=[0, 1, 2, 3])
    assert abs(found - expected) < 1e-12


def test_the_order_counts():
    near, far = ([(0, 0), (1, 1), (2, 2), (3, 3), (0, other)] for other in (1, 3))
    assert ordinal_alpha(near).value > ordinal_alpha(far).value
    assert ordinal_alpha([(n, n) for n in (0, 1, 2, 3, 3)]).exact == Fraction(1)


def test_a_number_that_says_nothing_is_not_given():
    assert ordinal_alpha([(1, 2), (3,), (), (1, 1)]).reason == (
        "only 2 answers were marked by two people, and it takes 5"
    )
    assert ordinal_alpha([(2, 2)] * 9).reason == "all marks are the same"
