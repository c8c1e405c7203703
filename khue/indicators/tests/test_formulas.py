"""The language of formulas: what it reads, what it calculates, and what it refuses."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from khue.core.refusals import Refused
from khue.indicators.formulas import (
    Call,
    Name,
    Negative,
    Node,
    Number,
    Operation,
    calculate,
    clauses,
    flatten,
    names,
    read,
)

NAMES = ("a", "b", "c.d", "e_1")
leaves = st.one_of(
    st.sampled_from(NAMES).map(Name), st.integers(0, 99).map(lambda whole: Number(Decimal(whole) / Decimal(4)))
)
nodes = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Operation, st.sampled_from("+-*/"), inner, inner),
        st.builds(Negative, inner),
        st.builds(Call, st.sampled_from(["sum", "mean"]), st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=12,
)
known = st.fixed_dictionaries({name: st.one_of(st.none(), st.integers(-50, 50).map(Decimal)) for name in NAMES})


def exactly(node: Node, values: dict[str, Decimal | None]) -> Fraction | None:
    """The same by fractions, straight from the definition."""
    match node:
        case Number(value):
            return Fraction(value)
        case Name(name):
            figure = values[name]
            return None if figure is None else Fraction(figure)
        case Negative(inner):
            found = exactly(inner, values)
            return None if found is None else -found
        case Call(function, of):
            there = [one for one in (exactly(each, values) for each in of) if one is not None]
            return sum(there, Fraction(0)) / (len(there) if function == "mean" else 1) if there else None
        case Operation(sign, left, right):
            one, other = exactly(left, values), exactly(right, values)
            if one is None or other is None or (sign == "/" and other == 0):
                return None
            return {"+": one + other, "-": one - other, "*": one * other}[sign] if sign != "/" else one / other


def too_close(node: Node, values: dict[str, Decimal | None]) -> bool:
    """Whether some denominator is zero only in one of the two ways of calculating (a third times three)."""
    if isinstance(node, Operation):
        exact, rounded = exactly(node.right, values), calculate(node.right, values).value
        if node.sign == "/" and exact is not None and (exact == 0) != (rounded == 0):
            return True
        return too_close(node.left, values) or too_close(node.right, values)
    if isinstance(node, Call):
        return any(too_close(each, values) for each in node.of)
    return isinstance(node, Negative) and too_close(node.of, values)


@settings(max_examples=200, deadline=None)
@given(nodes, known)
def test_it_calculates_what_fractions_give(node: Node, values: dict[str, Decimal | None]) -> None:
    result, exact = calculate(node, values), exactly(node, values)
    if too_close(node, values):
        return
    assert (result.value is None) == (exact is None)
    assert bool(result.why) == (exact is None)
    if exact is not None and result.value is not None:
        assert abs(Fraction(result.value) - exact) <= (1 + abs(exact)) / 10**12


@settings(max_examples=200, deadline=None)
@given(nodes)
def test_what_is_written_is_read_the_same(node: Node) -> None:
    assert str(read(str(node)).node) == str(node)
    assert names(node) == names(read(str(node)))


@settings(max_examples=200, deadline=None)
@given(nodes, known)
def test_clauses_say_exactly_when_every_part_is_known(node: Node, values: dict[str, Decimal | None]) -> None:
    there = {name for name, value in values.items() if value is not None}
    satisfied = all(clause & there for clause in clauses(node))
    lacking = "has no figure"
    with override("en"):
        why = calculate(node, values).why
    assert satisfied or lacking in why or "divide" in why
    if satisfied and "divide" not in why:
        assert lacking not in why


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a + b * 2", "7"),
        ("(a + b) * 2", "8"),
        ("a / b * 100", "33.33333333333333333333333333333333333333"),
        ("-a + b", "2"),
        ("a - b - 1", "-3"),
        ("sum(a, missing)", "1"),
        ("mean(a, b, missing)", "2"),
        ("1.5 * b", "4.5"),
    ],
)
def test_signs_bind_as_in_school(text: str, value: str) -> None:
    assert calculate(read(text), {"a": Decimal(1), "b": Decimal(3)}).value == Decimal(value)


def test_no_value_has_its_reason_in_words() -> None:
    labels = {"rd": "Chi cho R&D", "grdp": "GRDP"}
    with override("en"):
        assert calculate(read("rd / grdp"), {"rd": Decimal(1), "grdp": Decimal(0)}, labels).why == (
            "cannot divide: “GRDP” is 0"
        )
        missing = calculate(read("rd / grdp"), {"rd": None}, labels)
    assert missing.value is None
    assert "Chi cho R&D" in missing.why
    assert "GRDP" in missing.why


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a +",
        "a b",
        "(a",
        "a)",
        "max(a)",
        "sum()",
        "sum",
        "1,5",
        "a ** b",
        "A",
        "a; drop",
        "(" * 60 + "a",
        "a" * 501,
    ],
)
def test_what_is_no_formula_is_refused_in_words(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read(text)
    assert refused.value.refusal.code == "formula.wrong"


def test_formulas_inside_formulas_are_written_out() -> None:
    formulas = {"share": read("part / whole"), "percent": read("share * 100"), "part": None, "whole": None}
    assert str(flatten("percent", formulas)) == "((part / whole) * 100)"


def test_a_circle_is_refused_with_the_way_round() -> None:
    formulas = {"a": read("b + 1"), "b": read("c * 2"), "c": read("a")}
    with pytest.raises(Refused) as refused:
        flatten("a", formulas)
    assert refused.value.refusal.code == "formula.cycle"
    assert "a → b → c → a" in refused.value.refusal.sentence
    with pytest.raises(Refused) as refused:
        flatten("a", {"a": read("nobody")})
    assert refused.value.refusal.code == "formula.unknown-name"


def test_a_formula_that_doubles_with_every_step_is_refused_not_calculated_for_ever() -> None:
    formulas = {f"n{step}": read(f"n{step + 1} + n{step + 1}") for step in range(40)}
    with pytest.raises(Refused) as refused:
        flatten("n0", {**formulas, "n40": None})
    assert refused.value.refusal.code == "formula.wrong"


def test_which_figures_a_unit_must_have() -> None:
    assert clauses(read("a / b")) == {frozenset("a"), frozenset("b")}
    assert clauses(read("sum(a, b) / c")) == {frozenset("ab"), frozenset("c")}
    assert clauses(read("sum(a / b, c)")) == {frozenset("ac"), frozenset("bc")}
    assert clauses(read("a + sum(a, b)")) == {frozenset("a")}
