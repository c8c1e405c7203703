"""What members say: ballots, written opinions, dissent."""

from django.db import models
from django.db.models import Q

from khue.core.clock import now


class Ballot(models.Model):
    """One member's ballot on one subject; changeable until the ballots are closed. What stands in a secret ballot is
    shown to nobody but its member."""

    subject = models.ForeignKey("councils.Subject", models.CASCADE, related_name="ballots")
    seat = models.ForeignKey("councils.Seat", models.CASCADE, related_name="ballots")
    sheet = models.SlugField(max_length=40)
    answers = models.JSONField(default=dict)
    """Criterion -> points as text, true or false, or a level; for ratings: product -> levels, and `report`."""
    opinion = models.TextField(blank=True)
    cast_at = models.DateTimeField(null=True, blank=True)
    """None while it is a draft."""
    changed_at = models.DateTimeField(default=now)
    changes = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["subject", "pk"]
        constraints = [models.UniqueConstraint(fields=["subject", "seat"], name="ballot_once_a_member")]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.subject_id}"


class Opinion(models.Model):
    """A written comment or review: of a reviewer, or of a member who cannot come (read out, not counted)."""

    subject = models.ForeignKey("councils.Subject", models.CASCADE, related_name="opinions")
    seat = models.ForeignKey("councils.Seat", models.CASCADE, related_name="opinions")
    text = models.TextField()
    proposal = models.CharField(max_length=20, blank=True)
    """What it comes to: a choice of the version's form of comments, such as `do`, `do-changed`, `do-not`."""
    written_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["subject", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "seat"], name="opinion_once_a_member"),
            models.CheckConstraint(condition=~Q(text=""), name="opinion_says_something"),
        ]

    def __str__(self) -> str:
        return self.text


class Question(models.Model):
    """What a member asks those who applied, before the meeting; the secretary sends the questions on together."""

    subject = models.ForeignKey("councils.Subject", models.CASCADE, related_name="questions")
    seat = models.ForeignKey("councils.Seat", models.CASCADE, related_name="questions")
    text = models.TextField()
    asked_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["subject", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "seat"], name="question_once_a_member"),
            models.CheckConstraint(condition=~Q(text=""), name="question_asks_something"),
        ]

    def __str__(self) -> str:
        return self.text


class Dissent(models.Model):
    """A member's differing opinion, kept on record with the minutes."""

    council = models.ForeignKey("councils.Council", models.CASCADE, related_name="dissents")
    seat = models.ForeignKey("councils.Seat", models.CASCADE, related_name="dissents")
    subject = models.ForeignKey("councils.Subject", models.CASCADE, null=True, blank=True, related_name="dissents")
    text = models.TextField()
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="dissent_says_something")]

    def __str__(self) -> str:
        return self.text
