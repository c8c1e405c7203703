"""Which form a proposal answers, what is still missing in it, what the need behind it answers already."""

from collections.abc import Sequence

from khue.core.clock import today
from khue.flow.actions.opening import version_on
from khue.flow.answer_words import Told, told
from khue.flow.answers import missing
from khue.flow.models import Data, ProcessVersion
from khue.flow.shelf.values import Form
from khue.flow.shelf.words import choices, words
from khue.needs.models import Need, OrderProposal, Proposal

PROCESS = "mission-identify"
LONGEST_TITLE = 500


def version_of(proposal: Proposal) -> ProcessVersion:
    """The version that its case is pinned to; of a draft the one in force today, under which it would be sent."""
    return proposal.case.process_version if proposal.case is not None else version_on(PROCESS, today())


def form_name(type_: str) -> str:
    """`a1`, `a2` or `a3`: the form by which missions of a type are proposed."""
    return str(words("types")[type_].facts["proposal"])


def form_of(proposal: Proposal) -> Form:
    """The form that the proposal answers."""
    return version_of(proposal).definition.forms[form_name(proposal.type)]


def order_form_of(order: OrderProposal) -> Form:
    """The form of the letter: B1 of a proposer, B2 of the managing body."""
    return order.process_version.definition.forms[order.form]


def missing_in(proposal: Proposal) -> list[str]:
    """The labels of required questions that have no answer yet."""
    return [str(field.label) for field in missing(form_of(proposal), proposal.answers)]


def answers_of(proposal: Proposal) -> list[Told]:
    """The questions and answers in words."""
    return told(form_of(proposal), proposal.answers)


def order_answers_of(order: OrderProposal) -> list[Told]:
    """What the letter's own form asks, and the answers in words."""
    return told(order_form_of(order), order.answers)


def types(keep: str = "") -> list[tuple[str, str]]:
    """The mission types that may be proposed today."""
    return choices("types", today(), keep)


def fields(keep: str = "") -> list[tuple[str, str]]:
    """The fields of science that may be chosen today."""
    return choices("fields", today(), keep)


def word(group: str, name: str) -> str:
    """What a coded word is called; its name where the list no longer has it."""
    found = words(group).get(name)
    return str(found) if found else name


def answers_from(needs: Sequence[Need], *, directive: object = None, round_: object = None) -> Data:
    """What the needs, the leader's order and the round behind a proposal say already, as answers to A1 to A3."""
    told = {
        "ground": [str(one) for one in (directive, round_) if one],
        "urgency": [text for need in needs for text in (need.problem, need.affected) if text],
        "known": [need.tried for need in needs if need.tried],
        "objective": [need.hoped for need in needs if need.hoped],
        "use": [place.name for need in needs for place in need.places.all()],
    }
    return {name: "\n".join(dict.fromkeys(texts)) for name, texts in told.items() if texts}
