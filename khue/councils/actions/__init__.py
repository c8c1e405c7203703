"""Every write about councils, one verb each."""

from khue.councils.actions.closing import break_tie, close, elect_board, vote_again
from khue.councils.actions.concluding import conclude, decide, pay_fee, recommend, set_fee, set_fees, take_minutes
from khue.councils.actions.conflicts import declare, judge, report
from khue.councils.actions.forming import SubjectSpec, appoint, dissolve, form
from khue.councils.actions.inviting import accept, accept_by_link, decline, decline_by_link, invite, seat_everybody
from khue.councils.actions.meeting import adjourn, open_session, record_attendance
from khue.councils.actions.preparing import authorise, schedule, send_documents
from khue.councils.actions.seats import Wanted, add_seat, add_seats, change_seat, remove_seat, replace_seat
from khue.councils.actions.standing import (
    add_standing_member,
    end_standing,
    name_reviewers,
    remove_standing_member,
    set_up_standing,
    sit,
)
from khue.councils.actions.voting import ask, cast, dissent, save_draft, write_opinion

__all__ = [
    "SubjectSpec",
    "Wanted",
    "accept",
    "accept_by_link",
    "add_seat",
    "add_seats",
    "add_standing_member",
    "adjourn",
    "appoint",
    "ask",
    "authorise",
    "break_tie",
    "cast",
    "change_seat",
    "close",
    "conclude",
    "decide",
    "declare",
    "decline",
    "decline_by_link",
    "dissent",
    "dissolve",
    "elect_board",
    "end_standing",
    "form",
    "invite",
    "judge",
    "name_reviewers",
    "open_session",
    "pay_fee",
    "recommend",
    "record_attendance",
    "remove_seat",
    "remove_standing_member",
    "replace_seat",
    "report",
    "save_draft",
    "schedule",
    "seat_everybody",
    "send_documents",
    "set_fee",
    "set_fees",
    "set_up_standing",
    "sit",
    "take_minutes",
    "vote_again",
    "write_opinion",
]
