"""A document goes out, from the first word to the last acknowledgement, through the pages."""

import pytest
from django.test import Client
from django.urls import reverse

from khue.accounts.models import Membership
from khue.core.clock import today
from khue.documents.actions.series import open_series
from khue.documents.models import Document
from khue.documents.tests.signed import plain_pdf, upload
from khue.journal.timeline import timeline
from khue.notices.models import Notice
from tests.town import Town, signed_in

CONTENT = {
    "subject": "đề nghị báo cáo kết quả chuyển đổi số",
    "place": "Hà Nội",
    "addressees": "UBND phường Láng\nSở Tài chính",
    "body": "Thực hiện Kế hoạch số 345/KH-UBND, đề nghị các đơn vị báo cáo trước ngày 30/4/2026.",
    "post": "Giám đốc",
    "signer": "Trần Quốc Bảo",
    "copies_to": "Như trên",
    "drafting_code": "QLKH",
}


@pytest.fixture
def draft(town: Town) -> Document:
    """A letter that the division's head has written."""
    open_series(
        unit=town.science, by=town.clerk, family="state", issuer_code="SKHCN", begins_on=today().replace(month=1, day=1)
    )
    writer = signed_in(town.division_head)
    go(writer, "compose", unit=town.science.pk, paper="letter", subject="đề nghị báo cáo")
    made = Document.objects.get()
    go(writer, "draft", made.pk, version=1, **CONTENT)
    return made


def go(client: Client, name: str, *args: object, **data: object) -> str:
    answer = client.post(reverse(f"documents:{name}", args=args), data, follow=True)
    assert answer.status_code == 200, (name, answer.status_code, answer.content.decode()[:2000])
    return answer.content.decode()


def test_compose_comment_sign_number_issue_acknowledge(town: Town, draft: Document) -> None:
    writer, head, clerk = (signed_in(user) for user in (town.division_head, town.head, town.clerk))
    go(head, "comment", draft.pk, body="Thêm mẫu biểu số 2", quote="báo cáo trước ngày")
    page = go(writer, "move", draft.pk, move="submit")
    assert "góp ý" in page
    assert _step(draft) == "draft"
    go(writer, "resolve", draft.pk, draft.comments.get().pk)
    go(head, "move", draft.pk, move="submit")
    assert _step(draft) == "for-signature"
    go(clerk, "attach-signed", draft.pk, file=upload(plain_pdf()))
    assert "01/SKHCN-QLKH" in go(clerk, "number", draft.pk, on=today().isoformat())
    Membership.objects.filter(user=town.ward_clerk).update(role="officer")
    go(clerk, "issue", draft.pk, recipients="UBND phường Láng\nSở Tài chính\nBáo Hà Nội mới")
    assert _step(draft) == "issued"
    told = Notice.objects.filter(subject__contains="01/SKHCN-QLKH")
    assert told.filter(user=town.ward_clerk).exists()
    assert told.filter(user=town.ward_officer).exists(), "where nobody keeps the register, those who read are told"
    on_desk = ">Xác nhận đã nhận</a>"
    assert on_desk in signed_in(town.ward_officer).get("/").content.decode()
    assert on_desk not in head.get("/").content.decode()
    assert draft.citations.filter(sign="345/KH-UBND").exists(), "its own text was read for what it cites"
    for user, unit in ((town.ward_clerk, town.ward), (town.finance_officer, town.finance)):
        recipient = draft.recipients.get(unit=unit)
        go(signed_in(user), "acknowledge", draft.pk, recipient.pk)
    assert _step(draft) == "acknowledged"
    assert on_desk not in signed_in(town.ward_officer).get("/").content.decode()
    assert "Báo Hà Nội mới" in head.get(draft.get_absolute_url()).content.decode()
    assert len(timeline(draft.dossier)) >= 6


def test_the_draft_is_only_the_houses_until_it_is_issued(town: Town, draft: Document) -> None:
    address = draft.get_absolute_url()
    assert signed_in(town.head).get(address).status_code == 200
    assert signed_in(town.ward_clerk).get(address).status_code == 404
    assert signed_in(town.finance_officer).get(reverse("documents:word", args=[draft.pk])).status_code == 404


def _step(document: Document) -> str:
    found = Document.objects.select_related("case").get(pk=document.pk)
    assert found.case is not None
    return str(found.case.step)
