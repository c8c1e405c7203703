"""Addresses of missions, one file a part of the way."""

from khue.missions import accept_urls, carry_urls, order_urls, select_urls

app_name = "missions"
urlpatterns = [*order_urls.urlpatterns, *select_urls.urlpatterns, *carry_urls.urlpatterns, *accept_urls.urlpatterns]
