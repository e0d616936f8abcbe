"""What the catalogue's callers are answered."""

from collections.abc import Iterable, Mapping
from typing import Self

from catalog.codes import Import
from catalog.pictures import Upload
from catalog.price_views import BundleView, ItemOption, LimitedPriceView, options_of
from catalog.shelf import StockedItem
from loyalty.api.schema import Instant, Schema
from loyalty.domain.item import ItemKind, ItemStatus, Limits, Review


class CatalogItem(Schema):
    """An item, as everybody sees it. ``limits`` names only those that there are."""

    item_id: str
    name: dict[str, str]
    description: dict[str, str]
    kind: ItemKind
    category: str
    tags: list[str]
    pictures: list[str]
    points: int
    options: list[ItemOption]
    skus: list[str]
    stock: int
    review: Review
    limits: dict[str, int]
    status: ItemStatus
    market_price: str | None
    terms: dict[str, str]
    tier_prices: dict[str, int]
    only_tiers: list[str]
    limited_price: LimitedPriceView | None
    bundle: BundleView | None
    newcomer_days: int | None
    on_shelf_from: Instant | None
    on_shelf_until: Instant | None

    @classmethod
    def of(cls, shown: StockedItem, media_url: str) -> Self:
        """Return an item's form; relative pictures get the address that media stand under."""
        item = shown.item
        return cls(
            item_id=item.item_id,
            name=dict(item.name),
            description=dict(item.description),
            kind=item.kind,
            category=item.category,
            tags=list(item.tags),
            pictures=[picture_url(path, media_url) for path in item.pictures],
            points=item.points,
            options=options_of(item),
            skus=[],
            stock=shown.stock.on_hand,
            review=item.review,
            limits=limits_of(item.limits),
            status=item.status,
            market_price=item.market_price,
            terms=dict(item.terms),
            tier_prices=dict(item.tier_prices),
            only_tiers=list(item.only_tiers),
            limited_price=item.limited_price
            and LimitedPriceView.model_validate(item.limited_price),
            bundle=item.bundle and BundleView.model_validate(item.bundle),
            newcomer_days=item.newcomer_days,
            on_shelf_from=item.on_shelf_from,
            on_shelf_until=item.on_shelf_until,
            **cls._more(shown),
        )

    @classmethod
    def _more(cls, _shown: StockedItem) -> dict[str, object]:
        """Return what else a form shows."""
        return {}


class AdminItem(CatalogItem):
    """An item, as operators see it.

    ``codes_needed``: pieces of a virtual item that are on sale or sold, and have no code yet.
    """

    version: int
    created_at: Instant
    hide_sold_out: bool
    low_stock_at: int | None
    held: int
    sold: int
    codes_needed: int

    @classmethod
    def _more(cls, shown: StockedItem) -> dict[str, object]:
        return {
            "version": shown.item.version,
            "created_at": shown.item.created_at,
            "hide_sold_out": shown.item.hide_sold_out,
            "low_stock_at": shown.item.low_stock_at,
            "held": shown.stock.held,
            "sold": shown.stock.sold,
            "codes_needed": max(0, shown.stock.uncovered),
        }


class CatalogItemList(Schema):
    """A part of the shelf."""

    items: list[CatalogItem]
    next_cursor: str | None

    @classmethod
    def of(cls, items: Iterable[StockedItem], next_cursor: str | None, media_url: str) -> Self:
        """Return a part of a list."""
        shown = [CatalogItem.of(item, media_url) for item in items]
        return cls(items=shown, next_cursor=next_cursor)


class AdminItemList(Schema):
    """A part of all items."""

    items: list[AdminItem]
    next_cursor: str | None

    @classmethod
    def of(cls, items: Iterable[StockedItem], next_cursor: str | None, media_url: str) -> Self:
        """Return a part of a list."""
        shown = [AdminItem.of(item, media_url) for item in items]
        return cls(items=shown, next_cursor=next_cursor)


class Category(Schema):
    """A category, and how many items of it are on the shelf."""

    category: str
    count: int


class CategoryList(Schema):
    """The categories on the shelf; they always fit one part."""

    items: list[Category]
    next_cursor: None = None

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Self:
        """Return the list."""
        return cls(items=[Category(category=name, count=count) for name, count in counts.items()])


class CodesImported(Schema):
    """What became of codes. ``duplicates`` were given twice, or were in the pool before."""

    imported: int
    duplicates: int
    stock: int

    @classmethod
    def of(cls, done: Import) -> Self:
        """Return the answer."""
        return cls.model_validate(done)


class UploadShown(Schema):
    """A form that takes one picture: POST its fields and the file, as multipart/form-data."""

    url: str
    fields: dict[str, str]
    most_bytes: int
    ttl_seconds: int


class PictureUpload(Schema):
    """Where a picture will be, and how to upload it; ``picture`` then goes into the item's."""

    picture: str
    upload: UploadShown

    @classmethod
    def of(cls, offered: Upload) -> Self:
        """Return the answer."""
        form = offered.form
        shown = UploadShown(
            url=form.url,
            fields=dict(form.fields),
            most_bytes=form.most_bytes,
            ttl_seconds=form.ttl_seconds,
        )
        return cls(picture=offered.picture, upload=shown)


def picture_url(path: str, media_url: str) -> str:
    """Return where a picture is.

    >>> picture_url("pictures/tea.svg", "https://media.example.com/")
    'https://media.example.com/pictures/tea.svg'
    >>> picture_url("https://elsewhere.example.com/tea.svg", "https://media.example.com")
    'https://elsewhere.example.com/tea.svg'
    """
    return path if "://" in path else f"{media_url.rstrip('/')}/{path.lstrip('/')}"


def limits_of(limits: Limits) -> dict[str, int]:
    """Return the limits that there are."""
    named = {
        "per_order": limits.per_order,
        "per_day": limits.per_day,
        "per_member": limits.per_member,
    }
    return {period: pieces for period, pieces in named.items() if pieces is not None}
