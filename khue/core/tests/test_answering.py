"""How pages and scripts are answered when a rule refuses."""

import json

import pytest
from django.forms import CharField, Form
from django.http import HttpRequest, HttpResponse, JsonResponse

from khue.core.answering import Problem, refusal_in_json, refusal_on
from khue.core.refusals import Refusal, Refused


@refusal_in_json
def keep(_request: HttpRequest, number: int) -> HttpResponse:
    if number > 1:
        raise Refused(Refusal("draft.changed", "Somebody else has changed it."))
    return JsonResponse({"kept": number})


def test_a_script_reads_why_it_was_refused_and_which_rule_it_was() -> None:
    refused = keep(HttpRequest(), 2)
    assert refused.status_code == 409
    assert json.loads(refused.content) == {"refused": "Somebody else has changed it.", "code": "draft.changed"}
    assert json.loads(keep(HttpRequest(), number=1).content) == {"kept": 1}
    assert keep.__name__ == "keep"


def refuse() -> None:
    raise Refused(Refusal("draft.changed", "Somebody else has changed it."))


class Words(Form):
    words = CharField()


def test_a_page_keeps_the_problem_for_its_own_place() -> None:
    after = []
    with (problem := Problem()):
        refuse()
        after.append("not reached")
    assert (bool(problem), str(problem), after) == (True, "Somebody else has changed it.", [])
    with (fine := Problem()):
        after.append("reached")
    assert (bool(fine), str(fine), after) == (False, "", ["reached"])


def test_a_refusal_stands_above_the_form_or_beside_its_field() -> None:
    for field, key in ((None, "__all__"), ("words", "words")):
        form = Words({"words": "Tạ"})
        with refusal_on(form, field):
            refuse()
        assert form.errors == {key: ["Somebody else has changed it."]}


def test_what_breaks_otherwise_goes_on_breaking() -> None:
    with pytest.raises(ZeroDivisionError), Problem():
        1 / 0  # noqa: B018
