"""Whatever stands in an address or a form where a number is expected, pages do not break over it."""

import pytest

from khue.core.asked import key, whole, wholes

NONE = ["", "²", "٣", "-1", "+1", "1.0", " 1", "1_0", "chín", "9" * 30, "\x00"]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_number_of_a_record_is_none(text: str) -> None:
    assert (whole(text), key(text)) == (None, 0)


def test_numbers_are_read() -> None:
    assert (whole("007"), key("12"), whole(None), wholes(["1", "²", "2"])) == (7, 12, None, [1, 2])
