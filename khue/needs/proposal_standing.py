"""What proposals register with the apps below: places, search, matching, councils, files, what the journal says."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.core import navigation, search
from khue.core.navigation import Item
from khue.core.search import Hit, SearchSource
from khue.councils import owners
from khue.councils.owners import Owner
from khue.files import rules as files_rules
from khue.flow import demands
from khue.journal import sentences
from khue.matching import beside, sources
from khue.matching.sources import Source
from khue.needs import proposal_guards  # noqa: F401 - registers itself
from khue.needs.actions.proposal_council import concluded
from khue.needs.models import Proposal
from khue.needs.proposal_sentences import SENTENCES
from khue.needs.rules import order_proposals, proposal_records, proposals
from khue.needs.rules.proposal_review import KIND

ROLES = frozenset({"officer", "unit-head", "leader", "monitor", "auditor"})
STEPS = ("submitted", "searching", "in-council", "completing", "reviewing", "recommended", "refused", "withdrawn")
FORMS = ("a1", "a2", "a3", "b1", "b2", "recommendation")
PAPERS = (
    "slip-a1", "slip-a2", "slip-a3", "order-proposal", "order-summary", "search-record", "recommendation",
    "opinion-request", "order-list",
)  # fmt: skip


def register() -> None:
    """Called once, when the app starts."""
    asked = [f"step:{name}" for name in STEPS] + [f"form:{name}" for name in FORMS]
    demands.register("mission-identify", *asked, *(f"paper:{name}" for name in PAPERS), "sheet:proposal")
    demands.register("mission-identify", "provision:identify-pass", "provision:publish-within")
    item = Item("proposals", _("Proposals"), "needs:proposals", "clipboard-text", ROLES, 34, navigation.ASKED, "p")
    navigation.register(item)
    search.register(SearchSource("proposals", _("Proposals"), find, 22, proposal_records.among, wordwise=True))
    files_rules.register("proposal", proposals.visible_to, restricted=proposals.visible_to)
    files_rules.register("order-proposal", order_proposals.visible_to, restricted=order_proposals.visible_to)
    sentences.register(SENTENCES)
    sources.register(
        Source(
            "proposal",
            _("Proposals"),
            proposal_records.records,
            proposals.found_by,
            "clipboard-text",
            order=35,
            grew_out_of=proposal_records.grew_out_of,
        )
    )
    beside.register("proposal", proposal_records.signals)
    owners.register(
        KIND,
        Owner(
            involved=proposal_records.involved, facts=proposal_records.facts, words=proposal_records.council_words,
            issued_on=proposal_records.day_of_paper,
            concluded=concluded,
        ),
    )  # fmt: skip


def find(user: AbstractBaseUser, query: str, limit: int) -> list[Hit]:
    """Proposals that the person may see, by words of their name: one query."""
    if not isinstance(user, User):
        return []
    return [_hit(one) for one in proposal_records.found(user, query, limit)]


def _hit(one: Proposal) -> Hit:
    detail = " · ".join(part for part in (one.code, one.unit.name, str(one.get_state_display())) if part)
    return Hit(one.title, detail, one.get_absolute_url(), "clipboard-text")
