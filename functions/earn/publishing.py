"""Use cases of the programme's versions: read them, put one in force, go back to an older one."""

from collections.abc import Mapping
from dataclasses import replace

from earn.differences import Differences, differences
from earn.document import document_of
from loyalty.auditing import OperatorAct, commit_once
from loyalty.domain.audit import Operator
from loyalty.domain.errors import ChangedMeanwhile, Invalid, NotFound
from loyalty.domain.programme import Programme, Publication
from loyalty.domain.writes import PublishProgramme
from loyalty.ports import Mall, Page, WriteRefused


def show_programme(mall: Mall, version: int | None = None) -> Publication:
    """Return a version of the rules, or the one in force.

    Raises:
        NotFound: there is none.
    """
    publication = mall.programmes.publication(version)
    if publication is None:
        raise NotFound("There is no such version of the programme.")
    return publication


def list_versions(
    mall: Mall, limit: int, position: Mapping[str, str] | None = None
) -> Page[Publication]:
    """Return what was ever published, newest first."""
    newest = int(position["below"]) - 1 if position else _version_in_force(mall)
    lowest = max(newest - limit, 0)
    found = mall.programmes.publications(range(newest, lowest, -1))
    return Page(found, {"below": str(lowest + 1)} if lowest else None)


def compare(mall: Mall, draft: Programme) -> Differences:
    """Return what a draft would change of the rules in force.

    Raises:
        NotFound: nothing is in force yet.
    """
    in_force = show_programme(mall).programme
    return differences(document_of(in_force), document_of(draft))


def publish_programme(
    mall: Mall, operator: Operator, key: str, draft: Programme, expected: int, reason: str | None
) -> Publication:
    """Put a draft in force as the version after the expected one.

    Raises:
        ChangedMeanwhile: another version than the expected one is in force.
        IdempotencyKeyReused: the key came with another draft before.
    """
    in_force = mall.programmes.publication()
    request = {"draft": document_of(draft), "expected_version": expected, "reason": reason}
    act = OperatorAct(operator, "programme.publish", "live", key, request=request, reason=reason)
    return _put_in_force(mall, act, replace(draft, version=expected + 1), in_force)


def roll_back(
    mall: Mall, operator: Operator, key: str, version: int, reason: str | None
) -> Publication:
    """Put an older version in force again, as a new one.

    Raises:
        NotFound: there is no such version.
        Invalid: it is the one in force.
        ChangedMeanwhile: another version came into force in this very moment.
        IdempotencyKeyReused: the key came with another version before.
    """
    in_force, older = show_programme(mall), show_programme(mall, version)
    if version == in_force.version:
        raise Invalid.at("version", "This version is in force.")
    request = {"version": version, "reason": reason}
    act = OperatorAct(operator, "programme.rollback", "live", key, request=request, reason=reason)
    again = replace(older.programme, version=in_force.version + 1)
    return _put_in_force(mall, act, again, in_force)


def _put_in_force(
    mall: Mall, act: OperatorAct, rules: Programme, in_force: Publication | None
) -> Publication:
    old = document_of(in_force.programme) if in_force else {}
    change = differences(old, document_of(rules))
    publication = Publication(rules, mall.clock.now(), act.operator.subject, act.reason)
    told = replace(
        act,
        before={"version": in_force.version if in_force else 0, "rules": change.before},
        after={"version": rules.version, "rules": change.after},
    )
    try:
        earlier = commit_once(mall, told, [PublishProgramme(publication, rules.version - 1)])
    except WriteRefused as refused:
        version = _version_in_force(mall)
        raise ChangedMeanwhile(f"Version {version} is in force.", version=version) from refused
    return show_programme(mall, int(str(earlier.after["version"]))) if earlier else publication


def _version_in_force(mall: Mall) -> int:
    in_force = mall.programmes.publication()
    return in_force.version if in_force else 0
