"""Addresses of selecting: calls, selections, applications."""

from django.urls import path

from khue.missions.views import application, application_acts, call, section, select_papers, selection, selection_acts

urlpatterns = [
    path("thong-bao/", call.calls, name="calls"),
    path("thong-bao/moi/", call.new_call, name="call-new"),
    path("thong-bao/<int:pk>/", call.call, name="call"),
    path("thong-bao/<int:pk>/sua/", call.edit_call, name="call-edit"),
    path("thong-bao/<int:pk>/lam/", call.act, name="call-act"),
    path("thong-bao/<int:pk>/thong-bao.docx", select_papers.notice, name="call-notice"),
    path("giao-truc-tiep/<int:pk>/", call.invite, name="invite-directly"),
    path("tuyen-chon/", selection.selections, name="selections"),
    path("tuyen-chon/<int:pk>/", selection.selection, name="selection"),
    path("tuyen-chon/<int:pk>/lam/", selection_acts.act, name="selection-act"),
    path("tuyen-chon/<int:pk>/tham-dinh/", selection_acts.appraisal, name="selection-appraisal"),
    path("tuyen-chon/<int:pk>/giay/<slug:name>.docx", select_papers.of_selection, name="selection-paper"),
    path("ho-so/", application.applications, name="applications"),
    path("ho-so/moi/<int:pk>/", application_acts.begin, name="application-begin"),
    path("ho-so/<int:pk>/", application.application, name="application"),
    path("ho-so/<int:pk>/lam/", application_acts.act, name="application-act"),
    path("ho-so/<int:pk>/tep/", application_acts.attach_file, name="application-attach"),
    path("ho-so/<int:pk>/dieu-kien/", application_acts.judge_eligibility, name="application-judge"),
    path("ho-so/<int:pk>/muc/<slug:name>/", section.section, name="application-section"),
    path("ho-so/<int:pk>/muc/<slug:name>/luu/", section.save, name="application-save"),
    path("ho-so/<int:pk>/giay/<slug:name>.docx", select_papers.of_application, name="application-paper"),
]
