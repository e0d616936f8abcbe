"""Members over HTTP, for merchants' own systems."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends
from aws_lambda_powertools.event_handler.openapi.params import Path
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from loyalty.api.auth import Caller, Scope, program_with
from loyalty.bootstrap import mall
from member.lookup import show_member
from member.schemas import BalanceView
from member.shops.keeping import keep_customer
from member.shops.schemas import CustomerForm, CustomerView

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call] # the library's own

Shop = Annotated[Caller, Depends(program_with(Scope.MEMBERS))]
PathName = Annotated[str, Path(min_length=1, max_length=128)]


@router.get("/v1/members/<member_id>/points")
def show_points_to_shop(member_id: str, _caller: Shop) -> BalanceView:
    """What a member has, for the shop to show."""
    return BalanceView.of(show_member(mall(), member_id).balance)


@router.put("/v1/members/<source>/<customer_id>")
def keep_equal(
    source: PathName, customer_id: PathName, body: CustomerForm, caller: Shop
) -> CustomerView:
    """Make a customer's profile and tier what the shop says; the first time, name the member."""
    customer = body.customer(source, customer_id, caller.subject)
    return CustomerView.of(keep_customer(mall(), customer))
