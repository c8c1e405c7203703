"""A unit is found by any of its names, however it is written."""

import unicodedata
from copy import deepcopy
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from khue.core.refusals import Refused
from khue.directory.models import Unit, UnitName
from khue.directory.naming import key_of
from khue.directory.search import department, find_units, resolve_many, resolve_unit
from khue.language.text import fold

LAST_OF_DISTRICTS = date(2025, 6, 30)
THEN, NOW = date(2024, 5, 2), date(2026, 5, 4)


@pytest.fixture(scope="module")
def founded(kept: None) -> dict[str, Unit]:
    def unit(name: str, short: str = "", **fields: object) -> Unit:
        return Unit.objects.create(
            **{"name": name, "abbreviation": short, "kind": "department", "valid_from": date(2008, 8, 1), **fields}
        )

    return {
        "science": unit("Sở Khoa học và Công nghệ", "SKHCN", valid_from=date(2025, 3, 1)),
        "old science": unit("Sở Khoa học và Công nghệ", "SKHCN", valid_to=date(2025, 2, 28)),
        "ict": unit("Sở Thông tin và Truyền thông", "STTTT", valid_to=date(2025, 2, 28)),
        "health": unit("Sở Y tế Hà Nội"),
        "elsewhere": unit("Sở Y tế Hải Phòng"),
        "committee": unit("UBND thành phố Hà Nội", kind="city"),
        "justice": unit("Sở Tư pháp"),
        "district": unit("UBND quận Đống Đa", kind="district", valid_to=LAST_OF_DISTRICTS),
        "ward": unit("UBND phường Đống Đa", kind="commune", valid_from=date(2025, 7, 1)),
        "commune": unit("UBND xã Sóc Sơn", kind="commune", valid_from=date(2025, 7, 1)),
    }


@pytest.fixture
def city(founded: dict[str, Unit], put_back: None) -> dict[str, Unit]:
    return deepcopy(founded)


@pytest.mark.parametrize(
    "written",
    [
        "Sở Khoa học và Công nghệ", "so khoa hoc va cong nghe", "Sở KH&CN", "Sở KHCN", "SKHCN", "Sở KH và CN",
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Sở KH & CN", "Sở Khoa học - Công nghệ", "Sở KH-CN Hà Nội",
        "Sở Khoa học và Công nghệ thành phố Hà Nội", "S.KH&CN",
    ],
)  # fmt: skip
def test_every_way_to_write_a_department(city: dict[str, Unit], written: str) -> None:
    assert resolve_unit(written, NOW) == city["science"]
    assert resolve_unit(unicodedata.normalize("NFD", written), THEN) == city["old science"]


@pytest.mark.parametrize(
    "written",
    [
        "Sở Y tế", "Sở YT", "Sở Y tế Thành phố", "Sở Y tế TP Hà Nội", "Sở Y tế thành phố Hà Nội", "SỞ Y TẾ",
    ],
)  # fmt: skip
def test_papers_leave_out_the_city_that_the_directory_writes(city: dict[str, Unit], written: str) -> None:
    assert resolve_unit(written, NOW) == city["health"]
    assert resolve_unit("Ủy ban nhân dân Thành phố", NOW) == city["committee"]


def test_a_name_with_the_province_of_its_paper_means_what_it_meant_without(
    city: dict[str, Unit], settings: Settings
) -> None:
    assert resolve_unit("Sở Tư pháp Hà Nội", NOW) == city["justice"]
    settings.CITY = "96"  # Cà Mau, with Bạc Liêu since the merger
    hospital = Unit.objects.create(name="Bệnh viện Đa khoa tỉnh", kind="department", valid_from=date(2008, 8, 1))
    for place in ("Cà Mau", "Bạc Liêu"):
        assert resolve_unit(f"Sở Tư pháp {place}", THEN) == resolve_unit("Sở Tư pháp", THEN) == city["justice"]
        assert resolve_unit(f"Bệnh viện Đa khoa tỉnh {place}", THEN) == hospital
    committee = Unit.objects.create(name="UBND tỉnh Cà Mau", kind="city", valid_from=date(2008, 8, 1))
    assert resolve_unit("UBND tỉnh Cà Mau", NOW) == committee


def test_an_office_of_another_province_is_none_of_ours(city: dict[str, Unit]) -> None:
    assert resolve_unit("Sở Y tế Hải Phòng", NOW) == city["elsewhere"]
    assert resolve_unit("Sở Tư pháp Nghệ An", NOW) is None
    assert resolve_unit("Sở Y tế tỉnh Nghệ An", NOW) is None


