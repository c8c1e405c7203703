# ruff: noqa: E501  (patterns and word lists are read as tables)
"""Verbs of work and modal words: what makes a clause a task."""

import re
import tomllib
from importlib.resources import files

_DATA = tomllib.loads((files("khue.language") / "data" / "verbs.toml").read_text("utf-8"))


def _list(name: str) -> list[str]:
    return [word.strip() for word in _DATA[name].replace("\n", " ").split(",") if word.strip()]


PAIRS = frozenset(word for word in _list("strong") if " " in word)
SINGLES = frozenset(_list("single"))
NOUNS = frozenset(_list("nouns"))
PRODUCTS = tuple(_list("products"))

TRIPLES = frozenset(word for word in PAIRS if word.count(" ") == 2)
_TWO = re.compile(r"\s*[“\"(]?([^\W\d_]+)(?:\s+([^\W\d_]+))?(?:\s+([^\W\d_]+))?")
A_PAPER = "(?<!có )(?<!ra )(?<!hành )(?<!gửi )(?<!ký )văn bản"
"""A paper that nobody gives out here; with "vừa ban hành" before it, what follows is what it says."""
MAKES_NOUN = f"các|những|theo|được|nội dung|tiếp thu|giải quyết|trả lời|xử lý|về|với|tham mưu|hướng dẫn|việc|kết quả|trước|danh mục|tổng hợp|không|để|hồ sơ|{A_PAPER}|đơn|tờ trình|từng|mỗi|mọi|số|riêng"
"""Words after which "yêu cầu", "đề nghị", "kiến nghị" are nouns: "giải quyết kiến nghị của xã"."""
_FILLER = re.compile(
    r"(?:\s|,)*(?:(?:cũng|tiếp tục|phải|cần|cần phải|nên|sẽ|sớm|đồng thời|đặc biệt(?: là)?|nhất là|trước hết|trước mắt|ngay|ngay lập tức|lập tức|tự|thường trực|cùng|cùng nhau|hãy|mạnh mẽ|thực sự|thật sự|luôn|không ngừng|từng bước|ngoài ra|bên cạnh đó|trong đó|và|hoặc|cùng với đó|để)(?:\s|,)+)+"
)
_PRODUCT = re.compile(rf"(?:{'|'.join(PRODUCTS)})\s(?!số\s*\d)")


def verb_at(low: str, position: int) -> str | None:
    """Return the verb of work that starts here (after white space), or `None`."""
    found = _TWO.match(low, position)
    if found is None:
        return None
    pair = f"{found[1]} {found[2]}"
    if pair in PAIRS:
        return pair
    if found[3] and (triple := f"{found[1]} {found[2]} {found[3]}") in TRIPLES:
        return triple
    return found[1] if found[1] in SINGLES and pair not in NOUNS else None


def task_at(low: str, position: int, *, pairs_only: bool = False) -> bool:
    """True when a task begins here: a verb of work, with or without words such as "cần", "tiếp tục" before it.

    With `pairs_only`, verbs of one syllable do not count: alone at the head of a sentence they are often nouns.
    """
    verb = verb_at(low, position)
    if verb and (" " in verb or not pairs_only):
        return True
    filler = _FILLER.match(low, position)
    return bool(filler and verb_at(low, filler.end()))


def product_at(low: str, position: int) -> bool:
    """True when the name of a paper to be made ("đề án …") begins here; one with a number is only cited."""
    return bool(_PRODUCT.match(low, position))


NAME_STOPS = frozenset(
    "cần phải sẽ đã được để tại về trong theo nhằm khi nếu từ không đang nên hãy sớm là ngoài ngay nêu vào với đến cũng còn vừa luôn chưa như qua bằng do bị trước sau chịu đối cho cùng mà nào nhất này tự rất hãy đều chiều hôm vẫn thì càng nhưng ra".split()  # noqa: SIM905
)
"""Words at which a name ends."""
SHORT_STOPS = frozenset(
    "lập gửi trình mời cử họp ký làm giữ nắm dành xin treo ngừng dừng tìm giúp xem mở thu xét chọn giao đưa sửa xây mua lắp làm mở".split()  # noqa: SIM905
)
"""Verbs of one syllable that a name may hold behind a word of `BODY_ENDS`, or behind a capital."""
BODY_ENDS = frozenset(
    "máy vị quan ngành phương huyện xã phường phố tỉnh ương nghiệp thể sở ban chức viện trường trấn chí năng quận ủy tư môn nghiệp thôn".split()  # noqa: SIM905
)
"""Last syllables of words for bodies: "đơn vị", "cơ quan", "huyện"."""
