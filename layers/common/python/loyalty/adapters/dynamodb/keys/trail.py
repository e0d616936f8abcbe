"""Keys of what operators do, decide and look into."""

from loyalty.adapters.dynamodb.keys.rows import Key, key_of


def adjustment_key(adjustment_id: str) -> Key:
    """An adjustment that waits, or waited, for a reviewer."""
    return key_of(f"adjustment#{adjustment_id}", "adjustment")


def adjustment_line_key(status: str, requested_at: str, adjustment_id: str) -> Key:
    """An adjustment's line in the list of its status."""
    return key_of(f"adjustments#{status}", f"{requested_at}#{adjustment_id}")


def trace_key(subject: str) -> Key:
    """What is remembered of a member, a device or an address."""
    return key_of(f"trace#{subject}", "trace")


def anomaly_key(anomaly_id: str) -> Key:
    """A case."""
    return key_of(f"anomaly#{anomaly_id}", "case")


def anomaly_line_key(status: str, found_at: str, anomaly_id: str) -> Key:
    """A case's line in the list of its status."""
    return key_of(f"anomalies#{status}", f"{found_at}#{anomaly_id}")


def audit_key(subject: str, act_id: str) -> Key:
    """An operator's act, among the acts on the same subject."""
    return key_of(f"subject#{subject}", f"act#{act_id}")


def link_of_audit_key(shard: str, number: int) -> Key:
    """The seal of an operator's act."""
    return key_of(f"chain#{shard}", f"{number:012d}")


def anchor_key(day: str) -> Key:
    """A day's heads of the audit's chains."""
    return key_of("anchors", day or "-")
