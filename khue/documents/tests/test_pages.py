"""Every page of documents and registers: for every role, empty and full, with a constant number of queries."""

import io
from datetime import date, timedelta
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from khue.accounts.models import User
from khue.core.clock import today
from khue.documents.actions import register_incoming
from khue.documents.actions.casefiles import file_documents, open_case_file
from khue.documents.actions.citations import Cited, cite
from khue.documents.actions.comments import comment
from khue.documents.actions.drafts import compose
from khue.documents.actions.handling import dispose
from khue.documents.actions.outgoing import register_outgoing
from khue.documents.actions.series import open_series
from khue.documents.models import CaseFile, Document, NumberSeries
from khue.documents.tests.city import PLAN, Office, person, word
from khue.documents.views.registers import REGISTERS
from khue.files.models import Version
from khue.files.reading import read_version

NAMES = ("alpha", "bêta", "gamma", "đenta", "epsilon", "zêta")
LISTS = [
    *(reverse("documents:register", args=[name]) for name in REGISTERS),
    reverse("documents:documents"),
    reverse("documents:case-files"),
    reverse("documents:series"),
]


@pytest.fixture
def here(here: Office, settings: object, tmp_path: object) -> Office:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return here


def fill(here: Office, count: int, start: int = 0) -> None:
    if not NumberSeries.objects.filter(direction="out").exists():
        open_series(unit=here.sokhcn, by=here.clerk, family="state", issuer_code="SKHCN", begins_on=today())
    kept = CaseFile.objects.first() or open_case_file(
        unit=here.sokhcn, by=here.clerk, year=2026, notation="01.QLKH", title="Hồ sơ", retention="10 năm",
        started_on=today(),
    )  # fmt: skip
    for number in range(start, start + count):
        letter = register_incoming(
            unit=here.sokhcn,
            by=here.clerk,
            typed={
                "sign": f"{number + 10}/BKHCN-KHTC",
                "subject": f"Đề nghị {NAMES[number]}",
                "issuer_name": "Bộ KH&CN",
            },
        )
        dispose(
            letter, by=here.head, level="body", comment="Giao phòng", lead=here.division,
            due_on=today() + timedelta(days=5),
        )  # fmt: skip
        plan = register_outgoing(unit=here.sokhcn, by=here.clerk, typed={"type": "KH", "subject": f"Kế hoạch {number}"})
        cite(plan, [Cited(letter.sign, kind="reply"), Cited("57-NQ/TW")])
        file_documents(kept, [letter, plan], by=here.clerk)
        comment(compose(unit=here.sokhcn, by=here.clerk, paper="plan", subject="Dự thảo"), by=here.clerk, body="Sửa")


def people(here: Office) -> list[User]:
    return [here.clerk, here.head, here.officer, here.ward_clerk, here.leader, here.auditor]


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_what_was_typed_is_text_in_the_rows_of_a_register(here: Office) -> None:
    typed = {"sign": "10/BKHCN", "subject": '<b>Đề nghị</b> & "gấp"', "issuer_name": "Bộ <i>KH&CN</i>"}
    register_incoming(unit=here.sokhcn, by=here.clerk, typed=typed)
    shown = client_of(here.clerk).get(reverse("documents:documents")).content.decode()
    assert "&lt;b&gt;Đề nghị&lt;/b&gt; &amp; &quot;gấp&quot;" in shown
    assert "<b>Đề nghị" not in shown
    assert "<i>KH" not in shown


def test_every_list_opens_for_every_role_empty_and_full(here: Office) -> None:
    clients = {user.full_name: client_of(user) for user in people(here)}
    for name, address in product(clients, LISTS):
        assert clients[name].get(address).status_code == 200, (name, address, "empty")
    fill(here, 1)
    for name, address in product(clients, LISTS):
        assert clients[name].get(address).status_code == 200, (name, address, "full")


def test_every_document_page_opens_for_everybody_who_may_see_it(here: Office) -> None:
    fill(here, 1)
    for document in Document.objects.all():
        for name in ("document", "graph"):
            assert client_of(here.clerk).get(reverse(f"documents:{name}", args=[document.pk])).status_code == 200
            assert client_of(here.auditor).get(reverse(f"documents:{name}", args=[document.pk])).status_code == 200
            assert client_of(here.ward_clerk).get(reverse(f"documents:{name}", args=[document.pk])).status_code == 404
    for page in ("compose", "register-incoming", "register-outgoing", "case-file-new"):
        for user in people(here):
            assert client_of(user).get(reverse(f"documents:{page}")).status_code == 200
    kept = CaseFile.objects.get()
    for page in ("case-file", "case-file-edit", "case-file-xml", "case-file-excel"):
        assert client_of(here.clerk).get(reverse(f"documents:{page}", args=[kept.pk])).status_code == 200


