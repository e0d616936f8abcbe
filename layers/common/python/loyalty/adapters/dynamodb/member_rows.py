"""Members, links, waiting orders and the audit as rows."""

from loyalty.adapters.dynamodb.items import Attributes, Codec, Item, number, read_text, text
from loyalty.adapters.dynamodb.keys.members import contact_key, link_key, member_key, waiting_key
from loyalty.adapters.dynamodb.keys.trail import audit_key
from loyalty.domain.audit import AuditRecord
from loyalty.domain.audit_chain import place_of, shard_of
from loyalty.domain.member import CustomerLink, Member, WaitingEvent

_MEMBERS = Codec(Member, omitted=("member_id",))
_LINKS = Codec(CustomerLink)
_WAITING = Codec(WaitingEvent)
_AUDIT = Codec(AuditRecord)


def member_item(member: Member) -> Attributes:
    """Return a profile's row."""
    return {
        **member_key(member.member_id),
        **_MEMBERS.attributes(member),
        "version": number(member.version),
    }


def member_of(item: Item) -> Member:
    """Return the profile that a row holds."""
    return _MEMBERS.value(item, member_id=member_id_of(item))


def member_id_of(item: Item) -> str:
    """Return whose row this is."""
    return read_text(item, "pk").removeprefix("member#")


def contact_items(member: Member) -> list[Attributes]:
    """Return a row for each way to reach a member; one without a contact stands in no index."""
    contacts = {"phone": member.phone, "email": member.email}
    return [
        {**contact_key(member.member_id, kind), **({"contact": text(contact)} if contact else {})}
        for kind, contact in contacts.items()
    ]


def link_item(link: CustomerLink) -> Attributes:
    """Return a link's row."""
    return {**link_key(link.source, link.customer_id), **_LINKS.attributes(link)}


def link_of(item: Item) -> CustomerLink:
    """Return the link that a row holds."""
    return _LINKS.value(item)


def waiting_item(event: WaitingEvent) -> Attributes:
    """Return the row of an order that waits for its customer to be linked."""
    order_id = event.paid.purchase.order_id
    key = waiting_key(event.source, event.customer_id, order_id)
    return {**key, **_WAITING.attributes(event)}


def waiting_of(item: Item) -> WaitingEvent:
    """Return the waiting order that a row holds."""
    return _WAITING.value(item)


def audit_item(record: AuditRecord) -> Attributes:
    """Return the row of an operator's act; the index of acts by time has shards."""
    return {
        **audit_key(record.subject, record.act_id),
        **_AUDIT.attributes(record),
        "trail": text(shard_of(record.act_id)),
        "place": text(place_of(record)),
    }


def audit_of(item: Item) -> AuditRecord:
    """Return the act that a row holds."""
    return _AUDIT.value(item)
