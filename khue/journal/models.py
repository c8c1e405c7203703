"""The journal: what was done to a dossier, by whom, when; each entry carries the hash of the one before it, and how
long each chain is and how it ends is kept beside them (`docs/design/decisions/0019-ends-of-chains.md`)."""

import pgtrigger
from django.db import models

LENGTHEN = """
        IF EXISTS (
            SELECT FROM (
                SELECT dossier, sequence, previous, lag(sequence) OVER chain AS one_before,
                       lag(digest) OVER chain AS bound
                FROM added WINDOW chain AS (PARTITION BY dossier ORDER BY sequence)
            ) AS entry LEFT JOIN journal_end AS ended USING (dossier)
            WHERE entry.sequence <> coalesce(entry.one_before, ended.sequence, 0) + 1
               OR entry.previous <> coalesce(entry.bound, ended.digest, '')
        ) THEN
            RAISE EXCEPTION 'Cannot add an entry that does not follow the last one of its dossier';
        END IF;
        INSERT INTO journal_end (dossier, sequence, digest)
        SELECT DISTINCT ON (dossier) dossier, sequence, digest FROM added ORDER BY dossier, sequence DESC
        ON CONFLICT (dossier) DO UPDATE SET sequence = EXCLUDED.sequence, digest = EXCLUDED.digest;
        RETURN NULL;
"""
"""One statement for all entries of a write. It asks the ends, not the entries: a chain cannot go on in place of entries
that were removed."""


def _never(what: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="never_emptied",
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        func=f"RAISE EXCEPTION '{what}';",
    )


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
            _never("Cannot empty the journal"),
            pgtrigger.Trigger(
                name="lengthen",
                operation=pgtrigger.Insert,
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                referencing=pgtrigger.Referencing(new="added"),  # type: ignore[no-untyped-call]
                func=LENGTHEN,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} #{self.sequence} {self.verb}"


class End(models.Model):
    """How many entries a dossier has and the digest of the last one; written by the trigger of new entries alone."""

    dossier = models.CharField(max_length=80, primary_key=True)
    sequence = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        triggers = [
            pgtrigger.Trigger(
                name="by_entries_alone",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition("pg_trigger_depth() = 0"),
                func="RAISE EXCEPTION 'Cannot change how a chain of the journal ends';",
            ),
            _never("Cannot empty the ends of the journal"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} #{self.sequence}"
