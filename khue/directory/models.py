"""Places, units and people, each with the days on which they were so."""

from datetime import date

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from khue.language.text import fold, sort_key


class ThroughTime(models.QuerySet["models.Model"]):
    """Rows that are valid from a day to a day, both included; an open end is NULL."""

    def as_of(self, day: date) -> "ThroughTime":
        """Those valid on `day`."""
        return self.filter(Q(valid_from__lte=day), Q(valid_to__gte=day) | Q(valid_to=None))


class Place(models.Model):
    """An administrative place as it was between two days: province, district (until 30/6/2025) or commune."""

    class Level(models.TextChoices):
        PROVINCE = "province", "Tỉnh, thành phố"
        DISTRICT = "district", "Quận, huyện, thị xã"
        COMMUNE = "commune", "Phường, xã, đặc khu"

    code = models.CharField(max_length=10)
    level = models.CharField(max_length=10, choices=Level)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=120, editable=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = ThroughTime.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "code", "valid_from"], name="place_code_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="place_ends_after_it_begins"
            ),
        ]
        indexes = [GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="place_folded_trgm")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded = fold(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Unit(models.Model):
    """An organisation or a part of one: city, department, commune office, division, institute, enterprise."""

    class Kind(models.TextChoices):
        AUTHORITY = "authority", "Cơ quan lãnh đạo"
        DEPARTMENT = "department", "Sở, ban, ngành"
        DISTRICT = "district", "UBND cấp huyện"
        COMMUNE = "commune", "UBND cấp xã"
        DIVISION = "division", "Phòng, bộ phận"
        INSTITUTE = "institute", "Viện, trường"
        ENTERPRISE = "enterprise", "Doanh nghiệp"
        PARTY = "party", "Cơ quan Đảng"
        ASSOCIATION = "association", "Tổ chức, đoàn thể"

    name = models.CharField(max_length=250)
    abbreviation = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    folded = models.CharField(max_length=250, editable=False)
    sort_name = models.CharField(max_length=1000, editable=False, db_collation="C")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="units")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = ThroughTime.as_manager()

    class Meta:
        ordering = ["sort_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="unit_ends_after_it_begins"
            )
        ]
        indexes = [
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="unit_folded_trgm"),
            models.Index(fields=["sort_name"], name="unit_sorted"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded = fold(self.name)
        self.sort_name = sort_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Person(models.Model):
    """Somebody known by name, with or without an account."""

    full_name = models.CharField(max_length=120)
    folded = models.CharField(max_length=120, editable=False)
    title = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)

    class Meta:
        indexes = [GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="person_folded_trgm")]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded = fold(self.full_name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]
