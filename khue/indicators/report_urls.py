"""Addresses of a unit's reports, below `chi-tieu/`."""

from django.urls import path
from django.views.generic import RedirectView

urlpatterns = [path("bao-cao/<int:pk>/", RedirectView.as_view(url="/"), name="report")]
