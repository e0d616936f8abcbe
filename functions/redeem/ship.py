"""Parcels: an operator ships, the member confirms the receipt."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from loyalty.auditing import OperatorAct, record_of
from loyalty.domain.account import Account
from loyalty.domain.audit import Operator
from loyalty.domain.redemption import Redemption, Shipment, Status
from loyalty.domain.steps import Act, Actor, require
from loyalty.domain.writes import AddAudit, ChangeRedemption
from loyalty.ports import Mall
from loyalty.posting import until_it_holds
from redeem.booking import commit_or_race, existing, owned
from redeem.orders import check_delivery


@dataclass(frozen=True, slots=True)
class Parcel:
    """Who carries it, and under which number."""

    carrier: str
    tracking_number: str


def ship(
    mall: Mall, operator: Operator, redemption_id: str, key: str, parcel: Parcel
) -> Redemption:
    """Note the parcel; the same parcel noted before is fine.

    Raises:
        NotFound: there is no such redemption.
        Forbidden: it is the operator's own.
        NotAllowedNow: it is not waiting for a parcel.
    """

    def attempt(_: Account | None) -> Redemption:
        redemption = existing(mall, redemption_id)
        sent = redemption.shipment
        if sent and Parcel(sent.carrier, sent.tracking_number) == parcel:
            return redemption
        operator.acts_for_others(redemption.member_id)
        require(redemption, Act.SHIP, Actor.OPERATOR)
        now = mall.clock.now()
        shipped = replace(
            redemption.reach(Status.SHIPPED, now),
            shipment=Shipment(parcel.carrier, parcel.tracking_number, now),
        )
        parcel_facts = asdict(parcel)
        act = OperatorAct(
            operator,
            "redemption.ship",
            redemption_id,
            key,
            request=parcel_facts,
            before={"status": redemption.status.value},
            after=parcel_facts,
        )
        commit_or_race(mall, [ChangeRedemption(shipped), AddAudit(record_of(mall, act))])
        return shipped

    return until_it_holds(attempt)


def change_delivery(
    mall: Mall, member_id: str, redemption_id: str, delivery: Mapping[str, str]
) -> Redemption:
    """Send the parcel to another address, while it has not left.

    Raises:
        NotFound: there is none, or it is another member's.
        NotAllowedNow: it is too late, or there is no parcel.
        Invalid: the address lacks something.
    """

    def attempt(_: Account | None) -> Redemption:
        redemption = owned(mall, member_id, redemption_id)
        require(redemption, Act.CHANGE_DELIVERY, Actor.MEMBER)
        check_delivery(redemption.item_kind, delivery)
        changed = replace(redemption, delivery=delivery, version=redemption.version + 1)
        commit_or_race(mall, [ChangeRedemption(changed)])
        return changed

    return until_it_holds(attempt)


def confirm_receipt(mall: Mall, member_id: str, redemption_id: str) -> Redemption:
    """Note that the parcel has arrived; noted before is fine.

    Raises:
        NotFound: there is none, or it is another member's.
        NotAllowedNow: nothing is on its way.
    """

    def attempt(_: Account | None) -> Redemption:
        redemption = owned(mall, member_id, redemption_id)
        if redemption.status is Status.RECEIVED:
            return redemption
        require(redemption, Act.CONFIRM_RECEIPT, Actor.MEMBER)
        received = redemption.reach(Status.RECEIVED, mall.clock.now())
        commit_or_race(mall, [ChangeRedemption(received)])
        return received

    return until_it_holds(attempt)
