"""Red packets over HTTP."""

from earn.packets import claiming, making, showing
from earn.packets.schemas import ClaimView, OfferForm, PacketForm, PacketView
from loyalty.api import create_router
from loyalty.api.auth import CurrentMember, Operator, Reader
from loyalty.api.idempotency import IdempotencyKey
from loyalty.bootstrap import mall

router = create_router()

PACKETS, OFFERS = "/v1/red-packets", "/v1/admin/red-packets"


@router.post(PACKETS, status_code=201)
def give_packet(body: PacketForm, caller: CurrentMember, key: IdempotencyKey) -> PacketView:
    """Put points of one's own into a red packet; whoever is told its id may take a share."""
    made = making.give_packet(mall(), caller.subject, body.wish(key), caller.origin)
    return PacketView.of(showing.sight_of(mall(), made))


@router.get(f"{PACKETS}/<packet_id>")
def show_packet(packet_id: str, caller: CurrentMember) -> PacketView:
    """A red packet: all of its claims for whoever gave it, else one's own."""
    return PacketView.of(showing.show_packet(mall(), caller.subject, packet_id))


@router.post(f"{PACKETS}/<packet_id>/claims", status_code=201)
def claim_packet(packet_id: str, caller: CurrentMember, key: IdempotencyKey) -> ClaimView:
    """Take a share of a red packet, once; how much was drawn when the packet was made."""
    claim = claiming.claim_packet(mall(), caller.subject, packet_id, key, caller.origin)
    return ClaimView.of(claim)


@router.post(OFFERS, status_code=201)
def offer_packet(body: OfferForm, caller: Operator, key: IdempotencyKey) -> PacketView:
    """Make a red packet of the merchant's; what nobody takes is never issued."""
    made = making.offer_packet(mall(), caller.operator, body.wish(key))
    return PacketView.of(showing.sight_of(mall(), made))


@router.get(f"{OFFERS}/<packet_id>")
def show_any_packet(packet_id: str, _caller: Reader) -> PacketView:
    """Any red packet, with all of its claims."""
    return PacketView.of(showing.show_to_operators(mall(), packet_id))
