"""Tables of the councils app, one file a noun."""

from khue.councils.models.ballot import Ballot, Dissent, Opinion, Question
from khue.councils.models.conflict import Conflict, Kinship, Sanction
from khue.councils.models.council import Council, Subject
from khue.councils.models.seat import Fee, Invitation, Reviewing, Seat
from khue.councils.models.standing import Standing, StandingMember

__all__ = [
    "Ballot",
    "Conflict",
    "Council",
    "Dissent",
    "Fee",
    "Invitation",
    "Kinship",
    "Opinion",
    "Question",
    "Reviewing",
    "Sanction",
    "Seat",
    "Standing",
    "StandingMember",
    "Subject",
]
