"""Handing over: codes out of the pool, services at once; parcels wait for an operator."""

import secrets
from dataclasses import replace

from loyalty.domain.account import Account
from loyalty.domain.item import ItemKind
from loyalty.domain.redemption import Redemption, Status
from loyalty.domain.writes import ChangeRedemption, ClaimCode
from loyalty.ports import Mall
from loyalty.posting import until_it_holds
from redeem.booking import commit_or_race, existing

POOL_SAMPLE = 20
"""Codes looked at beyond those needed, so that claims at the same moment seldom meet."""


def fulfil(mall: Mall, redemption_id: str) -> Redemption:
    """Hand over what can be handed over now; what was handed over before stays.

    A redemption whose pool has run out of codes stays ``confirmed`` until more are imported.

    Raises:
        NotFound: there is no such redemption.
    """

    def attempt(_: Account | None) -> Redemption:
        redemption = existing(mall, redemption_id)
        if redemption.status is not Status.CONFIRMED:
            return redemption
        match redemption.item_kind:
            case ItemKind.PHYSICAL:
                return redemption
            case ItemKind.SERVICE:
                done = redemption.reach(Status.COMPLETED, mall.clock.now())
                commit_or_race(mall, [ChangeRedemption(done)])
                return done
            case ItemKind.VIRTUAL:
                return _hand_over_codes(mall, redemption)

    return until_it_holds(attempt)


def _hand_over_codes(mall: Mall, redemption: Redemption) -> Redemption:
    needed = redemption.quantity
    free = list(mall.catalog.free_codes(redemption.item_id, needed + POOL_SAMPLE))
    if len(free) < needed:
        return redemption
    secrets.SystemRandom().shuffle(free)
    claims = [
        ClaimCode(redemption.item_id, digest, ciphertext, redemption.redemption_id)
        for digest, ciphertext in free[:needed]
    ]
    done = replace(
        redemption.reach(Status.COMPLETED, mall.clock.now()),
        code_ids=tuple(claim.digest for claim in claims),
    )
    commit_or_race(mall, [ChangeRedemption(done), *claims])
    return done
