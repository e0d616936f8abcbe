"""Cases of what looks wrong, over HTTP."""

from insight.anomalies import deciding
from insight.anomalies.schemas import AnomalyDecision, AnomalyList, AnomalyView, Status
from loyalty.api import create_router
from loyalty.api.auth import Reader, Reviewer
from loyalty.api.idempotency import IdempotencyKey
from loyalty.api.pagination import Paging
from loyalty.bootstrap import mall
from loyalty.domain.anomaly.finding import CaseStatus

router = create_router()


@router.get("/v1/admin/anomalies")
def list_anomalies(
    _caller: Reader, paging: Paging, status: Status = CaseStatus.OPEN
) -> AnomalyList:
    """What looks wrong, the oldest finding first."""
    page = deciding.list_cases(mall(), status, paging.limit, paging.position)
    return AnomalyList.of(page.items, paging.cursor_after(page))


@router.get("/v1/admin/anomalies/<anomaly_id>")
def show_anomaly(anomaly_id: str, _caller: Reader) -> AnomalyView:
    """One case, with the facts that opened it."""
    return AnomalyView.of(deciding.existing(mall(), anomaly_id))


@router.post("/v1/admin/anomalies/<anomaly_id>/decision")
def decide_anomaly(
    anomaly_id: str, body: AnomalyDecision, caller: Reviewer, key: IdempotencyKey
) -> AnomalyView:
    """Dismiss a case, freeze its members' accounts, or unfreeze them; once."""
    decided = deciding.decide_case(
        mall(), caller.operator, anomaly_id, key, body.decision, body.reason
    )
    return AnomalyView.of(decided)
