"""Addresses of order lists."""

from django.urls import path

from khue.missions.views.order import order, order_list

urlpatterns = [
    path("danh-muc/", order_list.order_lists, name="order-lists"),
    path("danh-muc/moi/", order_list.list_new, name="order-list-new"),
    path("danh-muc/<int:pk>/", order_list.order_list, name="order-list"),
    path("danh-muc/<int:pk>/them/", order_list.list_gather, name="order-list-gather"),
    path("danh-muc/<int:pk>/phe-duyet/", order_list.list_approve, name="order-list-approve"),
    path("danh-muc/<int:pk>/cong-bo/", order_list.list_publish, name="order-list-publish"),
    path("danh-muc/<int:pk>/quyet-dinh.docx", order_list.list_word, name="order-list-word"),
    path("danh-muc/<int:pk>/excel/", order_list.list_excel, name="order-list-excel"),
    path("dat-hang/<int:pk>/", order.order, name="order"),
    path("dat-hang/<int:pk>/sua/", order.order_edit, name="order-edit"),
    path("dat-hang/<int:pk>/bo/", order.order_drop, name="order-drop"),
    path("dat-hang/<int:pk>/rut/", order.order_cancel, name="order-cancel"),
]
