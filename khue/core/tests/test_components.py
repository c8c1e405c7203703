"""Components and tags, as they come out."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, engines
from django.test import RequestFactory
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from khue.core import clock, icons
from khue.core.refusals import Refusal
from khue.core.river import RiverItem, StepMark
from khue.core.spreadsheet import LONGEST_SHEET
from khue.core.templatetags import khue as tags

TODAY = date(2026, 6, 10)  # a Wednesday


@pytest.fixture(autouse=True)
def _vietnamese() -> Any:
    with translation.override("vi"), clock.at(TODAY):
        yield


def render(template: str, **context: Any) -> str:
    """The template as a page would show it."""
    compiled = engines["django"].from_string(CottonCompiler().process(template))
    return compiled.render({"request": RequestFactory().get("/x/"), **context})


def test_an_icon_decorates_unless_it_is_named() -> None:
    assert 'aria-hidden="true"' in tags.icon("check")
    named = tags.icon("check", label='Xong "rồi"')
    assert 'role="img" aria-label="Xong &quot;rồi&quot;"' in named
    assert "<path" in named
    assert 'stroke="none"' not in named


@pytest.mark.parametrize("name", ["no-such-icon", "../../../package", "", "Check"])
def test_an_unknown_icon_is_a_mistake(name: str) -> None:
    with pytest.raises(icons.UnknownIcon):
        icons.drawing(name)


@pytest.mark.parametrize(
    ("due", "state"),
    [
        (date(2026, 6, 9), "overdue"),
        (date(2026, 6, 10), "due-soon"),
        (date(2026, 6, 15), "due-soon"),
        (date(2026, 6, 16), "on-time"),
        (None, ""),
    ],
)
def test_the_state_of_a_deadline_counts_working_days(due: date | None, state: str) -> None:
    assert tags.due_state(due) == state


def test_a_deadline_is_said_in_words_with_the_day_on_hover() -> None:
    html = render('<c-days-left :due="due" />', due=date(2026, 6, 12))
    assert "còn 2 ngày làm việc" in html
    assert 'title="Hạn 12/06/2026"' in html
    assert "không có hạn" in render("<c-days-left />")


def test_dates_money_and_initials() -> None:
    assert tags.date_vn(date(2026, 6, 1)) == "01/06/2026"
    assert tags.date_vn(datetime(2026, 6, 1, 20, tzinfo=UTC)) == "02/06/2026"
    assert tags.moment_vn(datetime(2026, 6, 1, 20, 5, tzinfo=UTC)) == "02/06/2026 03:05"
    assert (tags.dong(1_250_000_000), tags.short_dong(1_250_000_000)) == ("1.250.000.000 ₫", "1,25 tỷ ₫")
    assert [tags.dong(None), tags.short_dong(None), tags.date_vn(None), tags.moment_vn(None)] == [""] * 4
    assert [tags.initials(name) for name in ("Nguyễn Thị Hạnh", "Đức", "")] == ["NH", "Đ", ""]


class _Form(forms.Form):
    number = forms.IntegerField(label="Số", min_value=1)
    note = forms.CharField(label="Ghi chú", required=False)
    agreed = forms.BooleanField(label="Đồng ý", required=False)
    manner = forms.ChoiceField(label="Cách", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def test_a_field_says_why_gives_an_example_and_ties_its_error() -> None:
    form = _Form({"number": "0"})
    html = render('<c-field :field="field" why="Vì sao" example="12" />', field=form["number"])
    assert 'aria-describedby="id_number_why id_number_example id_number_error"' in html
    assert 'aria-invalid="true"' in html
    for part in ("why", "example", "error"):
        assert f'id="id_number_{part}"' in html
    assert "(không bắt buộc)" not in html
    assert "(không bắt buộc)" in render('<c-field :field="field" />', field=form["note"])


def test_the_summary_leads_to_each_wrong_field_and_is_absent_without_errors() -> None:
    form = _Form({"number": "0"})
    html = render('<c-errors :form="form" />', form=form)
    assert 'role="alert"' in html
    assert 'href="#id_number"' in html
    assert render('<c-errors :form="form" />', form=_Form({"number": 1, "manner": "a"})).strip() == ""


def test_a_group_of_choices_is_a_fieldset_with_a_legend() -> None:
    html = render('<c-field :field="field" />', field=_Form()["manner"])
    assert "<legend" in html
    assert html.count('type="radio"') == 2
    assert "form-check-input" in render('<c-field :field="field" />', field=_Form()["agreed"])


def test_a_refused_move_is_grey_and_says_why() -> None:
    refused = SimpleNamespace(name="accept", label="Chấp nhận", primary=True, needs_comment=False)
    refused.refusal = Refusal("x", "Chưa có báo cáo.")
    html = render('<c-action :move="move" />', move=refused)
    assert 'aria-disabled="true"' in html
    assert "Chưa có báo cáo." in html
    assert 'type="submit"' not in html
    assert 'name="move"' not in html
    refused.refusal = None
    assert 'name="move" value="accept"' in render('<c-action :move="move" />', move=refused)


def test_the_river_and_the_steps_say_where_one_is() -> None:
    html = render(
        '<c-river :items="items" />',
        items=[RiverItem("Văn bản", "1-TB", "/v/1"), RiverItem("Việc", "Làm", current=True)],
    )
    assert '<a href="/v/1">1-TB</a>' in html
    assert html.count('aria-current="page"') == 1
    steps = [
        StepMark("Giao", "done"),
        StepMark("Làm", "here", basis="Điều 5", verified=False),
        StepMark("Xong", "ahead"),
    ]
    html = render('<c-steps :steps="steps" />', steps=steps)
    assert html.count('aria-current="step"') == 1
    assert "đang ở đây" in html
    assert "chưa kiểm chứng" in html


def test_what_people_typed_is_escaped() -> None:
    danger = "<script>x</script>"
    for template in (
        '<c-page-head :title="text" :subtitle="text" :code="text" />',
        '<c-tile label="a" :value="text" :note="text" />',
        '<c-state state="done" :label="text" />',
        '<c-empty :title="text" :text="text" />',
        '<c-modal id="m" :title="text">a</c-modal>',
    ):
        html = render(template, text=danger)
        assert danger not in html, template
        assert "&lt;script&gt;" in html, template


def test_the_choices_of_a_list_are_written_at_once() -> None:
    html = render('{% options pairs "2" %}', pairs=[(1, "Phường <A>"), (2, "Xã B")])
    assert html == '<option value="1">Phường &lt;A&gt;</option><option value="2" selected>Xã B</option>'
    assert "selected" not in render("{% options pairs missing.pk %}", pairs=[(1, "A")], missing=None)


def test_the_address_tag_keeps_filters() -> None:
    context = Context({"request": RequestFactory().get("/x/?state=done")})
    assert tags.query(context, page=2) == "/x/?state=done&page=2"


@pytest.mark.parametrize(("rows", "said"), [(LONGEST_SHEET, False), (LONGEST_SHEET + 1, True)])
def test_the_way_to_a_sheet_says_when_not_all_rows_go_in(rows: int, said: bool) -> None:
    bar = '<c-filter-bar excel="/x/?excel=1"></c-filter-bar>'
    shown = render(bar, page=Paginator(range(rows), 50).page(1))
    assert ("(50.000 dòng đầu)" in shown) is said
