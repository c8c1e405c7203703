from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "khue.accounts"

    def ready(self) -> None:
        """Read the roles once, so that a mistake there stops the start, and judge permissions for the apps below."""
        from khue.accounts import actions, roles, rules
        from khue.core import permissions
        from khue.directory import endings

        roles.all_roles()
        permissions.judged_by(rules.may)
        endings.register(actions.close_memberships)
