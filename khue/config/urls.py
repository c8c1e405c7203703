"""Root addresses: each app's own under its first word."""

from django.urls import include, path

handler400 = "khue.site.views.errors.bad_request"
handler403 = "khue.site.views.errors.forbidden"
handler404 = "khue.site.views.errors.not_found"
handler500 = "khue.site.views.errors.failed"

urlpatterns = [
    path("tai-khoan/", include("khue.accounts.urls")),
    path("tai-khoan/", include("allauth.urls")),
    path("danh-ba/", include("khue.directory.urls")),
    path("thong-bao/", include("khue.notices.urls")),
    path("van-ban/", include("khue.documents.urls")),
    path("hoi-dong/", include("khue.councils.urls")),
    path("nhiem-vu/", include("khue.missions.urls")),
    path("chi-tieu/", include("khue.indicators.urls")),
    path("", include("khue.needs.urls")),
    path("kien-nghi/", include("khue.petitions.urls")),
    path("sang-kien/", include("khue.initiatives.urls")),
    path("tep/", include("khue.files.urls")),
    path("doi-chieu/", include("khue.matching.urls")),
    path("", include("khue.site.urls")),
]
