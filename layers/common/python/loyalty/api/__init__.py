'''The HTTP edge: what every HTTP function shares.

A handler module of a function looks like this::

    """The member's own account over HTTP."""

    from loyalty.api import create_app
    from loyalty.api.auth import CurrentMember, Operator
    from loyalty.api.idempotency import IdempotencyKey
    from loyalty.api.pagination import Paging
    from loyalty.bootstrap import mall
    from member import service
    from member.schemas import EntryList, FreezeRequest, MemberDetail, Points

    app = create_app("member")
    lambda_handler = app.resolve


    @app.get("/v1/me/points")
    def show_points(caller: CurrentMember) -> Points:
        """What the member has, and what expires when."""
        return Points.of(service.show_points(mall(), caller.subject))


    @app.get("/v1/me/points/entries")
    def list_entries(caller: CurrentMember, paging: Paging) -> EntryList:
        """The member's statement, newest first."""
        page = service.list_entries(mall(), caller.subject, paging.limit, paging.position)
        return EntryList.of(page.items, paging.cursor_after(page))


    @app.post("/v1/admin/members/<member_id>/freeze")
    def freeze(
        member_id: str, body: FreezeRequest, caller: Operator, key: IdempotencyKey
    ) -> MemberDetail:
        """Stop a member's points from being spent."""
        member = service.freeze(mall(), caller.operator, key, member_id, body.reason)
        return MemberDetail.of(member)

- Parameters with a type are query parameters, or path parameters where the path names them; a
  parameter whose type is a `schema.Schema` is the JSON body. The return type is the answer: a
  domain object will do where its attributes fit. 201: ``@app.post(…, status_code=201)``.
- Docstrings of routes are their summaries in the OpenAPI document.
- ``CurrentMember``, ``Reader``, ``Reviewer``, ``Operator``, ``Admin`` (`auth`) say who may call;
  they are asked before anything that the request brings is looked at. Without one, anybody may.
- Errors are `loyalty.domain.errors`, raised anywhere; `problems` turns them into RFC 9457.
- Every GET answers with an ETag, and 304 to whoever has the answer already.
'''

from loyalty.api.app import MallApp, create_app, create_router

__all__ = ["MallApp", "create_app", "create_router"]
