"""What the sections of an outline ask for, as forms like those of the shelf; the outline itself is on the shelf."""

from collections.abc import Mapping
from math import ceil

from khue.core.clock import today
from khue.flow.shelf.values import EMPTY, Field, Form, Label, Process
from khue.flow.shelf.words import words
from khue.missions.models import Plan, PlanPerson, Source

GENERAL, OUTLINE, PEOPLE, PARTNERS, STAGES, PRODUCTS, BUDGET = (
    "general", "outline", "people", "partners", "stages", "products", "budget",
)  # fmt: skip
SECTIONS = (GENERAL, OUTLINE, PEOPLE, PARTNERS, STAGES, PRODUCTS, BUDGET)
MONTHS_A_YEAR = 12

LABELS: Mapping[str, Label] = {
    GENERAL: Label("Thông tin chung", "General"),
    OUTLINE: Label("Thuyết minh", "Outline"),
    PEOPLE: Label("Người tham gia", "People"),
    PARTNERS: Label("Đơn vị phối hợp", "Partners"),
    STAGES: Label("Nội dung, tiến độ", "Stages"),
    PRODUCTS: Label("Sản phẩm", "Products"),
    BUDGET: Label("Kinh phí", "Budget"),
}


def form_of(plan: Plan, section: str, definition: Process) -> Form:
    """The questions of one section of `plan`; `definition` is the version that the selection is pinned to. Raises
    KeyError for a section that is not there."""
    if section == OUTLINE:
        return definition.forms[outline_name(plan.type)]
    fields = {
        GENERAL: _general, PEOPLE: _people, PARTNERS: _partners, STAGES: _stages, PRODUCTS: _products, BUDGET: _budget
    }[section](plan)  # fmt: skip
    return Form(section, LABELS[section], fields)


def outline_name(type_: str) -> str:
    """The outline form of a mission type, as `processes/missions.toml` names it."""
    return str(words("types")[type_].facts["outline"])


def years_of(plan: Plan) -> int:
    """How many years the budget has."""
    return max(1, ceil(plan.months / MONTHS_A_YEAR))


def _field(
    name: str, kind: str, vi: str, en: str, *, needed: bool = True, why: Label = EMPTY, example: Label = EMPTY,
    choices: Mapping[str, Label] | None = None, columns: tuple[Field, ...] = (),
) -> Field:  # fmt: skip
    return Field(name, kind, Label(vi, en), needed, why, example, choices or {}, columns)  # type: ignore[arg-type]


def _general(_plan: Plan) -> tuple[Field, ...]:
    return (
        _field("name", "text", "Tên nhiệm vụ", "Name", why=Label("Theo danh mục đặt hàng.", "As it was ordered.")),
        _field("months", "integer", "Thời gian thực hiện (tháng)", "Months", example=Label("24", "24")),
        _field("starts_on", "date", "Dự kiến bắt đầu", "Begins", needed=False),
        _field(
            "lump_sum", "choice", "Phương thức khoán chi", "Lump sum", needed=False,
            why=Label("Khoán đến sản phẩm cuối cùng: thiết bị và đoàn ra không vượt trần.", "Ceilings apply to full."),
            choices={name: word.label for name, word in words("lumps").items()},
        ),
    )  # fmt: skip


def _people(_plan: Plan) -> tuple[Field, ...]:
    roles = {role.value: Label(vi, role.value) for role, vi in _ROLES.items()}
    columns = (
        _field("name", "person", "Họ và tên", "Name", example=Label("Phạm Thị Hòa", "Phạm Thị Hòa")),
        _field("title", "text", "Học hàm, học vị", "Title", needed=False, example=Label("TS.", "TS.")),
        _field("unit", "unit", "Đơn vị", "Unit", needed=False),
        _field("role", "choice", "Tư cách", "Role", choices=roles),
        _field("task", "text", "Công việc", "Task", needed=False),
        _field("months", "number", "Số tháng", "Months", needed=False, example=Label("6", "6")),
        _field("share", "number", "Đóng góp (%)", "Share (%)", needed=False, example=Label("30", "30")),
    )
    why = Label("Một chủ nhiệm; phần đóng góp cộng lại không quá 100%.", "One investigator; at most 100 % together.")
    return (_field("rows", "rows", "Người tham gia", "People", why=why, columns=columns),)


