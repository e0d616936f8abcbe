"""Use case of operators: a shop's customer is this member."""

from loyalty.auditing import OperatorAct, commit_once
from loyalty.domain.audit import Operator
from loyalty.domain.errors import AlreadyExists
from loyalty.domain.member import CustomerLink
from loyalty.domain.writes import AddLink
from loyalty.ports import Mall, WriteRefused
from member.lookup import existing


def link_customer(
    mall: Mall, operator: Operator, key: str, member_id: str, source: str, customer_id: str
) -> CustomerLink:
    """Link a shop's customer to a member; what waited for the link is credited after it.

    A customer who is linked to this member already stays so.

    Raises:
        NotFound: there is no such member.
        Forbidden: the member is the operator.
        AlreadyExists: the customer is linked to another member.
        IdempotencyKeyReused: the key came with another customer before.
    """
    operator.acts_for_others(member_id)
    existing(mall, member_id)
    link = CustomerLink(source, customer_id, member_id, mall.clock.now(), operator.subject)
    request = {"source": source, "customer_id": customer_id}
    act = OperatorAct(operator, "member.link", member_id, key, request=request, after=request)
    try:
        if commit_once(mall, act, [AddLink(link)]) is None:
            return link
        found = mall.members.link(source, customer_id)
    except WriteRefused as refused:
        found = next((it for _, it in refused.found if isinstance(it, CustomerLink)), None)
    if found is None or found.member_id != member_id:
        raise AlreadyExists("This customer is linked to another member.")
    return found
