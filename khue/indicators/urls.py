"""Addresses of programmes, indicators and reports: each part's own list."""

from khue.indicators.board_urls import urlpatterns as board
from khue.indicators.composer_urls import urlpatterns as composer
from khue.indicators.defining_urls import urlpatterns as defining
from khue.indicators.programme_urls import urlpatterns as programme
from khue.indicators.report_urls import urlpatterns as report

app_name = "indicators"
urlpatterns = [*report, *board, *composer, *programme, *defining]
