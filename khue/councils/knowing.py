"""Who sat in judgement over a record: evidence for who knows about it, out of concluded councils the asker may see."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.councils.models import Council, Seat
from khue.councils.rules.visibility import visible_to
from khue.matching.search import Match


def sat_over(user: User, known: Sequence[Match]) -> Mapping[int, Sequence[tuple[Match, str]]]:
    """Members of concluded councils over these records: one query."""
    by_dossier = {f"{match.kind}:{match.pk}": match for match in known}
    shown = visible_to(user).filter(state=Council.State.CONCLUDED)
    rows = Seat.objects.filter(council__in=shown, state="accepted", council__subjects__dossier__in=by_dossier)
    found: dict[int, list[tuple[Match, str]]] = defaultdict(list)
    for person, dossier, title in rows.values_list("person", "council__subjects__dossier", "council__title").distinct():
        if dossier in by_dossier:
            match = by_dossier[dossier]
            found[person].append((match, _sentence(match.title, title)))
    return found


def _sentence(subject: str, council: str) -> str:
    """What the council judged is told, unless its name tells it."""
    if subject in council:
        return _("sat in the council «%(title)s»") % {"title": council}
    return _("judged «%(subject)s» in the council «%(title)s»") % {"subject": subject, "title": council}
