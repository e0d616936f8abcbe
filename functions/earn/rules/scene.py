"""What decides a purchase's worth besides itself and the programme."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from loyalty.domain.buyer import Buyer
from loyalty.domain.campaign import Campaign


@dataclass(frozen=True, slots=True)
class Room:
    """How many points may still be given: by some campaigns, and on the day; absent: any number."""

    campaigns: Mapping[str, int] = field(default_factory=dict)
    day: int | None = None

    def of(self, campaign: Campaign) -> int | None:
        """Return what a campaign may still give; None: no bound."""
        return self.campaigns.get(campaign.campaign_id, campaign.most)


@dataclass(frozen=True, slots=True)
class Scene:
    """Who buys (None: nothing is known of them), the campaigns there are, and the room there is."""

    buyer: Buyer | None = None
    campaigns: Sequence[Campaign] = ()
    room: Room = field(default_factory=Room)


PLAIN = Scene()
