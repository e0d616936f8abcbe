from dataclasses import replace
from datetime import timedelta

from contract.rows import NOW, entry, fenced, opening, redemption, refusal
from loyalty.domain.item import ItemKind
from loyalty.domain.redemption import Decision, Redemption, Shipment, Status, Verdict
from loyalty.domain.writes import AddEntry, ChangeRedemption, CountLimit, OpenRedemption
from support.stored import Stored


def submit(mall: Stored, *redemptions: Redemption) -> None:
    for each in redemptions:
        mall.store.commit([OpenRedemption(each), AddEntry(opening(each))])


def queued(mall: Stored, queue: str) -> list[Redemption]:
    return list(mall.redemptions.in_queue(queue).items)


def test_there_is_no_redemption_at_first(mall: Stored) -> None:
    assert mall.redemptions.redemption("rdm_1") is None


def test_a_redemption_comes_back_as_it_was_submitted(mall: Stored) -> None:
    plain = redemption()
    submit(mall, plain)
    assert mall.redemptions.redemption("rdm_1") == plain


def test_a_redemption_comes_back_with_all_that_has_become_of_it(mall: Stored) -> None:
    submitted = redemption(status=Status.PENDING_REVIEW)
    submit(mall, submitted)
    assert submitted.review
    approval = Decision(Verdict.APPROVE, "fine", "reviewer-sub", NOW + timedelta(hours=1))
    review = replace(
        submitted.review, approvals_needed=2, decisions=(approval,), task_token="a" * 600
    )
    shipped = replace(
        submitted.reach(Status.SHIPPED, NOW + timedelta(hours=2), "on its way"),
        review=review,
        shipment=Shipment("SF Express", "SF1234567890", NOW),
        sku="250g",
        delivery={"recipient": "林黛玉", "phone": "+8613800138000"},
        code_ids=("c1", "c2"),
        counted=("total", "day#2026-11-21"),
        programme_version=3,
    )
    mall.store.commit([ChangeRedemption(shipped)])
    assert mall.redemptions.redemption("rdm_1") == shipped


def test_a_redemptions_id_is_taken_once_and_the_repetition_is_told_the_first(mall: Stored) -> None:
    submit(mall, redemption())
    again = OpenRedemption(redemption(quantity=1))
    assert refusal(mall, again) == [(again, redemption())]


def test_a_redemption_that_was_changed_since_tells_how_it_stands(mall: Stored) -> None:
    submit(mall, redemption())
    cancelled = redemption().reach(Status.CANCELLED, NOW)
    mall.store.commit([ChangeRedemption(cancelled)])
    shipped = ChangeRedemption(redemption().reach(Status.SHIPPED, NOW))
    assert refusal(mall, shipped) == [(shipped, cancelled)]


def test_a_redemption_that_does_not_exist_cannot_be_changed(mall: Stored) -> None:
    change = ChangeRedemption(redemption(version=2))
    assert refusal(mall, change) == [(change, None)]


def test_a_members_redemptions_are_listed_newest_first_in_parts(mall: Stored) -> None:
    made = [redemption(f"rdm_{n}", minutes=n) for n in (3, 1, 2, 0)]
    waiting = redemption("rdm_4", status=Status.PENDING_REVIEW, minutes=4)
    submit(mall, *made, waiting, redemption("rdm_x", member_id="wang"))
    first = mall.redemptions.of_member("lin", limit=3)
    second = mall.redemptions.of_member("lin", limit=3, position=first.next_position)
    listed = [each.redemption_id for each in (*first.items, *second.items)]
    assert listed == ["rdm_4", "rdm_3", "rdm_2", "rdm_1", "rdm_0"]
    assert second.next_position is None


def test_a_redemption_is_listed_as_it_stands_now(mall: Stored) -> None:
    submit(mall, redemption())
    cancelled = redemption().reach(Status.CANCELLED, NOW)
    returned = entry("cancel", partition="redemption:rdm_1", minutes=5)
    mall.store.commit([ChangeRedemption(cancelled), AddEntry(returned)])
    assert list(mall.redemptions.of_member("lin").items) == [cancelled]


