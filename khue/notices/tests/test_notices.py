"""Nobody is told twice: in the list, by mail, in the digest; and the calendar opens only to its secret."""

from collections.abc import Sequence
from datetime import date, datetime
from email.utils import getaddresses
from smtplib import SMTPRecipientsRefused
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.core import mail as outbox
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django.models import ProcrastinateJob

from khue.accounts.actions import add_user, deactivate
from khue.accounts.models import User
from khue.core import clock
from khue.core.actors import IMPORTER
from khue.core.refusals import Refused
from khue.notices import actions, calendar, mail
from khue.notices.models import Notice, Preferences

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2026, 5, 4, 8, 0, tzinfo=HERE)


@pytest.fixture(autouse=True)
def _on_monday(db: None) -> object:
    with clock.at(MONDAY):
        yield


@pytest.fixture
def lan() -> User:
    return add_user(email="lan@hanoi.example", full_name="Trần Thị Lan", by=IMPORTER, password=None)


@pytest.fixture
def minh() -> User:
    return add_user(email="minh@hanoi.example", full_name="Lê Văn Minh", by=IMPORTER, password=None)


def tell(*users: User, key: str = "directive:1:assigned", urgent: bool = False, by: User | None = None) -> int:
    return actions.notify(
        users,
        key=key,
        subject=actions.saying("Giao nhiệm vụ mới"),
        url="/van-ban/1/",
        dossier="directive:1",
        urgent=urgent,
        by=by,
    )


def test_each_is_told_once_and_the_doer_not_at_all(lan: User, minh: User) -> None:
    assert tell(lan, lan, minh, by=minh) == 1
    assert tell(lan, minh) == 1
    assert Notice.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(user=lan, key="directive:1:assigned", subject="Lần hai")


def test_each_is_told_in_the_language_of_the_account(lan: User, minh: User) -> None:
    User.objects.filter(pk=minh.pk).update(language="en")
    people = User.objects.filter(pk__in=[lan.pk, minh.pk])
    subject = actions.saying(gettext_lazy("Reminder: %(what)s"), what="báo cáo quý III")
    actions.notify(people, key="t:1", subject=subject, url="/")
    told = dict(Notice.objects.values_list("user", "subject"))
    assert told == {lan.pk: "Đôn đốc: báo cáo quý III", minh.pk: "Reminder: báo cáo quý III"}


def test_the_deactivated_are_not_told(lan: User) -> None:
    assert tell(deactivate(lan, by=IMPORTER, reason="Nghỉ hưu")) == 0


def test_urgent_ones_are_mailed_once_by_a_job_of_the_same_transaction(lan: User, minh: User) -> None:
    with transaction.atomic():
        tell(lan, urgent=True)
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.filter(task_name="notices.mail_urgent").exists()
    tell(lan, minh, urgent=True)
    job = ProcrastinateJob.objects.get(task_name="notices.mail_urgent")
    assert mail.mail_urgent(job.args["notices"]) == 2
    assert mail.mail_urgent(job.args["notices"]) == 0
    assert {message.to[0] for message in outbox.outbox} == {
        "Trần Thị Lan <lan@hanoi.example>", "Lê Văn Minh <minh@hanoi.example>",
    }  # fmt: skip
    assert mail.send_digests() == 0


def test_the_digest_goes_once_a_working_day_after_its_hour(lan: User, minh: User) -> None:
    tell(lan, minh)
    tell(lan, key="directive:2:assigned")
    with clock.at(datetime(2026, 5, 4, 6, 59, tzinfo=HERE)):
        assert mail.send_digests() == 0
    with clock.at(datetime(2026, 5, 3, 9, 0, tzinfo=HERE)):
        assert mail.send_digests() == 0
    assert mail.send_digests() == 2
    assert mail.send_digests() == 0
    tell(lan, key="directive:3:assigned")
    assert mail.send_digests() == 0
    with clock.at(datetime(2026, 5, 5, 8, 0, tzinfo=HERE)):
        assert mail.send_digests() == 1
    to_lan = [message for message in outbox.outbox if "lan@" in message.to[0]]
    assert [message.subject for message in to_lan] == ["[Khuê] 2 việc cần xem", "[Khuê] 1 việc cần xem"]
    assert "http://127.0.0.1:8000/van-ban/1/" in to_lan[0].body


def test_what_was_read_or_not_wanted_is_not_mailed(lan: User, minh: User) -> None:
    tell(lan, minh, urgent=True)
    actions.mark_all_read(by=lan)
    actions.choose_mail(Preferences.Mail.NONE, by=minh)
    assert mail.mail_urgent(Notice.objects.values_list("pk", flat=True)) == 0
    assert mail.send_digests() == 0
    assert outbox.outbox == []


def test_a_digest_that_cannot_be_sent_is_tried_again(lan: User, settings: object) -> None:
    tell(lan)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_PORT = 1  # type: ignore[attr-defined]
    with pytest.raises(OSError, match=r".+"):
        mail.send_digests()
    assert Notice.objects.get().mailed_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    assert mail.send_digests() == 1


