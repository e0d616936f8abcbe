"""What the demonstration gives for other things than purchases."""

from loyalty.domain.check_in import CheckInRules, RepairRules

CHECK_INS = CheckInRules(
    ladder=(1, 2, 3, 4, 5, 6, 7),
    week_bonus=5,
    month_bonus=30,
    repair=RepairRules(price=10, days_back=7, per_month=3),
)
