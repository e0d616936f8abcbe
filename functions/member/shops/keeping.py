"""Use case of shops: a customer's profile and tier here are what the shop says they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from loyalty.domain.errors import AlreadyExists, NotFound
from loyalty.domain.member import CustomerLink, Member
from loyalty.domain.writes import AddLink, ChangeMember, Write
from loyalty.joining import member_of
from loyalty.ports import Mall
from loyalty.posting import until_it_holds
from member.service import require_past_birthday
from member.shops.telling import Telling
from member.tiers.standing import commit_or_again


@dataclass(frozen=True, slots=True)
class Customer:
    """A shop's customer, as the shop's program tells of one.

    ``profile`` holds the fields that it names; ``says_tier``: whether it names the tier (None:
    it gives none).
    """

    source: str
    customer_id: str
    told_by: str
    member_id: str | None = None
    profile: Mapping[str, Any] = field(default_factory=dict)
    says_tier: bool = False
    tier: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The member as kept equal with the shop, and the link to the shop's customer."""

    member: Member
    link: CustomerLink


def keep_customer(mall: Mall, customer: Customer) -> Kept:
    """Make a customer's profile and tier what the shop says; the first time, link the member.

    A member who has never called is made, and welcomed. Said again, it changes nothing.

    Raises:
        NotFound: the customer is linked to nobody, and no member is named.
        AlreadyExists: the customer is linked to another member.
        Invalid: the programme has no such tier, or the birthday is still to come.
        Busy: the profile is changed all the time.
    """
    require_past_birthday(mall, customer.profile.get("birthday"))

    def attempt(_: object) -> Kept:
        now = mall.clock.now()
        linked = mall.members.link(customer.source, customer.customer_id)
        link = linked or _new_link(customer, now)
        if customer.member_id not in {None, link.member_id}:
            raise AlreadyExists("This customer is linked to another member.")
        before = member_of(mall, link.member_id)
        telling = Telling(
            programme=mall.programmes.live(),
            now=now,
            source=customer.source,
            before=before,
            told=replace(before, **customer.profile),
            count=mall.tiers.count(before.member_id),
        )
        told = telling.of_tier(customer.tier) if customer.says_tier else telling.of_profile()
        writes: tuple[Write, ...] = told if linked else (AddLink(link), *told)
        if writes:
            commit_or_again(mall, writes)
        changed = (write.member for write in writes if isinstance(write, ChangeMember))
        return Kept(next(changed, before), link)

    return until_it_holds(attempt)


def _new_link(customer: Customer, now: datetime) -> CustomerLink:
    if customer.member_id is None:
        raise NotFound("This customer is linked to nobody: name the member.")
    who = (customer.source, customer.customer_id, customer.member_id)
    return CustomerLink(*who, now, customer.told_by)
