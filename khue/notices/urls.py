"""Addresses of notices."""

from django.urls import path

from khue.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notices, name="list"),
    path("<int:pk>/", views.open_notice, name="open"),
    path("da-doc/", views.read_all, name="read-all"),
    path("cach-nhan/", views.preferences, name="preferences"),
    path("lich/moi/", views.new_calendar, name="new-calendar"),
    path("lich/<str:secret>.ics", views.calendar_feed, name="calendar"),
]
