"""The demo city from its founding to today, part by part: each is there as a whole or not at all.

The first part is the city with its documents, directives and needs: enough for a newcomer to begin. The others, which
take about as long, may be brought in while somebody looks around already.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from khue.accounts.models import User
from khue.core.clock import now, today
from khue.core.locks import hold
from khue.notices.actions import mark_all_read
from khue.site.demo import (
    acceptances,
    indicators,
    initiatives,
    missions,
    needs,
    old_files,
    papers,
    papers_out,
    past_missions,
    petitions,
    proposals,
    selections,
)
from khue.site.demo.parts import missing
from khue.site.demo.town import TWO_TIERS, Town, found, known_town
from khue.site.demo.years import MERGED_ON, Years

MONTHS = 24
ROUNDS = 9
"""Months for which the reports that come back have been ordered: enough to see rounds done and one late."""
CITY = "khue demo"
"""What is locked so that nobody else builds the city."""
Say = Callable[[str], None]


LIVES: dict[str, Callable[[Town], int]] = {
    "proposals": proposals.live_through,
    "missions": missions.live_through,
    "selections": selections.live_through,
    "acceptances": acceptances.live_through,
    "petitions": petitions.live_through,
    "initiatives": initiatives.live_through,
    "indicators": indicators.live_through,
}
"""How each part comes about."""


def is_loaded() -> bool:
    """Whether the demo city stands already, though parts may still be missing."""
    return User.objects.filter(email="theodoi@khue.example").exists()


def load(*, months: int = MONTHS, say: Say = lambda _: None) -> None:
    """Found the city, live through its last `months` up to now, and bring in every part."""
    load_city(months=months, say=say)
    load_parts(say=say)


def load_city(*, months: int = MONTHS, say: Say = lambda _: None) -> None:
    """Found the city and live through documents, directives and needs; all of it or nothing, and only once."""
    with transaction.atomic():
        hold(CITY)
        if is_loaded():
            return
        say("Lập thành phố mẫu: địa bàn, đơn vị, người dùng…")
        years = Years(found(), until=now())
        _count()
        _put_down(years, months)
        say(f"Nhập {past_missions.bring_in()} nhiệm vụ các năm trước…")
        old_files.bring_in(years.town)
        needs.Needs(years.town, years.later).put_down(today())
        say(f"Sống qua {months} tháng: văn bản đến, giao việc, báo cáo, quá hạn…")
        years.live()
    _read_all(years.town, before=now())
    _leave_something_to_do(years)


def load_parts(*, say: Say = lambda _: None) -> None:
    """Bring in the parts that are missing, each in a transaction of its own; two who do so wait for each other."""
    begun = now()
    for part in missing():
        with transaction.atomic():
            hold(CITY)
            if part.stands():
                continue
            town = known_town()
            say(f"Dựng tiếp: {LIVES[part.name](town)} {part.label}…")
        _read_all(town, before=begun)


def _read_all(town: Town, *, before: datetime) -> None:
    """The past has been read; what came `before` or later, while somebody looked around, is still new."""
    for user in town.people.values():
        mark_all_read(by=user, before=before)


def _count() -> None:
    """Let the database count what was founded: all of it is one transaction, so nobody else has told the planner."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _put_down(years: Years, months: int) -> None:
    """Set the documents on their days."""
    years.later(MERGED_ON, years.merge_departments, hour=7)
    years.later(TWO_TIERS, years.end_districts, hour=7)
    first = today().replace(day=1)
    papers_out.put_down(years.town, years.later, since=_months_before(first, months))
    for back in range(months, -1, -1):
        month = _months_before(first, back)
        years.later(month, years.open_rounds, hour=7)
        _month(years, month, number=months - back + 1)
    ordered = _months_before(first, min(months, ROUNDS)) + timedelta(days=9)
    years.later(ordered, lambda: years.arrive(papers.standing_orders(today().timetuple().tm_yday + 200, today())))


def _month(years: Years, month: date, number: int) -> None:
    """What arrives in one month: always a notice of conclusions, now and then something else."""
    day = month + timedelta(days=years.chance.randrange(3, 9))
    year_day = month.timetuple().tm_yday
    years.later(day, lambda: years.arrive(papers.notice(year_day + 40, today(), years.choose(4, today()))))
    if month.month == 1:
        years.later(
            month + timedelta(days=14), lambda: years.arrive(papers.plan(17, today(), years.choose(8, today())))
        )
    if month.month in {3, 9}:
        later = month + timedelta(days=19)
        years.later(later, lambda: years.arrive(papers.instruction(month.month, today(), years.choose(6, today()))))
    if number % 4 == 0:
        later = month + timedelta(days=16)
        years.later(later, lambda: years.arrive(papers.party_notice(1800 + number, today(), years.choose(3, today()))))
    if number % 5 == 0:
        later = month + timedelta(days=22)
        years.later(later, lambda: years.arrive(papers.press_report(today(), years.choose(3, today()))))


def _months_before(first: date, count: int) -> date:
    months = first.year * 12 + first.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def _leave_something_to_do(years: Years) -> None:
    """A document of today whose directives nobody has confirmed yet."""
    years.arrive(papers.notice(today().timetuple().tm_yday + 60, today(), years.choose(8, today())), confirmed=False)


def sample_document() -> papers.Paper:
    """A notice for a newcomer to drop in: new each day, with directives to units of the city."""
    town = known_town()
    years = Years(town, until=now(), seed=today().toordinal())
    return papers.notice(today().timetuple().tm_yday + 300, today(), years.choose(10, today()))
