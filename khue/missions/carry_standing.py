"""What carrying out registers with the apps below: what it asks of the shelf, who sees its files, its sentences."""

from django.utils.translation import gettext_lazy as _

from khue.accounts.roles import all_roles
from khue.core import navigation
from khue.core.navigation import Item
from khue.councils.rules import veil
from khue.directory import endings
from khue.files import rules as files_rules
from khue.flow import demands
from khue.journal import sentences
from khue.missions.actions.carry.ending import hand_over_ended
from khue.missions.actions.standing import STATES
from khue.missions.rules.carry.owed import KINDS, named
from khue.missions.rules.visibility import SEE, inside_of, visible_to

BOARD = frozenset({"leader", "monitor", "unit-head", "auditor"})
PROVISIONS = (
    "register-running", "report-every", "inspection-every", "inspection-notice", "confirm-volume", "confirm-money",
    "adjust-answer", "extension-times", "extension-long-mission", "extension-most-long", "extension-most-short",
    "extension-ask-before", "shortening-least", "change-object", "refund-within",
)  # fmt: skip
PAPERS = (
    "contract", "running-registration", "progress-report", "spending-report", "finished-products",
    "applied-products", "inspection-notice", "inspection-minutes", "volume-confirmation", "money-confirmation",
    "adjustment-request", "adjustment-answer", "adjustment", "termination", "asset-inventory", "asset-decision",
    "liquidation", "settlement-report",
)  # fmt: skip


OWED = {
    "progress-report": ("step:writing", "step:confirming", "step:confirmed", "step:dropped"),
    "adjustment-request": ("step:asked", "step:supplementing"),
    "inspection": ("step:due", "step:announced", "provision:open-ahead"),
    "refund": ("step:owed", "step:said-paid"),
}


def register() -> None:
    """Called once, when the app starts."""
    asked = [*(f"step:{name}" for name in STATES), *(f"provision:{name}" for name in PROVISIONS)]
    demands.register("mission-carry-out", *asked, *(f"paper:{name}" for name in PAPERS))
    for process, names in OWED.items():
        demands.register(process, *names)
    for kind in KINDS:
        veil.let_follow(named(kind))
    files_rules.register("mission", visible_to, restricted=inside_of)
    sentences.register(SENTENCES)
    endings.register(hand_over_ended)
    board = Item("mission-board", _("Missions: overview"), "missions:board", "timeline", BOARD, 42, navigation.MISSIONS)
    navigation.register(board)
    seeing = frozenset(role.name for role in all_roles().values() if role.allows(SEE))
    assets = Item("assets", _("Assets of missions"), "missions:assets", "packages", seeing, 49, navigation.MISSIONS)
    navigation.register(assets)


SENTENCES = {
    "mission.started": _("%(actor)s began the mission %(code)s; it waits for its contract with %(host)s"),
    "mission.contract-prepared": _("%(actor)s wrote who signs the contract, and the account"),
    "mission.registered": _("%(actor)s noted the registration as a running mission: %(number)s"),
    "mission.report-opened": _("Progress report no. %(number)s was opened, due %(due)s"),
    "mission.paid": _("%(actor)s noted that %(amount)s of instalment %(number)s were paid"),
    "mission.carried-over": _("%(actor)s carried %(amount)s of %(year)s over (%(sign)s)"),
    "mission.refund-demanded": _("%(actor)s demanded %(amount)s back (%(sign)s): %(reason)s"),
    "mission.refund-said-paid": _("%(actor)s said that %(amount)s were paid back: %(comment)s"),
    "mission.refund-denied": _("%(actor)s said that %(amount)s did not come: %(comment)s"),
    "mission.refund-taken-back": _("%(actor)s took back the demand of %(amount)s (%(sign)s): %(reason)s"),
    "mission.refund-paid": _("%(actor)s noted that %(amount)s were paid back"),
    "mission.asset-kept": _("%(actor)s entered the asset «%(name)s»"),
    "mission.asset-dropped": _("%(actor)s took the asset «%(name)s» off the list: %(reason)s"),
    "mission.assets-counted": _("%(actor)s entered the inventory of %(day)s: %(count)s assets"),
    "mission.assets-decided": _("%(actor)s entered the decision %(sign)s on %(count)s assets: %(kind)s"),
    "mission.inspection-due": _("The inspection due on %(day)s came to the desk of the department"),
    "mission.inspection-announced": _("%(actor)s announced an inspection on %(day)s"),
    "mission.inspection-called-off": _("%(actor)s called the inspection of %(day)s off: %(reason)s"),
    "mission.adjustment-asked": _("%(actor)s asked for a change: %(kind)s"),
    "mission.adjusted": _("%(actor)s made a change: %(kind)s, %(before)s → %(after)s"),
    "mission.adjustment-refused": _("%(actor)s refused a change: %(kind)s"),
    "mission.adjustment-asked-back": _("%(actor)s asked for more about the change: %(kind)s. %(comment)s"),
    "mission.adjustment-supplemented": _("%(actor)s added to the request: %(kind)s. %(comment)s"),
    "mission.adjustment-withdrawn": _("%(actor)s took back the request for a change: %(kind)s"),
    "mission.adjustment-objected": _("%(actor)s objected to a change of the lead organisation: %(kind)s"),
}
