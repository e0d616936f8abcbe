import base64
import hmac
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from standardwebhooks import Webhook

from earn.shops import verify
from loyalty.domain.errors import InvalidSignature, StaleTimestamp

NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
BODY = b'{"type": "order.paid"}'
OLD = "whsec_" + base64.b64encode(b"old secret of this shop, 24+").decode()
NEW = "whsec_" + base64.b64encode(b"new secret of this shop, 24+").decode()

Headers = dict[str, str]


def standard(
    body: bytes = BODY, secret: str = NEW, message_id: str = "msg_1", sent: datetime = NOW
) -> Headers:
    """Headers as the reference library of Standard Webhooks signs them."""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(sent.timestamp())),
        "webhook-signature": Webhook(secret).sign(message_id, sent, body.decode()),
    }


def hmac_header(name: str) -> Callable[..., Headers]:
    def sign(body: bytes = BODY, secret: str = NEW) -> Headers:
        digest = hmac.new(secret.encode(), body, sha256).digest()
        return {name: base64.b64encode(digest).decode()}

    return sign


SIGN: dict[str, Callable[..., Headers]] = {
    "standard": standard,
    "shopify": hmac_header("x-shopify-hmac-sha256"),
    "woocommerce": hmac_header("x-wc-webhook-signature"),
}
SIGNATURE = {
    "standard": "webhook-signature",
    "shopify": "x-shopify-hmac-sha256",
    "woocommerce": "x-wc-webhook-signature",
}
every_shop = pytest.mark.parametrize("shop", sorted(SIGN))


@every_shop
def test_what_the_shop_signed_passes(shop: str) -> None:
    verify(shop, [NEW], SIGN[shop](), BODY, NOW)


@every_shop
def test_header_names_may_be_written_in_any_case(shop: str) -> None:
    headers = {name.title(): value for name, value in SIGN[shop]().items()}
    verify(shop, [NEW], headers, BODY, NOW)


