"""Asks the deployed stack for the names of what is in it."""

from mall.aws import Aws
from mall.deployment import Deployment
from mall.errors import MallError
from mall.places import Places
from mall.seeds.programme import TIME_ZONE
from mall.stack_file import Client, LocalAws, ProgrammeFacts, Stack, UserPool


def describe(places: Places, stage: str, aws: Aws, deployment: Deployment) -> Stack:
    """What the stack file says of a stack; people and shops stay as they were last known."""
    outputs = deployment.outputs()
    label = outputs["MallDomain"].partition(".")[0]
    known = _last_known(places)
    return Stack(
        stage=stage,
        api=f"{aws.endpoint}/_aws/execute-api/{outputs['ApiId']}",
        mall=f"http://{label}.cloudfront.localhost:{aws.port}",
        aws=LocalAws(endpoint=aws.endpoint, region=aws.region),
        user_pool=UserPool(id=outputs["UserPoolId"], client_id=outputs["UserPoolClientId"]),
        users=known.users if known else {},
        clients={"shop": _client(aws, outputs["UserPoolId"], outputs["ShopClientId"])},
        webhooks=known.webhooks if known else {},
        payments=known.payments if known else {},
        links=known.links if known else {},
        functions=deployment.physical_ids("AWS::Lambda::Function"),
        tables=deployment.physical_ids("AWS::DynamoDB::Table"),
        queues=deployment.physical_ids("AWS::SQS::Queue"),
        state_machines=deployment.physical_ids("AWS::StepFunctions::StateMachine"),
        buckets=deployment.physical_ids("AWS::S3::Bucket"),
        secrets=deployment.physical_ids("AWS::SecretsManager::Secret"),
        programme=ProgrammeFacts(time_zone=TIME_ZONE),
    )


def _client(aws: Aws, pool_id: str, client_id: str) -> Client:
    found = aws.cognito.describe_user_pool_client(UserPoolId=pool_id, ClientId=client_id)
    client = found["UserPoolClient"]
    return Client(
        client_id=client_id,
        client_secret=client["ClientSecret"],
        scopes=client["AllowedOAuthScopes"],
    )


def _last_known(places: Places) -> Stack | None:
    try:
        return Stack.read(places.stack_file)
    except MallError:
        return None
