"""Settles accounts, matures pending rows and reminds members: whatever the sweep has queued."""

import json
from typing import Any

from chalice.app import Chalice

from expiry import packets, reminding, service
from loyalty.batches import take_each
from loyalty.bootstrap import mall
from loyalty.observability import logger

app = Chalice(app_name="expiry-settlement")


@app.lambda_function(name="settle")
def take_batch(event: dict[str, Any], context: Any) -> Any:
    """Take a batch; each message that fails comes back alone."""
    return take_each(event, context, take_message)


def take_message(record: dict[str, Any]) -> None:
    """Settle one account, mature one pending row, or remind one member."""
    match json.loads(record["body"]):
        case {"settle": str(member_id)}:
            lots = service.settle(mall(), member_id)
            logger().info("settled", member=member_id, lots=lots)
        case {"mature": [str(member_id), str(source), str(order_id)]}:
            points = service.mature(mall(), member_id, source, order_id)
            logger().info("matured", member=member_id, order=order_id, points=points)
        case {"remind": str(member_id)}:
            points = reminding.remind(mall(), member_id)
            logger().info("reminded", member=member_id, points=points)
        case {"packet": str(packet_id)}:
            points = packets.return_packet(mall(), packet_id)
            logger().info("packet returned", packet=packet_id, points=points)
        case other:
            raise ValueError(f"No such task: {other}")


lambda_handler = take_batch
