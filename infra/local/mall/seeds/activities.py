"""What the demonstration gives for other things than purchases."""

from loyalty.domain.check_in import CheckInRules, RepairRules
from loyalty.domain.packet import PacketRules
from loyalty.domain.referral import ReferralRules
from loyalty.domain.task import Task, TaskCaps, TaskKind, TaskProof
from loyalty.domain.welcome import WelcomeRules

WELCOME = WelcomeRules(points=100)

CHECK_INS = CheckInRules(
    ladder=(1, 2, 3, 4, 5, 6, 7),
    week_bonus=5,
    month_bonus=30,
    repair=RepairRules(price=10, days_back=7, per_month=3),
)

TASKS = (
    Task(
        "complete-profile",
        {"zh": "完善资料", "en": "Complete your profile"},
        100,
        proof=TaskProof.PROFILE,
    ),
    Task("share-link", {"zh": "分享链接", "en": "Share a link"}, 10, TaskKind.DAILY),
    Task(
        "friend-buys",
        {"zh": "好友通过链接下单", "en": "A friend buys through your link"},
        50,
        TaskKind.PER_REFERENCE,
        TaskProof.PURCHASE,
        TaskCaps(per_day=10, per_month=50),
    ),
    Task(
        "review-product",
        {"zh": "评价商品", "en": "Review a product"},
        20,
        TaskKind.PER_REFERENCE,
        TaskProof.MERCHANT,
        TaskCaps(per_day=5),
    ),
    Task("survey", {"zh": "填写问卷", "en": "Answer a survey"}, 30),
    Task(
        "product-trial",
        {"zh": "产品试用", "en": "Try a product"},
        40,
        TaskKind.PER_REFERENCE,
        TaskProof.MERCHANT,
        TaskCaps(per_month=2),
    ),
    Task(
        "join-activity",
        {"zh": "参加活动", "en": "Join an activity"},
        15,
        TaskKind.PER_REFERENCE,
        TaskProof.MERCHANT,
        TaskCaps(per_day=1, total=50),
    ),
)

RED_PACKETS = PacketRules(most_points=10_000, most_shares=100, hours=24, per_day=100)

REFERRAL = ReferralRules(
    friend_points=500,
    referrer_points=500,
    within_days=30,
    per_month=20,
    total=200,
    link="https://shop.example/?ref={code}",
)
