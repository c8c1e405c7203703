"""Organisations and their parts, as a tree through time."""

from collections.abc import Iterable
from itertools import count
from typing import Any

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.indexes import GinIndex
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from khue.directory.models.places import Place
from khue.directory.models.succession import Heirs, Succession
from khue.directory.models.time import ThroughTime, days, ends_after_it_begins
from khue.directory.naming import abbreviation_key, bare_key, key_of
from khue.language.text import fold, nfc, sort_key

PARENT_CHANGED = pgtrigger.UpdateOf("parent_id")  # type: ignore[no-untyped-call]  # the library is untyped here


class Units(ThroughTime["Unit"]):
    """Questions about units."""

    def within(self, unit_ids: Iterable[int]) -> "Units":
        """These units that are one of `unit_ids` or stand below one of them."""
        condition = Q(pk__in=[])
        for unit_id in unit_ids:
            condition |= Q(path__contains=f"/{unit_id}/")
        return self.filter(condition)

    def mapped_to_today(self) -> "Units":
        """The units of today that these units, of whatever time, have become: one query."""
        return Unit.objects.filter(heir_of__source__in=self.order_by().values("pk")).distinct()


class Unit(models.Model):
    """An organisation or a part of one: city, department, commune office, division, institute, enterprise."""

    class Kind(models.TextChoices):
        AUTHORITY = "authority", _("Leading body")
        DEPARTMENT = "department", _("Department of the city or province")
        DISTRICT = "district", _("District committee (until 30/6/2025)")
        COMMUNE = "commune", _("Ward or commune committee")
        DIVISION = "division", _("Division")
        INSTITUTE = "institute", _("Institute, school")
        ENTERPRISE = "enterprise", _("Enterprise")
        PARTY = "party", _("Party body")
        ASSOCIATION = "association", _("Association, union")

    code = models.SlugField(max_length=60, unique=True, blank=True)
    """Permanent, for addresses, imports and the API; made from the first name when left empty."""
    name = models.CharField(max_length=250)
    """The name it bears, or the last it bore; all of them are in `names`."""
    abbreviation = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    folded = models.CharField(max_length=250, editable=False)
    sort_name = models.CharField(max_length=1000, editable=False, db_collation="C")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=250, editable=False, default="", db_index=True)
    """The numbers from the root to itself, `/1/7/42/`; kept by a trigger, so that "below" is one condition."""
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="units")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    successors = models.ManyToManyField(
        "self", through="UnitSuccession", symmetrical=False, related_name="predecessors"
    )

    objects = Units.as_manager()

    class Meta:
        ordering = ["sort_name"]
        constraints = [ends_after_it_begins("unit_ends_after_it_begins")]
        indexes = [
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="unit_folded_trgm"),
            GinIndex(fields=["path"], opclasses=["gin_trgm_ops"], name="unit_path_trgm"),
            models.Index(fields=["sort_name"], name="unit_sorted"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="path_before",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | PARENT_CHANGED,
                declare=[("above", "TEXT")],
                func="""
                    SELECT path INTO above FROM directory_unit WHERE id = NEW.parent_id;
                    IF above LIKE '%/' || NEW.id || '/%' THEN
                        RAISE EXCEPTION 'a unit cannot stand below itself' USING ERRCODE = 'check_violation';
                    END IF;
                    NEW.path := coalesce(above, '/') || NEW.id || '/';
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="path_below",
                when=pgtrigger.After,
                operation=PARENT_CHANGED,
                condition=pgtrigger.Q(old__path__df=pgtrigger.F("new__path")),
                func="""
                    UPDATE directory_unit SET path = NEW.path || substr(path, length(OLD.path) + 1)
                    WHERE path LIKE OLD.path || '%' AND id <> NEW.id;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        first = self._state.adding
        self.prepare()
        super().save(*args, **kwargs)
        if first:
            self.first_name().save()

    def get_absolute_url(self) -> str:
        return reverse("directory:unit", args=[self.code])

    def prepare(self, taken: set[str] | None = None) -> "Unit":
        """Fill what is derived from the name; saving does it, loading in bulk calls it with the codes in use."""
        self.name = nfc(self.name)
        self.folded = fold(self.name)
        self.sort_name = sort_key(self.name)
        self.code = self.code or free_code(self.name, taken)
        return self

    def first_name(self) -> "UnitName":
        """The row of `names` that a new unit begins with."""
        return UnitName(unit=self, name=self.name, abbreviation=self.abbreviation, valid_from=self.valid_from).prepare()


class UnitName(models.Model):
    """A name that a unit bore between two days, or (not `official`) another way in which people write it."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="names")
    name = models.CharField(max_length=250)
    abbreviation = models.CharField(max_length=40, blank=True)
    official = models.BooleanField(default=True)
    key = models.CharField(max_length=300, editable=False)
    bare = models.CharField(max_length=300, editable=False, db_index=True)
    short = models.CharField(max_length=40, editable=False, db_index=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=400, blank=True)

    objects = ThroughTime["UnitName"].as_manager()

    class Meta:
        ordering = ["unit", "-valid_from"]
        constraints = [
            ends_after_it_begins("unit_name_ends_after_it_begins"),
            ExclusionConstraint(
                name="unit_one_official_name_a_day",
                expressions=[("unit", "="), (days(), "&&")],
                condition=Q(official=True),
            ),
        ]
        indexes = [
            GinIndex(fields=["key"], opclasses=["gin_trgm_ops"], name="unit_name_key_trgm"),
            models.Index(fields=["key"], name="unit_name_key"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    def prepare(self) -> "UnitName":
        """Fill what is derived from the name; saving does it, loading in bulk calls it."""
        self.name = nfc(self.name)
        self.key = key_of(self.name)
        self.bare = bare_key(self.key)
        self.short = abbreviation_key(self.abbreviation)
        return self


class UnitSuccession(Succession):
    """The work of `old` went, in whole or in part, to `new`."""

    old = models.ForeignKey(Unit, models.CASCADE, related_name="succeeded_by")
    new = models.ForeignKey(Unit, models.CASCADE, related_name="succeeds")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="unit_succession_once"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="unit_succeeds_another"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class UnitHeir(Heirs):
    """What a unit of any time is today."""

    source = models.ForeignKey(Unit, models.DO_NOTHING, related_name="heirs")
    heir = models.ForeignKey(Unit, models.DO_NOTHING, related_name="heir_of")

    class Meta(Heirs.Meta):
        db_table = "directory_unitheir"


def free_code(name: str, taken: set[str] | None = None) -> str:
    """A code made from the name that no unit has yet: `so-khoa-hoc-va-cong-nghe`, then `…-2`."""
    stem = slugify(fold(name))[:52].strip("-") or "unit"
    if taken is None:
        taken = set(Unit.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for number in count(1) if (code := stem if number == 1 else f"{stem}-{number}") not in taken)
