"""Tables of the missions app, one file a part of the way."""

from khue.missions.models.acceptance import Acceptance, DossierPart, ProductCheck, Result, UseReport
from khue.missions.models.acceptance_review import AcceptanceOpinion, Measuring
from khue.missions.models.asset import Asset
from khue.missions.models.mission import Mission
from khue.missions.models.money import CarryOver, Contract, ContractParties, Instalment, Refund, Spending
from khue.missions.models.need_use import NeedUse
from khue.missions.models.order import Order, OrderList, Way
from khue.missions.models.ownership import Ownership
from khue.missions.models.plan import (
    Plan,
    PlanBudget,
    PlanPartner,
    PlanPerson,
    PlanProduct,
    PlanStage,
    Source,
)
from khue.missions.models.progress import Adjustment, Inspection, ProductProgress, ProgressReport, StageProgress
from khue.missions.models.review import ExpertOpinion, SiteCheck
from khue.missions.models.selection import (
    Application,
    ApprovedLine,
    Attachment,
    Call,
    Eligibility,
    Receipt,
    Selection,
)
from khue.missions.models.spelling import Spelling

__all__ = [
    "Acceptance",
    "AcceptanceOpinion",
    "Adjustment",
    "Application",
    "ApprovedLine",
    "Asset",
    "Attachment",
    "Call",
    "CarryOver",
    "Contract",
    "ContractParties",
    "DossierPart",
    "Eligibility",
    "ExpertOpinion",
    "Inspection",
    "Instalment",
    "Measuring",
    "Mission",
    "NeedUse",
    "Order",
    "OrderList",
    "Ownership",
    "Plan",
    "PlanBudget",
    "PlanPartner",
    "PlanPerson",
    "PlanProduct",
    "PlanStage",
    "ProductCheck",
    "ProductProgress",
    "ProgressReport",
    "Receipt",
    "Refund",
    "Result",
    "Selection",
    "SiteCheck",
    "Source",
    "Spelling",
    "Spending",
    "StageProgress",
    "UseReport",
    "Way",
]
