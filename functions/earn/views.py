"""What operators are told about the programme."""

from decimal import Decimal
from typing import Any

from earn.differences import Differences
from earn.document import ProgrammeDocument
from earn.replaying import Replay
from loyalty.api.schema import Instant, Schema
from loyalty.domain.programme import Publication
from loyalty.ports import Page


class VersionView(Schema):
    """A version of the programme: who put it in force, when and why, as far as that is known."""

    version: int
    published_at: Instant | None
    published_by: str | None
    reason: str | None


class ProgrammeView(VersionView):
    """A version with its rules."""

    programme: ProgrammeDocument

    @classmethod
    def of(cls, publication: Publication) -> "ProgrammeView":
        """Return the view of a publication."""
        return cls.model_validate(publication)


class VersionList(Schema):
    """What was published, newest first."""

    items: list[VersionView]
    next_cursor: str | None

    @classmethod
    def of(cls, page: Page[Publication], cursor: str | None) -> "VersionList":
        """Return the list of some publications."""
        return cls(items=list(map(VersionView.model_validate, page.items)), next_cursor=cursor)


class DraftFault(Schema):
    """What stands against a field of a draft."""

    field: str
    message: str


class DraftVerdict(Schema):
    """Whether a draft could be published."""

    valid: bool
    errors: list[DraftFault]

    @classmethod
    def of(cls, faults: list[dict[str, str]]) -> "DraftVerdict":
        """Return the verdict on a draft with these faults."""
        return cls(valid=not faults, errors=list(map(DraftFault.model_validate, faults)))


class ValueAt(Schema):
    """A value that only one of two documents has."""

    path: str
    value: Any


class ValueChange(Schema):
    """A value that two documents have differently."""

    path: str
    before: Any
    after: Any


class DraftDifferences(Schema):
    """What a draft would change, by path."""

    added: list[ValueAt]
    removed: list[ValueAt]
    changed: list[ValueChange]

    @classmethod
    def of(cls, found: Differences) -> "DraftDifferences":
        """Return the view of what tells two documents apart."""
        return cls(
            added=[ValueAt(path=path, value=value) for path, value in found.added.items()],
            removed=[ValueAt(path=path, value=value) for path, value in found.removed.items()],
            changed=[
                ValueChange(path=path, before=old, after=new)
                for path, (old, new) in found.changed.items()
            ],
        )


class RuleReplay(Schema):
    """Points that one rule gave, and would have given under the draft.

    Those by rates are before rounding and before tiers and birthdays multiply them.
    """

    currency: str
    rule: str
    issued: Decimal
    draft: Decimal


class ReplayView(Schema):
    """What some past orders earned, and would have earned under a draft. Parts add up."""

    orders: int
    changed_orders: int
    orders_without_skus: int
    orders_without_member: int
    skipped_orders: int
    issued: int
    draft: int
    rules: list[RuleReplay]
    next_cursor: str | None

    @classmethod
    def of(cls, replay: Replay, cursor: str | None) -> "ReplayView":
        """Return the view of a part of a replay."""
        rules = [
            RuleReplay(currency=currency, rule=rule, issued=amount.issued, draft=amount.draft)
            for (currency, rule), amount in sorted(replay.rules.items())
        ]
        return cls(
            orders=replay.orders,
            changed_orders=replay.changed_orders,
            orders_without_skus=replay.orders_without_skus,
            orders_without_member=replay.orders_without_member,
            skipped_orders=replay.skipped_orders,
            issued=replay.issued,
            draft=replay.draft,
            rules=rules,
            next_cursor=cursor,
        )
