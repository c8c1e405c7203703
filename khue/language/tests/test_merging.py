"""A text that a machine writes anew and a person edited meanwhile."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from khue.language.merging import carried, compared, merge, words

texts = st.lists(st.sampled_from(["tăng", "giảm", "6", "1.234,5", "đơn vị", ",", ".", "\n", "so với", "quý I"])).map(
    " ".join
)
quick = settings(max_examples=60, deadline=None)


@given(st.text() | texts)
@quick
def test_words_put_together_are_the_text(text: str) -> None:
    assert "".join(one.gap + one.text for one in words(text)) == text


@given(texts, texts)
@quick
def test_what_nobody_edited_is_written_anew_and_what_nobody_wrote_anew_stays(before: str, after: str) -> None:
    assert merge(before, before, after).text == after
    assert merge(before, after, before).text == after
    assert merge(before, after, after).text == after
    assert not merge(before, before, after).clashes


@given(texts, texts, st.lists(st.integers(0, 30), max_size=4))
@quick
def test_nothing_typed_is_lost(before: str, new: str, places: list[int]) -> None:
    typed = before.split(" ")
    for number, place in enumerate(sorted(places, reverse=True)):
        typed.insert(min(place, len(typed)), f"gõ{number}")
    edited = " ".join(typed)
    merged = merge(before, edited, new)
    said = [word.text for word in words(merged.text) if word.text.startswith("gõ")]
    assert said == [word.text for word in words(edited) if word.text.startswith("gõ")]


@given(texts, texts, texts)
@quick
def test_doing_it_again_changes_nothing(before: str, edited: str, new: str) -> None:
    merged = merge(before, edited, new)
    again = merge(new, merged.text, new)
    assert (again.text, again.clashes) == (merged.text, False)


def test_numbers_change_inside_of_an_edited_text() -> None:
    before = "Đến hết quý II là 96 mô hình. Tăng 6 mô hình so với quý I (90)."
    edited = "Đến hết quý II là 96 mô hình, cao nhất từ trước tới nay. Tăng 6 mô hình so với quý I (90).\nCần giữ đà."
    new = "Đến hết quý II là 98 mô hình. Tăng 8 mô hình so với quý I (90)."
    merged = merge(before, edited, new)
    assert merged.text == edited.replace("96", "98").replace("6 mô hình so", "8 mô hình so")
    assert not merged.clashes


def test_words_beside_a_number_may_be_changed() -> None:
    assert merge("tăng 6 mô hình", "tăng 6 kiểu hình", "tăng 8 mô hình").text == "tăng 8 kiểu hình"
    assert merge("có 96 đơn vị", "có\n96, tức", "có 98 đơn vị").text == "có\n98, tức"


def test_where_both_changed_the_same_words_stay_and_the_new_ones_are_offered() -> None:
    merged = merge("Tăng 6 mô hình, đạt.", "Tăng gần gấp đôi, đạt.", "Tăng 8 mô hình, chưa đạt.")
    assert merged.text == "Tăng gần gấp đôi, chưa đạt."
    assert merged.other == "Tăng 8 mô hình, chưa đạt."
    one, other = compared(merged.text, merged.other)
    assert [each.text for each in one if each.changed] == ["gần gấp đôi"]
    assert [each.text for each in other if each.changed] == ["8 mô hình"]


def test_a_long_report_is_merged_at_once() -> None:
    """Ninety indicators, numbers changed in every line by the machine and here and there by a person."""
    line = "- Chỉ tiêu số {n}: đến hết quý III là {a} sáng kiến, giảm {b} so với quý II ({c}). {d} trên 126 đơn vị."
    before = "\n".join(line.format(n=n, a=n * 37, b=n * 3, c=n * 40, d=117) for n in range(90))
    new = "\n".join(line.format(n=n, a=n * 37 + 1, b=n * 3 + 1, c=n * 40, d=119) for n in range(90))
    edited = before.replace("số 50:", "số 50 (mới):") + "\nHết."
    started = time.process_time()
    merged = merge(before, edited, new)
    assert merged.text == new.replace("số 50:", "số 50 (mới):") + "\nHết."
    assert time.process_time() - started < 2


def test_a_number_keeps_its_place_in_an_edited_text() -> None:
    before = "là 96 mô hình, tăng 6"
    spans = [(3, 5), (20, 21)]
    after = "đến nay là 96 mô hình, tăng sáu"
    assert carried(before, spans, after) == [(11, 13), None]
