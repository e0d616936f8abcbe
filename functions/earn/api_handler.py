"""Earning over HTTP: the programme for operators."""

from earn import publishing
from earn.views import ProgrammeView
from loyalty.api import create_app
from loyalty.api.auth import Reader
from loyalty.bootstrap import mall

app = create_app("earn")
lambda_handler = app.resolve


@app.get("/v1/admin/programme")
def show_programme(_caller: Reader) -> ProgrammeView:
    """The rules in force."""
    return ProgrammeView.of(publishing.show_programme(mall()))
