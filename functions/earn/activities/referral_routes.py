"""Referral over HTTP."""

from typing import Annotated

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter
from pydantic import StringConstraints

from earn.activities import bringing
from earn.activities.referral_schemas import BroughtByView, ReferralView
from loyalty.api.auth import CurrentMember
from loyalty.api.idempotency import IdempotencyKey
from loyalty.api.schema import Schema
from loyalty.bootstrap import mall

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call] # the library's own


class CodeRequest(Schema):
    """The code of who brought the caller, in capital or small letters."""

    code: Annotated[
        str, StringConstraints(to_upper=True, min_length=4, max_length=16, pattern="^[0-9A-Za-z]+$")
    ]


@router.get("/v1/me/referral")
def show_referral(caller: CurrentMember) -> ReferralView:
    """One's own code, whom it has brought, and what that has earned."""
    return ReferralView.of(bringing.show_referral(mall(), caller.subject))


@router.post("/v1/me/referral", status_code=201)
def say_who_brought(body: CodeRequest, caller: CurrentMember, key: IdempotencyKey) -> BroughtByView:
    """Say who brought oneself: once, and soon after joining."""
    bond = bringing.say_who_brought(mall(), caller.subject, key, body.code, caller.origin)
    return BroughtByView.model_validate(bond)
