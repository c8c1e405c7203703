"""Each mistake of a problem is told in one sentence: what, where, what to do."""

import json
from pathlib import Path
from typing import Any

import pytest

from khue.councils.assigning.problem import Refused
from khue.councils.assigning.reading import problem_of, read

GOOD: dict[str, Any] = {
    "councils": [{"id": "c1", "size": 3, "roles": {"chair": 1}, "min_outside": 1, "topics": ["nước"]}],
    "experts": [
        {"id": "e1", "max_load": 3, "can": ["chair"], "unit": "u7", "outside": True},
        {"id": "e9", "max_load": 1},
    ],
    "affinity": [["c1", "e1", 0.82]],
    "conflicts": [["c1", "e9", "vợ của chủ nhiệm"]],
    "max_same_unit": 2,
}


def changed(**parts: Any) -> dict[str, Any]:
    return {**GOOD, **parts}


def council(**parts: Any) -> dict[str, Any]:
    return changed(councils=[{**GOOD["councils"][0], **parts}])


def expert(**parts: Any) -> dict[str, Any]:
    return changed(experts=[{**GOOD["experts"][0], **parts}, GOOD["experts"][1]])


def test_what_is_given_is_what_is_read() -> None:
    problem = problem_of(GOOD)
    assert problem.councils[0].seats == {"chair": 1, "member": 2}
    assert problem.experts[0].outside
    assert problem.experts[0].can == {"chair"}
    assert problem.affinity == {("c1", "e1"): 0.82}
    assert problem.conflicts == {("c1", "e9"): "vợ của chủ nhiệm"}
    assert problem.max_same_unit == 2


def test_only_councils_and_experts_are_needed() -> None:
    problem = problem_of({"councils": [{"id": "c1", "size": 0}], "experts": []})
    assert (problem.affinity, problem.conflicts, problem.max_same_unit) == ({}, {}, None)


def test_two_reasons_for_one_conflict_are_kept_together() -> None:
    twice = [["c1", "e9", "vợ"], ["c1", "e9", "đồng tác giả"], ["c1", "e9", "vợ"], ["c1", "e1"]]
    conflicts = problem_of(changed(conflicts=twice)).conflicts
    assert conflicts == {("c1", "e9"): "vợ; đồng tác giả", ("c1", "e1"): ""}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([], "Bài toán phải là một đối tượng JSON"),
        ({}, "Bài toán thiếu “councils”"),
        (changed(councils={"c1": 3}), "councils phải là một danh sách"),
        (changed(experts=["e1"]), 'experts[0] phải là một đối tượng JSON, đang là "e1"'),
        (council(size=-1), "councils[0] (“c1”).size phải là một số nguyên từ 0 trở lên"),
        (council(size=True), "đang là true"),
        (council(size=2.5), "đang là 2.5"),
        (council(size=10**30), "size phải là"),
        (council(roles={"chair": 2, "reviewer": 2}), "các vai trò cần 4 ghế mà hội đồng chỉ có 3"),
        (council(roles={"chair": -1}), "councils[0] (“c1”).roles.chair"),
        (council(roles=["chair"]), "roles phải có dạng"),
        (council(roles={" ": 1}), "tên vai trò của councils[0] (“c1”).roles phải là chữ không rỗng"),
        (council(min_outside=4), "min_outside 4 lớn hơn size 3"),
        (council(id=""), "councils[0].id phải là chữ không rỗng"),
        (council(min_outsid=1), "có phải “min_outside”?"),
        (council(topics=[1]), "topics[0]"),
        (expert(max_load=None), "từ 0 trở lên (nhiều nhất 1000000), đang là trống"),
        (expert(outside="yes"), "outside phải là true hoặc false"),
        (expert(unit=7), "unit phải là chữ"),
        (expert(can="chair"), "can phải là một danh sách"),
        (expert(id="e9"), "experts: mã “e9” dùng hai lần"),
        (changed(affinity=[["c1", "e1", float("nan")]]), "đang là nan"),
        (changed(affinity=[["c1", "e1", float("inf")]]), "đang là inf"),
        (changed(affinity=[["c1", "e1", "0,8"]]), "độ phù hợp phải là một số"),
        (changed(affinity=[["c1", "e1", 10**400]]), "độ phù hợp phải là một số"),
        (changed(affinity=[["c1", "e1"]]), "affinity[0] phải có dạng [hội đồng, chuyên gia, độ phù hợp]"),
        (changed(affinity=[["c1", "e1", 1], ["c1", "e1", 2]]), "affinity[1]: cặp c1, e1 đã có ở trên"),
        (changed(affinity=[["c2", "e1", 1]]), "affinity[0]: không có hội đồng “c2”"),
        (changed(conflicts=[["c1", "e2", "anh em"]]), "conflicts[0]: không có chuyên gia “e2”"),
        (changed(conflicts=[["c1", "e1", 5]]), "conflicts[0]: lý do phải là chữ"),
        (changed(conflicts=[["c1", ["e1"]]]), "conflicts[0] phải có dạng"),
        (changed(max_same_unit=-1), "max_same_unit phải là"),
        (changed(max_same_units=2), "có phải “max_same_unit”?"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(given: Any, words: str) -> None:
    with pytest.raises(Refused) as refused:
        problem_of(given)
    assert any(words in sentence for sentence in refused.value.sentences), refused.value.sentences


def test_all_mistakes_are_told_at_once_but_not_hundreds() -> None:
    with pytest.raises(Refused) as refused:
        problem_of(changed(affinity=[["c1", "nobody", 1]] * 300))
    assert len(refused.value.sentences) == 21
    assert refused.value.sentences[-1] == "Và 280 lỗi khác."


def test_a_problem_too_large_for_one_search_is_refused() -> None:
    councils = [{"id": f"c{number}", "size": 1} for number in range(2_500)]
    experts = [{"id": f"e{number}", "max_load": 1} for number in range(2_500)]
    with pytest.raises(Refused, match="chia thành nhiều đợt"):
        problem_of({"councils": councils, "experts": experts})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"councils": [', "không phải JSON hợp lệ ở dòng 1, cột 15"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"[" * 100_000, "không phải JSON"),
        (b"", "không phải JSON hợp lệ"),
    ],
)
def test_a_file_that_is_no_json_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "problem.json"
    path.write_bytes(content)
    with pytest.raises(Refused, match=words):
        read(path)


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(GOOD), "utf-8-sig")
    assert read(path) == problem_of(GOOD)
