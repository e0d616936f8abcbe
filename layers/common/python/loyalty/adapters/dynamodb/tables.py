"""The tables' names, as the stack has given them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tables:
    """Names by what the tables hold; a function that does not use one leaves it empty."""

    accounts: str = ""
    ledger: str = ""
    orders: str = ""
    catalog: str = ""
    members: str = ""
    programmes: str = ""
    audit: str = ""
    campaigns: str = ""
    activities: str = ""
    anomalies: str = ""
