"""Completeness boards: who has reported, who is late."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