@every_shop
@pytest.mark.parametrize("position", [0, len(BODY) // 2, len(BODY) - 1])
def test_one_flipped_bit_of_the_body_is_refused(shop: str, position: int) -> None:
    flipped = bytearray(BODY)
    flipped[position] ^= 1
    with pytest.raises(InvalidSignature):
        verify(shop, [NEW], SIGN[shop](), bytes(flipped), NOW)


@every_shop
def test_the_raw_bytes_count_not_the_json_that_they_mean(shop: str) -> None:
    with pytest.raises(InvalidSignature):
        verify(shop, [NEW], SIGN[shop](), BODY.replace(b": ", b":"), NOW)


@every_shop
def test_one_changed_character_of_the_signature_is_refused(shop: str) -> None:
    headers = SIGN[shop]()
    signature = headers[SIGNATURE[shop]]
    for position in range(len(signature)):
        other = "A" if signature[position] != "A" else "B"
        wrong = signature[:position] + other + signature[position + 1 :]
        with pytest.raises(InvalidSignature):
            verify(shop, [NEW], {**headers, SIGNATURE[shop]: wrong}, BODY, NOW)


@every_shop
@pytest.mark.parametrize("value", ["", " ", "v1,", "v1", "é", "\ud800", "=" * 44])
def test_an_empty_or_senseless_signature_is_refused(shop: str, value: str) -> None:
    with pytest.raises(InvalidSignature):
        verify(shop, [NEW], {**SIGN[shop](), SIGNATURE[shop]: value}, BODY, NOW)


@every_shop
def test_a_missing_signature_is_refused(shop: str) -> None:
    headers = {name: v for name, v in SIGN[shop]().items() if name != SIGNATURE[shop]}
    with pytest.raises(InvalidSignature):
        verify(shop, [NEW], headers, BODY, NOW)


@every_shop
def test_a_signature_given_twice_is_refused(shop: str) -> None:
    headers = SIGN[shop]()
    name = SIGNATURE[shop]
    joined = {**headers, name: f"{headers[name]},{headers[name]}"}
    both_spellings = {**headers, name.upper(): headers[name]}
    for doubled in (joined, both_spellings):
        with pytest.raises(InvalidSignature):
            verify(shop, [NEW], doubled, BODY, NOW)


@every_shop
def test_another_shop_s_secret_is_refused(shop: str) -> None:
    with pytest.raises(InvalidSignature):
        verify(shop, [NEW], SIGN[shop](secret=OLD), BODY, NOW)


@every_shop
@pytest.mark.parametrize("signed_with", [OLD, NEW])
@pytest.mark.parametrize("held", [[OLD, NEW], [NEW, OLD]])
def test_while_secrets_rotate_the_old_and_the_new_one_pass(
    shop: str, signed_with: str, held: list[str]
) -> None:
    verify(shop, held, SIGN[shop](secret=signed_with), BODY, NOW)


@every_shop
def test_a_source_without_secrets_lets_nothing_pass(shop: str) -> None:
    with pytest.raises(InvalidSignature):
        verify(shop, [], SIGN[shop](), BODY, NOW)


@every_shop
def test_an_empty_secret_is_a_fault_of_ours_not_a_key(shop: str) -> None:
    with pytest.raises(ValueError, match="secret of this webhook source"):
        verify(shop, [NEW, ""], SIGN[shop](), BODY, NOW)


def test_a_standard_secret_that_is_not_base64_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="whsec_<base64>") as fault:
        verify("standard", ["whsec_not base64!"], standard(), BODY, NOW)
    assert "not base64" not in str(fault.value), "a secret never stands in a message"


def test_a_standard_secret_may_lack_its_padding() -> None:
    verify("standard", [NEW.rstrip("=")], standard(), BODY, NOW)


def test_the_sender_may_offer_several_signatures_for_rotation() -> None:
    theirs, ours = standard(secret=OLD), standard(secret=NEW)
    offered = f"{theirs['webhook-signature']} v1a,asymmetric {ours['webhook-signature']}"
    verify("standard", [NEW], {**ours, "webhook-signature": offered}, BODY, NOW)


def test_another_version_of_the_scheme_is_not_taken_for_v1() -> None:
    signature = standard()["webhook-signature"].replace("v1,", "v2,")
    with pytest.raises(InvalidSignature):
        verify("standard", [NEW], {**standard(), "webhook-signature": signature}, BODY, NOW)


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp"])
@pytest.mark.parametrize("value", [None, "", "msg_2", "1763714401"])
def test_id_and_timestamp_are_signed_too(name: str, value: str | None) -> None:
    headers = {key: v for key, v in standard().items() if key != name}
    with pytest.raises(InvalidSignature):
        verify("standard", [NEW], headers if value is None else {**headers, name: value}, BODY, NOW)


@pytest.mark.parametrize("seconds", [-300, -1, 0, 1, 300])
def test_a_message_up_to_five_minutes_off_passes(seconds: int) -> None:
    sent = NOW + timedelta(seconds=seconds)
    verify("standard", [NEW], standard(sent=sent), BODY, NOW)


@pytest.mark.parametrize("seconds", [-301, 301, -86_400])
def test_a_message_more_than_five_minutes_off_is_stale(seconds: int) -> None:
    sent = NOW + timedelta(seconds=seconds)
    with pytest.raises(StaleTimestamp):
        verify("standard", [NEW], standard(sent=sent), BODY, NOW)


def test_a_stranger_does_not_learn_that_a_timestamp_is_stale() -> None:
    headers = standard(secret=OLD, sent=NOW - timedelta(hours=1))
    with pytest.raises(InvalidSignature):
        verify("standard", [NEW], headers, BODY, NOW)


@pytest.mark.parametrize("stamp", ["-5", "1e9", "1_763_713_800", " 1763713800", "9" * 400, "１"])
def test_a_timestamp_that_is_no_plain_number_is_refused(stamp: str) -> None:
    with pytest.raises(InvalidSignature):
        verify("standard", [NEW], {**standard(), "webhook-timestamp": stamp}, BODY, NOW)


def test_woocommerce_greets_a_new_webhook_without_a_signature() -> None:
    verify("woocommerce", [NEW], {}, b"webhook_id=12", NOW)


@pytest.mark.parametrize("body", [b"webhook_id=", b"webhook_id=1&order=2", b"webhook_id=1\n", b""])
def test_nothing_but_the_exact_greeting_goes_unsigned(body: bytes) -> None:
    with pytest.raises(InvalidSignature):
        verify("woocommerce", [NEW], {}, body, NOW)


@pytest.mark.parametrize("shop", ["standard", "shopify"])
def test_only_woocommerce_greets(shop: str) -> None:
    with pytest.raises(InvalidSignature):
        verify(shop, [NEW], {}, b"webhook_id=12", NOW)


def test_an_unknown_type_of_shop_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="magento"):
        verify("magento", [NEW], {}, BODY, NOW)
