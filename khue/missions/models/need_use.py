"""What those who needed it say of what a mission gave."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now


class NeedUse(models.Model):
    """Whether the results of a mission are in use with the author of a need behind it; the latest word counts."""

    class Stand(models.TextChoices):
        IN_USE = "in-use", _("In use with us")
        TRYING = "trying", _("Being tried")
        NOT_YET = "not-yet", _("Not yet in use")
        UNFIT = "unfit", _("Does not solve our problem")

    need = models.ForeignKey("needs.Need", models.CASCADE, related_name="told_uses")
    mission = models.ForeignKey("missions.Mission", models.CASCADE, related_name="told_uses")
    stand = models.CharField(max_length=10, choices=Stand)
    text = models.TextField(blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["need", "mission"], name="need_use_once"),
            models.CheckConstraint(
                condition=~models.Q(stand="unfit") | ~models.Q(text=""), name="need_use_unfit_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need}: {self.get_stand_display()}"
