"""Administrative places and what became of them."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khue.directory.models.succession import Heirs, Succession
from khue.directory.models.time import ThroughTime, ends_after_it_begins
from khue.language.text import fold, sort_key


class Places(ThroughTime["Place"]):
    """Questions about places."""

    def mapped_to_today(self) -> "Places":
        """The places of today that these places, of whatever time, have become: one query."""
        return Place.objects.filter(heir_of__source__in=self.order_by().values("pk")).distinct()


class Place(models.Model):
    """An administrative place as it was between two days: province, district (until 30/6/2025) or commune."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("Province, city")
        DISTRICT = "district", _("District (until 30/6/2025)")
        COMMUNE = "commune", _("Ward, commune, special zone")

    code = models.CharField(max_length=10)
    level = models.CharField(max_length=10, choices=Level)
    kind = models.CharField(max_length=20)
    """`Tỉnh`, `Thành phố`, `Quận`, `Huyện`, `Thị xã`, `Phường`, `Xã`, `Thị trấn`, `Đặc khu`."""
    name = models.CharField(max_length=120)
    """Without its kind: `Sóc Sơn`."""
    folded = models.CharField(max_length=160, editable=False)
    sort_name = models.CharField(max_length=500, editable=False, db_collation="C", default="")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    successors = models.ManyToManyField(
        "self", through="PlaceSuccession", symmetrical=False, related_name="predecessors"
    )

    objects = Places.as_manager()

    class Meta:
        ordering = ["sort_name", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["level", "code", "valid_from"], name="place_code_once_a_day"),
            ends_after_it_begins("place_ends_after_it_begins"),
        ]
        indexes = [GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="place_folded_trgm")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    def prepare(self) -> "Place":
        """Fill what is derived from the name; saving does it, loading in bulk calls it."""
        self.folded = fold(f"{self.kind} {self.name}")
        self.sort_name = sort_key(self.name)
        return self


class PlaceSuccession(Succession):
    """The land of `old` went, in whole or in part, to `new`."""

    old = models.ForeignKey(Place, models.CASCADE, related_name="succeeded_by")
    new = models.ForeignKey(Place, models.CASCADE, related_name="succeeds")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="place_succession_once"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="place_succeeds_another"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class PlaceHeir(Heirs):
    """What a place of any time is today."""

    source = models.ForeignKey(Place, models.DO_NOTHING, related_name="heirs")
    heir = models.ForeignKey(Place, models.DO_NOTHING, related_name="heir_of")

    class Meta(Heirs.Meta):
        db_table = "directory_placeheir"
