"""Numbers with their reasons, and Student's t against printed tables."""

from fractions import Fraction

import pytest

from framingkit.agreement.coefficients import Coefficient, t_quantile


@pytest.mark.parametrize(
    ("freedom", "printed"),
    [(7, 2.3646), (8, 2.3060), (9, 2.2622), (11, 2.2010), (19, 2.0930), (29, 2.0452),
     (99, 1.9842), (10**6, 1.9600)],
)  # fmt: skip
def test_t_is_that_of_printed_tables(freedom, printed):
    assert t_quantile(0.975, freedom) == pytest.approx(printed, abs=6e-5)


def test_the_number_is_the_exact_share_divided_once():
    third = Coefficient(Fraction(10**30, 3 * 10**30 + 1))

    assert third.value == 10**30 / (3 * 10**30 + 1)
