"""Who sits in a council, in what role, and how they were asked."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now


class Seat(models.Model):
    """A person in a council. Whoever declines or is removed keeps the row; the seat that follows names it."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chair")
        VICE_CHAIR = "vice-chair", _("Vice-chair")
        SECRETARY = "secretary", _("Scientific secretary")
        REVIEWER = "reviewer", _("Reviewer")
        MEMBER = "member", _("Member")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        INVITED = "invited", _("Invited")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        REMOVED = "removed", _("Removed")

    class Attendance(models.TextChoices):
        PRESENT = "present", _("In the room")
        ONLINE = "online", _("Online")
        ABSENT = "absent", _("Absent")

    council = models.ForeignKey("councils.Council", models.CASCADE, related_name="seats")
    person = models.ForeignKey("directory.Person", models.PROTECT, related_name="seats")
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    unit = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    """Where the person worked on the day of the appointment."""
    outside = models.BooleanField(default=True)
    """Not of the department that hosts the council."""
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    """Why it was declined or taken away."""
    follows = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    interest_declared_at = models.DateTimeField(null=True, blank=True)
    """When the member said whether there is a conflict; None is not "none"."""
    attendance = models.CharField(max_length=8, choices=Attendance, blank=True)
    counts_votes = models.BooleanField(default=False)
    """Of the board that counts the ballots."""
    authorised = models.BooleanField(default=False)
    """A vice-chair with the chair's written authority; the paper is among the council's files."""
    case = models.OneToOneField("flow.Case", models.PROTECT, null=True, blank=True, related_name="seat")

    class Meta:
        ordering = ["council", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "person"],
                condition=~Q(state__in=("declined", "removed")),
                name="seat_person_once_a_council",
            ),
            models.UniqueConstraint(
                fields=["council"],
                condition=Q(role="chair") & ~Q(state__in=("declined", "removed")),
                name="seat_one_chair",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("declined", "removed")) | ~Q(reason=""), name="seat_left_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(authorised=False) | Q(role="vice-chair"), name="seat_only_vice_authorised"
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="seat_of_person")]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()}"

    def get_absolute_url(self) -> str:
        return reverse("councils:seat", args=[self.council_id, self.pk])


class Reviewing(models.Model):
    """A reviewer writes the review of a subject."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="reviews")
    subject = models.ForeignKey("councils.Subject", models.CASCADE, related_name="reviewers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat", "subject"], name="reviewing_once")]

    def __str__(self) -> str:
        return f"{self.seat}: {self.subject}"


class Invitation(models.Model):
    """A one-time link by which a person answers. Only the hash of its secret is kept."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="invitations")
    secret_sha256 = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("sent_at")), name="invitation_expires_later")
        ]

    def __str__(self) -> str:
        return str(self.seat)


class Fee(models.Model):
    """Money due to a member for the meeting, a review, a written opinion; whole đồng."""

    class Reason(models.TextChoices):
        MEETING = "meeting", _("the meeting")
        REVIEW = "review", _("the review")
        OPINION = "opinion", _("the written opinion")

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="fees")
    reason = models.SlugField(max_length=40, choices=Reason)
    amount = models.BigIntegerField()
    basis = models.CharField(max_length=200, blank=True)
    paid_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "reason"], name="fee_once_a_reason"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="fee_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.amount}"
