"""Keys of what members do besides buying, and of what is moved in."""

from datetime import date

from loyalty.adapters.dynamodb.keys.rows import Key, key_of

IMPORTED_LINE = "line#"
PACKET_CLAIM = "claim#"


def check_ins_key(member_id: str) -> Key:
    """The days that a member came."""
    return key_of(f"member#{member_id}", "check-ins")


def task_key(member_id: str, task_id: str) -> Key:
    """How often a member has done a task."""
    return key_of(f"member#{member_id}", f"task#{task_id}")


def request_key(request_id: str) -> Key:
    """What was asked for under a key."""
    return key_of(f"request#{request_id}", "request")


def referral_code_key(code: str) -> Key:
    """Whose code this is."""
    return key_of(f"referral#{code}", "owner")


def referrer_key(member_id: str) -> Key:
    """A member's own code, and what it has earned."""
    return key_of(f"member#{member_id}", "referrer")


def bond_key(friend_id: str) -> Key:
    """Who brought a member."""
    return key_of(f"member#{friend_id}", "brought-by")


def friend_key(referrer_id: str, since: str, friend_id: str) -> Key:
    """A friend's line in the list of whom a member has brought."""
    return key_of(f"member#{referrer_id}", f"friend#{since}#{friend_id}")


def import_key(import_id: str) -> Key:
    """An import of balances."""
    return key_of(f"import#{import_id}", "import")


def imported_line_key(import_id: str, number: int) -> Key:
    """A line of an import; keys sort like lines."""
    return key_of(f"import#{import_id}", f"{IMPORTED_LINE}{number:09d}")


def packet_key(packet_id: str) -> Key:
    """A red packet."""
    return key_of(f"packet#{packet_id}", "packet")


def packet_claim_key(packet_id: str, member_id: str) -> Key:
    """What a member took of a red packet."""
    return key_of(f"packet#{packet_id}", f"{PACKET_CLAIM}{member_id}")


def packets_of_day_key(member_id: str, day: date) -> Key:
    """How many red packets a member has given on a day."""
    return key_of(f"member#{member_id}", f"packets#{day}")
