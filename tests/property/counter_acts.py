"""Acts at the counter: redeem, call off, decide, conclude, hand over."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Self

from loyalty.domain.errors import (
    AlreadyDecided,
    IdempotencyKeyReused,
    InsufficientPoints,
    LoyaltyError,
    NotAllowedNow,
    NotFound,
)
from loyalty.domain.pricing.offers import CASH_OPTION
from loyalty.domain.redemption import Redemption, Status, Verdict, redemption_id_for
from property.tokens import Place
from property.world import CASH_ITEM, MEMBER, Told, World
from redeem.booking import existing
from redeem.fulfil import fulfil
from redeem.review import conclude

NONE = NotFound.slug
FIRST_STATUS = {"itm_rare": Status.PENDING_REVIEW, CASH_ITEM: Status.PENDING_PAYMENT}


@dataclass(frozen=True)
class CounterAct:
    """An act on the redemption ``back`` from a new one."""

    back: int
    key: str = ""

    def at(self, world: World) -> Self:
        """Name the redemption that is meant now by its key."""
        return replace(self, key=world.key_called(self.back))

    @property
    def redemption_id(self) -> str:
        """The id that the key stands for."""
        return redemption_id_for(MEMBER, self.key)

    def real(self, world: World) -> str:
        """Do it at the mall; a refusal's slug is an answer too."""
        try:
            return self._do(world)
        except LoyaltyError as refusal:
            if refusal.slug == "busy":
                raise
            return refusal.slug

    def told(self, world: World) -> str:
        """Do it with the tokens."""
        told = world.redemptions.get(self.key)
        return self._tell(world, told) if told else NONE

    def _found(self, world: World) -> Redemption:
        return existing(world.mall, self.redemption_id)

    def _do(self, world: World) -> str:
        raise NotImplementedError

    def _tell(self, world: World, told: Told) -> str:
        raise NotImplementedError


@dataclass(frozen=True)
class Redeems(CounterAct):
    """Orders something for points (0: all there are); the reviewed item's points are held."""

    points: int = 1
    item_id: str = "itm_tea"

    def at(self, world: World) -> Self:
        """Name the redemption, and count the points that are meant."""
        points = self.points or len(world.tokens.live(world.today)) or 1
        return replace(super().at(world), points=points)

    def _do(self, world: World) -> str:
        option = CASH_OPTION if self.item_id == CASH_ITEM else "points"
        world.counter.redeem(self.points, self.item_id, key=self.key, option=option)
        return "taken"

    def told(self, world: World) -> str:
        """Do it with the tokens."""
        earlier = world.redemptions.get(self.key)
        if earlier:
            same = (earlier.points, earlier.item_id) == (self.points, self.item_id)
            return "taken" if same else IdempotencyKeyReused.slug
        status = FIRST_STATUS.get(self.item_id, Status.CONFIRMED)
        place = Place.SPENT if status is Status.CONFIRMED else Place.HELD
        if not world.tokens.take(self.key, self.points, place, world.today):
            return InsufficientPoints.slug
        due_at = world.mall.clock.now() + timedelta(minutes=30)
        world.redemptions[self.key] = Told(self.item_id, self.points, status, due_at=due_at)
        return "taken"


@dataclass(frozen=True)
class CallsOff(CounterAct):
    """The member cancels."""

    def _do(self, world: World) -> str:
        return world.counter.cancel(self._found(world)).status

    def _tell(self, world: World, told: Told) -> str:
        waits = told.status is Status.PENDING_REVIEW and told.verdict is None
        if waits or told.status in {Status.PENDING_PAYMENT, Status.CONFIRMED}:
            world.tokens.give_back(self.key, world.today, grace=None)
            told.status = Status.CANCELLED
        return told.status if told.status is Status.CANCELLED else NotAllowedNow.slug


@dataclass(frozen=True)
class Decides(CounterAct):
    """A reviewer says a word, once under its key."""

    verdict: Verdict = Verdict.APPROVE
    word: str = "word-1"

    def _do(self, world: World) -> str:
        world.counter.decide(self._found(world), self.verdict, key=self.word)
        return "said"

    def _tell(self, world: World, told: Told) -> str:  # noqa: ARG002 # no point moves
        if told.word == self.word:
            return "said" if told.verdict is self.verdict else IdempotencyKeyReused.slug
        if told.status is not Status.PENDING_REVIEW or told.verdict:
            return AlreadyDecided.slug
        told.verdict, told.word = self.verdict, self.word
        return "said"


@dataclass(frozen=True)
class Concludes(CounterAct):
    """The machine carries out what was decided; nothing decided means out of time."""

    def _do(self, world: World) -> str:
        return conclude(world.mall, self.redemption_id).status

    def _tell(self, world: World, told: Told) -> str:
        if told.status is not Status.PENDING_REVIEW:
            return told.status
        if told.verdict is Verdict.APPROVE:
            world.tokens.spend_held(self.key)
            told.status = Status.CONFIRMED
            return told.status
        world.tokens.give_back(self.key, world.today, world.grace)
        told.status = Status.REJECTED if told.verdict else Status.REVIEW_EXPIRED
        return told.status


@dataclass(frozen=True)
class HandsOver(CounterAct):
    """Fulfilment: from now on nothing can be called off."""

    def _do(self, world: World) -> str:
        return fulfil(world.mall, self.redemption_id).status

    def _tell(self, world: World, told: Told) -> str:  # noqa: ARG002 # no point moves
        if told.status is Status.CONFIRMED:
            told.status = Status.COMPLETED
        return told.status
