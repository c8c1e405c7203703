"""A problem given as JSON, checked: every mistake in one sentence that tells where it is and what to do."""

import difflib
import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from khue.councils.assigning.problem import Council, Expert, Pair, Problem, Refused

MOST_PAIRS = 5_000_000
"""Councils times experts: above this the search would need more than a gigabyte."""
MOST_SENTENCES = 20
HIGHEST = 1_000_000
KEYS = {
    "problem": ("councils", "experts", "affinity", "conflicts", "max_same_unit"),
    "council": ("id", "size", "roles", "min_outside", "topics", "name"),
    "expert": ("id", "max_load", "can", "unit", "outside", "name"),
}


def read(path: Path) -> Problem:
    """The problem of a file; raises `Refused`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Refused([f"{path} không phải tệp chữ UTF-8: lưu lại với bảng mã UTF-8."]) from None
    except FileNotFoundError:
        raise Refused([f"Không có tệp {path}: kiểm tra tên và thư mục."]) from None
    except OSError:
        raise Refused([f"Không mở được {path}: kiểm tra đó là một tệp và bạn có quyền đọc."]) from None
    try:
        given = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"dòng {error.lineno}, cột {error.colno}"
        raise Refused([f"{path} không phải JSON hợp lệ ở {where}: sửa chỗ đó rồi chạy lại."]) from None
    except (RecursionError, ValueError):
        raise Refused([f"{path} không phải JSON đọc được (quá nhiều lớp lồng nhau hoặc số quá dài)."]) from None
    return problem_of(given)


def problem_of(given: Any) -> Problem:
    """The problem that a JSON value describes; raises `Refused` with every mistake found."""
    return _Reader().problem(given)


class _Reader:
    """Collects mistakes while it reads, so that all can be mended at once."""

    def __init__(self) -> None:
        self.mistakes: list[str] = []

    def problem(self, given: Any) -> Problem:
        if not isinstance(given, dict):
            raise Refused(["Bài toán phải là một đối tượng JSON có “councils” và “experts”."])
        self._misspelt(given, "problem", "bài toán")
        missing = [key for key in ("councils", "experts") if key not in given]
        self.mistakes += [f"Bài toán thiếu “{key}”: thêm một danh sách, có thể để trống." for key in missing]
        councils = tuple(self._each(given, "councils", self._council))
        experts = tuple(self._each(given, "experts", self._expert))
        self._unique("councils", [council.id for council in councils])
        self._unique("experts", [expert.id for expert in experts])
        self._size(len(councils), len(experts))
        self._stop()
        known = ({council.id for council in councils}, {expert.id for expert in experts})
        affinity = self._affinity(given, known)
        conflicts = self._conflicts(given, known)
        same = given.get("max_same_unit")
        most = None if same is None else self._whole(same, "max_same_unit", "một số nguyên từ 0 trở lên hoặc null")
        self._stop()
        return Problem(councils, experts, affinity, conflicts, most)

    def _stop(self) -> None:
        if self.mistakes:
            more = len(self.mistakes) - MOST_SENTENCES
            raise Refused([*self.mistakes[:MOST_SENTENCES], *([f"Và {more} lỗi khác."] if more > 0 else [])])

    def _size(self, councils: int, experts: int) -> None:
        if councils * experts > MOST_PAIRS:
            self.mistakes.append(
                f"{councils} hội đồng × {experts} chuyên gia là quá lớn cho một lần (nhiều nhất {MOST_PAIRS} cặp): "
                "chia thành nhiều đợt hoặc bớt chuyên gia không liên quan."
            )

    def _misspelt(self, given: dict[str, Any], what: str, where: str) -> None:
        for key in given:
            if key not in KEYS[what] and (meant := difflib.get_close_matches(key, KEYS[what], 1, 0.8)):
                self.mistakes.append(f"{where}: không có mục “{key}”; có phải “{meant[0]}”? Sửa lại tên mục.")

    def _each(self, given: dict[str, Any], key: str, read: Any) -> Iterable[Any]:
        for index, entry in enumerate(self._list(given.get(key), key)):
            where = f"{key}[{index}]"
            if isinstance(entry, dict):
                yield read(entry, where)
            else:
                self.mistakes.append(f"{where} phải là một đối tượng JSON, đang là {_shown(entry)}: sửa lại.")

    def _list(self, given: Any, where: str) -> list[Any]:
        if given is None or isinstance(given, list):
            return given or []
        self.mistakes.append(f"{where} phải là một danh sách, đang là {_shown(given)}: đặt trong [ ].")
        return []

    def _council(self, given: dict[str, Any], where: str) -> Council:
        identifier = self._text(given.get("id"), f"{where}.id")
        where = f"{where} (“{identifier}”)" if identifier else where
        self._misspelt(given, "council", where)
        size = self._whole(given.get("size"), f"{where}.size")
        outside = self._whole(given.get("min_outside", 0), f"{where}.min_outside")
        roles = self._roles(given.get("roles"), f"{where}.roles")
        if (named := sum(roles.values())) > size:
            self.mistakes.append(
                f"{where}: các vai trò cần {named} ghế mà hội đồng chỉ có {size}: tăng size hoặc bớt vai trò."
            )
        if outside > size:
            self.mistakes.append(
                f"{where}: min_outside {outside} lớn hơn size {size}: giảm min_outside hoặc tăng size."
            )
        topics = self._texts(given.get("topics"), f"{where}.topics")
        return Council(identifier, size, roles, outside, topics, self._name(given, where))

    def _roles(self, given: Any, where: str) -> dict[str, int]:
        if given is None or isinstance(given, dict):
            roles = (given or {}).items()
            return {
                self._text(role, f"tên vai trò của {where}"): self._whole(n, f"{where}.{role}") for role, n in roles
            }
        self.mistakes.append(f'{where} phải có dạng {{"chair": 1}}, đang là {_shown(given)}: sửa lại.')
        return {}

    def _expert(self, given: dict[str, Any], where: str) -> Expert:
        identifier = self._text(given.get("id"), f"{where}.id")
        where = f"{where} (“{identifier}”)" if identifier else where
        self._misspelt(given, "expert", where)
        load = self._whole(given.get("max_load"), f"{where}.max_load")
        can = frozenset(self._texts(given.get("can"), f"{where}.can"))
        unit = None if given.get("unit") is None else self._text(given["unit"], f"{where}.unit")
        outside = given.get("outside", False)
        if not isinstance(outside, bool):
            self.mistakes.append(f"{where}.outside phải là true hoặc false, đang là {_shown(outside)}: sửa lại.")
        return Expert(identifier, load, can, unit, outside is True, self._name(given, where))

    def _affinity(self, given: dict[str, Any], known: tuple[set[str], set[str]]) -> dict[Pair, float]:
        found: dict[Pair, float] = {}
        for index, entry in enumerate(self._list(given.get("affinity"), "affinity")):
            where = f"affinity[{index}]"
            pair = self._pair(entry, where, known, (3,))
            if pair is None:
                continue
            worth = entry[2]
            if isinstance(worth, bool) or not isinstance(worth, int | float) or not abs(worth) <= HIGHEST:
                self.mistakes.append(
                    f"{where}: độ phù hợp phải là một số từ -{HIGHEST} đến {HIGHEST}, đang là {_shown(worth)}: sửa lại."
                )
            elif pair in found:
                self.mistakes.append(f"{where}: cặp {pair[0]}, {pair[1]} đã có ở trên: giữ một dòng.")
            else:
                found[pair] = float(worth)
        return found

    def _conflicts(self, given: dict[str, Any], known: tuple[set[str], set[str]]) -> dict[Pair, str]:
        found: dict[Pair, str] = {}
        for index, entry in enumerate(self._list(given.get("conflicts"), "conflicts")):
            where = f"conflicts[{index}]"
            pair = self._pair(entry, where, known, (2, 3))
            if pair is None:
                continue
            reason = entry[2] if len(entry) == 3 else ""
            if not isinstance(reason, str):
                self.mistakes.append(f"{where}: lý do phải là chữ, đang là {_shown(reason)}: sửa lại.")
                continue
            reasons = [*filter(None, found.get(pair, "").split("; ")), *filter(None, [reason])]
            found[pair] = "; ".join(dict.fromkeys(reasons))
        return found

    def _pair(self, entry: Any, where: str, known: tuple[set[str], set[str]], lengths: tuple[int, ...]) -> Pair | None:
        if not isinstance(entry, list) or len(entry) not in lengths or not all(isinstance(x, str) for x in entry[:2]):
            third = "độ phù hợp" if lengths == (3,) else "lý do"
            self.mistakes.append(
                f"{where} phải có dạng [hội đồng, chuyên gia, {third}], đang là {_shown(entry)}: sửa lại."
            )
            return None
        for name, among, what in zip(entry, known, ("hội đồng", "chuyên gia"), strict=False):
            if name not in among:
                self.mistakes.append(f"{where}: không có {what} “{name}”: sửa mã hoặc thêm vào danh sách.")
                return None
        return entry[0], entry[1]

    def _unique(self, key: str, identifiers: list[str]) -> None:
        seen: set[str] = set()
        for identifier in identifiers:
            if identifier and identifier in seen:
                self.mistakes.append(f"{key}: mã “{identifier}” dùng hai lần: mỗi mã chỉ cho một mục.")
            seen.add(identifier)

    def _text(self, given: Any, where: str) -> str:
        if isinstance(given, str) and given.strip():
            return given
        self.mistakes.append(f"{where} phải là chữ không rỗng, đang là {_shown(given)}: điền vào.")
        return ""

    def _texts(self, given: Any, where: str) -> tuple[str, ...]:
        return tuple(self._text(each, f"{where}[{index}]") for index, each in enumerate(self._list(given, where)))

    def _name(self, given: dict[str, Any], where: str) -> str:
        return self._text(given["name"], f"{where}.name") if given.get("name") is not None else ""

    def _whole(self, given: Any, where: str, what: str = "một số nguyên từ 0 trở lên") -> int:
        if isinstance(given, int) and not isinstance(given, bool) and 0 <= given <= HIGHEST:
            return given
        self.mistakes.append(f"{where} phải là {what} (nhiều nhất {HIGHEST}), đang là {_shown(given)}: sửa lại.")
        return 0


def _shown(given: Any) -> str:
    """A value as it stood, cut short."""
    if given is None:
        return "trống"
    if isinstance(given, float) and not math.isfinite(given):
        return str(given)
    text = json.dumps(given, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:40]}…"
