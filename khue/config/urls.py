"""Root addresses: each app's own under its first word."""

from django.urls import include, path

urlpatterns = [
    path("tai-khoan/", include("allauth.urls")),
    path("thong-bao/", include("khue.notices.urls")),
    path("van-ban/", include("khue.documents.urls")),
    path("tep/", include("khue.files.urls")),
    path("", include("khue.site.urls")),
]
