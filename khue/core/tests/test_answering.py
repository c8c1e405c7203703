"""How pages and scripts are answered when a rule refuses."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse

from khue.core.answering import refusal_in_json
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
