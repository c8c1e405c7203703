"""Who signs a contract and which account it names: known, asked for, kept, and never made up."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from khue.accounts.heads import head_of
from khue.core.clock import at
from khue.core.refusals import Refused
from khue.directory.actions.people import add_person, hold_post
from khue.journal.models import Entry
from khue.missions.actions.carry.contracting import name_sides, sign_contract
from khue.missions.models import Mission
from khue.missions.rules.carry.contracts import Sides, sides_of
from khue.missions.tests.mill import FOUNDED, FOUNDER, NEW, Mill, mill, payments, waiting
from khue.missions.tests.test_contracting import code_of
from khue.missions.tests.test_select_pages import said
from tests.worlds import Worlds

ACCOUNT = "3713.0.1057000, Kho bạc Nhà nước Gia Lâm"
SIDES = Sides("Đỗ Thị Lan", "Phó Giám đốc", "Lê Thị Mai", "Viện trưởng", ACCOUNT)


def _begun(here: Mill) -> Mill:
    waiting(here, NEW)
    return here


@pytest.fixture
def here(worlds: Worlds) -> Iterator[Mill]:
    """One mission waits for its contract."""
    with worlds.copy(mill, _begun) as made:
        yield made


def printed(here: Mill, mission: Mission, day: date = NEW) -> str:
    reader = Client()
    reader.force_login(here.officer)
    with at(day):
        return said(reader, reverse("missions:paper", args=[mission.pk, "contract"]))


def headed(here: Mill, name: str, position: str, since: date = FOUNDED) -> None:
    hold_post(add_person(full_name=name, by=FOUNDER), unit=here.host, position=position, valid_from=since, by=FOUNDER)


def test_what_the_directory_knows_stands_in_the_contract_and_nothing_is_made_up(here: Mill, mission: Mission) -> None:
    assert sides_of(mission) == Sides(department_head="Đỗ Thị Lan")
    paper = printed(here, mission)
    assert "đại diện: Đỗ Thị LanBÊN NHẬN" in paper
    assert "tài khoản: ……; đại diện: ……Hai bên" in paper
    headed(here, "Lê Văn Phó", "Phó Viện trưởng")
    headed(here, "Nguyễn Văn Bình", "Viện trưởng")
    assert "đại diện: Viện trưởng Nguyễn Văn Bình" in printed(here, mission)


def test_what_nobody_knows_is_asked_for_before_it_is_printed(here: Mill, mission: Mission) -> None:
    clerk = Client()
    clerk.force_login(here.officer)
    with at(NEW):
        page = clerk.get(mission.get_absolute_url()).content.decode()
        assert "Tài khoản của tổ chức chủ trì" in page
        assert 'value="Đỗ Thị Lan"' in page, "what is known is filled in"
        address = reverse("missions:act", args=[mission.pk, "sides"])
        told = {"target": "0", **{name: getattr(SIDES, name) for name in SIDES.__slots__}}
        refused = clerk.post(address, told | {"host_account": ""})
        assert refused.status_code == 422
        assert 'value="Lê Thị Mai"' in refused.content.decode(), "what was typed stays"
        assert clerk.post(address, told).status_code == 302
    paper = printed(here, mission)
    for words in ("đại diện: Phó Giám đốc Đỗ Thị Lan", f"tài khoản: {ACCOUNT}", "đại diện: Viện trưởng Lê Thị Mai"):
        assert words in paper, words
    assert Entry.objects.filter(verb="mission.contract-prepared").count() == 1
    for nobody in (here.worker, here.stranger, here.leader):
        with pytest.raises(Refused) as refusal:
            name_sides(mission, SIDES, by=nobody)
        assert code_of(refusal) == "mission-not-followed"


def test_who_signed_stays_when_somebody_else_comes_to_head_it(here: Mill, mission: Mission) -> None:
    headed(here, "Nguyễn Văn Bình", "Viện trưởng")
    with at(NEW):
        sign_contract(mission, sign="1/HĐ", signed_on=NEW, payments=payments(NEW), by=here.officer)
    later = NEW + timedelta(days=90)
    with at(later):
        headed(here, "Người Đến Sau", "Viện trưởng", later)
        assert head_of(here.host).name == "Người Đến Sau"
        with pytest.raises(Refused) as refusal:
            name_sides(mission, SIDES, by=here.officer)
        assert code_of(refusal) == "contract-signed"
    assert "đại diện: Viện trưởng Nguyễn Văn Bình" in printed(here, mission, later)


def test_the_account_of_the_last_contract_is_known_for_the_next(here: Mill, mission: Mission) -> None:
    with at(NEW):
        sign_contract(mission, sign="1/HĐ", signed_on=NEW, payments=payments(NEW), by=here.officer, sides=SIDES)
    assert sides_of(waiting(here, NEW)) == Sides(department_head="Đỗ Thị Lan", host_account=ACCOUNT)
    assert sides_of(mission) == SIDES