@pytest.mark.parametrize(
    ("written", "then", "now"),
    [
        ("Quận Đống Đa", "district", None),
        ("UBND quận Đống Đa", "district", None),
        ("Q. Đống Đa", "district", None),
        ("phường Đống Đa", None, "ward"),
        ("P.Đống Đa", None, "ward"),
        ("Đống Đa", "district", "ward"),
        ("UBND xã Sóc Sơn", None, "commune"),
        ("uy ban nhan dan xa soc son", None, "commune"),
        ("Ủy ban nhân dân xã Sóc Sơn, thành phố Hà Nội", None, "commune"),
        ("Uỷ ban nhân dân xã Sóc Sơn", None, "commune"),
        ("STTTT", "ict", None),
        ("Sở TP", "justice", "justice"),
        ("Sở Xây dựng", None, None),
    ],
)
def test_a_name_means_what_it_meant_that_day(
    city: dict[str, Unit], written: str, then: str | None, now: str | None
) -> None:
    assert resolve_unit(written, THEN) == (city[then] if then else None)
    assert resolve_unit(written, NOW) == (city[now] if now else None)


def test_an_ambiguous_name_is_refused_with_its_candidates(city: dict[str, Unit]) -> None:
    twin = Unit.objects.create(name="UBND xã Đống Đa", kind="commune", valid_from=date(2025, 7, 1))
    resolution = resolve_many(["Đống Đa"], NOW)["Đống Đa"]
    assert resolution.unit is None
    assert set(resolution.candidates) == {twin, city["ward"]}


def test_a_name_of_a_unit_that_ended_gives_it_as_candidate(city: dict[str, Unit]) -> None:
    assert resolve_many(["Quận Đống Đa"], NOW)["Quận Đống Đa"].candidates == [city["district"]]


def test_many_names_take_one_query(city: dict[str, Unit], django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = resolve_many(["Sở KH&CN", "xã Sóc Sơn", "Sở Xây dựng", "phường Đống Đa"], NOW)
    assert [hit.unit for hit in found.values()] == [city["science"], city["commune"], None, city["ward"]]


def test_an_earlier_name_still_finds_the_unit(city: dict[str, Unit]) -> None:
    UnitName.objects.create(
        unit=city["justice"], name="Ty Tư pháp", valid_from=date(1960, 1, 1), valid_to=date(2008, 7, 31)
    )
    assert resolve_unit("Ty Tư pháp", NOW) == city["justice"]
    assert find_units("ty tu phap")[0].matched_name == "Ty Tư pháp"


def test_find_orders_the_living_first_and_takes_one_query(
    city: dict[str, Unit], django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        hits = find_units("khoa hoc")
    assert [hit.unit for hit in hits[:2]] == [city["science"], city["old science"]]
    assert find_units("Sở KHCN", on=THEN)[0].unit == city["old science"]
    assert find_units("dong da")[0].unit == city["ward"]
    assert find_units("truyền thong")[0].unit == city["ict"]
    assert find_units("  ") == []


def test_a_misspelt_name_is_offered(city: dict[str, Unit]) -> None:
    assert find_units("Sở Khoa hoc Công nghê")[0].unit == city["science"]
    assert find_units("Sóc Sơm")[0].unit == city["commune"]


NAMES = [
    "Sở Khoa học và Công nghệ",
    "Ủy ban nhân dân phường Ô Chợ Dừa",
    "Phường Văn Miếu - Quốc Tử Giám",
    "Huyện Đan Phượng",
]


@given(st.sampled_from(NAMES), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]), st.booleans(), st.booleans())
def test_the_key_is_blind_to_form_case_and_accents(name: str, form: str, upper: bool, bare: bool) -> None:
    written = fold(name) if bare else unicodedata.normalize(form, name)  # type: ignore[arg-type]
    assert key_of(written.upper() if upper else written) == key_of(name)


@pytest.mark.usefixtures("city")
def test_the_department_is_found_by_the_name_that_the_site_is_given(settings: Settings) -> None:
    assert department().valid_to is None  # the one of today, not its predecessor
    settings.DEPARTMENT = "so tu phap"
    assert department().name == "Sở Tư pháp"
    settings.DEPARTMENT = "Sở Vũ trụ"
    with pytest.raises(Refused, match="KHUE_DEPARTMENT"):
        department()
