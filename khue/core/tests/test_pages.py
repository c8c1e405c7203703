"""Pages of a list, and filters kept in its address."""

import pytest
from django.core.paginator import Paginator
from django.test import RequestFactory

from khue.core.pages import View, address
from khue.core.templatetags.khue import page_numbers


@pytest.mark.parametrize(
    ("asked", "changes", "expected"),
    [
        ("/x/", {"state": "overdue"}, "/x/?state=overdue"),
        ("/x/?state=overdue&page=3", {"page": 4}, "/x/?state=overdue&page=4"),
        ("/x/?q=tr%E1%BA%A1m&page=3", {"state": "done"}, "/x/?q=tr%E1%BA%A1m&state=done"),
        ("/x/?state=overdue", {"state": None}, "/x/"),
        ("/x/?unit=1&unit=2", {"page": 2}, "/x/?unit=1&unit=2&page=2"),
    ],
)
def test_changing_a_filter_keeps_the_others_and_returns_to_page_one(
    asked: str, changes: dict[str, object], expected: str
) -> None:
    assert address(RequestFactory().get(asked), **changes) == expected


@pytest.mark.parametrize(
    ("query", "asked", "current"),
    [
        ("", "/x/", True),
        ("", "/x/?q=", True),
        ("", "/x/?state=overdue", False),
        ("state=overdue", "/x/?state=overdue&page=2&sort=due", True),
        ("state=overdue", "/x/?state=overdue&q=a", False),
        ("unit=1&unit=2", "/x/?unit=2&unit=1", True),
    ],
)
def test_a_saved_view_knows_whether_it_is_shown(query: str, asked: str, current: bool) -> None:
    assert View("v", query).is_current(RequestFactory().get(asked)) is current


def test_far_pages_are_left_out() -> None:
    assert page_numbers(Paginator(range(1000), 50), 10) == [1, 0, 8, 9, 10, 11, 12, 0, 20]
