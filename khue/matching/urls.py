"""Addresses of search and comparison."""

from django.urls import path

from khue.matching import views

app_name = "matching"
urlpatterns = [
    path("", views.explore, name="explore"),
    path("giong/", views.similar, name="similar"),
]
