"""A stack file as tests need one."""

from mall.stack_file import Client, LocalAws, ProgrammeFacts, Shop, Stack, User, UserPool


def a_stack(stage: str = "local") -> Stack:
    """A small stack; nothing of it runs."""
    return Stack(
        stage=stage,
        api="http://localhost:4566/_aws/execute-api/abc",
        mall="http://abc.cloudfront.localhost:4566",
        aws=LocalAws(endpoint="http://localhost:4566", region="us-east-1"),
        user_pool=UserPool(id="us-east-1_abc", client_id="client"),
        clients={
            "shop": Client(client_id="shop-1", client_secret="s3", scopes=["points-mall/members"])
        },
        users={"lin": User(password="secret", role="member", email="lin@points-mall.example")},
        webhooks={"standard": Shop(type="standard", secret="whsec_c2VjcmV0")},
        links={},
        functions={"WebhookFunction": "mall-Webhook", "RedeemApiFunction": "mall-RedeemApi"},
        tables={"ProgrammesTable": "programmes"},
        queues={},
        state_machines={},
        buckets={},
        secrets={},
        programme=ProgrammeFacts(time_zone="Asia/Shanghai"),
    )
