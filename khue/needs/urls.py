"""Addresses of needs, rounds and proposals."""

from django.urls import include, path

from khue.needs import need_urls, proposal_urls, round_urls

app_name = "needs"
urlpatterns = [
    path("nhu-cau/dot/", include(round_urls.urlpatterns)),
    path("nhu-cau/", include(need_urls.urlpatterns)),
    path("de-xuat/", include(proposal_urls.urlpatterns)),
]
