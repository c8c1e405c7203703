"""Addresses of councils."""

from django.urls import path

from khue.councils.views import council, council_list, seat

app_name = "councils"
urlpatterns = [
    path("", council_list.councils, name="councils"),
    path("<int:pk>/", council.council, name="council"),
    path("<int:pk>/ghe/<int:seat_pk>/", seat.seat, name="seat"),
]
