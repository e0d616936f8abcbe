"""Access tokens of the local stack's users, and of the merchant's own systems."""

import httpx

from mall.aws import Aws
from mall.errors import MallError
from mall.stack_file import Stack


def access_token(stack: Stack, name: str) -> str:
    """Sign a user in with the password of the stack file, or a client with its secret.

    Raises:
        MallError: there is no such user, or the pool refuses.
    """
    if name in stack.clients:
        return client_token(stack, name)
    user = stack.users.get(name)
    if user is None:
        names = ", ".join([*stack.users, *stack.clients])
        raise MallError(f"There is no user {name}.", f"There are: {names}")
    return token_for(stack, user.email, user.password)


def client_token(stack: Stack, name: str, *scopes: str) -> str:
    """Return a token of client credentials, with some of the client's scopes, or all of them.

    Raises:
        MallError: the pool refuses.
    """
    client = stack.clients[name]
    answer = httpx.post(
        f"{stack.aws.endpoint}/oauth2/token",
        auth=(client.client_id, client.client_secret),
        data={"grant_type": "client_credentials", "scope": " ".join(scopes or client.scopes)},
    )
    if not answer.is_success:
        raise MallError(f"{name} got no token: {answer.text}", "Set it up anew: make up")
    return str(answer.json()["access_token"])


def token_for(stack: Stack, email: str, password: str) -> str:
    """Sign somebody in.

    Raises:
        MallError: the pool refuses.
    """
    cognito = Aws(stack.aws.endpoint, stack.aws.region).cognito
    try:
        answer = cognito.initiate_auth(
            AuthFlow="USER_PASSWORD_AUTH",
            ClientId=stack.user_pool.client_id,
            AuthParameters={"USERNAME": email, "PASSWORD": password},
        )
    except cognito.exceptions.ClientError as error:
        raise MallError(f"{email} could not sign in: {error}", "Set it up anew: make up") from error
    return answer["AuthenticationResult"]["AccessToken"]
