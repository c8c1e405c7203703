"""A city that is given directives: three departments, a ward, and who gives and gets work."""

from datetime import date

from khue.directory.models import Unit
from khue.documents.actions import proposals
from khue.documents.models import Extraction, Proposal
from khue.documents.tests.city import person, unit
from khue.documents.tests.reading import proposal

DAY = date(2026, 3, 9)
WORDS = "bố trí kinh phí chuyển đổi số"


class City:
    """Units and people of the tests below."""

    def __init__(self) -> None:
        self.office = unit("Sở Khoa học và Công nghệ")
        self.finance = unit("Sở Tài chính")
        self.home = unit("Sở Nội vụ")
        self.ward = unit("UBND phường Láng", Unit.Kind.COMMUNE)
        self.division = unit("Phòng Ngân sách", Unit.Kind.DIVISION, parent=self.finance)
        self.clerk = person("Văn Thư", "clerk", self.office)
        self.head = person("Trần Trưởng", "unit-head", self.office)
        self.officer = person("Lê An", "officer", self.office)
        self.worker = person("Phạm Chi", "officer", self.finance)
        self.boss = person("Đỗ Dũng", "unit-head", self.finance)

    def accepted(
        self, extraction: Extraction, words: str = WORDS, lead: Unit | None = None, **fields: object
    ) -> Proposal:
        """A proposal that the officer has accepted."""
        made = proposal(extraction, words, lead or self.finance, **fields)
        return proposals.accept(made, version=0, by=self.officer)
