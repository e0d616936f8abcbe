"""Members and operators of the demonstration, in the user pool."""

import secrets
from contextlib import suppress

from mall.aws import Aws
from mall.stack_file import Stack, User, UserPool

MEMBERS = ("lin", "wang")
OPERATORS = ("admin", "operator", "reviewer", "auditor")
"""Each is named like its role, and in the group of that name."""

MAIL_DOMAIN = "points-mall.example"


def create(aws: Aws, stack: Stack) -> dict[str, User]:
    """Create who is missing, and give everybody the password that the stack file knows."""
    roles = dict.fromkeys(MEMBERS, "member") | {name: name for name in OPERATORS}
    return {
        name: create_user(aws, stack.user_pool, name, role, stack.users.get(name))
        for name, role in roles.items()
    }


def create_user(aws: Aws, pool: UserPool, name: str, role: str, known: User | None = None) -> User:
    """Create somebody who can sign in; who is there already gets the known password again."""
    email = f"{name}@{MAIL_DOMAIN}"
    user = User(password=known.password if known else _password(), role=role, email=email)
    cognito = aws.cognito
    with suppress(cognito.exceptions.UsernameExistsException):
        cognito.admin_create_user(
            UserPoolId=pool.id,
            Username=email,
            MessageAction="SUPPRESS",
            UserAttributes=[
                {"Name": "email", "Value": email},
                {"Name": "email_verified", "Value": "true"},
            ],
        )
    cognito.admin_set_user_password(
        UserPoolId=pool.id, Username=email, Password=user.password, Permanent=True
    )
    if role in OPERATORS:
        cognito.admin_add_user_to_group(UserPoolId=pool.id, Username=email, GroupName=role)
    return user


def _password() -> str:
    """Something that the pool's policy takes: small and capital letters, and a figure."""
    return f"{secrets.token_urlsafe(18)}aA1"
