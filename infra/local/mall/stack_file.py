"""`.local/stack.json`: what people and tests need to know of a running stack."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from mall.errors import MallError


class Part(BaseModel):
    """A part of the file; an unknown field is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class User(Part):
    """Somebody who signs in: a member, or an operator of one role."""

    password: str
    role: str
    email: str
    member_id: str | None = None


class Shop(Part):
    """A shop that sends signed webhooks."""

    type: str
    secret: str


class PaymentProvider(Part):
    """A payment provider: where it answers, our key there, and how it signs its callbacks."""

    url: str
    api_key: str
    callback_secret: str


class UserPool(Part):
    """Where people sign in."""

    id: str
    client_id: str


class Client(Part):
    """A merchant's own system: it has a token by its own name, no person's."""

    client_id: str
    client_secret: str
    scopes: list[str]


class LocalAws(Part):
    """Where AWS clients send their calls; any credentials do."""

    endpoint: str
    region: str


class ProgrammeFacts(Part):
    """What a test must know of the programme."""

    time_zone: str


class Stack(Part):
    """A running stack; names are those of the template, values what AWS made of them."""

    stage: str
    api: str
    mall: str
    aws: LocalAws
    user_pool: UserPool
    users: dict[str, User]
    clients: dict[str, Client]
    webhooks: dict[str, Shop]
    payments: dict[str, PaymentProvider] = {}
    links: dict[str, dict[str, str]]
    functions: dict[str, str]
    tables: dict[str, str]
    queues: dict[str, str]
    state_machines: dict[str, str]
    buckets: dict[str, str]
    secrets: dict[str, str]
    programme: ProgrammeFacts

    def write(self, path: Path) -> None:
        """Keep it, for this user's eyes only: it holds passwords."""
        path.touch(mode=0o600)
        path.chmod(0o600)
        path.write_text(self.model_dump_json(indent=2, exclude_none=True) + "\n")

    @classmethod
    def read(cls, path: Path) -> "Stack":
        """The stack that was last brought up.

        Raises:
            MallError: there is none.
        """
        try:
            return cls.model_validate_json(path.read_text())
        except FileNotFoundError:
            raise MallError("No mall was brought up here yet.", "Bring it up: make up") from None
        except ValueError:
            raise MallError(f"{path} is of another version.", "Write it anew: make up") from None
