"""Numbers as people write them: read where they are plain, asked about where they can mean two things."""

from datetime import date
from decimal import Decimal

import pytest

from khue.core.cells import Parse, between, choice, day, number, whole


@pytest.mark.parametrize(
    ("cell", "decimals", "value"),
    [
        ("1.000", 0, "1000"), ("1.234.567", 0, "1234567"), ("1,234,567", 0, "1234567"), ("1 234 567", 0, "1234567"),
        ("12,5", 1, "12.5"), ("12.5", 1, "12.5"), ("1.234,5", 1, "1234.5"), ("1,234.5", 1, "1234.5"),
        ("-3", 0, "-3"), (12, 0, "12"), (12.0, 0, "12.0"), (0.1, 1, "0.1"), ("12.340", 2, None), ("7,0", 0, "7.0"),
        ("1.234.567,89", 2, "1234567.89"), ("0", 0, "0"), ("0,125", 3, "0.125"), ("0.50", 1, "0.50"),
    ],
)  # fmt: skip
def test_what_a_number_means(cell: object, decimals: int, value: str | None) -> None:
    if value is None:
        with pytest.raises(ValueError, match="12340"):
            number(decimals)(cell)
    else:
        assert number(decimals)(cell) == Decimal(value)


@pytest.mark.parametrize(
    ("cell", "decimals"),
    [
        ("1,000", 0), ("1.000", 1), ("1,000", 3), ("12a", 0), ("", 0), ("1.00.000", 0), ("1,5", 0), ("2,55", 1),
        ("--3", 0), ("1e5", 0), ("NaN", 0), (float("nan"), 0), (float("inf"), 2), ("9" * 30, 0), (True, 0), ("１２", 0),
    ],
)  # fmt: skip
def test_what_is_asked_about_instead_of_guessed(cell: object, decimals: int) -> None:
    with pytest.raises(ValueError, match=r"."):
        number(decimals)(cell)


@pytest.mark.parametrize(
    ("parse", "cell", "named"),
    [
        (number(0), 3.5, "3,5"), (whole, 3.5, "3,5"), (number(1), 0.25, "0,25"), (day, 1234.5, "1234,5"),
        (choice(lambda: [("a", "A")]), 2.5, "2,5"), (number(0), 1.5e20, "1,5e+20"),
        (between(1, 12), 1.5, "1,5"), (number(0), 0.00001, "0,00001"),
    ],
)  # fmt: skip
def test_a_number_in_a_sentence_is_written_as_people_here_do(parse: Parse, cell: float, named: str) -> None:
    with pytest.raises(ValueError, match=f"“{named}”".replace("+", r"\+")):
        parse(cell)


@pytest.mark.parametrize("cell", ["31/12/9999", "01/01/0202", date(9999, 12, 31)])
def test_a_day_of_a_year_that_nobody_means_is_asked_about(cell: object) -> None:
    with pytest.raises(ValueError, match="1900"):
        day(cell)
