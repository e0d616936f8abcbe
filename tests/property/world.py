"""The real mall in memory, and beside it what is told of it: tokens, orders heard, redemptions."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from loyalty.adapters.memory import MemoryMall
from loyalty.adapters.memory.surroundings import NOON
from loyalty.domain.claw_back import ClawBackPolicy
from loyalty.domain.item import Review
from loyalty.domain.pricing.offers import CashOption
from loyalty.domain.programme import CurrencyRates, Programme, Rate, ReturnWindow
from loyalty.domain.redemption import Status, Verdict
from loyalty.domain.validity import Validity
from property.shop_orders import Heard
from property.tokens import Tokens
from support.counter import Counter, put_on_shelf
from support.shop import Shop

RETURN_WINDOW_DAYS = 6
MEMBER = "lin"
CASH_ITEM = "itm_cup"
CASH = CashOption(1, "6.50", "CNY")


@dataclass
class Told:
    """A redemption as it is told."""

    item_id: str
    points: int
    status: Status
    verdict: Verdict | None = None
    word: str | None = None
    due_at: datetime | None = None
    is_paid: bool = False


@dataclass(frozen=True)
class Plan:
    """What a shop's order is, settled when it is first heard of."""

    yuan: int
    category: str
    days_before: int


@dataclass
class World:
    """One member, one shop, three items at a point each: one is reviewed, one costs money too."""

    validity: Validity
    policy: ClawBackPolicy
    grace_days: int
    tokens: Tokens = field(default_factory=Tokens)
    plans: dict[str, Plan] = field(default_factory=dict)
    paid_at: dict[str, datetime] = field(default_factory=dict)
    heard: dict[str, Heard] = field(default_factory=dict)
    redemptions: dict[str, Told] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rules = Programme(
            version=1,
            rates={"CNY": CurrencyRates(Rate(2, Decimal(3)))},
            validity=self.validity,
            return_window=ReturnWindow(categories={"preorder": RETURN_WINDOW_DAYS}),
            claw_back=self.policy,
            grace_days=self.grace_days,
        )
        self.mall = MemoryMall(rules, NOON)
        self.shop, self.counter = Shop(self.mall), Counter(self.mall)
        put_on_shelf(self.mall, "itm_tea")
        put_on_shelf(self.mall, "itm_rare", review=Review.ALWAYS)
        put_on_shelf(self.mall, CASH_ITEM, points=2, cash_option=CASH)

    @property
    def today(self) -> date:
        """The programme's day, reckoned without the programme: Shanghai is 8 hours ahead."""
        return (self.mall.clock.now() + timedelta(hours=8)).date()

    @property
    def grace(self) -> date:
        """The last day of what is given back late through our own doing."""
        fresh = self.validity.expires_on(self.today)
        return min(self.today + timedelta(days=self.grace_days), fresh)

    def order_called(self, back: int) -> str:
        """Return the name of a new order, or of one that so many have followed."""
        return f"A{max(len(self.heard) - back, 0):02}"

    def key_called(self, back: int) -> str:
        """Return a new key, or the key of a redemption that so many have followed."""
        return f"key-{max(len(self.redemptions) - back, 0):02}"

    def plan(self, order: str, plan: Plan) -> Plan:
        """Return what an order is; the first plan stands."""
        plan = self.plans.setdefault(order, plan)
        if order not in self.heard:
            at = self.paid_at[order] = self.mall.clock.now() - timedelta(plan.days_before)
            paid_on = (at + timedelta(hours=8)).date()
            window = RETURN_WINDOW_DAYS if plan.category == "preorder" else 0
            self.heard[order] = Heard(
                self.validity.expires_on(paid_on), paid_on + timedelta(days=window)
            )
        return plan

    def book(self, order: str, net_before: int) -> None:
        """Grant or take back what an order is worth more or less than before."""
        heard, today = self.heard[order], self.today
        difference = heard.net - net_before
        if difference > 0:
            waits = heard.usable_on > today or bool(self.tokens.pending(order))
            self.tokens.grant(order, difference, heard.day, today, waits=waits)
        elif difference < 0:
            owes = self.policy is ClawBackPolicy.DEBT
            self.tokens.claw_back(order, -difference, heard.day, today, owes=owes)
