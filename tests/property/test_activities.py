"""Whatever happens to friends' orders, and however it is told, what follows is the same."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from earn.activities.bringing import say_who_brought, show_referral
from earn.activities.check_ins import check_in
from earn.activities.purchases import OF_POINTS, settle_order
from earn.activities.repairs import repair_day
from loyalty.adapters.memory import MemoryMall
from loyalty.adapters.memory.surroundings import ONE_YUAN_A_POINT
from loyalty.domain.changes import events_of
from loyalty.domain.entry import Entry
from loyalty.domain.errors import LoyaltyError
from loyalty.domain.events import Event
from loyalty.domain.orders import CustomerRef
from loyalty.domain.referral import ReferralRules
from loyalty.domain.task import Task, TaskCaps, TaskKind, TaskProof
from loyalty.joining import member_of
from mall.seeds.activities import CHECK_INS, WELCOME
from member.reconciling import reconcile_member
from support.shop import Shop

LIN, MEI = "lin", "mei"
ORDERS = ("A1", "A2", "A3")
WORTH = 90
FRIEND_BUYS = Task(
    "friend-buys",
    {"zh": "好友下单", "en": "A friend buys"},
    50,
    TaskKind.PER_REFERENCE,
    TaskProof.PURCHASE,
    TaskCaps(total=100),
)
RULES = replace(
    ONE_YUAN_A_POINT,
    version=2,
    tasks=(FRIEND_BUYS,),
    referral=ReferralRules(500, 300),
    welcome=WELCOME,
    check_ins=CHECK_INS,
)


@dataclass
class Story:
    """Mei, whom lin has brought, orders and sends back; the bus tells of it as it likes."""

    mall: MemoryMall = field(default_factory=lambda: MemoryMall(RULES))
    refunded: dict[str, int] = field(default_factory=dict)
    paid: set[str] = field(default_factory=set)
    untold: list[Event] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        member_of(self.mall, MEI)
        code = show_referral(self.mall, LIN).referrer.code
        say_who_brought(self.mall, MEI, "key-0001", code)
        self.shop = Shop(self.mall, CustomerRef(MEI), shared_by=code)

    def pays(self, order_id: str) -> None:
        self.shop.pays(order_id, WORTH)
        self.paid.add(order_id)

    def refunds(self, order_id: str) -> None:
        times = self.refunded.get(order_id, 0)
        self.shop.refunds(order_id, WORTH // 2, f"R{times}")
        self.refunded[order_id] = times + 1

    def hear(self) -> None:
        """Let the bus take up what is new."""
        for entry in self.entries(MEI):
            if entry.key.entry_id not in self.seen:
                self.seen.add(entry.key.entry_id)
                self.untold += [it for it in events_of(entry) if it.name in OF_POINTS]

    def tell(self, events: Iterable[Event]) -> None:
        for event in events:
            settle_order(self.mall, event)

    def entries(self, member_id: str) -> list[Entry]:
        return list(reversed(self.mall.ledger.statement(member_id, limit=100).items))

    def given(self, member_id: str, *reasons: str) -> int:
        """What a member was given, and not taken back, for some reasons."""
        told = [entry for entry in self.entries(member_id) if entry.reason in reasons]
        return sum(entry.points - entry.debt for entry in told)

    @property
    def standing(self) -> int:
        return sum(self.refunded.get(order, 0) < 2 for order in self.paid)


NAMES = st.sampled_from(["pays", "refunds", "tells one", "tells one again"])
ACTS = st.lists(st.tuples(NAMES, st.integers(0, 2)), max_size=14)


@given(ACTS, st.randoms(use_true_random=False))
def test_both_sides_keep_the_reward_while_one_real_purchase_stands(
    acts: list[tuple[str, int]], random: Random
) -> None:
    story, told = Story(), list[Event]()
    for name, number in acts:
        order = ORDERS[number]
        if name == "pays":
            story.pays(order)
        elif name == "refunds":
            story.refunds(order)
        elif name == "tells one" and story.untold:
            told.append(story.untold.pop(random.randrange(len(story.untold))))
            story.tell(told[-1:])
        elif told:
            story.tell([random.choice(told)])
        story.hear()
    random.shuffle(story.untold)
    story.tell(story.untold)

    is_real = story.standing > 0
    assert story.given(MEI, "referral", "referral-reversed") == 500 * is_real
    assert story.given(LIN, "referral", "referral-reversed") == 300 * is_real
    assert story.given(LIN, "task", "task-reversed") == 50 * story.standing
    for member_id in (LIN, MEI):
        assert not reconcile_member(story.mall, member_id).differences


DAYS = st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=40)


@given(DAYS)
def test_check_ins_and_repairs_add_up_whatever_is_tried(days: list[tuple[int, bool]]) -> None:
    mall = MemoryMall(RULES)
    for pause, repairs in days:
        mall.clock.travel(days=pause)
        today = RULES.today(mall.clock.now())
        for attempt in (lambda: check_in(mall, LIN), lambda: check_in(mall, LIN)):
            _try(attempt)
        if repairs:
            for back in (1, 2, 3):
                _try(lambda day=today - timedelta(days=back): repair_day(mall, LIN, day))
    entries = mall.ledger.statement(LIN, limit=100).items
    marked = [entry for entry in entries if entry.key.fact.startswith("check-in:")]
    assert len({entry.key.fact for entry in marked}) == len(marked)
    assert mall.accounts.account(LIN).available_on(today) == sum(entry.points for entry in entries)
    assert not reconcile_member(mall, LIN).differences


def _try(act: object) -> None:
    try:
        act()  # type: ignore[operator] # any of them
    except LoyaltyError:
        return
