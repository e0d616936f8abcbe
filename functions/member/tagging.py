"""Use case of operators: the tags of a member, which campaigns and messages choose by."""

from collections.abc import Iterable

from loyalty.auditing import OperatorAct, commit_once
from loyalty.domain.audit import Operator, digest_of
from loyalty.domain.errors import NotFound
from loyalty.domain.writes import ChangeMember
from loyalty.ports import Mall, WriteRefused
from loyalty.posting import LostRace, until_it_holds
from member.lookup import Dossier, show_member


def tag_member(
    mall: Mall, operator: Operator, member_id: str, tags: Iterable[str], reason: str | None = None
) -> Dossier:
    """Give a member these tags and no others; those that are the member's already change nothing.

    Raises:
        NotFound: there is no such member, or none with a profile.
        Forbidden: the member is the operator.
        Busy: the profile is changed all the time.
    """
    operator.acts_for_others(member_id)
    wanted = tuple(sorted(set(tags)))

    def attempt(_: object) -> None:
        before = mall.members.member(member_id)
        if before is None:
            raise NotFound("There is no such member.")
        if before.tags == wanted:
            return
        after = before.changed(tags=wanted)
        act = OperatorAct(
            operator,
            "member.tag",
            member_id,
            # Named after all that it changes: another change of this version is another act.
            f"v{after.version}:{digest_of(list(wanted))}",
            reason=reason,
            before={"tags": list(before.tags)},
            after={"tags": list(wanted)},
        )
        try:
            commit_once(mall, act, [ChangeMember(after)])
        except WriteRefused as refused:
            raise LostRace from refused

    until_it_holds(attempt)
    return show_member(mall, member_id)
