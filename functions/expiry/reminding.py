"""Use cases of reminders: find who has something expiring soon, and tell each of them once."""

from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from loyalty.domain.programme import Programme
from loyalty.domain.reminder import reminder_due
from loyalty.ports import Mall

BATCH = 100


def queue_reminders(mall: Mall, *, at_once: bool = False) -> int:
    """Hand over everybody with something that expires within the largest lead, once a day.

    Its cost grows with those, not with members. Interrupted, the next hour hands all of them over
    again, which tells nobody anything twice. ``at_once`` asks neither the hour nor the day.

    Returns:
        How many members were handed over.
    """
    programme, now = mall.programmes.live(), mall.clock.now()
    today = programme.today(now)
    if not at_once and (_is_too_early(programme, now) or mall.reminders.last_run() == today):
        return 0
    members = 0
    after = programme.reminders.horizon(today) + timedelta(days=1)
    expiring = iter(mall.accounts.due_to_lapse(after))
    while batch := list(islice(expiring, BATCH)):
        mall.reminder_queue.add(batch)
        members += len(batch)
    mall.reminders.note_run(today)
    return members


def remind(mall: Mall, member_id: str) -> int:
    """Tell a member what expires soon, as far as that was not told; return how many points."""
    programme, now = mall.programmes.live(), mall.clock.now()
    today = programme.today(now)
    account = mall.accounts.account(member_id)
    told = mall.reminders.told(member_id, today)
    reminder = reminder_due(programme.reminders, account, today, now, told)
    if reminder is None or not mall.reminders.add(reminder):
        return 0  # where somebody else was quicker, what is left to tell is told tomorrow
    return reminder.points


def _is_too_early(programme: Programme, now: datetime) -> bool:
    return now.astimezone(ZoneInfo(programme.time_zone)).hour < programme.reminders.from_hour
