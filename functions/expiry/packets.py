"""Use cases of expiry: what nobody took of a red packet goes home."""

from itertools import islice

from loyalty.domain import moving
from loyalty.domain.account import Account
from loyalty.domain.entry import Circumstances
from loyalty.domain.packet import RedPacket
from loyalty.domain.writes import ChangePacket, Write
from loyalty.ports import Mall, WriteRefused
from loyalty.posting import LostRace, changes, commit, until_it_holds

BATCH = 100


def queue_packets(mall: Mall) -> int:
    """Hand over every packet whose time is over and that has something left; return how many.

    Its cost grows with what is due. Handing one over twice is harmless.
    """
    packets, due = 0, iter(mall.packets.due(mall.clock.now()))
    while batch := list(islice(due, BATCH)):
        mall.packet_queue.add(batch)
        packets += len(batch)
    return packets


def return_packet(mall: Mall, packet_id: str) -> int:
    """Give back what is left of a packet, each point to its own lot; return how many points.

    Points whose day has passed lapse there. A merchant's packet is closed: its points never were.

    Raises:
        Busy: races went on being lost.
    """

    def attempt(fresh: Account | None) -> int:
        packet, now = mall.packets.packet(packet_id), mall.clock.now()
        if packet is None or packet.closed_at is not None or packet.expires_at > now:
            return 0
        closed = packet.closed(now)
        writes: list[Write] = [ChangePacket(closed)]
        if packet.giver:
            account = fresh or mall.accounts.account(packet.giver)
            writes += _homecoming(mall, packet, account)
        try:
            commit(mall, writes)
        except WriteRefused as refused:
            raise LostRace from refused
        return closed.returned

    return until_it_holds(attempt)


def _homecoming(mall: Mall, packet: RedPacket, account: Account) -> tuple[Write, ...]:
    now, programme = mall.clock.now(), mall.programmes.live()
    outcome = moving.take_home(account, programme.today(now), packet.lots)
    why = Circumstances(
        occurred_at=now,
        recorded_at=now,
        reason="red-packet-returned",
        actor="system",
        reference=packet.packet_id,
        programme_version=programme.version,
        explanation={
            "packet_id": packet.packet_id,
            "unclaimed_shares": len(packet.shares) - packet.claimed,
            "points": sum(packet.lots.values()),
        },
    )
    return changes(account, outcome, packet.key_of("return"), why)