def test_what_else_a_member_has_earned_and_spent_is_no_redemption(mall: Stored) -> None:
    submit(mall, redemption())
    spent_elsewhere = replace(opening(redemption()), key=entry("hold", partition="offset:1").key)
    mall.store.commit([AddEntry(entry()), AddEntry(spent_elsewhere)])
    assert list(mall.redemptions.of_member("lin").items) == [redemption()]


def test_redemptions_since_an_instant_are_counted_up_to_a_number(mall: Stored) -> None:
    submit(mall, *(redemption(f"rdm_{n}", minutes=n) for n in range(5)))
    since = NOW + timedelta(minutes=2)
    assert mall.redemptions.count_since("lin", since, at_most=10) == 3
    assert mall.redemptions.count_since("lin", since, at_most=2) == 2
    assert mall.redemptions.count_since("wang", since, at_most=10) == 0


def test_what_waits_for_review_is_listed_by_what_is_due_first(mall: Stored) -> None:
    waiting = [redemption(f"rdm_{n}", status=Status.PENDING_REVIEW, minutes=n) for n in (2, 0, 1)]
    submit(mall, *waiting, redemption("rdm_x"))
    first = mall.redemptions.in_queue("review", limit=2)
    second = mall.redemptions.in_queue("review", limit=2, position=first.next_position)
    listed = [each.redemption_id for each in (*first.items, *second.items)]
    assert listed == ["rdm_0", "rdm_1", "rdm_2"]
    assert second.next_position is None


def test_a_parcel_waits_for_shipment_and_a_code_for_fulfilment(mall: Stored) -> None:
    parcel = redemption("rdm_parcel")
    code = redemption("rdm_code", item_kind=ItemKind.VIRTUAL)
    service = redemption("rdm_service", item_kind=ItemKind.SERVICE, minutes=1)
    submit(mall, parcel, code, service)
    assert queued(mall, "shipment") == [parcel]
    assert queued(mall, "fulfilment") == [code, service]


def test_a_redemption_changes_its_queue_with_its_status_and_leaves_it_at_the_end(
    mall: Stored,
) -> None:
    waiting = redemption(status=Status.PENDING_REVIEW)
    submit(mall, waiting)
    confirmed = waiting.reach(Status.CONFIRMED, NOW + timedelta(hours=1))
    mall.store.commit([ChangeRedemption(confirmed)])
    assert (queued(mall, "review"), queued(mall, "shipment")) == ([], [confirmed])
    shipped = confirmed.reach(Status.SHIPPED, NOW + timedelta(hours=2))
    mall.store.commit([ChangeRedemption(shipped)])
    assert (queued(mall, "review"), queued(mall, "shipment")) == ([], [])


def count(pieces: int, limit: int | None, period: str = "total") -> CountLimit:
    return CountLimit("lin", "tea", period, pieces, limit)


def test_pieces_are_counted_up_to_the_limit_and_no_further(mall: Stored) -> None:
    mall.store.commit(fenced(count(2, 5), fact="1"))
    mall.store.commit(fenced(count(3, 5), fact="2"))
    over = count(1, 5)
    assert refusal(mall, *fenced(over, fact="3")) == [(over, 5)]


def test_more_pieces_at_once_than_the_limit_are_refused_from_the_first(mall: Stored) -> None:
    over = count(6, 5)
    assert refusal(mall, *fenced(over, fact="1")) == [(over, None)]


def test_pieces_given_back_can_be_had_again(mall: Stored) -> None:
    mall.store.commit(fenced(count(5, 5), fact="1"))
    mall.store.commit(fenced(count(-2, None), fact="2"))
    mall.store.commit(fenced(count(2, 5), fact="3"))
    over = count(1, 5)
    assert refusal(mall, *fenced(over, fact="4")) == [(over, 5)]


def test_each_period_has_a_count_of_its_own(mall: Stored) -> None:
    mall.store.commit(fenced(count(5, 5, "day#2026-11-21"), fact="1"))
    mall.store.commit(fenced(count(5, 5, "day#2026-11-22"), fact="2"))
    over = count(1, 5, "day#2026-11-21")
    assert refusal(mall, *fenced(over, fact="3")) == [(over, 5)]


def test_without_a_limit_pieces_are_counted_all_the_same(mall: Stored) -> None:
    mall.store.commit(fenced(count(50, None), fact="1"))
    over = count(1, 50)
    assert refusal(mall, *fenced(over, fact="2")) == [(over, 50)]
