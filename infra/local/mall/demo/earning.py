"""Chapter one: points come in."""

from mall.demo.stage import Stage
from mall.shops import send_webhook

NOBODYS_SECRET = "whsec_Zm9yZ2Vk"  # noqa: S105 # it opens nothing: that is what it shows
WELCOME, CREDITED_FIRST, CREDITED_IN_ALL = 100, 12_000, 12_300


def a_member_arrives(stage: Stage) -> None:
    """Mei signs in for the first time; her first call makes her a member."""
    stage.kept["email"] = stage.arrive()
    me = stage.get("mei", "/v1/me")
    stage.member_id = me["member_id"]
    stage.show("member", stage.member_id)
    profile = {"display_name": "梅", "email": stage.kept["email"], "language": "zh"}
    stage.expect("her name", stage.patch("mei", "/v1/me", profile)["display_name"], "梅")
    stage.expect("she is welcomed with points", stage.points()["available"], WELCOME)


def an_order_is_paid(stage: Stage) -> None:
    """She buys for 12,000 yuan in the shop, which sends a signed webhook."""
    receipt = stage.webhook("standard", _paid(stage), delivery_id=f"msg_{stage.run}_paid")
    stage.expect("the shop is told", receipt["status"], "credited")
    stage.expect("points credited", receipt["points"], CREDITED_FIRST)
    balance = stage.points()
    stage.expect("points available", balance["available"], WELCOME + CREDITED_FIRST)
    stage.show("they are valid through", balance["next_expiry"]["expires_on"])
    entry = stage.get("mei", "/v1/me/points/entries")["items"][0]
    stage.show("why 12,000?", entry["explanation"]["parts"])


def the_webhook_comes_again(stage: Stage) -> None:
    """The shop repeats its delivery, and somebody tries a forged one."""
    again = stage.webhook("standard", _paid(stage), delivery_id=f"msg_{stage.run}_paid")
    stage.expect("the repetition is", again["status"], "duplicate")
    forged = send_webhook(stage.stack, "standard", _paid(stage), secret=NOBODYS_SECRET)
    stage.expect("the forgery gets", forged.status_code, 401)
    stage.expect("because", forged.json()["type"].rsplit("/", 1)[-1], "invalid-signature")
    stage.expect("points available", stage.points()["available"], WELCOME + CREDITED_FIRST)


def a_customer_is_linked(stage: Stage) -> None:
    """She also shops at a Shopify store that does not know her yet; an operator links her."""
    customer = int(stage.run, 16) + 10_000_000_000
    receipt = stage.webhook("shopify", _shopify_order(stage, customer), topic="orders/paid")
    stage.expect("the order", receipt["status"], "waiting_for_member")
    link = {"source": "shopify", "customer_id": str(customer)}
    path = f"/v1/admin/members/{stage.member_id}/links"
    stage.post("operator", path, link, status=201)
    expected = WELCOME + CREDITED_IN_ALL
    stage.until("the waiting order is credited", stage.points, lambda p: p["available"] == expected)
    stage.expect("points available", stage.points()["available"], expected)


def _paid(stage: Stage) -> dict[str, object]:
    paid_at = stage.kept.setdefault("paid_at", stage.now())
    return {
        "type": "order.paid",
        "timestamp": paid_at,
        "data": {
            "order_id": f"A-{stage.run}",
            "member_id": stage.member_id,
            "currency": "CNY",
            "lines": [
                {"sku": "TEA-1", "category": "tea", "quantity": 2, "amount": "7100.00"},
                {"sku": "CUP-7", "category": "cups", "quantity": 4, "amount": "5000.00"},
            ],
            "discount": "100.00",
            "shipping": "18.00",
            "tax": "0.00",
            "points_offset": "0.00",
            "paid_at": paid_at,
        },
    }


def _shopify_order(stage: Stage, customer: int) -> dict[str, object]:
    now = stage.now()
    return {
        "id": customer + 1,
        "name": f"#{stage.run}",
        "currency": "CNY",
        "financial_status": "paid",
        "created_at": now,
        "processed_at": now,
        "updated_at": now,
        "taxes_included": True,
        "subtotal_price": "300.00",
        "total_tax": "0.00",
        "total_price": "310.00",
        "total_discounts": "0.00",
        "total_shipping_price_set": {"shop_money": {"amount": "10.00", "currency_code": "CNY"}},
        "customer": {"id": customer, "email": stage.kept["email"]},
        "tax_lines": [],
        "discount_applications": [],
        "line_items": [
            {
                "id": customer + 2,
                "sku": "SCARF",
                "title": "Scarf",
                "quantity": 1,
                "price": "300.00",
                "total_discount": "0.00",
                "tax_lines": [],
                "discount_allocations": [],
            }
        ],
    }
