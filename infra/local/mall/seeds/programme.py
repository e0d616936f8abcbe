"""The programme of the demonstration: what purchases earn, how long points live, who reviews."""

from decimal import Decimal

from loyalty.adapters.dynamodb.programmes import DynamoProgrammes, NoProgramme
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.domain.birthday import BirthdayRules
from loyalty.domain.offset import OffsetRate, OffsetRules
from loyalty.domain.programme import CurrencyRates, Programme, Rate, ReturnWindow
from loyalty.domain.rates import ClassRate, UnitRate
from mall.aws import Aws
from mall.seeds.activities import CHECK_INS, RED_PACKETS, REFERRAL, TASKS, WELCOME
from mall.seeds.tiers import TIERS
from mall.seeds.watching import ANOMALIES
from mall.stack_file import Stack

TIME_ZONE = "Asia/Shanghai"

DEMONSTRATION = Programme(
    version=8,  # raise it with every change below: a stack that is there gets what is newer
    time_zone=TIME_ZONE,
    rates={
        "CNY": CurrencyRates(
            default=Rate(1),
            categories={"new-arrivals": Rate(1, Decimal(5)), "basics": Rate(1, Decimal(10))},
            classes={"slim": ClassRate(1, Decimal(10))},
            units={"night": UnitRate(100, {"gold": 150, "diamond": 200}, ("hotel",))},
        ),
        "USD": CurrencyRates(default=Rate(7)),
        "EUR": CurrencyRates(default=Rate(8)),
        "AUD": CurrencyRates(default=Rate(5)),
    },
    return_window=ReturnWindow(days=0, categories={"preorder": 14}),
    tiers=TIERS,
    welcome=WELCOME,
    check_ins=CHECK_INS,
    red_packets=RED_PACKETS,
    tasks=TASKS,
    referral=REFERRAL,
    birthday=BirthdayRules(),
    anomalies=ANOMALIES,
    offset=OffsetRules({"CNY": OffsetRate(500, Decimal(20))}, largest_share=Decimal("0.5")),
)


def publish(aws: Aws, stack: Stack) -> None:
    """Put it in force, unless this version or a newer one of an operator's is."""
    programmes = DynamoProgrammes(aws.dynamodb, Tables(programmes=stack.tables["ProgrammesTable"]))
    try:
        in_force = programmes.live().version
    except NoProgramme:
        in_force = 0
    if in_force < DEMONSTRATION.version:
        programmes.publish(DEMONSTRATION)
