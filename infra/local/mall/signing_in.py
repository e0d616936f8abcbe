"""Access tokens of the local stack's users."""

from mall.aws import Aws
from mall.errors import MallError
from mall.stack_file import Stack


def access_token(stack: Stack, name: str) -> str:
    """Sign a user in with the password of the stack file.

    Raises:
        MallError: there is no such user, or the pool refuses.
    """
    user = stack.users.get(name)
    if user is None:
        raise MallError(f"There is no user {name}.", f"There are: {', '.join(stack.users)}")
    return token_for(stack, user.email, user.password)


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
