"""Forms of the shelf on a page: what is typed becomes the very answers that a move would take."""

from datetime import date
from unicodedata import normalize

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from khue.core.actors import SystemActor
from khue.directory.actions.units import add_unit
from khue.flow.answer_words import told
from khue.flow.answers import checked
from khue.flow.forms import ShelfForm
from khue.flow.shelf.values import EMPTY, Field, Form, Label

EN, FR = Label("Một", "One"), Label("Hai", "Two")


def question(name: str, kind: str, *, required: bool = True, columns: tuple[Field, ...] = ()) -> Field:
    choices = {"a": EN, "b": FR} if kind == "choice" else {}
    return Field(name, kind, Label(f"Câu {name}", name), required, EMPTY, EMPTY, choices, columns)  # type: ignore[arg-type]


FORM = Form(
    "test",
    Label("Phiếu thử", "Test"),
    (
        question("aim", "paragraph"),
        question("money", "money", required=False),
        question("share", "number", required=False),
        question("way", "choice"),
        question("sure", "flag"),
        question("by", "unit", required=False),
        question("who", "person", required=False),
        question("products", "rows", columns=(question("name", "text"), question("price", "money", required=False))),
    ),
)
WHOLE = {
    "aim": "  Làm chủ  ", "money": "1.500.000.000", "share": "2,5", "way": "a", "sure": "on",
    "products-0-name": "Quy trình", "products-0-price": "20.000", "products-7-name": "Mô hình",
    "products-7-price": "", "products-9-name": "",
}  # fmt: skip
ANSWERS = {
    "aim": "Làm chủ", "money": 1_500_000_000, "share": "2.5", "way": "a", "sure": True,
    "products": [{"name": "Quy trình", "price": 20_000}, {"name": "Mô hình"}],
}  # fmt: skip


def posted(**data: str) -> QueryDict:
    sent = QueryDict(mutable=True)
    sent.update(data)
    return sent


def test_what_is_typed_becomes_answers() -> None:
    form = ShelfForm(FORM, posted(**WHOLE))
    assert form.is_valid(), form.errors
    assert form.answers == ANSWERS
    assert checked(FORM, form.answers) == ANSWERS


def test_whole_form_asks_for_what_is_missing_and_a_draft_does_not() -> None:
    whole, draft = ShelfForm(FORM, posted(aim="Có")), ShelfForm(FORM, posted(aim="Có"), draft=True)
    assert not whole.is_valid()
    assert set(whole.errors) == {"way", "products"}
    assert draft.is_valid()
    assert draft.answers == {"aim": "Có", "sure": False}


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("money", "99.999.999.999.999.999.999"), ("number", "1e400"), ("number", "99999999999"), ("number", "NaN"),
        ("integer", "9999999999999"), ("date", "9999-12-31"), ("date", "0202-01-01"), ("text", "x" * 501),
    ],
)  # fmt: skip
def test_what_no_column_can_keep_is_refused_where_it_is_typed(kind: str, typed: str) -> None:
    form = ShelfForm(Form("test", EN, (question("it", kind),)), posted(it=typed))
    assert not form.is_valid()
    assert "it" in form.errors


def test_letters_are_put_together_and_what_no_page_can_show_is_left_out() -> None:
    form = ShelfForm(Form("test", EN, (question("it", "text"),)), posted(it=normalize("NFD", "Rơm rạ") + "\0"))
    assert form.is_valid()
    assert form.answers == {"it": "Rơm rạ"}


def test_a_wrong_answer_names_the_row_and_the_rest_is_kept() -> None:
    form = ShelfForm(FORM, posted(**{**WHOLE, "products-7-price": "năm nghìn"}), draft=True)
    assert not form.is_valid()
    assert "2" in form.errors["products"][0]
    assert form.answers["money"] == 1_500_000_000


def test_the_page_shows_answers_as_people_type_them() -> None:
    html = render_to_string("flow/_shelf_form.html", {"form": ShelfForm(FORM, answers=ANSWERS)})
    assert 'value="1.500.000.000"' in html
    assert 'value="2,5"' in html
    assert html.count("data-drop-row") == 3  # two rows and the one to copy
    assert 'name="products-1-name"' in html
    assert 'value="a" selected' in html


def test_a_refused_page_keeps_every_word() -> None:
    form = ShelfForm(FORM, posted(**{**WHOLE, "money": "nhiều lắm"}))
    html = render_to_string("flow/_shelf_form.html", {"form": form})
    assert 'value="nhiều lắm"' in html
    assert "Quy trình" in html
    assert "field-error" in html


@pytest.mark.django_db
def test_units_are_typed_by_name() -> None:
    unit = add_unit(by=SystemActor("Thử"), name="Sở Y tế", kind="department", valid_from=date(2015, 1, 1))
    form = ShelfForm(FORM, posted(**{**WHOLE, "by": "so y te"}))
    assert form.is_valid(), form.errors
    assert form.answers["by"] == unit.pk
    assert "Sở Y tế" in {each.value for each in told(FORM, form.answers)}
    assert 'value="Sở Y tế"' in str(ShelfForm(FORM, answers={"by": unit.pk})["by"])
    assert not ShelfForm(FORM, posted(**{**WHOLE, "by": "Sở không có"})).is_valid()


def test_told_in_words() -> None:
    words = {each.name: each for each in told(FORM, ANSWERS)}
    assert words["money"].value == "1.500.000.000 ₫"
    assert words["way"].value == "Một"
    assert words["products"].rows == [["Quy trình", "20.000 ₫"], ["Mô hình", ""]]
    assert words["products"].value == "Câu name: Quy trình; Câu price: 20.000 ₫\nCâu name: Mô hình"
    assert words["by"].value == ""


def test_people_are_names_in_words_with_the_directory_offered() -> None:
    form = ShelfForm(FORM, posted(**{**WHOLE, "who": "  Lê  Thị Hoa "}))
    assert form.is_valid(), form.errors
    assert form.answers["who"] == "Lê Thị Hoa"
    wrong = ShelfForm(FORM, posted(**{**WHOLE, "who": "12"}))
    assert not wrong.is_valid()
    html = render_to_string("flow/_shelf_form.html", {"form": form})
    assert "/danh-ba/nguoi/goi-y/" in html
    assert "directory/people.js" in html
