"""Earning over HTTP: the programme for operators, previews for shops and members."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Path

from earn import previewing, publishing, replaying
from earn.campaigns.routes import router as campaigns
from earn.carts import CartForm, Preview
from earn.document import faults_of, json_schema
from earn.forms import AnyDraft, Draft, DryRun, NewVersion, Rollback
from earn.views import DraftDifferences, DraftVerdict, ProgrammeView, ReplayView, VersionList
from loyalty.api import create_app
from loyalty.api.auth import Admin, MemberOrShop, Operator, Reader
from loyalty.api.idempotency import IdempotencyKey
from loyalty.api.pagination import Paging, cursor_at, decode_cursor
from loyalty.bootstrap import mall

app = create_app("earn")
app.include_router(campaigns)
lambda_handler = app.resolve

PROGRAMME = "/v1/admin/programme"
VersionNumber = Annotated[int, Path(ge=1, le=1_000_000_000, description="The version's number.")]


@app.get(PROGRAMME)
def show_programme(_caller: Reader) -> ProgrammeView:
    """The rules in force."""
    return ProgrammeView.of(publishing.show_programme(mall()))


@app.get(f"{PROGRAMME}/versions")
def list_versions(_caller: Reader, paging: Paging) -> VersionList:
    """What was ever published, newest first."""
    page = publishing.list_versions(mall(), paging.limit, paging.position)
    return VersionList.of(page, paging.cursor_after(page))


@app.get(f"{PROGRAMME}/versions/<version>")
def show_version(_caller: Reader, version: VersionNumber) -> ProgrammeView:
    """The rules of one version."""
    return ProgrammeView.of(publishing.show_programme(mall(), version))


@app.get(f"{PROGRAMME}/schema")
def show_schema(_caller: Reader) -> dict[str, Any]:
    """The JSON Schema of a programme's document."""
    return json_schema()


@app.post(f"{PROGRAMME}/validate")
def validate_draft(_caller: Operator, body: AnyDraft) -> DraftVerdict:
    """What stands against a draft."""
    return DraftVerdict.of(faults_of(body.draft))


@app.post(f"{PROGRAMME}/diff")
def compare_draft(_caller: Operator, body: Draft) -> DraftDifferences:
    """What a draft would change of the rules in force."""
    return DraftDifferences.of(publishing.compare(mall(), body.draft.programme(0)))


@app.post(f"{PROGRAMME}/dry-run")
def dry_run(caller: Operator, body: DryRun) -> ReplayView:
    """What past days issued, and what a draft would have issued.

    A call looks at a part of the ledger; go on with `cursor` until there is no `next_cursor`,
    and add the parts up.
    """
    scope = body.scope(caller.subject)
    position = decode_cursor(body.cursor, scope)
    replay = replaying.dry_run(mall(), body.draft.programme(0), body.first, body.last, position)
    return ReplayView.of(replay, cursor_at(replay.next_position, scope))


@app.post(f"{PROGRAMME}/publish", status_code=201)
def publish_programme(caller: Admin, key: IdempotencyKey, body: NewVersion) -> ProgrammeView:
    """Put a draft in force."""
    draft, expected = body.draft.programme(0), body.expected_version
    return ProgrammeView.of(
        publishing.publish_programme(mall(), caller.operator, key, draft, expected, body.reason)
    )


@app.post(f"{PROGRAMME}/rollback", status_code=201)
def roll_back(caller: Admin, key: IdempotencyKey, body: Rollback) -> ProgrammeView:
    """Put an older version in force again, as a new one."""
    return ProgrammeView.of(
        publishing.roll_back(mall(), caller.operator, key, body.version, body.reason)
    )


@app.post("/v1/orders/preview")
def preview_order(caller: MemberOrShop, body: CartForm) -> Preview:
    """What a cart would earn if it were paid now."""
    forecast = previewing.preview_order(mall(), body.cart(), caller.member_id)
    return Preview.of(forecast, body.currency)
