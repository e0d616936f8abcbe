"""What operators did, and what members have, over HTTP."""

from insight import export_routes, reading
from insight.anomalies import routes as anomaly_routes
from insight.schemas import Actor, AuditList, From, Subject, To, wanted
from loyalty.api import create_app
from loyalty.api.auth import Reader
from loyalty.api.pagination import Paging
from loyalty.bootstrap import mall

app = create_app("insight")
app.include_router(export_routes.router)
app.include_router(anomaly_routes.router)
lambda_handler = app.resolve


@app.get("/v1/admin/audit")
def list_acts(
    caller: Reader,
    paging: Paging,
    actor: Actor = None,
    subject: Subject = None,
    since: From = None,
    until: To = None,
) -> AuditList:
    """What operators did, newest first: who, in which role, why, before and after."""
    asked = wanted(actor, subject, since, until)
    page = reading.list_acts(mall(), asked, paging.limit, paging.position)
    return AuditList.of(page.items, paging.cursor_after(page))
