"""The journal: what was done to a dossier, by whom, when; each entry carries the hash of the one before it."""

import pgtrigger
from django.db import models


class Entry(models.Model):
    """One act on one dossier. Rows are never changed or removed: a trigger forbids it."""

    dossier = models.CharField(max_length=80)
    """`kind:number`, such as `directive:42`."""
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=120)
    acting_for = models.CharField(max_length=250, blank=True)
    verb = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["dossier", "sequence"]
        constraints = [models.UniqueConstraint(fields=["dossier", "sequence"], name="journal_one_chain")]
        indexes = [
            models.Index(fields=["-at"], name="journal_newest"),
            models.Index(fields=["verb", "at"], name="journal_verb"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="never_emptied",
                operation=pgtrigger.Truncate,
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                func="RAISE EXCEPTION 'Cannot empty the journal';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} #{self.sequence} {self.verb}"
