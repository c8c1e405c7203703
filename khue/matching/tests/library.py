"""Records to search in: a shelf of invented missions, some of which may be hidden."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from django.db import connection
from django.db.models import QuerySet

from khue.accounts.models import User
from khue.directory.models import Person
from khue.matching.sources import AllBut, ByKeys, Record, Source

TITLES = {
    1: "Nghiên cứu xử lý nước thải làng nghề dệt nhuộm bằng bãi lọc trồng cây",
    2: "Xây dựng mô hình trồng măng tây xanh trong nhà màng tại xã Đông Hội",
    3: "Ứng dụng học máy dự báo ngập đường phố theo lượng mưa",
    4: "Lịch sử phong trào công nhân quận Ngô Quyền giai đoạn 1930 - 1975",
    5: "Chế tạo máy bóc vỏ hạt sen quy mô hộ gia đình",
}


class Shelf:
    """Titles by number; change them as you like, then tell `matching.actions.changed`."""

    def __init__(self) -> None:
        self.titles = dict(TITLES)
        self.hidden: set[int] = set()
        self.by_rows = True
        """Whether it tells what may be seen by its rows, or what may not."""
        # People stand for the table of a higher app: any table with these numbers will do.
        Person.objects.bulk_create([Person(pk=pk, full_name=f"Vật {pk}").prepare() for pk in TITLES])
        with connection.cursor() as cursor:  # people made later get other numbers
            cursor.execute("SELECT setval(pg_get_serial_sequence('directory_person', 'id'), 1000)")

    def records(self, pks: Collection[int] | None) -> Iterator[Record]:
        for pk, title in self.titles.items():
            if pks is None or pk in pks:
                yield Record(pk, title, f"/vat/{pk}/", year=2020 + pk, place="Hà Nội", field="Thử")

    def visible(self, _user: User) -> "QuerySet[Person, Person] | AllBut":
        if self.by_rows:
            return Person.objects.exclude(pk__in=self.hidden)
        return AllBut(Person.objects.filter(pk__in=self.hidden))

    def other(self, kind: str, pks: Collection[int]) -> Source:
        """The same titles once more as another kind, of which only `pks` may be seen."""
        return Source(kind, kind, self.records, lambda _user: Person.objects.filter(pk__in=pks), order=90)

    def keyed(self, opened: dict[str, set[int]], held: Collection[str]) -> Source:
        """The titles as a kind of which everybody holds the keys `held`; `opened` is what each key opens."""

        def records(pks: Collection[int] | None) -> Iterator[Record]:
            for one in self.records(pks):
                yield replace(one, keys=tuple(key for key, some in opened.items() if one.pk in some))

        def visible(_user: User) -> ByKeys:
            seen = {pk for key in held for pk in opened[key]} - self.hidden
            return ByKeys(frozenset(held), Person.objects.filter(pk__in=seen))

        return Source("keyed", "Có khóa", records, visible, order=80)

    def source(self) -> Source:
        return Source("thing", "Vật", self.records, self.visible)