def test_a_visitor_is_sent_to_sign_in() -> None:
    assert Client().get(reverse("documents:documents")).status_code == 302


def test_columns_of_the_registers_are_those_of_the_decree() -> None:
    counted = {name: len(REGISTERS[name].columns) for name in ("den", "di", "theo-doi")}
    assert counted == {"den": 10, "di": 10, "theo-doi": 7}


def sheet(data: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()  # type: ignore[return-value]


def test_the_sheet_has_the_columns_and_the_filter_of_the_page(here: Office) -> None:
    fill(here, 3)
    client = client_of(here.clerk)
    page = client.get(reverse("documents:register", args=["den"]), {"q": "de nghi beta"})
    assert [document.subject for document, _cells in page.context["rows"]] == ["Đề nghị bêta"]
    rows = sheet(client.get(reverse("documents:register-excel", args=["den"]), {"q": "de nghi beta"}).content)
    found = [row for row in rows if any("Đề nghị" in str(cell) for cell in row)]
    assert len(found) == 1
    headings = [str(column.label) for column in REGISTERS["den"].columns]
    assert headings in [row[: len(headings)] for row in rows]


def test_documents_are_found_without_accents_and_in_any_variant_of_the_sign(here: Office) -> None:
    fill(here, 1)
    client, address = client_of(here.clerk), reverse("documents:register", args=["den"])
    for words in ("10/bkhcn", "10-BKHCN/KHTC", "ĐỀ NGHỊ", "de nghi", "bo kh&cn"):
        assert len(client.get(address, {"q": words}).context["rows"]) == 1, words


def test_filters_of_the_address_narrow_and_nonsense_is_ignored(here: Office) -> None:
    fill(here, 2)
    client = client_of(here.clerk)
    address = reverse("documents:register", args=["den"])
    late = date(2000, 1, 1).isoformat()
    assert len(client.get(address, {"until": late}).context["rows"]) == 0
    assert len(client.get(address, {"state": "open"}).context["rows"]) == 2
    assert len(client.get(address, {"state": "overdue"}).context["rows"]) == 0
    assert (
        len(client.get(address, {"year": "abc", "unit": "x", "since": "hôm qua", "sort": "password"}).context["rows"])
        == 2
    )


def test_lists_are_sorted_as_vietnamese_dictionaries_do(here: Office) -> None:
    for subject in ("Ủy quyền", "An toàn", "Đề tài", "Dự án", "Ánh sáng"):
        register_incoming(unit=here.sokhcn, by=here.clerk, typed={"subject": subject})
    page = client_of(here.clerk).get(reverse("documents:register", args=["den"]), {"sort": "sort_subject"})
    assert [one.subject for one, _cells in page.context["rows"]] == [
        "An toàn",
        "Ánh sáng",
        "Dự án",
        "Đề tài",
        "Ủy quyền",
    ]


def test_many_files_are_registered_at_once_and_a_double_is_told_apart(here: Office) -> None:
    client = client_of(here.clerk)
    facts = {
        "unit": here.sokhcn.pk,
        "arrived_on": today().isoformat(),
        "family": "state",
        "urgency": "0",
        "secrecy": "0",
    }
    same = word(*PLAN)
    answer = client.post(reverse("documents:register-incoming"), {**facts, "file": [same, word("Khác")]})
    assert answer.status_code == 302
    assert Document.objects.count() == 2
    same.seek(0)
    again = client.post(reverse("documents:register-incoming"), {**facts, "file": same}, headers={"x-one-file": "1"})
    assert b"data-register-again" in again.content
    held = Document.objects.order_by("pk")[0]
    assert held.get_absolute_url() in again.content.decode()
    row = client.get(reverse("documents:registered", args=[held.pk])).content.decode()
    assert "hx-get" in row, "it asks again until the machine has read the file"
    same.seek(0)
    plain = client.post(reverse("documents:register-incoming"), {**facts, "file": same}).content.decode()
    assert held.get_absolute_url() in plain
    assert 'href="#id_duplicate_reason"' in plain
    lone = person("Bùi Văn Đơn", "officer", here.sokhcn)
    Document.objects.filter(pk=held.pk).update(restricted=True, subject="Chỉ vài người biết")
    same.seek(0)
    told = client_of(lone).post(reverse("documents:register-incoming"), {**facts, "file": same}).content.decode()
    assert "chỉ lãnh đạo và văn thư xem được" in told
    assert "Chỉ vài người biết" not in told
    assert held.get_absolute_url() not in told
    Document.objects.filter(pk=held.pk).update(restricted=False)
    same.seek(0)
    facts["duplicate_reason"] = "Bản có chữ ký"
    done = client.post(reverse("documents:register-incoming"), {**facts, "file": same}, headers={"x-one-file": "1"})
    assert b"data-register-again" not in done.content
    assert Document.objects.count() == 3
    assert Document.objects.filter(typed_fields=[]).count() == 3


def test_a_dropped_file_that_turns_out_a_double_says_so_in_its_row(here: Office) -> None:
    for text in ("", "Bản quét lại"):
        upload = word(*PLAN, text)
        document = register_incoming(unit=here.sokhcn, by=here.clerk, upload=upload)
        read_version(Version.objects.select_related("file").get(file=document.main_file))
    row = client_of(here.clerk).get(reverse("documents:registered", args=[document.pk])).content.decode()
    assert "Giống văn bản đã đăng ký" in row
    assert "(số đến 1)" in row


def test_the_editor_saves_by_itself_and_says_who_was_quicker(here: Office) -> None:
    draft = compose(unit=here.sokhcn, by=here.clerk, paper="letter")
    address = reverse("documents:draft", args=[draft.pk])
    mine, theirs = client_of(here.clerk), client_of(here.head)
    facts = {"version": "1", "subject": "mời họp", "body": "Kính mời\n\n- một\n\n| a | b |\n| 1 | 2 |"}
    saved = mine.post(address, facts, headers={"accept": "application/json"})
    assert saved.json()["version"] == 2
    assert "<table>" in saved.json()["preview"]
    late = theirs.post(address, facts, headers={"accept": "application/json"})
    assert late.status_code == 409
    assert here.clerk.full_name in late.json()["refused"]
    assert mine.get(reverse("documents:word", args=[draft.pk])).content.startswith(b"PK")


def test_what_a_person_types_into_the_preview_is_never_markup(here: Office) -> None:
    draft = compose(unit=here.sokhcn, by=here.clerk, paper="letter")
    facts = {"version": "1", "subject": "<script>x</script>", "body": "<img src=x onerror=y>"}
    saved = client_of(here.clerk).post(
        reverse("documents:draft", args=[draft.pk]), facts, headers={"accept": "application/json"}
    )
    assert "<script>" not in saved.json()["preview"]
    assert "<img" not in saved.json()["preview"]


def test_acts_of_the_page_are_done_or_say_why_not(here: Office) -> None:
    letter = register_incoming(unit=here.sokhcn, by=here.clerk, typed={"sign": "12/BKHCN-KHTC", "subject": "Hỏi"})
    client = client_of(here.head)
    facts = {"level": "body", "comment": "Giao phòng", "lead": here.division.name, "due_on": "", "written_on": ""}
    client.post(reverse("documents:dispose", args=[letter.pk]), facts)
    assert letter.dispositions.get().lead == here.division
    clerk = client_of(here.clerk)
    clerk.post(reverse("documents:cite", args=[letter.pk]), {"kind": "basis", "sign": "57-NQ/TW"})
    assert letter.citations.get().sign == "57-NQ/TW"
    recipient = letter.recipients.get()
    refused = clerk.post(reverse("documents:acknowledge", args=[letter.pk, recipient.pk]), follow=True)
    assert "xác nhận được mục này" in refused.content.decode()
    client_of(here.officer).post(reverse("documents:acknowledge", args=[letter.pk, recipient.pk]))
    assert recipient.acknowledgements.count() == 1


def test_the_graph_shows_only_what_may_be_seen(here: Office) -> None:
    base = register_incoming(
        unit=here.sokhcn, by=here.clerk, typed={"sign": "07-CTr/TU", "subject": "Kín", "restricted": True}
    )
    plan = register_incoming(unit=here.sokhcn, by=here.clerk, typed={"sign": "345/KH-UBND", "subject": "Mở"})
    cite(plan, [Cited("07-CTr/TU", kind="basis"), Cited("57-NQ/TW")])
    address = reverse("documents:graph", args=[plan.pk])
    assert "Kín" in client_of(here.clerk).get(address).content.decode()
    seen = client_of(here.auditor).get(address).content.decode()
    assert "Kín" not in seen
    assert base.get_absolute_url() not in seen
    assert "được viện dẫn, chưa có" in seen
