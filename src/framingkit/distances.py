"""How far apart places are, so that a number in a text can be looked at from several sides.

A distance is true of the two points it is measured between, and of nothing else. So every
distance here names its points, and says how exactly each of them is known.
"""

import math
from dataclasses import dataclass

from framingkit.errors import FramingkitError
from framingkit.toml_tables import Table, parse_toml, refuse_twins

EARTH_RADIUS_KM = 6371.0088  # the mean radius; the Earth is not quite a ball, hence about 0.5 %

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the Earth, and how exactly it is known."""

    id: str
    name: str
    at: Point
    precision: str


@dataclass(frozen=True, slots=True)
class Distance:
    """The way between two places; ``name`` says what the number is true of."""

    id: str
    name: str
    start: Place
    end: Place

    @property
    def km(self) -> float:
        """The shortest way over the surface of the Earth."""
        return distance_km(self.start.at, self.end.at)

    @property
    def rounded(self) -> int:
        """The kilometres as the places allow them: to the next 1, beyond 500 to the next 10."""
        return round(self.km) if self.km < 500 else 10 * round(self.km / 10)


def distance_km(start: Point, end: Point) -> float:
    """Return the great-circle distance: the shortest way over the surface of the Earth.

    Parameters
    ----------
    start, end
        Latitude and longitude in degrees; south and west are negative.

    Raises
    ------
    FramingkitError
        If a latitude is beyond 90 degrees or a longitude beyond 180.

    Examples
    --------
    Lyon to Paris, as the haversine package publishes it (392.217 km):

    >>> round(distance_km((45.7597, 4.8422), (48.8567, 2.3508)), 3)
    392.217
    """
    for latitude, longitude in (start, end):
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):
            raise FramingkitError(
                "A point needs a latitude from -90 to 90 and a longitude from -180 to 180, "
                f"but got {latitude}, {longitude}. Write the latitude first."
            )
    (south, west), (north, east) = (tuple(map(math.radians, point)) for point in (start, end))
    half_chord = (
        math.sin((north - south) / 2) ** 2
        + math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(half_chord, 1.0)))


def parse_distances(toml_text: str) -> tuple[Distance, ...]:
    """Read places and the ways between them.

    Raises
    ------
    FramingkitError
        If a place is not given as "latitude, longitude", or a way names an unknown place.

    Examples
    --------
    >>> parse_distances("")
    ()
    """
    table = parse_toml(toml_text, "the distances")
    table.only(("places", "distances"))
    places = [_place(one) for one in table.tables("places", "place")]
    refuse_twins([place.id for place in places], "the places")
    known = {place.id: place for place in places}
    ways = tuple(_distance(one, known) for one in table.tables("distances", "distance"))
    refuse_twins([way.id for way in ways], "the distances")
    return ways


def _place(table: Table) -> Place:
    table.only(("id", "name", "at", "precision"))
    return Place(table.text("id"), table.text("name"), _point(table), table.text("precision"))


def _point(table: Table) -> Point:
    try:
        latitude, longitude = map(float, table.text("at").split(","))
    except ValueError:
        raise FramingkitError(
            f"In {table.what} the field 'at' is {table.text('at')!r}. "
            'Write latitude and longitude in degrees, such as "61.25, -149.8".'
        ) from None
    return latitude, longitude


def _distance(table: Table, known: dict[str, Place]) -> Distance:
    table.only(("id", "name", "start", "end"))
    start, end = (known[table.one_of(field, known)] for field in ("start", "end"))
    return Distance(table.text("id"), table.text("name"), start, end)
