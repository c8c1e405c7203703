"""Addresses of files."""

from django.urls import path

from khue.files import views

app_name = "files"
urlpatterns = [
    path("<int:version_id>/", views.download, name="download"),
    path("<int:version_id>/doc/", views.reading_state, name="reading-state"),
]
