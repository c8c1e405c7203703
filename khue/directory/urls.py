"""Addresses of the directory."""

from django.urls import path

from khue.directory.views import people, places, units

app_name = "directory"
urlpatterns = [
    path("", units.units, name="units"),
    path("goi-y/", units.suggest, name="suggest"),
    path("don-vi/them/", units.add, name="add-unit"),
    path("don-vi/<slug:code>/", units.unit, name="unit"),
    path("don-vi/<slug:code>/sua/", units.change, name="change-unit"),
    path("don-vi/<slug:code>/doi-ten/", units.rename, name="rename-unit"),
    path("don-vi/<slug:code>/ten-khac/", units.alias, name="alias-unit"),
    path("don-vi/<slug:code>/ten-khac/<int:pk>/bo/", units.forget_alias, name="forget-alias"),
    path("don-vi/<slug:code>/ket-thuc/", units.end, name="end-unit"),
    path("nguoi/", people.people, name="people"),
    path("nguoi/goi-y/", people.suggest, name="suggest-people"),
    path("nguoi/them/", people.add, name="add-person"),
    path("nguoi/<int:pk>/", people.person, name="person"),
    path("nguoi/<int:pk>/sua/", people.change, name="change-person"),
    path("nguoi/<int:pk>/chuc-vu/", people.hold, name="hold-post"),
    path("nguoi/<int:pk>/chuyen-mon/", people.declare, name="declare"),
    path("chuc-vu/<int:pk>/thoi/", people.leave, name="leave-post"),
    path("chuyen-mon/<int:pk>/rut/", people.withdraw, name="withdraw"),
    path("dia-gioi/", places.places, name="places"),
    path("dia-gioi/<int:pk>/", places.place, name="place"),
]
