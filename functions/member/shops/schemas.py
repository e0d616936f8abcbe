"""What shops say of their customers, and what they get."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from loyalty.api.schema import Instant, Schema
from member.forms import Birthday, DisplayName, Email, Name, Phone
from member.shops.keeping import Customer, Kept


class CustomerForm(Schema):
    """A customer's profile and tier as the shop knows them; what is absent stays, null clears.

    `member_id` names the member the first time. A `tier` that is null: the shop gives none.
    """

    member_id: Name | None = None
    display_name: DisplayName | None = None
    phone: Phone | None = None
    email: Email | None = None
    language: Literal["zh", "en"] | None = None
    birthday: Birthday | None = None
    tier: Annotated[str, Field(min_length=1, max_length=32)] | None = None

    def customer(self, source: str, customer_id: str, told_by: str) -> Customer:
        """Return what is said of a shop's customer."""
        profile: dict[str, Any] = self.model_dump(exclude_unset=True, exclude={"member_id", "tier"})
        if "language" in profile and profile["language"] is None:
            profile["language"] = "zh"
        says_tier = "tier" in self.model_fields_set
        who = (source, customer_id, told_by, self.member_id)
        return Customer(*who, profile, says_tier, self.tier)


class CustomerView(Schema):
    """A shop's customer, and the member that this is, as both sides know them now."""

    source: str
    customer_id: str
    member_id: str
    linked_at: Instant
    display_name: str | None
    phone: str | None
    email: str | None
    language: Literal["zh", "en"]
    birthday: date | None
    tier: str | None
    tier_source: str | None

    @classmethod
    def of(cls, kept: Kept) -> "CustomerView":
        """Show a customer."""
        link, member = kept.link, kept.member
        return cls(
            source=link.source,
            customer_id=link.customer_id,
            member_id=link.member_id,
            linked_at=link.linked_at,
            display_name=member.display_name,
            phone=member.phone,
            email=member.email,
            language="en" if member.language == "en" else "zh",
            birthday=member.birthday,
            tier=member.tier,
            tier_source=member.tier_source,
        )
