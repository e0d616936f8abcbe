"""The guides show campaigns that can be drafted, and what classes, pieces and birthdays give."""

import json
import re
from decimal import Decimal

import pytest

from earn.campaigns.forms import TermsForm
from earn.document import ProgrammeDocument
from earn.rules import Scene, worth_of
from house.documents import rows_of, text_of
from loyalty.domain.buyer import Buyer
from loyalty.domain.orders import OrderLine
from support.campaigning import purchase

GUIDE, RULES = text_of("how-to/run-a-campaign.md"), text_of("how-to/write-a-programme.md")
CAMPAIGNS = re.findall(r"```json campaign\n(.*?)```", GUIDE, re.DOTALL)
PROGRAMMES = re.findall(r"```json programme\n(.*?)```", RULES, re.DOTALL)
LINES = [row for row in rows_of(RULES) if re.fullmatch(r".*\d\.\d\d", row[0]) and len(row) == 3]


def test_the_campaigns_of_the_guide_can_be_drafted() -> None:
    assert CAMPAIGNS
    for campaign in CAMPAIGNS:
        TermsForm.model_validate(json.loads(campaign)).terms()


def test_the_guide_has_lines() -> None:
    assert len(LINES) == 5


@pytest.mark.parametrize("row", LINES, ids=[row[0] for row in LINES])
def test_lines_give_what_the_guide_says(row: list[str]) -> None:
    (document,) = [it for it in map(json.loads, PROGRAMMES) if "birthday" in it]
    programme = ProgrammeDocument.model_validate(document).programme(1)
    bought = purchase(line_of(row[0]))
    plain = worth_of(bought, programme, Scene(Buyer()))
    birthday = worth_of(bought, programme, Scene(Buyer(has_birthday=True)))
    assert [str(plain.points), str(birthday.points)] == row[1:]


def line_of(text: str) -> OrderLine:
    """Read ``3 hotel 2400.00``: pieces and a SKU, category or margin class, and an amount."""
    *words, amount = text.split()
    name = words.pop() if words else ""
    return OrderLine(name, name or None, int(words[0]) if words else 1, Decimal(amount), name)
