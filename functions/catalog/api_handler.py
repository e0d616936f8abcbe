"""The catalogue over HTTP: public, for members, and for operators."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from catalog import codes, editing, pictures, service, stock_report, stocking
from catalog.forms import ItemChange, NewCodes, NewItem, NewPicture, ShelfChange, StockChange
from catalog.replenishing import Flag
from catalog.schemas import (
    AdminItem,
    AdminItemList,
    CatalogItem,
    CatalogItemList,
    CategoryList,
    CodesImported,
    PictureUpload,
)
from catalog.shelf import ShelfQuery, Sort
from catalog.stock_report import ReportQuery
from catalog.stock_views import StockReport
from loyalty.api import create_app
from loyalty.api.auth import CurrentMember, Operator, Reader
from loyalty.api.idempotency import IdempotencyKey
from loyalty.api.pagination import Paging
from loyalty.bootstrap import mall, settings
from loyalty.domain.item import ItemKind, ItemStatus

app = create_app("catalog")
lambda_handler = app.resolve

SHARED = "public, max-age=15"
"""Long enough to carry a rush, short enough that nobody is told of an old price for long."""

InCategory = Annotated[str | None, Query(max_length=64, description="Only of this category.")]
OfKind = Annotated[ItemKind | None, Query(description="Only of this kind.")]
OfStatus = Annotated[ItemStatus | None, Query(description="Only of this status.")]
Words = Annotated[
    str | None,
    Query(
        max_length=100,
        description="What is searched for: words, Chinese or not, pinyin or its initials; slips of "
        "the finger and words that mean the same are thought of.",
    ),
]
Order = Annotated[
    Sort | None, Query(description="What comes first: `relevance` with `q`, else `newest`.")
]
LeastPoints = Annotated[int | None, Query(ge=0, description="Only from so many points on.")]
MostPoints = Annotated[int | None, Query(ge=0, description="Only up to so many points.")]
WithFlag = Annotated[Flag | None, Query(description="Only with this flag.")]
CoverDays = Annotated[int, Query(ge=1, le=365, description="How many days stock should last.")]
LeadDays = Annotated[int, Query(ge=0, le=365, description="How long an order takes to arrive.")]
Affordable = Annotated[bool, Query(description="Only what the member's points are enough for.")]


@app.get("/v1/catalog/items", cache_control=SHARED)
def list_shelf(
    paging: Paging,
    category: InCategory = None,
    kind: OfKind = None,
    q: Words = None,
    sort: Order = None,
    min_points: LeastPoints = None,
    max_points: MostPoints = None,
) -> CatalogItemList:
    """What is on the shelf."""
    query = ShelfQuery(category, kind, None, q, min_points, max_points, sort)
    page = service.list_shelf(mall(), query, paging.limit, paging.position)
    return CatalogItemList.of(page.items, paging.cursor_after(page), settings().media_url)


@app.get("/v1/catalog/items/<item_id>", cache_control=SHARED)
def show_shelved_item(item_id: str) -> CatalogItem:
    """One item on the shelf."""
    return CatalogItem.of(service.show_shelved_item(mall(), item_id), settings().media_url)


@app.get("/v1/catalog/categories", cache_control=SHARED)
def list_categories() -> CategoryList:
    """The categories on the shelf."""
    return CategoryList.of(service.list_categories(mall()))


@app.get("/v1/me/catalog/items")
def list_shelf_for_member(
    caller: CurrentMember,
    paging: Paging,
    category: InCategory = None,
    kind: OfKind = None,
    q: Words = None,
    sort: Order = None,
    min_points: LeastPoints = None,
    max_points: MostPoints = None,
    affordable: Affordable = False,
) -> CatalogItemList:
    """What is on the shelf, as the member sees it."""
    query = ShelfQuery(category, kind, None, q, min_points, max_points, sort)
    page = service.list_shelf_for_member(
        mall(), caller.subject, query, paging.limit, paging.position, affordable=affordable
    )
    return CatalogItemList.of(page.items, paging.cursor_after(page), settings().media_url)


@app.get("/v1/me/catalog/items/<item_id>")
def show_item_to_member(_caller: CurrentMember, item_id: str) -> CatalogItem:
    """One item on the shelf, as the member sees it."""
    return CatalogItem.of(service.show_shelved_item(mall(), item_id), settings().media_url)


@app.get("/v1/admin/items")
def list_items(
    _caller: Reader,
    paging: Paging,
    category: InCategory = None,
    kind: OfKind = None,
    status: OfStatus = None,
    q: Words = None,
    sort: Order = None,
    min_points: LeastPoints = None,
    max_points: MostPoints = None,
) -> AdminItemList:
    """All items, whatever their status."""
    query = ShelfQuery(category, kind, status, q, min_points, max_points, sort)
    page = service.list_items(mall(), query, paging.limit, paging.position)
    return AdminItemList.of(page.items, paging.cursor_after(page), settings().media_url)


@app.get("/v1/admin/items/stock-report")
def report_stock(
    _caller: Reader,
    paging: Paging,
    category: InCategory = None,
    kind: OfKind = None,
    flag: WithFlag = None,
    cover_days: CoverDays = 30,
    lead_days: LeadDays = 7,
) -> StockReport:
    """How long the stock of what is on the shelf lasts, most urgent first."""
    query = ReportQuery(ShelfQuery(category, kind), flag, cover_days, lead_days)
    page = stock_report.report_stock(mall(), query, paging.limit, paging.position)
    return StockReport.of(page.items, paging.cursor_after(page))


@app.get("/v1/admin/items/<item_id>")
def show_item(_caller: Reader, item_id: str) -> AdminItem:
    """One item, whatever its status."""
    return AdminItem.of(service.show_item(mall(), item_id), settings().media_url)


@app.post("/v1/admin/items", status_code=201)
def create_item(caller: Operator, key: IdempotencyKey, body: NewItem) -> AdminItem:
    """Put a new item into the catalogue."""
    item = editing.create_item(mall(), caller.operator, key, body.fields(), body.stock)
    return AdminItem.of(item, settings().media_url)


@app.route("/v1/admin/items/<item_id>", method=["PATCH", "PUT"])
def change_item(caller: Operator, item_id: str, body: ItemChange) -> AdminItem:
    """Change what is given of an item, and leave the rest."""
    item = editing.change_item(
        mall(), caller.operator, item_id, body.fields(), body.version, body.reason
    )
    return AdminItem.of(item, settings().media_url)


@app.post("/v1/admin/items/<item_id>/shelf")
def shelve_item(
    caller: Operator, key: IdempotencyKey, item_id: str, body: ShelfChange
) -> AdminItem:
    """Put an item on the shelf, or take it off."""
    item = editing.shelve_item(mall(), caller.operator, key, item_id, body.status, body.reason)
    return AdminItem.of(item, settings().media_url)


@app.post("/v1/admin/items/<item_id>/stock")
def add_stock(caller: Operator, key: IdempotencyKey, item_id: str, body: StockChange) -> AdminItem:
    """Add pieces to an item's stock, or take some off."""
    item = stocking.add_stock(mall(), caller.operator, key, item_id, body.delta, body.reason)
    return AdminItem.of(item, settings().media_url)


@app.post("/v1/admin/items/<item_id>/codes", status_code=201)
def import_codes(
    caller: Operator, key: IdempotencyKey, item_id: str, body: NewCodes
) -> CodesImported:
    """Put codes into a virtual item's pool."""
    return CodesImported.of(codes.import_codes(mall(), caller.operator, key, item_id, body.codes))


@app.post("/v1/admin/items/<item_id>/pictures", status_code=201)
def offer_upload(
    caller: Operator, key: IdempotencyKey, item_id: str, body: NewPicture
) -> PictureUpload:
    """A form by which to upload a picture for an item."""
    return PictureUpload.of(
        pictures.offer_upload(mall(), caller.operator, key, item_id, body.content_type)
    )
