from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from loyalty.domain.account import Kind
from loyalty.domain.changes import Change, events_of
from loyalty.domain.events import EventName
from loyalty.domain.item import ItemKind
from loyalty.domain.member import Member
from loyalty.domain.message import Message
from loyalty.domain.redemption import Status
from loyalty.domain.reminder import ExpiringLot
from loyalty.domain.tier_step import StepKind
from notify.messages import LANGUAGES, mail_of, message_id_for, message_of
from support.happenings import LOT, NOW, REMINDER, RISEN, entry, event, reached

ORDER = "2611216734983448"
SAYS: dict[EventName, dict[str, list[str]]] = {
    EventName.POINTS_EARNED: {
        "zh": ["118 积分", "订单 A100", "2027 年 11 月 30 日"],
        "en": ["118 points", "Order A100", "30 November 2027"],
    },
    EventName.POINTS_MATURED: {
        "zh": ["118 积分", "订单 A100", "2027 年 11 月 30 日"],
        "en": ["118 points", "Order A100", "30 November 2027"],
    },
    EventName.POINTS_CLAWED_BACK: {
        "zh": ["118 积分", "订单 A100", "差 18 积分"],
        "en": ["118 points", "Order A100", "18 points short"],
    },
    EventName.POINTS_LAPSED: {
        "zh": ["118 积分", "2026 年 11 月 20 日"],
        "en": ["118 points", "20 November 2026"],
    },
    EventName.POINTS_ADJUSTED: {
        "zh": ["增加", "50 积分", "Sorry for the delay"],
        "en": ["added", "50 points", "Sorry for the delay"],
    },
    EventName.POINTS_EXPIRING: {
        "zh": ["1,318 积分", "年底前", "118 积分", "2026 年 11 月 28 日", "2026 年 12 月 31 日"],
        "en": ["1,318 points", "before the year ends", "28 November 2026", "31 December 2026"],
    },
    EventName.REDEMPTION_SUBMITTED: {
        "zh": ["审核", "「龙井茶」×2", "2,400 积分", ORDER],
        "en": ["reviewing", "“Longjing tea” × 2", "2,400 points", ORDER],
    },
    EventName.REDEMPTION_PAYMENT_DUE: {
        "zh": ["支付", "「龙井茶」×2", "2,400 积分", "30 分钟", "13.00 CNY", ORDER],
        "en": ["pay", "“Longjing tea” × 2", "2,400 points", "30 minutes", "13.00 CNY", ORDER],
    },
    EventName.REDEMPTION_PAYMENT_EXPIRED: {
        "zh": ["超时未支付", "「龙井茶」×2", "2,400 积分", ORDER],
        "en": ["not paid in time", "“Longjing tea” × 2", "2,400 points", ORDER],
    },
    EventName.REDEMPTION_REFUNDED: {
        "zh": ["退回", "「龙井茶」×2", "13.00 CNY", ORDER],
        "en": ["goes back", "“Longjing tea” × 2", "13.00 CNY", ORDER],
    },
    EventName.REDEMPTION_CONFIRMED: {
        "zh": ["兑换成功", "「龙井茶」×2", "2,400 积分", ORDER],
        "en": ["confirmed", "“Longjing tea” × 2", "2,400 points", ORDER],
    },
    EventName.REDEMPTION_SHIPPED: {
        "zh": ["发货", "「龙井茶」×2", "SF Express", "SF1234567890", ORDER],
        "en": ["shipped", "“Longjing tea” × 2", "SF Express", "SF1234567890", ORDER],
    },
    EventName.REDEMPTION_COMPLETED: {
        "zh": ["兑换码", "「龙井茶」×2", ORDER],
        "en": ["code", "“Longjing tea” × 2", ORDER],
    },
    EventName.REDEMPTION_REJECTED: {
        "zh": ["未能通过", "「龙井茶」×2", "2,400 积分", "Too many in one day", ORDER],
        "en": ["not approved", "“Longjing tea” × 2", "2,400 points", "Too many in one day", ORDER],
    },
    EventName.REDEMPTION_REVIEW_EXPIRED: {
        "zh": ["未能及时", "「龙井茶」×2", "2,400 积分", ORDER],
        "en": ["in time", "“Longjing tea” × 2", "2,400 points", ORDER],
    },
    EventName.REDEMPTION_CANCELLED: {
        "zh": ["已取消", "「龙井茶」×2", "2,400 积分", ORDER],
        "en": ["cancelled", "“Longjing tea” × 2", "2,400 points", ORDER],
    },
    EventName.REDEMPTION_FAILED: {
        "zh": ["未能完成", "「龙井茶」×2", "2,400 积分", ORDER],
        "en": ["could not be completed", "“Longjing tea” × 2", "2,400 points", ORDER],
    },
    EventName.TIER_CHANGED: {
        "zh": ["升级", "银卡会员"],
        "en": ["You are now Silver"],
    },
    EventName.TIER_ENDANGERED: {
        "zh": ["保级", "银卡会员", "8,000", "2026 年 12 月 31 日", "2027 年 1 月 30 日"],
        "en": ["Silver", "8,000", "31 December 2026", "30 January 2027"],
    },
}
SILENT = {
    EventName.REDEMPTION_RECEIVED,
    EventName.REDEMPTION_REFUND_DUE,
    EventName.CUSTOMER_LINKED,
    EventName.ORDER_BOOKED,
    EventName.POINTS_TRANSFERRED,
    EventName.ATTEMPT_REFUSED,
    EventName.ANOMALY_FOUND,
    EventName.RECORD_NOT_UNDERSTOOD,
}


