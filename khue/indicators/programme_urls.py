"""Addresses of programmes and their indicators, below `chi-tieu/`."""

from django.urls import path

from khue.indicators.views import definition, indicator, programme

urlpatterns = [
    path("", programme.programmes, name="programmes"),
    path("chuong-trinh/<slug:code>/", programme.programme, name="programme"),
    path("chuong-trinh/<slug:code>/excel/", programme.programme_excel, name="programme-excel"),
    path("chuong-trinh/<slug:code>/dinh-nghia/", definition.definitions, name="definitions"),
    path("so/<str:code>/", indicator.indicator, name="indicator"),
    path("so/<str:code>/excel/", indicator.indicator_excel, name="indicator-excel"),
    path("so/<str:code>/hinh.<str:kind>", indicator.indicator_picture, name="indicator-picture"),
]
