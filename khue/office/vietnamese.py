"""Papers are Vietnamese, whatever language the one who asks for them reads."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override

Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, Given], HttpResponse]


def in_vietnamese(view: "View[Given]") -> "View[Given]":
    """A view that answers with a paper: its title, labels and names of things are in the language of the paper."""

    @wraps(view)
    def answered(request: HttpRequest, /, *given: Given.args, **more: Given.kwargs) -> HttpResponse:
        with override("vi"):
            return view(request, *given, **more)

    return answered
