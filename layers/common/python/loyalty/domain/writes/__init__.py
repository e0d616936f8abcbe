"""The rows that one atomic write puts, changes or removes, and the condition each one carries.

A use case says what must hold; a store makes all of it true at once, or none of it, and then
tells which of the writes did not hold and what stands there instead (`ports.WriteRefused`).
Arithmetic on an account, stock or counter is only ever written together with a keyed row.
"""

from loyalty.domain.writes.account import (
    ChangeAccount,
    ChangePending,
    CreditLot,
    CreditPending,
    OpenPending,
    RestoreAccount,
)
from loyalty.domain.writes.activities import ForbidRing, OrderStands, SaveActivity
from loyalty.domain.writes.anomalies import DecideCase
from loyalty.domain.writes.campaigns import (
    AddCampaign,
    ChangeCampaign,
    CountDay,
    CountMember,
    DrawBudget,
    FixBirthday,
)
from loyalty.domain.writes.catalog import (
    AddCode,
    AddItem,
    AddStock,
    ChangeItem,
    ClaimCode,
    GiveBackStock,
    SellHeld,
    TakeStock,
)
from loyalty.domain.writes.imports import (
    AddImportedLine,
    ChangeImport,
    ChangeImportedLine,
    OpenImport,
)
from loyalty.domain.writes.ledger import AddEntry, CountLapsed, ReplaceTombstone, SaveBook
from loyalty.domain.writes.orders import ChangeRedemption, CountLimit, OpenRedemption
from loyalty.domain.writes.packets import AddClaim, ChangePacket, CountPacket, OpenPacket
from loyalty.domain.writes.people import (
    AddAdjustment,
    AddAudit,
    AddLink,
    AddMember,
    AwaitLink,
    ChangeMember,
    DecideAdjustment,
)
from loyalty.domain.writes.rules import PublishProgramme
from loyalty.domain.writes.tiers import AddTierStep, SaveCounted, SaveTierCount

Write = (
    CreditLot
    | CreditPending
    | ChangeAccount
    | RestoreAccount
    | AddEntry
    | ReplaceTombstone
    | SaveBook
    | CountLapsed
    | OpenPending
    | ChangePending
    | OpenRedemption
    | ChangeRedemption
    | CountLimit
    | TakeStock
    | SellHeld
    | GiveBackStock
    | AddStock
    | AddItem
    | ChangeItem
    | AddCode
    | ClaimCode
    | DecideCase
    | AddMember
    | ChangeMember
    | AddLink
    | AwaitLink
    | AddAdjustment
    | DecideAdjustment
    | AddAudit
    | SaveActivity
    | ForbidRing
    | OrderStands
    | PublishProgramme
    | OpenPacket
    | ChangePacket
    | AddClaim
    | CountPacket
    | OpenImport
    | ChangeImport
    | AddImportedLine
    | ChangeImportedLine
    | AddCampaign
    | ChangeCampaign
    | DrawBudget
    | CountMember
    | CountDay
    | FixBirthday
    | SaveCounted
    | SaveTierCount
    | AddTierStep
)

__all__ = [
    "AddAdjustment",
    "AddAudit",
    "AddCampaign",
    "AddClaim",
    "AddCode",
    "AddEntry",
    "AddImportedLine",
    "AddItem",
    "AddLink",
    "AddMember",
    "AddStock",
    "AddTierStep",
    "AwaitLink",
    "ChangeAccount",
    "ChangeCampaign",
    "ChangeImport",
    "ChangeImportedLine",
    "ChangeItem",
    "ChangeMember",
    "ChangePacket",
    "ChangePending",
    "ChangeRedemption",
    "ClaimCode",
    "CountDay",
    "CountLapsed",
    "CountLimit",
    "CountMember",
    "CountPacket",
    "CreditLot",
    "CreditPending",
    "DecideAdjustment",
    "DecideCase",
    "DrawBudget",
    "FixBirthday",
    "ForbidRing",
    "GiveBackStock",
    "OpenImport",
    "OpenPacket",
    "OpenPending",
    "OpenRedemption",
    "OrderStands",
    "PublishProgramme",
    "ReplaceTombstone",
    "RestoreAccount",
    "SaveActivity",
    "SaveBook",
    "SaveCounted",
    "SaveTierCount",
    "SellHeld",
    "TakeStock",
    "Write",
]
