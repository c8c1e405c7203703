"""What people said of pairs of records: it goes before what ranking thinks of that very pair."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.matching.models import Feedback
from khue.matching.rules import sees
from khue.matching.sources import every

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The last word about a pair: `said` is same, related or other; who said it and when."""

    said: str
    who: str
    at: datetime

    @property
    def sentence(self) -> str:
        """The same for people."""
        sentences = {
            Feedback.Verdict.SAME: _("Judged to be the same on %(day)s by %(who)s"),
            Feedback.Verdict.RELATED: _("Judged to be related, not the same, on %(day)s by %(who)s"),
            Feedback.Verdict.OTHER: _("Judged not to be the same on %(day)s by %(who)s"),
        }
        told = {"day": f"{localtime(self.at):%d/%m/%Y}", "who": self.who}
        return sentences[Feedback.Verdict(self.said)] % told


def verdicts_about(user: User, about: Key, kinds: Collection[str] | None = None) -> dict[Key, Verdict]:
    """The last word about each pair of which `about` is one record, by the other record, where the person may see
    `about`; whether the other may be seen is for the caller to ask."""
    known = {source.kind for source in every()}
    if about[0] not in known or not sees(user, *about):
        return {}
    kind, pk = about
    rows = Feedback.objects.filter(Q(kind_a=kind, pk_a=pk) | Q(kind_b=kind, pk_b=pk)).select_related("by")
    found = dict(_by_other(rows, about))
    return {key: verdict for key, verdict in found.items() if kinds is None or key[0] in kinds}


def _by_other(rows: Iterable[Feedback], about: Key) -> Iterable[tuple[Key, Verdict]]:
    """Rows come the earliest first, so that the last word stays."""
    for row in rows:
        first = (row.kind_a, row.pk_a)
        other = (row.kind_b, row.pk_b) if first == about else first
        yield other, Verdict(row.verdict, row.by.full_name, row.at)
