"""Addresses of acceptance, results and their use."""

from django.urls import URLPattern, path

from khue.missions.views import mission

urlpatterns: list[URLPattern] = [
    path("nghiem-thu/<int:number>/", mission.mission, name="acceptance"),
    path("ket-qua/<int:number>/", mission.mission, name="result"),
]
