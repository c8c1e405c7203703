"""People of the demo city, a hand on the mouse, and the pages that people are on."""

from typing import Any
from urllib.parse import urlsplit

from django.urls import resolve, reverse
from playwright.sync_api import Locator, Page
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from khue.accounts.models import User
from khue.councils.models import Council, Standing
from khue.documents.models import Directive, Document
from khue.missions.models import Acceptance, Application, Call, Mission, OrderList, Selection
from khue.missions.rules.select.applications import visible_to
from khue.needs.models import Need, Proposal


def person(login: str) -> User:
    return User.objects.get(email=f"{login}@khue.example")


def do_jobs() -> None:
    """What the worker would do now."""
    for job in ProcrastinateJob.objects.filter(status="todo", task_name="files.extract_text").order_by("-pk")[:1]:
        app.tasks[job.task_name](**job.args)


class Hand:
    """A hand on the mouse: counts its clicks and the fields it types into."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.typed = page, 0, 0

    def click(self, place: Locator | str) -> None:
        found = self.page.locator(place) if isinstance(place, str) else place
        found.first.click()
        self.clicks += 1

    def type(self, place: str, words: str) -> None:
        self.page.locator(place).first.fill(words)
        self.typed += 1


def kind_of(address: str) -> str:
    return resolve(urlsplit(address).path).view_name


def main_pages() -> list[str]:
    """One of each of the pages that people are on most of the day."""
    read = Document.objects.filter(direction="in").exclude(main_file=None).order_by("-pk")
    return [
        "/",
        reverse("documents:board"),
        reverse("documents:directives"),
        Directive.objects.filter(state="in-progress").order_by("pk")[0].get_absolute_url(),
        reverse("documents:extraction", args=[read[0].pk]),
        read[0].get_absolute_url(),
        reverse("documents:register", args=["den"]),
        reverse("documents:report-directives"),
        reverse("documents:compose"),
        reverse("documents:register-incoming"),
        reverse("accounts:profile"),
        reverse("notices:list"),
    ]


def river_pages() -> list[tuple[str, list[str]]]:
    """One of each kind of page of the river, by somebody who works on it; the whole of it is swept by hand."""
    meeting = Council.objects.get(state="meeting")
    seat = meeting.seats.get(person=person("chuyengia5").person)
    records: list[Any] = [
        Need.objects.exclude(state="draft").latest("pk"), Proposal.objects.filter(state="in-council")[0],
        OrderList.objects.latest("pk"), Call.objects.filter(selections__case__step="open")[0],
        Selection.objects.filter(case__step="evaluating")[0], Application.objects.filter(state="eligible")[0],
        meeting, Standing.objects.get(), Mission.objects.filter(state="running")[0],
        Acceptance.objects.filter(case__step="evaluating")[0],
    ]  # fmt: skip
    ballot = reverse("councils:ballot", args=[meeting.pk, seat.pk, meeting.subjects.latest("pk").pk])
    writing = visible_to(person("hocvien")).filter(state__in=("draft", "withdrawn"))[0]
    budget = reverse("missions:application-section", args=[writing.pk, "budget"])
    return [
        ("chuyenvien", [one.get_absolute_url() for one in records]),
        ("chuyengia5", [seat.get_absolute_url(), ballot]),
        ("hocvien", [writing.get_absolute_url(), budget]),
    ]
