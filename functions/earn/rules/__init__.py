"""What a purchase earns (pure): rates, what multiplies them, campaigns, caps, rounded once."""

from earn.rules.scene import Room, Scene
from earn.rules.worth import Bonus, Worth, worth_of

__all__ = ["Bonus", "Room", "Scene", "Worth", "worth_of"]
