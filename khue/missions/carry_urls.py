"""Addresses of missions that are carried out, and of those of the past."""

from django.urls import path

from khue.missions.views import mission

urlpatterns = [
    path("", mission.missions, name="missions"),
    path("<int:number>/", mission.mission, name="mission"),
]
