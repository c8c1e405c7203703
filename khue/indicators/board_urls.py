"""Addresses of reporting periods: who has sent, who is late, what is locked; below `chi-tieu/`."""

from django.urls import path

from khue.indicators.views import cycle, cycle_list

urlpatterns = [
    path("ky/", cycle_list.cycles, name="cycles"),
    path("ky/mo/", cycle_list.open_new, name="cycle-new"),
    path("ky/<slug:set_code>/<str:period_code>/", cycle.cycle, name="cycle"),
    path("ky/<slug:set_code>/<str:period_code>/excel/", cycle.cycle_excel, name="cycle-excel"),
]
