"""Use case of members: take a share of a red packet."""

from earn.packets.making import rules_of
from loyalty.domain import moving
from loyalty.domain.account import Account, Kind
from loyalty.domain.audit import digest_of
from loyalty.domain.entry import Circumstances
from loyalty.domain.errors import (
    AlreadyClaimed,
    Forbidden,
    LoyaltyError,
    NotAllowedNow,
    NotEligible,
    NotFound,
)
from loyalty.domain.origin import NOWHERE, Origin
from loyalty.domain.packet import PacketClaim, PacketStatus, RedPacket
from loyalty.domain.writes import AddClaim, ChangePacket
from loyalty.joining import member_of
from loyalty.ports import Mall, WriteRefused
from loyalty.posting import LostRace, changes, commit, until_it_holds


def claim_packet(
    mall: Mall, member_id: str, packet_id: str, key: str, origin: Origin = NOWHERE
) -> PacketClaim:
    """Take the next share of a packet, once a member; the same key finds what it took.

    Raises:
        NotFound: there is no such packet.
        AlreadyClaimed: the member has had a share.
        NotAllowedNow: nothing is left, or its time is over.
        NotEligible: it is the member's own, and the programme leaves it to others.
        Forbidden: the member made it as an operator.
        AccountFrozen: a frozen account takes nothing.
        Busy: too many want a share at once; the same key finds what was done.
    """
    digest = digest_of([member_id, key])
    seen: RedPacket | None = None

    def attempt(fresh: Account | None) -> PacketClaim:
        nonlocal seen
        packet, seen = seen or existing(mall, packet_id), None
        _require_claimable(mall, packet, member_id)
        now, programme = mall.clock.now(), mall.programmes.live()
        today = programme.today(now)
        after, lots = packet.claimed_by_next(now, today)
        number, points = after.claimed, packet.shares[packet.claimed]
        claim = PacketClaim(packet_id, member_id, number, points, lots, now, digest)
        account = fresh or _account(mall, member_id)
        kind = Kind.TRANSFER if packet.giver else Kind.EARN
        outcome = moving.receive(account, today, lots, kind)
        why = Circumstances(
            occurred_at=now,
            recorded_at=now,
            reason="red-packet",
            actor=f"member:{member_id}",
            reference=packet_id,
            programme_version=programme.version,
            explanation=_explained(packet, number, points, origin),
        )
        booked = changes(account, outcome, packet.key_of(f"claim:{member_id}"), why)
        try:
            commit(mall, [AddClaim(claim), ChangePacket(after), *booked])
        except WriteRefused as refused:
            found = [it for _, it in refused.found]
            seen = next((it for it in found if isinstance(it, RedPacket)), None)
            earlier = next((it for it in found if isinstance(it, PacketClaim)), None)
            if earlier:
                return earlier
            raise LostRace from refused
        return claim

    try:
        claim = until_it_holds(attempt)
    except LoyaltyError:
        # The answer to this very request may have been lost; then what was done stands.
        before = mall.packets.claim(packet_id, member_id)
        if before is None:
            raise
        claim = before
    if claim.key_digest != digest:
        raise AlreadyClaimed(points=claim.points)
    return claim


def _account(mall: Mall, member_id: str) -> Account:
    """Return an account; who never had any points may be here for the first time, and joins."""
    account = mall.accounts.account(member_id)
    if account.version:
        return account
    member_of(mall, member_id)
    return mall.accounts.account(member_id)


def existing(mall: Mall, packet_id: str) -> RedPacket:
    """Return a packet.

    Raises:
        NotFound: there is none.
    """
    packet = mall.packets.packet(packet_id)
    if packet is None:
        raise NotFound("There is no such red packet.")
    return packet


def _require_claimable(mall: Mall, packet: RedPacket, member_id: str) -> None:
    status = packet.status_at(mall.clock.now())
    if status is not PacketStatus.OPEN:
        raise NotAllowedNow("Nothing can be taken any more.", status=status, allowed_actions=[])
    if packet.made_by == member_id:
        raise Forbidden("Nobody acts on what is their own.")
    if packet.giver == member_id and not rules_of(mall.programmes.live()).giver_may_claim:
        raise NotEligible("This is your own red packet.", reasons=["own-packet"])


def _explained(packet: RedPacket, number: int, points: int, origin: Origin) -> dict[str, object]:
    giver = {"giver": packet.giver} if packet.giver else {}
    share = {"share": number, "of": len(packet.shares), "points": points}
    return {"packet_id": packet.packet_id, **giver, **share, **origin.facts}
