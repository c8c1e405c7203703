"""Places, units and people, each with the days on which they were so."""

from khue.directory.models.people import Expertise, Person, Post
from khue.directory.models.places import Place, PlaceHeir, PlaceSuccession
from khue.directory.models.succession import Kind
from khue.directory.models.time import ThroughTime, days, ends_after_it_begins, valid_on
from khue.directory.models.units import Unit, UnitHeir, UnitName, Units, UnitSuccession

__all__ = [
    "Expertise",
    "Kind",
    "Person",
    "Place",
    "PlaceHeir",
    "PlaceSuccession",
    "Post",
    "ThroughTime",
    "Unit",
    "UnitHeir",
    "UnitName",
    "UnitSuccession",
    "Units",
    "days",
    "ends_after_it_begins",
    "valid_on",
]
