"""Who came after whom: the same three kinds for places and for units."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """How much of the old one went to the new one."""

    WHOLE = "whole", _("whole")
    MAIN_PART = "main-part", _("main part")
    PART = "part", _("part")


class Succession(models.Model):
    """The days, the share and the legal basis of a succession."""

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.WHOLE)
    basis = models.CharField(max_length=400, blank=True)
    verified = models.BooleanField(default=True)
    """Whether somebody held the basis against the instrument itself; shown on screen when not."""
    on = models.DateField()
    """The first day of the new one."""

    class Meta:
        abstract = True


class Heirs(models.Model):
    """A row of a database view: what a place or unit of any time is today; itself while it lasts."""

    main = models.BooleanField()
    """Whether it is reached through whole and main parts only."""
    exact = models.BooleanField()
    """Whether it is reached through whole successions only, so that nothing was divided."""

    class Meta:
        abstract = True
        managed = False
