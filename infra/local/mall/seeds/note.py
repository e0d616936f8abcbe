"""A note in the stack itself of what was seeded: it is lost together with what was seeded."""

from mall.aws import Aws

NAME = "/points-mall/seeds"


def is_seeded(aws: Aws, digest: str) -> bool:
    """Whether these very seeds are in the stack."""
    try:
        return aws.ssm.get_parameter(Name=NAME)["Parameter"]["Value"] == digest
    except aws.ssm.exceptions.ParameterNotFound:
        return False


def remember(aws: Aws, digest: str) -> None:
    """Note that they are."""
    aws.ssm.put_parameter(Name=NAME, Value=digest, Type="String", Overwrite=True)
