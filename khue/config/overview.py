"""What `khue help` tells: the commands of Khuê, each with what it does."""

from django.core.management import get_commands, load_command_class

WITHOUT_DJANGO = {
    "assign": "Đề xuất thành viên hội đồng: phù hợp nhất mà không phạm quy tắc nào.",
    "extract": "Đọc văn bản và nêu chỉ đạo, trích dẫn, kiến nghị, địa danh.",
    "rank": "Xếp kho nhiệm vụ theo độ gần với từng nhu cầu hay đề xuất.",
}
"""What `khue` runs by itself."""


def own_commands() -> dict[str, str]:
    """What each command of Khuê does, by its name; the first sentence of its help."""
    ours = {name: str(app) for name, app in get_commands().items() if str(app).startswith("khue.")}
    told = {name: str(load_command_class(app, name).help) for name, app in ours.items()}
    return {name: does.partition(". ")[0].rstrip(".") for name, does in sorted((WITHOUT_DJANGO | told).items())}


def overview() -> str:
    """The commands of Khuê, a line each, and where to read on."""
    commands = own_commands()
    widest = max(map(len, commands))
    django = " ".join(sorted(name for name, app in get_commands().items() if not str(app).startswith("khue.")))
    return "\n".join(
        (
            "Cách dùng: khue LỆNH …",
            "",
            *(f"  {name:<{widest}}  {does}" for name, does in commands.items()),
            "",
            "`khue help LỆNH` nêu các tham số của một lệnh.",
            f"Lệnh của Django và các thư viện: {django}",
        )
    )
