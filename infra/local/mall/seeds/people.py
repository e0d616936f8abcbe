"""Members and operators of the demonstration, in the user pool."""

import secrets
from contextlib import suppress

from mall.aws import Aws
from mall.stack_file import Stack, User

MEMBERS = ("lin", "wang")
OPERATORS = ("admin", "operator", "reviewer", "auditor")
"""Each is named like its role, and in the group of that name."""

MAIL_DOMAIN = "points-mall.example"


def create(aws: Aws, stack: Stack) -> dict[str, User]:
    """Create who is missing, and give everybody the password that the stack file knows."""
    return {name: _create(aws, stack, name) for name in (*MEMBERS, *OPERATORS)}


def _create(aws: Aws, stack: Stack, name: str) -> User:
    known = stack.users.get(name)
    user = User(
        password=known.password if known else _password(),
        role="member" if name in MEMBERS else name,
        email=f"{name}@{MAIL_DOMAIN}",
    )
    pool, cognito = stack.user_pool.id, aws.cognito
    with suppress(cognito.exceptions.UsernameExistsException):
        cognito.admin_create_user(
            UserPoolId=pool,
            Username=user.email,
            MessageAction="SUPPRESS",
            UserAttributes=[
                {"Name": "email", "Value": user.email},
                {"Name": "email_verified", "Value": "true"},
            ],
        )
    cognito.admin_set_user_password(
        UserPoolId=pool, Username=user.email, Password=user.password, Permanent=True
    )
    if name in OPERATORS:
        cognito.admin_add_user_to_group(UserPoolId=pool, Username=user.email, GroupName=name)
    return user


def _password() -> str:
    """Something that the pool's policy takes: small and capital letters, and a figure."""
    return f"{secrets.token_urlsafe(18)}aA1"
