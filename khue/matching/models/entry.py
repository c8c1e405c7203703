"""What is known to search: one row for each record of any kind, kept in step by the actions of its own app."""

from typing import NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func


class _Transaction(Func):
    """The number of the writing transaction: nodes follow what was committed since they last looked."""

    template = "pg_current_xact_id()::text::bigint"
    output_field = models.BigIntegerField()


def this_transaction() -> Func:
    """The number of the transaction that writes a row, as an expression."""
    return _Transaction()


class Entry(models.Model):
    """A record as search sees it, written in the transaction that changed the record.

    `transaction` orders the changes: every node reads what was written by transactions it had not yet seen end.
    A record that is gone stays as a row with `gone`, so that nodes learn of it.
    """

    kind = models.CharField(max_length=40)
    record = models.BigIntegerField()
    title = models.TextField()
    summary = models.TextField(blank=True)
    detail = models.CharField(max_length=400, blank=True)
    url = models.CharField(max_length=400)
    sign = models.CharField(max_length=120, blank=True)
    host = models.CharField(max_length=400, blank=True)
    place = models.CharField(max_length=400, blank=True)
    field = models.CharField(max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    words = ArrayField(models.CharField(max_length=60), default=list)
    """Its syllables without accents, each once."""
    keys = ArrayField(models.CharField(max_length=40), null=True, default=None)
    """What opens the record for those who hold one of them; unknown until search was told of it anew."""
    gone = models.BooleanField(default=False)
    transaction = models.BigIntegerField(db_default=_Transaction())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "record"], name="matching_entry_once")]
        indexes = [
            GinIndex(fields=["words"], name="matching_entry_words"),
            models.Index(fields=["transaction", "id"], name="matching_entry_news"),
            models.Index(fields=["kind"], name="matching_entry_no_keys", condition=models.Q(keys=None, gone=False)),
        ]

    def __str__(self) -> str:
        return self.title


class Shown(NamedTuple):
    """What is shown of an entry: a row alone, where there are hundreds of them."""

    pk: int
    kind: str
    record: int
    title: str
    summary: str
    detail: str
    url: str
    host: str
    place: str
    year: int | None
