"""Standing councils: set up by one decision for a term, they sit as often as there is something to judge."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from khue.core.clock import now, today
from khue.councils.models.seat import Seat
from khue.language.text import fold


class Standing(models.Model):
    """A council that stands for a term. Each time it sits is a `Council` of its own, with its own papers and votes."""

    kind = models.SlugField(max_length=30)
    title = models.CharField(max_length=300)
    folded = models.CharField(max_length=300, editable=False, default="")
    host = models.ForeignKey("directory.Unit", models.PROTECT, related_name="standing_councils")
    decision_sign = models.CharField(max_length=60)
    decided_on = models.DateField()
    term_from = models.DateField()
    term_to = models.DateField()
    """The last day of the term."""
    ended_on = models.DateField(null=True, blank=True)
    """When it was dissolved before the end of its term."""
    ended_because = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-term_to", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(term_to__gt=F("term_from")), name="standing_term_has_an_end"),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_because="") | Q(ended_on__isnull=False) & ~Q(ended_because=""),
                name="standing_ended_for_a_reason",
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(decision_sign=""), name="standing_by_decision"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.title)[:300]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("councils:standing", args=[self.pk])

    @property
    def journal(self) -> str:
        """How the journal calls it."""
        return f"standing-council:{self.pk}"

    @property
    def last_day(self) -> Any:
        """The last day on which it may sit."""
        return self.ended_on or self.term_to

    @property
    def sits(self) -> bool:
        """Whether today lies in its term and it was not ended."""
        return self.ended_on is None and self.term_from <= today() <= self.term_to


class StandingMember(models.Model):
    """Somebody in a standing council. It has no reviewers: it names them for each thing that it judges."""

    standing = models.ForeignKey(Standing, models.CASCADE, related_name="members")
    person = models.ForeignKey("directory.Person", models.PROTECT, related_name="standing_seats")
    role = models.CharField(
        max_length=10, choices=[one for one in Seat.Role.choices if one[0] != "reviewer"], default=Seat.Role.MEMBER
    )
    since = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    left_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["standing", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["standing", "person"], condition=Q(left_on=None), name="standing_member_once"
            ),
            models.UniqueConstraint(
                fields=["standing"], condition=Q(role="chair", left_on=None), name="standing_one_chair"
            ),
            models.CheckConstraint(condition=~Q(role="reviewer"), name="standing_names_reviewers_later"),
            models.CheckConstraint(
                condition=Q(left_on=None, left_because="") | Q(left_on__gte=F("since")) & ~Q(left_because=""),
                name="standing_member_left_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()}"
