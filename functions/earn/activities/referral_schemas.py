"""What referral looks like from outside. Friends are not named: nobody learns who bought what."""

from earn.activities.bringing import Referral
from loyalty.api.schema import Instant, Schema
from loyalty.domain.referral import Bond, BondStatus


class BroughtByView(Schema):
    """Who brought the caller, by code, and what that has given so far."""

    code: str
    since: Instant
    status: BondStatus
    friend_points: int


class FriendView(Schema):
    """Somebody whom the caller has brought, and what that has given so far."""

    since: Instant
    status: BondStatus
    points: int

    @classmethod
    def of(cls, bond: Bond) -> "FriendView":
        """Show a friend."""
        return cls(since=bond.since, status=bond.status, points=bond.referrer_points)


class TermsView(Schema):
    """What the programme gives, and for what."""

    friend_points: int
    referrer_points: int
    within_days: int
    minimum: str
    per_month: int | None
    total: int | None


class ReferralView(Schema):
    """The caller's code, the link that carries it, and what it has earned."""

    code: str
    link: str | None
    earned: int
    friends: list[FriendView]
    brought_by: BroughtByView | None
    terms: TermsView

    @classmethod
    def of(cls, referral: Referral) -> "ReferralView":
        """Show a member's side."""
        rules, brought_by = referral.rules, referral.brought_by
        return cls(
            code=referral.referrer.code,
            link=referral.link,
            earned=referral.referrer.points,
            friends=[FriendView.of(bond) for bond in referral.friends],
            brought_by=BroughtByView.model_validate(brought_by) if brought_by else None,
            terms=TermsView(
                friend_points=rules.friend_points,
                referrer_points=rules.referrer_points,
                within_days=rules.within_days,
                minimum=str(rules.minimum),
                per_month=rules.per_month,
                total=rules.total,
            ),
        )