_ROLES = {
    PlanPerson.Role.INVESTIGATOR: "Chủ nhiệm",
    PlanPerson.Role.SECRETARY: "Thư ký khoa học",
    PlanPerson.Role.MAIN: "Thành viên chính",
    PlanPerson.Role.MEMBER: "Thành viên",
    PlanPerson.Role.SUPPORT: "Kỹ thuật viên, hỗ trợ",
}


def _partners(_plan: Plan) -> tuple[Field, ...]:
    columns = (
        _field("unit", "unit", "Đơn vị phối hợp", "Partner"),
        _field("task", "text", "Công việc", "Task", needed=False),
        _field("consented_on", "date", "Ngày đồng ý", "Consented on", needed=False),
    )
    why = Label("Mỗi đơn vị kèm văn bản đồng ý ở mục Tệp đính kèm.", "Each with its consent among the files.")
    return (_field("rows", "rows", "Đơn vị phối hợp", "Partners", needed=False, why=why, columns=columns),)


def _stages(_plan: Plan) -> tuple[Field, ...]:
    columns = (
        _field("content", "paragraph", "Nội dung", "Content"),
        _field("outcome", "paragraph", "Kết quả phải đạt", "Outcome", needed=False),
        _field("from_month", "integer", "Từ tháng", "From month", example=Label("1", "1")),
        _field("to_month", "integer", "Đến tháng", "To month", example=Label("6", "6")),
        _field("person", "text", "Người thực hiện", "Who", needed=False),
    )
    return (_field("rows", "rows", "Nội dung, tiến độ", "Stages", columns=columns),)


def _products(_plan: Plan) -> tuple[Field, ...]:
    classes = {name: word.label for name, word in words("products").items()}
    short = {name: Label(*(text.partition(":")[0] for text in (one.vi, one.en))) for name, one in classes.items()}
    columns = (
        _field("kind", "choice", "Dạng", "Class", choices=short),
        _field("name", "text", "Tên sản phẩm", "Product"),
        _field("quality", "paragraph", "Yêu cầu chất lượng", "Quality", needed=False),
        _field("unit_of_measure", "text", "Đơn vị tính", "Unit", needed=False),
        _field("quantity", "number", "Số lượng", "Quantity", example=Label("1", "1")),
        _field("comparator", "text", "So sánh trong nước, quốc tế", "Comparator", needed=False),
        _field("due_month", "integer", "Xong ở tháng", "Done in month", needed=False),
    )
    why = Label("; ".join(one.vi for one in classes.values()), "; ".join(one.en for one in classes.values()))
    return (_field("rows", "rows", "Sản phẩm", "Products", why=why, columns=columns),)


def _budget(plan: Plan) -> tuple[Field, ...]:
    day = today()
    items = {name: word.label for name, word in words("items").items() if word.in_use_on(day)}
    used = {line.item for line in plan.budget.all()} if plan.pk else set()
    items |= {name: word.label for name, word in words("items").items() if name in used}
    years = tuple(
        _field(f"y{year}", "money", f"Năm thứ {year}", f"Year {year}", needed=False)
        for year in range(1, years_of(plan) + 1)
    )
    columns = (
        _field("item", "choice", "Khoản chi", "Item", choices=items),
        _field("source", "choice", "Nguồn", "Source", choices=_SOURCES),
        _field("note", "text", "Diễn giải", "Note", needed=False),
        *years,
        _field("total", "money", "Tổng (để đối chiếu)", "Total (to compare)", needed=False),
    )
    why = Label(
        "Số nguyên đồng. Cột Tổng để trống thì hệ thống tự cộng; có ghi thì phải khớp.",
        "Whole đồng. A total that is left empty is computed; one that is written must agree.",
    )
    return (_field("rows", "rows", "Dự toán", "Budget", why=why, columns=columns),)


_SOURCES: Mapping[str, Label] = {
    Source.STATE.value: Label("Ngân sách nhà nước", "State budget"),
    Source.HOST.value: Label("Vốn của tổ chức chủ trì", "The organisation's own"),
    Source.OTHER.value: Label("Nguồn khác", "Other"),
}