class Refusing(EmailBackend):
    """A server that knows no mailbox of Lan's."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        for message in messages:
            if any("lan@" in one for one in message.recipients()):
                raise SMTPRecipientsRefused({})
        return super().send_messages(messages)


def test_an_address_that_is_refused_keeps_nobody_elses_mail_back(lan: User, minh: User, settings: object) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"  # type: ignore[attr-defined]
    tell(lan, minh, urgent=True)
    tell(lan, minh, key="directive:2:assigned")
    assert mail.mail_urgent(Notice.objects.filter(urgent=True).order_by("pk").values_list("pk", flat=True)) == 1
    assert mail.send_digests() == 1
    assert {message.to[0] for message in outbox.outbox} == {"Lê Văn Minh <minh@hanoi.example>"}
    assert not Notice.objects.filter(user=lan).exclude(mailed_at=None).exists()


def test_any_title_and_any_name_can_be_mailed() -> None:
    user = add_user(email="ha@hanoi.example", full_name='Hà "Sáu", Chủ tịch', by=IMPORTER, password=None)
    subject = actions.saying("Giao: %(title)s", title="Dòng một\r\nBcc: dong@hai.example")
    actions.notify([user], key="t:1", subject=subject, url="/", urgent=True)
    assert mail.mail_urgent([Notice.objects.get().pk]) == 1
    message = outbox.outbox[0]
    assert message.subject == "[Khuê] Giao: Dòng một Bcc: dong@hai.example"
    assert getaddresses(message.to) == [('Hà "Sáu", Chủ tịch', "ha@hanoi.example")]
    assert [name for name, _value in message.message().items() if name == "Bcc"] == []


def test_a_notice_is_opened_by_its_reader_only(lan: User, minh: User, client: Client) -> None:
    tell(lan)
    notice = Notice.objects.get()
    with pytest.raises(Refused):
        actions.mark_read(notice, by=minh)
    client.force_login(minh)
    assert client.post(reverse("notices:open", args=[notice.pk])).status_code == 404
    client.force_login(lan)
    assert client.post(reverse("notices:open", args=[notice.pk]))["Location"] == "/van-ban/1/"
    assert Notice.objects.get().read_at == MONDAY


def test_the_list_takes_the_same_queries_for_many(
    lan: User, client: Client, django_assert_max_num_queries: object
) -> None:
    client.force_login(lan)
    for number in range(120):
        tell(lan, key=f"directive:{number}:assigned")
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        page = client.get(reverse("notices:list"))
    assert page.content.decode().count("Giao nhiệm vụ mới</strong>") == 50
    client.post(reverse("notices:read-all"))
    assert "Giao nhiệm vụ mới</strong>" not in client.get(reverse("notices:list")).content.decode()


def _two_deadlines(user: User) -> list[calendar.Deadline]:
    return [
        calendar.Deadline("directive-1", date(2026, 5, 20), f"Hạn báo cáo, {user.full_name}; lần 1", "/van-ban/1/"),
        calendar.Deadline(
            "directive-2", date(2026, 6, 30), "Đề án chuyển đổi số cấp xã " * 6, "/van-ban/2/", "Dòng\nhai"
        ),
    ]


def test_the_calendar_is_valid_and_opens_to_its_secret_only(
    lan: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar, "_sources", [_two_deadlines])
    first = actions.preferences_of(lan).calendar_secret
    answer = client.get(reverse("notices:calendar", args=[first]))
    assert answer["Content-Type"].startswith("text/calendar")
    lines = answer.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in answer.content.replace(b"\r\n", b"")
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert events[0]["summary"] == "Hạn báo cáo, Trần Thị Lan; lần 1"
    assert [event.decoded("dtstart") for event in events] == [date(2026, 5, 20), date(2026, 6, 30)]
    assert len({str(event["uid"]) for event in events}) == 2
    second = actions.new_calendar_address(by=lan).calendar_secret
    assert client.get(reverse("notices:calendar", args=[first])).status_code == 404
    assert client.get(reverse("notices:calendar", args=[second])).status_code == 200
    deactivate(lan, by=IMPORTER, reason="Nghỉ hưu")
    assert client.get(reverse("notices:calendar", args=[second])).status_code == 404


def test_preferences_are_chosen_on_their_page(lan: User, client: Client) -> None:
    client.force_login(lan)
    page = client.get(reverse("notices:preferences")).content.decode()
    assert actions.preferences_of(lan).calendar_secret in page
    assert client.post(reverse("notices:preferences"), {"mail": "pigeon"}).status_code == 200
    client.post(reverse("notices:preferences"), {"mail": "urgent"})
    assert actions.preferences_of(lan).mail == "urgent"
    client.post(reverse("notices:new-calendar"))
    assert actions.preferences_of(lan).calendar_secret not in page


def test_notices_are_for_people_who_signed_in(client: Client) -> None:
    for name in ("list", "preferences"):
        assert client.get(reverse(f"notices:{name}")).status_code == 302
