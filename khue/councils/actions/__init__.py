"""Every write about councils, one verb each."""

from khue.councils.actions.closing import break_tie, close, vote_again
from khue.councils.actions.concluding import conclude, decide, pay_fee, recommend, set_fee, take_minutes
from khue.councils.actions.conflicts import declare, judge, report
from khue.councils.actions.forming import SubjectSpec, appoint, dissolve, form
from khue.councils.actions.inviting import accept, accept_by_link, decline, decline_by_link, invite, seat_everybody
from khue.councils.actions.meeting import adjourn, open_session, record_attendance
from khue.councils.actions.preparing import authorise, schedule, send_documents
from khue.councils.actions.seats import add_seat, change_seat, remove_seat, replace_seat
from khue.councils.actions.voting import cast, dissent, save_draft, write_opinion

__all__ = [
    "SubjectSpec",
    "accept",
    "accept_by_link",
    "add_seat",
    "adjourn",
    "appoint",
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
    "form",
    "invite",
    "judge",
    "open_session",
    "pay_fee",
    "recommend",
    "record_attendance",
    "remove_seat",
    "replace_seat",
    "report",
    "save_draft",
    "schedule",
    "seat_everybody",
    "send_documents",
    "set_fee",
    "take_minutes",
    "vote_again",
    "write_opinion",
]
