"""Members over HTTP: their own account, and all accounts for operators."""

from aws_lambda_powertools.event_handler import Response

from loyalty.api import create_app
from loyalty.api.auth import Admin, CurrentMember, Operator, Reader, Reviewer
from loyalty.api.idempotency import IdempotencyKey
from loyalty.api.language import Language
from loyalty.api.pagination import Paging
from loyalty.bootstrap import mall
from member import (
    adjusting,
    approving,
    freezing,
    linking,
    lookup,
    rebuilding,
    reconciling,
    service,
    tagging,
)
from member.adjustments import (
    Adjusted,
    AdjustmentDecision,
    AdjustmentList,
    AdjustmentView,
    InStatus,
    Listed,
    shown,
)
from member.forms import AdjustmentRequest, LinkRequest, MeChange, ReasonRequest, TagsRequest
from member.importing import routes as importing_routes
from member.myself import Me
from member.queries import Contact, From, OfKind, To, contact_of, span_of
from member.schemas import (
    AuditedEntryList,
    BalanceView,
    EntryList,
    LinkView,
    MemberDetail,
    MemberList,
    ReconciliationView,
)
from member.shops import routes as shop_routes
from member.tiers.progress import show_myself, show_tier
from member.tiers.views import MemberTier

app = create_app("member")
app.include_router(importing_routes.router)
app.include_router(shop_routes.router)
lambda_handler = app.resolve


@app.get("/v1/me")
def show_me(caller: CurrentMember, language: Language) -> Me:
    """The member's own profile; a member's first call makes it."""
    return Me.of(service.greet(mall(), caller.subject), language)


@app.patch("/v1/me")
def change_me(body: MeChange, caller: CurrentMember, language: Language) -> Me:
    """Change some fields of one's own profile."""
    service.change_me(mall(), caller.subject, body.changes())
    return Me.of(show_myself(mall(), caller.subject), language)


@app.get("/v1/me/points")
def show_balance(caller: CurrentMember) -> BalanceView:
    """What the member has, and what expires when."""
    return BalanceView.of(service.show_balance(mall(), caller.subject))


@app.get("/v1/me/points/entries")
def list_entries(
    caller: CurrentMember, paging: Paging, kind: OfKind = None, since: From = None, until: To = None
) -> EntryList:
    """The member's statement, newest first."""
    span = span_of(mall(), kind, since, until)
    page = service.list_entries(mall(), caller.subject, span, paging.limit, paging.position)
    return EntryList.of(page.items, paging.cursor_after(page))


@app.get("/v1/admin/members")
def find_members(
    caller: Reader, phone: Contact = None, email: Contact = None, q: Contact = None
) -> MemberList:
    """Find members by phone, e-mail address, or (`q`) either of them or an id."""
    return MemberList.of(lookup.find_members(mall(), contact_of(phone, email, q)))


@app.get("/v1/admin/members/<member_id>")
def show_member(member_id: str, caller: Reader) -> MemberDetail:
    """One member, with the balance."""
    return MemberDetail.of(lookup.show_member(mall(), member_id))


@app.get("/v1/admin/members/<member_id>/entries")
def list_member_entries(
    member_id: str,
    caller: Reader,
    paging: Paging,
    kind: OfKind = None,
    since: From = None,
    until: To = None,
) -> AuditedEntryList:
    """A member's statement, newest first, with who made each entry."""
    lookup.existing(mall(), member_id)
    span = span_of(mall(), kind, since, until)
    page = service.list_entries(mall(), member_id, span, paging.limit, paging.position)
    return AuditedEntryList.of(page.items, paging.cursor_after(page))


@app.get("/v1/admin/members/<member_id>/tier")
def show_member_tier(member_id: str, caller: Reader, language: Language) -> MemberTier:
    """A member's way through the tiers, with every step and what moved it."""
    return MemberTier.of(show_tier(mall(), member_id), language)


@app.put("/v1/admin/members/<member_id>/tags")
def tag_member(member_id: str, body: TagsRequest, caller: Operator) -> MemberDetail:
    """Give a member these tags and no others."""
    dossier = tagging.tag_member(mall(), caller.operator, member_id, body.tags, body.reason)
    return MemberDetail.of(dossier)


@app.post("/v1/admin/members/<member_id>/links", status_code=201)
def link_customer(
    member_id: str, body: LinkRequest, caller: Operator, key: IdempotencyKey
) -> LinkView:
    """Say that a shop's customer is this member; orders that waited are credited."""
    customer = (body.source, body.customer_id)
    link = linking.link_customer(mall(), caller.operator, key, member_id, *customer)
    return LinkView.model_validate(link)


@app.post("/v1/admin/members/<member_id>/freeze")
def freeze_account(
    member_id: str, body: ReasonRequest, caller: Operator, key: IdempotencyKey
) -> MemberDetail:
    """Freeze an account: earning goes on, nothing is spent."""
    dossier = freezing.freeze_account(mall(), caller.operator, key, member_id, body.reason)
    return MemberDetail.of(dossier)


@app.post("/v1/admin/members/<member_id>/unfreeze")
def unfreeze_account(
    member_id: str, body: ReasonRequest, caller: Operator, key: IdempotencyKey
) -> MemberDetail:
    """Let an account be spent from again."""
    dossier = freezing.unfreeze_account(mall(), caller.operator, key, member_id, body.reason)
    return MemberDetail.of(dossier)


@app.post("/v1/admin/members/<member_id>/adjustments", status_code=201)
def adjust_points(
    member_id: str, body: AdjustmentRequest, caller: Operator, key: IdempotencyKey
) -> Response[Adjusted]:
    """Add points by hand, or take them away; above the limit that waits for a reviewer (202)."""
    adjustment = body.adjustment()
    return shown(adjusting.adjust_points(mall(), caller.operator, key, member_id, adjustment))


@app.get("/v1/admin/adjustments")
def list_adjustments(
    caller: Reader, paging: Paging, status: InStatus = Listed.PENDING
) -> AdjustmentList:
    """Adjustments that wait for a reviewer, or were decided; the oldest request first."""
    page = approving.list_adjustments(mall(), status.status, paging.limit, paging.position)
    return AdjustmentList.of(page.items, paging.cursor_after(page))


@app.post("/v1/admin/adjustments/<adjustment_id>/decision")
def decide_adjustment(
    adjustment_id: str, body: AdjustmentDecision, caller: Reviewer, key: IdempotencyKey
) -> AdjustmentView:
    """Carry an adjustment out that waits, or put it away."""
    word = body.word(key)
    decided = approving.decide_adjustment(mall(), caller.operator, adjustment_id, word)
    return AdjustmentView.model_validate(decided)


@app.get("/v1/admin/members/<member_id>/reconciliation")
def reconcile_member(member_id: str, caller: Reader) -> ReconciliationView:
    """Compare an account with its entries."""
    return ReconciliationView.of(reconciling.show_reconciliation(mall(), member_id))


@app.post("/v1/admin/members/<member_id>/rebuild")
def rebuild_member(
    member_id: str, body: ReasonRequest, caller: Admin, key: IdempotencyKey
) -> ReconciliationView:
    """Make an account anew from its entries; the audit keeps what was wrong."""
    rebuilt = rebuilding.rebuild_member(mall(), caller.operator, key, member_id, body.reason)
    return ReconciliationView.of(rebuilt)
