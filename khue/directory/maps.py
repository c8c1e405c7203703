"""The communes of the city as a picture: no map service is asked, each commune is the land nearest to its point."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.db.models import QuerySet

from khue.core.clock import today
from khue.core.described import told
from khue.directory.models import Place, Unit

WIDTH = 1000.0
"""Of the picture; its height follows from the land."""
MARGIN = 75.0
CORNERS = 28
NEIGHBOURS = 24
REACH = 1.05
"""How far a commune's land may reach, in middle distances between neighbours: the rim of the city stays round."""
Point = tuple[float, float]
Points = tuple[tuple[int, str, float, float], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A commune as drawn: its outline as an SVG path and its point."""

    place: int
    name: str
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """All communes, and the size of the picture."""

    cells: Sequence[Cell]
    width: int
    height: int


class Near(NamedTuple):
    """A commune beside another: its number, its name with its kind, how far it is."""

    pk: int
    name: str
    kilometres: float


def communes() -> "list[Place]":
    """The communes of today in the provinces whose communes have units here, in Vietnamese order."""
    return list(_communes())


def commune_choices() -> list[tuple[int, str]]:
    """The same for a list to choose from: number and name with kind."""
    return [(pk, f"{kind} {name}") for pk, kind, name in _communes().values_list("pk", "kind", "name")]


def _communes() -> "QuerySet[Place]":
    provinces = Place.objects.filter(children__units__kind=Unit.Kind.COMMUNE).order_by().values("pk")
    found = Place.objects.as_of(today()).filter(level=Place.Level.COMMUNE, parent__in=provinces)
    return found.order_by("sort_name")


def drawing() -> Drawing:
    """The picture of the communes that have coordinates; drawn anew only when the places change."""
    return _draw(_points())


def nearest(here: Place, most: int) -> Sequence[Near]:
    """The communes of today nearest to one, those first that are nearest; reckoned anew only when the places change."""
    if here.latitude is None or here.longitude is None:
        return ()
    return _around(_points(), here.pk, (here.longitude, here.latitude))[:most]


def _points() -> Points:
    """The communes that have coordinates: number, name with kind, longitude, latitude."""

    def rows() -> "QuerySet[Place, tuple[object, ...]]":
        there = _communes().filter(longitude__isnull=False, latitude__isnull=False)
        return there.values_list("pk", "kind", "name", "longitude", "latitude")

    columns = told(("points of communes", today()), rows)
    return tuple((pk, f"{kind} {name}", east, north) for pk, kind, name, east, north in columns)


@lru_cache(maxsize=256)
def _around(rows: Points, here: int, point: Point) -> tuple[Near, ...]:
    far = (Near(pk, name, _kilometres(point, (east, north))) for pk, name, east, north in rows if pk != here)
    return tuple(sorted(far, key=lambda one: one.kilometres))


def _kilometres(one: Point, other: Point) -> float:
    """The distance between two points on the ground, longitude first, near enough for neighbours."""
    east = (one[0] - other[0]) * math.cos(math.radians(one[1]))
    return math.hypot(one[1] - other[1], east) * 111.2


@lru_cache(maxsize=4)
def _draw(rows: Points) -> Drawing:
    if not rows:
        return Drawing((), int(WIDTH), 0)
    points = _projected([(longitude, latitude) for _, _, longitude, latitude in rows])
    height = max(y for _, y in points) + MARGIN
    reach = min(MARGIN - 5, REACH * _middle_distance(points))
    cells = [
        Cell(pk, name, _path(_land(points, number, reach)), round(x, 1), round(y, 1))
        for number, ((pk, name, _, _), (x, y)) in enumerate(zip(rows, points, strict=True))
    ]
    return Drawing(tuple(cells), int(WIDTH), math.ceil(height))


def _projected(places: Sequence[Point]) -> list[Point]:
    """Longitude and latitude as points of the picture, north above."""
    west, north = min(x for x, _ in places), max(y for _, y in places)
    shrink = math.cos(math.radians(sum(y for _, y in places) / len(places)))
    wide = max((x - west) * shrink for x, _ in places) or 1.0
    scale = (WIDTH - 2 * MARGIN) / wide
    return [(MARGIN + (x - west) * shrink * scale, MARGIN + (north - y) * scale) for x, y in places]


def _nearest(points: Sequence[Point], number: int) -> list[Point]:
    here = points[number]
    others = (point for place, point in enumerate(points) if place != number and point != here)
    return sorted(others, key=lambda point: math.dist(here, point))[:NEIGHBOURS]


def _middle_distance(points: Sequence[Point]) -> float:
    """The median of the distances to the fourth neighbour: about the size of a commune outside the centre."""
    far = sorted(math.dist(points[number], near[min(3, len(near) - 1)]) for number in range(len(points))
                 if (near := _nearest(points, number)))  # fmt: skip
    return far[len(far) // 2] if far else WIDTH / 10


def _land(points: Sequence[Point], number: int, reach: float) -> list[Point]:
    """A circle around the point, cut by the line half way to each neighbour."""
    x, y = points[number]
    turns = [2 * math.pi * corner / CORNERS for corner in range(CORNERS)]
    land = [(x + reach * math.cos(turn), y + reach * math.sin(turn)) for turn in turns]
    for other in _nearest(points, number):
        land = _cut(land, (x, y), other)
    return land


def _cut(land: Sequence[Point], here: Point, other: Point) -> list[Point]:
    """The part of a convex outline that is nearer to `here` than to `other`."""
    middle = ((here[0] + other[0]) / 2, (here[1] + other[1]) / 2)
    ahead = (other[0] - here[0], other[1] - here[1])

    def side(point: Point) -> float:
        return (point[0] - middle[0]) * ahead[0] + (point[1] - middle[1]) * ahead[1]

    kept: list[Point] = []
    for first, second in zip(land, [*land[1:], *land[:1]], strict=True):
        a, b = side(first), side(second)
        if a <= 0:
            kept.append(first)
        if (a < 0 < b) or (b < 0 < a):
            share = a / (a - b)
            kept.append((first[0] + share * (second[0] - first[0]), first[1] + share * (second[1] - first[1])))
    return kept


def _path(land: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in land) + "Z" if land else ""
