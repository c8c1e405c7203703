"""Addresses of councils."""

from django.urls import path

from khue.councils.views import council, council_list, papers, seat

app_name = "councils"
urlpatterns = [
    path("", council_list.councils, name="councils"),
    path("<int:pk>/", council.council, name="council"),
    path("<int:pk>/ghe/<int:seat_pk>/", seat.seat, name="seat"),
    path("<int:pk>/ghe/<int:seat_pk>/phieu/<int:subject_pk>/word/", papers.ballot_paper, name="ballot-paper"),
    path("<int:pk>/van-ban/<slug:name>/", papers.council_paper, name="paper"),
]
