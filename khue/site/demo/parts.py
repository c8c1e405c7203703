"""What is brought into the demo city after its founding, and whether it is there."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from khue.accounts.models import User
from khue.indicators.models import Observation
from khue.missions.models import Plan
from khue.petitions.models import Petition

MISSIONS = Path(__file__).with_name("missions.toml")
PETITIONS = Path(__file__).with_name("petitions.toml")
ACCEPTANCES = Path(__file__).with_name("acceptances.toml")


@dataclass(frozen=True, slots=True)
class Part:
    """One part: it is there as a whole or not at all, so one thing of it tells."""

    name: str
    label: str
    stands: Callable[[], bool]


def expert_address(number: int) -> str:
    """Of those who judge proposals."""
    return f"xacdinh{number}@khue.example"


def judge_address(number: int) -> str:
    """Of those who judge applications; the first is in the chair of a council that is voting. Visitors sign in as any
    of them, so that a session can be held to its end."""
    return f"chuyengia{number}@khue.example"


def innovator_address(number: int) -> str:
    """Of authors and heads who appear only with initiatives."""
    return f"sangkien{number}@khue.example"


def _first_mission(of: Path) -> bool:
    first = tomllib.loads(of.read_text(encoding="utf-8"))["mission"][0]
    return Plan.objects.filter(name=first["title"]).exists()


def _first_petition() -> bool:
    first = tomllib.loads(PETITIONS.read_text(encoding="utf-8"))["petition"][0]
    return Petition.objects.filter(text=first["text"]).exists()


PARTS = (
    Part(
        "proposals",
        "đề xuất nhiệm vụ và danh mục đặt hàng",
        lambda: User.objects.filter(email=expert_address(1)).exists(),
    ),
    Part("missions", "nhiệm vụ đang thực hiện", lambda: _first_mission(MISSIONS)),
    Part("selections", "tuyển chọn tổ chức chủ trì", lambda: User.objects.filter(email=judge_address(1)).exists()),
    Part("acceptances", "nhiệm vụ nghiệm thu và sau nghiệm thu", lambda: _first_mission(ACCEPTANCES)),
    Part("petitions", "khó khăn, kiến nghị của các đơn vị", _first_petition),
    Part("initiatives", "sáng kiến", lambda: User.objects.filter(email=innovator_address(1)).exists()),
    Part(
        "indicators", "số liệu báo cáo kỳ từ năm 2021", lambda: Observation.objects.filter(period__year=2021).exists()
    ),
)


def missing() -> list[Part]:
    """The parts that are not there yet."""
    return [part for part in PARTS if not part.stands()]
