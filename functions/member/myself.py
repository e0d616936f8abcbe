"""What members see of themselves."""

from datetime import date
from typing import Literal

from loyalty.api.schema import Instant, Schema
from member.tiers.progress import Myself
from member.tiers.views import TierProgressView


class Me(Schema):
    """The member's own profile."""

    member_id: str
    display_name: str | None
    phone: str | None
    email: str | None
    language: Literal["zh", "en"]
    tier: str | None
    tier_name: str | None
    tier_progress: TierProgressView | None
    birthday: date | None
    tags: tuple[str, ...]
    joined_at: Instant

    @classmethod
    def of(cls, myself: Myself, language: str) -> "Me":
        """Show members themselves; texts in a language."""
        member, progress = myself.member, myself.progress
        return cls(
            member_id=member.member_id,
            display_name=member.display_name,
            phone=member.phone,
            email=member.email,
            language="en" if member.language == "en" else "zh",
            tier=progress.tier.id if progress else None,
            tier_name=progress.tier.name[language] if progress else None,
            tier_progress=TierProgressView.of(progress, language) if progress else None,
            birthday=member.birthday,
            tags=member.tags,
            joined_at=member.joined_at,
        )
