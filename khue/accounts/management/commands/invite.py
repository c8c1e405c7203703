"""`khue invite`: opens an account from the machine itself; how the first administrator gets in."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from khue.accounts import actions, roles
from khue.accounts.models import User
from khue.core.actors import SystemActor
from khue.core.clock import today
from khue.core.refusals import Refusal, Refused
from khue.directory.actions.units import add_unit
from khue.directory.fields import UnitField
from khue.directory.models import Unit

CONSOLE = SystemActor("Người vận hành máy chủ")
PAST = 10
"""Years for which the first unit is taken to have existed, so that documents of years past find it."""


class Command(BaseCommand):
    help = "Mở tài khoản ngay trên máy chủ và in liên kết đặt mật khẩu; tài khoản đã có thì chỉ in liên kết mới."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="địa chỉ thư điện tử, dùng để đăng nhập")
        parser.add_argument("--name", metavar="HỌ_TÊN", help="họ và tên")
        parser.add_argument(
            "--unit", metavar="ĐƠN_VỊ", help="tên, tên viết tắt hoặc mã; đơn vị đầu tiên được thêm luôn"
        )
        parser.add_argument("--role", choices=list(roles.all_roles()), default="administrator", help="vai trò")

        parser.add_argument(
            "--no-second-factor", action="store_true", help="gỡ xác thực hai lớp: khi mất điện thoại và mã khôi phục"
        )

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first() or self._add(options)
        if options["no_second_factor"]:
            actions.forget_second_factor(user, by=CONSOLE, reason="khue invite --no-second-factor")
        link = f"{settings.SITE_URL}{reverse('accounts:welcome', args=[actions.invite(user, by=CONSOLE)])}"
        self.stdout.write(
            f"{user.full_name} mở liên kết này để đặt mật khẩu, trong {settings.INVITATION_DAYS} ngày:\n{link}"
        )

    def _add(self, options: dict[str, Any]) -> User:
        if not (options["name"] and options["unit"]):
            raise Refused(Refusal("user.incomplete", "Tài khoản mới cần --name HỌ_TÊN và --unit ĐƠN_VỊ."))
        try:
            validate_email(options["email"])
        except ValidationError as wrong:
            raise Refused(
                Refusal("user.no-address", f"“{options['email']}” không phải là địa chỉ thư điện tử.")
            ) from wrong
        unit = _unit(options["unit"])
        user = actions.add_user(email=options["email"].lower(), full_name=options["name"], by=CONSOLE)
        actions.give_role(user, unit=unit, role=options["role"], valid_from=today(), by=CONSOLE)
        return user


def _unit(name: str) -> Unit:
    """The unit of this name; the first of all is founded, for somebody must stand somewhere."""
    if not Unit.objects.exists():
        first = date(today().year - PAST, 1, 1)
        return add_unit(name=name, kind=Unit.Kind.AUTHORITY, valid_from=first, by=CONSOLE)
    try:
        found: Unit = UnitField().clean(name)
    except ValidationError as wrong:
        raise Refused(Refusal("unit.unknown", wrong.messages[0])) from wrong
    return found
