"""What the demo's department sends out: reports and letters of each quarter, and drafts that wait for somebody."""

from collections.abc import Callable
from datetime import date, timedelta

from khue.core.clock import today
from khue.directory.models import Unit
from khue.documents.actions.comments import comment
from khue.documents.actions.drafts import compose, save_draft
from khue.documents.actions.outgoing import Target, register_outgoing, send
from khue.documents.actions.series import open_series
from khue.documents.actions.way import advance
from khue.documents.models import Document, Family
from khue.site.demo.content import city
from khue.site.demo.town import TWO_TIERS, Town

FIRST_YEAR = 2024
QUARTERS = ("I", "II", "III", "IV")
LETTER = (
    "Thực hiện chỉ đạo của UBND Thành phố, Sở Khoa học và Công nghệ đề nghị các đơn vị gửi kết quả thực hiện nhiệm vụ "
    "được giao trước ngày 15 của tháng cuối quý.\n\nMọi vướng mắc xin liên hệ Phòng Chuyển đổi số."
)
SCHEME = (
    "1. Tổng quan tình hình ứng dụng nền tảng số tại 126 phường, xã.\n\n"
    "2. Đề xuất cơ chế thuê chuyên gia công nghệ theo nhiệm vụ.\n\n"
    "3. Kinh phí và tổ chức thực hiện."
)


class Office:
    """The department's own office: its number series, what it issues, what it still works on."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.unit: Unit = town.units["skhcn"]
        self.clerk = town.people["vanthu"]
        self.officer = town.people["chuyenvien"]
        self.head = town.people["truongphong"]

    def open_series(self, year: int) -> None:
        """One series for reports, one for everything else, as the head of the department decided."""
        for kind in ("BC", ""):
            open_series(
                unit=self.unit,
                by=self.clerk,
                family=Family.STATE,
                issuer_code="SKHCN",
                begins_on=date(year, 1, 1),
                type=kind,
                last=0 if year > FIRST_YEAR else 118,
            )

    def open_terms(self) -> None:
        """One series a term for the reports of each Party body of the communes."""
        for entry in city()["party"]:
            open_series(
                unit=self.town.units[entry["code"]], by=self.town.people["danguy"], family=Family.PARTY,
                issuer_code="ĐU", period_name=entry["term"], type="BC", begins_on=entry["term_begins"],
            )  # fmt: skip

    def report_of_quarter(self) -> None:
        """A report to the city, signed on paper, entered and issued."""
        day = today()
        quarter = (day.month - 1) // 3 + 1
        typed = {
            "family": Family.STATE,
            "type": "BC",
            "subject": f"Kết quả thực hiện nhiệm vụ được giao quý {QUARTERS[quarter - 1]} năm {day.year}",
            "signer": self.head.full_name,
            "signer_post": "Giám đốc",
            "issued_on": day,
        }
        document = register_outgoing(unit=self.unit, by=self.clerk, typed=typed)
        city = self.town.units["ubnd-tp"]
        send(document, by=self.clerk, targets=[Target(city.name, city)])

    def letter_for_comments(self) -> Document:
        """A letter on which colleagues are asked for comments."""
        document = self._draft("letter", "Đôn đốc báo cáo kết quả thực hiện nhiệm vụ được giao", LETTER)
        advance(document, "ask-comments", by=self.officer)
        comment(document, by=self.head, body="Bổ sung danh sách đơn vị chưa báo cáo.", quote="gửi kết quả")
        return document

    def scheme_for_signature(self) -> Document:
        """A submission that waits for the head's signature."""
        document = self._draft("submission", "Phê duyệt Đề án thuê chuyên gia công nghệ theo nhiệm vụ", SCHEME)
        advance(document, "submit", by=self.head)
        return document

    def _draft(self, paper: str, subject: str, body: str) -> Document:
        document = compose(unit=self.unit, by=self.officer, paper=paper, subject=subject)
        city = self.town.units["ubnd-tp"].name
        content = {
            "place": "Hà Nội",
            "addressees": city,
            "body": body,
            "post": "Giám đốc",
            "signer": self.head.full_name,
            "copies_to": "Như trên\nGiám đốc Sở (để báo cáo)",
            "drafting_code": "CĐS",
        }
        save_draft(document, by=self.officer, seen=document.draft.version, subject=subject, content=content)
        return document


def put_down(town: Town, later: Callable[..., None], *, since: date) -> None:
    """Set the department's papers on their days, from `since` to today."""
    office = Office(town)
    later(max(since, TWO_TIERS), office.open_terms, hour=8)
    for year in range(since.year, today().year + 1):
        later(max(since, date(year, 1, 2)), lambda year=year: office.open_series(year), hour=8)
        for month in (3, 6, 9, 12):
            if (day := date(year, month, 16)) > since:
                later(day, office.report_of_quarter, hour=15)
    later(today() - timedelta(days=5), office.letter_for_comments, hour=10)
    later(today() - timedelta(days=4), office.scheme_for_signature, hour=11)
