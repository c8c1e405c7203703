"""Contract, instalments, spending and what must be paid back. Whole đồng everywhere."""

from django.db import models
from django.db.models import F, Q

from khue.core.addresses import record_address
from khue.core.clock import now


class Contract(models.Model):
    """The contract of a mission."""

    mission = models.OneToOneField("missions.Mission", models.CASCADE, related_name="contract")
    sign = models.CharField(max_length=80)
    signed_on = models.DateField()
    principal = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+")
    """Who orders (bên đặt hàng)."""
    amount_state = models.BigIntegerField()
    amount_other = models.BigIntegerField(default=0)
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True, related_name="+")
    running_number = models.CharField(max_length=60, blank=True)
    """Under which the mission is registered as running."""
    running_registered_on = models.DateField(null=True, blank=True)
    liquidated_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sign"], name="contract_sign_once"),
            models.CheckConstraint(condition=Q(amount_state__gte=0, amount_other__gte=0), name="contract_amounts"),
        ]

    def __str__(self) -> str:
        return self.sign


class ContractParties(models.Model):
    """Who signs a contract for its two sides, and the account of the lead organisation: as the contract says it, which
    stays when somebody else comes to head them."""

    mission = models.OneToOneField("missions.Mission", models.CASCADE, related_name="contract_parties")
    department_head = models.CharField(max_length=120, blank=True)
    department_post = models.CharField(max_length=120, blank=True)
    host_head = models.CharField(max_length=120, blank=True)
    host_post = models.CharField(max_length=120, blank=True)
    host_account = models.CharField(max_length=200, blank=True)
    """Number and bank, or treasury."""

    def __str__(self) -> str:
        return f"{self.department_head} – {self.host_head}"


class Instalment(models.Model):
    """A payment that the contract plans; the planned ones add up to the contract's state money."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    amount = models.BigIntegerField()
    condition = models.CharField(max_length=300, blank=True)
    """What must have been delivered or confirmed before."""
    paid_on = models.DateField(null=True, blank=True)
    paid = models.BigIntegerField(default=0)
    paid_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["contract", "number"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="instalment_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="instalment_some"),
            models.CheckConstraint(condition=Q(paid__gte=0, paid__lte=F("amount")), name="instalment_paid_at_most"),
            models.CheckConstraint(condition=Q(paid=0) | Q(paid_on__isnull=False), name="instalment_paid_is_dated"),
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.number}"


class Spending(models.Model):
    """What was spent of a budget line in a reporting period, and how much of it was confirmed."""

    report = models.ForeignKey("missions.ProgressReport", models.CASCADE, related_name="spending")
    item = models.SlugField(max_length=40)
    source = models.CharField(max_length=5)
    year = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()
    confirmed = models.BigIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    """Why more was spent than planned, or less confirmed than spent."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "item", "source", "year"], name="spending_line_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="spending_not_negative"),
            models.CheckConstraint(
                condition=Q(confirmed=None) | Q(confirmed__gte=0, confirmed__lte=F("amount")),
                name="spending_confirmed_at_most",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.amount}"


class CarryOver(models.Model):
    """Money of a year that may be used in the next one, by decision."""

    mission = models.ForeignKey("missions.Mission", models.CASCADE, related_name="carry_overs")
    year = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()
    decision_sign = models.CharField(max_length=60)
    decided_on = models.DateField()
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mission", "year"], name="carry_over_once_a_year"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="carry_over_some"),
        ]

    def __str__(self) -> str:
        return f"{self.mission} {self.year}: {self.amount}"


class Refund(models.Model):
    """State money that has to be paid back."""

    mission = models.ForeignKey("missions.Mission", models.CASCADE, related_name="refunds")
    amount = models.BigIntegerField()
    reason = models.TextField()
    decision_sign = models.CharField(max_length=60)
    decided_on = models.DateField()
    due_on = models.DateField()
    paid = models.BigIntegerField(default=0)
    paid_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)
    case = models.OneToOneField("flow.Case", models.PROTECT, null=True, blank=True, related_name="refund")
    """Brings it to the desk of who pays back; None of what was paid back before refunds stood there."""
    taken_back_on = models.DateField(null=True, blank=True)
    """The day the demand was taken back, before anything of it came; since then nothing of it is owed."""

    OWED = Q(paid__lt=F("amount"), taken_back_on=None)
    """Which of them are still to be paid back."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, paid__gte=0, paid__lte=F("amount")), name="refund_amounts"
            ),
            models.CheckConstraint(condition=Q(taken_back_on=None) | Q(paid=0), name="refund_taken_back_unpaid"),
        ]

    def __str__(self) -> str:
        return f"{self.mission}: {self.amount}"

    def get_absolute_url(self) -> str:
        act = "pay-back" if self.case and self.case.step == "said-paid" else "say-paid"
        return f"{record_address('missions:mission', self.mission_id)}#{act}-{self.pk}"

    @property
    def open(self) -> int:
        """What is still to come, in đồng."""
        return 0 if self.taken_back_on else self.amount - self.paid

    @property
    def dossier(self) -> str:
        """Its name in the journal and on desks."""
        return f"refund:{self.pk}"
