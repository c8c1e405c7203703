"""The case page's component: where it is, who has it, until when, what is ahead, by what rule."""

import re
from datetime import date

import pytest
from django.template import Context, Template
from django.utils import translation

from khue.core import clock
from khue.flow.actions import move
from khue.flow.actions.loading import keep_version
from khue.flow.models import Case
from khue.flow.progress import progress_of
from khue.flow.tests.cast import MONDAY, Cast

pytestmark = pytest.mark.usefixtures("put_back")


def told(case: Case) -> list[tuple[str, str]]:
    return [(step.state, step.label) for step in progress_of(case).steps]


def test_the_way_of_a_new_case_lies_ahead(cast: Cast) -> None:
    assert told(cast.directive()) == [
        ("here", "Đã giao"),
        ("ahead", "Đã nhận việc"),
        ("ahead", "Đã báo cáo hoàn thành"),
        ("ahead", "Đã công nhận hoàn thành"),
    ]


def test_a_return_is_not_walked_twice(cast: Cast) -> None:
    case = cast.directive()
    with clock.at(MONDAY):
        move(case, "start", by=cast.officer)
        for _round in range(2):
            move(case, "report-done", by=cast.officer, comment="Xong")
            move(case, "return", by=cast.leader, comment="Thiếu")
    assert told(case) == [
        ("done", "Đã giao"),
        ("done", "Đang thực hiện"),
        ("done", "Đã báo cáo hoàn thành"),
        ("here", "Trả lại để làm tiếp"),
        ("ahead", "Đã báo cáo hoàn thành"),
        ("ahead", "Đã công nhận hoàn thành"),
    ]


def test_a_closed_case_has_nothing_ahead(cast: Cast) -> None:
    case = cast.directive()
    move(case, "withdraw", by=cast.leader, comment="Thôi")
    assert told(case) == [("done", "Đã giao"), ("done", "Đã dừng")]


def shown(case: Case) -> str:
    html = Template("{% load flow %}{% case_steps case %}").render(Context({"case": case}))
    return re.sub(r"\s+", " ", html)


def test_the_component_says_everything(cast: Cast) -> None:
    case = cast.directive()
    with clock.at(MONDAY), translation.override("vi"):
        html = shown(case)
    assert "Đang ở bước <strong>Đã giao</strong>, do <strong>UBND phường A</strong> giữ." in html
    assert "còn 1 ngày làm việc" in html
    assert "Tiếp theo: Đơn vị chủ trì xác nhận đã nhận việc." in html
    assert "Theo quy định nội bộ; Điều 21 Nghị định 30/2020/NĐ-CP" in html
    assert 'aria-current="step"' in html
    assert "chưa kiểm chứng" not in html
    assert '<g class="step here">' in html
    assert "<desc>Đã giao (đang ở đây): Xác nhận đã nhận việc → Đã nhận việc;" in html
    assert "<style" not in html, "the page's policy forbids it"


def test_what_nobody_verified_is_marked(cast: Cast) -> None:
    case = cast.directive()
    version = case.process_version
    files = {
        name: text.replace('article = "21" } }', 'article = "21", verified = false } }')
        for name, text in version.text.files.items()
    }
    keep_version(version.process, version.version, files, "e" * 64)
    with translation.override("vi"):
        assert "chưa kiểm chứng" in shown(Case.objects.get(pk=case.pk))


def test_a_title_cannot_smuggle_markup(cast: Cast) -> None:
    cast.ward.name = "<script>alert(1)</script>"
    cast.ward.save()
    with clock.at(date(2025, 3, 4)):
        assert "<script>alert" not in shown(cast.directive())
