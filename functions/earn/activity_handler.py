"""What members earn besides buying, over HTTP."""

from earn.activities import check_ins, referral_routes, repairs, task_routes
from earn.activities.calendar import show_check_ins as show_month
from earn.activities.schemas import CheckInsView, CheckInView, Month, RepairRequest, RepairView
from earn.packets import routes as packet_routes
from loyalty.api import create_app
from loyalty.api.auth import CurrentMember
from loyalty.bootstrap import mall

app = create_app("activities")
app.include_router(task_routes.router)
app.include_router(referral_routes.router)
app.include_router(packet_routes.router)
lambda_handler = app.resolve


@app.get("/v1/me/check-ins")
def show_check_ins(caller: CurrentMember, month: Month = None) -> CheckInsView:
    """A month of one's check-ins, and how things stand today."""
    return CheckInsView.of(show_month(mall(), caller.subject, month))


@app.post("/v1/me/check-ins", status_code=201)
def check_in(caller: CurrentMember) -> CheckInView:
    """Check in, once a day of the programme's zone; needs no Idempotency-Key."""
    done = check_ins.check_in(mall(), caller.subject, caller.origin)
    return CheckInView.model_validate(done)


@app.post("/v1/me/check-ins/repairs", status_code=201)
def repair_day(body: RepairRequest, caller: CurrentMember) -> RepairView:
    """Mark a missed day for points; needs no Idempotency-Key, for a day is marked once."""
    done = repairs.repair_day(mall(), caller.subject, body.date, caller.origin)
    return RepairView.model_validate(done)
