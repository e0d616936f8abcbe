"""Points move: in from another system, and between members in a red packet."""

from datetime import date, timedelta
from typing import Any

from mall.demo.stage import Stage
from mall.sweeping import sweep

IMPORTS, PACKETS = "/v1/admin/imports", "/v1/red-packets"
BROUGHT, GIVEN, SHARES = 500, 60, 3


def balances_move_in(stage: Stage) -> None:
    """Hua had 500 points at the old mall: a file is tried, mended, and imported once."""
    hua = _arrive(stage, "hua")
    stage.kept["hua_had"] = stage.get("hua", "/v1/me/points")["available"]
    import_id, day = f"demo-{stage.run}", _day_in(stage, 100)
    lines = [
        {"line": 2, "member_id": hua, "points": "500", "expires_on": day, "reference": "OLD-17"},
        {"line": 3, "member_id": "nobody", "points": "9", "expires_on": day},
    ]
    tried = stage.post("admin", f"{IMPORTS}/check", {"import_id": import_id, "lines": lines})
    stage.show("line 3", tried["results"][1]["message"])
    opening = {"import_id": import_id, "reason": "The old mall closes."}
    stage.post("admin", IMPORTS, opening, status=201)
    path, right = f"{IMPORTS}/{import_id}/lines", {"lines": lines[:1]}
    stage.expect("points imported", stage.post("admin", path, right)["points"], BROUGHT)
    stage.expect("by the same file again", stage.post("admin", path, right)["points"], 0)
    balance = stage.get("hua", "/v1/me/points")
    stage.expect("Hua's points", balance["available"], stage.kept["hua_had"] + BROUGHT)
    stage.show("valid through", day)


def a_red_packet_is_shared(stage: Stage) -> None:
    """Hua puts 60 points into a red packet of three shares; two friends open it, once each."""
    packet = stage.post("hua", PACKETS, {"points": GIVEN, "shares": SHARES}, status=201)
    stage.kept["packet"] = path = f"{PACKETS}/{packet['packet_id']}"
    left = stage.kept["hua_had"] + BROUGHT - GIVEN
    stage.expect("Hua's points", stage.get("hua", "/v1/me/points")["available"], left)
    for name in ("bo", "yu"):
        _arrive(stage, name)
        claim = stage.post(name, f"{path}/claims", None, status=201)
        stage.show(f"{name.title()}'s share", f"{claim['points']}, as valid as Hua's were")
    again = stage.post("bo", f"{path}/claims", None, status=409)
    stage.expect("Bo once more", again["type"].rsplit("/", 1)[-1], "already-claimed")


def the_rest_goes_home(stage: Stage) -> None:
    """A day later the third share, which nobody has opened, goes back to Hua."""
    stage.clock.set(stage.clock.now() + timedelta(hours=25))
    sweep(stage.stack)

    def look() -> Any:
        return stage.get("hua", stage.kept["packet"])

    seen = stage.until("the rest", look, lambda packet: packet["status"] == "returned")
    stage.show("claimed", seen["claimed_points"])
    stage.expect("claimed and returned", seen["claimed_points"] + seen["returned_points"], GIVEN)
    has = stage.get("hua", "/v1/me/points")["available"]
    stage.expect("Hua's points", has, stage.kept["hua_had"] + BROUGHT - seen["claimed_points"])


def _arrive(stage: Stage, name: str) -> str:
    stage.arrive(name)
    return str(stage.get(name, "/v1/me")["member_id"])


def _day_in(stage: Stage, days: int) -> str:
    today: date = stage.clock.now().date()
    return str(today + timedelta(days=days))
