"""Use cases of the audit's chain: seal what operators did, and find what was done to it since.

An act is sealed some time after it has happened, by a schedule and not by the act itself: so
operators never wait for each other, and an act costs what it did before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from itertools import islice

from loyalty.domain.audit_chain import (
    Anchor,
    Link,
    anchor_after,
    digest_of_record,
    every_shard,
    instant_place,
    link_after,
    place_of,
    seal_of,
    seal_of_anchor,
)
from loyalty.ports import Mall

RIPE = timedelta(minutes=15)
"""How old an act is before it is sealed: longer than any act under way, or an index, takes."""

AT_ONCE = 90


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was done to the audit: what, where in the chain, to which act."""

    what: str
    where: str
    subject: str = ""
    act_id: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What the verifier saw: how many sealed acts, the newest anchor, what is wrong."""

    sealed: int
    anchor: Anchor | None
    findings: tuple[Finding, ...]


def seal_trail(mall: Mall) -> tuple[int, Anchor | None]:
    """Seal all acts that are ripe, and anchor all heads once a day; safe to repeat.

    Returns:
        How many acts were sealed, and the day's anchor, if this run has put it.
    """
    sealed = sum(_seal_shard(mall, shard) for shard in every_shard())
    heads = {shard: link for shard in every_shard() if (link := mall.trail.last_link(shard))}
    anchors = mall.trail.anchors()
    day = mall.clock.now().astimezone(UTC).date()
    if not heads or (anchors and anchors[-1].day >= day):
        return sealed, None
    anchor = anchor_after(anchors[-1] if anchors else None, day, heads)
    return sealed, anchor if mall.trail.add_anchor(anchor) else None


def verify_trail(mall: Mall) -> Verification:
    """Compute the whole chain anew, and name whatever does not fit."""
    findings: list[Finding] = []
    heads: dict[str, dict[int, str]] = {}
    for shard in every_shard():
        links = list(mall.trail.links(shard))
        heads[shard] = {link.number: link.seal for link in links}
        findings += _broken_links(links)
        findings += _changed_acts(mall, links)
        findings += _slipped_in(mall, shard, links)
    anchors = mall.trail.anchors()
    findings += _broken_anchors(anchors, heads)
    sealed = sum(map(len, heads.values()))
    return Verification(sealed, anchors[-1] if anchors else None, tuple(findings))


def _seal_shard(mall: Mall, shard: str) -> int:
    sealed, last = 0, mall.trail.last_link(shard)
    until = instant_place(mall.clock.now() - RIPE)
    ripe = iter(mall.trail.acts(shard, since=last.place if last else "", until=until))
    while batch := list(islice(ripe, AT_ONCE)):
        links: list[Link] = []
        for record in batch:
            last = link_after(last, shard, record)
            links.append(last)
        if not mall.trail.add_links(links):
            break  # another run is at it
        sealed += len(links)
    return sealed


def _broken_links(links: list[Link]) -> Iterator[Finding]:
    previous: Link | None = None
    for link in links:
        where = f"chain {link.shard}, link {link.number}"
        if link.number != (previous.number if previous else 0) + 1:
            yield Finding("links are missing before", where, link.subject, link.act_id)
        elif link.seal != seal_of(previous, link):
            yield Finding("the link was changed", where, link.subject, link.act_id)
        elif previous and link.place <= previous.place:
            yield Finding("the order was changed", where, link.subject, link.act_id)
        previous = link


def _changed_acts(mall: Mall, links: list[Link]) -> Iterator[Finding]:
    for link in links:
        record = mall.trail.record(link.subject, link.act_id)
        where = f"chain {link.shard}, link {link.number}"
        if record is None:
            yield Finding("the act was removed", where, link.subject, link.act_id)
        elif place_of(record) != link.place:
            yield Finding("the act was moved in time", where, link.subject, link.act_id)
        elif digest_of_record(record) != link.digest:
            yield Finding("the act was altered", where, link.subject, link.act_id)


def _slipped_in(mall: Mall, shard: str, links: list[Link]) -> Iterator[Finding]:
    if not links:
        return
    known = {link.act_id for link in links}
    for record in mall.trail.acts(shard, until=links[-1].place):
        if record.act_id not in known:
            where = f"chain {shard}, before link {links[-1].number}"
            yield Finding("the act was put in later", where, record.subject, record.act_id)


def _broken_anchors(
    anchors: Sequence[Anchor], heads: Mapping[str, Mapping[int, str]]
) -> Iterator[Finding]:
    previous: Anchor | None = None
    for anchor in anchors:
        where = f"anchor of {anchor.day}"
        if anchor.seal != seal_of_anchor(previous, anchor.day, anchor.heads):
            yield Finding("the anchor was changed", where)
        for shard, told in anchor.heads.items():
            number, _, seal = told.partition(" ")
            if heads[shard].get(int(number)) != seal:
                yield Finding(f"chain {shard} is not the one that was anchored", where)
        previous = anchor
