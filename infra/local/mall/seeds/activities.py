"""What the demonstration gives for other things than purchases."""

from loyalty.domain.check_in import CheckInRules, RepairRules
from loyalty.domain.packet import PacketRules

CHECK_INS = CheckInRules(
    ladder=(1, 2, 3, 4, 5, 6, 7),
    week_bonus=5,
    month_bonus=30,
    repair=RepairRules(price=10, days_back=7, per_month=3),
)

RED_PACKETS = PacketRules(most_points=10_000, most_shares=100, hours=24, per_day=100)
