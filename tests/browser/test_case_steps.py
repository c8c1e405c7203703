"""The steps of a case in a real page: readable on a phone, in both themes, for axe and with the drawing open."""

from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from khue.core.clock import at
from khue.documents.actions.directive_assign import assign
from khue.documents.tests.directive_city import DAY, City
from khue.documents.tests.reading import document, read
from khue.flow.actions import move
from tests.browser.chromium import SIZES
from tests.browser.conftest import faults, sign_in


@pytest.mark.parametrize(("size", "theme"), list(product(SIZES, ["light", "dark"])))
def test_where_a_case_is_can_be_read(
    transactional_db: None,
    open_browser: Callable[..., BrowserContext],
    live_server: LiveServer,
    size: str,
    theme: str,
) -> None:
    city = City()
    with at(DAY):
        extraction = read(document(city.office, city.clerk))
        city.accepted(extraction)
        (directive,) = assign(extraction, by=city.officer)
        move(directive.case, "acknowledge", by=city.worker)
    context = open_browser(size, theme)
    sign_in(context, city.worker, live_server.url)
    page = context.new_page()
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.goto(directive.get_absolute_url())
    expect(page.locator("[aria-current=step]")).to_contain_text("Đã nhận việc")
    expect(page.locator(".case-steps-now")).to_contain_text("Sở Tài chính")
    page.locator(".case-steps-map").click()
    here = page.locator(".khue-process .here rect")
    expect(here).to_be_visible()
    fill = here.evaluate("box => getComputedStyle(box).fill")
    assert fill not in {"rgb(0, 0, 0)", "none"}, "the drawing has its style sheet"
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert sideways <= 0, "only the drawing may scroll sideways"
    assert faults(page) == []
