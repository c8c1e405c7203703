"""Tables of the needs app, one file a noun."""

from khue.needs.models.need import Answer, Need, Question
from khue.needs.models.proposal import DuplicateSearch, OrderProposal, Proposal, SecondOpinion
from khue.needs.models.round import Round, RoundAddressee

__all__ = [
    "Answer",
    "DuplicateSearch",
    "Need",
    "OrderProposal",
    "Proposal",
    "Question",
    "Round",
    "RoundAddressee",
    "SecondOpinion",
]
