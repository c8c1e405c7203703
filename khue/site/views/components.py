"""Every component of the shell with sample data; served only to developers and in the demo."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from khue.core import clock, toasts
from khue.core.pages import View
from khue.core.refusals import Refusal
from khue.core.river import RiverItem, StepMark
from khue.office.charts import dressed
from khue.site.forms import SampleForm

SAMPLE = "Rà soát, đề xuất nhiệm vụ khoa học và công nghệ phục vụ chuyển đổi số cấp xã"


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    """The style page; its form keeps nothing."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    form = SampleForm(request.POST) if request.method == "POST" else SampleForm()
    if form.is_bound and form.is_valid():
        toasts.say(request, "Đã nhận biểu mẫu mẫu.")
        return redirect("site:components")
    if "wrong" in request.GET:
        form = SampleForm({"number": "0", "priority": "urgent", "manner": "one"})
    if "toast" in request.GET:
        toasts.say(request, "Đã giao 10 nhiệm vụ cho 7 đơn vị.", undo="/giao-dien/")
        toasts.warn(request, "Hai đơn vị chưa có người nhận thông báo.")
    return render(request, "site/components.html", {"form": form, **_lists(request), **_dossier(), "chart": _chart()})


def _lists(request: HttpRequest) -> dict[str, Any]:
    """Rows, states and deadlines."""
    today = clock.today()
    rows = [
        SimpleNamespace(
            number=n,
            title=SAMPLE,
            unit="Sở Khoa học và Công nghệ",
            due=today + timedelta(days=9 - 4 * n),
            percent=17 * n,
        )
        for n in range(1, 6)
    ]
    return {
        "dues": [today + timedelta(days=days) for days in (30, 2, 0, -3)],
        "states": ["on-time", "due-soon", "overdue", "done", "done-late", "draft", "returned", "waiting"],
        "page": Paginator(range(1, 1235), 50).get_page(request.GET.get("page") or 4),
        "rows": rows,
        "views": [View("Tất cả", ""), View("Quá hạn", "state=overdue"), View("Của đơn vị tôi", "mine=1")],
    }


def _dossier() -> dict[str, Any]:
    """Steps, moves and what happened, as on the page of a case."""
    return {
        "river": [
            RiverItem("Văn bản", "1875-TB/TU", "/"),
            RiverItem("Nhiệm vụ giao", SAMPLE, current=True),
            RiverItem("Kết quả", "Báo cáo quý II"),
        ],
        "steps": [
            StepMark("Giao", "done", "Lãnh đạo Sở", "01/06/2026", "Quy chế làm việc, Điều 5"),
            StepMark("Tiếp nhận", "done", "Phòng Quản lý Công nghệ", "02/06/2026"),
            StepMark(
                "Thực hiện", "here", "Nguyễn Thị Hạnh", "còn 4 ngày làm việc", "Nghị định 09/2019/NĐ-CP", verified=False
            ),
            StepMark("Báo cáo hoàn thành", "ahead"),
            StepMark("Chấp nhận", "ahead"),
        ],
        "entries": [
            SimpleNamespace(at=clock.now(), sentence="Nguyễn Thị Hạnh báo cáo tiến độ 60%."),
            SimpleNamespace(
                at=clock.now() - timedelta(days=3), sentence="Lịch nhắc việc đã nhắc Phòng Quản lý Công nghệ."
            ),
            SimpleNamespace(
                at=clock.now() - timedelta(days=9), sentence="Trần Văn Bình giao việc này cho Sở Khoa học và Công nghệ."
            ),
        ],
        "moves": [
            SimpleNamespace(name="report", label="Báo cáo hoàn thành", primary=True, refusal=None, needs_comment=True),
            SimpleNamespace(name="extend", label="Xin gia hạn", primary=False, refusal=None, needs_comment=True),
            SimpleNamespace(
                name="accept",
                label="Chấp nhận kết quả",
                primary=False,
                needs_comment=False,
                refusal=Refusal("not-reported", "Chỉ chấp nhận được sau khi đơn vị báo cáo hoàn thành."),
            ),
        ],
    }


def _chart() -> dict[str, Any]:
    """A small chart, dressed as all are."""
    months = [{"month": f"T{n}", "done": 40 + 17 * n % 50, "state": "Hoàn thành"} for n in range(1, 13)]
    late = [{"month": f"T{n}", "done": 5 + 7 * n % 12, "state": "Quá hạn"} for n in range(1, 13)]
    colour = {"domain": ["Hoàn thành", "Quá hạn"], "range": ["#4a6fa5", "#b3261e"]}
    spec: dict[str, Any] = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "height": 200,
        "data": {"values": [*months, *late]},
        "mark": {"type": "bar", "tooltip": True},
        "encoding": {
            "x": {"field": "month", "type": "ordinal", "sort": None, "title": None, "axis": {"labelAngle": 0}},
            "y": {"field": "done", "type": "quantitative", "title": "Số việc"},
            "color": {"field": "state", "type": "nominal", "title": None, "scale": colour},
        },
    }
    return dressed(spec)
