"""Use case: what a campaign would have done on past days."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from earn.campaigns.managing import show_campaign
from earn.campaigns.simulation import Simulation, let_loose
from loyalty.domain.entry import Entry
from loyalty.domain.errors import Invalid
from loyalty.ports import Mall

ROWS_A_READING = 5_000
MOST_READINGS = 3
"""Rows of the ledger that one call looks through: as many as it reads and reckons in time."""

Progress = Callable[[str, int, int | None], None]
"""Told what is being done, how many are done, and of how many (None: nobody knows)."""


def _in_silence(_what: str, _done: int, _of: int | None) -> None:
    return None


def simulate_campaign(
    mall: Mall,
    campaign_id: str,
    first: date,
    last: date,
    most_readings: int | None = None,
    progress: Progress = _in_silence,
) -> Simulation:
    """Reckon the orders of past days again, with a campaign that need not have started.

    Raises:
        NotFound: there is no such campaign.
        Invalid: the ledger is longer than ``most_readings`` look through (None: any number).
    """
    campaign = show_campaign(mall, campaign_id).campaign
    programme = mall.programmes.live()
    entries = _entries(mall, first, last, programme.time_zone, most_readings, progress)
    others = [it for it in mall.campaigns.in_play(first) if it.campaign_id != campaign_id]
    simulation = Simulation(programme, let_loose(campaign, first, last), others)
    for place, entry in enumerate(sorted(entries, key=_turn), 1):
        simulation.add(entry)
        progress("orders reckoned", place, len(entries))
    return simulation


def simulate_at_once(mall: Mall, campaign_id: str, first: date, last: date) -> Simulation:
    """Do the same within the time that a caller waits.

    Raises:
        NotFound: there is no such campaign.
        Invalid: the ledger is longer than one call can look through.
    """
    return simulate_campaign(mall, campaign_id, first, last, MOST_READINGS)


def _turn(entry: Entry) -> tuple[datetime, str]:
    return entry.recorded_at, entry.key.entry_id


def _entries(
    mall: Mall,
    first: date,
    last: date,
    zone: str,
    most_readings: int | None,
    progress: Progress,
) -> Sequence[Entry]:
    since = datetime.combine(first, time.min, ZoneInfo(zone))
    until = datetime.combine(last + timedelta(days=1), time.min, ZoneInfo(zone))
    found: list[Entry] = []
    position, readings = None, 0
    while True:
        page = mall.ledger.paid_orders(since, until, limit=ROWS_A_READING, position=position)
        found += page.items
        position, readings = page.next_position, readings + 1
        progress("orders read", len(found), None)
        if position is None:
            return found
        if most_readings is not None and readings >= most_readings:
            rows = ROWS_A_READING * most_readings
            raise Invalid.at(
                "from",
                f"The ledger has more than the {rows} rows that one call looks through: run "
                "`mall simulate`, which takes its time.",
            )
