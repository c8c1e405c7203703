"""What every list page does the same way: pages of fifty rows, filters kept in the address bar."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import ResolverMatch

from khue.core.counting import MANY, count_of, summed

if TYPE_CHECKING:
    from django.core.paginator import _SupportsPagination

PER_PAGE = 50
PAGE = "page"
Record = TypeVar("Record", bound=Model)
Item = TypeVar("Item")


def paginate(
    request: HttpRequest, queryset: QuerySet[Record], per: int = PER_PAGE, *, count: int | None = None
) -> Page[Record]:
    """The page named by `?page=`; a number out of range gives the nearest page, never an error.

    `count`: the number of all rows, where the view knows it already; it is not asked for again. Of a long list it may
    be a minute old (`core.counting`).
    """
    return page_of(request, queryset, count_of(queryset) if count is None else count, per)


def page_of(request: HttpRequest, rows: "_SupportsPagination[Item]", count: int, per: int = PER_PAGE) -> "Page[Item]":
    """As `paginate`, of whatever gives some of its rows when it is sliced."""
    paginator = Paginator(rows, per)
    paginator.count = count
    return paginator.get_page(request.GET.get(PAGE))


def numbered(rows: QuerySet[Record], dressed: QuerySet[Record], start: int, stop: int) -> QuerySet[Record]:
    """The rows from `start` to `stop` of `rows`: found by their numbers along an index, and only then read, as
    `dressed` (every row, with what is shown of one) reads them. One query."""
    plain = rows.select_related(None).prefetch_related(None)
    return dressed.filter(pk__in=plain.values("pk")[start:stop]).order_by(*rows.query.order_by)


class _Numbered(Sequence[Any]):
    """A list whose pages are read as `numbered` does."""

    def __init__(self, rows: QuerySet[Any], dressed: QuerySet[Any]) -> None:
        self._rows, self._dressed = rows, dressed

    def __len__(self) -> int:
        return count_of(self._rows)

    def __getitem__(self, wanted: Any) -> Any:
        return numbered(self._rows, self._dressed, wanted.start, wanted.stop)


def paginate_numbered(
    request: HttpRequest, rows: QuerySet[Record], dressed: QuerySet[Record], *, count: int | None = None
) -> Page[Record]:
    """As `paginate`, for long lists of long rows: see `numbered`."""
    return page_of(request, _Numbered(rows, dressed), count_of(rows) if count is None else count)


def summed_page(
    request: HttpRequest, rows: QuerySet[Record], dressed: QuerySet[Record], sums: Mapping[str, str], *,
    walked: Callable[[], QuerySet[Record]] | None = None,
) -> tuple[Page[Record], dict[str, int]]:  # fmt: skip
    """A page as `paginate_numbered` gives it, with `count` and the sums of columns by name over all rows: what has to
    be counted is looked for once, for the sums and for the numbers of the page.

    `walked`: the same rows, asked so that the database finds them on a walk along their order; for the first tenth of
    many.
    """
    wanted = request.GET.get(PAGE, "1")
    number = int(wanted) if wanted.isdecimal() and len(wanted) < 10 else 1
    totals, found = summed(rows, sums, max(number - 1, 0) * PER_PAGE, number * PER_PAGE)
    if not found or str(number) != wanted:
        if walked and totals["count"] > max(MANY, number * PER_PAGE * 10):
            rows = walked()
        return paginate_numbered(request, rows, dressed, count=totals["count"]), totals
    paginator = Paginator(rows, PER_PAGE)
    paginator.count = totals["count"]
    shown = dressed.filter(pk__in=found).order_by(*rows.query.order_by)
    return Page(shown, number, paginator), totals


def address(request: HttpRequest, **changes: Any) -> str:
    """This page's address with some parameters changed; `None` drops one. Changing a filter returns to page one."""
    query = request.GET.copy()
    if PAGE not in changes:
        query.pop(PAGE, None)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"{request.path}?{query.urlencode()}" if query else request.path


Page_ = TypeVar("Page_", bound=Callable[..., Any])
SORT = "sort"
PLAIN = "q="
"""The address of a list as it is without any filter, also for whom it opens in a view of their own."""


def filtered_by(*filters: str) -> Callable[[Page_], Page_]:
    """Marks a page as a list, and names what its address may carry besides words, order and page."""

    def mark(page: Page_) -> Page_:
        page.list_filters = ("q", *filters, SORT)  # type: ignore[attr-defined]
        return page

    return mark


def filters_of(page: Callable[..., Any]) -> tuple[str, ...] | None:
    """What the address of a list may carry; None for a page that is no list."""
    found: tuple[str, ...] | None = getattr(page, "list_filters", None)
    return found


def list_name(match: ResolverMatch) -> str:
    """What a list is called: the name of its address, with arguments where it has some."""
    return " ".join([match.view_name, *map(str, match.kwargs.values())])


def known(query: str, filters: Iterable[str] | None) -> str:
    """`query` with the filters that a list knows and that say something; the page is left out."""
    asked, kept = QueryDict(query), QueryDict(mutable=True)
    for name in filters or ():
        if values := [value for value in asked.getlist(name) if value.strip()]:
            kept.setlist(name, values)
    return kept.urlencode()


@dataclass(frozen=True, slots=True)
class View:
    """A saved view: a name for a set of filters. `query` is what follows `?`, such as `state=overdue`."""

    label: str
    query: str
    icon: str = ""

    def is_current(self, request: HttpRequest) -> bool:
        """Whether the list shows just this view, whatever its page and order."""
        asked = request.GET.copy()
        for name in (PAGE, "sort"):
            asked.pop(name, None)
        asked_pairs = {(name, value) for name, values in asked.lists() for value in values if value}
        return asked_pairs == set(_pairs(self.query))


def _pairs(query: str) -> list[tuple[str, str]]:
    return [(name, value) for name, values in QueryDict(query).lists() for value in values]
