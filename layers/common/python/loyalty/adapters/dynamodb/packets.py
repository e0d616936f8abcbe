"""Red packets in DynamoDB: a row for each, one for each claim; the open ones stand in an index."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from loyalty.adapters.dynamodb.actions import IS_NEW, Action, put, update
from loyalty.adapters.dynamodb.items import (
    Attributes,
    Codec,
    instant,
    number,
    read_number,
    read_text,
    text,
)
from loyalty.adapters.dynamodb.keys.activities import (
    PACKET_CLAIM,
    packet_claim_key,
    packet_key,
    packets_of_day_key,
)
from loyalty.adapters.dynamodb.keys.shards import every_shard, shard_of
from loyalty.adapters.dynamodb.reading import Query, Reader
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.domain.packet import PacketClaim, RedPacket
from loyalty.domain.writes import AddClaim, ChangePacket, CountPacket, OpenPacket

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

PacketWrite = OpenPacket | ChangePacket | AddClaim | CountPacket

_PACKETS = Codec(RedPacket, short={"request_digest": "digest"})
_CLAIMS = Codec(PacketClaim)


class DynamoPackets:
    """Keeps `Packets`' promises."""

    def __init__(self, client: "DynamoDBClient", tables: Tables) -> None:
        self._read = Reader(client)
        self._table = tables.activities

    def packet(self, packet_id: str) -> RedPacket | None:
        """Return a packet."""
        item = self._read.get(self._table, packet_key(packet_id))
        return _PACKETS.value(item) if item else None

    def claim(self, packet_id: str, member_id: str) -> PacketClaim | None:
        """Return what a member took of a packet."""
        item = self._read.get(self._table, packet_claim_key(packet_id, member_id))
        return _CLAIMS.value(item) if item else None

    def claims(self, packet_id: str) -> Sequence[PacketClaim]:
        """Return all claims of a packet, the first one first."""
        of_packet = Query(
            self._table,
            "pk = :packet AND begins_with(sk, :claim)",
            {":packet": packet_key(packet_id)["pk"], ":claim": text(PACKET_CLAIM)},
        )
        claims = map(_CLAIMS.value, self._read.query(of_packet))
        return sorted(claims, key=lambda claim: claim.number)

    def due(self, now: datetime) -> Iterator[str]:
        """Yield the ids of packets whose time is over and that have something left."""
        for shard in every_shard():
            over = Query(
                self._table,
                "packet_shard = :shard AND due_at <= :now",
                {":shard": text(shard), ":now": instant(now)},
                index="packets",
            )
            for row in self._read.query(over):
                yield read_text(row, "pk").removeprefix("packet#")


def packet_actions(tables: Tables, write: PacketWrite) -> Iterator[Action]:
    """Yield a write's actions."""
    table = tables.activities
    match write:
        case OpenPacket(packet):
            yield put(table, packet_item(packet), _PACKETS.value, IS_NEW)
        case ChangePacket(packet):
            seen = {":seen": number(packet.version - 1)}
            yield put(table, packet_item(packet), _PACKETS.value, "version = :seen", seen)
        case AddClaim(claim):
            yield put(table, claim_item(claim), _CLAIMS.value, IS_NEW)
        case CountPacket(member_id, day, limit):
            yield update(
                table,
                packets_of_day_key(member_id, day),
                "ADD packets :one",
                lambda item: read_number(item, "packets"),
                where="attribute_not_exists(packets) OR packets < :limit",
                values={":one": number(1), ":limit": number(limit)},
            )


def packet_item(packet: RedPacket) -> Attributes:
    """Return a packet's row; it stands in the index only while somebody may have to close it."""
    row = {
        **packet_key(packet.packet_id),
        **_PACKETS.attributes(packet),
        "version": number(packet.version),
    }
    if packet.closed_at is None:
        row |= {
            "packet_shard": text(shard_of(packet.packet_id)),
            "due_at": instant(packet.expires_at),
        }
    return row


def claim_item(claim: PacketClaim) -> Attributes:
    """Return a claim's row."""
    return {**packet_claim_key(claim.packet_id, claim.member_id), **_CLAIMS.attributes(claim)}
