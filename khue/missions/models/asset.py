"""What was bought with a mission's money."""

from typing import Any

from django.db import models
from django.db.models import Q

from khue.language.text import fold


class Asset(models.Model):
    """Equipment of a mission: who keeps it, in what condition it was found, what became of it."""

    mission = models.ForeignKey("missions.Mission", models.CASCADE, related_name="assets")
    name = models.CharField(max_length=250)
    code = models.CharField(max_length=80, blank=True)
    """Model and serial number, or the number in the books of the lead organisation."""
    quantity = models.PositiveIntegerField(default=1)
    value = models.BigIntegerField(default=0)
    """Of all of it together, as bought, in đồng."""
    bought_on = models.DateField(null=True, blank=True)
    keeper = models.CharField(max_length=200, blank=True)
    """Where it stands and who answers for it."""
    condition = models.SlugField(max_length=40, blank=True)
    """A name in `processes/missions.toml`, group `asset-conditions`, as found on `counted_on`."""
    counted_on = models.DateField(null=True, blank=True)
    wish = models.SlugField(max_length=40, blank=True)
    """What the lead organisation asks for: a name in the group `asset-handlings`."""
    disposal = models.SlugField(max_length=40, blank=True)
    """What was decided: a name in the same group."""
    receiver = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    handling = models.CharField(max_length=200, blank=True)
    """What the decision says beyond that."""
    decision_sign = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    folded = models.CharField(max_length=350, editable=False, default="")

    class Meta:
        ordering = ["mission", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=0), name="asset_value_not_negative"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="asset_some"),
            models.CheckConstraint(
                condition=Q(decided_on=None, disposal="")
                | Q(decided_on__isnull=False) & ~Q(disposal="") & ~Q(decision_sign=""),
                name="asset_decision_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what lists search in step with the name and the number."""
        self.folded = fold(f"{self.name} {self.code}")
        super().save(*args, **kwargs)
