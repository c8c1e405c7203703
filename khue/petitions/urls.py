"""Addresses of petitions, below `kien-nghi/`."""

from django.urls import path

from khue.petitions.views import found, petition, petition_list, writing

app_name = "petitions"
urlpatterns = [
    path("", petition_list.petitions, name="petitions"),
    path("excel/", petition_list.petitions_excel, name="petitions-excel"),
    path("moi/", writing.new, name="new"),
    path("<int:pk>/", petition.petition, name="petition"),
    path("<int:pk>/chuyen-buoc/", petition.petition_move, name="petition-move"),
    path("<int:pk>/tra-loi/", petition.petition_answer, name="petition-answer"),
    path("<int:pk>/chuyen-don-vi/", petition.petition_pass, name="petition-pass"),
    path("van-ban/<int:pk>/", found.found, name="found"),
    path("van-ban/<int:pk>/<slug:verb>/", found.found_act, name="found-act"),
]
