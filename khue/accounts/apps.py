from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "khue.accounts"

    def ready(self) -> None:
        """Read the roles once, so that a mistake there stops the start, and judge permissions for the apps below."""
        from django.utils.translation import gettext_lazy as _

        from khue.accounts import actions, roles, rules, sentences
        from khue.accounts.exchange import PEOPLE
        from khue.core import exchange, navigation, permissions
        from khue.directory import endings

        roles.all_roles()
        permissions.judged_by(rules.may)
        endings.register(actions.close_memberships)
        sentences.register()
        exchange.register(PEOPLE)
        keepers = frozenset(role.name for role in roles.all_roles().values() if role.may & {"user:manage", "user:see"})
        users = navigation.Item("users", _("Users"), "accounts:users", "users", keepers, 70, navigation.RUNNING, "u")
        navigation.register(users)
        profile = navigation.Item("profile", _("My account"), "accounts:profile", "user-circle", group=navigation.ME)
        navigation.register(profile)
