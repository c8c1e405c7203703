"""Jobs of the missions app."""

from procrastinate.contrib.django import app

from khue.core.timetable import daily
from khue.missions.actions.accept.acceptance_file import accept_those_ended
from khue.missions.actions.accept.accepting import fail_far_too_late
from khue.missions.actions.accept.evaluating_output import remind_of_output
from khue.missions.actions.accept.ownership import ask_others
from khue.missions.actions.accept.using import remind_of_use
from khue.missions.actions.carry.ending import end_those_over
from khue.missions.actions.carry.inspecting import open_inspections
from khue.missions.actions.carry.reporting import open_reports
from khue.missions.actions.select.calls import close_due
from khue.missions.actions.standing import ask_for_what_is_owed


@app.periodic(cron=daily("00:15"))
@app.task(name="missions.turn_the_day", queueing_lock="missions.turn_the_day")
def turn_the_day(timestamp: int) -> None:  # noqa: ARG001 - the moment it was due, as every periodic job gets it
    """A little after midnight: open the reports whose period begins and the inspections that are near, end the missions
    whose time is over, wait for their acceptance files, fail those that are far too late; ask others about rights
    nobody answered for."""
    open_reports()
    open_inspections()
    ask_for_what_is_owed()
    end_those_over()
    accept_those_ended()
    fail_far_too_late()
    ask_others()


@app.periodic(cron=daily("06:25"))
@app.task(name="missions.remind_late", queueing_lock="missions.remind_late")
def ask_late(timestamp: int) -> int:  # noqa: ARG001 - the moment it was due, as every periodic job gets it
    """Ask for what is due soon or late and stands on no desk, before the working day begins."""
    return remind_of_use() + remind_of_output()


@app.periodic(cron="* * * * *")
@app.task(name="missions.close_calls", queueing_lock="missions.close_calls")
def close_calls(timestamp: int) -> None:  # noqa: ARG001 - periodic tasks are given the moment they stand for
    """Every minute: calls whose closing moment has passed take nothing any more. Handing in looks at the moment
    itself, so a late job lets nobody in. Safe to run again."""
    close_due()