def message(change: Change) -> Message:
    told = events_of(change)[0]
    words = message_of(told)
    assert words is not None
    return words


def message_for(name: EventName) -> Message:
    is_code = name is EventName.REDEMPTION_COMPLETED
    words = message_of(event(name, ItemKind.VIRTUAL if is_code else ItemKind.PHYSICAL))
    assert words is not None
    return words


def test_every_event_is_put_into_words_or_is_silent_on_purpose() -> None:
    assert set(SAYS) | SILENT == set(EventName)
    assert not set(SAYS) & SILENT


@pytest.mark.parametrize("name", sorted(SAYS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_says_exactly_what_happened(name: EventName, language: str) -> None:
    words = message_for(name)
    text = f"{words.title[language]}\n{words.body[language]}"
    assert [part for part in SAYS[name][language] if part not in text] == []
    assert words.title[language].strip() and words.body[language].strip()
    assert "None" not in text and "  " not in text and not text.endswith("\n")


@pytest.mark.parametrize("name", sorted(SAYS))
def test_a_title_is_short_enough_for_a_telephone(name: EventName) -> None:
    assert all(len(title) <= 40 for title in message_for(name).title.values())


@pytest.mark.parametrize("name", sorted(SILENT - {EventName.RECORD_NOT_UNDERSTOOD}))
def test_what_the_member_did_or_need_not_know_is_no_message(name: EventName) -> None:
    assert message_of(event(name)) is None


@pytest.mark.parametrize("kind", [ItemKind.VIRTUAL, ItemKind.SERVICE])
def test_what_is_handed_over_at_once_is_told_once(kind: ItemKind) -> None:
    assert message_of(event(EventName.REDEMPTION_CONFIRMED, kind)) is None
    assert message_of(event(EventName.REDEMPTION_COMPLETED, kind)) is not None


def test_a_parcel_is_told_when_it_is_ordered_and_not_again_when_the_member_has_it() -> None:
    assert message_of(event(EventName.REDEMPTION_CONFIRMED)) is not None
    assert message_of(event(EventName.REDEMPTION_COMPLETED)) is None


@pytest.mark.parametrize(
    ("days_left", "zh", "en"),
    [
        (30, "118 积分将在 30 天后到期", "118 points expire in 30 days"),
        (1, "118 积分将在 1 天后到期", "118 points expire in 1 day"),
        (0, "118 积分今天到期", "118 points expire today"),
    ],
)
def test_points_that_expire_soon_are_told_with_the_days_left(
    days_left: int, zh: str, en: str
) -> None:
    lots = (ExpiringLot(date(2026, 12, 31), 118),)
    facts = ((date(2026, 12, 31), "30"),)
    words = message(replace(REMINDER, facts=facts, lots=lots, days_left=days_left))
    assert words.title == {"zh": zh, "en": en}
    assert words.body == {
        "zh": "118 积分：有效期至 2026 年 12 月 31 日（含当日）\n请在到期前使用。",
        "en": "118 points: valid through 31 December 2026\nUse them while they last.",
    }


def test_what_nobody_took_of_a_red_packet_is_told() -> None:
    back = entry(Kind.TRANSFER, lots={LOT: 30}, held=-30, reason="red-packet-returned")
    assert message(back).title == {
        "zh": "红包退回 30 积分",
        "en": "30 points of your red packet came back",
    }
    assert events_of(replace(back, lots={})) == (), "they have lapsed meanwhile, and that is told"


def test_a_lowered_tier_is_told_without_a_cheer() -> None:
    words = message(replace(RISEN, kind=StepKind.LOWERED))
    assert words.title == {"zh": "会员等级调整为银卡会员", "en": "Your tier is now Silver"}


def test_points_that_wait_are_told_with_their_day() -> None:
    words = message(entry(lots={}, pending=118, explanation={"usable_on": "2026-12-05"}))
    assert words.body["zh"] == "订单 A100 为您带来 118 积分。从 2026 年 12 月 5 日起可用。"
    assert (
        words.body["en"] == "Order A100 brought you 118 points. Ready to use from 5 December 2026."
    )


def test_a_repaid_debt_is_told() -> None:
    words = message(entry(lots={LOT: 80}, debt=-38))
    assert words.title["en"] == "You earned 118 points"
    assert "38 points repaid what you owed. 80 points can be used now." in words.body["en"]
    assert "其中 38 积分已抵还此前的欠分。80 积分现已可用。" in words.body["zh"]


def test_matured_points_that_only_repaid_a_debt_are_not_called_ready() -> None:
    words = message(entry(Kind.MATURE, lots={}, pending=-118, debt=-118))
    assert words.title == {"zh": "118 积分已抵还欠分", "en": "118 points repaid"}


def test_points_that_never_expire_are_told_without_a_day() -> None:
    words = message(entry(lots={date(2099, 12, 31): 118}))
    assert words.body["zh"] == "订单 A100 为您带来 118 积分。"


def test_points_taken_off_by_hand_are_told_with_the_reason() -> None:
    words = message(entry(Kind.ADJUST, lots={LOT: -50}, debt=20, reason="Booked twice"))
    assert words.title["en"] == "70 points taken off"
    assert words.body["en"].endswith("on repays that first.\nReason: Booked twice")


@pytest.mark.parametrize(
    ("reason", "zh", "en"),
    [
        ("refund", "订单 A100 已退款", "Order A100 was refunded"),
        ("order-cancelled", "订单 A100 已取消", "Order A100 was cancelled"),
        ("order-updated", "订单 A100 有变更", "Order A100 was changed"),
    ],
)
def test_points_that_go_back_are_told_with_what_the_shop_did(reason: str, zh: str, en: str) -> None:
    words = message(entry(Kind.CLAW_BACK, reason=reason))
    assert words.body["zh"].startswith(zh)
    assert words.body["en"].startswith(en)


def test_one_point_is_one_point() -> None:
    assert message(entry(lots={LOT: 1})).title["en"] == "You earned 1 point"


def test_a_rule_that_rejects_gives_its_reason_in_words() -> None:
    words = message(reached(Status.PENDING_REVIEW, Status.REJECTED, note="account-frozen"))
    assert words.body["zh"].endswith("\n原因：账户已冻结")
    assert words.body["en"].endswith("\nReason: your account is frozen")


def test_an_item_without_a_name_in_a_language_keeps_the_one_it_has() -> None:
    told = event(EventName.REDEMPTION_SHIPPED)
    facts: dict[str, Any] = {**told.facts, "item_name": {"zh": "龙井茶"}}
    words = message_of(type(told)(told.name, told.event_id, NOW, NOW, facts))
    assert words is not None
    assert "“龙井茶”" in words.body["en"]


def test_markup_in_a_name_stays_text() -> None:
    told = event(EventName.REDEMPTION_SHIPPED)
    facts: dict[str, Any] = {**told.facts, "item_name": {"zh": "{{ 7*7 }} <b>&", "en": "T&C"}}
    words = message_of(type(told)(told.name, told.event_id, NOW, NOW, facts))
    assert words is not None
    assert "「{{ 7*7 }} <b>&」" in words.body["zh"]


def test_an_event_that_lacks_a_fact_makes_no_message_with_a_gap() -> None:
    told = event(EventName.REDEMPTION_SHIPPED)
    facts = {key: value for key, value in told.facts.items() if key != "tracking_number"}
    with pytest.raises(Exception, match="tracking_number"):
        message_of(type(told)(told.name, told.event_id, NOW, NOW, facts))


def test_a_message_names_what_it_is_about() -> None:
    assert message_for(EventName.POINTS_EARNED).reference == "A100"
    assert message_for(EventName.REDEMPTION_SHIPPED).reference == "rdm_1f2e3d"
    assert message_for(EventName.POINTS_LAPSED).reference is None


def test_the_same_event_makes_the_same_message_however_often_it_is_told() -> None:
    once, again = (message_of(event(EventName.POINTS_EARNED)) for _ in range(2))
    assert once == again


def test_two_events_make_two_messages() -> None:
    told = event(EventName.POINTS_EARNED)
    other = replace(told, event_id="order:standard:A101/paid")
    assert message_id_for(told) != message_id_for(other)


@pytest.mark.parametrize(
    ("language", "greeting"), [("zh", "林，您好！"), ("en", "Hello 林,"), ("fr", "林，您好！")]
)
def test_a_mail_speaks_the_language_of_the_profile(language: str, greeting: str) -> None:
    member = Member("lin", NOW, display_name="林", language=language)
    words = message_for(EventName.POINTS_EARNED)
    mail = mail_of(words, member)
    spoken = language if language in LANGUAGES else "zh"
    assert mail.subject == words.title[spoken]
    assert mail.text.startswith(greeting)
    assert words.body[spoken] in mail.text


def test_a_member_without_a_name_is_greeted_all_the_same() -> None:
    words = message_for(EventName.POINTS_EARNED)
    assert mail_of(words, Member("lin", NOW)).text.startswith("您好！")
    assert mail_of(words, Member("lin", NOW, language="en")).text.startswith("Hello,")


@pytest.mark.parametrize("reason", ["welcome", "check-in", "check-in-bonus"])
def test_points_whose_giving_the_member_watches_are_no_message(reason: str) -> None:
    told = event(EventName.POINTS_EARNED)
    assert message_of(replace(told, facts={**told.facts, "reason": reason})) is None


@pytest.mark.parametrize(
    ("reason", "zh", "en"),
    [
        ("task", "一项任务为您带来", "A task brought you"),
        ("referral", "一次邀请为您带来", "Your invitation brought you"),
    ],
)
def test_points_that_no_order_brought_say_where_they_come_from(
    reason: str, zh: str, en: str
) -> None:
    told = event(EventName.POINTS_EARNED)
    message = message_of(replace(told, facts={**told.facts, "reason": reason}))
    assert message
    assert zh in message.body["zh"]
    assert en in message.body["en"]
