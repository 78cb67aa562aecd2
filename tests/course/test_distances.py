import pytest

from framingkit.course.data import load_distances
from framingkit.course.record import EARTH_RADIUS_KM, distance_km, parse_distances
from framingkit.errors import FramingkitError

PLACES = """
[[places]]
id = "a"
name = "A"
at = "0, 0"
precision = "exact"

[[places]]
id = "b"
name = "B"
at = "0, 180"
precision = "exact"
"""
WAY = '[[distances]]\nid = "ab"\nname = "A to B"\nstart = "a"\nend = "b"\n'


def test_a_point_is_no_way_from_itself():
    assert distance_km((65.64, -168.12), (65.64, -168.12)) == 0


def test_the_way_is_as_long_there_as_back():
    here, there = (66.0792, -169.6519), (61.25, -149.8)

    assert distance_km(here, there) == distance_km(there, here)


def test_the_way_across_the_date_line_is_the_short_one():
    assert distance_km((0, 179.5), (0, -179.5)) == pytest.approx(111.2, abs=0.1)


@pytest.mark.parametrize("end", [(0, 180), (90, 0)])
def test_the_far_side_is_half_a_circle_away_and_a_pole_a_quarter(end):
    part = 1 if end == (0, 180) else 0.5

    assert distance_km((0, 0), end) == pytest.approx(part * 3.141592653589793 * EARTH_RADIUS_KM)


@pytest.mark.parametrize("point", [(91, 0), (0, 181), (-149.8, 61.25), (float("nan"), 0)])
def test_a_point_that_is_not_on_the_earth_is_refused(point):
    with pytest.raises(FramingkitError, match="latitude first"):
        distance_km((0, 0), point)


@pytest.mark.parametrize(
    ("way", "published"), [("mainlands", 85), ("islands", 4), ("summit", 1110)]
)
def test_the_distances_of_the_article_are_within_two_percent_of_what_is_published(way, published):
    (found,) = [one for one in load_distances() if one.id == way]

    assert found.km == pytest.approx(published, rel=0.02)
    assert found.rounded == published


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (PLACES.replace("0, 180", "180"), "place 'b'.*61.25"),
        (PLACES.replace("0, 180", "north, 180"), "place 'b'.*61.25"),
        (PLACES + WAY.replace('"b"', '"c"'), "distance 'ab'.*'a', 'b'"),
        (PLACES + WAY + WAY, "used twice"),
        (PLACES + PLACES, "used twice"),
    ],
)
def test_a_distance_that_could_not_be_measured_is_refused(text, problem):
    with pytest.raises(FramingkitError, match=problem):
        parse_distances(text)
