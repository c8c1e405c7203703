"""People known by name, the posts they hold and what they say they know."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse

from khue.directory.models.time import ThroughTime, ends_after_it_begins
from khue.directory.models.units import Unit
from khue.language.text import fold, nfc, sort_key


def name_key(full_name: str) -> str:
    """Vietnamese lists order people by given name, the last word, then by the rest."""
    *before, given = full_name.split() or [""]
    return sort_key(given) + sort_key(" ".join(before))


class Person(models.Model):
    """Somebody known by name, with or without an account."""

    full_name = models.CharField(max_length=120)
    folded = models.CharField(max_length=120, editable=False)
    sort_name = models.CharField(max_length=500, editable=False, db_collation="C", default="")
    title = models.CharField(max_length=60, blank=True)
    """Academic title and degree: `PGS.TS.`."""
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["sort_name"]
        indexes = [GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="person_folded_trgm")]

    def __str__(self) -> str:
        return f"{self.title} {self.full_name}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("directory:person", args=[self.pk])

    def prepare(self) -> "Person":
        """Fill what is derived from the name; saving does it, entering many at once calls it."""
        self.full_name = nfc(self.full_name)
        self.folded = fold(self.full_name)
        self.sort_name = name_key(self.full_name)
        return self


class Post(models.Model):
    """A position a person holds in a unit, from a day to a day: `Giám đốc`, `Trưởng phòng`."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    position = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = ThroughTime["Post"].as_manager()

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            ends_after_it_begins("post_ends_after_it_begins"),
            models.UniqueConstraint(fields=["person", "unit", "position", "valid_from"], name="post_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position}, {self.unit}"


class Expertise(models.Model):
    """A field that a person declares to know, with what shows it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="expertise")
    topic = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, editable=False)
    since = models.PositiveSmallIntegerField(null=True, blank=True)
    """The year from which the person has worked in it."""
    evidence = models.CharField(max_length=400, blank=True)
    declared_on = models.DateField()

    class Meta:
        ordering = ["topic"]
        constraints = [models.UniqueConstraint(fields=["person", "folded"], name="expertise_once")]
        indexes = [GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="expertise_folded_trgm")]

    def __str__(self) -> str:
        return self.topic

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    def prepare(self) -> None:
        """Fill what is derived from the topic."""
        self.topic = nfc(self.topic)
        self.folded = fold(self.topic)
